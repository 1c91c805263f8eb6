"""Status reports: on a card, step by step, in one line, unchanged, and corrected."""
