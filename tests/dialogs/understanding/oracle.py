"""What the right answer to a question is, worked out from the workbook by the published rules and nothing else.

A question's `want` says in plain words what is asked for: {"focus_areas": ["Klima og ressourcer"], "overall": ["red"],
"not": {"kinds": ["Lokal"]}, "ends": ["2026-12-01", "2026-12-31"], "sort": "-budget", "limit": 5}. Values are the
workbook's own words, colours green, amber, red and none; null stands for an empty cell. `or_want` is a second answer
that is as good: whether what "ends before Christmas" counts what should have ended already is a matter of taste.
{"changed": {"from": "2026-10-01", "to": null, "colours": ["red"]}}: a report in those days has another overall colour
than the one before it, one of these where any are given; "since" names a body whose last meeting is the first day.
{"any_of": [want, want]}: one of them fits, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dateutil.relativedelta import relativedelta

from tests.dialogs.understanding.workbook import COLOURS, Book, Days, Row, days, parts

RHYTHM_DAYS = 28
SEVERE = 12
CLOSED = {"Afsluttet", "Stoppet"}
LIGHTS = {"overall": "Samlet", "time": "Tid", "economy": "Økonomi", "quality": "Kvalitet", "benefits": "Gevinst",
          "risk": "Risiko"}  # fmt: skip
FLAGS = ("missing_status", "stale", "late", "over_budget", "disputed", "severe_risk", "open_barrier")
AMOUNTS = ("budget", "spend", "remaining", "progress", "overrun", "consumption")
PERIODS = ("ends", "starts", "active", "milestone", "status")
FOUND_BY = ("projects", "focus_areas", "org_units", "kinds", "phases", "lead", "owner", "goals", "priority", *LIGHTS)
OTHER = ("not", "text", "sort", "limit", "include_closed", "changed", "any_of")
GRAVITY = ("green", "amber", "red")

Want = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hits:
    """`numbers` are all that fit; `keys` order them as asked, lowest first; the answer has `size` of them."""

    numbers: list[str]
    keys: dict[str, Any]
    size: int


def hits(book: Book, want: Want, today: date) -> Hits:
    """Raises ValueError when `want` holds a field that nobody knows."""
    if unknown := set(want) - {*FLAGS, *AMOUNTS, *PERIODS, *FOUND_BY, *OTHER}:
        raise ValueError(f"unknown in want: {sorted(unknown)}")
    facts = all_facts(book, today)
    found = [
        number
        for number, known in facts.items()
        if _fits(known, want) and ("changed" not in want or _changed(book, number, want["changed"], today))
    ]
    sort = str(want.get("sort", ""))
    keys = {number: _key(facts[number], sort.removeprefix("-"), sort.startswith("-")) for number in found if sort}
    ordered = sorted(found, key=lambda number: keys[number]) if sort else found
    return Hits(ordered, keys, min(want.get("limit", len(found)), len(found)))


def answer(book: Book, want: Want, today: date) -> list[str]:
    found = hits(book, want, today)
    return found.numbers[: found.size]


def figure(book: Book, spec: Want, today: date) -> float:
    """{"sum"|"average": amount} over the projects wanted, or {"share": …} in per cent of those it names."""
    numbers = answer(book, spec.get("of", {}), today)
    if "share" in spec:
        among = set(answer(book, spec["share"], today))
        return 100 * len(among & set(numbers)) / len(among)
    amount = spec.get("sum") or spec["average"]
    facts = all_facts(book, today)
    known = [value for number in numbers if (value := facts[number][amount]) is not None]
    return float(sum(known) if "sum" in spec else sum(known) / len(known))


def people(book: Book, spec: Want, today: date) -> set[str]:
    """{"lead"|"owner": want}, {"chair"|"secretary"|"members": body} or {"manager": department}."""
    ((role, of),) = spec.items()
    if role in ("lead", "owner"):
        column = "Projektleder" if role == "lead" else "Projektejer"
        return {mail for number in answer(book, of, today) if (mail := book.projects[number][column])}
    if role == "manager":
        return {book.units[of]["Leder"]}
    return set(parts(book.bodies[of][{"chair": "Formand", "secretary": "Sekretær", "members": "Medlemmer"}[role]]))


def meetings(book: Book, spec: Want, today: date) -> list[Row]:
    """Of {"bodies": […], "period": [first, last], "limit": …}; from today on where no period is given."""
    if unknown := set(spec.get("bodies", ())) - set(book.bodies):
        raise ValueError(f"no such bodies: {unknown}")
    first, last = spec.get("period", [today.isoformat(), None])
    found = [
        row
        for row in sorted(book.meetings, key=lambda row: row["Start"])
        if (not spec.get("bodies") or row["Forum"] in spec["bodies"]) and _within(row["Start"].date(), [first, last])
    ]
    return found[: spec.get("limit")]


@cache
def all_facts(book: Book, today: date) -> dict[str, Row]:
    """By the project's number."""
    return {number: _facts(book, row, today) for number, row in book.projects.items()}


