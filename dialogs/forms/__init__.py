"""A form is data: its fields are drawn on one card, or asked one by one in the chat."""
