"""What can be asked of the portfolio, and what the answers hold."""
