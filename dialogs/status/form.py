"""The status form: its fields for one project, filled in beforehand from the newest report and from what came since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from dialogs.cards.elements import colour_word
from dialogs.forms.fields import Field, FieldKind, Form, Option, When, date_value, number_value
from dialogs.projects.signals import signal_sentences
from dialogs.projects.standing import PARTS
from dialogs.turn.audience import Audience
from dialogs.turn.orders import CorrectStatus, ReportStatus
from dialogs.values.plain import one_line
from dialogs.wording.days import name_words
from dialogs.wording.values import date_words, day_words, days_old
from portfolio.projects.project import Benefit, Milestone, RiskKind
from portfolio.projects.status import Light, Rag, StatusReport
from portfolio.status.reporting import Reportable

STATUS, CORRECTION = "status", "correction"
# So that the form fits on a phone and in a card: the most urgent of each.
MOST_MILESTONES, MOST_BENEFITS = 3, 3
LONGEST_TEXT, LONGEST_TITLE = 2000, 120
_OBSTACLES = frozenset(kind.value for kind in RiskKind)
_TROUBLED = When("overall", frozenset({Rag.AMBER.value, Rag.RED.value}))
_RED = When("overall", frozenset({Rag.RED.value}))
_OBSTACLE = When("obstacle", _OBSTACLES)
_IS_RISK = When("obstacle", frozenset({RiskKind.RISK.value}))


def status_form(reportable: Reportable, audience: Audience, *, kind: str = STATUS) -> Form:
    """A correction says what the newest report says; a new report begins with that too, and with what came since."""
    project = reportable.detail.project
    title = one_line(project.title, LONGEST_TITLE)
    say = audience.texts.say
    return Form(
        kind=kind,
        title=say(f"status_form.title_{kind}", title=title),
        submit=say("status_form.submit"),
        fields=(
            *_with_before(_essentials(reportable, audience, is_correction=kind == CORRECTION), reportable.newest),
            *_milestones(reportable, audience),
            *(_part(light, reportable.newest, audience) for light in PARTS),
            *_obstacle(reportable, audience),
            _expected_end(reportable.newest, audience),
            *_benefits(reportable, audience),
            _text("decision_wanted", audience, (reportable.newest and reportable.newest.decision_wanted) or ""),
        ),
        intro=tuple(_intro(reportable, audience, is_correction=kind == CORRECTION)),
        order=CorrectStatus if kind == CORRECTION else ReportStatus,
    )


def overdue_milestones(reportable: Reportable, audience: Audience) -> list[Milestone]:
    """Return the milestones that should have been reached, the longest overdue first."""
    missed = [milestone for milestone in reportable.detail.milestones if milestone.is_missed(audience.today)]
    missed.sort(key=lambda milestone: (str(milestone.due.last) if milestone.due else "", milestone.title))
    return missed[:MOST_MILESTONES]


def measured_benefits(reportable: Reportable) -> tuple[Benefit, ...]:
    """Return the benefits that have a goal to measure by."""
    return tuple(benefit for benefit in reportable.detail.benefits if benefit.goal is not None)[:MOST_BENEFITS]


def field_of(prefix: str, title: str) -> str:
    """A name that stays the same while other milestones and benefits come and go."""
    return f"{prefix}_{sha256(title.encode()).hexdigest()[:10]}"


def has_handling(reportable: Reportable) -> bool:
    """Say whether something is being done already: a barrier is put to the steering group, or a risk has a handling."""
    open_risks = (risk for risk in reportable.detail.risks if risk.closed is None)
    return any(risk.kind is RiskKind.BARRIER or risk.handling for risk in open_risks)


def _essentials(reportable: Reportable, audience: Audience, *, is_correction: bool) -> Iterator[Field]:
    newest = reportable.newest
    yield Field(
        "overall",
        FieldKind.CHOICE,
        audience.texts.say("status_form.overall"),
        options=_colours(audience),
        default=newest.overall.value if newest and newest.overall is not Rag.NONE else "",
        is_required=True,
    )
    comment = (newest and newest.comment) or ""
    news = [] if is_correction else _reached_since(reportable, audience)
    told = _text("comment", audience, "\n".join(part for part in (comment, *news) if part), required_when=(_TROUBLED,))
    yield told if newest else replace(told, label=audience.texts.say("status_form.comment_first"))
    yield Field(
        "progress",
        FieldKind.NUMBER,
        audience.texts.say("status_form.progress"),
        default=number_value(newest.progress if newest else None),
        at_least=Decimal(0),
        at_most=Decimal(100),
        unit="%",
    )
    yield _text("next_step", audience, (newest and newest.next_step) or "")


def _with_before(fields: Iterator[Field], newest: StatusReport | None) -> Iterator[Field]:
    """Mark the answers that only repeat the newest report, so that the summary says so. A comment with something new in
    it isn't marked."""
    for field in fields:
        is_new = newest is None or (field.name == "comment" and field.default != newest.comment)
        yield field if is_new else replace(field, before=field.default)


def _colours(audience: Audience) -> tuple[Option, ...]:
    return tuple(_colour(colour, colour_word(colour, audience), audience) for colour in (Rag.GREEN, Rag.AMBER, Rag.RED))


