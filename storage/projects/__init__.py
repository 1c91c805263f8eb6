"""Projects as they lie in rows, taken in whole and changed one at a time."""
