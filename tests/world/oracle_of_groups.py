"""Projects divided, worked out the slow and plain way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from portfolio.projects.project import Project
from portfolio.questions import catalogue as c
from portfolio.questions.answers import Group
from portfolio.questions.question import Figure, FigureKind, Question
from tests.world.oracle import Oracle, asks_for_closed

Key = str | int | None


@dataclass(frozen=True)
class Divider:
    """Sees projects of one question as groups."""

    plain: Oracle

    def groups(self, question: Question) -> list[Group]:
        """Largest value first, unless asked otherwise; equal ones by key; those without a figure last. Ranked, those
        without a key come last of all. Cut, those equal to the last stay."""
        found: dict[Key, list[Project]] = {}
        closed = asks_for_closed(question) or asks_for_closed(Question(where=_figure(question).among))
        whole = replace(question, sort=None, limit=None, include_closed=closed)
        for project in self.plain.hits(whole):
            for key in self._keys(project, question):
                found.setdefault(key, []).append(project)
        groups = [
            Group(key, self._value(question, key, members), tuple(member.number for member in members))
            for key, members in found.items()
        ]
        upwards = question.sort is not None and not question.sort.descending

        def place(group: Group) -> tuple[object, ...]:
            is_last = question.sort is not None and group.key is None
            value = Decimal(0) if group.value is None else group.value if upwards else -group.value
            return is_last, group.value is None, value, group.key is None, str(group.key)

        return _cut(sorted(groups, key=place), question.limit)

    def _keys(self, project: Project, question: Question) -> list[Key]:
        assert question.group_by is not None
        held = self.plain.value(project, question.group_by)
        if question.group_by is c.ORG_UNITS:
            return [self._top(held, {str(name) for name in question.values(c.ORG_UNITS)})]
        return (list(held) or [None]) if isinstance(held, tuple) else [held]

    def _top(self, name: str | None, asked: set[str]) -> str | None:
        parents = {unit.name: unit.parent for unit in self.plain.portfolio.org_units}
        passed: set[str] = set()
        while name is not None and name not in asked and name not in passed:
            above = parents.get(name)
            if above is None or above in asked or above in passed:
                return name
            passed.add(name)
            name = above
        return name

    def _value(self, question: Question, key: Key, members: list[Project]) -> Decimal | None:
        figure = _figure(question)
        match figure.kind:
            case FigureKind.COUNT:
                return Decimal(len(members))
            case FigureKind.RATIO:
                both = [(one.spend, one.budget) for one in members if one.spend is not None and one.budget]
                whole = sum((budget for _, budget in both), Decimal(0))
                return 100 * sum((spend for spend, _ in both), Decimal(0)) / whole if whole else None
            case FigureKind.SHARE:
                return self._share(question, figure, key, members)
        assert figure.amount is not None
        known = [amount for one in members if (amount := self.plain.value(one, figure.amount)) is not None]
        if not known:
            return None
        whole = sum(known, Decimal(0))
        measured = {FigureKind.MIN: min(known), FigureKind.MAX: max(known), FigureKind.AVERAGE: whole / len(known)}
        return measured.get(figure.kind, whole)

    def _share(self, question: Question, figure: Figure, key: Key, members: list[Project]) -> Decimal | None:
        """Closed projects count on both sides, or on neither."""
        among = Question(where=figure.among)
        closed = asks_for_closed(question) or asks_for_closed(among)
        rest = self.plain.hits(replace(among, include_closed=closed))
        beside = [one for one in rest if key in self._keys(one, question)]
        numbers = {one.number for one in members}

        def size(one: Project) -> Decimal:
            return Decimal(1) if figure.amount is None else self.plain.value(one, figure.amount) or Decimal(0)

        whole = sum(map(size, beside), Decimal(0))
        part = sum((size(one) for one in beside if one.number in numbers), Decimal(0))
        return 100 * part / whole if whole else None


def _cut(groups: list[Group], limit: int | None) -> list[Group]:
    if limit is None:
        return groups
    kept = groups[:limit]
    return kept + [group for group in groups[limit:] if kept and group.value == kept[-1].value]


def _figure(question: Question) -> Figure:
    return question.figure or Figure(FigureKind.COUNT)
