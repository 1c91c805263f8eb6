"""One turn of a conversation: a sentence or a button in, an answer out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from dialogs.answers import Answer, Meetings, Refused, WhoAreYou, listed
from dialogs.cards.buttons import Verb
from dialogs.desk.counter import COMMANDS, PRESSES, commanded
from dialogs.forms.waiting import talked
from dialogs.help import cards as notices
from dialogs.own_reminders.handlers import counted
from dialogs.questions.answering import answer_question, answer_reading
from dialogs.questions.chips import changed, chips
from dialogs.questions.document import document
from dialogs.questions.understood_card import SORT_INPUT, chip_input, sort_of
from dialogs.replying import reply_to
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names, Scope
from dialogs.turn.payload import MAX_TEXT, MalformedQuestion, from_data, whole_number
from dialogs.turn.readings import Commanded, Reading
from dialogs.turn.reply import Reply, UserError
from dialogs.turn.visit import Desk, Visit
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.organisation import Person
from portfolio.ports.questions import PortfolioReader
from portfolio.questions.question import Filters, Question, Target
from portfolio.rights import may_read_portfolio

LONGEST_MESSAGE = 3000
MAX_OFFSET = 100_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asks, where and when. `person` is None for someone who is not known; `now` carries the zone of the place."""

    person: Person | None
    language: str | None
    now: datetime
    scope: Scope = Scope.PERSONAL
    is_guest: bool = False
    conversation: str = ""


