"""The card that shows the whole of a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import report, show, show_trend
from dialogs.cards.elements import Element, card_reply, line, small, stacked
from dialogs.projects.facts import facts, facts_text
from dialogs.projects.sections import Entries, benefits, changes, history, milestones, risks, section_card, section_text
from dialogs.projects.standing import status, status_text
from dialogs.turn.answer import Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, paragraphs, plain
from portfolio.identity import PersonId
from portfolio.projects.project import Project
from portfolio.questions.answers import ProjectDetail
from portfolio.questions.question import PeopleRole, Question, Target, which
from portfolio.rights import may_report

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 600


@dataclass(frozen=True, slots=True)
class OneProject:
    """A project; `back` is the list it was opened from."""

    question: Question
    detail: ProjectDetail
    back: Question | None = None

    def reply(self, audience: Audience) -> Reply:
        """The heading is the title; when the question is who leads or owns the project, it says so."""
        detail = self.detail
        title = one_line(detail.project.title, LONGEST_TITLE)
        heading = _person_heading(self, title, audience) or title
        summary = " · ".join(_summary(detail.project, audience))
        parts = [make(detail, audience) for make in (milestones, benefits, risks, changes, history)]
        sections = [part for part in parts if part.entries]
        lines = list(_lines(detail, summary, sections, audience))
        body: list[Element] = [small(plain(summary)), *status(detail, audience), facts(detail, audience)]
        if lead := detail.project.lead:
            body += stacked([show(audience.texts.say("project.lead_projects"), Question(where=which(lead=(lead,))))])
        if detail.project.description:
            body.insert(1, line(paragraphs(detail.project.description, LONGEST_DESCRIPTION)))
        for part in sections:
            body += section_card(part, audience)
        return card_reply(ForAll, heading, lines, body, audience.texts, _actions(self, detail, audience))

    def shown(self) -> Shown:
        """The project, and the person whom it names first."""
        role = "owner" if self.question.people is PeopleRole.OWNER else "lead"
        people = ((role, self.person),) if self.person else ()
        return Shown((("projects", self.detail.project.number), *people), 1)

    def document(self, audience: Audience) -> Document:
        people = audience.names.addresses([self.person])
        more = {"people": people} if self.question.target is Target.PEOPLE else {}
        return Document(
            self.question.target.value, printed(self.question, audience.names), hits=self.question, more=more
        )

    @property
    def person(self) -> PersonId | None:
        """The owner, when the question is who owns the project, and else of the lead."""
        project = self.detail.project
        return project.owner if self.question.people is PeopleRole.OWNER else project.lead


def _person_heading(answer: OneProject, title: str, audience: Audience) -> str | None:
    if answer.question.target is not Target.PEOPLE:
        return None
    key = "owned_by" if answer.question.people is PeopleRole.OWNER else "led_by"
    person = answer.person
    if person is None:
        return audience.texts.say(f"project.{key}_nobody", title=title)
    return audience.texts.say(f"project.{key}", title=title, name=one_line(audience.person(person), 120))


def _summary(project: Project, audience: Audience) -> Iterator[str]:
    """Number, kind, phase and department."""
    yield one_line(project.number)
    if project.kind:
        yield audience.texts.name("kind", project.kind)
    if project.phase:
        yield audience.texts.name("phase", project.phase)
    if project.org_unit:
        yield one_line(project.org_unit, 120)


def _lines(detail: ProjectDetail, summary: str, sections: Sequence[Entries], audience: Audience) -> Iterator[str]:
    yield summary
    if detail.project.description:
        yield one_line(detail.project.description, LONGEST_DESCRIPTION)
    yield from status_text(detail, audience)
    yield from facts_text(detail, audience)
    for part in sections:
        yield from section_text(part)


def _actions(answer: OneProject, detail: ProjectDetail, audience: Audience) -> list[Element]:
    actions: list[Element] = []
    if answer.back is not None:
        actions.append(show(audience.texts.say("project.back"), answer.back))
    if _may_report(detail.project, audience):
        actions.append(report(audience.texts.say("to_report.report_short"), detail.project.number))
    if detail.reports:
        actions.append(show_trend(audience.texts.say("trend.show"), detail.project.number, answer.back))
    return actions


def _may_report(project: Project, audience: Audience) -> bool:
    """Say whether the asker leads the project; deputies have no button here, as the card doesn't know them."""
    asker = audience.asker
    return asker is not None and not project.is_closed and may_report(asker, project, (), audience.today)
