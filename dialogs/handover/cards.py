"""A project with another lead: what each of those it concerns is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.cards.buttons import open_project, report
from dialogs.cards.elements import Element, card, colour_block, colour_word, line, section, small, stacked
from dialogs.handover.buttons import hand_over
from dialogs.remark import notification_lines
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, paragraphs, plain, sentence
from dialogs.wording.values import days_old, near_day_words
from portfolio.organisation import Person
from portfolio.projects.project import Project, Risk
from portfolio.projects.status import StatusReport
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
    before: str | None
    notifications: tuple[Notification, ...]
    may_return: bool

    def reply(self, audience: Audience) -> Reply:
        """Answer the person who handed it over."""
        say, project = audience.texts.say, self.project
        heading = _heading(project, audience)
        sentences = [_before_words(self.before, audience), say("hand_over.seen")]
        elements, lines = notification_lines(self.notifications, audience)
        text = "\n".join([sentence(heading), *(text for text in sentences if text), *lines])
        actions: list[Element] = []
        if self.may_return and self.before:
            actions.append(hand_over(say("hand_over.give_back"), project.number, self.before))
        body = [line(plain(" ".join(text for text in sentences if text), 600)), *elements]
        return Reply(card(plain(heading), body, audience.texts, text, actions), text)


@dataclass(frozen=True, slots=True)
class WhichToHandOver:
    """A choice between projects to hand over; `lead` is the new lead, where one is named."""

    numbers: tuple[str, ...]
    lead: str | None = None

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        heading = texts.say("hand_over.which")
        buttons = [
            hand_over(
                f"{one_line(audience.names.project(number), LONGEST_TITLE - 20)} ({number})", number, self.lead or ""
            )
            for number in self.numbers[:MOST_CHOICES]
        ]
        left = len(self.numbers) - len(buttons)
        more = [texts.count("hand_over.more", left)] if left > 0 else []
        text = "\n".join([heading, *(f"- {button['title']}" for button in buttons), *more])
        body = [line(texts.say("hand_over.choose")), *stacked(buttons), *(small(text) for text in more)]
        return Reply(card(plain(heading), body, texts, text), text)


def now_yours(reportable: Reportable, before: str | None, by: Person, audience: Audience) -> Reply:
    """Tell the new lead how the project stands, and what is next."""
    say, project = audience.texts.say, reportable.detail.project
    heading = say("hand_over.now_yours", title=_title(project))
    by_words = say("hand_over.by", name=one_line(by.name, LONGEST_NAME))
    sentences = [text for text in (by_words, _before_words(before, audience)) if text]
    body: list[Element] = [line(plain(" ".join(sentences), 600))]
    lines = [sentence(heading), *sentences]
    for elements, words in (_status(reportable, audience), _risks(reportable, audience)):
        body += elements
        lines += words
    text = "\n".join(lines)
    opening = open_project(say("hand_over.open"), project.number, {})
    actions = [report(say("round.report"), project.number), opening]
    return Reply(card(plain(heading), body, audience.texts, text, actions), text)


def other_lead(project: Project, before: str | None, by: Person, audience: Audience) -> Reply:
    """Tell the old lead and the owner, where somebody else handed the project over."""
    say = audience.texts.say
    heading = _heading(project, audience)
    by_words = say("hand_over.by", name=one_line(by.name, LONGEST_NAME))
    sentences = [text for text in (by_words, _before_words(before, audience)) if text]
    text = "\n".join([sentence(heading), *sentences])
    actions = [open_project(say("hand_over.open"), project.number, {})]
    return Reply(card(plain(heading), [line(plain(" ".join(sentences), 600))], audience.texts, text, actions), text)


def _title(project: Project) -> str:
    return one_line(project.title, LONGEST_TITLE)


def _heading(project: Project, audience: Audience) -> str:
    if project.lead is None:
        return audience.texts.say("project.led_by_nobody", title=_title(project))
    if audience.asker and audience.asker.email == project.lead:
        return audience.texts.say("hand_over.led_by_you", title=_title(project))
    name = one_line(audience.names.person(project.lead), LONGEST_NAME)
    return audience.texts.say("hand_over.led_by", title=_title(project), name=name)


def _before_words(email: str | None, audience: Audience) -> str | None:
    """Say who led the project until now."""
    if email is None:
        return None
    if audience.asker and audience.asker.email == email:
        return audience.texts.say("hand_over.before_you")
    return audience.texts.say("hand_over.before", name=one_line(audience.names.person(email), LONGEST_NAME))


def _status(reportable: Reportable, audience: Audience) -> tuple[list[Element], list[str]]:
    texts, newest = audience.texts, reportable.newest
    if newest is None:
        said = texts.say("project.never")
        return [section(texts.say("hand_over.newest")), line(said, spacing="None")], [said]
    due = _due(newest.day + reportable.rhythm, audience)
    age = days_old(newest.day, audience)
    elements = [section(texts.say("hand_over.newest")), colour_block(newest.overall, audience, spacing="None")]
    elements += [small(f"{age} · {due}"), *_comment(newest)]
    lines = [f"{texts.say('hand_over.newest')}: {colour_word(newest.overall, audience)}, {age} · {due}."]
    return elements, [*lines, *([one_line(newest.comment, LONGEST_COMMENT)] if newest.comment else [])]


def _comment(newest: StatusReport) -> list[Element]:
    return [line(paragraphs(newest.comment, LONGEST_COMMENT), spacing="Small")] if newest.comment else []


def _due(day: date, audience: Audience) -> str:
    key = "hand_over.due_since" if day < audience.today else "hand_over.due"
    return audience.texts.say(key, day=near_day_words(day, audience))


def _risks(reportable: Reportable, audience: Audience) -> tuple[list[Element], list[str]]:
    """List the open risks, the gravest first."""
    risks = sorted(
        (risk for risk in reportable.detail.risks if risk.closed is None), key=lambda risk: -(risk.score or 0)
    )
    if not risks:
        return [], []
    heading = audience.texts.say("project.risks", count=len(risks))
    shown = [_risk(risk, audience) for risk in risks[:MOST_RISKS]]
    more = [audience.texts.count("round.more", left)] if (left := len(risks) - len(shown)) > 0 else []
    elements = [
        section(heading),
        *(line(plain(risk), spacing="Small") for risk in shown),
        *(small(text) for text in more),
    ]
    return elements, [f"{heading}:", *(f"- {risk}" for risk in shown), *more]


def _risk(risk: Risk, audience: Audience) -> str:
    kind = audience.texts.name("risk_kind", risk.kind)
    score = f" · {audience.texts.count('hand_over.points', risk.score)}" if risk.score else ""
    return f"{kind}: {one_line(risk.title, LONGEST_TITLE)}{score}"
