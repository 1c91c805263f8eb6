"""A person's own reminders: later, not while away, not at all, and how often a project is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from card_checks import elements_of, press_of, words_on
from desk_steps import said
from round_cast import AAGE, BOARD, CLERK, MEETING, METTE, SECRETARY
from small_portfolio import LEAD, MANAGER
from sqlalchemy import select
from talk import Talk, heading

from dialogs.audience import Scope
from dialogs.desk import absences, reminder_choices, reminders
from dialogs.desk.outcomes import Remark
from dialogs.desk.reminder_outcomes import (
    AbsenceEnded,
    AbsenceSet,
    Matter,
    MyReminders,
    Returned,
    Rhythm,
    RhythmSet,
    Snoozed,
    SnoozeEnded,
    Switched,
)
from dialogs.desk.visit import Desk, Visit
from dialogs.question_data import MalformedQuestion
from dialogs.readings import Command, Commanded
from portfolio.audit import Action
from portfolio.deliveries import Finished, Settlement
from portfolio.deputies import Deputy
from portfolio.gathering import Message, Plan
from portfolio.meeting_reminders import meeting_key
from portfolio.organisation import Person
from portfolio.reminders import KINDS, Absence, Kind, Outcome, Recipient, Reminder, Snooze
from storage.database import Database
from storage.schema import audit

TODAY = date(2026, 6, 9)  # a Tuesday
DAY = timedelta(days=1)
FRIDAY, SATURDAY, MONDAY = date(2026, 6, 12), date(2026, 6, 13), date(2026, 6, 15)
LATER = Commanded(Command.SNOOZE)
AWAY = Commanded(Command.ABSENT, first=TODAY, last=FRIDAY)
BACK = Commanded(Command.BACK)
BOARDS = meeting_key(BOARD.name, MEETING)
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


async def reminded(desk: Desk, person: Person, at: datetime, **subjects: Kind) -> None:
    """The person was sent a message with a reminder of each subject."""
    due = tuple(
        Reminder(kind, subject, Recipient(person.email), "once", at, at + 7 * DAY, at)
        for subject, kind in subjects.items()
    )
    deliveries = desk.reminding.deliveries
    await deliveries.store(Plan(at, (Message(Recipient(person.email), "today", due),)), None)
    (delivery,) = (await deliveries.exchange([], 1, at, 1000)).deliveries
    await deliveries.exchange([Settlement(delivery, Finished(Outcome.SENT))], 0, at, 1000)


async def snoozes(desk: Desk, person: Person = LEAD) -> list[Snooze]:
    return await desk.reminding.store.snoozes_of(person.email, TODAY)


async def away(desk: Desk, person: Person = LEAD) -> list[Absence]:
    return await desk.reminding.store.absences_of(person.email, TODAY)


# --- later ---


async def test_what_was_reminded_of_lately_waits_until_the_day_said(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await reminded(cast_desk, LEAD, visit.now - 2 * DAY, P001=Kind.STATUS_OVERDUE, P002=Kind.STATUS_DUE)
    answer = await reminders.snooze(visit, replace(LATER, first=MONDAY))
    assert isinstance(answer, Snoozed)
    assert {one.subject: one.until for one in await snoozes(cast_desk)} == {"P001": MONDAY, "P002": MONDAY}
    reply = said(answer, visit)
    assert reply.is_personal
    assert reply.text.startswith("Jeg minder dig om 2 ting mandag den 15. juni.")
    assert "- Digital post" in reply.text


async def test_day_off_is_moved_to_the_next_working_day(visiting, cast_desk: Desk):
    answer = await reminders.snooze(visiting(LEAD), replace(LATER, first=SATURDAY, projects=("P001",)))
    assert answer == Snoozed((Matter("P001", "Skærmbesøg i hjemmeplejen"),), MONDAY)


async def test_without_a_day_it_is_the_next_working_day(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    friday = visiting(LEAD, now=visit.now + 3 * DAY)
    assert (await reminders.snooze(visit, replace(LATER, projects=("P001",)))).until == TODAY + DAY
    assert (await reminders.snooze(friday, replace(LATER, projects=("P001",)))).until == MONDAY


@LANGUAGES
async def test_undone_it_is_as_before_and_other_things_still_wait(language: str, visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD, language=language)
    for number in ("P001", "P002"):
        answer = await reminders.snooze(visit, replace(LATER, first=MONDAY, projects=(number,)))
    card = said(answer, visit).card
    assert card is not None
    _, data = press_of(card, visit.audience.texts.say("own_reminders.undo"))
    assert await reminders.snooze_ended(visit, data) == SnoozeEnded(1)
    assert [one.subject for one in await snoozes(cast_desk)] == ["P001"]
    assert await reminders.snooze_ended(visit, {}) == SnoozeEnded(1)
    nothing = await reminders.snooze_ended(visit, {})
    assert nothing == SnoozeEnded(0)
    assert await snoozes(cast_desk) == []
    said(nothing, visit)


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (LATER, "nothing_told"),
        (replace(LATER, first=TODAY), "snooze_past"),
        (replace(LATER, first=TODAY - DAY), "snooze_past"),
        (replace(LATER, projects=("P001",), first=TODAY + 61 * DAY), "snooze_too_far"),
        (replace(LATER, projects=("P003",)), "snooze_not_asked"),
        (replace(LATER, projects=("P005",)), "snooze_closed"),
        (replace(LATER, projects=("P001", "P002")), "snooze_which"),
        (replace(LATER, maybe=("P001", "P002")), "snooze_which"),
    ],
)
@LANGUAGES
async def test_what_cannot_be_promised_is_not(language: str, command: Commanded, key: str, visiting, cast_desk: Desk):
    visit = visiting(LEAD, language=language)
    answer = await reminders.snooze(visit, command)
    assert isinstance(answer, Remark)
    assert answer.key == key
    assert await snoozes(cast_desk) == []
    said(answer, visit)


async def test_what_was_said_long_ago_or_to_others_is_not_meant(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await reminded(cast_desk, LEAD, visit.now - 4 * DAY, P001=Kind.STATUS_DUE)
    await reminded(cast_desk, AAGE, visit.now - DAY, P003=Kind.STATUS_DUE)
    answer = await reminders.snooze(visit, LATER)
    assert isinstance(answer, Remark)
    assert answer.key == "nothing_told"


async def test_moved_meeting_cannot_wait(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await reminded(cast_desk, LEAD, visit.now - DAY, **{BOARDS: Kind.MEETING_CHANGED})
    assert isinstance(await reminders.snooze(visit, LATER), Remark)


async def test_member_is_told_that_the_meeting_is_before_that(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    answer = await reminders.snooze(visit, replace(LATER, first=date(2026, 6, 22), bodies=(BOARD.name,)))
    assert answer == Snoozed((Matter(BOARDS, BOARD.name, MEETING),), date(2026, 6, 22))
    assert "mødet i Project Board torsdag den 18. juni kl. 9 er inden da" in said(answer, visit).text


async def test_owner_and_office_are_reminded_too_and_may_put_it_off(visiting, cast_desk: Desk):
    for person in (MANAGER, SECRETARY):
        answer = await reminders.snooze(visiting(person), replace(LATER, first=FRIDAY, projects=("P001",)))
        assert isinstance(answer, Snoozed)


async def test_button_of_an_old_reminder_means_the_next_day(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    data = {"until": (TODAY - 3 * DAY).isoformat(), "subjects": ["P001", ""]}
    answer = await reminders.snooze_pressed(visit, data)
    assert [(one.subject, one.until) for one in await snoozes(cast_desk)] == [("", TODAY + DAY), ("P001", TODAY + DAY)]
    assert "- alt" in said(answer, visit).text


async def test_button_without_subjects_speaks_of_the_latest_reminders(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    pressed = {"until": FRIDAY.isoformat()}
    assert isinstance(await reminders.snooze_pressed(visit, pressed), Remark)
    await reminded(cast_desk, LEAD, visit.now - DAY, P002=Kind.STATUS_DUE)
    assert await reminders.snooze_pressed(visit, pressed) == Snoozed((Matter("P002", "Digital post"),), FRIDAY)


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
    ],
)
async def test_forged_button_puts_nothing_off(data: dict[str, object], visiting, cast_desk: Desk):
    with pytest.raises(MalformedQuestion):
        await reminders.snooze_pressed(visiting(LEAD), data)
    assert await snoozes(cast_desk) == []


async def test_any_subject_in_a_button_is_shown_safely(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    strange = ["|", "a|b", f"{BOARD.name}|99999999999999", "milestone:P001:[x](http://evil.example)", "<at>Alle</at>"]
    answer = await reminders.snooze_pressed(visit, {"until": FRIDAY.isoformat(), "subjects": strange})
    card = said(answer, visit).card
    assert card is not None
    assert "evil.example" not in words_on(card)
    assert words_on(card).count("noget, der ikke findes længere") == len(strange)


# --- an answer ---


async def test_whatever_is_written_to_a_reminder_counts_as_an_answer_once(talking, cast_desk: Desk):
    talk: Talk = talking(LEAD)
    await reminded(cast_desk, LEAD, talk.now - timedelta(hours=2), P001=Kind.STATUS_DUE)
    first = await talk.say("blablabla kvidder")
    assert "Jeg tæller det som et svar og spørger først igen torsdag den 11. juni." in first.text
    assert first.card is not None
    assert "først igen torsdag den 11. juni" in words_on(first.card)
    assert await snoozes(cast_desk) == [Snooze(LEAD.email, "P001", date(2026, 6, 11))]
    assert "tæller det" not in (await talk.say("blablabla kvidder")).text


async def test_nothing_answers_a_reminder_from_the_day_before_yesterday(talking, cast_desk: Desk):
    talk: Talk = talking(LEAD)
    await reminded(cast_desk, LEAD, talk.now - timedelta(hours=25), P001=Kind.STATUS_DUE)
    for text in ("blablabla kvidder", "hvilke projekter er røde", "hej"):
        assert "tæller det" not in (await talk.say(text)).text
    assert await snoozes(cast_desk) == []


async def test_question_or_greeting_is_no_answer(talking, cast_desk: Desk):
    talk: Talk = talking(LEAD)
    await reminded(cast_desk, LEAD, talk.now, P002=Kind.STATUS_DUE)
    for text in ("hvilke projekter er røde", "hej", "status"):
        assert "tæller det" not in (await talk.say(text)).text
    assert await snoozes(cast_desk) == []


async def test_word_in_a_group_or_after_a_meetings_reminder_is_no_answer(talking, cast_desk: Desk):
    talk: Talk = talking(LEAD)
    await reminded(cast_desk, LEAD, talk.now, P001=Kind.STATUS_DUE)
    await reminded(cast_desk, AAGE, talk.now, **{BOARDS: Kind.MEETING_SOON})
    group = talking(LEAD, scope=Scope.GROUP, conversation="group")
    assert "tæller det" not in (await group.say("blablabla kvidder")).text
    assert "tæller det" not in (await talking(AAGE).say("blablabla kvidder")).text
    assert await snoozes(cast_desk) == await snoozes(cast_desk, AAGE) == []


# --- away and back ---


@LANGUAGES
async def test_lead_who_goes_on_leave_is_told_what_waits_and_can_undo_it(language: str, visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD, language=language)
    answer = await absences.absent(visit, AWAY)
    assert answer == AbsenceSet(Absence(LEAD.email, TODAY, FRIDAY), MONDAY, (), may_name_deputy=True)
    assert await away(cast_desk) == [Absence(LEAD.email, TODAY, FRIDAY)]
    card = said(answer, visit).card
    assert card is not None
    verb, data = press_of(card, visit.audience.texts.say("own_reminders.pick_deputy"))
    assert verb == "ask"
    assert "09/06/2026" in data["text"]
    _, data = press_of(card, visit.audience.texts.say("own_reminders.undo"))
    ended = await absences.absence_ended(visit, data)
    assert ended == AbsenceEnded(TODAY)
    said(ended, visit)
    assert await away(cast_desk) == []
    said(await absences.absence_ended(visit, data), visit)


async def test_deputy_is_offered_for_the_very_days(talking):
    talk: Talk = talking(LEAD)
    answer = await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    assert answer.text.splitlines()[:2] == [
        "Du er væk fra mandag den 6. juli til og med fredag den 24. juli.",
        "Så længe sender jeg dig ingen påmindelser.",
    ]
    assert "De venter på dig til mandag den 27. juli." in answer.text
    form = await talk.press("Udpeg en stedfortræder")
    assert form.card is not None
    assert {one["value"] for one in elements_of(form.card, "Input.Date")} == {"2026-07-06", "2026-07-24"}


async def test_deputy_gets_them_meanwhile(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await cast_desk.reporting.set_deputy(Deputy(LEAD.email, METTE.email, TODAY, FRIDAY), LEAD.email, visit.now)
    reply = said(await absences.absent(visit, AWAY), visit)
    assert "Mette Lindegaard får dem om dine projekter imens." in reply.text
    assert reply.card is not None
    assert "Udpeg" not in words_on(reply.card)


async def test_who_leads_nothing_is_offered_no_deputy(visiting):
    answer = await absences.absent(visiting(CLERK), AWAY)
    assert isinstance(answer, AbsenceSet)
    assert not answer.may_name_deputy


@pytest.mark.parametrize(
    ("first", "last", "key"),
    [
        (TODAY, None, "absent_until"),
        (None, None, "absent_until"),
        (TODAY - 9 * DAY, TODAY - DAY, "absent_past"),
        (FRIDAY, TODAY + DAY, "absent_order"),
        (TODAY, TODAY + 367 * DAY, "absent_too_long"),
        (TODAY + 400 * DAY, TODAY + 401 * DAY, "absent_too_long"),
    ],
)
@LANGUAGES
async def test_days_that_cannot_be_meant_are_asked_for(
    language: str, first: date | None, last: date | None, key: str, visiting, cast_desk: Desk
):
    visit: Visit = visiting(LEAD, language=language)
    answer = await absences.absent(visit, replace(AWAY, first=first, last=last))
    assert isinstance(answer, Remark)
    assert answer.key == key
    assert await away(cast_desk) == []
    said(answer, visit)


async def test_year_is_not_too_long(visiting):
    assert isinstance(await absences.absent(visiting(LEAD), replace(AWAY, last=TODAY + 366 * DAY)), AbsenceSet)


async def test_shorter_leave_takes_the_place_of_the_longer(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    summer = Absence(LEAD.email, date(2026, 7, 6), date(2026, 7, 24))
    for last in (TODAY + 20 * DAY, FRIDAY):
        await absences.absent(visit, replace(AWAY, first=summer.first, last=summer.last))
        answer = await absences.absent(visit, replace(AWAY, last=last))
    assert await away(cast_desk) == [Absence(LEAD.email, TODAY, FRIDAY), summer]
    assert "Det gælder i stedet for fra tirsdag den 9. juni til og med mandag den 29. juni" in said(answer, visit).text


async def test_lead_who_is_back_early_is_reminded_again_and_the_deputy_is_thanked(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await absences.absent(visit, AWAY)
    await cast_desk.reporting.set_deputy(Deputy(LEAD.email, METTE.email, TODAY, FRIDAY), LEAD.email, visit.now)
    answer = await absences.back(visit, BACK)
    assert isinstance(answer, Returned)
    assert await away(cast_desk) == []
    assert await cast_desk.reporting.deputies_of(LEAD.email, TODAY) == []
    assert said(answer, visit).text.endswith("Du får påmindelser igen fra tirsdag den 9. juni.")


@LANGUAGES
async def test_back_without_a_deputy_is_back(language: str, visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD, language=language)
    await absences.absent(visit, AWAY)
    answer = await absences.back(visit, BACK)
    assert answer == AbsenceEnded(TODAY)
    said(answer, visit)


async def test_lead_who_says_when_they_are_back_is_away_until_then(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await absences.absent(visit, replace(AWAY, last=TODAY + 30 * DAY))
    await absences.absent(visit, replace(AWAY, first=TODAY + 40 * DAY, last=TODAY + 50 * DAY))
    answer = await absences.back(visit, replace(BACK, first=MONDAY))
    assert isinstance(answer, AbsenceSet)
    assert await away(cast_desk) == [Absence(LEAD.email, TODAY, MONDAY - DAY)]
    assert "til og med søndag den 14. juni" in said(answer, visit).text


async def test_day_of_return_is_no_news_to_anyone_who_is_not_away(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    await cast_desk.reporting.set_deputy(Deputy(LEAD.email, METTE.email, TODAY, FRIDAY), LEAD.email, visit.now)
    answer = await absences.back(visit, replace(BACK, first=MONDAY))
    assert isinstance(answer, Remark)
    assert len(await cast_desk.reporting.deputies_of(LEAD.email, TODAY)) == 1
    said(answer, visit)


# --- on and off ---


@LANGUAGES
async def test_lead_may_do_without_some_and_is_told_why_not_without_others(language: str, visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD, language=language)
    both = (Kind.STATUS_DUE, Kind.STATUS_OVERDUE)
    answer = await reminder_choices.switch_off(visit, Commanded(Command.REMINDERS_OFF, kinds=both))
    assert answer == Switched((Kind.STATUS_DUE,), (Kind.STATUS_OVERDUE,), is_on=False)
    assert await cast_desk.reminding.store.switched_off(LEAD.email) == {Kind.STATUS_DUE}
    assert visit.audience.texts.say("reminder_fixed.status_overdue") in said(answer, visit).text
    answer = await reminder_choices.switch_off(visit, Commanded(Command.REMINDERS_OFF, kinds=(Kind.DEADLINE,)))
    assert answer == Switched((), (Kind.DEADLINE,), is_on=False)
    said(answer, visit)


async def test_all_are_switched_off_as_far_as_they_can_be_and_on_again(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    answer = await reminder_choices.switch_off(visit, Commanded(Command.REMINDERS_OFF))
    off = {kind for kind, policy in KINDS.items() if policy.may_switch_off}
    assert await cast_desk.reminding.store.switched_off(LEAD.email) == off
    said(answer, visit)
    answer = await reminder_choices.switch_on(visit, Commanded(Command.REMINDERS_ON))
    assert await cast_desk.reminding.store.switched_off(LEAD.email) == frozenset()
    said(answer, visit)


async def test_switch_on_the_card_shows_it_switched(talking):
    talk: Talk = talking(LEAD)
    await talk.say("mine påmindelser")
    shown = await talk.press("Slå kommende møder fra")
    assert "- Kommende møder: slået fra" in shown.text
    assert "- Kommende møder: slået til" in (await talk.press("Slå kommende møder til")).text


@pytest.mark.parametrize("data", [{}, {"kind": "meeting_soon"}, {"kind": "no", "on": True}, {"kind": [], "on": True}])
async def test_forged_switch_switches_nothing(data: dict[str, object], visiting):
    with pytest.raises((MalformedQuestion, TypeError)):
        await reminder_choices.switched(visiting(LEAD), data)


async def test_button_cannot_switch_off_what_may_not_be(visiting, cast_desk: Desk):
    answer = await reminder_choices.switched(visiting(LEAD), {"kind": "deadline", "on": False})
    assert answer == Switched((), (Kind.DEADLINE,), is_on=False)
    assert await cast_desk.reminding.store.switched_off(LEAD.email) == frozenset()


# --- all of it ---


@LANGUAGES
async def test_lead_sees_all_that_was_decided(language: str, visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD, language=language)
    await absences.absent(visit, AWAY)
    await reminders.snooze(visit, replace(LATER, projects=("P001",), first=MONDAY))
    await reminder_choices.switch_off(visit, Commanded(Command.REMINDERS_OFF, kinds=(Kind.MEETING_SOON,)))
    answer = await reminders.my_reminders(visit)
    assert isinstance(answer, MyReminders)
    assert answer.off == {Kind.MEETING_SOON}
    assert answer.absences == (Absence(LEAD.email, TODAY, FRIDAY),)
    assert [matter.title for _, matter in answer.snoozes] == ["Skærmbesøg i hjemmeplejen"]
    assert {one.project: one.days for one in answer.rhythms} == {"P001": 14, "P002": 14}
    reply = said(answer, visit)
    assert reply.is_personal
    assert "P001" in reply.text


async def test_many_things_fit_on_the_card(visiting, cast_desk: Desk):
    visit: Visit = visiting(LEAD)
    many = [Snooze(LEAD.email, f"milestone:P{one:03}:{'æ' * 300}", MONDAY) for one in range(200)]
    await cast_desk.reminding.store.snooze(many, LEAD.email, visit.now)
    assert "og 190 mere" in said(await reminders.my_reminders(visit), visit).text


@LANGUAGES
async def test_who_has_decided_nothing_is_told_how_to(language: str, visiting, cast_desk: Desk):
    visit: Visit = visiting(CLERK, language=language)
    await cast_desk.reminding.store.stop_all(SECRETARY.email, visit.now)
    answer = await reminders.my_reminders_pressed(visit, {})
    assert answer == MyReminders(frozenset(), (), (), (), are_all_stopped=True)
    assert visit.audience.texts.say("own_reminders.all_stopped") in said(answer, visit).text


# --- how often ---


@pytest.mark.parametrize("person", [LEAD, MANAGER, SECRETARY])
@LANGUAGES
async def test_lead_owner_and_office_choose_how_often(language: str, person: Person, visiting, cast_desk: Desk):
    visit: Visit = visiting(person, language=language)
    weekly = await reminder_choices.set_rhythm(visit, Commanded(Command.SET_RHYTHM, ("P001",), every=7))
    assert isinstance(weekly, RhythmSet)
    assert (weekly.rhythm, weekly.is_usual, weekly.before) == (Rhythm("P001", 7), False, None)
    assert weekly.deadline == FRIDAY
    said(weekly, visit)
    usual = await reminder_choices.set_rhythm(visit, Commanded(Command.SET_RHYTHM, ("P001",), every=0))
    assert isinstance(usual, RhythmSet)
    assert (usual.rhythm, usual.is_usual, usual.before) == (Rhythm("P001", 14), True, 7)
    said(usual, visit)


async def test_lead_takes_it_back_in_a_word(talking, cast_desk: Desk):
    talk: Talk = talking(LEAD)
    first = await talk.say("spørg om status på P001 hver uge")
    assert first.text.startswith("Jeg spørger til status på Skærmbesøg i hjemmeplejen hver uge.")
    await talk.say("normal rytme på P001")
    back = await talk.press("spørg om status på P001 hver uge")
    assert heading(back) == heading(first)


async def test_others_are_told_who_may_and_it_is_written_down(visiting, cast_desk: Desk, sqlite_database: Database):
    visit: Visit = visiting(AAGE)
    answer = await reminder_choices.set_rhythm(visit, Commanded(Command.SET_RHYTHM, ("P001",), every=7))
    assert isinstance(answer, Remark)
    assert (answer.key, answer.is_refusal) == ("rhythm_denied", True)
    assert "Søren Æbelø-Østergård" in said(answer, visit).text
    async with sqlite_database.connect() as connection:
        written = (await connection.execute(select(audit.c.action, audit.c.by))).all()
    assert [tuple(row) for row in written] == [(Action.RHYTHM_DENIED, AAGE.email)]


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (Commanded(Command.SET_RHYTHM, ("P001",)), "rhythm_choices"),
        (Commanded(Command.SET_RHYTHM, ("P001",), every=21), "rhythm_choices"),
        (Commanded(Command.SET_RHYTHM, ("P005",), every=7), "rhythm_closed"),
        (Commanded(Command.SET_RHYTHM, every=7), "rhythm_which"),
        (Commanded(Command.SET_RHYTHM, ("P001", "P002"), every=7), "rhythm_which"),
        (Commanded(Command.SET_RHYTHM, maybe=("P001", "P002")), "rhythm_which"),
        (Commanded(Command.SET_RHYTHM, unknown=("pølser",), every=7), "rhythm_unknown"),
    ],
)
@LANGUAGES
async def test_what_is_missing_is_asked_with_what_there_is(language: str, command: Commanded, key: str, visiting):
    visit: Visit = visiting(LEAD, language=language)
    answer = await reminder_choices.set_rhythm(visit, command)
    assert isinstance(answer, Remark)
    assert answer.key == key
    said(answer, visit)


# --- in any conversation ---


@pytest.mark.parametrize("scope", [Scope.PERSONAL, Scope.GROUP, Scope.CHANNEL])
async def test_answers_are_for_the_one_who_asked_alone(scope: Scope, talking):
    talk: Talk = talking(LEAD, scope=scope)
    for text in (
        "mine påmindelser",
        "jeg er på ferie til fredag",
        "mind mig om P001 på mandag",
        "slå mødepåmindelser fra",
        "spørg om status på P001 hver uge",
        "jeg er tilbage",
    ):
        assert (await talk.say(text)).is_personal, text
