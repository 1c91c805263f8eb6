"""Questions on the portfolio, answered with lists, numbers and people."""
