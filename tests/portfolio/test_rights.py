"""Who may do what."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.bodies import Body
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.organisation import Person, Role
from portfolio.projects.project import Project
from portfolio.rights import (
    may_bind_channel,
    may_hand_over,
    may_hear_of_absence,
    may_name_deputy,
    may_report,
    may_run_round,
    reporters,
)

TODAY = date(2026, 6, 9)
LEAD, OWNER, DEPUTY, OTHER = (PersonId(who) for who in ("lead", "owner", "deputy", "other"))
PROJECT = Project("P001", "Skærmbesøg", lead=LEAD, owner=OWNER)
WEEK = Deputy(LEAD, DEPUTY, TODAY - timedelta(days=3), TODAY + timedelta(days=3))
OFFICE = (Role.SECRETARY, Role.ADMINISTRATOR)
EVERYONE = list(product(Role, (LEAD, OWNER, DEPUTY, OTHER)))


def anna(who: PersonId, role: Role = Role.EMPLOYEE) -> Person:
    return Person(who, "Anna", roles=(role,))


@pytest.mark.parametrize(("role", "who"), EVERYONE)
def test_reporting_is_for_lead_owner_deputy_and_the_portfolio_office(role: Role, who: PersonId):
    person = anna(who, role)
    assert may_report(person, PROJECT, [WEEK], TODAY) == (role in OFFICE or who != OTHER)


@pytest.mark.parametrize(("role", "who"), EVERYONE)
def test_handing_over_is_not_for_the_deputy(role: Role, who: PersonId):
    assert may_hand_over(anna(who, role), PROJECT) == (role in OFFICE or who in (LEAD, OWNER))


@pytest.mark.parametrize(("role", "who"), EVERYONE)
def test_lead_chooses_the_deputy(role: Role, who: PersonId):
    assert may_name_deputy(anna(who, role), LEAD) == (role in OFFICE or who == LEAD)


@pytest.mark.parametrize(("role", "who"), EVERYONE)
def test_round_is_run_by_chair_and_secretary_and_not_by_members(role: Role, who: PersonId):
    body = Body("Project Board", chair=LEAD, secretary=OWNER, members=(DEPUTY,))
    assert may_run_round(anna(who, role), body) == (role in OFFICE or who in (LEAD, OWNER))


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_rank_alone_gives_no_right_to_report(role: Role):
    assert not may_report(anna(OTHER, role), PROJECT, [], TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_nobody_is_the_lead_of_a_project_without_one(role: Role):
    nobody = Project("P002", "Arkiv")
    assert reporters(nobody, [WEEK], TODAY) == ()
    assert not may_hand_over(anna(OTHER, role), nobody)
    assert not may_run_round(anna(OTHER, role), Body("Uden formand"))


@given(
    st.integers(-30, 30), st.integers(0, 30), st.sampled_from([None, "P001", "P002"]), st.sampled_from([LEAD, OTHER])
)
def test_deputy_reports_in_their_time_on_their_projects_and_never_else(
    starts: int, length: int, project: str | None, lead: PersonId
):
    first = TODAY + timedelta(days=starts)
    deputy = Deputy(lead, DEPUTY, first, first + timedelta(days=length), project)
    is_theirs = lead == LEAD and project in (None, "P001") and first <= TODAY <= first + timedelta(days=length)
    assert may_report(anna(DEPUTY), PROJECT, [deputy], TODAY) == is_theirs
    assert may_report(anna(OTHER), PROJECT, [deputy], TODAY) is False


def test_person_of_several_kinds_is_named_once():
    own = Project("P003", "Eget", lead=LEAD, owner=LEAD)
    assert reporters(own, [Deputy(LEAD, LEAD, TODAY, TODAY)], TODAY) == (LEAD,)
    assert reporters(PROJECT, [WEEK], TODAY) == (LEAD, DEPUTY, OWNER)


@pytest.mark.parametrize(("role", "who"), EVERYONE)
def test_a_channel_is_given_to_a_body_by_its_secretary_or_the_portfolio_office_alone(role: Role, who: PersonId):
    body = Body("Project Board", chair=OWNER, secretary=LEAD, members=(DEPUTY,))
    assert may_bind_channel(anna(who, role), body) == (role in OFFICE or who == LEAD)


@pytest.mark.parametrize(("role", "who"), EVERYONE)
def test_absence_of_whoever_has_a_part_is_heard_of_by_everybody_and_of_others_by_themselves(role: Role, who: PersonId):
    asker, board = anna(who, role), Body("Board", members=(DEPUTY,))
    assert may_hear_of_absence(asker, LEAD, {LEAD, OWNER}, [board])
    assert may_hear_of_absence(asker, DEPUTY, {LEAD, OWNER}, [board])
    assert may_hear_of_absence(asker, OTHER, {LEAD, OWNER}, [board]) == (who == OTHER)
