"""Questions to try, made of names that this portfolio has, and of what its reader has a part in."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.turn.audience import Audience, Scope
from dialogs.turn.readings import Grasped, Unclear
from dialogs.values.plain import one_line
from portfolio.identity import PersonId
from portfolio.organisation import Person, Role
from portfolio.projects.status import Rag
from portfolio.rights import is_portfolio_office

LONGEST_NAME = 80
_MANAGERS = frozenset({Role.MANAGER, Role.HEAD, Role.DIRECTOR})
# The names that a question may be made of, and the texts of those questions, the nearest first.
_ASKED_OF = {
    "projects": ("project", "lead"),
    "org_units": ("in_unit", "unit_red"),
    "focus_areas": ("focus_area",),
    "lead": ("led_by",),
    "bodies": ("body",),
}
NAMED = frozenset(_ASKED_OF)
_COUNTED = {"org_units": ("unit",), "focus_areas": ("count_area",)}
_FLAGGED = {"late": "late", "missing_status": "missing", "over_budget": "over_budget", "disputed": "disputed"}


def examples(audience: Audience) -> tuple[str, str, str]:
    """Return three questions that can be answered here: what is the reader's own first, but for where others read."""
    own, texts = own_examples(audience)[:2], audience.texts
    known = example("example.focus_area", audience) or texts.say("example.projects")
    about = example("example.project", audience) or texts.say("example.missing")
    red = texts.say("example.red")
    general = (red, known, about) if own else (known, about, red)
    first, second, third = tuple(dict.fromkeys((*own, *general)))[:3]
    return first, second, third


def own_examples(audience: Audience) -> tuple[str, ...]:
    """Return the questions that follow from the part that the reader has here; none where others read along."""
    asker = audience.asker
    if asker is None or audience.scope is not Scope.PERSONAL:
        return ()
    return tuple(dict.fromkeys(_own(asker, audience)))


def _own(asker: Person, audience: Audience) -> Iterator[str]:
    say, vocabulary = audience.texts.say, audience.names.vocabulary
    if asker.id in vocabulary.leads:
        yield from (say("example.duties"), say("example.mine"))
    if is_portfolio_office(asker):
        yield from (say("example.missing"), say("example.preview"))
    if unit := _managed(asker, audience):
        yield from (say("example.unit_red", name=unit), say("example.unit_missing", name=unit))
    if asker.id in vocabulary.owners:
        yield say("example.owned")
    if body := next((body.name for body in vocabulary.bodies if body.has(asker.id) and _fits(body.name)), None):
        yield say("example.body", name=one_line(body))
    if asker.unit and _is_unit(asker.unit, audience):
        yield say("example.in_unit", name=one_line(asker.unit))
    yield say("example.rights")


def _managed(asker: Person, audience: Audience) -> str | None:
    """The department that somebody heads."""
    units = audience.names.vocabulary.org_units
    headed = [unit.name for unit in units if unit.manager == asker.id]
    headed += [asker.unit] if asker.unit and not _MANAGERS.isdisjoint(asker.roles) else []
    return next((one_line(name) for name in headed if _is_unit(name, audience)), None)


def _is_unit(name: str, audience: Audience) -> bool:
    return _fits(name) and any(unit.name == name for unit in audience.names.vocabulary.org_units)


def _fits(name: str) -> bool:
    return len(name) <= LONGEST_NAME


def example(key: str, audience: Audience) -> str | None:
    """Fill in the first name that fits on a button; return None when there is none. Focus areas and projects are those
    still in force."""
    vocabulary = audience.names.vocabulary
    running = [project.title for project in vocabulary.projects if not project.is_closed]
    names = {
        "example.focus_area": [area.name for area in vocabulary.focus_areas if area.replaced_by is None],
        "example.project": running,
        "example.trend": running,
        "example.lead": running[1:],
        "example.unit": [unit.name for unit in vocabulary.org_units if unit.parent],
        "example.body": [body.name for body in vocabulary.bodies],
    }
    short = [name for name in names[key] if _fits(name)]
    return audience.texts.say(key, name=one_line(short[0])) if short else None


def nearest(unclear: Unclear, audience: Audience) -> Iterator[str]:
    """Questions made of what was understood of a message, and then of names that look like what wasn't, the nearest
    first. Whether each can be answered is still to be tried."""
    say = audience.texts.say
    counts = Grasped("ask", "count") in unclear.grasped
    said = {one.value for one in unclear.grasped if one.field in ("overall", "flag")}
    units = [one.value for one in unclear.grasped if one.field == "org_units" and _fits(one.value)]
    if Rag.RED in said and units:
        yield say("example.unit_red", name=one_line(units[0]))
    if "missing_status" in said and units:
        yield say("example.unit_missing", name=one_line(units[0]))
    things = [one for one in (*unclear.grasped, *unclear.near) if one.field in NAMED]
    for at in range(2):
        for one in things:
            keys = (*(_COUNTED.get(one.field, ()) if counts else ()), *_ASKED_OF[one.field])
            name = named(one, audience)
            if at < len(keys) and _fits(name):
                yield say(f"example.{keys[at]}", name=one_line(name))
    for one in unclear.grasped:
        if one.field == "overall":
            yield say(f"example.{one.value}")
        elif one.field == "flag" and one.value in _FLAGGED:
            yield say(f"example.{_FLAGGED[one.value]}")
        elif one.field == "word":
            yield say("example.means", name=one_line(one.words))


def named(one: Grasped, audience: Audience) -> str:
    """The name of a thing that was named."""
    if one.field == "projects":
        return audience.names.project(one.value)
    return audience.person(PersonId(one.value)) if one.field == "lead" else one.value
