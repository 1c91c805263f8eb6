"""What comes of being at the desk, before it becomes a card and a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.forms.fields import Fault, Form
from portfolio.bodies import Meeting
from portfolio.drafts import FormDraft
from portfolio.projects.status import StatusReport
from portfolio.status.reporting import Publication, Reportable
from portfolio.status.unchanged import Guard


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form on one card. `typed` is what was written in the fields with `faults`; `notice` is said above."""

    form: Form
    draft: FormDraft
    faults: tuple[Fault, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class FormAsked:
    """A form's next question in the chat."""

    form: Form
    draft: FormDraft
    fault: Fault | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class FormSummed:
    """All that a form says, waiting for the yes."""

    form: Form
    draft: FormDraft
    faults: tuple[Fault, ...] = ()
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A short word where there is nothing to show: `key` is in the texts' section `remark`, with `_heading` the
    heading. `people` are the e-mails of those to turn to, beside the portfolio office; `tries` are sentences to press,
    `projects` those whose status can be given next, `draft` a form that can be gone on with."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    tries: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    draft: FormDraft | None = None
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class ToReport:
    """The projects that a person reports on, what is most overdue first, each with what keeps it from "Uændret".
    `unknown` are words that named none, `said` what was said of it already."""

    reportables: tuple[Reportable, ...]
    guards: tuple[Guard | None, ...]
    offset: int = 0
    unknown: tuple[str, ...] = ()
    said: str | None = None


@dataclass(frozen=True, slots=True)
class WhichProject:
    """Several projects may be meant by what was said."""

    numbers: tuple[str, ...]
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report that is stored. `before` is the report that it follows, `meeting` the next one of the steering group
    where something in it is meant for that; `until` is when it can last be corrected; `waiting` how many more projects
    wait for the person's status."""

    publication: Publication
    reportable: Reportable
    before: StatusReport | None
    until: datetime | None
    meeting: Meeting | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """An answer in the middle of a form, with the way back to it. `title` is the form's."""

    answer: Any
    title: str
    draft: FormDraft


DeskOutcome = FormShown | FormAsked | FormSummed | Remark | ToReport | WhichProject | Receipt
