"""A time of day as it is said: "kl. 13.30", "9", "1330", "1.30 pm"."""

from __future__ import annotations

import re

from dialogs.forms.checking import Unread, unreadable
from dialogs.forms.fields import Field, time_of
from dialogs.forms.said.words import without_filler
from dialogs.turn.audience import Audience

_SIGNS = " \t\n!?;,»«\"'()"
_SAID = re.compile(
    r"(?:(?:kl\.?|klokken|at)\s?)?(?P<hour>\d{1,2})(?:(?:[.:]| ?)(?P<minute>\d{2}))?\s?(?P<half>[ap]m)?\.?",
    re.IGNORECASE | re.ASCII,
)


def read_time(field: Field, text: str, audience: Audience) -> str:
    """Return the canonical value. Raises Unread."""
    said = " ".join(text.split()).strip(_SIGNS)
    for words in (said, without_filler(said, _SIGNS + ".", "date")):
        match = _SAID.fullmatch(words)
        if match and time_of(value := _value(match)):
            return value
    raise Unread(unreadable(field, said, audience.texts), is_near=any(letter.isdigit() for letter in said))


def _value(match: re.Match[str]) -> str:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return ""
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    return f"{hour:02}:{match['minute'] or '00'}"
