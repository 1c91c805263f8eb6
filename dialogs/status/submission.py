"""Makes the report that is handed in of a filled-in status form, or repeats the newest report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.forms.fields import YES, Answers, date_of
from dialogs.projects.standing import PARTS
from dialogs.status.form import CORRECTION, field_of, measured_benefits
from dialogs.turn.visit import Visit
from portfolio.identity import PersonId
from portfolio.projects.project import Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Reportable, Submission, day_of


def submission_of(reportable: Reportable, answers: Answers, visit: Visit, *, revision: int, kind: str) -> Submission:
    """`answers` are whole and without faults. What says no more than the newest report is marked as unchanged."""
    day = day_of(reportable, visit.today, visit.now, corrects=kind == CORRECTION)
    report = report_of(reportable, answers, day)
    submission = Submission(
        report=report,
        revision=revision,
        by=visit.person.id,
        at=visit.now,
        obstacle=_obstacle(reportable, answers),
        reached=tuple(
            milestone.title
            for milestone in reportable.detail.milestones
            if milestone.reached is None and answers.get(field_of("milestone", milestone.title)) == YES
        ),
        realised=_realised(reportable, answers),
    )
    return replace(submission, is_unchanged=says_nothing_new(submission, reportable.newest))


def repeat_newest(reportable: Reportable, visit: Visit) -> Submission:
    """The newest report once more, as of today. Raises ValueError where there is none."""
    if reportable.newest is None:
        raise ValueError("There is no report to repeat")
    report = replace(reportable.newest, day=visit.today)
    return Submission(report, reportable.revision, visit.person.id, visit.now, is_unchanged=True)


def report_of(reportable: Reportable, answers: Answers, day: date) -> StatusReport:
    colours: dict[str, Any] = {light.value: Rag(answers.get(light.value) or Rag.NONE.value) for light in PARTS}
    return StatusReport(
        project=reportable.detail.project.number,
        day=day,
        overall=Rag(answers["overall"]),
        **colours,
        progress=_decimal(answers.get("progress")),
        comment=answers.get("comment") or None,
        next_step=answers.get("next_step") or None,
        expected_end=date_of(answers.get("expected_end", "")),
        decision_wanted=answers.get("decision_wanted") or None,
    )


def says_nothing_new(submission: Submission, newest: StatusReport | None) -> bool:
    if newest is None or submission.obstacle or submission.reached or submission.realised:
        return False
    return replace(submission.report, day=newest.day, author=newest.author) == newest


def _obstacle(reportable: Reportable, answers: Answers) -> Risk | None:
    kind = answers.get("obstacle")
    if not kind:
        return None
    return Risk(
        project=reportable.detail.project.number,
        title=answers["obstacle_title"],
        kind=RiskKind(kind),
        probability=_whole(answers.get("probability")),
        impact=_whole(answers.get("impact")),
        responsible=PersonId(answers.get("responsible", "")) or None,
        handling=answers.get("handling") or None,
    )


def _realised(reportable: Reportable, answers: Answers) -> dict[str, Decimal]:
    """The figures that are others than those known."""
    realised = {}
    for benefit in measured_benefits(reportable):
        value = _decimal(answers.get(field_of("benefit", benefit.title)))
        if value is not None and value != benefit.realised:
            realised[benefit.title] = value
    return realised


def _decimal(value: str | None) -> Decimal | None:
    return Decimal(value) if value else None


def _whole(value: str | None) -> int | None:
    return int(value) if value else None
