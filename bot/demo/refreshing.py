"""Cards that people have their own view of: Teams' programs ask the bot for it by themselves, and so does the page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import structlog
from aiohttp import web

from bot.demo.buttons import CARD, named_action
from bot.demo.conversations import Activity, Conversation, Member
from bot.demo.delivery import Delivery, NotTakenError, own_address

MOST_VIEWERS = 60
# A program hears of a card after about so long; the bot has noted by then that it was sent.
PAUSE_SECONDS = 0.3

log = structlog.get_logger()


class Refreshing:
    """Gives each of the members that a card names their own view of it, while they have the page open."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._under_way: set[asyncio.Task[None]] = set()

    def posted(self, request: web.Request, conversation: Conversation, activity_id: str) -> None:
        """Follows a card that was sent or changed, for all."""
        shown = conversation.for_all().get(activity_id)
        if shown is not None:
            self._begin(request, conversation, [shown], conversation.present, PAUSE_SECONDS)

    def opened(self, request: web.Request, conversation: Conversation, member: Member) -> None:
        """Gives somebody who came to the page their own views."""
        self._begin(request, conversation, conversation.for_all().values(), {member.id})

    async def close(self, _: Any) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _begin(
        self,
        request: web.Request,
        conversation: Conversation,
        cards: Iterable[Activity],
        present: set[str],
        pause: float = 0.0,
    ) -> None:
        asking = [(shown, action, viewers) for shown in cards for action, viewers in _own_view_actions(shown)]
        with suppress(NotTakenError):  # who sent the request has hung up
            if asking:
                work = self._refresh(own_address(request), conversation, asking, present, pause)
                task = asyncio.create_task(work)
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def _refresh(
        self,
        address: str,
        conversation: Conversation,
        cards: list[tuple[Activity, Activity, list[str]]],
        present: set[str],
        pause: float,
    ) -> None:
        await asyncio.sleep(pause)
        for shown, action, viewers in cards:
            for viewer in viewers:
                member = conversation.members.get(viewer)
                is_newest = conversation.for_all().get(shown["id"]) is shown
                if member and viewer in present and is_newest:
                    await self._show_own(address, conversation, member, shown["id"], action)

    async def _show_own(
        self, address: str, conversation: Conversation, member: Member, activity_id: str, action: Activity
    ) -> None:
        """Shows the member's view, unless the card was changed, or answered a button, while the bot was asked."""
        before = conversation.view_of(activity_id, member)
        try:
            own = await self._delivery.own_view(address, conversation, member, activity_id, action)
        except NotTakenError:
            log.warning("own_view_not_given")
            return
        if own is not None and conversation.view_of(activity_id, member) is before:
            await conversation.replace(activity_id, own, member.id)


def _own_view_actions(shown: Activity) -> Iterable[tuple[Activity, list[str]]]:
    """Yields the action that gives a person's own view, and the ids of those it is for, of each card that has such."""
    for attachment in shown.get("attachments") or []:
        card = attachment.get("content")
        refresh = card.get("refresh") if attachment.get("contentType") == CARD and isinstance(card, Mapping) else None
        if isinstance(refresh, Mapping) and isinstance(refresh.get("action"), Mapping):
            viewers = [str(viewer) for viewer in refresh.get("userIds") or []]
            yield named_action(refresh["action"]), viewers[:MOST_VIEWERS]
