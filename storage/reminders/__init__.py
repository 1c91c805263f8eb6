"""What reminders are worked out from, and what was decided about them."""
