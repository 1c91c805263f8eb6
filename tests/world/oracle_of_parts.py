"""Milestones, benefits and obstacles of projects, worked out the slow and plain way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from portfolio.dates import PlanDate
from portfolio.projects.project import Benefit, Milestone, Project, Risk
from portfolio.questions import catalogue as c
from portfolio.questions.catalogue import Attribute, Subject
from portfolio.questions.question import Changed, During, Is, Mentions, Question, Target, Test, Tests
from tests.world.oracle import Oracle, asks_for_closed, between, by_title

Part = Milestone | Benefit | Risk


@dataclass(frozen=True)
class Parts:
    plain: Oracle

    def rows(self, question: Question) -> list[Part]:
        """Sorted as asked, or milestones and benefits by their days and obstacles the worst first; equal ones by
        their project's title."""
        projects = {project.number: project for project in self.plain.portfolio.projects}
        found = [part for part in self._all(question.target) if self._fits(projects[part.project], part, question)]
        found.sort(key=lambda part: part.project)
        found.sort(key=lambda part: part.title)
        found.sort(key=lambda part: by_title(projects[part.project])[0])
        return _sorted(found, question)[: question.limit]

    def _all(self, target: Target) -> tuple[Part, ...]:
        portfolio = self.plain.portfolio
        return {Target.MILESTONES: portfolio.milestones, Target.BENEFITS: portfolio.benefits}.get(
            target, portfolio.risks
        )

    def _fits(self, project: Project, part: Part, question: Question) -> bool:
        if project.is_closed and not asks_for_closed(question):
            return False
        either = not question.any_of or any(self._fit(project, part, tests) for tests in question.any_of)
        return either and self._fit(project, part, question.where)

    def _fit(self, project: Project, part: Part, tests: Tests) -> bool:
        return all(self._passes(project, part, test) for test in tests)

    def _passes(self, project: Project, part: Part, test: Test) -> bool:
        if isinstance(test, Mentions | Changed) or test.attribute.subject is Subject.PROJECT:
            return self.plain.passes(project, test)
        value = _value(part, test.attribute, self.plain.today)
        match test:
            case During(_, first, last):
                passes = between(_last(value), first, last)
            case Is(_, values):
                passes = value in values
            case _:
                raise AssertionError(test)
        return passes is not test.denied


def _value(part: Part, attribute: Attribute, today: date) -> Any:
    match part, attribute:
        case Milestone(), c.REACHED_ON:
            return part.reached
        case Milestone(), c.REACHED:
            return part.reached is not None
        case Milestone(), c.MISSED:
            return part.reached is None and part.due is not None and part.due.last < today
        case Benefit(), c.REALISED:
            return None not in (part.realised, part.goal) and part.realised >= part.goal  # type: ignore[operator]
        case Risk(), c.OPEN:
            return part.closed is None
        case Risk(), c.SEVERE:
            return _score(part) is not None and _score(part) >= c.SEVERE_FROM  # type: ignore[operator]
        case Risk(), c.SCORE:
            return _score(part)
        case _, c.BENEFIT_KINDS | c.OBSTACLE_KINDS:
            return part.kind  # type: ignore[union-attr]
        case _, c.BENEFIT_RESPONSIBLE | c.OBSTACLE_RESPONSIBLE:
            return part.responsible  # type: ignore[union-attr]
    return getattr(part, attribute.name)


def _score(risk: Risk) -> int | None:
    return None if risk.probability is None or risk.impact is None else risk.probability * risk.impact


def _last(value: PlanDate | date | None) -> date | None:
    return value.last if isinstance(value, PlanDate) else value


def _sorted(parts: list[Part], question: Question) -> list[Part]:
    """Sort them; one without a value comes last either way."""
    is_down = question.sort.descending if question.sort else question.target is Target.OBSTACLES
    known = [part for part in parts if _key(part, question) is not None]
    known.sort(key=lambda part: _key(part, question), reverse=is_down)
    return known + [part for part in parts if _key(part, question) is None]


def _key(part: Part, question: Question) -> Any:
    match part:
        case Risk() if question.sort is not None and question.sort.attribute is c.IMPACT:
            unknown = 0 if question.sort.descending else 6
            return part.impact or unknown, part.probability or unknown
        case Risk():
            return _score(part)
        case Milestone():
            day = part.due
        case Benefit():
            day = part.follow_up
    if day is None:
        return None
    if question.sort is not None:
        return day.first, day.last
    return (day.last, day.first) if isinstance(part, Milestone) else day.last
