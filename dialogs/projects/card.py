"""All of one project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import report, show, show_trend
from dialogs.cards.elements import Element, card, line, small, stacked
from dialogs.projects.facts import facts, facts_text
from dialogs.projects.sections import Entries, benefits, history, milestones, risks, section_card, section_text
from dialogs.projects.standing import status, status_text
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, paragraphs, plain, sentence
from portfolio.projects.project import Project
from portfolio.questions.answers import ProjectDetail
from portfolio.questions.question import Filters, PeopleRole, Question, Target
from portfolio.rights import may_report

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 600


@dataclass(frozen=True, slots=True)
class OneProject:
    """`back` is the list it was opened from."""

    question: Question
    detail: ProjectDetail
    back: Question | None = None

    def reply(self, audience: Audience) -> Reply:
        """Asked who leads or owns it, the heading says so; else it is the title."""
        detail = self.detail
        title = one_line(detail.project.title, LONGEST_TITLE)
        heading = _person_heading(self, title, audience) or title
        under = " · ".join(_under(detail.project, audience))
        sections = [
            part
            for part in (
                milestones(detail, audience),
                benefits(detail, audience),
                risks(detail, audience),
                history(detail, audience),
            )
            if part.entries
        ]
        text = "\n".join(_text(detail, heading, under, sections, audience))
        body: list[Element] = [small(plain(under)), *status(detail, audience), facts(detail, audience)]
        body += stacked(_links(detail, audience))
        if detail.project.description:
            body.insert(1, line(paragraphs(detail.project.description, LONGEST_DESCRIPTION)))
        for part in sections:
            body += section_card(part, audience)
        return Reply(card(plain(heading), body, audience.texts, text, _actions(self, detail, audience)), text)

    def document(self) -> Document:
        more = {"people": self._person()} if self.question.target is Target.PEOPLE else {}
        return Document(self.question.target.value, printed(self.question), hits=self.question, more=more)

    def _person(self) -> list[str]:
        project = self.detail.project
        email = project.owner if self.question.people is PeopleRole.OWNER else project.lead
        return [email] if email else []


def _person_heading(answer: OneProject, title: str, audience: Audience) -> str | None:
    if answer.question.target is not Target.PEOPLE:
        return None
    is_owner = answer.question.people is PeopleRole.OWNER
    email = answer.detail.project.owner if is_owner else answer.detail.project.lead
    key = "owned_by" if is_owner else "led_by"
    if email is None:
        return audience.texts.say(f"project.{key}_nobody", title=title)
    return audience.texts.say(f"project.{key}", title=title, name=one_line(audience.names.person(email), 120))


def _under(project: Project, audience: Audience) -> Iterator[str]:
    """What it is: number, kind, phase, department."""
    yield one_line(project.number)
    if project.kind:
        yield audience.texts.name("kind", project.kind)
    if project.phase:
        yield audience.texts.name("phase", project.phase)
    if project.org_unit:
        yield one_line(project.org_unit, 120)


def _text(
    detail: ProjectDetail, heading: str, under: str, sections: Sequence[Entries], audience: Audience
) -> Iterator[str]:
    yield sentence(heading)
    yield under
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
    if _reports(detail.project, audience):
        actions.append(report(audience.texts.say("to_report.report_short"), detail.project.number))
    if detail.reports:
        actions.append(show_trend(audience.texts.say("trend.show"), detail.project.number, answer.back))
    return actions


def _reports(project: Project, audience: Audience) -> bool:
    """Deputies find their way too, but not from here: who they are is not on the card."""
    asker = audience.asker
    return asker is not None and not project.is_closed and may_report(asker, project, (), audience.today)


def _links(detail: ProjectDetail, audience: Audience) -> list[Element]:
    if not detail.project.lead:
        return []
    theirs = Question(where=Filters(lead=(detail.project.lead,)))
    return [show(audience.texts.say("project.lead_projects"), theirs)]
