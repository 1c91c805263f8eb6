"""A short word with the people to turn to, and what became of notifying others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from dialogs.cards.buttons import ask, go_on, report
from dialogs.cards.elements import Element, card_reply, line, small, stacked
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification
from dialogs.turn.reply import ForAll, ForOne, Refusal, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import listed, person_link
from portfolio.drafts import FormDraft
from portfolio.identity import PersonId

LONGEST_VALUE = 120
MOST_PROJECTS = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A short word to one person where there is nothing to show: `key` is in the texts' section `remark`, with a
    heading and a text. `people` are those to turn to, beside the portfolio office; `tries` are sentences to press,
    `projects` those whose status can be given next, `draft` a form that can be gone on with. `refusal`: nothing was
    done; `is_refusal` says so of what others may do instead."""

    to: ClassVar[type[ForOne] | type[ForAll]] = ForOne
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    people: tuple[PersonId, ...] = ()
    tries: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    draft: FormDraft | None = None
    is_refusal: bool = False
    refusal: Refusal | None = None

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        values = {name: one_line(str(value), LONGEST_VALUE) for name, value in self.values.items()}
        heading, words = say(f"remark.{self.key}.heading", **values), say(f"remark.{self.key}.text", **values)
        lines, body = [words], [line(plain(words, 600))]
        if self.people or self.is_refusal:
            key = "turn.may" if self.is_refusal else "turn.to"
            people, linked = _people(self.people, audience)
            lines.append(say(key, people=people))
            body.append(line(say(key, people=linked)))
        pressed = [*_onward(self, audience), *(ask(question) for question in self.tries)]
        lines += [f"- {button['title']}" for button in pressed]
        body += stacked(pressed)
        reply = card_reply(ForOne if self.is_refusal else self.to, heading, lines, body, audience.texts)
        return replace(reply, refusal=self.refusal or (Refusal.SAID if self.is_refusal else None))


class OpenRemark(Remark):
    """A remark on what a whole group has to do with, which all may read; others are for the one who gets them."""

    __slots__ = ()
    to = ForAll


def _onward(answer: Remark, audience: Audience) -> list[Element]:
    """Draw the buttons to go on with the form, or with another report."""
    say, names = audience.texts.say, audience.names
    buttons = [go_on(say("form_notice.go_on"), answer.draft.id)] if answer.draft else []
    titles = [(number, one_line(names.project(number), LONGEST_VALUE)) for number in answer.projects[:MOST_PROJECTS]]
    return [*buttons, *(report(say("turn.report", title=title), number) for number, title in titles)]


def notification_lines(notifications: Sequence[Notification], audience: Audience) -> tuple[list[Element], list[str]]:
    """Says who was notified, and whom to write to because Teams couldn't reach them."""
    reached = [_name(notification.person, audience) for notification in notifications if notification.is_reached]
    missed = [notification.person for notification in notifications if not notification.is_reached]
    elements: list[Element] = []
    lines: list[str] = []
    if reached:
        lines.append(audience.texts.say("turn.told", people=listed(reached, audience)))
        elements.append(small(plain(lines[-1], 400)) | {"spacing": "Medium"})
    if missed:
        names = listed([_name(one, audience) for one in missed], audience)
        links = listed([person_link(one, audience) for one in missed], audience)
        lines.append(audience.texts.say("turn.not_told", people=names))
        elements.append(line(audience.texts.say("turn.not_told", people=links), spacing="Medium"))
    return elements, lines


def _people(people: Sequence[PersonId], audience: Audience) -> tuple[str, str]:
    """Return the names, and the same as links that open a chat; nobody turns to those who were erased."""
    office = audience.texts.say("turn.office")
    people = [one for one in people if audience.names.person(one)]
    names = [*(_name(one, audience) for one in people), office]
    links = [*(person_link(one, audience) for one in people), office]
    return listed(names, audience, "heading.or"), listed(links, audience, "heading.or")


def _name(person: PersonId, audience: Audience) -> str:
    return one_line(audience.person(person), LONGEST_VALUE)
