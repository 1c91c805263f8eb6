"""Answers to questions, read with few statements."""
