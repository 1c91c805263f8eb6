"""Whose buttons do what, in each part, wherever they are: every button, whoever presses it, and every reference that it
may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.button import Thing, references
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.organisation import Person
from portfolio.outlook.plan import planned
from portfolio.rights import RIGHTS, Act
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.dialogs.conftest import HERE
from tests.dialogs.test_rights_matrix import NAMES, ORDERS, PARTS, SCOPES, STAYS, Talking, with_deputy, written_down
from tests.kit.cards import answers_on, elements_of, press_of
from tests.kit.pressing import KINDS
from tests.kit.talk import Talk
from tests.world.people import AAGE, IB, INGE, METTE, SOREN

__all__ = ["with_deputy"]
DAY = HERE.date()
TIME = {"first": (DAY - STAYS).isoformat(), "last": (DAY + STAYS).isoformat()}
PROJECT, MEETING, ROUND, DRAFT, DEED = {"project": "P001"}, {"meeting": 2}, {"round": ""}, {"draft": ""}, {"deed": ""}


@dataclass(frozen=True)
class Pressed:
    """A button on something of Søren's or of the board's: of which act it is, or else whose own alone (`only`); without
    either it shows, or is about what is one's own. What is "" there is known when it is pressed."""

    data: Mapping[str, Any]
    act: Act | None = None
    only: Person | None = None

    def is_for(self, person: Person) -> bool:
        if self.act:
            return bool(PARTS[person] & RIGHTS[self.act])
        return self.only in (None, person)


# Every button, by its verb.
BUTTONS: Mapping[str, Pressed] = {
    "show": Pressed({"question": {}}),
    "change": Pressed({"question": {"late": True}, "chip0": "no"}),
    "open": Pressed(PROJECT),
    "export": Pressed({"question": {}}),
    "file_take": Pressed({"question": {}, "person": SOREN.id}, only=SOREN),
    "file_leave": Pressed({"person": SOREN.id}, only=SOREN),
    "ask": Pressed({"text": "mine projekter"}),
    "report": Pressed(PROJECT, Act.REPORT),
    "unchanged": Pressed({**PROJECT, "revision": 0}, Act.REPORT),
    "correct": Pressed(PROJECT, Act.REPORT),
    "status_request": Pressed({"projects": ["P001"]}, Act.REQUEST_STATUS),
    "hand_over": Pressed({**PROJECT, "lead": IB.id}, Act.HAND_OVER),
    "deputy_end": Pressed({"lead": SOREN.id, "deputy": METTE.id, **TIME}, Act.NAME_DEPUTY),
    "meeting_move": Pressed(MEETING, Act.CHANGE_MEETING),
    "meeting_cancel": Pressed({**MEETING, "revision": 0}, Act.CHANGE_MEETING),
    "meeting_restore": Pressed(MEETING, Act.CHANGE_MEETING),
    "channel": Pressed({"body": "Project Board", "bound": True}, Act.BIND_CHANNEL),
    "round_open": Pressed({"body": "Project Board"}, Act.RUN_ROUND),
    "round_view": Pressed(ROUND),
    "round_mine": Pressed(ROUND),
    "round_sum_up": Pressed(ROUND),
    "stop": Pressed({"all": True, "sure": True}, Act.STEER_REMINDERS),
    "resume": Pressed({"all": True}, Act.STEER_REMINDERS),
    "run_release": Pressed({"run": ""}, Act.STEER_REMINDERS),
    "run_discard": Pressed({"run": ""}, Act.STEER_REMINDERS),
    "preview": Pressed({}),
    "snooze": Pressed({"until": "2026-07-01"}),
    "snooze_end": Pressed({}),
    "absence_end": Pressed({"first": "2026-07-01"}),
    "reminders_switch": Pressed({"kind": "status_due", "on": False}),
    "my_reminders": Pressed({}),
    "rhythm": Pressed({**PROJECT, "every": 14}, Act.SET_RHYTHM),
    "form_submit": Pressed({**DRAFT, "version": 1}, only=SOREN),
    "form_save": Pressed({**DRAFT, "version": 1}, only=SOREN),
    "form_step": Pressed({**DRAFT, "version": 1}, only=SOREN),
    "form_card": Pressed(DRAFT, only=SOREN),
    "form_go_on": Pressed(DRAFT, only=SOREN),
    "form_discard": Pressed(DRAFT, only=SOREN),
    "undo": Pressed(DEED, only=SOREN),
    "let_be": Pressed({}),
    "ask_to_erase": Pressed({}),
}
# Lines that say no.
DENIED = {action for action in Action if action.name.endswith("_DENIED")} | {Action.BUTTON_REFUSED}
CPR, NOBODYS = "0101701234", 999_999
# What reminders are about is looked for among the person's own, or among those that are sent.
AMONG = {"snooze": {"subjects": [CPR]}, "stop": {"keys": [["status_due", "P001", SOREN.id, False, CPR]]}}
AMONG["resume"] = AMONG["stop"]


