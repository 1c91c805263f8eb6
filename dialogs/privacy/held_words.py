"""Words for what is held on a person: what it is, what for, and how long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from json import dumps
from typing import Any

from dialogs.privacy.keeping_words import how_long
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from portfolio.organisation import Role, Standing
from portfolio.privacy.held import Holding
from portfolio.privacy.keeping import For

# A report is at most so long; other values are far shorter.
_LONGEST_VALUE = 4000


def kept_words(holding: Holding, audience: Audience) -> str:
    """Tells the time after which a row of theirs is forgotten; whoever is only mentioned has none."""
    is_timed = holding.values.get("standing") != Standing.MENTIONED.value
    told = [kept for kept in holding.kept if isinstance(kept, For) is is_timed] or holding.kept
    return "; ".join(how_long(holding.table, kept, audience.texts) for kept in told)


def holding_words(holding: Holding, audience: Audience) -> str:
    """ "P001: projektleder", "navn: Søren Æbelø · e-mail: …", "P001 · 09-06-2026 · kommentar: …" """
    values = holding.values or {**holding.key, **dict.fromkeys(holding.parts), **holding.texts}
    return " · ".join(_named(name, value, holding, audience) for name, value in values.items())


def _named(name: str, value: Any, holding: Holding, audience: Audience) -> str:
    if name not in holding.values and name not in holding.parts and name not in holding.texts:
        return _value_words("project" if holding.table == "projects" else name, value, audience)
    label = audience.texts.say(f"held_column.{name}")
    if name in holding.parts:
        return label
    return audience.texts.say("audit_show.detail", name=label, value=_value_words(name, value, audience))


def _value_words(name: str, value: Any, audience: Audience) -> str:
    texts = audience.texts
    match value:
        case str() if name == "id":
            return value
        case str() if name == "project":
            return one_line(f"{value} {audience.names.project(value)}", _LONGEST_VALUE)
        case bool():
            return texts.say("held_value.yes" if value else "held_value.no")
        case datetime():
            return f"{value.astimezone(audience.now.tzinfo):%d-%m-%Y %H.%M}"
        case date():
            return f"{value:%d-%m-%Y}"
        case list() | tuple():
            return ", ".join(_value_words(name, one, audience) for one in value)
        case Mapping():
            return one_line(dumps(value, ensure_ascii=False), _LONGEST_VALUE)
        case str() if name == "roles":
            return texts.name("role", Role(value))
        case str() if name == "standing":
            return texts.name("standing", Standing(value))
    return one_line(audience.person(str(value)), _LONGEST_VALUE)
