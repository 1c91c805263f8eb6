"""Reminding people: what is due is stored, claimed, checked once more, sent, and accounted for."""
