"""The tables of reports and their frozen versions."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, Boolean, Column, Date, Dialect, Integer, Table, Text, false
from sqlalchemy.types import TypeDecorator

from portfolio.projects.status import StatusReport
from portfolio.status.reporting import Snapshot
from storage.columns import Instant, metadata, of_project


class Frozen(TypeDecorator[Any]):
    """A dataclass of the domain as JSON that gives every figure and day back as it was."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter = TypeAdapter(kind)

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        return self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        return self._adapter.validate_python(value)


# Every version of every report given through Tovholder, as it was then; `reports` holds the one in force.
publications = Table(
    "publications",
    metadata,
    of_project(),
    Column("day", Date, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("is_unchanged", Boolean, nullable=False),
    Column("report", Frozen(StatusReport), nullable=False),
    Column("snapshot", Frozen(Snapshot), nullable=False),
    Column("is_withdrawn", Boolean, nullable=False, server_default=false()),
    Column("before", Frozen(Snapshot | None)),  # the project just before it, for taking it back
)
