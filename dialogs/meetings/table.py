"""Meetings as a table."""

from __future__ import annotations

from datetime import datetime

from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience
from dialogs.turn.table import MOST_ROWS, Column, Table, table

_COLUMNS = (Column.BODY, Column.MEETING_START, Column.MEETING_END, Column.LOCATION, Column.TOPIC)


async def meetings_table(asking: Asking) -> Table:
    audience = asking.audience
    page = await asking.reader.meetings(asking.question, audience.now, size=MOST_ROWS)
    rows = (
        (one.body, _here(one.start, audience), _here(one.end, audience), one.place, one.topic) for one in page.meetings
    )
    return table(_COLUMNS, rows, audience)


def _here(moment: datetime | None, audience: Audience) -> datetime | None:
    """The time by the reader's clock, which a cell can't say."""
    return moment.astimezone(audience.now.tzinfo).replace(tzinfo=None) if moment else None
