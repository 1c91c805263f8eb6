"""Protocols of the stores that the domain needs; storage implements them."""
