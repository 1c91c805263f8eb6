"""Rules for when "Uændret" is an answer, and when it is not."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from portfolio.projects.status import Rag
from portfolio.status.reporting import Reportable


class Guard(StrEnum):
    """Reasons why something has to be said; the first that applies is given."""

    NEVER_REPORTED = "never_reported"
    RED = "red"
    END_PASSED = "end_passed"
    MILESTONE_PASSED = "milestone_passed"
    TOO_OLD = "too_old"
    TWICE = "twice"


def guard_of(reportable: Reportable, today: date) -> Guard | None:
    """Finds what keeps the newest report from being repeated as it is; None when it may be.

    The rules: never red; never when the end or an unreached milestone has passed since; never when the report is older
    than two periods of the project's rhythm; never twice in a row without a word.
    """
    newest, project = reportable.newest, reportable.detail.project
    if newest is None or newest.overall is Rag.NONE:
        return Guard.NEVER_REPORTED
    if newest.overall is Rag.RED:
        return Guard.RED
    ends = [end for end in (project.end, newest.expected_end) if end is not None]
    if any(newest.day <= end.last < today for end in ends):
        return Guard.END_PASSED
    missed = [milestone for milestone in reportable.detail.milestones if milestone.is_missed(today)]
    if any(milestone.due and newest.day <= milestone.due.last for milestone in missed):
        return Guard.MILESTONE_PASSED
    if today - newest.day > 2 * reportable.rhythm:
        return Guard.TOO_OLD
    last = reportable.standing[0] if reportable.standing else None
    return Guard.TWICE if last and last.is_unchanged and last.report.day == newest.day else None
