"""A person's own reminders: put off, answered, and shown as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dialogs.own_reminders import absences
from dialogs.own_reminders import choices as reminder_choices
from dialogs.own_reminders import handlers as reminders
from dialogs.own_reminders.card import MyReminders
from dialogs.own_reminders.orders import BeAbsent, SnoozeReminders, SwitchOff
from dialogs.own_reminders.receipt_cards import Matter, Snoozed, SnoozeEnded
from dialogs.refusal import ForbiddenButton
from dialogs.remark import Remark
from dialogs.turn.audience import Scope
from dialogs.turn.orders import Order
from dialogs.turn.payload import MalformedButton
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Stores, Visit
from portfolio.organisation import Person
from portfolio.reminders.kinds import Absence, Kind, Snooze
from storage.audit import audit
from storage.database import Database
from tests.kit.pressing import press
from tests.kit.reminder_steps import DAY, FRIDAY, MONDAY, SATURDAY, TODAY, reminded, snoozes
from tests.kit.steps import said
from tests.kit.talk import Talk
from tests.world.municipality import BOARD, MEETING
from tests.world.people import AAGE, GRY, IB, INGE, SOREN

LATER = SnoozeReminders()
AWAY = BeAbsent(first=TODAY, last=FRIDAY)
BOARDS = "meeting:2"  # the cast's second
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


async def test_what_was_reminded_of_lately_waits_until_the_day_said(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await reminded(cast_stores, SOREN, visit.now - 2 * DAY, P001=Kind.STATUS_OVERDUE, P002=Kind.STATUS_DUE)
    answer = await reminders.snooze(visit, replace(LATER, day=MONDAY))
    assert isinstance(answer, Snoozed)
    assert {one.subject: one.until for one in await snoozes(cast_stores)} == {"P001": MONDAY, "P002": MONDAY}
    reply = said(answer, visit)
    assert reply.is_personal
    assert reply.text.startswith("Jeg minder dig om 2 ting mandag den 15. juni.")
    assert "- Digital post" in reply.text


async def test_day_off_is_moved_to_the_next_working_day(visiting, cast_stores: Stores):
    answer = await reminders.snooze(visiting(SOREN), replace(LATER, day=SATURDAY, projects=("P001",)))
    assert answer == Snoozed((Matter("P001", "Skærmbesøg i hjemmeplejen"),), MONDAY)


async def test_without_a_day_it_is_the_next_working_day(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    friday = visiting(SOREN, now=visit.now + 3 * DAY)
    assert (await reminders.snooze(visit, replace(LATER, projects=("P001",)))).until == TODAY + DAY
    assert (await reminders.snooze(friday, replace(LATER, projects=("P001",)))).until == MONDAY


@LANGUAGES
async def test_undone_it_is_as_before_and_other_things_still_wait(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    for number in ("P001", "P002"):
        await reminders.snooze(visit, replace(LATER, day=MONDAY, projects=(number,)))
    assert await press(visit, "snooze_end", {"subjects": ["P002"]}) == SnoozeEnded(1)
    assert [one.subject for one in await snoozes(cast_stores)] == ["P001"]
    assert await press(visit, "snooze_end", {}) == SnoozeEnded(1)
    nothing = await press(visit, "snooze_end", {})
    assert nothing == SnoozeEnded(0)
    assert await snoozes(cast_stores) == []
    said(nothing, visit)


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (LATER, "nothing_told"),
        (replace(LATER, day=TODAY), "snooze_past"),
        (replace(LATER, day=TODAY - DAY), "snooze_past"),
        (replace(LATER, projects=("P001",), day=TODAY + 61 * DAY), "snooze_too_far"),
        (replace(LATER, projects=("P003",)), "snooze_not_asked"),
        (replace(LATER, projects=("P005",)), "snooze_closed"),
        (replace(LATER, bodies=("Direktionen",)), "snooze_not_invited"),
        (replace(LATER, bodies=(BOARD.name, "Direktionen")), "snooze_not_invited"),
        (replace(LATER, projects=("P001", "P002")), "snooze_which"),
        (replace(LATER, maybe=("P001", "P002")), "snooze_which"),
    ],
)
@LANGUAGES
async def test_what_cannot_be_promised_is_not(language: str, command: Order, key: str, visiting, cast_stores: Stores):
    visit = visiting(SOREN, language=language)
    answer = await reminders.snooze(visit, command)
    assert isinstance(answer, Remark)
    assert answer.key == key
    assert await snoozes(cast_stores) == []
    said(answer, visit)


async def test_what_was_said_long_ago_or_to_others_is_not_meant(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await reminded(cast_stores, SOREN, visit.now - 4 * DAY, P001=Kind.STATUS_DUE)
    await reminded(cast_stores, AAGE, visit.now - DAY, P003=Kind.STATUS_DUE)
    answer = await reminders.snooze(visit, LATER)
    assert isinstance(answer, Remark)
    assert answer.key == "nothing_told"


async def test_moved_meeting_cannot_wait(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await reminded(cast_stores, SOREN, visit.now - DAY, **{BOARDS: Kind.MEETING_CHANGED})
    assert isinstance(await reminders.snooze(visit, LATER), Remark)


async def test_member_is_told_that_the_meeting_is_before_that(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    answer = await reminders.snooze(visit, replace(LATER, day=date(2026, 6, 22), bodies=(BOARD.name,)))
    assert answer == Snoozed((Matter(BOARDS, BOARD.name, MEETING),), date(2026, 6, 22))
    assert "mødet i Project Board torsdag den 18. juni kl. 9 er inden da" in said(answer, visit).text


async def test_button_from_when_a_meeting_had_no_number_is_about_the_same_one(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    old = f"{BOARD.name}|{MEETING.timestamp():.0f}"
    pressed = {"until": FRIDAY.isoformat(), "subjects": [old, f"{BOARD.name}|7", f"{BOARD.name}|{'9' * 11}"]}
    answer = await press(visit, "snooze", pressed)
    assert isinstance(answer, Snoozed)
    assert answer.matters[0] == Matter(BOARDS, BOARD.name, MEETING)
    await press(visit, "snooze_end", pressed)
    assert await snoozes(cast_stores) == []


async def test_owner_and_office_are_reminded_too_and_may_put_it_off(visiting, cast_stores: Stores):
    for person in (GRY, INGE):
        answer = await reminders.snooze(visiting(person), replace(LATER, day=FRIDAY, projects=("P001",)))
        assert isinstance(answer, Snoozed)


async def test_button_of_an_old_reminder_means_the_next_day(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    data = {"until": (TODAY - 3 * DAY).isoformat(), "subjects": ["P001", ""]}
    answer = await press(visit, "snooze", data)
    assert [(one.subject, one.until) for one in await snoozes(cast_stores)] == [
        ("", TODAY + DAY),
        ("P001", TODAY + DAY),
    ]
    assert "- alt" in said(answer, visit).text


async def test_button_without_subjects_speaks_of_the_latest_reminders(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    pressed = {"until": FRIDAY.isoformat()}
    assert isinstance(await press(visit, "snooze", pressed), Remark)
    await reminded(cast_stores, SOREN, visit.now - DAY, P002=Kind.STATUS_DUE)
    assert await press(visit, "snooze", pressed) == Snoozed((Matter("P002", "Digital post"),), FRIDAY)


@pytest.mark.parametrize(
    "data",
    [
        {"until": "tomorrow", "subjects": ["P001"]},
        {"until": 3, "subjects": ["P001"]},
        {"subjects": ["P001"]},
        {"until": "2026-06-12", "subjects": "P001"},
        {"until": "2026-06-12", "subjects": [1]},
        {"until": "2026-06-12", "subjects": ["x" * 5000]},
        {"until": "2026-06-12", "subjects": ["P001"] * 101},
        {"until": "2026-06-12", "subjects": ["\x00"]},
    ],
)
async def test_forged_button_puts_nothing_off(data: dict[str, object], visiting, cast_stores: Stores):
    with pytest.raises(MalformedButton):
        await press(visiting(SOREN), "snooze", data)
    assert await snoozes(cast_stores) == []


STRANGE = ("|", "a|b", f"{BOARD.name}|99999999999999", "milestone:P001:[x](http://evil.example)", "<at>Alle</at>")
NOBODYS = (*STRANGE, "010203-1234", "P999", "p001", "meeting:999", "meeting:x", "round:P001:7", " ")


@pytest.mark.parametrize("subject", NOBODYS)
async def test_invented_subject_is_not_put_off(subject: str, visiting, cast_stores: Stores, cast_database: Database):
    visit: Visit = visiting(SOREN)
    with pytest.raises(ForbiddenButton):
        await press(visit, "snooze", {"until": FRIDAY.isoformat(), "subjects": [subject]})
    assert isinstance(
        await press(visit, "snooze", {"until": FRIDAY.isoformat(), "subjects": [subject, "P001"]}), Snoozed
    )
    assert [one.subject for one in await snoozes(cast_stores)] == ["P001"]
    assert [detail["subject"] for detail in await details(cast_database)] == ["P001"]


@pytest.mark.parametrize(("subject", "key"), [("P003", "snooze_not_asked"), ("meeting:4", None)])
async def test_what_others_are_reminded_of_is_not_put_off(subject: str, key: str | None, visiting, cast_stores: Stores):
    pressed = press(visiting(SOREN), "snooze", {"until": FRIDAY.isoformat(), "subjects": [subject]})
    with pytest.raises(ForbiddenButton) as refused:
        await pressed
    assert getattr(refused.value.answer, "key", None) == key
    assert await snoozes(cast_stores) == []


async def test_closed_project_is_told_and_not_put_off(visiting, cast_stores: Stores):
    answer = await press(visiting(SOREN), "snooze", {"until": FRIDAY.isoformat(), "subjects": ["P005"]})
    assert isinstance(answer, Remark)
    assert (answer.key, answer.refusal) == ("snooze_closed", Refusal.SAID)
    assert await snoozes(cast_stores) == []


@pytest.mark.parametrize(("person", "subject"), [(GRY, "P001"), (INGE, "P003"), (AAGE, BOARDS), (SOREN, "")])
async def test_what_one_is_reminded_of_is_put_off_by_its_button(
    person: Person, subject: str, visiting, cast_stores: Stores
):
    pressed = {"until": FRIDAY.isoformat(), "subjects": [subject]}
    assert isinstance(await press(visiting(person), "snooze", pressed), Snoozed)
    assert [one.subject for one in await snoozes(cast_stores, person)] == [subject]


async def test_pressed_again_nothing_more_is_written_down(visiting, cast_database: Database):
    for _ in range(3):
        await press(visiting(SOREN), "snooze", {"until": FRIDAY.isoformat(), "subjects": ["P001"]})
    assert len(await details(cast_database)) == 1


@LANGUAGES
async def test_no_more_is_put_off_than_can_be_kept_track_of(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    most = reminders.MOST_SNOOZES
    many = [Snooze(SOREN.id, f"milestone:P{one:03}:x", MONDAY) for one in range(most)]
    await cast_stores.reminding.store.snooze(many, SOREN.id, visit.now)
    answer = await reminders.snooze(visit, replace(LATER, day=MONDAY, projects=("P001",)))
    assert isinstance(answer, Remark)
    assert answer.key == "snooze_most"
    assert str(most) in said(answer, visit).text
    assert len(await snoozes(cast_stores)) == most
    await press(visit, "snooze_end", {"subjects": [many[0].subject]})
    assert isinstance(await reminders.snooze(visit, replace(LATER, day=MONDAY, projects=("P001",))), Snoozed)


OFFERED = "Var det svar på det, jeg mindede dig om?"


async def details(database: Database) -> list[Any]:
    """What the audit log says of each."""
    async with database.connect() as connection:
        return list((await connection.execute(select(audit.c.detail))).scalars())


async def test_what_is_not_understood_after_a_reminder_stores_nothing_and_offers_to_ask_later(
    talking, cast_stores: Stores
):
    talk: Talk = talking(SOREN)
    await reminded(cast_stores, SOREN, talk.now - timedelta(hours=2), P001=Kind.STATUS_DUE)
    first = await talk.say("blablabla kvidder")
    assert f"{OFFERED} Intet er ændret. Jeg kan spørge igen senere:\n- mind mig om det den 11/06/2026" in first.text
    assert await snoozes(cast_stores) == []
    await talk.press("mind mig om det den 11/06/2026")
    assert await snoozes(cast_stores) == [Snooze(SOREN.id, "P001", date(2026, 6, 11))]
    assert OFFERED not in (await talk.say("blablabla kvidder")).text


async def test_nothing_answers_a_reminder_from_the_day_before_yesterday(talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    await reminded(cast_stores, SOREN, talk.now - timedelta(hours=25), P001=Kind.STATUS_DUE)
    for text in ("blablabla kvidder", "hvilke projekter er røde", "hej"):
        assert OFFERED not in (await talk.say(text)).text
    assert await snoozes(cast_stores) == []


async def test_question_or_greeting_is_no_answer(talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    await reminded(cast_stores, SOREN, talk.now, P002=Kind.STATUS_DUE)
    for text in ("hvilke projekter er røde", "hej", "status"):
        assert OFFERED not in (await talk.say(text)).text
    assert await snoozes(cast_stores) == []


async def test_word_in_a_group_or_after_a_meetings_reminder_is_no_answer(talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    await reminded(cast_stores, SOREN, talk.now, P001=Kind.STATUS_DUE)
    await reminded(cast_stores, AAGE, talk.now, **{BOARDS: Kind.MEETING_SOON})
    group = talking(SOREN, scope=Scope.GROUP, conversation="group")
    assert OFFERED not in (await group.say("blablabla kvidder")).text
    assert OFFERED not in (await talking(AAGE).say("blablabla kvidder")).text
    assert await snoozes(cast_stores) == await snoozes(cast_stores, AAGE) == []


@LANGUAGES
async def test_lead_sees_all_that_was_decided(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    await absences.set_absence(visit, AWAY)
    await reminders.snooze(visit, replace(LATER, projects=("P001",), day=MONDAY))
    await reminder_choices.switch_off(visit, SwitchOff(kinds=(Kind.MEETING_SOON,)))
    answer = await reminders.my_reminders(visit)
    assert isinstance(answer, MyReminders)
    assert answer.off == {Kind.MEETING_SOON}
    assert answer.absences == (Absence(SOREN.id, TODAY, FRIDAY),)
    assert [matter.title for _, matter in answer.snoozes] == ["Skærmbesøg i hjemmeplejen"]
    assert {one.project: one.days for one in answer.rhythms} == {"P001": 14, "P002": 14}
    reply = said(answer, visit)
    assert reply.is_personal
    assert "P001" in reply.text


async def test_many_things_fit_on_the_card(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    many = [Snooze(SOREN.id, f"milestone:P{one:03}:{'æ' * 300}", MONDAY) for one in range(200)]
    await cast_stores.reminding.store.snooze(many, SOREN.id, visit.now)
    assert "og 190 mere" in said(await reminders.my_reminders(visit), visit).text


@LANGUAGES
async def test_who_has_decided_nothing_is_told_how_to(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(IB, language=language)
    await cast_stores.reminding.store.set_all_stopped(INGE.id, visit.now, are_stopped=True)
    answer = await press(visit, "my_reminders", {})
    assert answer == MyReminders(frozenset(), (), (), (), are_all_stopped=True)
    assert visit.audience.texts.say("own_reminders.all_stopped") in said(answer, visit).text


@pytest.mark.parametrize("scope", [Scope.PERSONAL, Scope.GROUP, Scope.CHANNEL])
async def test_answers_are_for_the_one_who_asked_alone(scope: Scope, talking):
    talk: Talk = talking(SOREN, scope=scope)
    for text in (
        "mine påmindelser",
        "jeg er på ferie til fredag",
        "mind mig om P001 på mandag",
        "slå mødepåmindelser fra",
        "spørg om status på P001 hver uge",
        "jeg er tilbage",
    ):
        assert (await talk.say(text)).is_personal, text
