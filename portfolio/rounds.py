"""A round of status before a meeting: who is asked, and who has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portfolio.bodies import Meeting
from portfolio.identity import PersonId
from portfolio.projects.project import Project
from portfolio.projects.status import Rag, StatusReport

_ORDER = {colour: at for at, colour in enumerate(Rag)}


@dataclass(frozen=True, slots=True)
class Round:
    """A round before `meeting`: by `deadline`, which carries its zone, the reports are to be in. The card that
    shows it, in `language`, is `activity` in `conversation`; None until it is posted."""

    id: str
    meeting: Meeting
    opened_at: datetime
    deadline: datetime
    opened_by: PersonId
    conversation: str
    activity: str | None = None
    closed_at: datetime | None = None
    language: str = "da"

    @property
    def body(self) -> str:
        return self.meeting.body


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A project in a round. `before` is its newest report when the round opened, `now` the one given since; each
    None where there is none."""

    project: Project
    lead_name: str | None
    before: StatusReport | None = None
    now: StatusReport | None = None

    @property
    def has_changed(self) -> bool:
        """Answered, with another colour than last time."""
        return self.now is not None and self.now.overall is not self.colour_before

    @property
    def colour_before(self) -> Rag:
        return self.before.overall if self.before else Rag.NONE

    @property
    def has_turned_worse(self) -> bool:
        """Compares with the colour that it had; a project without one has not turned worse."""
        if self.now is None or Rag.NONE in (self.now.overall, self.colour_before):
            return False
        return _ORDER[self.now.overall] < _ORDER[self.colour_before]


@dataclass(frozen=True, slots=True)
class RoundView:
    round: Round
    entries: tuple[RoundEntry, ...]

    @property
    def answered(self) -> tuple[RoundEntry, ...]:
        return tuple(entry for entry in self.entries if entry.now is not None)

    @property
    def missing(self) -> tuple[RoundEntry, ...]:
        return tuple(entry for entry in self.entries if entry.now is None)

    @property
    def changed(self) -> tuple[RoundEntry, ...]:
        """Lists those that turned worse, that never had a colour, then that turned better; each red first."""
        return tuple(sorted((entry for entry in self.entries if entry.has_changed), key=_weight))

    def steady(self, colour: Rag) -> tuple[RoundEntry, ...]:
        """Answered with this colour, as last time."""
        return tuple(
            entry for entry in self.answered if not entry.has_changed and entry.now and entry.now.overall is colour
        )

    @property
    def colours(self) -> dict[Rag, int]:
        """Counts the answers by colour."""
        given = [entry.now.overall for entry in self.answered if entry.now]
        return {colour: given.count(colour) for colour in Rag}

    @property
    def leads(self) -> tuple[PersonId, ...]:
        """Lists those who are asked, those who have not answered first."""
        named = [entry.project.lead for entry in (*self.missing, *self.answered)]
        return tuple(dict.fromkeys(one for one in named if one))

    def led_by(self, people: frozenset[PersonId]) -> tuple[RoundEntry, ...]:
        return tuple(entry for entry in self.entries if entry.project.lead in people)


def opened_day(status_round: Round) -> date:
    """Reports from this day on answer the round, by the calendar of its own time zone."""
    return status_round.opened_at.date()


def _weight(entry: RoundEntry) -> tuple[int, int]:
    turned_better = 2 if entry.colour_before is not Rag.NONE else 1
    turn = 0 if entry.has_turned_worse else turned_better
    return turn, _ORDER[entry.now.overall] if entry.now else len(_ORDER)
