"""Projects: their facts, their status, and what their figures say."""
