"""Answers questions: each reads its answer from the portfolio."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.buttons import PAGE_SIZE
from dialogs.projects.card import OneProject
from dialogs.questions.changes_card import Changes
from dialogs.questions.chips import chips
from dialogs.questions.count_card import Count
from dialogs.questions.figure_card import FigureFound, whole_of
from dialogs.questions.list_card import Loosened, ProjectList
from dialogs.questions.people_card import People, Post, Roster
from dialogs.turn.answer import Asking, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.reply import UserError
from portfolio.projects.strategy import with_predecessors
from portfolio.questions import catalogue
from portfolio.questions.answers import ProjectPage
from portfolio.questions.question import FigureKind, Is, PeopleRole, Question, Sort, Target, Test, meetings_of

# Each costs a count in the database, so only the first filters are tried.
MOST_LOOSENED = 4


async def with_first_day(asking: Asking) -> Asking:
    """Fill in the day of the meeting that the question asks for the changes since. Raises UserError where there was no
    such meeting."""
    question, audience = asking.question, asking.audience
    changed = question.changed
    if changed is None or changed.since_meeting is None or changed.first is not None:
        return asking
    past = replace(meetings_of(changed.since_meeting, last=audience.today), sort=Sort("start", descending=True))
    newest_first = (await asking.reader.meetings(past, audience.now)).meetings
    starts = [meeting.start for meeting in newest_first if meeting.start < audience.now]
    if not starts:
        raise UserError("no_earlier_meeting", body=changed.since_meeting)
    day = starts[0].astimezone(audience.now.tzinfo).date()
    return replace(asking, question=question.having_not(changed).having(replace(changed, first=day)))


async def answer_list(asking: Asking) -> Finding:
    """Answer with a page of projects, or with their changes of colour where the question asks for these."""
    question, reader, audience, offset = asking.question, asking.reader, asking.audience, asking.offset
    page = await reader.projects(question, audience.today, offset=offset, size=PAGE_SIZE)
    if not page.rows and page.total:
        offset = (page.total - 1) // PAGE_SIZE * PAGE_SIZE
        page = await reader.projects(question, audience.today, offset=offset, size=PAGE_SIZE)
    earlier = await _earlier(asking, page.total)
    if page.total and question.changed:
        return await _changes(asking, page, offset)
    if page.total:
        return ProjectList(question, page, offset, earlier=earlier)
    if not audience.names.vocabulary.projects:
        return ProjectList(question, page, is_empty_portfolio=True)
    return ProjectList(question, page, loosened=await _loosened(asking), earlier=earlier)


async def _changes(asking: Asking, page: ProjectPage, offset: int) -> Changes:
    changed = asking.question.changed
    first, last = (changed.first, changed.last) if changed else (None, None)
    histories = await asking.reader.history([row.number for row in page.rows], first, last)
    return Changes(asking.question, page, tuple(histories), offset)


async def _earlier(asking: Asking, total: int) -> Loosened | None:
    """The question with the focus areas of earlier periods too, where that gives more projects."""
    question, audience = asking.question, asking.audience
    asked = tuple(map(str, question.values(catalogue.FOCUS_AREAS)))
    older = sorted(with_predecessors(asked, audience.names.vocabulary.focus_areas) - set(asked))
    if not older:
        return None
    wider = replace(question, where=tuple(_with_earlier(test, older) for test in question.where))
    more = await asking.reader.count(wider, audience.today) - total
    return Loosened(" · ".join(older), wider, more) if more > 0 else None


def _with_earlier(test: Test, older: list[str]) -> Test:
    is_of_areas = isinstance(test, Is) and test.attribute is catalogue.FOCUS_AREAS and not test.denied
    return replace(test, values=(*test.values, *older)) if isinstance(test, Is) and is_of_areas else test


async def _loosened(asking: Asking) -> tuple[Loosened, ...]:
    """The question without one of its filters at a time, where that gives projects."""
    question, today = asking.question, asking.audience.today
    wider: list[tuple[str | None, Question]] = [
        (chip.short, chip.removed) for chip in chips(question, asking.audience)[:MOST_LOOSENED]
    ]
    if not question.include_closed:
        wider.append((None, replace(question, include_closed=True)))
    offers = [Loosened(name, wide, await asking.reader.count(wide, today)) for name, wide in wider]
    return tuple(offer for offer in offers if offer.count)


async def answer_project(asking: Asking) -> Finding:
    """Answer with a project, or with a list when the question names several projects or none."""
    if len(asking.question.values(catalogue.PROJECTS)) != 1:
        return await answer_list(replace(asking, question=replace(asking.question, target=Target.PROJECTS), offset=0))
    return await _one_project(asking)


async def _one_project(asking: Asking) -> OneProject:
    (number,) = map(str, asking.question.values(catalogue.PROJECTS))
    detail = await asking.reader.project(number)
    if detail is None:
        raise UserError("gone", number=number)
    return OneProject(asking.question, detail, asking.back)


async def answer_count(asking: Asking) -> Finding:
    return Count(asking.question, await asking.reader.projects(asking.question, asking.audience.today, size=0))


async def answer_figure(asking: Asking) -> Finding:
    question, reader, today = asking.question, asking.reader, asking.audience.today
    measure = await reader.figure(question, today)
    hits = await reader.count(question, today)
    figure = question.figure
    if figure is None or figure.kind is not FigureKind.SHARE:
        return FigureFound(question, measure, hits)
    return FigureFound(question, measure, hits, await reader.count(whole_of(question), today))


async def answer_people(asking: Asking) -> Finding:
    question, audience = asking.question, asking.audience
    match question.people:
        case PeopleRole.LEAD | PeopleRole.OWNER if len(question.values(catalogue.PROJECTS)) == 1:
            return await _one_project(replace(asking, back=None))
        case PeopleRole.LEAD | PeopleRole.OWNER:
            return People(question, tuple(await asking.reader.leads(question, audience.today)), asking.offset)
        case _:
            return Roster(question, posts_of(question, audience))


def posts_of(question: Question, audience: Audience) -> tuple[Post, ...]:
    vocabulary = audience.names.vocabulary
    if question.people is PeopleRole.MANAGER:
        units = [unit for unit in vocabulary.org_units if unit.name in question.values(catalogue.ORG_UNITS)]
        return tuple(Post(unit.name, (unit.manager,) if unit.manager else ()) for unit in units)
    asked = question.values(catalogue.BODIES)
    bodies = [body for body in vocabulary.bodies if not asked or body.name in asked]
    if question.people is PeopleRole.MEMBER:
        return tuple(Post(body.name, body.members) for body in bodies)
    is_chair = question.people is PeopleRole.CHAIR
    posts = [(body.name, body.chair if is_chair else body.secretary) for body in bodies]
    return tuple(Post(name, (person,) if person else ()) for name, person in posts)
