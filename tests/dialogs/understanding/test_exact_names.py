"""A name that stands there letter for letter is meant, whatever else its letters could mean."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.features import understand
from dialogs.turn.orders import ReportStatus
from dialogs.turn.readings import Asked, Clarify
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.organisation import OrgUnit
from portfolio.questions import catalogue
from portfolio.questions.answers import ProjectName, Vocabulary
from portfolio.questions.question import Target, which

TODAY = date(2026, 11, 24)
TITLES = {
    "AB_0106_1617-Q1": "Skærmbesøg",
    "2025-Q1-07": "Borgerportal",
    "1945": "Mindesmærke",
    "SUN-2026": "Velfærd samlet",
    "X1": "Implementering af lov L-31 og L-8 om varemærker",
    "12/24": "Ny hjemmeside",
    "uge 40": "Arkivskab",
    "P-3": "Top 3 i 2027",
    "30": "Bredbånd",
    "VH 112": "Havnelys",
}


@pytest.fixture(scope="module")
def numbered() -> Lexicon:
    names = tuple(ProjectName(number, title, (), is_closed=False) for number, title in TITLES.items())
    return Lexicon.of(Vocabulary(1, names, (), frozenset(), frozenset(), (OrgUnit("Sundhed"),), (), ()))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("status på 2025-Q1-07", "2025-Q1-07"),
        ("vis 2025-q1-07", "2025-Q1-07"),
        ("(2025-Q1-07)", "2025-Q1-07"),
        ("hvornår slutter 2025-Q1-07?", "2025-Q1-07"),
        ("projekt 1945", "1945"),
        ("hvornår slutter projekt nr. 1945", "1945"),
        ("1945", "1945"),
        ("AB_0106_1617-Q1", "AB_0106_1617-Q1"),
        ("ab_0106_1617-q1", "AB_0106_1617-Q1"),
        ("SUN-2026", "SUN-2026"),
        ("Implementering af lov L-31 og L-8 om varemærker", "X1"),
        ("hvordan går det med implementering af lov l-31 og l-8 om varemærker?", "X1"),
        ("12/24", "12/24"),
        ("vis uge 40", "uge 40"),
        ("Top 3 i 2027", "P-3"),
        ("projekt 30", "30"),
        ("hvordan går det med VH 112", "VH 112"),
        ("hvordan går det med VH 112? vh Mette", "VH 112"),
    ],
)
def test_name_with_digits_is_no_date_number_or_period(text: str, number: str, numbered: Lexicon) -> None:
    reading = understand(text, numbered, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.where == which(projects=(number,))
    asked = Target.FIELD if text.startswith("hvornår") else Target.PROJECT
    assert (reading.question.target, reading.question.periods) == (asked, ())


@pytest.mark.parametrize(
    "text", ["projekter i 1945", "de 30 dyreste projekter", "projekter der slutter inden for 30 dage"]
)
def test_number_among_other_words_is_no_projects(text: str, numbered: Lexicon) -> None:
    reading = understand(text, numbered, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.values(catalogue.PROJECTS) == ()


@pytest.mark.parametrize("text", ["2025-Q1-071", "x2025-Q1-07", "2025-Q1-07-2", "1945-2", "SUN-20267"])
def test_name_inside_a_longer_one_is_not_meant(text: str, numbered: Lexicon) -> None:
    reading = understand(text, numbered, None, TODAY)
    assert not isinstance(reading, Asked) or reading.question.values(catalogue.PROJECTS) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Røde tal i regnskabet", "Mangler i bygninger", "Hvem passer på børnene", "Status quo", "I gang igen",
        "Mine data", "Kan du huske mig", "Slut med papir", "Over broen", "Uden for døren", "Skærmbesøg til ældre",
        "Et godt liv", "Ikke alene", "Hej borger", "Budget og forbrug",
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["{}", "status på {}", "hvornår slutter {}?", "vis {}", "projekt {}"])
def test_title_of_words_that_mean_something_else_is_the_projects(asked: str, title: str) -> None:
    others = ("Skærmbesøg", "Ældre", "Bygninger", "Data")
    names = tuple(ProjectName(f"T{at}", name, (), is_closed=False) for at, name in enumerate((title, *others)))
    lexicon = Lexicon.of(Vocabulary(1, names, (), frozenset(), frozenset(), (OrgUnit("Sundhed"),), (), ()))
    reading = understand(asked.format(title), lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.target in {Target.PROJECT, Target.FIELD}
    assert reading.question.where == which(projects=("T0",))


def test_name_with_digits_is_reported_on(numbered: Lexicon) -> None:
    reading = understand("status på SUN-2026: gul, 60 %", numbered, None, TODAY)
    assert reading == ReportStatus(("SUN-2026",), line="gul, 60 %")


def test_all_projects_of_one_title_may_be_meant() -> None:
    names = tuple(ProjectName(f"G{at}", "GCdocs 2", (), is_closed=False) for at in range(12))
    lexicon = Lexicon.of(Vocabulary(1, names, (), frozenset(), frozenset(), (), (), ()))
    reading = understand("hvem leder gcdocs 2", lexicon, None, TODAY)
    assert isinstance(reading, Clarify)
    assert {choice.value for choice in reading.choices} == {f"G{at}" for at in range(12)}
