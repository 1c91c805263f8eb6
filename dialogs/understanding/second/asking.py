"""Puts a message to a language model: what it is told to do, and the form that an answer has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from dialogs.texts import LANGUAGES, Texts
from portfolio.questions.catalogue import ATTRIBUTES, CONSUMPTION, SORTS, Attribute, Kind
from portfolio.questions.question import FigureKind, PeopleRole, Target

Schema = Mapping[str, Any]

# What can be asked by tests of attributes alone; the rest is told in so few words that it is understood anyway.
TARGETS = {
    Target.PROJECTS: "a list of projects",
    Target.PROJECT: "everything of the one project named",
    Target.COUNT: "how many projects",
    Target.FIGURE: "one `figure` of projects",
    Target.GROUPS: "projects divided by `group_by`, each group measured by `figure` (a count if left out)",
    Target.FIELD: "one `fact` of the one project named",
    Target.PEOPLE: "those who have a part (`people`) in the projects, bodies or departments",
    Target.MILESTONES: "milestones of projects",
    Target.BENEFITS: "benefits of projects",
    Target.OBSTACLES: "risks and barriers of projects",
    Target.MEETINGS: "meetings of bodies",
}
FIGURES = tuple(kind for kind in FigureKind if kind is not FigureKind.SHARE)
# What was spent in per cent of the budget is no amount to be added up: it is the ratio.
MEASURED = tuple(one.name for one in ATTRIBUTES.values() if one.is_amount and one is not CONSUMPTION)
TESTED = {one.name: one for one in ATTRIBUTES.values() if one.kind is not Kind.TEXT}
NAMED = frozenset({Kind.NAME, Kind.PERSON})
MOST_TESTS, MOST_HITS = 12, 500

# Those that no card calls by a word, since it says them in a sentence.
_MEANT = {
    "active": "days on which the project runs",
    "status": "day of the latest status",
    "meeting": "day of the meeting",
    "due": "day on which the milestone is due",
    "reached_on": "day on which it was reached",
    "follow_up": "day on which the benefit is followed up",
}
_FORMS = {
    Kind.NAME: "names",
    Kind.PERSON: "names of people",
    Kind.FLAG: "true",
    Kind.DAYS: "from first to last day",
    Kind.MONEY: "kroner",
    Kind.PERCENT: "per cent",
}


@dataclass(frozen=True, slots=True)
class Enquiry:
    """The whole of what is sent: the task, the message with its day, and the JSON schema of an answer."""

    task: str
    message: str
    schema: Schema


def enquiry(text: str, today: date) -> Enquiry:
    told = {"today": today.isoformat(), "message": text}
    return Enquiry(task(), json.dumps(told, ensure_ascii=False), schema())


@cache
def task() -> str:
    """Return the same for all messages, so that a server needs to read it only once."""
    targets = [f"- {target.value}: {meaning}" for target, meaning in TARGETS.items()]
    attributes = [f"- {one.name} ({one.subject.value}; {_form(one)}): {_meaning(one)}" for one in TESTED.values()]
    told = resources.files(__package__).joinpath("task.txt").read_text("utf-8").rstrip()
    return "\n".join([told, "Targets:", *targets, "Attributes:", *attributes])


def _form(attribute: Attribute) -> str:
    return " ".join(map(str, attribute.possible)) or _FORMS[attribute.kind]


def _meaning(attribute: Attribute) -> str:
    keys = [f"{section}.{attribute.name}" for section in ("field", "fact", "amount")]
    known = [Texts.of(language) for language in LANGUAGES]
    words = [next((texts.say(key) for key in keys if texts.has(key)), None) for texts in known]
    return ", ".join(dict.fromkeys(word for word in words if word)) or _MEANT[attribute.name]


@cache
def schema() -> Schema:
    test = _object(**{name: _held(attribute) for name, attribute in TESTED.items()})
    tests = _listed({"$ref": "#/$defs/test"})
    properties = {
        "target": {"enum": [*(target.value for target in TARGETS), "none"]},
        "where": tests,
        "where_not": tests,
        "any_of": _listed(tests),
        "figure": _object("kind", kind={"enum": [kind.value for kind in FIGURES]}, amount={"enum": list(MEASURED)}),
        "group_by": {"enum": [one.name for one in ATTRIBUTES.values() if one.groups]},
        "fact": {"enum": [one.name for one in ATTRIBUTES.values() if one.fact]},
        "people": {"enum": [role.value for role in PeopleRole]},
        "sort": _object("field", field={"enum": list(SORTS)}, descending={"type": "boolean"}),
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_HITS},
        "include_closed": {"type": "boolean"},
    }
    return {**_object("target", **properties), "$defs": {"test": test}}


def _held(attribute: Attribute) -> Schema:
    match attribute.kind:
        case Kind.FLAG:
            return {"const": True}
        case Kind.DAYS:
            day = {"type": "string", "format": "date"}
            held = _object(first=day, last=day)
        case Kind.MONEY | Kind.PERCENT:
            held = _object(at_least={"type": "number"}, at_most={"type": "number"})
        case _:
            return _listed({"enum": list(attribute.possible)} if attribute.possible else {"type": "string"})
    return {"anyOf": [held, _listed({}, 0)]} if attribute.may_lack else held


def _object(*required: str, **properties: Schema) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def _listed(items: Schema, most: int = MOST_TESTS) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "items": items}
