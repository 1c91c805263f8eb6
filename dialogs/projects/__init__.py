"""One project: its card, its facts, and what the figures say beside the lead's colours."""
