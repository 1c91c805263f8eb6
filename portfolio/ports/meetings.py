"""Meetings that change, and bodies' channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portfolio.bodies import Meeting, MeetingChange
from portfolio.conversations import ConversationReference
from portfolio.identity import PersonId


@dataclass(frozen=True, slots=True)
class BodyChannel:
    """The channel in which a body is reminded."""

    body: str
    reference: ConversationReference
    bound_by: PersonId
    bound_at: datetime


class ChannelStore(Protocol):
    """The channels of bodies; one each."""

    async def bind(self, body: str, reference: ConversationReference, by: PersonId, at: datetime) -> BodyChannel | None:
        """The body's channel from now on; gives back the one that it takes the place of, if any. The channel's earlier
        body loses it."""

    async def unbind(self, body: str, by: PersonId, at: datetime) -> bool:
        """False when it had none."""

    async def channel(self, body: str) -> BodyChannel | None: ...

    async def body_of(self, conversation: str) -> str | None:
        """The body whose channel that conversation is in, whatever the thread."""

    async def channels(self) -> list[BodyChannel]:
        """Lists all, sorted by body."""


class MeetingStore(Protocol):
    """Moves and cancels meetings, which imports don't bring back. Changes are made to the meeting as its caller saw it,
    and to none that was changed since."""

    async def meeting(self, meeting_id: int) -> Meeting | None:
        """Finds cancelled ones too."""

    async def known_at(self, body: str, start: datetime) -> Meeting | None:
        """The body's meeting that is, or ever was, to start at that time, cancelled or not; None where there is none,
        and where several were."""

    async def cancelled(self, body: str, after: datetime) -> list[Meeting]:
        """The body's cancelled meetings that were to begin after that, the first first."""

    async def last_change(self, meeting_id: int) -> MeetingChange | None: ...

    async def move(self, meeting: Meeting, start: datetime, end: datetime | None, by: PersonId, at: datetime) -> bool:
        """Moves its round along. False when the meeting was changed meanwhile, or the body has another at that time."""

    async def cancel(self, meeting: Meeting, by: PersonId, at: datetime) -> bool: ...

    async def restore(self, meeting: Meeting, by: PersonId, at: datetime) -> bool:
        """A cancelled meeting is held after all, with the end, place and topic given, and its round goes on. Those who
        were told that it is cancelled are told so. False when it isn't cancelled, or there is another at that time."""
