"""The whole database at once: backed up, restored, and moved to another."""
