"""Dates and numbers as people write them, in Danish and English."""
