"""Rounds of status, and the projects that they are about."""