def _facts(book: Book, row: Row, today: date) -> Row:
    number = row["Nr"]
    newest = max(book.reports.get(number, []), key=lambda report: report["Dato"], default=None)
    age = None if newest is None else (today - newest["Dato"].date()).days
    missing = age is None or age > RHYTHM_DAYS
    start, end = days(row["Start"]), days(row["Slut"])
    milestones = [(days(item["Dato"]), item["Nået"]) for item in book.milestones.get(number, [])]
    missed = any(due is not None and due[1] < today and not reached for due, reached in milestones)
    overrun = end is not None and end[1] < today and row["Fase"] not in CLOSED
    budget, spend = row["Budget"], row["Forbrug"]
    open_risks = [risk for risk in book.risks.get(number, []) if not risk["Lukket"]]
    return {
        "projects": {number},
        "focus_areas": {name for area in parts(row["Fokusområde"]) for name in _chain(book.areas, area, "Afløses af")},
        "org_units": set(_chain(book.units, row["Fagområde"], "Overordnet")),
        **{field: {row[column]} for field, column in ROW_FIELDS.items()},
        "goals": {int(goal) for goal in parts(row["Verdensmål"])},
        **{light: {"none" if newest is None else COLOURS[newest[column]]} for light, column in LIGHTS.items()},
        "missing_status": missing, "stale": missing and age is not None,
        "late": overrun or missed, "over_budget": None not in (budget, spend) and spend > budget,
        "severe_risk": any(risk["Type"] == "Risiko" and _score(risk) >= SEVERE for risk in open_risks),
        "open_barrier": any(risk["Type"] == "Barriere" for risk in open_risks),
        "disputed": newest is not None and row["Fase"] not in CLOSED and _disputes(book, row, newest, today),
        "budget": budget, "spend": spend, "remaining": None if None in (budget, spend) else budget - spend,
        "overrun": None if None in (budget, spend) else spend - budget,
        "consumption": 100 * spend / budget if budget and spend is not None else None,
        "progress": None if newest is None else newest["Fremdrift"],
        "status_age": 10**6 if age is None else age,
        "ends": [end[1]] if end else [], "starts": [start[0]] if start else [],
        "active": (start, end), "milestone": [due[1] for due, _ in milestones if due],
        "status": [newest["Dato"].date()] if newest else [],
        "text": " ".join(str(row[column] or "") for column in ("Nr", "Titel", "Aliaser", "Sagsnr", "Beskrivelse")),
    }  # fmt: skip


def _score(risk: Row) -> int:
    return (risk["Sandsynlighed"] or 0) * (risk["Konsekvens"] or 0)


