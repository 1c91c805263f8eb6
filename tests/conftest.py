"""Fixtures that tests in several folders share."""

pytest_plugins = ["databases"]