def _colour(colour: Rag, label: str, audience: Audience) -> Option:
    return Option(colour.value, label, tuple(audience.texts.say(f"status_form.means_{colour.value}").split()))


def _part(light: Light, newest: StatusReport | None, audience: Audience) -> Field:
    irrelevant = _colour(Rag.NONE, f"○ {audience.texts.say('status_form.not_relevant')}", audience)
    options = (*_colours(audience), irrelevant)
    default = newest.light(light) if newest else Rag.NONE
    name = audience.texts.name("light", light)
    return Field(light.value, FieldKind.CHOICE, name, options=options, default=default.value, is_extra=True)


def _obstacle(reportable: Reportable, audience: Audience) -> Iterator[Field]:
    """Red asks for a barrier or a handling, unless there is one."""
    say = audience.texts.say
    kinds = tuple(
        Option(kind.value, say(f"status_form.obstacle_{kind.value}"), (audience.texts.name("risk_kind", kind).lower(),))
        for kind in RiskKind
    )
    yield Field(
        "obstacle",
        FieldKind.CHOICE,
        say("status_form.obstacle"),
        help=say("status_form.obstacle_help"),
        options=kinds,
        required_when=() if has_handling(reportable) else (_RED,),
        is_extra=True,
    )
    when = (_OBSTACLE,)
    yield _text("obstacle_title", audience, "", required_when=when, shown_when=when, longest=LONGEST_TITLE)
    yield _scale("probability", audience, when)
    yield _scale("impact", audience, when)
    yield _text("handling", audience, "", required_when=(_IS_RISK,), shown_when=when, longest=400)
    yield Field(
        "responsible",
        FieldKind.PERSON,
        say("status_form.responsible"),
        default=reportable.detail.project.lead or "",
        shown_when=when,
        is_extra=True,
    )


def _expected_end(newest: StatusReport | None, audience: Audience) -> Field:
    say = audience.texts.say
    expected = date_value(newest.expected_end) if newest else ""
    label, helping = say("status_form.expected_end"), say("status_form.expected_end_help")
    return Field("expected_end", FieldKind.DATE, label, help=helping, default=expected, is_extra=True)


def _milestones(reportable: Reportable, audience: Audience) -> Iterator[Field]:
    say = audience.texts.say
    for milestone in overdue_milestones(reportable, audience):
        due = date_words(milestone.due, audience) if milestone.due else ""
        yield Field(
            field_of("milestone", milestone.title),
            FieldKind.YES_NO,
            say("status_form.milestone", title=one_line(milestone.title, LONGEST_TITLE)),
            help=say("status_form.milestone_help", date=due),
            default="no",
            is_extra=True,
        )


def _benefits(reportable: Reportable, audience: Audience) -> Iterator[Field]:
    for benefit in measured_benefits(reportable):
        yield Field(
            field_of("benefit", benefit.title),
            FieldKind.NUMBER,
            audience.texts.say("status_form.benefit", title=one_line(benefit.title, LONGEST_TITLE)),
            default=number_value(benefit.realised),
            unit=benefit.unit,
            at_least=Decimal(-(10**9)),
            at_most=Decimal(10**11),
            is_extra=True,
        )


def _text(
    name: str,
    audience: Audience,
    default: str,
    *,
    required_when: tuple[When, ...] = (),
    shown_when: tuple[When, ...] = (),
    longest: int = LONGEST_TEXT,
) -> Field:
    return Field(
        name,
        FieldKind.TEXT,
        audience.texts.say(f"status_form.{name}"),
        help=audience.texts.say(f"status_form.{name}_help"),
        default=default,
        required_when=required_when,
        shown_when=shown_when,
        is_extra=name not in {"comment", "next_step"},
        longest=longest,
    )


def _scale(name: str, audience: Audience, shown_when: tuple[When, ...]) -> Field:
    """1 to 5, with words for the ends."""
    say = audience.texts.say
    options = tuple(Option(str(step), say(f"status_form.scale_{step}")) for step in range(1, 6))
    label = say(f"status_form.{name}")
    return Field(name, FieldKind.CHOICE, label, options=options, shown_when=shown_when, is_extra=True)


def _reached_since(reportable: Reportable, audience: Audience) -> list[str]:
    newest = reportable.newest
    reached = [
        (one_line(milestone.title, LONGEST_TITLE), milestone.reached)
        for milestone in reportable.detail.milestones
        if milestone.reached is not None and newest is not None and newest.day < milestone.reached <= audience.today
    ]
    say = audience.texts.say
    return [say("status_form.reached", title=title, date=day_words(day, audience)) for title, day in reached]


def _intro(reportable: Reportable, audience: Audience, *, is_correction: bool) -> Iterator[str]:
    newest, say = reportable.newest, audience.texts.say
    if newest is None:
        yield say("status_form.first")
    elif is_correction:
        yield say("status_form.correcting", date=day_words(newest.day, audience))
    else:
        age = days_old(newest.day, audience)
        by = f" · {name_words(newest.author, audience)}" if newest.author else ""
        yield say("status_form.last", colour=colour_word(newest.overall, audience), age=age, by=by)
    yield from signal_sentences(reportable.detail, audience)
