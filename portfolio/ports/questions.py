"""Answers to questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from portfolio.history import ProjectHistory
from portfolio.projects.project import Benefit, Milestone, Risk
from portfolio.questions.answers import (
    BelongingPage,
    Group,
    LeadSummary,
    Measure,
    MeetingPage,
    ProjectDetail,
    ProjectPage,
    ReportedProject,
    Vocabulary,
)
from portfolio.questions.question import Question
from portfolio.status.reporting import Publication


class PortfolioReader(Protocol):
    """Reads answers. `today` decides what is late, missing and stale. Closed projects are left out
    unless the question includes them, asks for closed phases, or names projects."""

    async def version(self) -> int:
        """Grows with every change of the portfolio; cheap."""

    async def vocabulary(self) -> Vocabulary: ...

    async def projects(self, question: Question, today: date, *, offset: int = 0, size: int = 10) -> ProjectPage:
        """Reads a page, sorted as asked: without a `sort`, red first, then amber, none, green, then by title."""

    async def project_numbers(self, question: Question, today: date) -> list[str]:
        """Every hit, in the order of `projects`."""

    async def reported(self, question: Question, today: date) -> list[ReportedProject]:
        """Every hit with its newest report, in the order of `projects`."""

    async def count(self, question: Question, today: date) -> int: ...

    async def figure(self, question: Question, today: date) -> Measure:
        """The sum, average, share or the like asked for."""

    async def groups(self, question: Question, today: date) -> list[Group]:
        """Divides all hits by the question's `group_by`, largest first unless it sorts by value in the other way; equal
        ones are kept together by a limit. Departments are those at the top, or right below those asked for."""

    async def milestones(
        self, question: Question, today: date, *, offset: int = 0, size: int = 10
    ) -> BelongingPage[Milestone]:
        """Reads milestones of projects that fit, those due first before others."""

    async def benefits(
        self, question: Question, today: date, *, offset: int = 0, size: int = 10
    ) -> BelongingPage[Benefit]:
        """Reads benefits, those to be followed up first before others."""

    async def obstacles(
        self, question: Question, today: date, *, offset: int = 0, size: int = 10
    ) -> BelongingPage[Risk]:
        """Reads risks and barriers, the gravest first."""

    async def leads(self, question: Question, today: date) -> list[LeadSummary]:
        """The leads of all hits, or their owners where those are asked for, sorted by name; the gathering of projects
        without one comes last."""

    async def project(self, number: str) -> ProjectDetail | None: ...

    async def history(
        self, numbers: Sequence[str], first: date | None = None, last: date | None = None
    ) -> list[ProjectHistory]:
        """The reports of each project from `first` to `last`, both included, in the order of `numbers`; without those
        that do not exist. At most the newest 60 reports of each."""

    async def publications(self, number: str) -> list[Publication]:
        """Every version of a project's reports, the newest first; at most 60."""

    async def meetings(self, question: Question, now: datetime, *, offset: int = 0, size: int = 10) -> MeetingPage:
        """Reads meetings by start; from `now` on unless the question has a period."""
