"""When a meeting is told of, and to whom."""
