"""Conversations and activities that were seen."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from portfolio.conversations import Answer, ConversationReference
from portfolio.identity import PersonId
from portfolio.organisation import Person


class Effect(Protocol):
    """Stores what an activity comes to."""

    @property
    def has_stored(self) -> bool: ...

    async def answer(self, answer: Answer) -> None:
        """Stores what is answered, to be given again. For an activity that has stored something."""


class ConversationStore(Protocol):
    """Remembers conversations, and the activities in them that had an effect."""

    def once(self, activity_key: str, by: Person | None) -> AbstractAsyncContextManager[Effect]:
        """Stores together all that the activity's effect is, that it had it, and what was answered: all of it, or,
        where an error leaves it, nothing. Raises AnsweredBeforeError where it had its effect before, at the latest on
        leaving; however many have it in hand at once, one stores. Raises ChangedMeanwhileError, before anything is
        stored, where `by` has left or has other roles by now."""

    async def note_answer(self, activity_key: str, answer: Answer) -> None:
        """Stores what was answered, in the place of an earlier answer."""

    async def answer_of(self, activity_key: str) -> Answer | None:
        """Returns None when the activity had no effect yet."""

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
