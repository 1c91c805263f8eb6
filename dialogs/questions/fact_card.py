"""One fact of one project: the fact is the heading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.cards.buttons import show
from dialogs.cards.elements import Element, card_reply, colour_block, small
from dialogs.turn.answer import Asking, Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import canonical, printed
from dialogs.turn.reply import ForAll, Reply, UserError
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import amount_words, date_words, day_words, days_old, listed, value_words
from portfolio.dates import PlanDate
from portfolio.projects.project import Milestone
from portfolio.questions import catalogue
from portfolio.questions.answers import ProjectDetail
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import Question, Target, which

LONGEST_TITLE, LONGEST_FACT = 200, 600
# Facts told by a verb of their own; all others as "budget på …: 2,4 mio. kr.".
_SENTENCES = frozenset({"lead", "owner", "start", "end", "expected_end"})


@dataclass(frozen=True, slots=True)
class Fact:
    question: Question
    detail: ProjectDetail

    def reply(self, audience: Audience) -> Reply:
        project = self.detail.project
        heading = _heading(self, audience)
        summary = " · ".join(_summary(self.detail, audience))
        body: list[Element] = [small(plain(summary))]
        lines = [summary]
        if self.detail.reports and self.asked is not catalogue.OVERALL:
            newest = self.detail.reports[0]
            body.append(colour_block(newest.overall, audience, after=f", {days_old(newest.day, audience)}"))
            lines.append(f"{value_words(catalogue.OVERALL, newest.overall, audience).capitalize()}, "
                         f"{days_old(newest.day, audience)}.")  # fmt: skip
        whole = Question(Target.PROJECT, which(projects=(project.number,)))
        return card_reply(ForAll, heading, lines, body, audience.texts, [show(audience.texts.say("fact.whole"), whole)])

    def shown(self) -> Shown:
        """The project, and the person who was asked for."""
        project = self.detail.project
        person = getattr(project, self.asked.name) if self.asked.kind is Kind.PERSON else None
        return Shown((("projects", project.number), *([(self.asked.name, person)] if person else [])), 1)

    def document(self, audience: Audience) -> Document:
        number, understood = self.detail.project.number, printed(self.question, audience.names)
        value = _printed(value_of(self.asked, self.detail, audience.today), self.asked, audience)
        people = audience.names.addresses([value_of(self.asked, self.detail, audience.today)])
        more = {"people": people} if self.asked.kind is Kind.PERSON else {}
        return Document("field", understood, projects=(number,), value=value, more=more)

    @property
    def asked(self) -> Attribute:
        if self.question.fact is None:
            raise ValueError("The question asks for no fact")
        return self.question.fact


async def answer_fact(asking: Asking) -> Fact:
    """Answer with the fact. Raises UserError where the project is gone."""
    (number,) = map(str, asking.question.values(catalogue.PROJECTS))
    detail = await asking.reader.project(number)
    if detail is None:
        raise UserError("gone", number=number)
    question = asking.question
    if question.fact is catalogue.EXPECTED_END and not (detail.reports and detail.reports[0].expected_end):
        question = replace(question, fact=catalogue.END)  # nobody expects anything else than what is planned
    return Fact(question, detail)


def value_of(asked: Attribute, detail: ProjectDetail, today: date) -> Any:
    """The fact; None, or an empty tuple, where it isn't known."""
    project, newest = detail.project, detail.reports[0] if detail.reports else None
    budget, spend = project.budget, project.spend
    of_report = {
        catalogue.OVERALL: newest and newest.overall,
        catalogue.STATUS: newest and newest.day,
        catalogue.PROGRESS: newest and newest.progress,
        catalogue.EXPECTED_END: newest and newest.expected_end,
        catalogue.COMMENT: newest and newest.comment,
        catalogue.NEXT_STEP: newest and newest.next_step,
    }
    if asked in of_report:
        return of_report[asked]
    of_project = {
        catalogue.ORG_UNITS: project.org_unit,
        catalogue.KINDS: project.kind,
        catalogue.PHASES: project.phase,
        catalogue.REMAINING: None if budget is None or spend is None else budget - spend,
        catalogue.CONSUMPTION: 100 * spend / budget if budget and spend is not None else None,
        catalogue.MILESTONE: _next_milestone(detail, today),
    }
    return of_project[asked] if asked in of_project else getattr(project, asked.name)


def _next_milestone(detail: ProjectDetail, today: date) -> Milestone | None:
    """The first one ahead; where none is, the first that should have been reached."""
    unreached = [one for one in detail.milestones if one.reached is None and one.due is not None]
    ahead = [one for one in unreached if not one.is_missed(today)]
    return min(ahead or unreached, key=lambda one: one.due.last if one.due else date.max, default=None)


def _heading(answer: Fact, audience: Audience) -> str:
    texts, asked = audience.texts, answer.asked
    title = one_line(answer.detail.project.title, LONGEST_TITLE)
    value = value_of(asked, answer.detail, audience.today)
    label = texts.say(f"fact.{asked.fact}")
    if value in (None, ()):
        return texts.say("fact.unknown", title=title, fact=label)
    words = _words(value, asked, audience)
    if asked.fact in _SENTENCES:
        tense = "_past" if isinstance(value, PlanDate) and value.passed(audience.today) else ""
        if asked is catalogue.END and answer.detail.project.is_closed:
            tense = "_closed"
        return texts.say(f"fact_told.{asked.fact}{tense}", title=title, value=words)
    return texts.say("fact.told", title=title, fact=label, value=words)


def _words(value: Any, asked: Attribute, audience: Audience) -> str:
    match value:
        case PlanDate():
            return date_words(value, audience)
        case date():
            return day_words(value, audience)
        case Milestone(title=title, due=due):
            return f"{one_line(title, LONGEST_TITLE)}, {date_words(due, audience)}" if due else title
        case Decimal():
            return amount_words(asked, value, audience, short=False)
        case tuple():
            return listed([one_line(value_words(asked, one, audience), LONGEST_TITLE) for one in value], audience)
    return one_line(value_words(asked, value, audience), LONGEST_FACT)


def _summary(detail: ProjectDetail, audience: Audience) -> list[str]:
    project = detail.project
    parts = [project.number]
    if project.phase:
        parts.append(audience.texts.name("phase", project.phase))
    return [*parts, *([project.org_unit] if project.org_unit else [])]


def _printed(value: Any, asked: Attribute, audience: Audience) -> Any:
    """Write the fact as scripts read it: ISO days, numbers, addresses, canonical names."""
    match value:
        case PlanDate():
            return value.last.isoformat() if asked is not catalogue.START else value.first.isoformat()
        case date():
            return value.isoformat()
        case Milestone():
            return value.title
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(round(value, 2))
        case tuple():
            return [canonical(asked, one, audience.names) for one in value]
        case None:
            return None
    return canonical(asked, value, audience.names)
