"""Pressing a button: it is read, what it names is looked up, and only then something is done. What is refused is
written down, by codes of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from dialogs.cards.errors import Refused
from dialogs.refusal import ForbiddenButton, Why, note_refused
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience, Names
from dialogs.turn.button import Button, Thing, read, references
from dialogs.turn.payload import MalformedButton
from dialogs.turn.reply import Refusal, Reply, for_one
from dialogs.turn.visit import Pressed, Visit
from portfolio.audit import Action
from portfolio.bodies import Meeting
from portfolio.deeds import Deed
from portfolio.deliveries import RunReport
from portfolio.drafts import FormDraft
from portfolio.rights import may_steer_reminders
from portfolio.rounds import Round

UNHEARD_OF = "unknown"
Own = TypeVar("Own", FormDraft, Deed)


@dataclass(frozen=True, slots=True)
class _Forbidden:
    """An answer that leaves the card as it is, since what its button names isn't there, or isn't this person's; in a
    group too it is for them alone."""

    answer: Answer

    def reply(self, audience: Audience) -> Reply:
        return replace(for_one(self.answer.reply(audience)), refusal=Refusal.FORBIDDEN)


@dataclass(frozen=True)
class Buttons:
    """The kinds of buttons there are, with what each leads to: a function of the visit, the button, and those things
    that it names which the database holds, in the order of its fields."""

    presses: Mapping[type[Button], Pressed]

    @cached_property
    def kinds(self) -> Mapping[str, type[Button]]:
        return {kind.verb: kind for kind in self.presses}

    def kind(self, verb: object) -> type[Button] | None:
        return self.kinds.get(verb) if isinstance(verb, str) else None

    def read(self, verb: object, data: object) -> Button:
        """Raises MalformedButton for what none of our cards carries."""
        kind = self.kind(verb)
        if kind is None or not isinstance(data, Mapping):
            raise MalformedButton("no such button")
        return read(kind, data)

    async def press(self, visit: Visit, verb: str, data: object) -> Answer:
        return await guarded(visit, self.kind(verb), self._pressed(visit, verb, data))

    async def _pressed(self, visit: Visit, verb: str, data: object) -> Answer:
        button = self.read(verb, data)
        check_names(button, visit.audience.names)
        return await self.do(visit, button, await things_named(visit, button))

    async def do(self, visit: Visit, button: Button, things: tuple[object, ...]) -> Answer:
        return await self.presses[type(button)](visit, button, *things)


async def guarded(visit: Visit | None, kind: type[Button] | None, pressed: Awaitable[Answer]) -> Answer:
    """Answers a button that is refused, and writes down which it was and why, by codes of ours alone."""
    verb = kind.verb if kind else UNHEARD_OF
    try:
        return await pressed
    except MalformedButton:
        await _note(visit, {"verb": verb, "reason": Why.MALFORMED})
        return Refused("old_button", refusal=Refusal.MALFORMED)
    except ForbiddenButton as forbidden:
        await _note(visit, {"verb": verb, "reason": forbidden.why, "what": forbidden.thing})
        return _Forbidden(forbidden.answer or Refused("old_button"))


async def _note(visit: Visit | None, detail: Mapping[str, str]) -> None:
    if visit:
        await note_refused(visit, detail)


def check_names(button: Button, names: Names) -> None:
    """Raises ForbiddenButton for a project, person or body that isn't there, or isn't any more."""
    for name, thing in references(type(button)).items():
        value = getattr(button, name)
        if value is not None and thing in _KNOWN and not _KNOWN[thing](names, value):
            gone = Refused("gone", (("number", value),)) if thing is Thing.PROJECT else None
            raise ForbiddenButton(thing, Why.UNKNOWN, gone)


async def things_named(visit: Visit, button: Button) -> tuple[object, ...]:
    """Return the things that the database holds; None for one that the button leaves out. Raises ForbiddenButton for
    one that isn't there, or is another's."""
    named = {name: thing for name, thing in references(type(button)).items() if thing in _STORED}
    values = {name: getattr(button, name) for name in named}
    return tuple(
        [None if values[name] is None else await _STORED[thing](visit, values[name]) for name, thing in named.items()]
    )


async def _draft(visit: Visit, reference: str) -> FormDraft:
    draft = await visit.stores.drafts.draft(reference)
    return _their_own(visit, Thing.DRAFT, draft, Remark("form_gone"), Remark("not_yours"))


async def _deed(visit: Visit, reference: str) -> Deed:
    deed = await visit.stores.deeds.deed(reference)
    return _their_own(visit, Thing.DEED, deed, Remark("undo_nothing"), Remark("undo_not_yours"))


def _their_own(visit: Visit, thing: Thing, found: Own | None, gone: Remark, others: Remark) -> Own:
    """Returns what was found where it is the visitor's. Raises ForbiddenButton, which says `gone` or `others`."""
    if found is None:
        raise ForbiddenButton(thing, Why.UNKNOWN, gone)
    if found.person != visit.person.id:
        raise ForbiddenButton(thing, Why.OTHERS, others)
    return found


async def _round(visit: Visit, reference: str) -> Round:
    status_round = await visit.stores.rounds.round(reference)
    if status_round is None:
        raise ForbiddenButton(Thing.ROUND, Why.UNKNOWN, Remark("round_gone"))
    return status_round


async def _meeting(visit: Visit, reference: int) -> Meeting:
    meeting = await visit.stores.reminding.meetings.meeting(reference)
    if meeting is None:
        raise ForbiddenButton(Thing.MEETING, Why.UNKNOWN)
    return meeting


async def _run(visit: Visit, reference: int) -> RunReport:
    """A large run is the portfolio office's to decide on, as a form is its author's to fill in."""
    if not may_steer_reminders(visit.person):
        raise ForbiddenButton(Thing.RUN, Why.OTHERS, Remark(Action.REMINDERS_DENIED.value, is_refusal=True))
    run = await visit.stores.reminding.deliveries.report(reference)
    if run is None:
        raise ForbiddenButton(Thing.RUN, Why.UNKNOWN)
    return run


_KNOWN: Mapping[Thing, Callable[[Names, Any], bool]] = {
    Thing.PROJECT: Names.is_project,
    Thing.PERSON: Names.is_known,
    Thing.BODY: lambda names, name: names.body(name) is not None,
}
_STORED: Mapping[Thing, Callable[[Visit, Any], Awaitable[object]]] = {
    Thing.DRAFT: _draft,
    Thing.DEED: _deed,
    Thing.ROUND: _round,
    Thing.MEETING: _meeting,
    Thing.RUN: _run,
}
