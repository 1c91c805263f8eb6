"""What the portfolio answers, worked out the slow and plain way: the measure of the database's answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from portfolio.history import turns
from portfolio.organisation import with_all_below
from portfolio.projects.project import CLOSED_PHASES, Milestone, Project
from portfolio.projects.signals import Figures, figures_of, signals
from portfolio.projects.status import Rag, StatusReport, is_late, is_missing_status
from portfolio.questions.answers import Measure
from portfolio.questions.question import (
    Amount,
    AmountRange,
    Attribute,
    Changed,
    FigureKind,
    Filters,
    Period,
    PeriodField,
    Question,
    Sort,
    SortField,
)
from portfolio.whole import Portfolio

_ALPHABET = " %'0123456789_abcdefghijklmnopqrstuvwxyzæøå"
_LIGHTS = {"overall", "time", "economy", "quality", "benefits", "risk"}


def merged(first: Portfolio, second: Portfolio) -> Portfolio:
    """The later record takes the place of the earlier one; a rhythm or an expected end that it doesn't give stays."""
    return Portfolio(
        projects=_latest((*first.projects, *_with_rhythms(second.projects, first.projects)), "number"),
        reports=_latest((*first.reports, *_with_expected_ends(second.reports, first.reports)), "project", "day"),
        milestones=_latest((*first.milestones, *second.milestones), "project", "title"),
        org_units=_latest((*first.org_units, *second.org_units), "name"),
    )


def _latest(records: tuple[Any, ...], *identity: str) -> tuple[Any, ...]:
    return tuple({tuple(getattr(record, name) for name in identity): record for record in records}.values())


def _with_rhythms(projects: tuple[Project, ...], earlier: tuple[Project, ...]) -> list[Project]:
    known = {project.number: project.rhythm_days for project in earlier}
    return [replace(item, rhythm_days=item.rhythm_days or known.get(item.number)) for item in projects]


def _with_expected_ends(reports: tuple[StatusReport, ...], earlier: tuple[StatusReport, ...]) -> list[StatusReport]:
    known = {(report.project, report.day): report.expected_end for report in earlier}
    return [replace(one, expected_end=one.expected_end or known.get((one.project, one.day))) for one in reports]


