"""Meetings, what became of them, and the channels where they are told."""
