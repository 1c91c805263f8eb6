"""Conversations and activities that were seen."""

from __future__ import annotations

from typing import Any, Protocol

from portfolio.conversations import Answer, ConversationReference
from portfolio.identity import PersonId


class ConversationStore(Protocol):
    """Remembers conversations, and the activities that were seen in them."""

    async def first_sight(self, activity_key: str) -> bool:
        """True exactly once for each key, however many ask at once."""

    async def remember_answer(self, activity_key: str, status: int, body: dict[str, Any] | None) -> None:
        """Stores the answer to an activity seen before."""

    async def answer_of(self, activity_key: str) -> Answer | None:
        """Returns None when the activity was never seen, or isn't answered yet."""

    async def save_reference(self, reference: ConversationReference) -> None: ...

    async def references_of(self, person: PersonId) -> list[ConversationReference]:
        """The person's personal chats, the one heard from last first."""

    async def reference(self, conversation: str) -> ConversationReference | None:
        """Finds a conversation by its id alone, the one heard from last."""

    async def latest_reference(self) -> ConversationReference | None:
        """Returns the one heard from last."""

    async def remove_reference(self, tenant: str, conversation: str) -> None: ...

    async def remove_team(self, tenant: str, team: str) -> None:
        """Removes all conversations in the team's channels."""

    async def welcome_once(self, tenant: str, conversation: str) -> bool:
        """True exactly once for each conversation."""
