"""What the portfolio answers, worked out the slow and plain way: the measure of the database's answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from portfolio.organisation import with_all_below
from portfolio.projects.project import CLOSED_PHASES, Milestone, Project, Risk, RiskKind
from portfolio.projects.signals import Figures, figures_of, signals
from portfolio.projects.status import Rag, StatusReport, is_late, is_missing_status
from portfolio.questions import catalogue as c
from portfolio.questions.answers import Measure
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import Changed, During, FigureKind, Is, Mentions, Question, Sort, Test, Tests, Within
from portfolio.whole import Portfolio

_ALPHABET = " %'0123456789_abcdefghijklmnopqrstuvwxyzæøå"


def merged(first: Portfolio, second: Portfolio) -> Portfolio:
    """The later record takes the place of the earlier one; a rhythm or an expected end that it doesn't give stays."""
    return Portfolio(
        projects=_latest((*first.projects, *_with_rhythms(second.projects, first.projects)), "number"),
        reports=_latest((*first.reports, *_with_expected_ends(second.reports, first.reports)), "project", "day"),
        milestones=_latest((*first.milestones, *second.milestones), "project", "title"),
        benefits=_latest((*first.benefits, *second.benefits), "project", "title"),
        risks=_latest((*first.risks, *second.risks), "project", "title"),
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
        found = [project for project in self.portfolio.projects if self.fits(project, question)]
        return self._sorted(found, question.sort or Sort("colour"))[: question.limit]

    def colours(self, question: Question) -> dict[Rag, int]:
        colours = [self.value(project, c.OVERALL) for project in self.hits(question)]
        return {colour: colours.count(colour) for colour in colours}

    def figure(self, question: Question) -> Measure:
        figure = question.figure
        assert figure is not None
        if figure.kind is FigureKind.SHARE:
            return self._share(question, figure.among, figure.amount)
        assert figure.amount is not None
        amounts = [self.value(project, figure.amount) for project in self.hits(question)]
        known = [amount for amount in amounts if amount is not None]
        value = sum(known) / (1 if figure.kind is FigureKind.SUM else len(known)) if known else None
        return Measure(value, len(known))

    def _share(self, question: Question, among: Tests, amount: Attribute | None) -> Measure:
        whole = Question(where=among)
        closed = asks_for_closed(question) or asks_for_closed(whole)
        all_of_them = self.hits(replace(whole, include_closed=closed))
        fitting = set(self.numbers(replace(question, include_closed=closed)))
        sizes = {one.number: (self.value(one, amount) or 0) if amount else 1 for one in all_of_them}
        part = sum(size for number, size in sizes.items() if number in fitting)
        over = sum(amount is None or self.value(project, amount) is not None for project in all_of_them)
        return Measure(Decimal(100 * part) / sum(sizes.values()) if sum(sizes.values()) else None, over)

    def fits(self, project: Project, question: Question) -> bool:
        is_asked_for = not project.is_closed or asks_for_closed(question)
        either = not question.any_of or any(self._fit(project, tests) for tests in question.any_of)
        return is_asked_for and either and self._fit(project, question.where)

    def _fit(self, project: Project, tests: Tests) -> bool:
        return all(self.passes(project, test) for test in tests)

    def passes(self, project: Project, test: Test) -> bool:
        match test:
            case Mentions(text):
                return _mentions(project, text)
            case Changed():
                return self._has_changed(project, test)
            case During(attribute, first, last):
                passes = any(overlaps(days, first, last) for days in self._days(project, attribute))
            case Within(attribute, low, high):
                passes = between(self.value(project, attribute), low, high)
            case Is(attribute, ()):
                passes = self.value(project, attribute) in (None, ())
            case Is(attribute, values):
                held = self.value(project, attribute)
                wanted = with_all_below(values, self.portfolio.org_units) if attribute is c.ORG_UNITS else values
                passes = not set(held if isinstance(held, tuple) else [held]).isdisjoint(wanted)
        return passes is not test.denied

    def disputing(self, number: str) -> Figures | None:
        """The figures, where they contradict the lead."""
        said = self.figures(next(project for project in self.portfolio.projects if project.number == number))
        return said if any(signal.disputes for signal in signals(said, self.today)) else None

    def figures(self, project: Project) -> Figures:
        return figures_of(project, self._newest(project), self._milestones(project))

    def _has_changed(self, project: Project, changed: Changed) -> bool:
        mine = [report for report in self.portfolio.reports if report.project == project.number]
        ordered = sorted(mine, key=lambda report: report.day)
        colours = [Rag.NONE, *(report.overall for report in ordered)]
        turned = [(old, report) for old, report in zip(colours, ordered, strict=False) if report.overall is not old]
        return any(
            between(report.day, changed.first, changed.last)
            and report.overall in (changed.to or tuple(Rag))
            and before in (changed.old or tuple(Rag))
            and (changed.way is None or _went(before, report.overall) == changed.way)
            for before, report in turned
        )

    def _newest(self, project: Project) -> StatusReport | None:
        mine = [report for report in self.portfolio.reports if report.project == project.number]
        return max(mine, key=lambda report: report.day, default=None)

    def _milestones(self, project: Project) -> list[Milestone]:
        return [milestone for milestone in self.portfolio.milestones if milestone.project == project.number]

    def _open_risks(self, project: Project) -> list[Risk]:
        return [risk for risk in self.portfolio.risks if risk.project == project.number and risk.closed is None]

    def value(self, project: Project, attribute: Attribute) -> Any:
        """Return what the project has of it; None, or an empty tuple, where it has nothing."""
        newest, milestones = self._newest(project), self._milestones(project)
        left = None if project.budget is None or project.spend is None else project.budget - project.spend
        missing = is_missing_status(project, newest, self.today)
        values: dict[Attribute, Any] = {
            **{light: Rag.NONE if newest is None else getattr(newest, light.name) for light in c.LIGHTS},
            c.PROJECTS: project.number,
            c.ORG_UNITS: project.org_unit,
            c.KINDS: project.kind,
            c.PHASES: project.phase,
            c.MISSING_STATUS: missing,
            c.STALE: newest is not None and missing,
            c.LATE: is_late(project, milestones, self.today),
            c.OVER_BUDGET: project.is_over_budget,
            c.DISPUTED: any(signal.disputes for signal in signals(self.figures(project), self.today)),
            c.SEVERE_RISK: any(
                risk.kind is RiskKind.RISK and (risk.score or 0) >= c.SEVERE_FROM for risk in self._open_risks(project)
            ),
            c.OPEN_BARRIER: any(risk.kind is RiskKind.BARRIER for risk in self._open_risks(project)),
            c.REMAINING: left,
            c.OVERRUN: None if left is None else -left,
            c.CONSUMPTION: 100 * project.spend / project.budget
            if project.budget and project.spend is not None
            else None,
            c.PROGRESS: newest and newest.progress,
            c.MILESTONE: tuple(milestones),
        }
        return values[attribute] if attribute in values else getattr(project, attribute.name)

    def _days(self, project: Project, attribute: Attribute) -> list[tuple[date, date]]:
        """The days that a period may fit: of an imprecise date its last one, and of a start the first."""
        newest = self._newest(project)
        match attribute:
            case c.ACTIVE:
                begins = project.start.first if project.start else date.min
                ends = project.end.last if project.end else date.max
                return [(begins, ends)] if project.start or project.end else []
            case c.START:
                days = [project.start and project.start.first]
            case c.END:
                days = [project.end and project.end.last]
            case c.EXPECTED_END:
                days = [newest and newest.expected_end and newest.expected_end.last]
            case c.STATUS:
                days = [newest and newest.day]
            case _:
                days = [milestone.due and milestone.due.last for milestone in self._milestones(project)]
        return [(day, day) for day in days if day is not None]

    def _sorted(self, projects: list[Project], sort: Sort) -> list[Project]:
        ordered_by_title = sorted(projects, key=by_title)
        with_value = [project for project in ordered_by_title if self._key(project, sort) is not None]
        without = [project for project in ordered_by_title if self._key(project, sort) is None]
        # Sorting in reverse keeps the order of ties only when they were reversed before.
        ordered = with_value[::-1] if sort.descending else with_value
        ordered = sorted(ordered, key=lambda project: self._key(project, sort))
        return (ordered[::-1] if sort.descending else ordered) + without

    def _key(self, project: Project, sort: Sort) -> Any:
        newest = self._newest(project)
        match sort.attribute:
            case c.TITLE:
                return [_ALPHABET.index(letter) for letter in project.title.lower()]
            case c.NUMBER:
                return int(project.number.removeprefix("P"))
            case c.OVERALL:
                return list(Rag).index(self.value(project, c.OVERALL))
            case c.STATUS:
                return (self.today - newest.day).days if newest else float("inf")
            case c.START | c.END:
                planned = getattr(project, sort.attribute.name)
                return planned and (planned.first, planned.last)
            case _:
                return self.value(project, sort.attribute)


def asks_for_closed(question: Question) -> bool:
    tests = [*question.where, *(test for tests in question.any_of for test in tests)]
    wanted = [test for test in tests if isinstance(test, Is) and not test.denied]
    return question.include_closed or any(
        test.attribute is c.PROJECTS or (test.attribute is c.PHASES and CLOSED_PHASES.intersection(test.values))
        for test in wanted
    )


def by_title(project: Project) -> tuple[list[int], str]:
    return [_ALPHABET.index(letter) for letter in project.title.lower()], project.number


def overlaps(days: tuple[date, date], first: date | None, last: date | None) -> bool:
    return days[0] <= (last or date.max) and days[1] >= (first or date.min)


def between(value: Any, first: Any, last: Any) -> bool:
    return value is not None and (first is None or first <= value) and (last is None or value <= last)


def _went(before: Rag, now: Rag) -> str | None:
    gravity = {Rag.GREEN: 0, Rag.AMBER: 1, Rag.RED: 2}
    if before not in gravity or now not in gravity:
        return None
    return "worse" if gravity[now] > gravity[before] else "better"


def _mentions(project: Project, text: str) -> bool:
    said = (project.number, project.title, *project.aliases, project.case_number or "", project.description or "")
    return any(" ".join(text.split()).casefold() in " ".join(words.split()).casefold() for words in said)
