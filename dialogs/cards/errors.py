"""Cards that say what went wrong, what is untouched, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dialogs.cards.elements import short_reply
from dialogs.texts import Texts
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Refusal, Reply
from dialogs.values.plain import one_line


@dataclass(frozen=True, slots=True)
class Refused:
    """`key` is in the texts' section `error`; nothing was done."""

    key: str
    values: tuple[tuple[str, object], ...] = ()
    refusal: Refusal = Refusal.SAID

    def reply(self, audience: Audience) -> Reply:
        return error(self.key, dict(self.values), audience.texts, self.refusal)

    def document(self, _audience: Audience) -> Document:
        return Document()


def error(key: str, values: Mapping[str, Any], texts: Texts, refusal: Refusal = Refusal.SAID) -> Reply:
    """`key` is in the texts' section `error`."""
    reply = short_reply(texts.say("error.heading"), texts.say(f"error.{key}", **values), texts)
    return replace(reply, refusal=refusal, is_unclear=True)


def apology(reference: str, texts: Texts) -> Reply:
    """Apologise for a fault of ours; the reference number stands in the log too."""
    return short_reply(
        texts.say("error.apology_heading"), texts.say("error.apology", reference=one_line(reference)), texts
    )
