"""What is wrong with a form's answers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dialogs.forms.checking import fault_of, faults
from dialogs.forms.fields import Fault
from tests.world.forms import FORM, audience

SAVED = FORM.fields[-1]


def test_form_without_answers_lacks_what_must_be_filled_in():
    assert faults(FORM, {}, audience()) == (Fault("overall", "required_choice", {}),)


def test_red_lacks_a_comment_and_an_obstacle_and_a_barrier_its_title():
    found = faults(FORM, {"overall": "red"}, audience())
    assert [(fault.field, fault.key) for fault in found] == [
        ("comment", "required_text"),
        ("obstacle", "required_choice"),
    ]
    found = faults(FORM, {"overall": "red", "comment": "x", "obstacle": "barrier"}, audience())
    assert [fault.field for fault in found] == ["obstacle_title"]


def test_fields_that_are_not_shown_are_not_wrong():
    held = {"overall": "green", "obstacle": "", "obstacle_title": "x" * 500, "responsible": "nobody@x.example"}
    assert faults(FORM, held, audience()) == ()


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("overall", "blue", "choice"), ("progress", "12,5", "number_between"), ("progress", "1e1", "number_between"),
        ("progress", "NaN", "number_between"), ("progress", "100.5", "range_between"), ("reached", "ja", "yes_no"),
        ("expected_end", "3. juni", "date"), ("expected_end", "2026-06-30/2026-06-01/day", "date"),
        ("expected_end", "2026-06-02/2026-06-08/week", "date"),
        ("meeting", "2026-06-01/2026-06-07/week", "date_several_days"),
        ("saved", "x", "number"),
    ],
)  # fmt: skip
def test_answer_that_is_no_canonical_value_is_wrong(name: str, value: str, key: str):
    (fault,) = faults(FORM, {"overall": "green", name: value}, audience())
    assert (fault.field, fault.key) == (name, key)
    for language in ("da", "en"):
        assert audience(language).texts.say(f"form_fault.{key}", **fault.values)


@pytest.mark.parametrize(("low", "high", "key"), [(0, None, "range_least"), (None, -10, "range_most")])
def test_number_with_one_bound_is_told_that_one(low: int | None, high: int | None, key: str):
    bounds = {name: Decimal(bound) for name, bound in (("at_least", low), ("at_most", high)) if bound is not None}
    fault = fault_of(replace(SAVED, **bounds), "-5", audience(), is_needed=False)
    assert fault is not None
    assert fault.key == key
