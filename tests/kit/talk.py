"""A conversation with the assistant as a person has it: writing, filling in and pressing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.assistant import Assistant, Turn
from dialogs.forms.said.reading import PREFIX
from dialogs.turn.audience import Scope
from dialogs.turn.reply import Reply
from portfolio.organisation import Person
from tests.kit.cards import elements_of, faults, press_of


@dataclass
class Talk:
    """One person in one conversation. Every card that comes is held to what cards are held to."""

    assistant: Assistant
    person: Person | None
    now: datetime
    conversation: str = "chat"
    language: str = "da-DK"
    scope: Scope = Scope.PERSONAL
    replies: list[Reply] = field(default_factory=list)

    @property
    def turn(self) -> Turn:
        return Turn(self.person, self.language, self.now, self.scope, conversation=self.conversation)

    async def say(self, text: str) -> Reply:
        return self._kept(await self.assistant.ask(text, self.turn))

    async def press(self, title: str, card: Reply | None = None, **filled: str) -> Reply:
        """The button of the latest card, or of an older one, with its inputs as they stand, but for those filled in."""
        shown = (card or self.replies[-1]).card
        assert shown is not None
        verb, data = press_of(shown, title)
        inputs = {one["id"]: one["value"] for one in _inputs(shown) if "value" in one}
        typed = {PREFIX + name: value for name, value in filled.items()}
        unknown = typed.keys() - {one["id"] for one in _inputs(shown)}
        assert not unknown, f"no such inputs: {unknown}"
        return self._kept(await self.assistant.press(verb, {**data, **inputs, **typed}, self.turn))

    def _kept(self, reply: Reply) -> Reply:
        if reply.card is not None:
            assert faults(reply.card) == []
        self.replies.append(reply)
        return reply


def heading(reply: Reply) -> str:
    assert reply.card is not None
    return str(reply.card["body"][0]["text"])


def _inputs(card: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = ("Input.Text", "Input.ChoiceSet", "Input.Date", "Input.Time", "Input.Number", "Input.Toggle")
    return [element for kind in kinds for element in elements_of(card, kind)]
