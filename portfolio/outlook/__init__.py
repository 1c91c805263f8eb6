"""What is due at a moment, of all kinds, and the messages that it makes."""
