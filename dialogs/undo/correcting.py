"""What was just stored is said anew: "nej, jeg mente uge 51"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.turn.orders import Effect, Order
from dialogs.turn.readings import Reading
from dialogs.turn.visit import Visit
from dialogs.understanding.following.said import Said
from dialogs.undoable import WayBack
from portfolio.deeds import Deed
from portfolio.status.reporting import Overtaken, ProjectClosed


async def corrected(
    visit: Visit, said: Said, ways: Mapping[str, WayBack], read: Callable[[str], Reading]
) -> Order | None:
    """Return the order that the correction gives in the place of the one that was just done, and take that back where
    the new one is done at once; None where it corrects nothing that was stored."""
    if not said.has("correct", "replace") or not said.rest:
        return None
    deed = await _just_done(visit)
    anew = ways[deed.kind].anew if deed else None
    lead = anew.lead(visit.audience, deed.data) if deed and anew else None
    if deed is None or anew is None or lead is None:
        return None
    order = read(f"{lead} {said.rest}")
    if not isinstance(order, anew.order) or order == read(lead) or getattr(order, "unknown", None):
        return None
    if order.effect is Effect.AT_ONCE:
        await _take_back(visit, deed, ways[deed.kind])
    return order


async def _just_done(visit: Visit) -> Deed | None:
    """Return the last thing that the person had stored, where nothing was answered since."""
    done = await visit.stores.deeds.recent(visit.person.id)
    if not done or done[0].is_undone or done[0].is_late(visit.now):
        return None
    last = await visit.stores.memory.last(visit.person.id, visit.conversation)
    return done[0] if last is None or last.at <= done[0].at else None


async def _take_back(visit: Visit, deed: Deed, way: WayBack) -> None:
    """Takes it back, unless it was changed since: then the new order alone counts."""
    if way.undo is None:
        return
    try:
        await way.undo(visit, deed.data)
    except (Overtaken, ProjectClosed):
        return
    await visit.stores.deeds.undone(deed.id)
