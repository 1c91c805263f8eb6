"""A project with another lead: what each of those it concerns is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.cards.buttons import hand_over, open_project, report
from dialogs.cards.elements import (
    Element,
    Part,
    card_reply,
    choice_reply,
    colour_block,
    colour_word,
    line,
    listed_part,
    section,
    small,
    together,
)
from dialogs.remark import notification_lines
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, paragraphs, plain
from dialogs.wording.days import name_words
from dialogs.wording.values import days_old, more_words, near_day_words
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.projects.project import Project, Risk
from portfolio.status.reporting import Reportable

LONGEST_TITLE = 120
LONGEST_NAME = 80
LONGEST_COMMENT = 600
MOST_RISKS = 5
MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A project that has a new lead. `before` led it until now; `may_return`: the person may give it back."""

    project: Project
    before: PersonId | None
    notifications: tuple[Notification, ...]
    may_return: bool

    def reply(self, audience: Audience) -> Reply:
        """Answer the person who handed it over."""
        say, project = audience.texts.say, self.project
        sentences = [*_before_words(self.before, audience), say("hand_over.seen")]
        elements, lines = notification_lines(self.notifications, audience)
        actions: list[Element] = []
        if self.may_return and self.before:
            actions.append(hand_over(say("hand_over.give_back"), project.number, self.before))
        body = [line(plain(" ".join(sentences), 600)), *elements]
        return card_reply(ForOne, _heading(project, audience), [*sentences, *lines], body, audience.texts, actions)


@dataclass(frozen=True, slots=True)
class WhichToHandOver:
    """A choice between projects to hand over; `lead` is the new lead, where one is named."""

    numbers: tuple[str, ...]
    lead: PersonId | None = None

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        numbers = self.numbers[:MOST_CHOICES]
        titles = [one_line(audience.names.project(number), LONGEST_TITLE - 20) for number in numbers]
        buttons = [
            hand_over(f"{title} ({number})", number, self.lead) for title, number in zip(titles, numbers, strict=True)
        ]
        more = more_words(len(self.numbers) - len(buttons), audience, "hand_over.more")
        return choice_reply(ForOne, texts.say("hand_over.which"), texts.say("hand_over.choose"), buttons, texts, more)


def now_yours(reportable: Reportable, before: PersonId | None, by: Person, audience: Audience) -> ForOne:
    """Tell the new lead how the project stands, and what is next."""
    say, project = audience.texts.say, reportable.detail.project
    heading = say("hand_over.now_yours", title=_title(project))
    sentences = _by_and_before(by, before, audience)
    intro = ([line(plain(" ".join(sentences), 600))], sentences)
    body, lines = together(intro, _status(reportable, audience), _risks(reportable, audience))
    opening = open_project(say("hand_over.open"), project.number, None)
    actions = [report(say("round.report"), project.number), opening]
    return card_reply(ForOne, heading, lines, body, audience.texts, actions)


def other_lead(project: Project, before: PersonId | None, by: Person, audience: Audience) -> ForOne:
    """Tell the old lead and the owner, where somebody else handed the project over."""
    sentences = _by_and_before(by, before, audience)
    body = [line(plain(" ".join(sentences), 600))]
    actions = [open_project(audience.texts.say("hand_over.open"), project.number, None)]
    return card_reply(ForOne, _heading(project, audience), sentences, body, audience.texts, actions)


def _title(project: Project) -> str:
    return one_line(project.title, LONGEST_TITLE)


def _heading(project: Project, audience: Audience) -> str:
    if project.lead is None:
        return audience.texts.say("project.led_by_nobody", title=_title(project))
    if audience.asker and audience.asker.id == project.lead:
        return audience.texts.say("hand_over.led_by_you", title=_title(project))
    name = name_words(project.lead, audience)
    return audience.texts.say("hand_over.led_by", title=_title(project), name=name)


def _by_and_before(by: Person, before: PersonId | None, audience: Audience) -> list[str]:
    by_words = audience.texts.say("hand_over.by", name=one_line(by.name, LONGEST_NAME))
    return [by_words, *_before_words(before, audience)]


def _before_words(before: PersonId | None, audience: Audience) -> list[str]:
    """Say who led the project until now."""
    if before is None:
        return []
    if audience.asker and audience.asker.id == before:
        return [audience.texts.say("hand_over.before_you")]
    return [audience.texts.say("hand_over.before", name=name_words(before, audience))]


def _status(reportable: Reportable, audience: Audience) -> Part:
    texts, newest = audience.texts, reportable.newest
    heading = texts.say("hand_over.newest")
    if newest is None:
        said = texts.say("project.never")
        return [section(heading), line(said, spacing="None")], [said]
    due = _due(newest.day + reportable.rhythm, audience)
    age = days_old(newest.day, audience)
    elements = [section(heading), colour_block(newest.overall, audience, spacing="None"), small(f"{age} · {due}")]
    lines = [f"{heading}: {colour_word(newest.overall, audience)}, {age} · {due}."]
    if newest.comment:
        elements.append(line(paragraphs(newest.comment, LONGEST_COMMENT), spacing="Small"))
        lines.append(one_line(newest.comment, LONGEST_COMMENT))
    return elements, lines


def _due(day: date, audience: Audience) -> str:
    key = "hand_over.due_since" if day < audience.today else "hand_over.due"
    return audience.texts.say(key, day=near_day_words(day, audience))


def _risks(reportable: Reportable, audience: Audience) -> Part:
    """List the open risks, the gravest first."""
    open_risks = [risk for risk in reportable.detail.risks if risk.closed is None]
    gravest_first = sorted(open_risks, key=lambda risk: -(risk.score or 0))
    shown = [_risk(risk, audience) for risk in gravest_first[:MOST_RISKS]]
    rows = [(line(plain(risk), spacing="Small"), risk) for risk in shown]
    heading = audience.texts.say("project.risks", count=len(open_risks))
    return listed_part(heading, rows, more_words(len(open_risks) - MOST_RISKS, audience))


def _risk(risk: Risk, audience: Audience) -> str:
    kind = audience.texts.name("risk_kind", risk.kind)
    score = f" · {audience.texts.count('hand_over.points', risk.score)}" if risk.score else ""
    return f"{kind}: {one_line(risk.title, LONGEST_TITLE)}{score}"
