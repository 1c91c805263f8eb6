"""A project that was changed, as whoever did it and those who are told of it see that."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.cards.buttons import open_project
from dialogs.cards.elements import card_reply, line, small
from dialogs.projects.changed import change_said, value_said
from dialogs.remark import notification_lines
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, paragraphs, plain
from dialogs.wording.days import name_words
from portfolio.organisation import Person
from portfolio.projects.changes import Aspect, ProjectChange

LONGEST_REASON = 600


@dataclass(frozen=True, slots=True)
class ProjectChanged:
    """The receipt. `is_taken_back`: it is as it was before."""

    change: ProjectChange
    notifications: tuple[Notification, ...] = ()
    is_taken_back: bool = False

    def reply(self, audience: Audience) -> Reply:
        elements, lines = notification_lines(self.notifications, audience)
        sentences = _sentences(self.change, audience, is_taken_back=self.is_taken_back)
        body = [*(line(paragraphs(text, LONGEST_REASON)) for text in sentences), *elements]
        heading = change_said(self.change, audience)
        actions = [open_project(audience.texts.say("hand_over.open"), self.change.project, None)]
        return card_reply(ForOne, heading, [*sentences, *lines], body, audience.texts, actions)


def change_news(change: ProjectChange, by: Person, audience: Audience, *, is_taken_back: bool = False) -> ForOne:
    """Tell those whom it concerns."""
    who = audience.texts.say("project_change.by", name=name_words(by.id, audience))
    sentences = _sentences(change, audience, is_taken_back=is_taken_back)
    body = [*(line(paragraphs(text, LONGEST_REASON)) for text in sentences), small(plain(who))]
    actions = [open_project(audience.texts.say("hand_over.open"), change.project, None)]
    heading = change_said(change, audience)
    return card_reply(ForOne, heading, [*sentences, who], body, audience.texts, actions)


def _sentences(change: ProjectChange, audience: Audience, *, is_taken_back: bool) -> list[str]:
    say = audience.texts.say
    sentences = [say("project_change.taken_back")] if is_taken_back else []
    if change.before is not None or change.aspect is not Aspect.REACHED:
        sentences.append(say("project_change.was", before=value_said(change.before, audience)))
    if change.reason and not is_taken_back:
        sentences.append(say("project_change.why", reason=one_line(change.reason, LONGEST_REASON)))
    return sentences
