"""The conversation in a terminal: the replies as text, the buttons that need nothing filled in as numbered choices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.demo.on_card import Choice, choices
from bot.operator_texts import say
from dialogs.assistant import Assistant, Turn
from dialogs.turn.reply import Reply
from portfolio.organisation import Person
from portfolio.principal import speaking_as

ENDINGS = frozenset({"slut", "farvel", "quit", "exit"})
CONVERSATION = "terminal"


class Talk:
    def __init__(self, assistant: Assistant, person: Person | None, language: str, now: Callable[[], datetime]) -> None:
        self._assistant = assistant
        self._person = person
        self._language = language
        self._now = now
        self._choices: list[Choice] = []

    async def begin(self) -> str:
        return self._show(await self._assistant.welcome(self._turn()))

    async def answer(self, line: str) -> str:
        """Returns the reply and its choices; a number picks from the latest choices, where there are any."""
        if not (line.isdecimal() and self._choices):
            return self._show(await self._assistant.ask(line, self._turn()))
        number = int(line)
        if not 1 <= number <= len(self._choices):
            return say("chatting.no_such_choice", number=number)
        choice = self._choices[number - 1]
        return self._show(await self._assistant.press(choice.verb, choice.data, self._turn()))

    def _turn(self) -> Turn:
        return Turn(speaking_as(self._person), self._language, self._now(), conversation=CONVERSATION)

    def _show(self, reply: Reply) -> str:
        """Writes the reply with its choices, which are remembered for the next answer."""
        self._choices = [choice for choice in choices(reply.card) if not choice.takes_inputs]
        numbered = [f"{number:>3}  {choice.title}" for number, choice in enumerate(self._choices, start=1)]
        return "\n".join([reply.text, *(["", *numbered] if numbered else [])])


def hold(answer: Callable[[str], str], read: Callable[[], str], write: Callable[[str], None]) -> None:
    """Reads lines and writes answers, until the person ends it or nothing more comes."""
    while True:
        try:
            line = read().strip()
        except EOFError:
            return
        if line.lower() in ENDINGS:
            return
        if line:
            write(answer(line))
