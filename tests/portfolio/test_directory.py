"""People as a directory tells of them."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.directory import DirectoryEntry, Lookup, contradictions, groups_of_one, joined, unknown_managers
from portfolio.organisation import Role

GRY = DirectoryEntry("id-gry", "gry@birkefjord.example", "gry.thorlund@birkefjord.example", "Gry Thorlund")
SOREN = DirectoryEntry("id-soren", "soren@birkefjord.example", "soren@birkefjord.example", "Søren Holm")

SOME = st.sampled_from(["a", "b", "", None])
ENTRIES = st.builds(
    DirectoryEntry,
    **dict.fromkeys(("entra_id", "upn", "email", "name", "department", "manager", "employee_type"), SOME),
    is_active=st.sampled_from([True, False, None]),
    is_leader=st.sampled_from([True, False, None]),
    roles=st.sampled_from([(), (Role.HEAD,), None]),
)


@pytest.mark.parametrize(
    "reference", ["id-gry", "ID-GRY", "gry@birkefjord.example", " Gry.Thorlund@birkefjord.example "]
)
def test_manager_is_found_by_id_upn_or_email(reference: str) -> None:
    assert Lookup([GRY, SOREN]).find(reference) is GRY


@pytest.mark.parametrize("reference", ["", "Gry Thorlund", "nobody@birkefjord.example"])
def test_nobody_is_found_by_what_nobody_is_known_by(reference: str) -> None:
    assert Lookup([GRY, SOREN]).find(reference) is None


def test_nobody_is_found_by_an_address_of_two() -> None:
    assert Lookup([GRY, replace(SOREN, email=GRY.upn)]).find(str(GRY.upn)) is None


def test_managers_who_are_not_told_of_are_found() -> None:
    led = replace(SOREN, manager=GRY.entra_id)
    assert list(unknown_managers([GRY, led])) == []
    assert list(unknown_managers([led])) == [led]
    assert list(unknown_managers([replace(SOREN, manager="")])) == []


def test_rows_of_one_person_are_found_by_any_of_three_keys() -> None:
    by_id, by_upn = replace(SOREN, upn=None, email=None), DirectoryEntry(upn=SOREN.upn)
    assert groups_of_one([by_id, GRY, by_upn, SOREN]) == [[0, 2, 3], [1]]


def test_rows_of_one_person_contradict_each_other_where_both_speak() -> None:
    assert contradictions([SOREN, replace(SOREN, department="Teknik")]) == []
    assert contradictions([replace(SOREN, department=""), replace(SOREN, department="Teknik")]) == ["department"]


@given(st.lists(ENTRIES, max_size=8))
def test_everybody_is_in_one_group(entries: list[DirectoryEntry]) -> None:
    groups = groups_of_one(entries)
    assert sorted(place for group in groups for place in group) == list(range(len(entries)))
    keys = [{key for place in group for key in entries[place].keys} for group in groups]
    assert sum(map(len, keys)) == len(set().union(*keys))


@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_joining_loses_nothing_that_was_told(entries: list[DirectoryEntry]) -> None:
    if contradictions(entries):
        return
    whole = joined(entries)
    for field in fields(DirectoryEntry):
        told = {getattr(entry, field.name) for entry in entries} - {None}
        assert told in (set(), {getattr(whole, field.name)})
