"""A sentence read as a question on the portfolio."""
