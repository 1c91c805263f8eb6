"""The members of a conversation, with the ids that Teams knows them by."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bot.teams.messenger import Messenger
from portfolio.conversations import ConversationReference

REMEMBERED_SECONDS = 60.0
REMEMBERED = 50


class _Known(NamedTuple):
    ids: Mapping[str, str]
    until: float


class Rosters:
    """Reads rosters. A reading holds for a minute, and those who ask meanwhile share it: when a card changes, everyone
    in a group may ask for their own view of it in the same second."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._reading: dict[str, asyncio.Task[Mapping[str, str]]] = {}

    async def of(self, reference: ConversationReference) -> Mapping[str, str]:
        """Returns the members' ids by Entra id. Raises SendError."""
        room = reference.conversation.partition(";")[0]  # all threads of a channel have the same members
        known = self._known.get(room)
        if known is not None and known.until > asyncio.get_running_loop().time():
            return known.ids
        reading = self._reading.get(room)
        if reading is None:
            reading = self._reading[room] = asyncio.create_task(self._read(reference.service_url, room))
            reading.add_done_callback(lambda _: self._reading.pop(room))
        return await asyncio.shield(reading)

    async def _read(self, service_url: str, room: str) -> Mapping[str, str]:
        ids = _ids(await self._messenger.members(service_url, room))
        self._known[room] = _Known(ids, asyncio.get_running_loop().time() + REMEMBERED_SECONDS)
        self._known.move_to_end(room)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return ids


def _ids(members: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for member in members:
        entra_id, account = member.get("aadObjectId") or member.get("objectId"), member.get("id")
        if isinstance(entra_id, str) and isinstance(account, str):
            ids[entra_id.lower()] = account
    return ids
