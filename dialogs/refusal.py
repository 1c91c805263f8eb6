"""Saying no to what a person may not do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.button import Thing
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Visit
from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId


class Why(StrEnum):
    """Reasons why a button is refused: its data is no button's, what it names isn't there, or is others'."""

    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    OTHERS = "others"


class ForbiddenButton(Exception):  # noqa: N818 - reads as what it tells
    """A button names what isn't there, or isn't this person's to touch; `answer` says so, else that it is old."""

    def __init__(self, thing: Thing, why: Why, answer: Answer | None = None) -> None:
        super().__init__(thing, why)
        self.thing = thing
        self.why = why
        self.answer = answer


async def refuse(
    visit: Visit,
    action: Action,
    values: Mapping[str, str] | None = None,
    may: Iterable[PersonId | None] = (),
    *,
    project: str | None = None,
    detail: Mapping[str, str] | None = None,
) -> Remark:
    """Writes the attempt down and says who may instead: the people in `may`, and the portfolio office.
    The texts are in the section `remark` under the action's code, with `values`; `detail` is what the audit log says of
    the attempt beside `project`."""
    await visit.stores.audit.note(AuditEntry(visit.now, visit.person.id, action, project, detail or {}))
    people = tuple(dict.fromkeys(one for one in may if one))
    return Remark(action.value, values or {}, people, is_refusal=True, refusal=Refusal.FORBIDDEN)


async def note_refused(visit: Visit, detail: Mapping[str, str]) -> None:
    """Writes down that a button was pressed that this person was never given."""
    await visit.stores.audit.note(AuditEntry(visit.now, visit.person.id, Action.BUTTON_REFUSED, detail=detail))
