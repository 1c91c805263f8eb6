"""What comes of rounds of status, before it becomes a card and a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.rounds import Round, RoundEntry, RoundView
from portfolio.status.decisions import Decision


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One of the reader's projects that has not answered. `revision` is what "Uændret" is for; `may_repeat`: nothing
    keeps the newest report from being repeated."""

    entry: RoundEntry
    revision: int
    may_repeat: bool


@dataclass(frozen=True, slots=True)
class OwnPart:
    """The reader's part of a round: what is missing, and how many have answered."""

    missing: tuple[OwnEntry, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round as it stands. `own` is None for those who report on nothing in it. `notice` is a key in the texts'
    section `round`, said above; `accounts` are the ids of those for whom Teams asks for their own view; `is_live`:
    the card stands in a conversation, and is kept up to date there."""

    view: RoundView
    own: OwnPart | None = None
    notice: str | None = None
    accounts: tuple[str, ...] = ()
    is_live: bool = False


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """The round's card was posted in the conversation."""

    view: RoundView


@dataclass(frozen=True, slots=True)
class RoundSummed:
    """What came of a round, so far or in the end."""

    view: RoundView
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class WhichBody:
    """For which of these bodies a round is to be opened, at the meeting in the period."""

    bodies: tuple[str, ...]
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class WhichRound:
    rounds: tuple[Round, ...]


RoundOutcome = RoundShown | RoundOpened | RoundSummed | WhichBody | WhichRound
