"""A lead's deputy: named, ended, and what each of them is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import report, reports
from dialogs.cards.elements import (
    Element,
    Part,
    about,
    action_set,
    card_reply,
    container,
    line,
    listed_part,
    small,
)
from dialogs.deputies.buttons import end_deputy
from dialogs.remark import notification_lines
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import days_words, name_words
from dialogs.wording.values import more_words
from portfolio.deputies import Deputy
from portfolio.identity import NOBODY, PersonId
from portfolio.organisation import Person

LONGEST_NAME = 80
LONGEST_TITLE = 100
MOST_PROJECTS = 10
MOST_DEPUTIES = 10


@dataclass(frozen=True, slots=True)
class DeputyNamed:
    """`projects` are the numbers of what the deputy reports on."""

    deputy: Deputy
    projects: tuple[str, ...]
    notifications: tuple[Notification, ...]

    def reply(self, audience: Audience) -> Reply:
        """Answer the person who named the deputy."""
        return _named(self, [], notification_lines(self.notifications, audience), [], audience)


@dataclass(frozen=True, slots=True)
class DeputyEnded:
    deputy: Deputy
    notifications: tuple[Notification, ...]

    def reply(self, audience: Audience) -> Reply:
        elements, lines = notification_lines(self.notifications, audience)
        said = audience.texts.say("deputy.ended_text", time=_days(self.deputy, audience))
        body = [line(plain(said)), *elements]
        return card_reply(ForOne, _heading("ended", self.deputy, audience), [said, *lines], body, audience.texts)


@dataclass(frozen=True, slots=True)
class Deputies:
    """The deputies who report in the person's place, and the `others` in whose place the person reports."""

    own: tuple[Deputy, ...]
    others: tuple[Deputy, ...]

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        heading = texts.count("deputy.list", len(self.own)) if self.own else texts.say("deputy.list_none")
        body: list[Element] = []
        lines: list[str] = []
        for deputy in self.own[:MOST_DEPUTIES]:
            said, when = _person_words(deputy, audience), _scope(deputy, audience)
            buttons = action_set(about(end_deputy(texts.say("deputy.end"), deputy), f"{said}, {when}"))
            body.append(
                container([line(plain(said)), small(plain(when, 300)), buttons], separator=True, spacing="Small")
            )
            lines.append(f"- {said} ({when})")
        if not self.own:
            body.append(line(texts.say("deputy.list_help")))
            lines.append(texts.say("deputy.list_help"))
        rows = [
            f"{name_words(other.lead, audience)}: {_scope(other, audience)}" for other in self.others[:MOST_DEPUTIES]
        ]
        elements, words = listed_part(texts.say("deputy.list_others"), [(small(plain(row, 300)), row) for row in rows])
        return card_reply(ForOne, heading, [*lines, *words], [*body, *elements], texts)


def deputy_named_word(answer: DeputyNamed, by: Person, audience: Audience) -> ForOne:
    """Write to the deputy, and to the lead where somebody else named the deputy."""
    say, deputy = audience.texts.say, answer.deputy
    named_by = say("deputy.named_by", name=one_line(by.name, LONGEST_NAME))
    if not _is_deputy(deputy, audience):
        actions = [end_deputy(say("deputy.end"), deputy)]
    else:
        actions = [_report_button(answer.projects, audience)] if deputy.is_on(audience.today) else []
    return _named(answer, [named_by] if by.id != deputy.lead else [], ([], []), actions, audience)


def _named(
    answer: DeputyNamed, named_by: list[str], notified: Part, actions: Sequence[Element], audience: Audience
) -> ForOne:
    say, deputy = audience.texts.say, answer.deputy
    may = say("deputy.you_may" if _is_deputy(deputy, audience) else "deputy.they_may")
    said = " ".join([_time(deputy, audience), *named_by, may])
    titles = _titles(answer.projects, audience)
    elements, lines = notified
    body = [line(plain(said, 600)), *(small(plain(title, LONGEST_TITLE + 20)) for title in titles), *elements]
    lines = [said, *(f"- {title}" for title in titles), *lines]
    return card_reply(ForOne, _heading("named", deputy, audience), lines, body, audience.texts, actions)


def deputy_ended_word(deputy: Deputy, by: Person, audience: Audience) -> ForOne:
    said = audience.texts.say("deputy.ended_by", name=one_line(by.name, LONGEST_NAME), time=_days(deputy, audience))
    return card_reply(ForOne, _heading("ended", deputy, audience), [said], [line(plain(said, 600))], audience.texts)


def deputy_words(deputy: Deputy, audience: Audience) -> str:
    """ "Mette Lindegaard fra … til og med … · alle projekter", in plain text."""
    return f"{name_words(deputy.deputy, audience)} {_scope(deputy, audience)}"


def _heading(key: str, deputy: Deputy, audience: Audience) -> str:
    """The reader is the lead, or the deputy, or neither."""
    suffix = {deputy.lead: "_yours", deputy.deputy: "_you"}.get(_reader(audience), "")
    return audience.texts.say(f"deputy.{key}{suffix}", **_names(deputy, audience))


def _reader(audience: Audience) -> PersonId:
    return audience.asker.id if audience.asker else NOBODY


def _is_deputy(deputy: Deputy, audience: Audience) -> bool:
    return _reader(audience) == deputy.deputy


def _names(deputy: Deputy, audience: Audience) -> dict[str, str]:
    return {"deputy": name_words(deputy.deputy, audience), "lead": name_words(deputy.lead, audience)}


def _days(deputy: Deputy, audience: Audience) -> str:
    return days_words(deputy.first, deputy.last, audience)


def _time(deputy: Deputy, audience: Audience) -> str:
    """ "Fra onsdag den 1. juli til og med tirsdag den 14. juli." """
    days = _days(deputy, audience)
    return sentence(days[:1].upper() + days[1:])


def _person_words(deputy: Deputy, audience: Audience) -> str:
    if deputy.lead == _reader(audience):
        return name_words(deputy.deputy, audience)
    return audience.texts.say("deputy.of", **_names(deputy, audience))


def _scope(deputy: Deputy, audience: Audience) -> str:
    """ "fra … til … · Skærmbesøg" """
    whole = audience.texts.say("deputy.scope_all")
    what = one_line(audience.names.project(deputy.project), LONGEST_TITLE) if deputy.project else whole
    return f"{_days(deputy, audience)} · {what}"


def _titles(numbers: Sequence[str], audience: Audience) -> list[str]:
    shown = [one_line(audience.names.project(number), LONGEST_TITLE) for number in numbers[:MOST_PROJECTS]]
    return [*shown, *more_words(len(numbers) - len(shown), audience)]


def _report_button(numbers: Sequence[str], audience: Audience) -> Element:
    title = audience.texts.say("round.report")
    return report(title, numbers[0]) if len(numbers) == 1 else reports(title)
