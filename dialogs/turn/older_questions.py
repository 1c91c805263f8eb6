"""Questions as earlier cards carry them: such cards stand in chats for years."""

from __future__ import annotations

from typing import Any

_FLAGS = ("missing_status", "stale", "late", "over_budget", "disputed")
_DAYS = {"no_status": "-status"}


def renewed(data: object) -> Any:
    """The question as it is carried today, where it is one of the older ones, which had each kind of filter under a
    name of its own. Raises TypeError, ValueError and KeyError for what is none."""
    if not isinstance(data, dict) or isinstance(data.get("where"), list):
        return data
    kept, filters = dict(data), []
    filters += _named(kept.pop("where", {}))
    filters += [{f"-{name}": values} for entry in _named(kept.pop("without", {})) for name, values in entry.items()]
    filters += _named({"bodies": kept.pop("bodies", [])})
    filters += [{name if _truth(kept.pop(name)) else f"-{name}": True} for name in _FLAGS if name in kept]
    filters += [_period(**period) for period in kept.pop("periods", [])]
    filters += [{amount.pop("amount"): amount} for amount in kept.pop("amounts", [])]
    filters += [{attribute: []} for attribute in kept.pop("lacking", [])]
    filters += [{name: kept.pop(name)} for name in ("changed", "text") if name in kept]
    if kept.pop("match_all", False):
        filters = [each for entry in filters for each in _one_by_one(entry)]
    if isinstance(figure := kept.get("figure"), dict) and isinstance(figure.get("among"), dict):
        kept["figure"] = {**figure, "among": _named(figure["among"])}
    return {**kept, "where": filters} if filters else kept


def _named(filters: object) -> list[dict[str, Any]]:
    if not isinstance(filters, dict):
        raise TypeError("no filters")
    return [{name: values} for name, values in filters.items() if values or not isinstance(values, list)]


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _period(field: str, first: str | None = None, last: str | None = None) -> dict[str, Any]:
    days = {name: day for name, day in (("first", first), ("last", last)) if day is not None}
    return {_DAYS.get(field, field): days}


def _one_by_one(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Divide two focus areas, or goals, which were asked for together, into one test each."""
    ((name, values),) = entry.items()
    return [{name: [value]} for value in values] if name in ("focus_areas", "goals") else [entry]
