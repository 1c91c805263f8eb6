"""What one may be reminded of: one's own, and that of those whom one stands in for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.deputies import Deputy
from portfolio.organisation import Person
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Obligation
from portfolio.reminders.own import own_subjects
from tests.world.people import AAGE, ASTRID, INGE, METTE, SOREN, VAGN
from tests.world.reminders import DEADLINE, PROJECT, STEERING, at, meeting, state_of

DAY = timedelta(days=1)
OWED = Obligation(Origin.MILESTONE, "milestone:P001:a", "Aftale", ASTRID.id, at(DEADLINE, 16), "P001")
ELSEWHERE = Obligation(Origin.MILESTONE, "milestone:P002:b", "Aftale", SOREN.id, at(DEADLINE, 16), "P002")
STATE = state_of(
    PROJECT,
    replace(PROJECT, number="P002", lead=AAGE.id, owner=None),
    obligations=(OWED, ELSEWHERE),
    meetings=(meeting(DEADLINE, body=STEERING, number=7),),
    deputies={SOREN.id: (Deputy(SOREN.id, METTE.id, DEADLINE, DEADLINE),)},
)
ALL_OF_P001 = {"P001", OWED.key}


@pytest.mark.parametrize(
    ("person", "own"),
    [
        (SOREN, {*ALL_OF_P001, ELSEWHERE.key, "meeting:7"}),
        (ASTRID, {*ALL_OF_P001, "meeting:7"}),
        (METTE, {*ALL_OF_P001, ELSEWHERE.key}),
        (AAGE, {"P002", ELSEWHERE.key}),
        (INGE, {*ALL_OF_P001, "P002", ELSEWHERE.key, "meeting:7"}),
        (VAGN, {"meeting:7"}),
    ],
    ids=lambda one: one.name if isinstance(one, Person) else "",
)
def test_each_may_be_reminded_of_their_own(person: Person, own: set[str]):
    assert own_subjects(STATE, person.id, DEADLINE) == {"", *own}


def test_deputys_time_ends():
    assert own_subjects(STATE, METTE.id, DEADLINE + DAY) == {""}
