"""Cards that say what went wrong, what is untouched, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.cards.elements import card, line
from dialogs.texts import Texts
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence


@dataclass(frozen=True, slots=True)
class Refused:
    """`key` is in the texts' section `error`; nothing was done."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def reply(self, audience: Audience) -> Reply:
        return error(self.key, dict(self.values), audience.texts)

    def document(self) -> Document:
        return Document()


def error(key: str, values: Mapping[str, Any], texts: Texts) -> Reply:
    """`key` is in the texts' section `error`."""
    return _problem(texts.say("error.heading"), texts.say(f"error.{key}", **values), texts)


def apology(reference: str, texts: Texts) -> Reply:
    """Apologise for a fault of ours; the reference number stands in the log too."""
    return _problem(
        texts.say("error.apology_heading"), texts.say("error.apology", reference=one_line(reference)), texts
    )


def _problem(heading: str, explanation: str, texts: Texts) -> Reply:
    text = f"{sentence(heading)} {explanation}"
    return Reply(card(plain(heading), [line(plain(explanation, 1000))], texts, text), text)
