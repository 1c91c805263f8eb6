"""Questions to try, made of names that this portfolio has."""

from __future__ import annotations

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line

LONGEST_NAME = 80


def examples(audience: Audience) -> tuple[str, str, str]:
    """Return three questions that can be answered here."""
    texts = audience.texts
    return (
        focus_example(audience) or texts.say("example.projects"),
        project_example(audience) or texts.say("example.missing"),
        texts.say("example.red"),
    )


def focus_example(audience: Audience) -> str | None:
    """Ask for a focus area that is still in force."""
    areas = audience.names.vocabulary.focus_areas
    current = [area.name for area in areas if area.replaced_by is None]
    return _with_name("example.focus_area", current, audience)


def project_example(audience: Audience) -> str | None:
    return _with_name("example.project", _running_projects(audience), audience)


def trend_example(audience: Audience) -> str | None:
    return _with_name("example.trend", _running_projects(audience), audience)


def lead_example(audience: Audience) -> str | None:
    return _with_name("example.lead", _running_projects(audience)[1:], audience)


def _running_projects(audience: Audience) -> list[str]:
    return [project.title for project in audience.names.vocabulary.projects if not project.is_closed]


def unit_example(audience: Audience) -> str | None:
    return _with_name(
        "example.unit", [unit.name for unit in audience.names.vocabulary.org_units if unit.parent], audience
    )


def body_example(audience: Audience) -> str | None:
    return _with_name("example.body", [body.name for body in audience.names.vocabulary.bodies], audience)


def _with_name(key: str, names: list[str], audience: Audience) -> str | None:
    """Fill in the first name that fits on a button; return None when there is none."""
    short = [name for name in names if len(name) <= LONGEST_NAME]
    return audience.texts.say(key, name=one_line(short[0])) if short else None
