"""Reports and snapshots as JSON that gives every figure and day back as it was."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from portfolio.projects.status import StatusReport
from portfolio.status.reporting import Snapshot

_REPORTS: TypeAdapter[StatusReport] = TypeAdapter(StatusReport)
_SNAPSHOTS: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


def frozen_report(report: StatusReport) -> Any:
    return _REPORTS.dump_python(report, mode="json")


def thawed_report(document: Any) -> StatusReport:
    return _REPORTS.validate_python(document)


def frozen_snapshot(snapshot: Snapshot) -> Any:
    return _SNAPSHOTS.dump_python(snapshot, mode="json")


def thawed_snapshot(document: Any) -> Snapshot:
    return _SNAPSHOTS.validate_python(document)
