"""Says who looked at what is held on the one who asks."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dialogs.privacy.orders import WhoHasSeen
from dialogs.privacy.seen_card import SeenBy
from dialogs.turn.answer import Answer
from dialogs.turn.visit import Visit
from portfolio.audit import LOOKS

LOOKED_BACK = timedelta(days=365)


async def who_has_seen(visit: Visit, order: WhoHasSeen) -> Answer:
    """Shows the days that are named, a year where none are."""
    last = None if order.last is None else min(order.last, visit.today)
    first = order.first or (last or visit.today) - LOOKED_BACK
    since = datetime.combine(first, time.min, visit.now.tzinfo)
    looks = await visit.stores.audit.done_about(visit.person.id, LOOKS, since)
    zone = visit.now.tzinfo
    until_then = [look for look in looks if last is None or look.at.astimezone(zone).date() <= last]
    return SeenBy(until_then, first, last)
