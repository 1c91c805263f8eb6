"""Who may read the portfolio."""

from __future__ import annotations

import pytest

from portfolio.organisation import Person, Role
from portfolio.rights import may_read_portfolio


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("is_guest", [False, True])
def test_everyone_who_was_given_a_role_may_read(role: Role, is_guest: bool):
    assert may_read_portfolio(Person("anna@ex.dk", "Anna", role=role), is_guest=is_guest)


def test_colleague_whom_nobody_imported_may_read():
    assert may_read_portfolio(None, is_guest=False)


def test_guest_without_a_role_may_not_read():
    assert not may_read_portfolio(None, is_guest=True)
