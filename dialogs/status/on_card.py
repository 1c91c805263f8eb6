"""A line that is written while a status form stands on its card: "gul, vi mangler folk"."""

from __future__ import annotations

from datetime import timedelta

from dialogs.forms.waiting import asks
from dialogs.status.form import STATUS
from dialogs.turn.orders import ReportStatus
from dialogs.turn.visit import Visit
from dialogs.understanding.status.line import leads_off

# A colour that is written later than this is a question of its own.
TIME_TO_TELL = timedelta(minutes=10)


async def told_on_card(visit: Visit, text: str) -> ReportStatus | None:
    """Return the status that the line tells, where the card was the last that the person was answered there."""
    said = text.strip()
    if asks(said) or said.endswith("?") or not leads_off(said, visit.today):
        return None
    drafts = await visit.stores.drafts.unfinished(visit.person.id, visit.conversation)
    if not drafts or drafts[0].kind != STATUS or visit.now - drafts[0].touched_at > TIME_TO_TELL:
        return None
    last = await visit.stores.memory.last(visit.person.id, visit.conversation)
    is_last = last is None or last.at <= drafts[0].touched_at
    return ReportStatus((drafts[0].subject,), line=said) if is_last else None
