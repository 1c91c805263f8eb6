"""Whoever presses and writes without end, with whatever they please, fills nothing up."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Table, func, select

from storage.audit import audit
from storage.deeds import deeds
from storage.reminders.tables import snoozes, stopped
from tests.kit.bench import Bench
from tests.world.people import MAJA

CPR = "010203-1234"
ERROR = "application/vnd.microsoft.error"


async def rows(bench: Bench, table: Table) -> int:
    async with bench.service.database.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def written(bench: Bench) -> list[Any]:
    async with bench.service.database.connect() as connection:
        found = await connection.execute(
            select(audit.c.action, audit.c.project, audit.c.detail).order_by(audit.c.number)
        )
        return [tuple(row) for row in found]


async def snooze(bench: Bench, *subjects: Any) -> Any:
    data = {"until": "2026-06-19", "subjects": list(subjects)}
    _, body = await bench.answer(bench.teams.press({"verb": "snooze", "data": data}))
    return body


INVENTED: dict[str, list[Any]] = {
    "a CPR number": [CPR],
    "many of them": [f"{CPR} {number}" for number in range(100)],
    "long ones": ["x" * 800] * 100,
    "more than a number": [f"P001{CPR}"],
    "no such milestone": [f"milestone:P001:{CPR}"],
    "no such round": [f"round:P001:{CPR}"],
    "no meeting": [f"Project Board|{CPR}"],
    "no such meeting": ["meeting:999999"],
    "no such project": ["P404"],
}
MALFORMED: dict[str, list[Any]] = {
    "too long a one": ["x" * 801],
    "no text": [{"subject": CPR}],
    "list": [["P001"]],
    "null": [None],
    "too many": ["P001"] * 101,
}
REFUSED = {
    **{name: (subjects, 403, {"reason": "unknown", "what": "reminder"}) for name, subjects in INVENTED.items()},
    **{name: (subjects, 400, {"reason": "malformed"}) for name, subjects in MALFORMED.items()},
}


@pytest.mark.parametrize(("subjects", "status", "why"), REFUSED.values(), ids=REFUSED)
async def test_invented_subjects_are_refused_and_not_written_down(
    board: Bench, subjects: list[Any], status: int, why: dict[str, str]
) -> None:
    before = await rows(board, audit)
    for _ in range(3):
        answer = await snooze(board, *subjects)
        assert (answer["type"], answer["statusCode"]) == (ERROR, status)
        assert "Knappen virker ikke længere" in answer["value"]["message"]
    assert await rows(board, snoozes) == await rows(board, deeds) == 0
    refused = (await written(board))[before:]
    assert refused == [("button_refused", None, {"verb": "snooze", **why})] * 3


async def test_own_subject_among_invented_ones_is_put_off_alone(board: Bench) -> None:
    await snooze(board, "P001", CPR, f"milestone:P001:{CPR}")
    assert await rows(board, snoozes) == 1
    assert CPR not in str(await written(board))


async def test_others_project_is_refused_with_a_word(board: Bench) -> None:
    answer = await snooze(board, "P002")
    assert answer["statusCode"] == 403
    assert "Du får ikke påmindelser om Varmestyring på skolerne" in answer["value"]["message"]
    assert await rows(board, snoozes) == 0


FORGED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "put off no more": ("maja", "snooze_end", {"subjects": [CPR]}),
    "stopped": ("ida", "stop", {"keys": [["status_due", CPR, CPR, False, CPR]]}),
    "stopped for somebody known": ("ida", "stop", {"keys": [["status_due", "P001", MAJA.id, False, CPR]]}),
    "sent after all": ("ida", "resume", {"keys": [["status_due", CPR, CPR, False, CPR]]}),
    "deputy ended": (
        "maja",
        "deputy_end",
        {"lead": CPR, "deputy": CPR, "project": CPR, "first": "2026-06-15", "last": "2026-06-16"},
    ),
    "absence ended": ("maja", "absence_end", {"first": CPR}),
    "switched": ("maja", "reminders_switch", {"kind": CPR, "on": False}),
    "handed over": ("maja", "hand_over", {"project": CPR}),
    "reported": ("maja", "report", {"project": CPR}),
    "corrected": ("maja", "correct", {"project": CPR}),
    "unchanged": ("maja", "unchanged", {"project": CPR}),
    "meeting cancelled": ("ida", "meeting_cancel", {"body": CPR, "start": "2026-06-18T07:00:00+00:00"}),
    "meeting moved": ("ida", "meeting_move", {"body": CPR, "start": "2026-06-18T07:00:00+00:00"}),
    "form handed in": ("maja", "form_submit", {"draft": CPR, "overall": CPR}),
    "taken back": ("maja", "undo", {"deed": CPR}),
    "unheard of": ("maja", CPR, {"subjects": [CPR]}),
}


@pytest.mark.parametrize(("sender", "verb", "data"), FORGED.values(), ids=FORGED)
async def test_what_a_forged_button_holds_is_never_written_down(
    board: Bench, sender: str, verb: str, data: dict[str, Any]
) -> None:
    for _ in range(2):
        status, _ = await board.answer(board.teams.press({"verb": verb, "data": data}, sender=sender))
        assert status == 200
    assert CPR not in str(await written(board))
    assert [await rows(board, table) for table in (snoozes, stopped, deeds)] == [0, 0, 0]
