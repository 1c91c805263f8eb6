"""Questions to try, made of names that this portfolio has."""

from __future__ import annotations

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line

LONGEST_NAME = 80


def examples(audience: Audience) -> tuple[str, str, str]:
    """Return three questions that can be answered here."""
    texts = audience.texts
    return (
        example("example.focus_area", audience) or texts.say("example.projects"),
        example("example.project", audience) or texts.say("example.missing"),
        texts.say("example.red"),
    )


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
    short = [name for name in names[key] if len(name) <= LONGEST_NAME]
    return audience.texts.say(key, name=one_line(short[0])) if short else None
