"""A project's colours over time, and how they were corrected."""
