"""What people write in a form, or to one that asks, read as its fields' values."""
