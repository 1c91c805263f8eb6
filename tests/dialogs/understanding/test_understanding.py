"""How messages are read: the same however they are written, never guessed at, never stuck on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.features import understand
from dialogs.turn.orders import Order, ReportStatus
from dialogs.turn.readings import Asked, AskerUnknown, Clarify, HelpWanted, Unclear, Wondered
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.organisation import Person
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import During, Mentions, Question, Sort, Target, lacking, unless, which
from tests.dialogs.understanding.check import questions
from tests.world.people import person

TODAY = date(2026, 11, 22)
TEXTS = sorted({question["text"] for question in questions()})
PLAIN_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
KLIMA = "Klima og ressourcer"
ENDLESS = [
    "a" * 3000, "æ" * 3000, "9" * 3000, "1." * 1500, "1/" * 1500, "-" * 3000, "'" * 3000, "@" * 3000,
    "<at>" * 750, "uge 26 " * 400, "ikke " * 600, "blåbærgrød " * 119, "juni-juli 2026 " * 30,
    ("a" * 64 + "@" + "b" * 64 + ".") * 20,
]  # fmt: skip


def in_plain_letters(text: str) -> str:
    return text.translate(PLAIN_LETTERS)


def asked(text: str, lexicon: Lexicon, asker: Person | None = None) -> Question:
    reading = understand(text, lexicon, asker, TODAY)
    assert isinstance(reading, Asked), reading
    return reading.question


def test_manager_asks_for_a_focus_area(lexicon: Lexicon) -> None:
    question = asked("hvilke projekter er i fokusområde Klima og ressourcer", lexicon)
    assert question == Question(where=which(focus_areas=(KLIMA,)))


@pytest.mark.parametrize(
    "text",
    [
        "klimaprojekter", "vis projekterne i klima og resourcer", "KLIMA OG RESSOURCER", "klima & ressourcer projekter",
        "<at>Tovholder</at> kan du lige vise mig klimaprojekterne tak", "which projects are in klima og ressourcer",
        "fokusomraade klima og ressourcer",
    ],
)  # fmt: skip
def test_a_focus_area_is_found_however_it_is_written(text: str, lexicon: Lexicon) -> None:
    assert asked(text, lexicon).values(catalogue.FOCUS_AREAS) == (KLIMA,)


def test_colours_are_left_out_of_a_list_of_them_as_far_as_the_list_reaches(lexicon: Lexicon) -> None:
    question = asked("projekter i klima der hverken er grønne eller gule", lexicon)
    assert question.where[1:] == unless(overall=(Rag.AMBER, Rag.GREEN))
    assert question.values(catalogue.FOCUS_AREAS) == (KLIMA,)


def test_a_colour_is_said_of_the_light_beside_it(lexicon: Lexicon) -> None:
    question = asked("grønne samlet men røde på tid og økonomi", lexicon)
    assert (question.values(catalogue.OVERALL), question.values(catalogue.TIME)) == ((Rag.GREEN,), (Rag.RED,))
    assert question.values(catalogue.ECONOMY) == (Rag.RED,)


def test_kinds_and_phases_combine(lexicon: Lexicon) -> None:
    question = asked("lokale projekter i analysefasen", lexicon)
    assert question.where == which(kinds=(ProjectKind.LOCAL,), phases=(Phase.ANALYSIS,))


def test_the_five_dearest_are_cut_from_the_whole_list(lexicon: Lexicon) -> None:
    question = asked("giv mig de fem dyreste", lexicon)
    assert (question.sort, question.limit) == (Sort("budget", descending=True), 5)


def test_an_end_without_a_year_lies_ahead(lexicon: Lexicon) -> None:
    question = asked("hvad slutter i uge 26", lexicon)
    assert question.periods == (During(catalogue.END, date(2027, 6, 28), date(2027, 7, 4)),)


def test_what_a_project_lacks_is_asked_for(lexicon: Lexicon) -> None:
    assert asked("projekter uden projektleder", lexicon).where == lacking(catalogue.LEAD)


def test_mine_are_those_i_lead_and_a_stranger_is_told(lexicon: Lexicon) -> None:
    asker = person("jonas.abildtrup@birkefjord.example", "Jonas Abildtrup")
    assert asked("mine projekter", lexicon, asker).values(catalogue.LEAD) == (asker.id,)
    assert isinstance(understand("mine projekter", lexicon, None, TODAY), AskerUnknown)


def test_two_people_of_one_name_are_asked_about(lexicon: Lexicon) -> None:
    reading = understand("mettes projekter", lexicon, None, TODAY)
    assert isinstance(reading, Clarify)
    assert {choice.field for choice in reading.choices} == {"lead"}
    assert all(choice.question.values(catalogue.LEAD) == (choice.value,) for choice in reading.choices)


@pytest.mark.parametrize(
    "text", ["hvad koster en liter mælk", "røde biler i garagen", "projekter i fokusområde Rumfart"]
)
def test_what_is_not_of_the_portfolio_is_not_understood(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Unclear)
    assert reading.words


def test_a_closed_project_is_found_by_name_and_a_meeting_by_its_body(lexicon: Lexicon) -> None:
    closed = next(project for project in lexicon.vocabulary.projects if project.is_closed)
    assert asked(f"status på {closed.title}", lexicon).values(catalogue.PROJECTS) == (closed.number,)
    assert asked("hvornår er næste styregruppemøde", lexicon).target is Target.MEETINGS


def test_commands_and_cries_for_help_are_no_questions(lexicon: Lexicon) -> None:
    reading = understand("jeg vil gerne melde status på skærmbesøg", lexicon, None, TODAY)
    assert reading == ReportStatus(("P001",))
    assert isinstance(understand("hvad kan du", lexicon, None, TODAY), HelpWanted)


@pytest.mark.parametrize("way", [str.upper, str.title, in_plain_letters])
def test_capitals_and_plain_letters_change_no_reading(way: Callable[[str], str], lexicon: Lexicon) -> None:
    """All texts are tried: the one in a thousand that is read otherwise is what this is about."""
    for text in TEXTS:
        hold_to_the_same(text, way(text), lexicon)


def hold_to_the_same(text: str, rewritten: str, lexicon: Lexicon) -> None:
    plain, other = (understand(written, lexicon, None, TODAY) for written in (text, rewritten))
    if isinstance(plain, Wondered) and isinstance(other, Wondered):
        assert plain.act is other.act
        plain, other = plain.order, other.order
    if isinstance(plain, Unclear | Clarify):
        assert type(plain) is type(other)
    elif isinstance(plain, Order) and isinstance(other, Order):
        as_written = {"line": None, "unknown": (), "reason": None, "milestone": None, "name": "", "words": None}
        kept = {item.name: as_written[item.name] for item in fields(plain) if item.name in as_written}
        assert type(other) is type(plain)
        assert replace(other, **kept) == replace(plain, **kept)
    elif not (isinstance(plain, Asked) and any(isinstance(test, Mentions) for test in plain.question.where)):
        assert other == plain, (text, rewritten)


@pytest.mark.parametrize("way", [str.lower, str.upper, str.title])
@pytest.mark.parametrize(
    "text", ["projekter i Teknik der it har en projektleder", "hvilke projekter har it nogen leder"]
)
def test_capitals_throughout_make_no_department_of_a_jutlanders_not(
    text: str, way: Callable[[str], str], lexicon: Lexicon
) -> None:
    question = asked(way(text), lexicon)
    assert "IT" not in question.values(catalogue.ORG_UNITS)
    assert set(lacking(catalogue.LEAD)) <= set(question.where)


def test_capitals_of_its_own_make_a_department(lexicon: Lexicon) -> None:
    assert "IT" in asked("projekter i Teknik der IT har en projektleder", lexicon).values(catalogue.ORG_UNITS)


@given(text=st.text(max_size=300) | st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=12).map(" ".join))
@settings(max_examples=300)
def test_no_message_is_too_strange_to_be_read(text: str, lexicon: Lexicon) -> None:
    assert understand(text, lexicon, None, TODAY) is not None


@pytest.mark.parametrize("text", ENDLESS, ids=range(len(ENDLESS)))
def test_no_message_holds_the_others_up(text: str, lexicon: Lexicon) -> None:
    """Ten times what the slowest takes here, so that only a runaway fails it."""
    began = time.process_time()
    understand(text[:3000], lexicon, None, TODAY)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("udvikling for skærmbesøg siden januar", date(2026, 1, 1)),
        ("udvikling for skærmbesøg siden påske", date(2026, 4, 2)),
        ("udvikling for skærmbesøg siden september", date(2026, 9, 1)),
    ],
)
def test_how_it_went_is_looked_for_behind_us(text: str, first: date, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, date(2026, 11, 22))
    assert isinstance(reading, Asked)
    assert reading.question.periods == (During(catalogue.STATUS, first, None),)
