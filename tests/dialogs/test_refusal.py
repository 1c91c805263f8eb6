"""Whoever may not do something is told who may, and the attempt is written down."""

from __future__ import annotations

import pytest

from dialogs.refusal import refuse
from dialogs.remark import Remark
from dialogs.texts import Texts
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Stores, Visit
from portfolio.audit import Action, AuditEntry
from tests.kit.steps import said
from tests.world.people import IB, SOREN

DENIED = [action for action in Action if action.value.endswith("_denied")]


async def test_attempt_is_written_down_and_those_who_may_are_named_once(visiting, cast_stores: Stores):
    visit: Visit = visiting(IB)
    may = (SOREN.id, None, SOREN.id)
    values = {"title": "Skærmbesøg"}
    answer = await refuse(visit, Action.REPORT_DENIED, values, may, project="P001", detail={"lead": SOREN.id})
    assert answer == Remark("report_denied", values, (SOREN.id,), is_refusal=True, refusal=Refusal.FORBIDDEN)
    assert "Det kan Søren Æbelø-Østergård eller porteføljekontoret." in said(answer, visit).text
    entry = AuditEntry(visit.now, IB.id, Action.REPORT_DENIED, "P001", {"lead": SOREN.id})
    assert await cast_stores.audit.log_of("P001") == [entry]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("action", DENIED)
def test_every_refusal_has_its_texts(language: str, action: Action):
    texts = Texts.of(language)
    assert texts.has(f"remark.{action.value}.text")
    assert texts.has(f"remark.{action.value}.heading")
