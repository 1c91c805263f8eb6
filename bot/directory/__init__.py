"""People read from Microsoft Graph."""
