"""The state that reminders are worked out from, and decisions about them."""
