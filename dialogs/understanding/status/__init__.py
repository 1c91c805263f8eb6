"""A status that is told at once, in one line."""