def _disputes(book: Book, row: Row, newest: Row, today: date) -> bool:
    """Whether money, end or milestones say worse than the lead's own light, or the overall one where it is not lit."""
    budget, spend, end = row["Budget"], row["Forbrug"], days(row["Slut"])
    open_due = [days(item["Dato"]) for item in book.milestones.get(row["Nr"], []) if not item["Nået"]]
    first_due = min((due[1] for due in open_due if due), default=None)
    economy = "green"
    if None not in (budget, spend) and spend > budget:
        economy = "red" if spend - budget > min(budget * 0.1, 6_000_000) else "amber"
    missed = first_due is not None and first_due < today
    said = [
        ("Økonomi", economy),
        ("Tid", _lateness(end[1], today) if end else "green"),
        ("Tid", max(_lateness(first_due, today), "amber", key=GRAVITY.index) if missed and first_due else "green"),
    ]
    for light, colour in said:
        own = COLOURS[newest[light]] if newest[light] else COLOURS[newest["Samlet"]]
        if own != "none" and GRAVITY.index(colour) > GRAVITY.index(own):
            return True
    return False


def _lateness(planned: date, today: date) -> str:
    if today < planned + relativedelta(months=1):
        return "green"
    return "red" if today > planned + relativedelta(months=3) else "amber"


def _changed(book: Book, number: str, wanted: Row, today: date) -> bool:
    first, last = wanted.get("from"), wanted.get("to")
    if body := wanted.get("since"):
        held = [row["Start"].date() for row in book.meetings if row["Forum"] == body]
        first = max(day for day in held if day <= today).isoformat()
    before = "none"
    for report in sorted(book.reports.get(number, []), key=lambda report: report["Dato"]):
        colour = COLOURS[report["Samlet"]]
        turned = colour != before and colour in (wanted.get("colours") or (*GRAVITY, "none"))
        if turned and _within(report["Dato"].date(), [first, last]):
            return True
        before = colour
    return False


ROW_FIELDS = {"kinds": "Kategori", "phases": "Fase", "lead": "Projektleder", "owner": "Projektejer",
              "priority": "Prioritet"}  # fmt: skip


def _chain(rows: Any, name: str | None, upwards: str) -> Iterator[str | None]:
    """A name and all that stand above it; None alone for an empty cell."""
    yield name
    while name and (name := rows[name][upwards]):
        yield name


def _fits(facts: Row, want: Want) -> bool:
    asked_for_closed = CLOSED & set(want.get("phases", ())) or want.get("include_closed") or "projects" in want
    if not asked_for_closed and facts["phases"] & CLOSED:
        return False
    if any(_meets(facts, field, wanted) for field, wanted in want.get("not", {}).items()):
        return False
    if "any_of" in want and not any(_fits(facts, {"include_closed": True, **one}) for one in want["any_of"]):
        return False
    return all(_meets(facts, field, wanted) for field, wanted in want.items() if field not in OTHER or field == "text")


def _meets(facts: Row, field: str, wanted: Any) -> bool:
    value = facts[field]
    if field in FLAGS:
        return bool(value is wanted)
    if field == "text":
        return str(wanted).casefold() in value.casefold()
    if field == "active":
        return _overlaps(value, wanted)
    if field in PERIODS:
        return any(_within(day, wanted) for day in value)
    if field in AMOUNTS:
        low, high = wanted
        return value is not None and (low is None or value >= low) and (high is None or value <= high)
    return bool(value & set(wanted))


def _within(day: date, bounds: list[str | None]) -> bool:
    first, last = bounds
    return (first is None or day >= date.fromisoformat(first)) and (last is None or day <= date.fromisoformat(last))


def _overlaps(value: tuple[Days | None, Days | None], bounds: list[str]) -> bool:
    start, end = value
    if start is None or end is None:
        return False
    return start[0] <= date.fromisoformat(bounds[1]) and date.fromisoformat(bounds[0]) <= end[1]


COLOUR_ORDER = ("red", "amber", "none", "green")


def _key(facts: Row, field: str, descending: bool) -> tuple[bool, Any]:
    """What has no value comes last either way."""
    if field == "colour":
        value: Any = COLOUR_ORDER.index(next(iter(facts["overall"])))
    elif field in ("start", "end"):
        value = facts[f"{field}s"][0].toordinal() if facts[f"{field}s"] else None
    else:
        value = facts[field]
    return value is None, 0 if value is None else -value if descending else value
