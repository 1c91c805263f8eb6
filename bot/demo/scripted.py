"""A whole conversation from a script: who says and presses what, and what comes of each turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.demo.on_card import NotOnCardError, choice_on, choices, sent_with
from bot.demo.stored import Stored, what_was_stored
from bot.operator_texts import say
from bot.settings import Settings
from bot.wiring import Portfolio
from dialogs.assistant import Turn
from dialogs.turn.answer import Answered, Document
from dialogs.turn.audience import Names, Scope
from dialogs.turn.reply import Reply
from portfolio.bodies import Body
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.identity import BY_OPERATOR
from portfolio.organisation import Person
from portfolio.principal import speaking_as

HERE = "19:script@thread.tacv2"
# A turn comes so long after the one before.
STEP = timedelta(seconds=1)
MOST_NAMED = 12

log = structlog.get_logger()


class ScriptError(ValueError):
    """The conversation can't be held; says why, in Danish."""


@dataclass(frozen=True, slots=True)
class Line:
    """A turn: a `text`, or the label of a button to `press`, with what is `filled` in by the labels of inputs. `asker`
    is an address, and `now` when it is said, where that isn't a moment after the turn before."""

    asker: str | None
    text: str = ""
    press: str | None = None
    filled: Mapping[str, str] = field(default_factory=dict)
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation that begins at `now`; `body` is whose channel it is in."""

    now: datetime
    scope: Scope
    body: str | None
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Place:
    scope: Scope
    conversation: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """An answer where it stands; `reader` is the only one who sees it, unless all do."""

    reply: Reply
    place: _Place
    reader: Person | None
    is_for_all: bool


async def hold(script: Script, portfolio: Portfolio, settings: Settings) -> list[dict[str, Any]]:
    """Holds the conversation. Returns the document of each turn, with what it stored. Raises ScriptError, before
    anything is said, where somebody or the body isn't known."""
    names = (await portfolio.assistant.audience(script.now, settings.language)).names
    people = {line.asker: await _person(line.asker, portfolio) for line in script.lines}
    place = await _place(script, names, portfolio)
    held, now, documents = _Held(portfolio, settings, place, names), script.now, []
    for line in script.lines:
        now = line.now or now
        documents.append(await held.turn(line, people[line.asker], now))
        now += STEP
    return documents


async def _person(address: str | None, portfolio: Portfolio) -> Person | None:
    person = await portfolio.people.asker(address) if address else None
    if address and person is None:
        raise ScriptError(say("script.unknown_person", email=address))
    return person


async def _place(script: Script, names: Names, portfolio: Portfolio) -> _Place:
    """Finds where it is held: in the body's own channel, which is given one where it has none."""
    if script.scope is Scope.PERSONAL:
        return _Place(script.scope, "a:script")
    reminding = portfolio.stores.reminding
    reference = ConversationReference("", HERE, ConversationKind(script.scope), "", "", script.now)
    if script.body is None:
        await reminding.conversations.save_reference(reference)
        return _Place(script.scope, HERE)
    body = _body(script.body, names)
    channel = await reminding.channels.channel(body.name)
    if channel:
        return _Place(script.scope, channel.reference.conversation)
    await reminding.channels.bind(body.name, reference, BY_OPERATOR, script.now)
    return _Place(script.scope, HERE)


def _body(name: str, names: Names) -> Body:
    bodies = names.vocabulary.bodies
    for body in bodies:
        if body.name.casefold() == name.strip().casefold():
            return body
    known = ", ".join(body.name for body in bodies[:MOST_NAMED]) or "–"
    raise ScriptError(say("script.unknown_body", body=name, bodies=known))


class _Held:
    """A conversation under way."""

    def __init__(self, portfolio: Portfolio, settings: Settings, place: _Place, names: Names) -> None:
        self._portfolio = portfolio
        self._settings = settings
        self._place = place
        self._names = names
        self._shown: list[_Shown] = []

    async def turn(self, line: Line, person: Person | None, now: datetime) -> dict[str, Any]:
        """Takes a turn. One that fails is told as such, and has stored nothing."""
        stored, last = await Stored.until_now(self._portfolio.stores, person), self._last_seen_by(person)
        is_own = self._place.scope is Scope.PERSONAL or line.press is not None
        try:
            answered = await self._answered(line, person, now, last)
            document = await self._portfolio.assistant.written(answered)
            is_own = is_own or answered.reply.is_personal
            self._show(answered.reply, line, person, last)
        except NotOnCardError as missing:
            document = _failed(_missing_words(missing))
        except Exception as error:  # the one place where a turn's faults end: the others go on
            log.exception("turn_failed")
            document = _failed(say("script.failed", error=type(error).__name__))
        seen = self._last_seen_by(person)
        return {
            **document,
            "buttons": [choice.title for choice in choices(seen.reply.card)] if seen else [],
            "is_personal": is_own,
            **what_was_stored(await stored.since(), self._names, self._settings.zone),
        }

    async def _answered(self, line: Line, person: Person | None, now: datetime, last: _Shown | None) -> Answered:
        """Answers a line, storing all of it at once as in Teams. Raises NotOnCardError."""
        assistant, place = self._portfolio.assistant, self._place
        async with self._portfolio.stores.together():
            if line.press is None:
                return await assistant.answer(line.text, self._turn(person, now, place))
            place, card = (last.place, last.reply.card) if last else (place, None)
            choice = choice_on(card, line.press)
            sent = sent_with(choice, card, line.filled)
            return await assistant.answer_press(choice.verb, sent, self._turn(person, now, place))

    def _turn(self, person: Person | None, now: datetime, place: _Place) -> Turn:
        return Turn(speaking_as(person), self._settings.language, now, place.scope, place.conversation)

    def _show(self, reply: Reply, line: Line, person: Person | None, last: _Shown | None) -> None:
        """Notes where the answer stands. That of a message which is for one alone stands in their own chat; that of a
        button takes the card's place for the one who pressed, and a refusal, or a sentence, leaves it as it is."""
        if line.press is None:
            is_for_all = self._place.scope is not Scope.PERSONAL and not reply.is_personal
            is_here = is_for_all or self._place.scope is Scope.PERSONAL
            place = self._place if is_here else _Place(Scope.PERSONAL, f"a:{person.id if person else ''}")
            self._shown.append(_Shown(reply, place, person, is_for_all))
        elif last and reply.card is not None and reply.refusal is None:
            self._shown.append(_Shown(reply, last.place, person, is_for_all=False))

    def _last_seen_by(self, person: Person | None) -> _Shown | None:
        return next((one for one in reversed(self._shown) if one.is_for_all or one.reader == person), None)


def _missing_words(missing: NotOnCardError) -> str:
    if not missing.there_are:
        return say("script.no_labels", label=missing.label)
    return say("script.no_label", label=missing.label, labels=", ".join(f"»{label}«" for label in missing.there_are))


def _failed(text: str) -> dict[str, Any]:
    return Document("error", total=0).written((), (), text, None)
