"""A person's name that opens a mail to them."""

from __future__ import annotations

import re
from urllib.parse import quote

from dialogs.values.plain import plain

_ADDRESS = re.compile(r"[^\s@()<>\[\]\"'\\:;,]+@[^\s@()<>\[\]\"'\\:;,]+")


def mail_link(email: str, name: str) -> str:
    """The bare name when the address could not stand in a link."""
    shown = plain(name, 120)
    return f"[{shown}](mailto:{quote(email, safe='@.-_+')})" if _ADDRESS.fullmatch(email) else shown
