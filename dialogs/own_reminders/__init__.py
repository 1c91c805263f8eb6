"""What a person decides about their own reminders: put off, away, switched off."""
