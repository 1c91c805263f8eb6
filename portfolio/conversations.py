"""Conversations in Teams, by which people can be reached, and answers given there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from portfolio.identity import PersonId

_THREAD = ";messageid="


class ConversationKind(StrEnum):
    PERSONAL = "personal"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """The address of a conversation, known by tenant and conversation id. `entra_id` and `person` are whose a
    personal chat is, `bot` the bot's own id there, `seen_at` when it was last heard from (to the day)."""

    tenant: str
    conversation: str
    kind: ConversationKind
    service_url: str
    bot: str
    seen_at: datetime
    entra_id: str | None = None
    person: PersonId | None = None
    locale: str | None = None
    team: str | None = None
    channel: str | None = None


def without_thread(conversation: str) -> str:
    """The channel that a thread is in; other conversations as they are."""
    return conversation.partition(_THREAD)[0]


def thread_of(conversation: str) -> str | None:
    """The id of the message that the thread in a channel is below; None for other conversations."""
    return conversation.partition(_THREAD)[2] or None


@dataclass(frozen=True, slots=True)
class Answer:
    """The service's answer to an activity: an HTTP status, and a JSON body when there was one."""

    status: int
    body: dict[str, Any] | None = None


# What was said in answer went another way.
NO_WORDS = Answer(200)


class ChangedMeanwhileError(Exception):
    """The person who acts has left or has other roles, since it was read who they are."""


class AnsweredBeforeError(Exception):
    """The activity had its effect before; `answer` was given then."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self.answer = answer
