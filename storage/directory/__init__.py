"""People told of by a directory: stored, left, and what stays behind of them."""
