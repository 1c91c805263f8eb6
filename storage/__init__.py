"""The database, and nothing that decides."""
