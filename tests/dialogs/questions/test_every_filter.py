"""A filter that is added must be known everywhere: as a chip, in the heading, on a button, in JSON, and in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dialogs.questions.chips import chips
from dialogs.questions.headings import projects_heading
from dialogs.turn.audience import Audience
from dialogs.turn.payload import from_data, to_data
from dialogs.turn.printing import printed
from portfolio.projects.status import Rag
from portfolio.questions.catalogue import Attribute, Kind, Subject, of_subject
from portfolio.questions.question import Changed, During, Is, Mentions, Question, Test, Within, which
from tests.world.people import GRY, SOREN
from tests.world.portfolio import CLIMATE

VALUES = {
    "projects": ("P001",),
    "focus_areas": (CLIMATE,),
    "org_units": ("Skoler",),
    "lead": (SOREN.id,),
    "owner": (GRY.id,),
}
DAYS = date(2026, 1, 1), date(2026, 12, 31)
OF_PROJECTS = of_subject(Subject.PROJECT)
# All words of a project are looked for at once.
TESTED = [one for one in OF_PROJECTS if one.kind is not Kind.TEXT]


def _test_of(attribute: Attribute, *, denied: bool) -> Test:
    match attribute.kind:
        case Kind.FLAG:
            return Is(attribute, (True,), denied)
        case Kind.DAYS:
            return During(attribute, *DAYS, denied)
        case Kind.MONEY | Kind.PERCENT:
            return Within(attribute, at_least=Decimal(10), denied=denied)
        case _:
            return Is(attribute, VALUES.get(attribute.name) or attribute.possible[:1], denied)


QUESTIONS = {
    **{f"{one.name} is": Question(where=(_test_of(one, denied=False),)) for one in TESTED},
    **{f"{one.name} is not": Question(where=(_test_of(one, denied=True),)) for one in TESTED},
    **{f"{one.name} is lacking": Question(where=(Is(one),)) for one in TESTED if one.may_lack},
    **{f"{one.name} is known": Question(where=(Is(one, denied=True),)) for one in TESTED if one.may_lack},
    "changed": Question(where=(Changed(date(2026, 6, 1), to=(Rag.RED,)),)),
    "text": Question(where=(Mentions("besøg"),)),
    "either": Question(any_of=(which(overall=(Rag.RED,)), which(late=True))),
    "include_closed": Question(include_closed=True),
}
SAID_BY_THE_CHIP = {"projects is", "include_closed"}


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
