"""An attribute of the catalogue lies somewhere in the database, by all that its kind needs."""

from __future__ import annotations

import pytest

from portfolio.questions.catalogue import ATTRIBUTES, Attribute, Kind, Subject
from storage.questions import columns, groups

ALL = tuple(ATTRIBUTES.values())
TESTED_BY = {
    Kind.FLAG: columns.IS_SO,
    Kind.DAYS: columns.DAYS,
    Kind.MONEY: columns.WITHIN,
    Kind.PERCENT: columns.WITHIN,
    **dict.fromkeys((Kind.NAME, Kind.PERSON, Kind.CODE, Kind.COLOUR, Kind.NUMBER), columns.HAS),
}
# Bodies and their meetings are read by storage/meetings; groups are sorted when they have been measured.
ELSEWHERE = {Subject.MEETING, Subject.GROUP}
OWN = [one for one in ALL if one.subject not in ELSEWHERE]


@pytest.mark.parametrize("attribute", [one for one in OWN if one.kind is not Kind.TEXT], ids=repr)
def test_attribute_can_be_tested(attribute: Attribute) -> None:
    assert attribute in TESTED_BY[attribute.kind]


@pytest.mark.parametrize("attribute", [one for one in OWN if one.may_lack], ids=repr)
def test_attribute_that_may_lack_can_be_asked_for_as_missing(attribute: Attribute) -> None:
    assert attribute in columns.LACKS


@pytest.mark.parametrize("attribute", [one for one in OWN if one.sort], ids=repr)
def test_attribute_with_an_order_can_be_sorted_by(attribute: Attribute) -> None:
    assert attribute in columns.SORTED_BY


@pytest.mark.parametrize("attribute", [one for one in OWN if one.groups], ids=repr)
def test_attribute_that_groups_can_divide(attribute: Attribute) -> None:
    assert attribute in groups.COLUMNS or attribute in groups.LISTED


def test_tables_hold_no_attribute_by_mistake() -> None:
    for kind, table in TESTED_BY.items():
        kinds = {one for one in Kind if TESTED_BY.get(one) is table}
        assert {one.kind for one in table} <= kinds, kind
    assert {one for one in columns.LACKS if not one.may_lack} == set()
    assert {one for one in columns.SORTED_BY if not one.sort} == set()
