"""Rows of messages that hold their words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from portfolio.deliveries import Purpose, Said, Stage
from portfolio.reminders.kinds import Recipient
from storage.sending.tables import EPOCH

# Later than this it tells nothing that its reader doesn't know.
SAID_FOR = timedelta(days=1)
_WORDS = ("text", "card", "conversation", "answers")


def row_of_said(said: Said, now: datetime) -> dict[str, Any]:
    """Returns a row that waits to be sent before all reminders, however many wait."""
    return {
        "recipient": said.recipient.id,
        "is_channel": said.recipient.is_channel,
        "slot": f"{Purpose.SAID}:{secrets.token_urlsafe(12)}",
        "purpose": Purpose.SAID,
        "due_at": EPOCH,
        "expires_at": now + SAID_FOR,
        "twice_if_unsure": True,
        "stage": Stage.WAITING,
        "said": _words(said),
    }


def said_of(recipient: Recipient, words: Mapping[str, Any]) -> Said:
    """Reads what a row holds as `said`."""
    otherwise = words.get("otherwise")
    return Said(
        recipient,
        **{name: words[name] for name in _WORDS},
        otherwise=otherwise and said_of(Recipient(otherwise["recipient"]), otherwise),
    )


def _words(said: Said) -> dict[str, Any]:
    words = {name: getattr(said, name) for name in _WORDS}
    if said.otherwise:
        words["otherwise"] = {"recipient": said.otherwise.recipient.id, **_words(said.otherwise)}
    return words
