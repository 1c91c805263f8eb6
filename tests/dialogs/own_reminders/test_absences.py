"""Being away and back: what waits, who stands in, and how it is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from dialogs.own_reminders import absences
from dialogs.own_reminders.card import MyReminders
from dialogs.own_reminders.orders import BeAbsent, ComeBack
from dialogs.own_reminders.receipt_cards import AbsenceEnded, AbsenceSet, Returned
from dialogs.remark import Remark
from dialogs.turn.payload import MalformedButton
from dialogs.turn.visit import Stores, Visit
from portfolio.audit import Action
from portfolio.deputies import Deputy
from portfolio.ports.reminders import MOST_ABSENCES
from portfolio.reminders.kinds import Absence
from storage.audit import audit
from storage.database import Database
from tests.kit.cards import elements_of, heading, press_of, words_on
from tests.kit.pressing import press
from tests.kit.reminder_steps import DAY, FRIDAY, MONDAY, TODAY, away
from tests.kit.steps import said
from tests.kit.talk import Talk
from tests.world.people import IB, METTE, SOREN

AWAY = BeAbsent(first=TODAY, last=FRIDAY)
BACK = ComeBack()
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


@LANGUAGES
async def test_lead_who_goes_on_leave_is_told_what_waits_and_can_end_it(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    answer = await absences.set_absence(visit, AWAY)
    assert answer == AbsenceSet(Absence(SOREN.id, TODAY, FRIDAY), MONDAY, (), may_name_deputy=True)
    assert await away(cast_stores) == [Absence(SOREN.id, TODAY, FRIDAY)]
    card = said(answer, visit).card
    assert card is not None
    verb, data = press_of(card, visit.audience.texts.say("own_reminders.pick_deputy"))
    assert verb == "ask"
    assert "09/06/2026" in data["text"]
    data = {"first": TODAY.isoformat()}
    ended = await press(visit, "absence_end", data)
    assert ended == AbsenceEnded(TODAY)
    said(ended, visit)
    assert await away(cast_stores) == []
    said(await press(visit, "absence_end", data), visit)


async def test_deputy_is_offered_for_the_very_days(talking):
    talk: Talk = talking(SOREN)
    answer = await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    assert answer.text.splitlines()[:2] == [
        "Du er væk fra mandag den 6. juli til og med fredag den 24. juli.",
        "Så længe sender jeg dig ingen påmindelser.",
    ]
    assert "De venter på dig til mandag den 27. juli." in answer.text
    form = await talk.press("Udpeg en stedfortræder")
    assert form.card is not None
    assert {one["value"] for one in elements_of(form.card, "Input.Date")} == {"2026-07-06", "2026-07-24"}


async def test_deputy_gets_them_meanwhile(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await cast_stores.reporting.set_deputy(Deputy(SOREN.id, METTE.id, TODAY, FRIDAY), SOREN.id, visit.now)
    reply = said(await absences.set_absence(visit, AWAY), visit)
    assert "Mette Lindegaard får dem om dine projekter imens." in reply.text
    assert reply.card is not None
    assert "Udpeg" not in words_on(reply.card)


async def test_who_leads_nothing_is_offered_no_deputy(visiting):
    answer = await absences.set_absence(visiting(IB), AWAY)
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
    language: str, first: date | None, last: date | None, key: str, visiting, cast_stores: Stores
):
    visit: Visit = visiting(SOREN, language=language)
    answer = await absences.set_absence(visit, replace(AWAY, first=first, last=last))
    assert isinstance(answer, Remark)
    assert answer.key == key
    assert await away(cast_stores) == []
    said(answer, visit)


async def test_year_is_not_too_long(visiting):
    assert isinstance(await absences.set_absence(visiting(SOREN), replace(AWAY, last=TODAY + 366 * DAY)), AbsenceSet)


async def test_shorter_leave_takes_the_place_of_the_longer(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    summer = Absence(SOREN.id, date(2026, 7, 6), date(2026, 7, 24))
    for last in (TODAY + 20 * DAY, FRIDAY):
        await absences.set_absence(visit, replace(AWAY, first=summer.first, last=summer.last))
        answer = await absences.set_absence(visit, replace(AWAY, last=last))
    assert await away(cast_stores) == [Absence(SOREN.id, TODAY, FRIDAY), summer]
    assert "Det gælder i stedet for fra tirsdag den 9. juni til og med mandag den 29. juni" in said(answer, visit).text


async def test_lead_who_is_back_early_is_reminded_again_and_the_deputy_is_thanked(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await absences.set_absence(visit, AWAY)
    await cast_stores.reporting.set_deputy(Deputy(SOREN.id, METTE.id, TODAY, FRIDAY), SOREN.id, visit.now)
    answer = await absences.come_back(visit, BACK)
    assert isinstance(answer, Returned)
    assert await away(cast_stores) == []
    assert await cast_stores.reporting.deputies_of(SOREN.id, TODAY) == []
    assert said(answer, visit).text.endswith("Du får påmindelser igen fra tirsdag den 9. juni.")


@LANGUAGES
async def test_back_without_a_deputy_is_back(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    await absences.set_absence(visit, AWAY)
    answer = await absences.come_back(visit, BACK)
    assert answer == AbsenceEnded(TODAY)
    said(answer, visit)


async def test_lead_who_says_when_they_are_back_is_away_until_then(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await absences.set_absence(visit, replace(AWAY, last=TODAY + 30 * DAY))
    await absences.set_absence(visit, replace(AWAY, first=TODAY + 40 * DAY, last=TODAY + 50 * DAY))
    answer = await absences.come_back(visit, replace(BACK, day=MONDAY))
    assert isinstance(answer, AbsenceSet)
    assert await away(cast_stores) == [Absence(SOREN.id, TODAY, MONDAY - DAY)]
    assert "til og med søndag den 14. juni" in said(answer, visit).text


async def test_day_of_return_is_no_news_to_anyone_who_is_not_away(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await cast_stores.reporting.set_deputy(Deputy(SOREN.id, METTE.id, TODAY, FRIDAY), SOREN.id, visit.now)
    answer = await absences.come_back(visit, replace(BACK, day=MONDAY))
    assert isinstance(answer, Remark)
    assert len(await cast_stores.reporting.deputies_of(SOREN.id, TODAY)) == 1
    said(answer, visit)


async def test_leave_that_is_to_come_stays_for_those_who_are_back(visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    summer = Absence(SOREN.id, date(2026, 7, 6), date(2026, 7, 24))
    await absences.set_absence(visit, replace(AWAY, first=summer.first, last=summer.last))
    await absences.set_absence(visit, AWAY)
    assert await absences.come_back(visit, BACK) == AbsenceEnded(TODAY)
    assert await away(cast_stores) == [summer]
    assert isinstance(await absences.come_back(visit, BACK), MyReminders)
    assert await away(cast_stores) == [summer]


async def test_one_of_several_absences_is_lifted(talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    await talk.say("jeg er væk i dag")
    await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    await talk.press("Fortryd")
    assert await away(cast_stores) == [Absence(SOREN.id, TODAY, TODAY)]
    await talk.say("mine påmindelser")
    await talk.press("Ophæv")
    assert await away(cast_stores) == []


async def test_leave_that_nobody_ended_is_not_written_down_as_ended(
    talking, cast_stores: Stores, cast_database: Database
):
    talk: Talk = talking(SOREN)
    await talk.say("jeg er væk i dag")
    await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    await talk.press("Fortryd")
    await talk.say("jeg er tilbage")
    async with cast_database.connect() as connection:
        actions = (await connection.execute(select(audit.c.action).order_by(audit.c.number))).scalars().all()
    assert actions == [Action.ABSENCE_SET, Action.ABSENCE_SET, Action.ABSENCE_ENDED, Action.ABSENCE_ENDED]


@pytest.mark.parametrize("data", [{}, {"first": "now"}, {"first": 9}])
async def test_forged_button_lifts_no_absence(data: dict[str, object], visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN)
    await absences.set_absence(visit, AWAY)
    with pytest.raises(MalformedButton):
        await press(visit, "absence_end", data)
    assert len(await away(cast_stores)) == 1


@pytest.mark.parametrize("said", ["aflys min ferie", "slet min ferie", "jeg holder alligevel ikke ferie i uge 28"])
async def test_leave_that_comes_to_nothing_is_dropped_and_brought_back(said: str, talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    await talk.say("jeg holder ferie uge 28")
    before = await away(cast_stores)
    answer = await talk.say(said)
    assert heading(answer).startswith("Du er alligevel ikke væk fra mandag den 6. juli")
    assert await away(cast_stores) == []
    await talk.say("fortryd")
    assert await away(cast_stores) == before


async def test_of_several_leaves_none_is_dropped_before_it_is_said_which(talking, cast_stores: Stores):
    talk: Talk = talking(SOREN)
    await talk.say("jeg holder ferie uge 28")
    await talk.say("jeg holder ferie uge 42")
    before = await away(cast_stores)
    assert "Du er væk" in (await talk.say("aflys min ferie")).text
    assert await away(cast_stores) == before
    assert "Du er alligevel ikke væk" in (await talk.say("aflys min ferie i uge 42")).text
    assert await away(cast_stores) == before[:1]


async def test_nobody_drops_a_leave_that_is_none(talking):
    assert heading(await talking(SOREN).say("aflys min ferie")) == "Du er ikke meldt væk"


@pytest.mark.parametrize("said", ["jeg er tilbage", "jeg er tilbage på arbejde"])
async def test_who_is_back_without_having_been_away_hears_of_that_rather_than_of_deputies(said: str, talking):
    assert heading(await talking(SOREN).say(said)) == "Du er ikke meldt væk"
    talk = talking(SOREN)
    await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    assert "6. juli" in (await talk.say(said)).text


@LANGUAGES
async def test_who_notes_absences_without_end_is_told_to_end_one(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    for number in range(MOST_ABSENCES):
        day = TODAY + 2 * number * DAY
        assert isinstance(await absences.set_absence(visit, BeAbsent(first=day, last=day)), AbsenceSet)
    before = await away(cast_stores)
    day = TODAY + 2 * MOST_ABSENCES * DAY
    answer = await absences.set_absence(visit, BeAbsent(first=day, last=day))
    assert isinstance(answer, Remark)
    assert answer.key == "absent_most"
    assert str(MOST_ABSENCES) in said(answer, visit).text
    assert await away(cast_stores) == before
