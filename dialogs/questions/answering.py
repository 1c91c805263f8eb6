"""From a reading to an answer: what is read from the portfolio for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs.answers import (
    Ambiguous,
    Answer,
    Changes,
    Count,
    Done,
    FigureFound,
    Help,
    Loosened,
    Meetings,
    NotHeld,
    NotUnderstood,
    OneProject,
    People,
    Post,
    ProjectList,
    Roster,
    Trend,
    WhoAreYou,
)
from dialogs.questions.chips import chips
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Asked, AskerUnknown, Clarify, Commanded, HelpWanted, Reading, Unclear
from dialogs.turn.reply import UserError
from portfolio.history import corrections
from portfolio.ports.questions import PortfolioReader
from portfolio.projects.strategy import with_predecessors
from portfolio.questions.answers import LeadSummary, ProjectPage
from portfolio.questions.question import (
    Changed,
    FigureKind,
    PeopleRole,
    Period,
    PeriodField,
    Question,
    Sort,
    SortField,
    Target,
)

PAGE_SIZE = 10
# Each costs a count in the database, so only the first filters are tried.
MOST_LOOSENED = 4


async def answer_reading(reading: Reading, reader: PortfolioReader, audience: Audience) -> Answer:
    match reading:
        case Asked(question):
            return await answer_question(question, reader, audience)
        case Commanded(command, projects):
            return Done(command, projects)
        case HelpWanted():
            return Help()
        case AskerUnknown():
            return WhoAreYou()
        case Clarify():
            return Ambiguous(reading)
        case Unclear():
            return NotUnderstood(reading)


async def answer_question(
    question: Question, reader: PortfolioReader, audience: Audience, offset: int = 0, back: Question | None = None
) -> Answer:
    question = await _since_meeting(question, reader, audience)
    match question.target:
        case Target.PROJECTS:
            return await _projects(question, reader, audience, offset)
        case Target.PROJECT:
            return await _project(question, reader, audience, back)
        case Target.TREND:
            return await _trend(question, reader, audience, back)
        case Target.COUNT:
            return Count(question, await reader.projects(question, audience.today, size=0))
        case Target.FIGURE:
            return await _figure(question, reader, audience.today)
        case Target.PEOPLE:
            return await _people(question, reader, audience, offset)
        case Target.MEETINGS:
            page = await reader.meetings(question, audience.now, offset=offset, size=PAGE_SIZE)
            return Meetings(question, page, offset)
        case Target.PROPOSALS | Target.SYSTEMS:
            return NotHeld(question)


async def _projects(question: Question, reader: PortfolioReader, audience: Audience, offset: int) -> Answer:
    page = await reader.projects(question, audience.today, offset=offset, size=PAGE_SIZE)
    if not page.rows and page.total:
        offset = (page.total - 1) // PAGE_SIZE * PAGE_SIZE
        page = await reader.projects(question, audience.today, offset=offset, size=PAGE_SIZE)
    earlier = await _earlier(question, page.total, reader, audience)
    if page.total and question.changed:
        return await _changes(question, page, reader, offset)
    if page.total:
        return ProjectList(question, page, offset, earlier=earlier)
    if not audience.names.vocabulary.projects:
        return ProjectList(question, page, is_empty_portfolio=True)
    return ProjectList(question, page, loosened=await _loosened(question, reader, audience), earlier=earlier)


async def _changes(question: Question, page: ProjectPage, reader: PortfolioReader, offset: int) -> Changes:
    first, last = (question.changed.first, question.changed.last) if question.changed else (None, None)
    histories = await reader.history([row.number for row in page.rows], first, last)
    return Changes(question, page, tuple(histories), offset)


async def _since_meeting(question: Question, reader: PortfolioReader, audience: Audience) -> Question:
    """The question with the day of the meeting that it asks for the changes since."""
    changed = question.changed
    if changed is None or changed.since_meeting is None or changed.first is not None:
        return question
    held = Question(
        Target.MEETINGS,
        periods=(Period(PeriodField.MEETING, last=audience.today),),
        sort=Sort(SortField.START, descending=True),
        bodies=(changed.since_meeting,),
    )
    newest_first = (await reader.meetings(held, audience.now)).meetings
    begun = [meeting.start for meeting in newest_first if meeting.start < audience.now]
    if not begun:
        raise UserError("no_earlier_meeting", body=changed.since_meeting)
    day = begun[0].astimezone(audience.now.tzinfo).date()
    return replace(question, changed=replace(changed, first=day))


async def _earlier(question: Question, total: int, reader: PortfolioReader, audience: Audience) -> Loosened | None:
    """The question with the focus areas of earlier periods too, where that gives more projects."""
    asked = question.where.focus_areas
    older = sorted(with_predecessors(asked, audience.names.vocabulary.focus_areas) - set(asked))
    if not older:
        return None
    wider = replace(question, where=replace(question.where, focus_areas=(*asked, *older)))
    more = await reader.count(wider, audience.today) - total
    return Loosened(" · ".join(older), wider, more) if more > 0 else None


async def _loosened(question: Question, reader: PortfolioReader, audience: Audience) -> tuple[Loosened, ...]:
    tries: list[tuple[str | None, Question]] = [
        (chip.short, chip.removed) for chip in chips(question, audience)[:MOST_LOOSENED]
    ]
    if not question.include_closed:
        tries.append((None, replace(question, include_closed=True)))
    counted = [Loosened(name, tried, await reader.count(tried, audience.today)) for name, tried in tries]
    return tuple(one for one in counted if one.count)


async def _project(question: Question, reader: PortfolioReader, audience: Audience, back: Question | None) -> Answer:
    """One project by its number; a question that fits several, or none, is answered with the list."""
    if len(question.where.projects) != 1:
        return await _projects(replace(question, target=Target.PROJECTS), reader, audience, 0)
    return await _one(question, reader, back)


async def _trend(question: Question, reader: PortfolioReader, audience: Audience, back: Question | None) -> Answer:
    """Of one project, in the days that the question names; a question that fits several is answered with the list."""
    if len(question.where.projects) != 1:
        return await _projects(replace(question, target=Target.PROJECTS), reader, audience, 0)
    if question.periods and question.changed is None:
        days = Changed(question.periods[0].first, question.periods[0].last)
        question = replace(question, changed=days, periods=())
    first, last = (question.changed.first, question.changed.last) if question.changed else (None, None)
    histories = await reader.history(question.where.projects, first, last)
    if not histories:
        raise UserError("gone", number=question.where.projects[0])
    changed = corrections(await reader.publications(question.where.projects[0]))
    within = [one for one in changed if one.report.day in {report.day for report in histories[0].reports}]
    return Trend(question, histories[0], tuple(within), back)


async def _one(question: Question, reader: PortfolioReader, back: Question | None = None) -> OneProject:
    (number,) = question.where.projects
    detail = await reader.project(number)
    if detail is None:
        raise UserError("gone", number=number)
    return OneProject(question, detail, back)


async def _figure(question: Question, reader: PortfolioReader, today: date) -> Answer:
    value = await reader.figure(question, today)
    hits = await reader.count(question, today)
    figure = question.figure
    if figure is None or figure.kind is not FigureKind.SHARE:
        return FigureFound(question, value, hits)
    return FigureFound(question, value, hits, await reader.count(whole_of(question), today))


def whole_of(question: Question) -> Question:
    """The projects that a share is taken of."""
    among = question.figure.among if question.figure else None
    whole = Question(include_closed=question.include_closed)
    return whole if among is None else replace(whole, where=among)


async def _people(question: Question, reader: PortfolioReader, audience: Audience, offset: int) -> Answer:
    match question.people:
        case PeopleRole.LEAD | PeopleRole.OWNER if len(question.where.projects) == 1:
            return await _one(question, reader)
        case PeopleRole.LEAD:
            return People(question, tuple(await reader.leads(question, audience.today)), offset)
        case PeopleRole.OWNER:
            return People(question, await _owners(question, reader, audience), offset)
        case _:
            return Roster(question, _posts(question, audience))


async def _owners(question: Question, reader: PortfolioReader, audience: Audience) -> tuple[LeadSummary, ...]:
    owners = question.where.owner or tuple(audience.names.vocabulary.owners)
    found = []
    for email in sorted(owners, key=lambda email: audience.names.person(email).casefold()):
        theirs = replace(question, where=replace(question.where, owner=(email,)))
        if numbers := await reader.project_numbers(theirs, audience.today):
            found.append(LeadSummary(email, audience.names.person(email), tuple(numbers)))
    return tuple(found)


def _posts(question: Question, audience: Audience) -> tuple[Post, ...]:
    vocabulary = audience.names.vocabulary
    if question.people is PeopleRole.MANAGER:
        units = [unit for unit in vocabulary.org_units if unit.name in question.where.org_units]
        return tuple(Post(unit.name, (unit.manager,) if unit.manager else ()) for unit in units)
    bodies = [body for body in vocabulary.bodies if not question.bodies or body.name in question.bodies]
    if question.people is PeopleRole.MEMBER:
        return tuple(Post(body.name, body.members) for body in bodies)
    is_chair = question.people is PeopleRole.CHAIR
    posts = [(body.name, body.chair if is_chair else body.secretary) for body in bodies]
    return tuple(Post(name, (email,) if email else ()) for name, email in posts)
