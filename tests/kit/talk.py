"""A conversation with the assistant as a person has it: writing, filling in and pressing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.assistant import Assistant, Turn
from dialogs.cards.files import is_file
from dialogs.turn.audience import Scope
from dialogs.turn.reply import Reply
from portfolio.organisation import Person
from portfolio.principal import speaking_as
from tests.kit.cards import answers_on, faults, press_of


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
    afterwards: Callable[[Turn], Awaitable[None]] | None = None

    @property
    def turn(self) -> Turn:
        return Turn(speaking_as(self.person), self.language, self.now, self.scope, conversation=self.conversation)

    async def say(self, text: str) -> Reply:
        return await self._kept(await self.assistant.ask(text, self.turn))

    async def press(self, title: str, card: Reply | None = None, **filled: str) -> Reply:
        """The button of the latest card, or of an older one, with its inputs as they stand, but for those filled in."""
        shown = (card or self.replies[-1]).card
        assert shown is not None
        verb, data = press_of(shown, title)
        return await self._kept(await self.assistant.press(verb, {**data, **answers_on(shown, filled)}, self.turn))

    async def _kept(self, reply: Reply) -> Reply:
        if reply.card is not None and not is_file(reply.card):
            assert faults(reply.card) == []
        self.replies.append(reply)
        if self.afterwards:
            await self.afterwards(self.turn)
        return reply
