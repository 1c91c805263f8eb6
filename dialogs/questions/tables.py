"""Answers to questions on the portfolio as tables: projects, what belongs to them, groups, people and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dialogs.questions.answering import posts_of
from dialogs.questions.group_card import COUNTED, answer_groups, divided_by, group_name, measure_words
from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience
from dialogs.turn.table import MOST_ROWS, Column, Row, Table, colour_cell, first_day, last_day, name_cell, table
from portfolio.history import turns
from portfolio.identity import PersonId
from portfolio.projects.project import Benefit, Risk
from portfolio.projects.status import Light, StatusReport
from portfolio.questions import catalogue
from portfolio.questions.answers import Belonging, ReportedProject
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import FigureKind, Is, PeopleRole, Question, Target

_OF_PROJECT = (
    *(Column.NUMBER, Column.TITLE, Column.KIND, Column.FOCUS_AREAS, Column.ORG_UNIT, Column.LEAD, Column.OWNER),
    *(Column.PHASE, Column.PRIORITY, Column.START, Column.END, Column.BUDGET, Column.SPEND),
)
OF_REPORT = (*map(Column, Light), Column.PROGRESS, Column.STATUS_DAY, Column.COMMENT, Column.NEXT_STEP)
_OF_CHANGE = (
    *(Column.NUMBER, Column.TITLE, Column.LEAD, Column.CHANGED_ON, Column.COLOUR_BEFORE, Column.COLOUR_AFTER),
    Column.COMMENT,
)
_OF_MILESTONE = (Column.MILESTONE, Column.DUE, Column.REACHED)
_OF_BENEFIT = (
    *(Column.BENEFIT, Column.TYPE, Column.GOAL, Column.UNIT, Column.REALISED, Column.RESPONSIBLE, Column.FOLLOW_UP),
)
_OF_OBSTACLE = (
    *(Column.OBSTACLE, Column.TYPE, Column.PROBABILITY, Column.IMPACT, Column.SCORE, Column.RESPONSIBLE),
    *(Column.HANDLING, Column.CLOSED),
)
_ITS_PROJECTS = (Column.PROJECTS, Column.NUMBERS)


async def projects_table(asking: Asking) -> Table:
    """All projects with their newest status, or the changes of colour where the question asks for these."""
    if asking.question.changed:
        return await _changes_table(asking)
    hits = await asking.reader.reported(asking.question, asking.audience.today)
    rows = (_project_row(hit, asking.audience) for hit in hits)
    return table((*_OF_PROJECT, *OF_REPORT), rows, asking.audience)


def _project_row(hit: ReportedProject, audience: Audience) -> Row:
    project, texts = hit.project, audience.texts
    return (
        project.number,
        project.title,
        texts.name("kind", project.kind) if project.kind else None,
        "; ".join(project.focus_areas),
        project.org_unit,
        name_cell(project.lead, audience),
        name_cell(project.owner, audience),
        texts.name("phase", project.phase) if project.phase else None,
        project.priority,
        first_day(project.start),
        last_day(project.end),
        project.budget,
        project.spend,
        *report_cells(hit.report, audience),
    )


def report_cells(report: StatusReport | None, audience: Audience) -> Row:
    if report is None:
        return (None,) * len(OF_REPORT)
    lights = (colour_cell(report.light(light), audience) for light in Light)
    return *lights, report.progress, report.day, report.comment, report.next_step


async def _changes_table(asking: Asking) -> Table:
    """A row for each change of colour in the days that were asked for, the oldest first within a project."""
    changed, audience = asking.question.changed, asking.audience
    first, last = (changed.first, changed.last) if changed else (None, None)
    numbers = await asking.reader.project_numbers(asking.question, audience.today)
    histories = await asking.reader.history(numbers, first, last)

    def rows() -> Iterator[Row]:
        for history in histories:
            lead, turned = name_cell(history.lead, audience), turns(history.reports, history.before)
            for before, report in zip(history.colours, turned, strict=False):
                colours = (audience.texts.name("colour", colour) for colour in (before, report.overall))
                yield history.number, history.title, lead, report.day, *colours, report.comment

    return table(_OF_CHANGE, rows(), audience)


async def milestones_table(asking: Asking) -> Table:
    page = await asking.reader.milestones(asking.question, asking.audience.today, size=MOST_ROWS)
    rows = ((one.item.title, last_day(one.item.due), one.item.reached) for one in page.rows)
    return _belonging(page.rows, _OF_MILESTONE, rows, asking.audience)


async def benefits_table(asking: Asking) -> Table:
    page = await asking.reader.benefits(asking.question, asking.audience.today, size=MOST_ROWS)
    rows = (_benefit_row(one.item, asking.audience) for one in page.rows)
    return _belonging(page.rows, _OF_BENEFIT, rows, asking.audience)


def _benefit_row(benefit: Benefit, audience: Audience) -> Row:
    kind = audience.texts.name("benefit_kind", benefit.kind) if benefit.kind else None
    responsible, follow_up = name_cell(benefit.responsible, audience), last_day(benefit.follow_up)
    return benefit.title, kind, benefit.goal, benefit.unit, benefit.realised, responsible, follow_up


async def obstacles_table(asking: Asking) -> Table:
    page = await asking.reader.obstacles(asking.question, asking.audience.today, size=MOST_ROWS)
    rows = (_obstacle_row(one.item, asking.audience) for one in page.rows)
    return _belonging(page.rows, _OF_OBSTACLE, rows, asking.audience)


def _obstacle_row(risk: Risk, audience: Audience) -> Row:
    kind, responsible = audience.texts.name("risk_kind", risk.kind), name_cell(risk.responsible, audience)
    return risk.title, kind, risk.probability, risk.impact, risk.score, responsible, risk.handling, risk.closed


def _belonging(
    belongings: Sequence[Belonging[Any]], columns: Iterable[Column], rows: Iterable[Row], audience: Audience
) -> Table:
    """Return a table of what belongs to projects, each row led by its project."""
    whole = ((one.item.project, one.title, *row) for one, row in zip(belongings, rows, strict=True))
    return table((Column.NUMBER, Column.PROJECT, *columns), whole, audience)


async def groups_table(asking: Asking) -> Table:
    """A row for each group: what was measured where that isn't how many there are, and its projects."""
    answer, question, audience = await answer_groups(asking), asking.question, asking.audience
    figure = question.figure or COUNTED
    measures = [] if figure.kind is FigureKind.COUNT else [_capital(measure_words(figure, audience))]
    rows = []
    for group in answer.groups:
        value = None if group.value is None else round(group.value, 2)
        its_projects = (len(group.projects), "; ".join(group.projects))
        rows.append((group_name(group, answer, audience), *(value for _ in measures), *its_projects))
    by = _capital(audience.texts.say(f"field.{divided_by(question).name}"))
    return table((by, *measures, *_ITS_PROJECTS), rows, audience)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


