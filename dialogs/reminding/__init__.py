"""People and their reminders: put off, switched off, looked ahead at, and where a body is reminded."""