@dataclass(frozen=True)
class Oracle:
    portfolio: Portfolio
    today: date

    def numbers(self, question: Question) -> list[str]:
        return [project.number for project in self.hits(question)]

    def hits(self, question: Question) -> list[Project]:
        found = [project for project in self.portfolio.projects if self._fits(project, question)]
        return self._sorted(found, question.sort or Sort(SortField.COLOUR))[: question.limit]

    def colours(self, question: Question) -> dict[Rag, int]:
        colours = [self._light(project, "overall") for project in self.hits(question)]
        return {colour: colours.count(colour) for colour in colours}

    def figure(self, question: Question) -> Measure:
        figure = question.figure
        assert figure is not None
        if figure.kind is FigureKind.SHARE:
            return self._share(question, figure.among or Filters(), figure.amount)
        assert figure.amount is not None
        amounts = [self._amount(project, figure.amount) for project in self.hits(question)]
        known = [amount for amount in amounts if amount is not None]
        value = sum(known) / (1 if figure.kind is FigureKind.SUM else len(known)) if known else None
        return Measure(value, len(known))

    def _share(self, question: Question, among: Filters, amount: Amount | None) -> Measure:
        whole = Question(where=among)
        closed = _asks_for_closed(question) or _asks_for_closed(whole)
        all_of_them = self.hits(replace(whole, include_closed=closed))
        fitting = set(self.numbers(replace(question, include_closed=closed)))
        sizes = {one.number: (self._amount(one, amount) or 0) if amount else 1 for one in all_of_them}
        part = sum(size for number, size in sizes.items() if number in fitting)
        over = sum(amount is None or self._amount(project, amount) is not None for project in all_of_them)
        return Measure(Decimal(100 * part) / sum(sizes.values()) if sum(sizes.values()) else None, over)

    def _fits(self, project: Project, question: Question) -> bool:
        newest, milestones = self._newest(project), self._milestones(project)
        truths = (
            (question.missing_status, is_missing_status(project, newest, self.today)),
            (question.stale, newest is not None and is_missing_status(project, newest, self.today)),
            (question.late, is_late(project, milestones, self.today)),
            (question.over_budget, project.is_over_budget),
            (question.disputed, any(signal.disputes for signal in signals(self.figures(project), self.today))),
        )
        return (
            (not project.is_closed or _asks_for_closed(question))
            and all(self._has(project, name, values) for name, values in question.where.given().items())
            and (not question.match_all or set(question.where.focus_areas) <= set(project.focus_areas))
            and (not question.match_all or set(question.where.goals) <= set(project.goals))
            and not any(self._has(project, name, values) for name, values in question.without.given().items())
            and all(wanted in (None, truth) for wanted, truth in truths)
            and all(self._in_period(project, period) for period in question.periods)
            and all(self._within(project, bounds) for bounds in question.amounts)
            and all(self._lacks(project, attribute) for attribute in question.lacking)
            and (question.changed is None or self._has_changed(project, question.changed))
            and (not question.text or _mentions(project, question.text))
        )

    def disputing(self, number: str) -> Figures | None:
        """The figures, where they contradict the lead."""
        said = self.figures(next(project for project in self.portfolio.projects if project.number == number))
        return said if any(signal.disputes for signal in signals(said, self.today)) else None

    def figures(self, project: Project) -> Figures:
        return figures_of(project, self._newest(project), self._milestones(project))

    def _has_changed(self, project: Project, changed: Changed) -> bool:
        mine = [report for report in self.portfolio.reports if report.project == project.number]
        turned = turns(sorted(mine, key=lambda report: report.day))
        wanted = changed.to or tuple(Rag)
        return any(_between(one.day, changed.first, changed.last) and one.overall in wanted for one in turned)

    def _has(self, project: Project, name: str, wanted: tuple[Any, ...]) -> bool:
        if name in _LIGHTS:
            return self._light(project, name) in wanted
        if name == "org_units":
            return project.org_unit in with_all_below(wanted, self.portfolio.org_units)
        if name in {"focus_areas", "goals"}:
            return not set(getattr(project, name)).isdisjoint(wanted)
        attribute = {"projects": "number", "kinds": "kind", "phases": "phase"}.get(name, name)
        return getattr(project, attribute) in wanted

    def _lacks(self, project: Project, attribute: Attribute) -> bool:
        if attribute is Attribute.MILESTONE:
            return not self._milestones(project)
        names = {"org_units": "org_unit", "kinds": "kind", "phases": "phase"}
        return getattr(project, names.get(attribute, attribute)) in (None, ())

    def _newest(self, project: Project) -> StatusReport | None:
        mine = [report for report in self.portfolio.reports if report.project == project.number]
        return max(mine, key=lambda report: report.day, default=None)

    def _milestones(self, project: Project) -> list[Milestone]:
        return [milestone for milestone in self.portfolio.milestones if milestone.project == project.number]

    def _light(self, project: Project, name: str) -> Rag:
        newest = self._newest(project)
        return Rag.NONE if newest is None else getattr(newest, name)

    def _amount(self, project: Project, amount: Amount) -> Decimal | None:
        newest = self._newest(project)
        match amount:
            case Amount.BUDGET:
                return project.budget
            case Amount.SPEND:
                return project.spend
            case Amount.REMAINING:
                return None if project.budget is None or project.spend is None else project.budget - project.spend
            case Amount.PROGRESS:
                return None if newest is None else newest.progress

    def _within(self, project: Project, bounds: AmountRange) -> bool:
        return _between(self._amount(project, bounds.amount), bounds.at_least, bounds.at_most)

    def _in_period(self, project: Project, period: Period) -> bool:
        first, last, newest = period.first, period.last, self._newest(project)
        match period.field:
            case PeriodField.START:
                return _between(project.start and project.start.first, first, last)
            case PeriodField.END:
                return _between(project.end and project.end.last, first, last)
            case PeriodField.STATUS:
                return _between(newest and newest.day, first, last)
            case PeriodField.NO_STATUS:
                return newest is None or not _between(newest.day, first, last)
            case PeriodField.MILESTONE:
                dues = [milestone.due and milestone.due.last for milestone in self._milestones(project)]
                return any(_between(due, first, last) for due in dues)
            case PeriodField.ACTIVE:
                begins = project.start.first if project.start else date.min
                ends = project.end.last if project.end else date.max
                dated = project.start is not None or project.end is not None
                return dated and begins <= (last or date.max) and ends >= (first or date.min)
            case PeriodField.MEETING:
                raise AssertionError

    def _sorted(self, projects: list[Project], sort: Sort) -> list[Project]:
        by_title = sorted(
            projects, key=lambda project: ([_ALPHABET.index(x) for x in project.title.lower()], project.number)
        )
        with_value = [project for project in by_title if self._value(project, sort.field) is not None]
        without = [project for project in by_title if self._value(project, sort.field) is None]
        # Sorting in reverse keeps the order of ties only when they were reversed before.
        ordered = with_value[::-1] if sort.descending else with_value
        ordered = sorted(ordered, key=lambda project: self._value(project, sort.field))
        return (ordered[::-1] if sort.descending else ordered) + without

    def _value(self, project: Project, field: SortField) -> Any:
        newest = self._newest(project)
        match field:
            case SortField.TITLE:
                return [_ALPHABET.index(letter) for letter in project.title.lower()]
            case SortField.NUMBER:
                return int(project.number.removeprefix("P"))
            case SortField.COLOUR:
                return list(Rag).index(self._light(project, "overall"))
            case SortField.STATUS_AGE:
                return (self.today - newest.day).days if newest else float("inf")
            case SortField.OVERRUN:
                remaining = self._amount(project, Amount.REMAINING)
                return None if remaining is None else -remaining
            case SortField.PROGRESS:
                return self._amount(project, Amount.PROGRESS)
            case SortField.START | SortField.END:
                planned = getattr(project, field.value)
                return planned and (planned.first, planned.last)
            case _:
                return getattr(project, field.value)


def _asks_for_closed(question: Question) -> bool:
    where = question.where
    return question.include_closed or bool(where.projects) or bool(CLOSED_PHASES.intersection(where.phases))


def _between(value: Any, first: Any, last: Any) -> bool:
    return value is not None and (first is None or first <= value) and (last is None or value <= last)


def _mentions(project: Project, text: str) -> bool:
    said = (project.number, project.title, *project.aliases, project.case_number or "", project.description or "")
    return any(" ".join(text.split()).casefold() in " ".join(words.split()).casefold() for words in said)