async def people_table(asking: Asking) -> Table:
    """Leads or owners with their projects; or those who hold a post, each in a row of their own."""
    question, reader, audience = asking.question, asking.reader, asking.audience
    role = Column(question.people.value)
    match question.people:
        case PeopleRole.LEAD | PeopleRole.OWNER:
            people = await reader.leads(question, audience.today)
        case _:
            posts = posts_of(question, audience)
            held = ((post.place, *_person(one, audience)) for post in posts for one in post.people or (None,))
            return table((Column.PLACE, role, Column.EMAIL), held, audience)
    rows = ((*_person(one.lead, audience), len(one.projects), "; ".join(one.projects)) for one in people)
    return table((role, Column.EMAIL, *_ITS_PROJECTS), rows, audience)


def _person(person: PersonId | None, audience: Audience) -> Row:
    return name_cell(person, audience), audience.names.address(person) if person else None


async def focus_areas_table(asking: Asking) -> Table:
    """Return the focus areas that no later one replaces, with how many projects each has."""
    areas = [area for area in asking.audience.names.vocabulary.focus_areas if not area.replaced_by]
    counts = [await _count(catalogue.FOCUS_AREAS, area.name, asking) for area in areas]
    rows = ((area.name, area.short_name, area.period, count) for area, count in zip(areas, counts, strict=True))
    return table((Column.NAME, Column.SHORT_NAME, Column.PERIOD, Column.PROJECTS), rows, asking.audience)


async def org_units_table(asking: Asking) -> Table:
    units, audience = asking.audience.names.vocabulary.org_units, asking.audience
    counts = [await _count(catalogue.ORG_UNITS, unit.name, asking) for unit in units]
    rows = (
        (unit.name, unit.parent, name_cell(unit.manager, audience), count)
        for unit, count in zip(units, counts, strict=True)
    )
    return table((Column.NAME, Column.PARENT, Column.MANAGER, Column.PROJECTS), rows, audience)


async def _count(attribute: Attribute, name: str, asking: Asking) -> int:
    return await asking.reader.count(Question(where=(Is(attribute, (name,)),)), asking.audience.today)


async def bodies_table(asking: Asking) -> Table:
    audience = asking.audience
    rows = (
        (
            body.name,
            audience.texts.name("body_kind", body.kind),
            name_cell(body.chair, audience),
            name_cell(body.secretary, audience),
            "; ".join(map(audience.person, body.members)),
        )
        for body in audience.names.vocabulary.bodies
    )
    return table((Column.NAME, Column.TYPE, Column.CHAIR, Column.SECRETARY, Column.MEMBERS), rows, audience)


TABLES = {
    Target.PROJECTS: projects_table,
    Target.MILESTONES: milestones_table,
    Target.BENEFITS: benefits_table,
    Target.OBSTACLES: obstacles_table,
    Target.GROUPS: groups_table,
    Target.PEOPLE: people_table,
    Target.FOCUS_AREAS: focus_areas_table,
    Target.ORG_UNITS: org_units_table,
    Target.BODIES: bodies_table,
}
