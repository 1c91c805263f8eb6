"""Reads what tells an account: the name at sign-in (UPN), and the Entra id."""

from __future__ import annotations

import re
from uuid import UUID

from bot.importing.refusals import UnreadableCellError

LONGEST_UPN = 256
_UPN = re.compile(r"[^@\s;,<>\"()]+@[^@\s;,<>\"()]+")
_HEX = re.compile(r"\{?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})\}?", re.IGNORECASE)


def is_entra_id(text: str) -> bool:
    return _HEX.fullmatch(text) is not None


def is_upn(text: str) -> bool:
    return _UPN.fullmatch(text) is not None and len(text) <= LONGEST_UPN


def read_upn(text: str) -> str:
    """Raises UnreadableCellError."""
    if not is_upn(text):
        raise UnreadableCellError("not_a_upn")
    return text.lower()


def read_entra_id(text: str) -> str:
    """Raises UnreadableCellError."""
    if not is_entra_id(text):
        raise UnreadableCellError("not_an_entra_id")
    return str(UUID(text))
