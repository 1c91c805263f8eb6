"""Which reminders people get, and how often a project is asked for status."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dialogs.forms.questions import AskedFirst
from dialogs.own_reminders import choices as reminder_choices
from dialogs.own_reminders.buttons import AskEvery
from dialogs.own_reminders.orders import SetRhythm, SwitchOff, SwitchOn
from dialogs.own_reminders.receipt_cards import Rhythm, RhythmSet, Switched
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.orders import Order
from dialogs.turn.payload import MalformedButton
from dialogs.turn.visit import Stores, Visit
from portfolio.audit import Action
from portfolio.organisation import Person
from portfolio.reminders.kinds import KINDS, Kind
from storage.audit import audit
from storage.database import Database
from tests.kit.cards import heading
from tests.kit.pressing import press
from tests.kit.reminder_steps import FRIDAY
from tests.kit.steps import said
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, INGE, SOREN

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


@LANGUAGES
async def test_lead_may_do_without_some_and_is_told_why_not_without_others(
    language: str, visiting, cast_stores: Stores
):
    visit: Visit = visiting(SOREN, language=language)
    both = (Kind.STATUS_DUE, Kind.STATUS_OVERDUE)
    answer = await reminder_choices.switch_off(visit, SwitchOff(kinds=both))
    assert answer == Switched((Kind.STATUS_DUE,), (Kind.STATUS_OVERDUE,), is_on=False)
    assert await cast_stores.reminding.store.switched_off(SOREN.id) == {Kind.STATUS_DUE}
    assert visit.audience.texts.say("reminder_fixed.status_overdue") in said(answer, visit).text
    answer = await reminder_choices.switch_off(visit, SwitchOff(kinds=(Kind.DEADLINE,)))
    assert answer == Switched((), (Kind.DEADLINE,), is_on=False)
    said(answer, visit)


async def test_all_are_switched_off_as_far_as_they_can_be_and_on_again(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    answer = await reminder_choices.switch_off(visit, SwitchOff())
    off = {kind for kind, policy in KINDS.items() if policy.may_switch_off}
    assert await cast_stores.reminding.store.switched_off(SOREN.id) == off
    said(answer, visit)
    answer = await reminder_choices.switch_on(visit, SwitchOn())
    assert await cast_stores.reminding.store.switched_off(SOREN.id) == frozenset()
    said(answer, visit)


async def test_switch_on_the_card_shows_it_switched(talking):
    talk: Talk = talking(SOREN)
    await talk.say("mine påmindelser")
    shown = await talk.press("Slå kommende møder fra")
    assert "- Kommende møder: slået fra" in shown.text
    assert "- Kommende møder: slået til" in (await talk.press("Slå kommende møder til")).text


@pytest.mark.parametrize("data", [{}, {"kind": "meeting_soon"}, {"kind": "no", "on": True}, {"kind": [], "on": True}])
async def test_forged_switch_switches_nothing(data: dict[str, object], visiting):
    with pytest.raises(MalformedButton):
        await press(visiting(SOREN), "reminders_switch", data)


async def test_button_cannot_switch_off_what_may_not_be(visiting, cast_stores: Stores):
    answer = await press(visiting(SOREN), "reminders_switch", {"kind": "deadline", "on": False})
    assert answer == Switched((), (Kind.DEADLINE,), is_on=False)
    assert await cast_stores.reminding.store.switched_off(SOREN.id) == frozenset()


async def chosen(visit: Visit, every: int) -> Answer:
    """Return what is answered; who doesn't lead the project is asked first, as its lead is asked that often then."""
    answer = await reminder_choices.set_rhythm(visit, SetRhythm(("P001",), every=every))
    assert isinstance(answer, AskedFirst) is (visit.person.id != SOREN.id)
    if isinstance(answer, AskedFirst):
        assert SOREN.name in said(answer, visit).text
        return await reminder_choices.rhythm_pressed(visit, AskEvery("P001", every))
    return answer


@pytest.mark.parametrize("person", [SOREN, GRY, INGE])
@LANGUAGES
async def test_lead_owner_and_office_choose_how_often(language: str, person: Person, visiting, cast_stores: Stores):
    visit: Visit = visiting(person, language=language)
    weekly = await chosen(visit, 7)
    assert isinstance(weekly, RhythmSet)
    assert (weekly.rhythm, weekly.is_usual, weekly.before) == (Rhythm("P001", 7), False, None)
    assert weekly.deadline == FRIDAY
    said(weekly, visit)
    usual = await chosen(visit, 0)
    assert isinstance(usual, RhythmSet)
    assert (usual.rhythm, usual.is_usual, usual.before) == (Rhythm("P001", 14), True, 7)
    said(usual, visit)


async def test_lead_takes_it_back_in_a_word(talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    first = await talk.say("spørg om status på P001 hver uge")
    assert first.text.startswith("Jeg spørger til status på Skærmbesøg i hjemmeplejen hver uge.")
    await talk.say("normal rytme på P001")
    back = await talk.press("spørg om status på P001 hver uge")
    assert heading(back) == heading(first)


async def test_others_are_told_who_may_and_it_is_written_down(visiting, cast_stores: Stores, cast_database: Database):
    visit: Visit = visiting(AAGE)
    answer = await reminder_choices.set_rhythm(visit, SetRhythm(("P001",), every=7))
    assert isinstance(answer, Remark)
    assert (answer.key, answer.is_refusal) == ("rhythm_denied", True)
    assert "Søren Æbelø-Østergård" in said(answer, visit).text
    async with cast_database.connect() as connection:
        written = (await connection.execute(select(audit.c.action, audit.c.by))).all()
    assert [tuple(row) for row in written] == [(Action.RHYTHM_DENIED, AAGE.id)]


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (SetRhythm(("P001",)), "rhythm_choices"),
        (SetRhythm(("P001",), every=21), "rhythm_choices"),
        (SetRhythm(("P005",), every=7), "rhythm_closed"),
        (SetRhythm(every=7), "rhythm_which"),
        (SetRhythm(("P001", "P002"), every=7), "rhythm_which"),
        (SetRhythm(maybe=("P001", "P002")), "rhythm_which"),
        (SetRhythm(unknown=("pølser",), every=7), "rhythm_unknown"),
    ],
)
@LANGUAGES
async def test_what_is_missing_is_asked_with_what_there_is(language: str, command: Order, key: str, visiting):
    visit: Visit = visiting(SOREN, language=language)
    answer = await reminder_choices.set_rhythm(visit, command)
    assert isinstance(answer, Remark)
    assert answer.key == key
    said(answer, visit)
