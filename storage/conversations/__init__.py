"""Conversations, and the activities that were seen in them."""
