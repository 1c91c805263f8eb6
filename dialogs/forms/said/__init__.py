"""Read what people write in a form, or to one that asks, as its fields' values."""
