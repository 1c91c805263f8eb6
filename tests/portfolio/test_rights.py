"""Who may do what."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.bodies import Body
from portfolio.deputies import Deputy
from portfolio.organisation import Person, Role
from portfolio.projects.project import Project
from portfolio.rights import (
    may_bind_channel,
    may_hand_over,
    may_name_deputy,
    may_read_portfolio,
    may_report,
    may_run_round,
    reporters,
)
from tests.world.people import person

TODAY = date(2026, 6, 9)
LEAD, OWNER, DEPUTY, OTHER = "lead@ex.dk", "owner@ex.dk", "deputy@ex.dk", "other@ex.dk"
PROJECT = Project("P001", "Skærmbesøg", lead=LEAD, owner=OWNER)
WEEK = Deputy(LEAD, DEPUTY, TODAY - timedelta(days=3), TODAY + timedelta(days=3))
OFFICE = (Role.SECRETARY, Role.ADMINISTRATOR)
EVERYONE = list(product(Role, (LEAD, OWNER, DEPUTY, OTHER)))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("is_guest", [False, True])
def test_everyone_who_was_given_a_role_may_read(role: Role, is_guest: bool):
    assert may_read_portfolio(person("anna@ex.dk", "Anna", role=role), is_guest=is_guest)


def test_colleague_whom_nobody_imported_may_read():
    assert may_read_portfolio(None, is_guest=False)


def test_guest_without_a_role_may_not_read():
    assert not may_read_portfolio(None, is_guest=True)


@pytest.mark.parametrize(("role", "email"), EVERYONE)
def test_reporting_is_for_lead_owner_deputy_and_the_portfolio_office(role: Role, email: str):
    person = Person(email, "Anna", role=role)
    assert may_report(person, PROJECT, [WEEK], TODAY) == (role in OFFICE or email != OTHER)


@pytest.mark.parametrize(("role", "email"), EVERYONE)
def test_handing_over_is_not_for_the_deputy(role: Role, email: str):
    assert may_hand_over(Person(email, "Anna", role=role), PROJECT) == (role in OFFICE or email in (LEAD, OWNER))


@pytest.mark.parametrize(("role", "email"), EVERYONE)
def test_lead_chooses_the_deputy(role: Role, email: str):
    assert may_name_deputy(Person(email, "Anna", role=role), LEAD) == (role in OFFICE or email == LEAD)


@pytest.mark.parametrize(("role", "email"), EVERYONE)
def test_round_is_run_by_chair_and_secretary_and_not_by_members(role: Role, email: str):
    body = Body("Project Board", chair=LEAD, secretary=OWNER, members=(DEPUTY,))
    assert may_run_round(Person(email, "Anna", role=role), body) == (role in OFFICE or email in (LEAD, OWNER))


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_rank_alone_gives_no_right_to_report(role: Role):
    assert not may_report(Person(OTHER, "Anna", role=role), PROJECT, [], TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_nobody_is_the_lead_of_a_project_without_one(role: Role):
    nobody = Project("P002", "Arkiv")
    assert reporters(nobody, [WEEK], TODAY) == ()
    assert not may_hand_over(Person(OTHER, "Anna", role=role), nobody)
    assert not may_run_round(Person(OTHER, "Anna", role=role), Body("Uden formand"))


@given(
    st.integers(-30, 30), st.integers(0, 30), st.sampled_from([None, "P001", "P002"]), st.sampled_from([LEAD, OTHER])
)
def test_deputy_reports_in_their_time_on_their_projects_and_never_else(
    starts: int, length: int, project: str | None, lead: str
):
    first = TODAY + timedelta(days=starts)
    deputy = Deputy(lead, DEPUTY, first, first + timedelta(days=length), project)
    is_theirs = lead == LEAD and project in (None, "P001") and first <= TODAY <= first + timedelta(days=length)
    assert may_report(Person(DEPUTY, "Mette"), PROJECT, [deputy], TODAY) == is_theirs
    assert may_report(Person(OTHER, "Ib"), PROJECT, [deputy], TODAY) is False


def test_person_of_several_kinds_is_named_once():
    own = Project("P003", "Eget", lead=LEAD, owner=LEAD)
    assert reporters(own, [Deputy(LEAD, LEAD, TODAY, TODAY)], TODAY) == (LEAD,)
    assert reporters(PROJECT, [WEEK], TODAY) == (LEAD, DEPUTY, OWNER)


@pytest.mark.parametrize(("role", "email"), EVERYONE)
def test_a_channel_is_given_to_a_body_by_its_secretary_or_the_portfolio_office_alone(role: Role, email: str):
    body = Body("Project Board", chair=OWNER, secretary=LEAD, members=(DEPUTY,))
    assert may_bind_channel(Person(email, "Anna", role=role), body) == (role in OFFICE or email == LEAD)
