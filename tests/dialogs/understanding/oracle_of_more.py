"""The right answers that are no projects, from the workbook alone: groups, single facts, and what belongs to projects.

{"groups": {"by": "org_units", "measure": "sum", "amount": "budget", "of": want, "sort": "-value", "limit": 3}};
{"field": {"of": "P001", "name": "budget"}}; {"parts": {"of": want, "missed": true, "days": [first, last]}};
{"names": "focus_areas"}; {"benefits_in": "kr."}: what benefits have brought in that unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.dialogs.understanding.oracle import COLOURS, Want, all_facts, answer
from tests.dialogs.understanding.workbook import Book, Row, days, parts

COLUMNS = {"kinds": "Kategori", "phases": "Fase", "lead": "Projektleder", "owner": "Projektejer",
           "priority": "Prioritet"}  # fmt: skip
FACTS = {**COLUMNS, "kind": "Kategori", "phase": "Fase", "org_unit": "Fagområde", "budget": "Budget",
         "spend": "Forbrug", "case_number": "Sagsnr", "description": "Beskrivelse"}  # fmt: skip
OF_REPORT = {"overall": "Samlet", "progress": "Fremdrift", "comment": "Kommentar", "next_step": "Næste skridt",
             "status_date": "Dato"}  # fmt: skip
SEVERE = 12

Groups = list[tuple[Any, float | None]]


def groups(book: Book, spec: Want, today: date) -> Groups:
    """(key, value), the largest first or as asked; those without a figure last."""
    hits = answer(book, spec.get("of", {}), today)
    members: dict[Any, list[str]] = defaultdict(list)
    for number in hits:
        for key in _keys(book, number, spec, today):
            members[key].append(number)
    found = [(key, _value(book, spec, numbers, key, today)) for key, numbers in members.items()]
    sort = spec.get("sort")
    found.sort(key=lambda one: (sort is not None and one[0] is None, one[1] is None, -(one[1] or 0)))
    if sort == "value":
        found.sort(key=lambda one: (one[0] is None, one[1] is None, one[1] or 0))
    limit = spec.get("limit", len(found))
    return found[:limit] + [one for one in found[limit:] if one[1] == found[limit - 1][1]]


def _keys(book: Book, number: str, spec: Want, today: date) -> list[Any]:
    row, by = book.projects[number], spec["by"]
    if by == "focus_areas":
        return parts(row["Fokusområde"]) or [None]
    if by == "goals":
        return [int(goal) for goal in parts(row["Verdensmål"])] or [None]
    if by == "overall":
        return list(all_facts(book, today)[number]["overall"])
    if by == "org_units":
        return [_top(book, row["Fagområde"], spec.get("of", {}).get("org_units", ()))]
    return [row[COLUMNS[by]]]


def _top(book: Book, name: str | None, asked: Any) -> str | None:
    while name and name not in asked and (above := book.units[name]["Overordnet"]) and above not in asked:
        name = above
    return name


def _value(book: Book, spec: Want, numbers: list[str], key: Any, today: date) -> float | None:
    facts = all_facts(book, today)
    if spec["measure"] == "count":
        return len(numbers)
    if spec["measure"] == "share":
        among = answer(book, spec["share"], today)
        beside = [one for one in among if key in _keys(book, one, spec, today)]
        return 100 * len(set(beside) & set(numbers)) / len(beside)
    if spec["measure"] == "ratio":
        return ratio(book, numbers)
    known = [value for number in numbers if (value := facts[number][spec["amount"]]) is not None]
    if not known:
        return None
    return float(sum(known) if spec["measure"] == "sum" else sum(known) / len(known))


def ratio(book: Book, numbers: list[str]) -> float | None:
    rows = [book.projects[number] for number in numbers]
    both = [(row["Forbrug"], row["Budget"]) for row in rows if row["Forbrug"] is not None and row["Budget"]]
    return 100 * sum(spent for spent, _ in both) / sum(whole for _, whole in both) if both else None


def fact(book: Book, spec: Want, today: date) -> Any:
    row, name = book.projects[spec["of"]], spec["name"]
    if name in ("start", "end"):
        written = days(row["Start" if name == "start" else "Slut"])
        return written and (written[0] if name == "start" else written[1]).isoformat()
    if name == "remaining":
        return row["Budget"] - row["Forbrug"]
    if name == "consumption":
        return round(100 * row["Forbrug"] / row["Budget"], 2)
    if name in ("focus_areas", "goals"):
        held = parts(row["Fokusområde" if name == "focus_areas" else "Verdensmål"])
        return [int(goal) for goal in held] if name == "goals" else held
    if name == "milestone":
        return _next_milestone(book, spec["of"], today)
    if name in OF_REPORT:
        newest = max(book.reports[spec["of"]], key=lambda report: report["Dato"])
        value = newest[OF_REPORT[name]]
        return COLOURS[value] if name == "overall" else value.date().isoformat() if name == "status_date" else value
    return row[FACTS[name]]


def _next_milestone(book: Book, number: str, today: date) -> str | None:
    ahead = [(due[1], row["Titel"]) for row in book.milestones[number]
             if not row["Nået"] and (due := days(row["Dato"])) and due[1] >= today]  # fmt: skip
    return min(ahead)[1] if ahead else None


def belongings(book: Book, kind: str, spec: Want, today: date) -> list[tuple[str, str]]:
    """(project, title) of those that fit, in no order."""
    rows = {"milestones": book.milestones, "benefits": book.benefits, "obstacles": book.risks}[kind]
    numbers = answer(book, spec.get("of", {}), today)
    if unknown := set(spec) - {"of", "limit", *_SAID}:
        raise ValueError(f"unknown in parts: {sorted(unknown)}")
    return [
        (number, row["Titel"])
        for number in numbers
        for row in rows.get(number, ())
        if all(_SAID[name](row, wanted, today) for name, wanted in spec.items() if name in _SAID)
    ]


def benefits_in(book: Book, unit: str, of: Want, today: date) -> float:
    numbers = answer(book, of, today)
    return float(
        sum(row["Realiseret"] or 0 for one in numbers for row in book.benefits.get(one, ()) if row["Enhed"] == unit)
    )


def _is_severe(row: Row) -> bool:
    return bool(row["Sandsynlighed"] and row["Konsekvens"] and row["Sandsynlighed"] * row["Konsekvens"] >= SEVERE)


def _between(cell: Any, wanted: list[str | None]) -> bool:
    written, (first, last) = days(cell), wanted
    if written is None:
        return False
    day = written[1].isoformat()
    return (first is None or day >= first) and (last is None or day <= last)


_SAID: dict[str, Callable[[Row, Any, date], bool]] = {
    "days": lambda row, wanted, _today: _between(row["Dato" if "Dato" in row else "Opfølgning"], wanted),
    "reached_in": lambda row, wanted, _today: _between(row["Nået"], wanted),
    "reached": lambda row, wanted, _today: bool(row["Nået"]) is wanted,
    "missed": lambda row, wanted, today: (not row["Nået"] and _between(row["Dato"], [None, _before(today)])) is wanted,
    "type": lambda row, wanted, _today: row["Type"] in wanted,
    "realised": lambda row, wanted, _today: (
        (row["Realiseret"] is not None and row["Mål"] is not None and row["Realiseret"] >= row["Mål"]) is wanted
    ),
    "open": lambda row, wanted, _today: (row["Lukket"] is None) is wanted,
    "severe": lambda row, wanted, _today: _is_severe(row) is wanted,
    "responsible": lambda row, wanted, _today: row["Ansvarlig"] in wanted,
}


def _before(day: date) -> str:
    return date.fromordinal(day.toordinal() - 1).isoformat()


def names(book: Book, of: str) -> set[str]:
    """Return the names; of focus areas those that no later one replaces."""
    if of == "focus_areas":
        return {name for name, row in book.areas.items() if not row["Afløses af"]}
    return set(book.units if of == "org_units" else book.bodies)