def test_every_button_has_its_row():
    assert BUTTONS.keys() == KINDS.keys()


@pytest.fixture
async def known(with_deputy: Stores, talking: Talking) -> dict[str, Any]:
    """What a form, a deed of Søren's, a round of the board and a large run are known by."""
    reminding = with_deputy.reminding
    plan = planned(await reminding.store.state(HERE), HERE, HERE - timedelta(days=7), reminding.work)
    run = await reminding.deliveries.store(plan, None, is_held=True)
    assert run is not None
    form = (await talking(SOREN).say("meld status på skærmbesøg")).card or {}
    deed = (await talking(SOREN, conversation="elsewhere").say("jeg er væk i uge 28")).card or {}
    secretary = talking(INGE)
    await secretary.say("åbn runde til Project Board")
    status_round = (await secretary.say("ja")).card or {}
    return {
        "draft": press_of(form, "Meld status")[1]["draft"],
        "deed": press_of(deed, "Fortryd")[1]["deed"],
        "run": run.id,
        "round": next(data["round"] for _, data in buttons_on(status_round) if "round" in data),
    }


def filled(data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: known[name] if value == "" else value for name, value in data.items()}


async def refusal_of(talk: Talk, verb: str, data: Mapping[str, Any]) -> Refusal | None:
    return (await talk.assistant.press(verb, data, talk.turn)).refusal


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("verb", BUTTONS)
async def test_button_is_for_those_whose_part_it_is(
    known: dict[str, Any], cast_database: Database, talking: Talking, verb: str, scope: Scope
):
    button = BUTTONS[verb]
    for person in sorted(PARTS, key=button.is_for):  # the others first, who change nothing
        before = await written_down(cast_database)
        refusal = await refusal_of(talking(person, scope=scope), verb, filled(button.data, known))
        noted = (await written_down(cast_database))[len(before) :]
        if button.is_for(person):
            assert refusal not in (Refusal.FORBIDDEN, Refusal.MALFORMED), person.name
            assert DENIED.isdisjoint(action for _, action in noted)
        else:
            assert refusal is Refusal.FORBIDDEN, person.name
            ((by, action),) = noted
            assert (by, action in DENIED) == (person.id, True)


@pytest.mark.parametrize("verb", BUTTONS)
async def test_somebody_whom_nobody_imported_does_nothing(
    known: dict[str, Any], cast_database: Database, talking: Talking, verb: str
):
    before = await written_down(cast_database)
    await refusal_of(talking(None), verb, filled(BUTTONS[verb].data, known))
    assert await written_down(cast_database) == before


def forged() -> Iterator[tuple[str, dict[str, Any], Thing]]:
    """Every button, with each of its references in turn to what isn't there."""
    for verb, kind in KINDS.items():
        for name, thing in references(kind).items():
            yield verb, {name: NOBODYS if thing in (Thing.MEETING, Thing.RUN) else CPR}, thing
    for verb, data in AMONG.items():
        yield verb, {**data, "all": False}, Thing.REMINDER


# Old cards name a body and a start.
STARTS = {"start": "2026-06-18T07:00:00+00:00"}


