"""The members of a conversation, with the ids that Teams knows them by."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from bot.teams.messenger import Messenger
from bot.teams.recent import Recent
from portfolio.conversations import ConversationReference

REMEMBERED_SECONDS = 60.0
REMEMBERED = 50


class Rosters:
    """Reads rosters. A reading holds for a minute, and those who ask meanwhile share it: when a card changes, everyone
    in a group may ask for their own view of it in the same second."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._known: Recent[Mapping[str, str]] = Recent(REMEMBERED, REMEMBERED_SECONDS)
        self._reading: dict[str, asyncio.Task[Mapping[str, str]]] = {}

    async def of(self, reference: ConversationReference) -> Mapping[str, str]:
        """Returns the members' ids by Entra id. Raises SendError."""
        room = reference.conversation.partition(";")[0]  # all threads of a channel have the same members
        if (known := self._known.get(room)) is not None:
            return known
        reading = self._reading.get(room)
        if reading is None:
            reading = self._reading[room] = asyncio.create_task(self._read(reference.service_url, room))
            reading.add_done_callback(lambda _: self._reading.pop(room))
        return await asyncio.shield(reading)

    async def _read(self, service_url: str, room: str) -> Mapping[str, str]:
        ids = _ids(await self._messenger.members(service_url, room))
        self._known.put(room, ids)
        return ids


def _ids(members: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for member in members:
        entra_id, account = member.get("aadObjectId") or member.get("objectId"), member.get("id")
        if isinstance(entra_id, str) and isinstance(account, str):
            ids[entra_id.lower()] = account
    return ids
