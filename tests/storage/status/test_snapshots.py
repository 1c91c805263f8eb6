from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from portfolio.dates import PlanDate, Unit, in_unit, span
from portfolio.projects.project import Benefit, BenefitKind, Milestone, Phase, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Snapshot
from storage.status.tables import Frozen

_words = st.text()
_maybe = st.none() | _words
_figures = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_grades = st.none() | st.integers(1, 5)
_days = st.dates(date(1900, 1, 1), date(9000, 1, 1))
_rag = st.sampled_from(Rag)


@st.composite
def _plan_dates(draw: st.DrawFn) -> PlanDate:
    unit = draw(st.sampled_from(Unit))
    one, other = in_unit(draw(_days), unit), in_unit(draw(_days), unit)
    return span(min(one, other), max(one, other))


_planned = st.none() | _plan_dates()
_reports = st.builds(
    *(StatusReport, _words, _days, _rag, _rag, _rag, _rag, _rag, _rag),
    *(_figures, _maybe, _maybe, _maybe, _planned, _maybe),
)
_kinds = st.none() | st.sampled_from(BenefitKind)
_benefits = st.builds(Benefit, _words, _words, _kinds, _figures, _maybe, _figures, _maybe, _planned)
_risks = st.builds(
    *(Risk, _words, _words, st.sampled_from(RiskKind), _grades, _grades, _maybe, _maybe, st.none() | _days)
)
_snapshots = st.builds(
    Snapshot,
    st.none() | st.sampled_from(Phase),
    _planned,
    _figures,
    _figures,
    st.lists(st.builds(Milestone, _words, _words, _planned, st.none() | _days), max_size=3).map(tuple),
    st.lists(_benefits, max_size=3).map(tuple),
    st.lists(_risks, max_size=3).map(tuple),
)


def _from_document(record: Any) -> Any:
    column = Frozen(type(record))
    document = json.dumps(column.process_bind_param(record, dialect()))
    return column.process_result_value(json.loads(document), dialect())


@given(_reports)
def test_report_comes_back_from_its_document_as_it_was(report: StatusReport) -> None:
    thawed = _from_document(report)
    assert thawed == report
    assert str(thawed.progress) == str(report.progress)  # 12.50 stays 12.50


@given(_snapshots)
def test_snapshot_comes_back_from_its_document_as_it_was(snapshot: Snapshot) -> None:
    thawed = _from_document(snapshot)
    assert thawed == snapshot
    assert str(thawed.budget) == str(snapshot.budget)
