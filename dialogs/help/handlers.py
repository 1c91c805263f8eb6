"""Keeps the language that somebody wants to be spoken to in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dialogs.help.cards import Introduction
from dialogs.help.orders import Introduce, Speak
from dialogs.remark import OpenRemark
from dialogs.texts import Texts
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Stores, Visit
from dialogs.undoable import Undoable, remember
from portfolio.status.reporting import Overtaken


@dataclass(frozen=True, slots=True)
class Spoken:
    """The answer, in the language that was just chosen."""

    answer: Answer
    language: str

    def reply(self, audience: Audience) -> Reply:
        return self.answer.reply(replace(audience, texts=Texts.of(self.language)))


async def speak(visit: Visit, order: Speak) -> Answer:
    before, spoken = _chosen(visit), Spoken(OpenRemark("speaks"), order.language)
    if before == order.language:
        return spoken
    deed_id = secrets.token_urlsafe(12)
    await visit.stores.people.set_language(visit.person.id, order.language, visit.now)
    await remember(visit, "language", {"before": before, "after": order.language}, deed_id, has_button=False)
    return replace(spoken, answer=Undoable(spoken.answer, deed_id))


async def introduce(_stores: Stores, _audience: Audience, _order: Introduce) -> Introduction:
    return Introduction()


async def undo_language(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Speaks as before the choice. Raises Overtaken."""
    if _chosen(visit) != data["after"]:
        raise Overtaken
    before = data["before"]
    await visit.stores.people.set_language(visit.person.id, before, visit.now)
    return Spoken(OpenRemark("speaks"), before) if before else OpenRemark("speaks_as_before")


def instead_of_undoing(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (audience.texts.say("undo_instead.language_da" if data["after"] == "en" else "undo_instead.language_en"),)


def _chosen(visit: Visit) -> str | None:
    return visit.audience.names.language(visit.person.id)
