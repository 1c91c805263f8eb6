"""Reports as they are handed in, and as they are published with what was true then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Self

from portfolio.dates import PlanDate
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.projects.project import Benefit, Milestone, Phase, Risk
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS, StatusReport
from portfolio.questions.answers import ProjectDetail

CORRECTION_TIME = timedelta(hours=24)
# Of one day's report: far more than anybody corrects.
MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a project when a report on it was published; it never changes afterwards."""

    phase: Phase | None = None
    end: PlanDate | None = None
    budget: Decimal | None = None
    spend: Decimal | None = None
    milestones: tuple[Milestone, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationKey:
    """Tells one publication from all others. Written, it is the outcome of the form that it came of."""

    project: str
    day: date
    version: int

    def write(self) -> str:
        return f"{self.project}|{self.day.isoformat()}|{self.version}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Reads a form's outcome; None where that is another."""
        project, *rest = text.rsplit("|", 2)
        if len(rest) != 2:
            return None
        day, version = rest
        return cls(project, date.fromisoformat(day), int(version))


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of the report on one day; the highest `version` is in force, the others are its history. `at` carries
    its zone; `by` published it. `is_unchanged`: nothing new was said. `is_withdrawn`: the report
    was taken back, and none stands on that day."""

    report: StatusReport
    version: int
    at: datetime
    by: PersonId
    snapshot: Snapshot
    is_unchanged: bool = False
    is_withdrawn: bool = False

    @property
    def key(self) -> PublicationKey:
        return PublicationKey(self.report.project, self.report.day, self.version)


@dataclass(frozen=True, slots=True)
class Reportable:
    """A project as its reporter sees it. `revision` grows with every report and every change of lead; `publications`
    are the newest first, at most 40; `deputies` are those of the lead, whatever their time."""

    detail: ProjectDetail
    revision: int
    publications: tuple[Publication, ...] = ()
    deputies: tuple[Deputy, ...] = ()

    @property
    def newest(self) -> StatusReport | None:
        return self.detail.reports[0] if self.detail.reports else None

    @property
    def standing(self) -> tuple[Publication, ...]:
        """The publications of days on which a report stands."""
        newest_first = {publication.report.day: publication for publication in reversed(self.publications)}
        return tuple(each for each in self.publications if not newest_first[each.report.day].is_withdrawn)

    def has_room_on(self, day: date) -> bool:
        """Says whether that day's report may have another version."""
        return all(each.version < MOST_VERSIONS for each in self.publications if each.report.day == day)

    def corrects(self, publication: Publication) -> bool:
        """Says whether it took the place of a report that stood."""
        day, version = publication.report.day, publication.version
        earlier = [each for each in self.publications if each.report.day == day and each.version < version]
        return bool(earlier) and not earlier[0].is_withdrawn

    @property
    def rhythm(self) -> timedelta:
        return timedelta(days=self.detail.project.rhythm_days or DEFAULT_RHYTHM_DAYS)

    def correctable(self, now: datetime) -> Publication | None:
        """The newest report in force, while it may still be corrected: 24 hours after it was first published."""
        if not self.standing:
            return None
        newest = self.standing[0]
        versions = [publication.at for publication in self.standing if publication.report.day == newest.report.day]
        return newest if now - min(versions) <= CORRECTION_TIME else None


@dataclass(frozen=True, slots=True)
class Submission:
    """A report on its way in. `revision` is the project's as its reporter saw it. `obstacle` is a new risk or barrier,
    `reached` the titles of milestones reached by now, `realised` benefits' figures by title."""

    report: StatusReport
    revision: int
    by: PersonId
    at: datetime
    obstacle: Risk | None = None
    reached: tuple[str, ...] = ()
    realised: Mapping[str, Decimal] = field(default_factory=dict)
    is_unchanged: bool = False


class Overtaken(Exception):  # noqa: N818 - what happened to the submission, not a fault
    """Somebody was first: the project's revision is no longer the one that was seen. Nothing was stored."""


class ProjectClosed(Exception):  # noqa: N818
    """The project was closed, stopped or removed meanwhile. Nothing was stored."""


def published(reportable: Reportable, submission: Submission) -> Publication:
    """The publication that a submission becomes, with the project frozen as it is once the submission is taken in."""
    detail, day = reportable.detail, submission.report.day
    earlier = [publication.version for publication in reportable.publications if publication.report.day == day]
    return Publication(
        report=replace(submission.report, project=detail.project.number, author=submission.by),
        version=max(earlier, default=0) + 1,
        at=submission.at,
        by=submission.by,
        snapshot=replace(
            state_of(detail),
            milestones=_milestones_after(detail.milestones, submission),
            benefits=_benefits_after(detail.benefits, submission),
            risks=_risks_after(detail.risks, submission),
        ),
        is_unchanged=submission.is_unchanged,
    )


def taken_back(reportable: Reportable, by: PersonId, at: datetime, before: Snapshot) -> Publication:
    """The version that takes the newest one back: the report that this corrected, if it did, else none. `before` is the
    project as it was then."""
    newest = reportable.publications[0]
    version = newest.version + 1
    if not reportable.corrects(newest):
        return Publication(newest.report, version, at, by, before, is_withdrawn=True)
    corrected = reportable.publications[1]
    return Publication(corrected.report, version, at, by, before, corrected.is_unchanged)


def state_of(detail: ProjectDetail) -> Snapshot:
    """The project as it is now, to be frozen."""
    project = detail.project
    figures = (project.phase, project.end, project.budget, project.spend)
    return Snapshot(*figures, detail.milestones, detail.benefits, detail.risks)


def _milestones_after(milestones: tuple[Milestone, ...], submission: Submission) -> tuple[Milestone, ...]:
    day = submission.report.day
    return tuple(
        replace(milestone, reached=day)
        if milestone.title in submission.reached and milestone.reached is None
        else milestone
        for milestone in milestones
    )


def _benefits_after(benefits: tuple[Benefit, ...], submission: Submission) -> tuple[Benefit, ...]:
    realised = submission.realised
    return tuple(replace(benefit, realised=realised.get(benefit.title, benefit.realised)) for benefit in benefits)


def _risks_after(risks: tuple[Risk, ...], submission: Submission) -> tuple[Risk, ...]:
    """A new obstacle with the title of an old one takes its place."""
    new = submission.obstacle
    return risks if new is None else (*(risk for risk in risks if risk.title != new.title), new)


def day_of(reportable: Reportable, today: date, now: datetime, *, corrects: bool) -> date:
    """The day a report is of: the corrected one's, else today."""
    newest = reportable.correctable(now) if corrects else None
    return newest.report.day if newest else today