class Understand(Protocol):
    def __call__(self, text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading: ...


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What is known of one version of the portfolio."""

    version: int
    names: Names
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class _Heard:
    """A turn, and what is known while it is answered."""

    turn: Turn
    audience: Audience
    lexicon: Lexicon


class Assistant:
    """Answers from the portfolio, and takes in what people do at the desk; without a desk it only answers. The
    vocabulary is read again only when the portfolio has changed."""

    def __init__(self, reader: PortfolioReader, understand: Understand, desk: Desk | None = None) -> None:
        self._reader = reader
        self._understand = understand
        self._desk = desk
        self._knowledge: _Knowledge | None = None
        self._learning = asyncio.Lock()
        self._presses: dict[str, Callable[[Mapping[str, Any], _Heard], Awaitable[Answer]]] = {
            Verb.SHOW: self._show,
            Verb.CHANGE: self._change,
            Verb.OPEN: self._open,
            Verb.ASK: self._ask,
        }

    async def ask(self, text: str, turn: Turn) -> Reply:
        heard = await self._heard(turn)
        return reply_to(await _settled(self._said(text, heard)), heard.audience)

    async def press(self, verb: str, data: object, turn: Turn) -> Reply:
        """A button on one of our cards; `data` holds what the card's inputs hold too."""
        heard = await self._heard(turn)
        return reply_to(await _settled(self._pressed(verb, data, heard)), heard.audience)

    async def welcome(self, turn: Turn) -> Reply:
        audience = (await self._heard(turn)).audience
        if not may_read_portfolio(turn.person, is_guest=turn.is_guest):
            return reply_to(Refused("guest"), audience)
        return notices.welcome(audience)

    async def answer(self, text: str, turn: Turn) -> Answer:
        return await _settled(self._understood(text, await self._heard(turn)))

    async def document(self, text: str, turn: Turn) -> dict[str, Any]:
        """What `ask --json` prints: the very answer that the card is made of, with every hit's number."""
        heard = await self._heard(turn)
        audience = heard.audience
        answer = await _settled(self._understood(text, heard))
        hits = listed(answer)
        numbers = await self._reader.project_numbers(hits, audience.today) if hits else []
        text = reply_to(answer, audience).text
        if isinstance(answer, Meetings):
            whole = await self._reader.meetings(answer.question, audience.now, size=answer.page.total)
            answer = replace(answer, page=whole)
        return document(answer, numbers, text, audience.now.tzinfo)

    async def audience(self, now: datetime, language: str | None) -> Audience:
        """For what is said without having been asked."""
        return (await self._heard(Turn(None, language, now))).audience

    async def _said(self, text: str, heard: _Heard) -> Answer:
        """An answer to the form that asks, where one does and this is one; else whatever it means by itself."""
        reading = self._read(text, heard)
        visit = self._visit(heard)
        if visit is None:
            return await self._meant(reading, heard)

        async def otherwise() -> Answer:
            return await counted(visit, await self._meant(reading, heard))

        return await talked(visit, text, reading, otherwise)

    async def _understood(self, text: str, heard: _Heard) -> Answer:
        return await answer_reading(self._read(text, heard), self._reader, heard.audience)

    def _read(self, text: str, heard: _Heard) -> Reading:
        _admit(heard.turn)
        if not text.strip():
            raise UserError("empty", example=heard.audience.texts.say("example.red"))
        if len(text) > LONGEST_MESSAGE:
            raise UserError("too_long", limit=LONGEST_MESSAGE)
        return self._understand(text, heard.lexicon, heard.turn.person, heard.audience.today)

    async def _meant(self, reading: Reading, heard: _Heard) -> Answer:
        if not (self._desk and isinstance(reading, Commanded) and reading.command in COMMANDS):
            return await answer_reading(reading, self._reader, heard.audience)
        visit = self._visit(heard)
        return WhoAreYou() if visit is None else await commanded(visit, reading)

    def _visit(self, heard: _Heard) -> Visit | None:
        """None where nobody known is at the desk, or there is none."""
        person = heard.turn.person
        if self._desk is None or person is None:
            return None
        return Visit(self._desk, person, heard.audience, heard.turn.conversation)

    async def _pressed(self, verb: str, data: object, heard: _Heard) -> Answer:
        _admit(heard.turn)
        if not isinstance(data, Mapping):
            raise MalformedQuestion("no such button")
        if self._desk is not None and verb in PRESSES:
            visit = self._visit(heard)
            return WhoAreYou() if visit is None else await PRESSES[verb](visit, data)
        if verb not in self._presses:
            raise MalformedQuestion("no such button")
        return await self._presses[verb](data, heard)

    async def _show(self, data: Mapping[str, Any], heard: _Heard) -> Answer:
        question, offset = from_data(data.get("question")), whole_number(data.get("offset", 0), MAX_OFFSET)
        back = from_data(data["back"]) if "back" in data else None
        return await answer_question(question, self._reader, heard.audience, offset, back)

    async def _change(self, data: Mapping[str, Any], heard: _Heard) -> Answer:
        """Every filter that the form offered another value for, then the order."""
        audience = heard.audience
        question = from_data(data.get("question"))
        for position, chip in enumerate(chips(question, audience)):
            if (token := data.get(chip_input(position))) is not None:
                question = changed(question, chip, _token(token), audience)
        if (order := data.get(SORT_INPUT)) is not None:
            question = replace(question, sort=sort_of(_token(order)))
        return await answer_question(question, self._reader, audience)

    async def _open(self, data: Mapping[str, Any], heard: _Heard) -> Answer:
        number = _token(data.get("project"))
        back = from_data(data["question"]) if "question" in data else None
        question = Question(target=Target.PROJECT, where=Filters(projects=(number,)))
        return await answer_question(question, self._reader, heard.audience, back=back)

    async def _ask(self, data: Mapping[str, Any], heard: _Heard) -> Answer:
        return await self._meant(self._read(_token(data.get("text")), heard), heard)

    async def _heard(self, turn: Turn) -> _Heard:
        known = await self._known()
        audience = Audience(Texts.of(turn.language), known.names, turn.now, turn.person, turn.scope)
        return _Heard(turn, audience, known.lexicon)

    async def _known(self) -> _Knowledge:
        """Learned once for each version; those who ask meanwhile wait for it."""
        version = await self._reader.version()
        if self._knowledge is None or self._knowledge.version != version:
            async with self._learning:
                if self._knowledge is None or self._knowledge.version != version:
                    vocabulary = await self._reader.vocabulary()
                    lexicon = await asyncio.to_thread(Lexicon.of, vocabulary)
                    self._knowledge = _Knowledge(vocabulary.version, Names(vocabulary), lexicon)
        return self._knowledge


async def _settled(answer: Awaitable[Answer]) -> Answer:
    """What the person can do something about becomes an answer too."""
    try:
        return await answer
    except MalformedQuestion:
        return Refused("old_button")
    except UserError as refusal:
        return Refused(refusal.key, tuple(refusal.values.items()))


def _admit(turn: Turn) -> None:
    if not may_read_portfolio(turn.person, is_guest=turn.is_guest):
        raise UserError("guest")


def _token(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise MalformedQuestion("no such value")
    return value
