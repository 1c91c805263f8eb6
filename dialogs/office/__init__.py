"""What the portfolio office sees and decides of all reminders."""
