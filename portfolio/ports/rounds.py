"""Rounds of status."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from portfolio.bodies import Meeting
from portfolio.identity import PersonId
from portfolio.rounds import Round, RoundView


class RoundStore(Protocol):
    """Rounds of status before meetings. Opening and closing are in the audit log, in the same transaction."""

    async def open(self, status_round: Round) -> Round | None:
        """Returns None when there is a round for that meeting already."""

    async def move(self, round_id: str, conversation: str) -> None:
        """Lets the card be shown in that conversation, where it isn't shown yet."""

    async def posted(self, round_id: str, activity: str) -> None:
        """Keeps which message the card is, from now on."""

    async def take(self, round_id: str) -> bool:
        """Returns True where its card is this process's alone to draw, for a minute or until it is given back."""

    async def give_back(self, round_id: str) -> None: ...

    async def round(self, round_id: str) -> Round | None: ...

    async def of_meeting(self, meeting: Meeting) -> Round | None: ...

    async def view(self, status_round: Round) -> RoundView:
        """The open projects in it, by lead, then title: those led by the body's members; all where none leads any."""

    async def open_rounds(self, project: str) -> list[Round]:
        """The rounds under way that the project is in."""

    async def leave_behind(self, round_id: str) -> None:
        """Notes that its card, where it has one, will have to follow."""

    async def left_behind(self, since: datetime) -> list[Round]:
        """Lists those whose cards have to follow, and which are under way or were closed since then."""

    async def caught_up(self, round_id: str) -> None: ...

    async def due(self, now: datetime) -> list[Round]:
        """Lists those under way whose deadline has passed."""

    async def close(self, round_id: str, by: PersonId, at: datetime) -> bool:
        """True for exactly one of those who try."""
