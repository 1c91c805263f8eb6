"""The portfolio: projects, what was reported on them, departments, bodies and their meetings."""

from __future__ import annotations

from datetime import timedelta

from portfolio.projects.status import Light
from storage.data_map.shape import (
    DOCUMENT,
    DOER,
    HOLDER,
    HOLDERS,
    MADE_OF_WORDS,
    NOT_PERSONAL,
    WORDS,
    For,
    Purpose,
    While,
    each,
    mapped,
)
from storage.meetings.tables import body_channels, meeting_changes, meetings, rounds
from storage.organisation import bodies, focus_areas, org_units
from storage.projects.changes import project_changes
from storage.projects.tables import (
    benefits,
    milestones,
    project_focus_areas,
    project_goals,
    projects,
    reports,
    risks,
)
from storage.status.tables import publications
from storage.version import portfolio_state

_PLANNED_START = ("start_first", "start_last", "start_unit")
_PLANNED_END = ("end_first", "end_last", "end_unit")
_EXPECTED_END = ("expected_end_first", "expected_end_last", "expected_end_unit")
_LIGHTS = tuple(Light)

LINES = (
    *mapped(
        projects,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        number=NOT_PERSONAL,
        title=WORDS,
        **each(NOT_PERSONAL, "kind", "focus_areas", "org_unit"),
        **each(DOER, "lead", "owner"),
        **each(NOT_PERSONAL, "phase", "priority", *_PLANNED_START, *_PLANNED_END, "budget", "spend", "goals"),
        **each(WORDS, "case_number", "description"),
        aliases=DOCUMENT,
        **each(NOT_PERSONAL, "rhythm_days", "asked_every", "added_on", "number_key"),
        **each(MADE_OF_WORDS, "title_key", "search_text"),
        **each(NOT_PERSONAL, "is_closed", "status_day", *_LIGHTS, "progress", "overall_rank"),
        **each(NOT_PERSONAL, "missing_after", "late_after", "expected_last", "milestone_last", "disputed_after"),
        revision=NOT_PERSONAL,
    ),
    *mapped(project_focus_areas, Purpose.PORTFOLIO, While.IN_PORTFOLIO, **each(NOT_PERSONAL, "focus_area", "project")),
    *mapped(project_goals, Purpose.PORTFOLIO, While.IN_PORTFOLIO, **each(NOT_PERSONAL, "goal", "project")),
    *mapped(
        reports,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "project", "day", *_LIGHTS, "progress"),
        **each(WORDS, "comment", "next_step"),
        author=DOER,
        **each(NOT_PERSONAL, *_EXPECTED_END),
        decision_wanted=WORDS,
    ),
    *mapped(
        publications,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "project", "day", "version", "at"),
        by=DOER,
        is_unchanged=NOT_PERSONAL,
        **each(DOCUMENT, "report", "snapshot"),
        is_withdrawn=NOT_PERSONAL,
        before=DOCUMENT,
    ),
    *mapped(
        project_changes,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "id", "project", "aspect"),
        milestone=WORDS,
        **each(NOT_PERSONAL, "before", "after"),
        reason=WORDS,
        by=DOER,
        **each(NOT_PERSONAL, "at", "in_file", "is_held"),
    ),
    *mapped(
        milestones,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        project=NOT_PERSONAL,
        title=WORDS,
        **each(NOT_PERSONAL, "due_first", "due_last", "due_unit", "reached"),
    ),
    *mapped(
        benefits,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        project=NOT_PERSONAL,
        title=WORDS,
        **each(NOT_PERSONAL, "kind", "goal"),
        unit=WORDS,
        realised=NOT_PERSONAL,
        responsible=DOER,
        **each(NOT_PERSONAL, "follow_up_first", "follow_up_last", "follow_up_unit"),
    ),
    *mapped(
        risks,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        project=NOT_PERSONAL,
        title=WORDS,
        **each(NOT_PERSONAL, "kind", "probability", "impact"),
        responsible=DOER,
        handling=WORDS,
        closed=NOT_PERSONAL,
    ),
    *mapped(
        org_units,
        Purpose.PEOPLE,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "name", "parent"),
        manager=HOLDER,
        aliases=NOT_PERSONAL,
    ),
    *mapped(
        focus_areas,
        Purpose.PORTFOLIO,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "name", "period", "short_name", "aliases", "replaced_by"),
    ),
    *mapped(
        bodies,
        Purpose.MEETINGS,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "name", "kind"),
        **each(HOLDER, "chair", "secretary"),
        members=HOLDERS,
    ),
    *mapped(
        meetings,
        Purpose.MEETINGS,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "id", "body", "start", "end"),
        **each(WORDS, "place", "topic"),
        **each(NOT_PERSONAL, "first_start", "uid", "state", "revision"),
    ),
    # An import knows a meeting again by the times that it was moved from.
    *mapped(
        meeting_changes,
        Purpose.MEETINGS,
        While.IN_PORTFOLIO,
        **each(NOT_PERSONAL, "id", "meeting", "start", "moved_to", "at"),
        by=DOER,
    ),
    *mapped(
        rounds,
        Purpose.MEETINGS,
        For(timedelta(days=2 * 365), "closed_at"),
        **each(NOT_PERSONAL, "id", "meeting", "opened_at", "deadline"),
        opened_by=DOER,
        **each(NOT_PERSONAL, "conversation", "activity", "drawn_until", "closed_at", "is_behind", "language"),
    ),
    *mapped(
        body_channels,
        Purpose.MEETINGS,
        While.IN_FORCE,
        **each(NOT_PERSONAL, "body", "tenant", "conversation"),
        bound_by=DOER,
        bound_at=NOT_PERSONAL,
    ),
    *mapped(portfolio_state, Purpose.RUNNING, While.RUNNING, **each(NOT_PERSONAL, "id", "version")),
)
