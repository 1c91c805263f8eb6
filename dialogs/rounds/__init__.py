"""Rounds of status before a meeting: opened, followed and summed up."""
