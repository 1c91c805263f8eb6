"""Holds whatever any test has written to the audit log to codes, ids, numbers, days and the names of bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

import storage.audit
from dialogs.privacy.words import DETAILS

_NAMES_OF_BODIES = frozenset({"body", "recipient", "people"})
_WITH_AT = frozenset({"occasion", "conversation"})


@pytest.fixture(autouse=True, scope="session")
def audit_log_holds_codes_alone() -> Iterator[None]:
    was: Callable[[Mapping[str, Any]], str] = storage.audit.written_detail

    def held(detail: Mapping[str, Any]) -> str:
        for name, value in detail.items():
            assert name in DETAILS, f"{name} has no label in audit_detail"
            for one in value if isinstance(value, list) else [value]:
                words = one.rpartition("|")[2] if name == "subject" else one  # an older button's begins with a body
                assert name in _NAMES_OF_BODIES or not any(letter.isspace() for letter in words), (name, one)
                assert name in _WITH_AT or "@" not in one, (name, one)
        return was(detail)

    storage.audit.written_detail = held
    yield
    storage.audit.written_detail = was
