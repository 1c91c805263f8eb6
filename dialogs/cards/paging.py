"""How much stands on one card of many."""

from __future__ import annotations

# Hits on one page of a list.
PAGE_SIZE = 10
