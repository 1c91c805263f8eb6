"""Keeps what tells one reminder from all others in rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Table, bindparam

from portfolio.reminders.kinds import Key, Kind, Recipient

_PARTS = ("kind", "subject", "recipient", "is_channel", "occasion")


def key_columns(table: Table) -> list[Column[Any]]:
    """The columns of a key, in the order in which `key_of` takes them."""
    return [table.c[name] for name in _PARTS]


def key_of(kind: Kind, subject: str, recipient: str, is_channel: bool, occasion: str) -> Key:
    return Key(kind, subject, Recipient(recipient, is_channel), occasion)


def row_of(key: Key) -> dict[str, Any]:
    return dict(zip(_PARTS, key.parts, strict=True))


def fits_key(table: Table) -> list[ColumnElement[bool]]:
    """Fits the row of the reminder whose `parameters_of` are given."""
    return [table.c[name] == bindparam(f"key_{name}") for name in _PARTS]


def parameters_of(key: Key) -> dict[str, Any]:
    return {f"key_{name}": value for name, value in row_of(key).items()}
