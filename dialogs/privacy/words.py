"""Words for lines of the audit log: who it was, and what they did. What isn't known any more is said so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_NAME
from portfolio.audit import EVERYBODY, Action, AuditRecord, Seen
from portfolio.identity import BY_IMPORT, BY_ITSELF, BY_OPERATOR, OUTSIDER

STANDS_FOR = {
    BY_ITSELF: "tovholder",
    BY_IMPORT: "import",
    BY_OPERATOR: "operator",
    OUTSIDER: "outsider",
    EVERYBODY: "everybody",
}
# The names in a detail that hold people; a recipient may be a body too.
PEOPLE = ("person", "people", "lead", "deputy", "from", "to", "recipient")
DETAILS = frozenset({
    *PEOPLE, "what", "day", "first", "last", "until", "start", "moved_to", "meeting", "version", "overall", "before",
    "language", "round", "body", "kind", "subject", "occasion", "days", "conversation", "run", "messages", "verb",
    "form", "added", "changed", "reason", "account", "fields", "mentioned",
})  # fmt: skip
_LONGEST_VALUE = 200


def who_words(person: str, audience: Audience) -> str:
    """Say who it was."""
    if person in STANDS_FOR:
        return audience.texts.say(f"audit_who.{STANDS_FOR[person]}")
    return one_line(audience.person(person), LONGEST_NAME)


def seen_words(detail: Mapping[str, Any], audience: Audience) -> str:
    """Say what was looked at."""
    what = detail.get("what")
    return audience.texts.name("seen", Seen(what)) if what in set(Seen) else audience.texts.say("audit_show.seen")


def line_words(record: AuditRecord, audience: Audience) -> str:
    """ "1234 · 09-06-2026 10.30.00 · Søren Æbelø: meldte status · P001 · dag: 2026-06-09" """
    say = audience.texts.say
    at = record.at.astimezone(audience.now.tzinfo) if record.at else None
    when = f"{at:%d-%m-%Y %H.%M.%S}" if at else say("audit_show.unreadable")
    known = record.action in set(Action)
    action = audience.texts.name("audit_action", Action(record.action)) if known else one_line(record.action, 40)
    did = say("audit_show.did", who=who_words(record.by, audience), what=action)
    details = say("audit_show.unreadable") if record.detail is None else _details(record.detail, audience)
    parts = (str(record.number), when, did, one_line(record.project or "", _LONGEST_VALUE), details)
    return " · ".join(part for part in parts if part)


def line_document(record: AuditRecord, audience: Audience) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "number": record.number,
        "at": record.at.astimezone(audience.now.tzinfo).isoformat() if record.at else None,
        "by": record.by,
        "name": who_words(record.by, audience),
        "action": record.action,
        "project": record.project,
        "detail": record.detail,
    }


def _details(detail: Mapping[str, Any], audience: Audience) -> str:
    return " · ".join(
        audience.texts.say("audit_show.detail", name=_label(name, audience), value=_value(name, value, audience))
        for name, value in detail.items()
        if value not in ("", [])
    )


def _label(name: str, audience: Audience) -> str:
    return audience.texts.say(f"audit_detail.{name}") if name in DETAILS else one_line(name, 40)


def _value(name: str, value: object, audience: Audience) -> str:
    values = value if isinstance(value, list) else [value]
    if name in PEOPLE:
        return ", ".join(who_words(str(one), audience) for one in values)
    return one_line(", ".join(map(str, values)), _LONGEST_VALUE)
