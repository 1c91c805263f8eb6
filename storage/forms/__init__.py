"""Forms that people are filling in."""
