"""No place where reminders are told is forgotten: every kind is asked for in all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.features import FEATURES
from dialogs.office.explained import matter_words
from dialogs.office.preview_card import Previewed
from dialogs.office.report_card import run_report
from dialogs.own_reminders.card import MyReminders
from dialogs.own_reminders.receipt_cards import Switched
from dialogs.reminders.looks import LOOKS, OBLIGATIONS
from dialogs.reminders.message import reminder_message
from dialogs.reminders.parts import SECTIONS, parts_of
from dialogs.texts import Texts
from portfolio.deliveries import Missed, RunReport
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import KINDS, Kind, LadderRole, Outcome, Owed, Reminder
from tests.world.people import ASTRID, INGE, SOREN
from tests.world.told import (
    TUESDAY,
    at,
    changed,
    in_channel,
    overdue,
    owed,
    reader,
    requested,
    soon,
    status,
    without_markup,
)

# All that people are told. A new kind, role or origin is added here, and every place below is asked for it.
TOLD = (
    status(),
    overdue(),
    overdue(to=ASTRID, role=LadderRole.OWNER),
    overdue(to=INGE, role=LadderRole.OFFICE),
    requested(),
    soon(),
    changed(),
    *(owed(origin, "Udbud sendt") for origin in Origin),
)
EVERY_REMINDER = pytest.mark.parametrize("reminder", TOLD)
EVERY_KIND = pytest.mark.parametrize("kind", Kind)
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


def test_every_kind_and_every_obligation_has_its_look():
    assert set(KINDS) == set(LOOKS) == {reminder.kind for reminder in TOLD}
    assert set(OBLIGATIONS) == {reminder.about.origin for reminder in TOLD if isinstance(reminder.about, Owed)}


def test_every_section_of_a_message_is_asked_for_here():
    assert {LOOKS[reminder.kind].section(reminder, reader()) for reminder in TOLD} == set(SECTIONS)


def test_looks_are_those_that_the_features_name():
    named = {kind for feature in FEATURES for kind in feature.reminders}
    assert named | {Kind.DEADLINE} == set(LOOKS)
    assert {origin for feature in FEATURES for origin in feature.obligations} == set(OBLIGATIONS)


@EVERY_REMINDER
def test_section_of_a_reminder_is_one_that_its_look_lists(reminder: Reminder):
    look = LOOKS[reminder.kind]
    later = reader(now=reminder.deadline + timedelta(days=2))
    assert {look.section(reminder, audience) for audience in (reader(), later)} <= set(look.sections)


@LANGUAGES
@EVERY_REMINDER
def test_person_is_told_in_a_message_what_it_is_and_why_they_get_it(reminder: Reminder, language: str):
    audience = reader(language=language)
    for reminders in ([reminder], [reminder, reminder], [reminder, *TOLD]):
        reply = reminder_message(reminders, audience, planned_for=audience.now, next_day=TUESDAY)
        assert reminder.title in without_markup(reply).text
    (part,) = parts_of([reminder], audience)
    begins = {"da": "Du ", "en": "You "}[language]
    assert part.why.startswith(begins)


@LANGUAGES
@pytest.mark.parametrize("reminder", [soon(), changed(), changed(moved_to=None)])
def test_channel_is_told_in_a_message_why_it_stands_there(reminder: Reminder, language: str):
    audience = reader(None, language)
    reply = reminder_message([in_channel(reminder)], audience, planned_for=audience.now, next_day=TUESDAY)
    assert audience.texts.say("reminder_why.channel", bodies=reminder.title) in without_markup(reply).text


@LANGUAGES
@EVERY_REMINDER
def test_preview_shows_every_reminder(reminder: Reminder, language: str):
    plan = Plan(at(TUESDAY), (Message(reminder.recipient, "today", (reminder,)),))
    reply = Previewed((plan,), TUESDAY, is_office=True).reply(reader(INGE, language))
    assert reminder.title in without_markup(reply).text


@LANGUAGES
@EVERY_KIND
def test_own_reminders_list_every_kind_by_its_name(kind: Kind, language: str):
    audience = reader(language=language)
    name = audience.texts.say(LOOKS[kind].name)
    reply = MyReminders(frozenset(), (), (), (), are_all_stopped=False).reply(audience)
    assert f"- {name[:1].upper()}{name[1:]}: " in without_markup(reply).text


@EVERY_KIND
def test_kind_that_can_not_be_switched_off_says_why(kind: Kind):
    assert (LOOKS[kind].fixed_because is None) == KINDS[kind].may_switch_off


@LANGUAGES
def test_who_can_not_switch_a_kind_off_reads_why(language: str):
    audience = reader(language=language)
    fixed = tuple(kind for kind, policy in KINDS.items() if not policy.may_switch_off)
    text = without_markup(Switched((), fixed, is_on=False).reply(audience)).text
    assert all(audience.texts.say(LOOKS[kind].fixed_because or "") in text for kind in fixed)


@LANGUAGES
@EVERY_REMINDER
def test_report_of_a_run_names_every_reminder_that_nobody_got(reminder: Reminder, language: str):
    missed = Missed(Outcome.EXPIRED, SOREN.id, reminder.subject, reminder.title)
    report = RunReport(1, at(TUESDAY), {Outcome.EXPIRED: 1}, 0, missed=(missed,))
    assert reminder.title in without_markup(run_report(report, reader(INGE, language))).text


@LANGUAGES
@EVERY_REMINDER
def test_operator_is_told_of_every_reminder(reminder: Reminder, language: str):
    words = matter_words(reminder.key, reader(language=language), {})
    before, after = Texts.of(language).by_key[LOOKS[reminder.kind].explained].split("{what}")
    assert words.startswith(before)
    assert words.endswith(after)
    assert len(words) > len(before + after)


def test_look_is_not_told_of_what_another_kind_is_about():
    mixed_up = replace(soon(), kind=Kind.STATUS_OVERDUE)
    with pytest.raises(TypeError, match="status_overdue is about a MeetingSoon"):
        parts_of([mixed_up], reader())
