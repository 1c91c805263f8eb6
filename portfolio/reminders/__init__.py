"""Kinds of reminders, and the ladder by which each comes nearer to its deadline."""