@pytest.mark.parametrize(("verb", "reference", "thing"), list(forged()), ids=str)
@pytest.mark.parametrize("person", [INGE, IB], ids=NAMES.get)
async def test_reference_to_what_isnt_there_is_refused_and_written_down(
    known: dict[str, Any],
    cast_database: Database,
    talking: Talking,
    verb: str,
    reference: Any,
    thing: Thing,
    person: Person,
):
    before = await written_down(cast_database)
    data = {**filled(BUTTONS[verb].data, known), **STARTS, **reference}
    if thing is Thing.BODY:
        data.pop("meeting", None)
    refusal = await refusal_of(talking(person), verb, data)
    rows = (await cast_database.execute(audit.select().order_by(audit.c.number))).all()[len(before) :]
    assert refusal is Refusal.FORBIDDEN
    ((by, action, detail),) = [(row.by, row.action, row.detail) for row in rows]
    assert (by, CPR in str(rows)) == (person.id, False)
    if action is not Action.REMINDERS_DENIED:  # which is asked first of all
        why = "others" if thing is Thing.RUN and person is IB else "unknown"  # which of them there are, is the office's
        assert (action, detail) == (Action.BUTTON_REFUSED, {"verb": verb, "reason": why, "what": thing.value})


SAID = [*(probe.words for probe in ORDERS.values()), "meld status", "mine påmindelser", "mine stedfortrædere"]
# What a button of another's does for whoever presses it: it shows, or changes what is their own.
HARMLESS = {Action.BUTTON_REFUSED, Action.SNOOZED, Action.SNOOZE_ENDED, Action.SWITCHED_OFF, Action.SWITCHED_ON}


def buttons_on(card: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = elements_of(dict(card), "Action.Execute")
    return [(one["verb"], {**one.get("data", {}), **answers_on(dict(card), {})}) for one in found]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("words", SAID)
async def test_button_of_somebody_else_does_nothing_that_isnt_ones_own(
    with_deputy: Stores, cast_database: Database, talking: Talking, words: str, scope: Scope
):
    for owner in (SOREN, INGE):
        card = (await talking(owner, conversation=f"of-{owner.id}").say(words)).card or {}
        before = await written_down(cast_database)
        outsider = talking(IB, scope=scope)
        for verb, data in buttons_on(card):
            await outsider.assistant.press(verb, data, outsider.turn)
        noted = (await written_down(cast_database))[len(before) :]
        done = [action for _, action in noted if action not in HARMLESS and not action.name.endswith("_DENIED")]
        assert done == []


@pytest.mark.parametrize("verb", sorted(KINDS))
@pytest.mark.parametrize("person", [IB, AAGE], ids=NAMES.get)
async def test_anything_that_a_button_may_hold_stores_nothing_of_others(
    cast_database: Database, cast_stores: Stores, talking: Talking, verb: str, person: Person
):
    """Everything that a button may name, of others and invented."""
    await SqlPortfolioWriter(cast_database).apply(Portfolio())
    held = [
        {},
        {"project": "P001", "lead": person.id, "revision": 0, "day": "2026-06-01"},
        {"project": "0101701234", "subjects": ["0101701234"], "until": "2026-07-01", "days": 14},
        {"body": "Project Board", "meeting": 2, "run": 1, "round": "r", "start": "2026-06-19T10:00:00+02:00"},
        {"lead": SOREN.id, "deputy": person.id, "first": "2026-06-01", "last": "2026-07-01", "project": ""},
        {"keys": [["status_due", "P001", SOREN.id, False, "0101701234"]], "deed": "0101701234", "draft": "x"},
    ]
    talk = talking(person)
    for data in held:
        await talk.assistant.press(verb, data, talk.turn)
    own = {Action.ABSENCE_SET, Action.ABSENCE_ENDED, Action.LANGUAGE_SET, Action.ERASURE_ASKED}
    rows = (await cast_database.execute(audit.select())).mappings().all()
    done = [row for row in rows if row["action"] not in HARMLESS | own and not row["action"].name.endswith("_DENIED")]
    assert done == []
    assert "0101701234" not in str([dict(row) for row in rows])
