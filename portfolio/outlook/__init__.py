"""Reminders of all kinds that are due at a moment, and the messages that they make."""
