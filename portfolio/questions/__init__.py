"""Questions on the portfolio, and their answers."""
