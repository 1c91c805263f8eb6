"""Project leads or owners with their projects counted, and the people who hold a post."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.buttons import PAGE_SIZE, export, page_buttons, show
from dialogs.cards.elements import Element, card_reply, column, columns, line, link_text, linked, small
from dialogs.questions.headings import projects_heading, projects_phrase
from dialogs.questions.understood_card import understood
from dialogs.turn.answer import Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import person_link
from portfolio.identity import PersonId
from portfolio.questions import catalogue
from portfolio.questions.answers import LeadSummary
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import Is, PeopleRole, Question, Target


@dataclass(frozen=True, slots=True)
class People:
    """Leads or owners of the projects hit."""

    question: Question
    leads: tuple[LeadSummary, ...]
    offset: int = 0

    @property
    def projects(self) -> int:
        return len({number for lead in self.leads for number in lead.projects})

    def reply(self, audience: Audience) -> Reply:
        heading = _heading(self, audience)
        page = self.leads[self.offset : self.offset + PAGE_SIZE]
        body, lines = understood(self.question, audience)
        body += [_row(lead, self, audience) for lead in page]
        lines += [
            f"- {_name(lead, self, audience)}: {_projects(lead, audience)} ({', '.join(lead.projects)})"
            for lead in page
        ]
        body += export(self.question, len(self.leads), audience)
        actions = page_buttons(self.question, self.offset, len(page), len(self.leads), audience)
        actions.append(show(audience.texts.say("count.show"), replace(self.question, target=Target.PROJECTS)))
        return card_reply(ForAll, heading, lines, body, audience.texts, actions)

    def shown(self) -> Shown:
        page = self.leads[self.offset : self.offset + PAGE_SIZE]
        return Shown(tuple((_role(self.question).name, one.lead) for one in page), len(self.leads), self.offset)

    def document(self, audience: Audience) -> Document:
        leads = [one.lead for one in self.leads if one.lead]
        people = audience.names.addresses(leads)
        kind, question = self.question.target.value, self.question
        return Document(
            kind, printed(question, audience.names), hits=question, total=len(leads), more={"people": people}
        )


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a body or department, and those who fill it."""

    place: str
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """People asked for by their role in bodies or departments."""

    question: Question
    posts: tuple[Post, ...]

    def reply(self, audience: Audience) -> Reply:
        """The members of a body, its chair or secretary, or the manager of a department."""
        role = self.question.people.value
        if len(self.posts) == 1:
            heading = _single(self.posts[0], role, audience)
        else:
            heading = audience.texts.say(f"roster.{role}_heading")
        lines: list[str] = []
        body: list[Element] = []
        vacant = audience.texts.say("roster.vacant")
        for post in self.posts:
            names = [one_line(audience.person(one), 120) for one in post.people]
            lines.append(f"- {one_line(post.place, 120)}: {', '.join(names) or vacant}")
            links = " · ".join(person_link(one, audience) for one in post.people)
            body += [line(f"**{plain(post.place, 120)}**"), small(links or vacant)]
        if not self.posts:
            body.append(line(audience.texts.say("roster.none")))
            lines.append(audience.texts.say("roster.none"))
        body += export(self.question, sum(len(post.people) for post in self.posts), audience)
        return card_reply(ForAll, heading, lines, body, audience.texts)

    def shown(self) -> Shown:
        people = tuple(dict.fromkeys(one for post in self.posts for one in post.people))
        return Shown(tuple(("lead", one) for one in people), len(people))

    def document(self, audience: Audience) -> Document:
        people = dict.fromkeys(one for post in self.posts for one in post.people)
        more = {"people": audience.names.addresses(people)}
        return Document(
            self.question.target.value, printed(self.question, audience.names), total=len(people), more=more
        )


def _heading(answer: People, audience: Audience) -> str:
    if not answer.leads:
        return audience.texts.say("people.none", projects=projects_phrase(answer.question, answer.projects, audience))
    projects = projects_heading(answer.question, answer.projects, audience)
    named = sum(summary.lead is not None for summary in answer.leads)
    return audience.texts.count(f"people.{answer.question.people.value}s", named, projects=projects)


def _name(summary: LeadSummary, answer: People, audience: Audience) -> str:
    """ "Søren Æbelø-Østergård", "Uden projektejer" """
    if summary.lead is None:
        role = audience.texts.say(f"attribute.{_role(answer.question).name}")
        return audience.texts.say("group.none", what=role)
    return one_line(audience.person(summary.lead), 120)


def _role(question: Question) -> Attribute:
    return catalogue.OWNER if question.people is PeopleRole.OWNER else catalogue.LEAD


def _projects(summary: LeadSummary, audience: Audience) -> str:
    return audience.texts.count("people.projects", len(summary.projects))


def _row(summary: LeadSummary, answer: People, audience: Audience) -> Element:
    """The name opens a chat, the number of projects the list of them."""
    said = _name(summary, answer, audience)
    name = line(person_link(summary.lead, audience) if summary.lead else said)
    count = _projects(summary, audience)
    if summary.lead is None:
        cell = column([line(count)], "auto")
    else:
        title = audience.texts.say("people.show", name=said)
        cell = linked([link_text(count)], show(title, _theirs(summary.lead, answer.question)), "auto")
    return columns(column([name]), cell, separator=True, spacing="Small")


def _theirs(person: PersonId, question: Question) -> Question:
    return replace(question.having_instead(Is(_role(question), (person,))), target=Target.PROJECTS)


def _single(post: Post, role: str, audience: Audience) -> str:
    place = one_line(post.place, 120)
    if not post.people:
        return audience.texts.say(f"roster.{role}_vacant", place=place)
    if len(post.people) > 1:
        return audience.texts.say("roster.members", place=place, count=len(post.people))
    name = one_line(audience.person(post.people[0]), 120)
    return audience.texts.say(f"roster.{role}", name=name, place=place)
