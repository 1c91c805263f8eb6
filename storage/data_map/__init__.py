"""The data map: a line for each column, which retention, showing and erasing act on, and documents are made of."""

from __future__ import annotations

from storage.data_map import messages, people, portfolio
from storage.data_map.shape import Erased, For, Forgetting, Kept, Line, Purpose, Shown, While, Whose

DATA_MAP = (*people.LINES, *portfolio.LINES, *messages.LINES)

__all__ = ["DATA_MAP", "Erased", "For", "Forgetting", "Kept", "Line", "Purpose", "Shown", "While", "Whose"]
