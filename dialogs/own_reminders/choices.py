"""Chooses which reminders a person gets, and how often a project is asked for status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.forms.questions import Confirming, confirm
from dialogs.own_reminders.buttons import AskEvery, Switch
from dialogs.own_reminders.handlers import my_reminders
from dialogs.own_reminders.orders import SetRhythm, SwitchOff, SwitchOn
from dialogs.own_reminders.receipt_cards import Rhythm, RhythmSet, Switched, rhythm_words, status_wish
from dialogs.refusal import refuse
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.plain import one_line
from dialogs.wording.days import name_words
from portfolio.audit import Action
from portfolio.reminders.kinds import KINDS, Kind
from portfolio.rights import may_set_rhythm
from portfolio.status.reminders import RHYTHMS, first_unanswered, kept, rhythm_of
from portfolio.status.reporting import Overtaken

LONGEST_TITLE = 100
MOST_TRIES = 3


async def switch_off(visit: Visit, order: SwitchOff) -> Answer:
    """Switches off the kinds that people may do without; the answer says why not of the others."""
    kinds = order.kinds or tuple(KINDS)
    free = tuple(kind for kind in kinds if KINDS[kind].may_switch_off)
    await _switch(visit, free, on=False)
    return Switched(free, tuple(kind for kind in kinds if kind not in free), is_on=False)


async def switch_on(visit: Visit, order: SwitchOn) -> Answer:
    kinds = order.kinds or tuple(KINDS)
    await _switch(visit, tuple(kind for kind in kinds if KINDS[kind].may_switch_off), on=True)
    return Switched(kinds, (), is_on=True)


async def switch_pressed(visit: Visit, button: Switch) -> Answer:
    """Switches a kind of the person's reminders and shows them again."""
    kind = button.kind
    if not KINDS[kind].may_switch_off:
        return Switched((), (kind,), is_on=False)
    await _switch(visit, (kind,), on=button.on)
    return await my_reminders(visit)


async def undo_switch(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Switches the kinds that were switched back. Raises Overtaken."""
    is_on, kinds = not data["on"], tuple(Kind(kind) for kind in data["kinds"])
    off = await visit.stores.reminding.store.switched_off(visit.person.id)
    if any((kind in off) is not is_on for kind in kinds):
        raise Overtaken
    await _set_switches(visit, kinds, on=is_on)
    return Switched(kinds, (), is_on=is_on)


async def _switch(visit: Visit, kinds: tuple[Kind, ...], *, on: bool) -> None:
    """Switch the kinds, and remember those that weren't so already."""
    off = await visit.stores.reminding.store.switched_off(visit.person.id)
    changed = [kind.value for kind in kinds if (kind in off) is on]
    await _set_switches(visit, kinds, on=on)
    if changed:
        await remember(visit, "switch", {"kinds": changed, "on": on})


async def _set_switches(visit: Visit, kinds: tuple[Kind, ...], *, on: bool) -> None:
    for kind in kinds:
        await visit.stores.reminding.store.switch(visit.person.id, kind, visit.person.id, visit.now, on=on)


async def set_rhythm(visit: Visit, order: SetRhythm) -> Answer:
    """Sets how often a project is asked for status, once it is said yes to where somebody else leads it; answers an
    unknown rhythm with those that there are."""
    return await _rhythm_wanted(visit, order, is_sure=False)


async def rhythm_pressed(visit: Visit, button: AskEvery) -> Answer:
    return await _rhythm_wanted(visit, SetRhythm((button.project,), every=button.every), is_sure=True)


async def _rhythm_wanted(visit: Visit, order: SetRhythm, *, is_sure: bool) -> Answer:
    if order.unknown and not order.projects:
        return Remark("rhythm_unknown", {"words": one_line(" ".join(order.unknown), LONGEST_TITLE)})
    numbers = order.maybe or order.projects
    if len(numbers) != 1:
        days = order.every if order.every in RHYTHMS else RHYTHMS[1]
        tries = tuple(status_wish(number, days, visit.audience) for number in numbers[:MOST_TRIES])
        return Remark("rhythm_which", tries=tries)
    detail = await visit.stores.reader.project(numbers[0])
    if detail is None or detail.project.is_closed:
        return _closed(visit, numbers[0])
    if not may_set_rhythm(visit.person, detail.project):
        values, may = {"title": _title(visit, numbers[0])}, (detail.project.lead, detail.project.owner)
        return await refuse(visit, Action.RHYTHM_DENIED, values, may, project=numbers[0])
    if order.every not in (0, *RHYTHMS):
        tries = tuple(status_wish(numbers[0], days, visit.audience) for days in RHYTHMS)
        return Remark("rhythm_choices", {"title": _title(visit, numbers[0])}, tries=tries)
    lead = detail.project.lead
    if not is_sure and lead and lead != visit.person.id:
        values = {"title": _title(visit, numbers[0]), "lead": name_words(lead, visit.audience)}
        usual = visit.audience.texts.say("own_reminders.usual_rhythm")
        values["rhythm"] = rhythm_words(order.every, visit.audience) if order.every else usual
        return await confirm(visit, Confirming("set_rhythm", values, AskEvery(numbers[0], order.every)))
    number, wanted = numbers[0], order.every or None
    answer = await _set(visit, number, wanted)
    if isinstance(answer, RhythmSet) and answer.before != wanted:
        await remember(visit, "rhythm", {"project": number, "before": answer.before, "after": wanted})
    return answer


async def undo_rhythm(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Asks for the project's status as often as before. Raises Overtaken."""
    if await _asked_every(visit, data["project"]) != data["after"]:
        raise Overtaken
    return await _set(visit, data["project"], data["before"])


def instead_of_rhythm(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    if data["before"] in RHYTHMS:
        return (status_wish(data["project"], data["before"], audience),)
    return (audience.texts.say("own_reminders.rhythm_undo", number=data["project"]),)


def rhythm_anew(audience: Audience, data: Mapping[str, Any]) -> str:
    """The beginning of "spørg om status på P001 hver uge"."""
    return audience.texts.say("own_reminders.rhythm_anew", number=data["project"])


async def _asked_every(visit: Visit, number: str) -> int | None:
    state = await visit.stores.reminding.store.state(visit.now, [number])
    return next((project.asked_every for project in state.projects), None)


async def _set(visit: Visit, number: str, days: int | None) -> Answer:
    store, work = visit.stores.reminding.store, visit.stores.reminding.work
    before = await _asked_every(visit, number)
    if not await store.set_rhythm(number, days, visit.person.id, visit.now):
        return _closed(visit, number)
    state = await store.state(visit.now, [number])
    project = next((project for project in state.projects if project.number == number), None)
    if project is None:
        return _closed(visit, number)
    rhythm = rhythm_of(project, state)
    deadline = kept(first_unanswered(project, rhythm, work), work)
    return RhythmSet(Rhythm(number, rhythm), days is None, deadline, before)


def _closed(visit: Visit, number: str) -> Remark:
    return Remark("rhythm_closed", {"title": _title(visit, number)})


def _title(visit: Visit, number: str) -> str:
    return one_line(visit.audience.names.project(number), LONGEST_TITLE)
