"""What changed colour since, the worst first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dialogs.questions.answering import answer_count, answer_list, answer_people, with_first_day
from dialogs.questions.changes_card import Changes
from dialogs.questions.chips import chips
from dialogs.questions.count_card import Count
from dialogs.questions.list_card import ProjectList
from dialogs.texts import Texts
from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply, UserError
from portfolio.bodies import Meeting
from portfolio.dates import iso_week
from portfolio.history import ProjectHistory
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.answers import ProjectPage, ProjectRow
from portfolio.questions.question import Changed, PeopleRole, Question, Sort, Target, which
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import elements_of, faults, press_of, words_on
from tests.world.people import SOREN
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE

BODY = "Digitaliseringsstyregruppen"
SINCE = Changed(first=date(2026, 6, 1))


def report(day: date, colour: Rag, **more: Any) -> StatusReport:
    return StatusReport("P1", day, colour, **more)


def row(title: str = "Skærmbesøg", colour: Rag = Rag.RED, number: str = "P1") -> ProjectRow:
    day = date(2026, 6, 8)
    return ProjectRow(number, title, colour, day, False, False, None, SOREN.id, SOREN.name, None, None, None, False)


def history(before: StatusReport | None, *reports: StatusReport, number: str = "P1") -> ProjectHistory:
    return ProjectHistory(number, "Skærmbesøg", SOREN.id, SOREN.name, before, reports)


def told(audience: Audience, *pairs: tuple[ProjectRow, ProjectHistory], question: Question | None = None) -> Reply:
    page = ProjectPage(tuple(one for one, _ in pairs), len(pairs), {Rag.RED: len(pairs)})
    answer = Changes(question or Question(where=(SINCE,)), page, tuple(one for _, one in pairs))
    reply = answer.reply(audience)
    assert reply.card is not None
    assert faults(reply.card) == []
    return reply


async def asked(question: Question, reader: SqlPortfolioReader, audience: Audience) -> Changes:
    answer = await answer_list(await with_first_day(Asking(question, reader, audience)))
    assert isinstance(answer, Changes)
    return answer


def test_row_shows_the_way_the_colour_went_and_what_else_moved(audience: Audience):
    before = report(date(2026, 5, 1), Rag.GREEN, progress=Decimal(40), expected_end=iso_week(2026, 30))
    after = (
        report(date(2026, 6, 2), Rag.AMBER),
        report(date(2026, 6, 5), Rag.AMBER),
        report(date(2026, 6, 8), Rag.RED, progress=Decimal("62.5"), expected_end=iso_week(2026, 40)),
    )
    reply = told(audience, (row(), history(before, *after)))
    assert reply.text.splitlines()[-1] == (
        "- Rød, fra i går: Skærmbesøg. ● Grøn → ● Gul 2. juni 26 → ● Rød 8. juni 26 "
        "(P1 · Søren Æbelø-Østergård · forventet slut fra uge 30 2026 til uge 40 2026 · fremdrift fra 40 % til 62,5 %)"
    )
    assert reply.card is not None
    runs = [run["text"] for block in elements_of(reply.card, "RichTextBlock") for run in block["inlines"]]
    assert "".join(runs).replace("\xa0", " ") == "● Grøn → ● Gul 2. juni 26 → ● Rød 8. juni 26"
    assert "forventet slut fra uge 30 2026 til uge 40 2026" in words_on(reply.card)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, iso_week(2026, 40), "forventet slut uge 40 2026"),
        (iso_week(2026, 40), None, "forventet slut uge 40 2026 gælder ikke mere"),
        (iso_week(2026, 40), iso_week(2026, 40), None),
    ],
)
def test_expected_end_that_comes_or_goes_is_told(before: Any, after: Any, words: str | None, audience: Audience):
    went = history(
        report(date(2026, 5, 1), Rag.GREEN, expected_end=before), report(date(2026, 6, 8), Rag.RED, expected_end=after)
    )
    text = told(audience, (row(), went)).text
    assert (words or "forventet") in text if words else "forventet" not in text


def test_first_status_ever_came_from_none(audience: Audience):
    text = told(audience, (row(), history(None, report(date(2026, 6, 8), Rag.RED)))).text
    assert "○ Ingen status → ● Rød 8. juni 26 (P1 · Søren Æbelø-Østergård)" in text


def test_long_way_shows_its_last_steps(audience: Audience):
    swinging = [report(date(2026, 6, day), Rag.GREEN if day % 2 else Rag.RED) for day in range(1, 29)]
    text = told(audience, (row(), history(None, *swinging))).text
    assert text.count("→") == 4
    assert text.splitlines()[-1].startswith("- Rød, fra i går: Skærmbesøg. ● Rød 24. juni 26 → ● Grøn 25. juni")


@pytest.mark.parametrize(
    ("changed", "danish", "in_english"),
    [
        (SINCE, "skiftede farve siden 1. juni 2026", "changed colour since 1 June 2026"),
        (
            Changed(date(2026, 6, 1), date(2026, 6, 30), (Rag.RED,)),
            "skiftede til rød i juni 2026",
            "turned red in June 2026",
        ),
        (
            Changed(last=date(2026, 6, 30), to=(Rag.RED, Rag.AMBER)),
            "skiftede til rød eller gul til og med 30. juni 2026",
            "turned red or amber up to 30 June 2026",
        ),
        (
            Changed(date(2026, 6, 2), to=(Rag.RED,), since_meeting=BODY),
            f"skiftede til rød siden mødet i {BODY} tirsdag den 2. juni",
            f"turned red since the meeting of {BODY} Tuesday 2 June",
        ),
        (Changed(), "skiftede farve", "changed colour"),
    ],
)
def test_heading_is_the_answer(changed: Changed, danish: str, in_english: str, audience: Audience):
    question = Question(where=(*which(org_units=("Skoler",)), changed))
    pair = (row(), history(None, report(date(2026, 6, 8), Rag.RED)))
    assert told(audience, pair, question=question).text.startswith(f"1 projekt i Skoler {danish}.\n")
    english = replace(audience, texts=Texts.of("en"))
    assert told(english, pair, question=question).text.startswith(f"1 project in Skoler {in_english}.\n")
    chip = chips(question, audience)[-1]
    assert (chip.label, chip.removed) == (danish, Question(where=which(org_units=("Skoler",))))


async def test_worst_come_first_ten_at_a_time(reader: SqlPortfolioReader, audience: Audience):
    answer = await asked(Question(where=(Changed(first=date(2026, 4, 1)),)), reader, audience)
    assert answer.page.total == 22
    assert [one.number for one in answer.page.rows[:3]] == ["P002", "P001", "P010"]
    assert [one.number for one in answer.histories] == [one.number for one in answer.page.rows]
    reply = answer.reply(audience)
    assert reply.card is not None
    assert faults(reply.card) == []
    assert "Nu: Rød 2 · Gul 19 · Grøn 1\nViser 1-10 af 22.\n" in reply.text
    verb, data = press_of(reply.card, "Vis flere (12)")
    assert (verb, data["offset"]) == ("show", 10)
    last = await answer_list(Asking(answer.question, reader, audience, offset=20))
    assert isinstance(last, Changes)
    assert [one.title for one in last.histories][-1].startswith("Æblegrød")


async def test_other_order_is_kept_when_it_is_asked_for(reader: SqlPortfolioReader, audience: Audience):
    question = Question(where=(Changed(to=(Rag.RED,)),), sort=Sort("number"))
    answer = await asked(question, reader, audience)
    assert [one.number for one in answer.page.rows] == ["P001", "P002"]
    assert "Sorteret: nummer." in answer.reply(audience).text


async def test_nothing_changed_says_what_to_loosen(reader: SqlPortfolioReader, audience: Audience):
    question = Question(where=(Changed(first=date(2026, 6, 1), to=(Rag.NONE,)),))
    answer = await answer_list(Asking(question, reader, audience))
    assert isinstance(answer, ProjectList)
    reply = answer.reply(audience)
    assert reply.text.startswith("Ingen projekter skiftede til ingen status siden 1. juni 2026.\n")
    assert "Uden »skiftede til ingen status siden 1. juni 2026«: 23 projekter" in reply.text


async def held(database: Database, *starts: datetime) -> None:
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=tuple(Meeting(BODY, start) for start in starts)))


async def test_changes_since_the_last_meeting_begin_on_its_day(
    database: Database, reader: SqlPortfolioReader, audience: Audience
):
    early, last, later_today = (datetime(2026, *rest, tzinfo=UTC) for rest in ((5, 5, 7), (6, 7, 23), (6, 9, 12)))
    await held(database, early, last, later_today)
    question = Question(where=(Changed(to=(Rag.RED,), since_meeting=BODY),))
    answer = await asked(question, reader, audience)
    assert answer.question.changed == Changed(date(2026, 6, 8), None, (Rag.RED,), BODY)  # past midnight, where it was
    assert [one.number for one in answer.page.rows] == ["P002"]
    heading = f"1 projekt skiftede til rød siden mødet i {BODY} mandag den 8. juni."
    assert answer.reply(audience).text.startswith(f"{heading}\n")


async def test_day_of_the_meeting_stays_when_paging(database: Database, reader: SqlPortfolioReader, audience: Audience):
    question = Question(where=(Changed(first=date(2026, 4, 1), since_meeting=BODY),))
    await held(database, datetime(2026, 6, 8, 7, tzinfo=UTC))
    assert (await asked(question, reader, audience)).page.total == 22


async def test_body_that_never_met_is_told(reader: SqlPortfolioReader, audience: Audience):
    with pytest.raises(UserError, match="no_earlier_meeting") as refusal:
        await with_first_day(Asking(Question(where=(Changed(since_meeting=BODY),)), reader, audience))
    assert refusal.value.values == {"body": BODY}


async def test_count_and_leads_of_what_changed_since_the_meeting(
    database: Database, reader: SqlPortfolioReader, audience: Audience
):
    await held(database, datetime(2026, 6, 5, 7, tzinfo=UTC))
    since = Question(Target.COUNT, where=(Changed(since_meeting=BODY),))
    counted = await answer_count(await with_first_day(Asking(since, reader, audience)))
    assert isinstance(counted, Count)
    assert counted.reply(audience).text.startswith(
        f"2 projekter som skiftede farve siden mødet i {BODY} fredag den 5. juni.\n"
    )
    people = replace(since, target=Target.PEOPLE, people=PeopleRole.LEAD)
    await answer_people(await with_first_day(Asking(people, reader, audience)))


@pytest.mark.parametrize("title", [LONG_TITLE, MARKUP_TITLE])
def test_card_holds_with_ten_of_the_longest(title: str, audience: Audience):
    swinging = [report(date(2026, 6, day), Rag.GREEN if day % 2 else Rag.RED) for day in range(1, 20)]
    pairs = [(row(title, number=f"P{n}"), history(None, *swinging, number=f"P{n}")) for n in range(10)]
    told(audience, *pairs, question=Question(where=(Changed(date(2026, 6, 1), since_meeting=title[:120]),)))
