"""The addresses where people can be reached, written down only when there is something new to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from portfolio.conversations import ConversationReference, without_thread
from portfolio.identity import PersonId
from portfolio.ports.conversations import ConversationStore

REMEMBERED = 10_000
# Teams' own address in every region.
EVERYWHERE = "https://smba.trafficmanager.net/teams/"
# Another process may have removed it.
WRITTEN_AGAIN = timedelta(minutes=1)


class References:
    """Most messages tell nothing new of their conversation, and then cost no write."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store
        self._written: dict[tuple[str, str], ConversationReference] = {}

    async def heard_from(self, reference: ConversationReference) -> None:
        known = self._written.get((reference.tenant, reference.conversation))
        if known is None or not _same(known, reference):
            await self.save(reference)

    async def save(self, reference: ConversationReference) -> None:
        """Writes the reference, always: another process may have removed it. A thread tells of its channel, too."""
        await self._store.save_reference(reference)
        if len(self._written) >= REMEMBERED:
            self._written.clear()
        self._written[reference.tenant, reference.conversation] = reference
        channel = without_thread(reference.conversation)
        if channel != reference.conversation:
            await self.save(replace(reference, conversation=channel))

    async def remove(self, reference: ConversationReference) -> None:
        self._written.pop((reference.tenant, reference.conversation), None)
        await self._store.remove_reference(reference.tenant, reference.conversation)

    async def uninstall(self, reference: ConversationReference) -> None:
        """Forgets the conversation and, in a team, all of the team's channels."""
        await self.remove(reference)
        if reference.team is not None:
            team = _team_of(reference)
            for key in [key for key, written in self._written.items() if _team_of(written) == team]:
                del self._written[key]
            await self._store.remove_team(reference.tenant, reference.team)

    async def welcome_once(self, reference: ConversationReference) -> bool:
        """True exactly once for each conversation."""
        return await self._store.welcome_once(reference.tenant, reference.conversation)

    async def of_person(self, person: PersonId) -> list[ConversationReference]:
        """Returns the person's own chats, the latest heard from first."""
        return await self._store.references_of(person)

    async def service_url(self) -> str:
        """Returns where a chat can be begun with somebody who never wrote: where others write from."""
        latest = await self._store.latest_reference()
        return latest.service_url if latest else EVERYWHERE

    async def of_conversation(self, conversation: str) -> ConversationReference | None:
        return await self._store.reference(conversation)


def _team_of(reference: ConversationReference) -> tuple[str, str | None]:
    return reference.tenant, reference.team


def _same(known: ConversationReference, heard: ConversationReference) -> bool:
    return known == replace(heard, seen_at=known.seen_at) and heard.seen_at - known.seen_at < WRITTEN_AGAIN
