"""Handing a project over to another lead."""
