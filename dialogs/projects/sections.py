"""The parts of a project's card that grow long: milestones, benefits, risks and barriers, earlier reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogs.cards.elements import Element, colour_word, fact_set, folding, line, small
from dialogs.projects.changed import change_row
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import name_words
from dialogs.wording.values import date_words, day_words, money_words, number_words, percent_words
from portfolio.projects.changes import ProjectChange
from portfolio.projects.project import Benefit, Milestone, Risk
from portfolio.projects.status import StatusReport
from portfolio.questions.answers import ProjectDetail

MOST_ENTRIES = 12
# A section with more than this is folded until it is asked for.
MOST_UNFOLDED = 3
LONGEST_TITLE = 120
LONGEST_REASON = 200
HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Entry:
    """A milestone, benefit, risk or report, in plain text: its title and how it stands."""

    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Entries:
    """A section; `entries` are those that are shown, and `more` says how many others there are."""

    name: str
    heading: str
    entries: tuple[Entry, ...]
    more: str | None


def milestones(detail: ProjectDetail, audience: Audience) -> Entries:
    """Missed milestones first, then those to come by date, then the reached, newest first."""
    missed = [milestone for milestone in detail.milestones if milestone.is_missed(audience.today)]
    reached = [milestone for milestone in detail.milestones if milestone.reached is not None]
    coming = [milestone for milestone in detail.milestones if milestone not in missed and milestone not in reached]
    reached.sort(key=lambda milestone: str(milestone.reached), reverse=True)
    ordered = [*_by_due(missed), *_by_due(coming), *reached]
    return _entries("milestones", [milestone_entry(milestone, audience) for milestone in ordered], audience)


def _by_due(unreached: list[Milestone]) -> list[Milestone]:
    """Sorts by the first day that each can be due; those without a date come last."""
    return sorted(
        unreached, key=lambda milestone: (milestone.due.first if milestone.due else date.max, milestone.title)
    )


def milestone_entry(milestone: Milestone, audience: Audience) -> Entry:
    texts = audience.texts
    if milestone.reached is not None:
        state = texts.say("project.milestone_reached", date=day_words(milestone.reached, audience))
    elif milestone.due is None:
        state = texts.say("project.milestone_undated")
    else:
        key = "missed" if milestone.is_missed(audience.today) else "upcoming"
        state = texts.say(f"project.milestone_{key}", date=date_words(milestone.due, audience))
    return Entry(one_line(milestone.title, LONGEST_TITLE), state)


def benefits(detail: ProjectDetail, audience: Audience) -> Entries:
    return _entries("benefits", [benefit_entry(benefit, audience) for benefit in detail.benefits], audience)


def benefit_entry(benefit: Benefit, audience: Audience) -> Entry:
    texts = audience.texts
    parts = [texts.name("benefit_kind", benefit.kind)] if benefit.kind else []
    if benefit.goal is not None:
        goal = _measured(benefit.goal, benefit.unit, audience)
        parts.append(texts.say("project.benefit_goal", goal=goal))
    if benefit.realised is not None:
        realised = _measured(benefit.realised, benefit.unit, audience)
        parts.append(texts.say("project.benefit_realised", realised=realised))
    if benefit.follow_up:
        parts.append(texts.say("project.benefit_follow_up", date=date_words(benefit.follow_up, audience)))
    parts += _responsible(benefit, audience)
    return Entry(one_line(benefit.title, LONGEST_TITLE), " · ".join(parts))


def _measured(value: Decimal, unit: str | None, audience: Audience) -> str:
    if unit in ("kr.", "kr"):
        return money_words(value, audience, short=False)
    return percent_words(value, audience) if unit == "%" else f"{number_words(value, audience)} {unit or ''}".strip()


def risks(detail: ProjectDetail, audience: Audience) -> Entries:
    """Open risks first, the highest score on top."""
    ordered = sorted(detail.risks, key=lambda risk: (risk.closed is not None, -(risk.score or 0), risk.title))
    return _entries("risks", [risk_entry(risk, audience) for risk in ordered], audience)


def risk_entry(risk: Risk, audience: Audience) -> Entry:
    texts = audience.texts
    parts = [texts.name("risk_kind", risk.kind)]
    if risk.closed is not None:
        parts.append(texts.say("project.risk_closed", date=day_words(risk.closed, audience)))
    if risk.score is not None:
        values = {"score": risk.score, "probability": risk.probability, "impact": risk.impact}
        parts.append(texts.say("project.risk_score", **values))
    if risk.handling:
        parts.append(texts.say("project.risk_handling", handling=one_line(risk.handling, 200)))
    parts += _responsible(risk, audience)
    return Entry(one_line(risk.title, LONGEST_TITLE), " · ".join(parts))


def _responsible(owned: Benefit | Risk, audience: Audience) -> list[str]:
    if not owned.responsible:
        return []
    return [audience.texts.say("project.responsible", name=name_words(owned.responsible, audience))]


def changes(detail: ProjectDetail, audience: Audience) -> Entries:
    """Tell what people changed of the project itself, the newest first."""
    return _entries("changes", [_change(change, audience) for change in detail.changes], audience)


def _change(change: ProjectChange, audience: Audience) -> Entry:
    day = day_words(change.at.astimezone(audience.now.tzinfo).date(), audience)
    reason = [one_line(change.reason, LONGEST_REASON)] if change.reason else []
    state = " · ".join([day, name_words(change.by, audience), *reason])
    return Entry(change_row(change, audience), state)


def history(detail: ProjectDetail, audience: Audience) -> Entries:
    return _entries(HISTORY, [_report(report, audience) for report in detail.reports[1:]], audience)


def _report(report: StatusReport, audience: Audience) -> Entry:
    state = day_words(report.day, audience)
    if report.progress is not None:
        state += f" · {audience.texts.say('list.progress', percent=number_words(report.progress, audience))}"
    return Entry(colour_word(report.overall, audience), state)


def _entries(name: str, entries: Sequence[Entry], audience: Audience) -> Entries:
    heading = audience.texts.say(f"project.{name}", count=len(entries))
    left = len(entries) - MOST_ENTRIES
    more = audience.texts.count("project.more", left) if left > 0 else None
    return Entries(name, heading, tuple(entries[:MOST_ENTRIES]), more)


def section_card(part: Entries, audience: Audience) -> list[Element]:
    is_open = len(part.entries) <= MOST_UNFOLDED
    if part.name == HISTORY:  # the colours in a column of their own
        items = [fact_set((entry.title, plain(entry.state)) for entry in part.entries)]
    else:
        items = _lines(part)
    if part.more:
        items.append(small(part.more))
    return folded_section(part.name, part.heading, items, audience, is_open=is_open)


def folded_section(
    name: str, heading: str, items: Sequence[Element], audience: Audience, *, is_open: bool = False
) -> list[Element]:
    title = audience.texts.say("project.unfold", section=heading)
    return folding(name, heading, items, title=title, is_open=is_open, spacing="Small")


def _lines(part: Entries) -> list[Element]:
    items: list[Element] = []
    for entry in part.entries:
        title = line(plain(entry.title), spacing="Small")
        items += [title, small(plain(entry.state))] if entry.state else [title]
    return items


def section_text(part: Entries) -> list[str]:
    entries = [f"- {entry.title}: {entry.state}" if entry.state else f"- {entry.title}" for entry in part.entries]
    return [f"{part.heading}:", *entries, *([f"- {part.more}"] if part.more else [])]
