"""Questions to try, made of names that this portfolio has."""

from __future__ import annotations

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line

LONGEST_NAME = 80


def examples(audience: Audience) -> tuple[str, str, str]:
    """Three that can be answered here."""
    texts = audience.texts
    return (
        focus_example(audience) or texts.say("example.projects"),
        project_example(audience) or texts.say("example.missing"),
        texts.say("example.red"),
    )


def focus_example(audience: Audience) -> str | None:
    """With a focus area that is still in force."""
    areas = audience.names.vocabulary.focus_areas
    current = [area.name for area in areas if area.replaced_by is None]
    return _named("example.focus_area", current, audience)


def project_example(audience: Audience) -> str | None:
    running = [project.title for project in audience.names.vocabulary.projects if not project.is_closed]
    return _named("example.project", running, audience)


def trend_example(audience: Audience) -> str | None:
    running = [project.title for project in audience.names.vocabulary.projects if not project.is_closed]
    return _named("example.trend", running, audience)


def lead_example(audience: Audience) -> str | None:
    running = [project.title for project in audience.names.vocabulary.projects if not project.is_closed]
    return _named("example.lead", running[1:], audience)


def unit_example(audience: Audience) -> str | None:
    return _named("example.unit", [unit.name for unit in audience.names.vocabulary.org_units if unit.parent], audience)


def body_example(audience: Audience) -> str | None:
    return _named("example.body", [body.name for body in audience.names.vocabulary.bodies], audience)


def _named(key: str, names: list[str], audience: Audience) -> str | None:
    """With the first name that fits on a button; None without one."""
    short = [name for name in names if len(name) <= LONGEST_NAME]
    return audience.texts.say(key, name=one_line(short[0])) if short else None
