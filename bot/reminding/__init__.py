"""Reminding people: what is due is stored, claimed, looked at once more, sent, and accounted for."""
