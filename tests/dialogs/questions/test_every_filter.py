"""A filter that is added must be known everywhere: as a chip, in the heading, on a button, in JSON, and in SQL."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from dialogs.questions.chips import chips
from dialogs.questions.headings import projects_heading
from dialogs.turn.audience import Audience
from dialogs.turn.payload import from_data, to_data
from dialogs.turn.printing import printed
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Light, Rag
from portfolio.questions.question import (
    Amount,
    AmountRange,
    Attribute,
    Changed,
    Filters,
    Period,
    PeriodField,
    Question,
)
from tests.world import strategies
from tests.world.people import GRY, SOREN
from tests.world.portfolio import CLIMATE

VALUES = {
    "projects": ("P001",),
    "focus_areas": (CLIMATE,),
    "org_units": ("Skoler",),
    "kinds": (ProjectKind.LOCAL,),
    "phases": (Phase.EXECUTION,),
    "lead": (SOREN.id,),
    "owner": (GRY.id,),
    "goals": (3,),
    "priority": (1,),
    **{light.value: (Rag.RED,) for light in Light},
}
BESIDE = {
    "missing_status": True,
    "stale": True,
    "late": True,
    "over_budget": True,
    "disputed": True,
    "changed": Changed(date(2026, 6, 1), to=(Rag.RED,)),
    "periods": (Period(PeriodField.END, date(2026, 1, 1), date(2026, 12, 31)),),
    "amounts": (AmountRange(Amount.BUDGET, at_least=Decimal(1_000_000)),),
    "lacking": (Attribute.LEAD,),
    "text": "besøg",
    "include_closed": True,
}
# These are no filters: what is asked for, how it is sorted and cut, and whom a meeting or a role is of.
NO_FILTERS = {"target", "where", "without", "sort", "limit", "match_all", "figure", "bodies", "people"}
SAID_BY_THE_CHIP = {"projects is", "include_closed"}
QUESTIONS = {
    **{f"{name} is": Question(where=Filters(**{name: value})) for name, value in VALUES.items()},
    **{f"{name} is not": Question(without=Filters(**{name: value})) for name, value in VALUES.items()},
    **{name: Question(**{name: value}) for name, value in BESIDE.items()},
}


def test_every_filter_is_tried_here_and_in_random_questions():
    assert VALUES.keys() == {item.name for item in fields(Filters)} == strategies.FILTERS.keys()
    assert BESIDE.keys() | NO_FILTERS == {item.name for item in fields(Question)}


@pytest.mark.parametrize("name", QUESTIONS)
def test_reader_sees_the_filter_and_can_take_it_away(name: str, audience: Audience):
    (chip,) = chips(QUESTIONS[name], audience)
    assert chip.label
    assert chip.removed == Question()


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in SAID_BY_THE_CHIP])
def test_heading_names_the_filter(name: str, audience: Audience):
    assert projects_heading(QUESTIONS[name], 2, audience) != projects_heading(Question(), 2, audience)


@pytest.mark.parametrize("name", QUESTIONS)
def test_button_carries_the_filter(name: str):
    assert from_data(to_data(QUESTIONS[name])) == QUESTIONS[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_script_reads_the_filter(name: str, audience: Audience):
    nothing = replace(Question(), target=QUESTIONS[name].target)
    assert printed(QUESTIONS[name], audience.names) != printed(nothing, audience.names)
