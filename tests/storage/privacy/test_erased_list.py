"""Whoever is erased is on the list, which is whole at every moment."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.identity import new_person_id
from storage.privacy.erased_list import ErasedList, UnreadableListError, UnwritableListError

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ONE, OTHER = new_person_id(), new_person_id()


@pytest.fixture
def erased(tmp_path: Path) -> ErasedList:
    return ErasedList(tmp_path / "var" / "erased.jsonl")


def test_list_begins_with_the_first_who_is_erased(erased: ErasedList):
    assert (erased.is_there, erased.read()) == (False, frozenset())
    erased.add([ONE], NOW)
    erased.add([OTHER, ONE], NOW)
    assert erased.read() == {ONE, OTHER}
    assert erased.file.read_text() == (
        f'{{"person": "{ONE}", "at": "2026-11-30T09:00:00+00:00"}}\n'
        f'{{"person": "{OTHER}", "at": "2026-11-30T09:00:00+00:00"}}\n'
    )
    assert stat.S_IMODE(erased.file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "line", ["{", '{"person": "maja@kommune.example"}', '{"at": "2026-11-30"}', "[]", '{"person": 7}', "\x00", ""]
)
def test_line_that_cannot_be_read_is_not_passed_over(erased: ErasedList, line: str):
    erased.add([ONE], NOW)
    written = f"{erased.file.read_text()}{line}\n"
    erased.file.write_text(written)
    with pytest.raises(UnreadableListError) as error:
        erased.add([OTHER], NOW)
    assert error.value.line == 2
    assert erased.file.read_text() == written


def test_list_that_can_be_written_nowhere_says_so(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableListError, match="file"):
        ErasedList(tmp_path / "file" / "erased.jsonl").add([ONE], NOW)
