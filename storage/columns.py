"""Column types that keep the portfolio's values exact and alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    Text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from portfolio.dates import Unit
from portfolio.projects.status import Light, Rag

# Byte order, so that both databases sort the sort keys alike whatever the server's locale is.
KEY = Text().with_variant(Text(collation="C"), "postgresql")


class Exact(TypeDecorator[Decimal]):
    """A decimal number with a fixed count of decimals; whole hundredths (say) on SQLite, which has no decimals."""

    impl = Numeric
    cache_ok = True

    def __init__(self, decimals: int) -> None:
        super().__init__(18, decimals)
        self.decimals = decimals

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        integer = dialect.name == "sqlite"
        return dialect.type_descriptor(BigInteger() if integer else Numeric(18, self.decimals))

    def rounded(self, value: Decimal) -> Decimal:
        return round(value, self.decimals)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        if value is None or dialect.name != "sqlite":
            return value
        return int(self.rounded(value).scaleb(self.decimals))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        if value is None or dialect.name != "sqlite":
            return value
        return Decimal(value).scaleb(-self.decimals)


class Instant(TypeDecorator[datetime]):
    """A moment, kept and given back in UTC. Refuses times without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Codes(TypeDecorator[tuple[StrEnum, ...]]):
    """Several of an enumeration, as a list of its codes."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Iterable[StrEnum] | None, _dialect: Dialect) -> list[str] | None:
        return None if value is None else [item.value for item in value]

    def process_result_value(self, value: Iterable[str] | None, _dialect: Dialect) -> tuple[StrEnum, ...] | None:
        return None if value is None else tuple(map(self.kind, value))


def code(kind: type[StrEnum]) -> Enum:
    """An enumeration stored as its codes, in plain text."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda items: [item.value for item in items])


def planned(name: str) -> list[Column[Any]]:
    """The three columns of a PlanDate."""
    return [Column(f"{name}_first", Date), Column(f"{name}_last", Date), Column(f"{name}_unit", code(Unit))]


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The order in which colours are shown, as the database sorts by it.
COLOURS = tuple(Rag)

RANK = {colour: rank for rank, colour in enumerate(COLOURS)}


def lights() -> list[Column[Any]]:
    return [Column(light.value, code(Rag), nullable=False, server_default=Rag.NONE.value) for light in Light]


def of_project() -> Column[Any]:
    return Column("project", KEY, ForeignKey("projects.number", ondelete="CASCADE"), primary_key=True)


ROW_ID = BigInteger().with_variant(Integer, "sqlite")
