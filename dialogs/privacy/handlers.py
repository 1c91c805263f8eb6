"""Says what is held on the one who asks, and who looked at it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dialogs.privacy.held_card import HeldOnYou
from dialogs.privacy.orders import ShowHeld, WhoHasSeen
from dialogs.privacy.seen_card import SeenBy
from dialogs.turn.answer import Answer
from dialogs.turn.visit import Visit
from portfolio.audit import LOOKS
from portfolio.identity import PersonId
from portfolio.organisation import Role
from portfolio.privacy.held import Holdings
from portfolio.rights import is_portfolio_office

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


async def show_held(visit: Visit, _order: ShowHeld) -> Answer:
    return HeldOnYou(await held_on(visit), guardians(visit))


async def held_on(visit: Visit) -> Holdings:
    held = await visit.stores.held.held_on(visit.person.id)
    return held or Holdings(visit.person, ())  # erased this moment


def guardians(visit: Visit) -> tuple[PersonId, ...]:
    """Lists those who are asked about the rights that people have: the data protection officers, else the portfolio
    office; not the visitor."""
    others = [person for person in visit.audience.names.vocabulary.people if person.id != visit.person.id]
    officers = [person.id for person in others if Role.DPO in person.roles]
    return tuple(officers or [person.id for person in others if is_portfolio_office(person)])
