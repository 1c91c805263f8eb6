"""A lead's deputy: named, ended, and what each of them is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import report, reports
from dialogs.cards.elements import Element, button, card, container, line, section, small
from dialogs.remark import notification_lines
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.values import near_day_words
from portfolio.deputies import Deputy
from portfolio.organisation import Person

LONGEST_NAME = 80
LONGEST_TITLE = 100
MOST_PROJECTS = 10
MOST_DEPUTIES = 10
# The verb of the button that ends a deputy's time.
END = "deputy_end"


@dataclass(frozen=True, slots=True)
class DeputyNamed:
    """`projects` are the numbers of what the deputy reports on."""

    deputy: Deputy
    projects: tuple[str, ...]
    notifications: tuple[Notification, ...]

    def reply(self, audience: Audience) -> Reply:
        """Answer the person who named the deputy."""
        say, deputy = audience.texts.say, self.deputy
        heading = say(f"deputy.named{_reader_suffix(deputy, audience)}", **_names(deputy, audience))
        elements, lines = notification_lines(self.notifications, audience)
        is_deputy = _reader_suffix(deputy, audience) == "_you"
        said = f"{_time(deputy, audience)} {say('deputy.you_may' if is_deputy else 'deputy.they_may')}"
        body = [line(plain(said, 600)), *_projects(self.projects, audience), *elements]
        text = "\n".join([sentence(heading), said, *_projects_text(self.projects, audience), *lines])
        return Reply(card(plain(heading), body, audience.texts, text, [end_deputy(say("deputy.undo"), deputy)]), text)


@dataclass(frozen=True, slots=True)
class DeputyEnded:
    deputy: Deputy
    notifications: tuple[Notification, ...]

    def reply(self, audience: Audience) -> Reply:
        deputy = self.deputy
        heading = audience.texts.say(f"deputy.ended{_reader_suffix(deputy, audience)}", **_names(deputy, audience))
        elements, lines = notification_lines(self.notifications, audience)
        said = audience.texts.say("deputy.ended_text", time=_days(deputy, audience))
        text = "\n".join([sentence(heading), said, *lines])
        return Reply(card(plain(heading), [line(plain(said)), *elements], audience.texts, text), text)


@dataclass(frozen=True, slots=True)
class Deputies:
    """The deputies who report in the person's place, and the `others` in whose place the person reports."""

    own: tuple[Deputy, ...]
    others: tuple[Deputy, ...]

    def reply(self, audience: Audience) -> Reply:
        """List them, each with the button that ends it."""
        texts = audience.texts
        heading = texts.count("deputy.list", len(self.own)) if self.own else texts.say("deputy.list_none")
        body: list[Element] = []
        lines = [sentence(heading)]
        for deputy in self.own[:MOST_DEPUTIES]:
            said, when = _person_words(deputy, audience), _scope(deputy, audience)
            buttons: Element = {"type": "ActionSet", "actions": [end_deputy(texts.say("deputy.end"), deputy)]}
            body.append(
                container([line(plain(said)), small(plain(when, 300)), buttons], separator=True, spacing="Small")
            )
            lines.append(f"- {said} ({when})")
        if not self.own:
            body.append(line(texts.say("deputy.list_help")))
            lines.append(texts.say("deputy.list_help"))
        if self.others:
            said = texts.say("deputy.list_others")
            rows = [
                f"{_name(other.lead, audience)}: {_scope(other, audience)}" for other in self.others[:MOST_DEPUTIES]
            ]
            body += [section(said), *(small(plain(row, 300)) for row in rows)]
            lines += [f"{said}:", *(f"- {row}" for row in rows)]
        text = "\n".join(lines)
        return Reply(card(plain(heading), body, texts, text), text, is_personal=True)


def deputy_named_word(answer: DeputyNamed, by: Person, audience: Audience) -> Reply:
    """Write to the deputy, and to the lead where somebody else named the deputy."""
    say, deputy = audience.texts.say, answer.deputy
    heading = say(f"deputy.named{_reader_suffix(deputy, audience)}", **_names(deputy, audience))
    is_deputy = _reader_suffix(deputy, audience) == "_you"
    by_other = by.email != deputy.lead
    said = [
        _time(deputy, audience),
        *([say("deputy.named_by", name=one_line(by.name, LONGEST_NAME))] if by_other else []),
    ]
    said.append(say("deputy.you_may" if is_deputy else "deputy.they_may"))
    body = [line(plain(" ".join(said), 600)), *_projects(answer.projects, audience)]
    text = "\n".join([sentence(heading), " ".join(said), *_projects_text(answer.projects, audience)])
    actions = [_report_button(answer.projects, audience)] if is_deputy and _is_now(deputy, audience) else []
    if not is_deputy:
        actions = [end_deputy(say("deputy.end"), deputy)]
    return Reply(card(plain(heading), body, audience.texts, text, actions), text)


def deputy_ended_word(deputy: Deputy, by: Person, audience: Audience) -> Reply:
    heading = audience.texts.say(f"deputy.ended{_reader_suffix(deputy, audience)}", **_names(deputy, audience))
    said = audience.texts.say("deputy.ended_by", name=one_line(by.name, LONGEST_NAME), time=_days(deputy, audience))
    text = f"{sentence(heading)}\n{said}"
    return Reply(card(plain(heading), [line(plain(said, 600))], audience.texts, text), text)


def deputy_words(deputy: Deputy, audience: Audience) -> str:
    """ "Mette Lindegaard fra … til og med … · alle projekter", in plain text."""
    return f"{_name(deputy.deputy, audience)} {_scope(deputy, audience)}"


def _reader_suffix(deputy: Deputy, audience: Audience) -> str:
    """The reader is the lead, or the deputy, or neither."""
    reader = audience.asker.email if audience.asker else None
    return {deputy.lead: "_yours", deputy.deputy: "_you"}.get(reader or "", "")


def _names(deputy: Deputy, audience: Audience) -> dict[str, str]:
    return {"deputy": _name(deputy.deputy, audience), "lead": _name(deputy.lead, audience)}


def _name(email: str, audience: Audience) -> str:
    return one_line(audience.names.person(email), LONGEST_NAME)


def _days(deputy: Deputy, audience: Audience) -> str:
    first, last = (near_day_words(day, audience) for day in (deputy.first, deputy.last))
    if deputy.first == deputy.last:
        return audience.texts.say("deputy.one_day", day=first)
    return audience.texts.say("deputy.days", first=first, last=last)


def _time(deputy: Deputy, audience: Audience) -> str:
    """ "Fra onsdag den 1. juli til og med tirsdag den 14. juli." """
    days = _days(deputy, audience)
    return sentence(days[:1].upper() + days[1:])


def _person_words(deputy: Deputy, audience: Audience) -> str:
    reader = audience.asker.email if audience.asker else None
    if deputy.lead == reader:
        return _name(deputy.deputy, audience)
    return audience.texts.say("deputy.of", **_names(deputy, audience))


def _scope(deputy: Deputy, audience: Audience) -> str:
    """ "fra … til … · Skærmbesøg" """
    whole = audience.texts.say("deputy.scope_all")
    what = one_line(audience.names.project(deputy.project), LONGEST_TITLE) if deputy.project else whole
    return f"{_days(deputy, audience)} · {what}"


def _projects(numbers: Sequence[str], audience: Audience) -> list[Element]:
    return [small(plain(title, LONGEST_TITLE + 20)) for title in _titles(numbers, audience)]


def _projects_text(numbers: Sequence[str], audience: Audience) -> list[str]:
    return [f"- {title}" for title in _titles(numbers, audience)]


def _titles(numbers: Sequence[str], audience: Audience) -> list[str]:
    shown = [one_line(audience.names.project(number), LONGEST_TITLE) for number in numbers[:MOST_PROJECTS]]
    more = len(numbers) - len(shown)
    return [*shown, *([audience.texts.count("round.more", more)] if more > 0 else [])]


def _is_now(deputy: Deputy, audience: Audience) -> bool:
    return deputy.first <= audience.today <= deputy.last


def _report_button(numbers: Sequence[str], audience: Audience) -> Element:
    title = audience.texts.say("round.report")
    return report(title, numbers[0]) if len(numbers) == 1 else reports(title)


def end_deputy(title: str, deputy: Deputy) -> Element:
    days = {"first": deputy.first.isoformat(), "last": deputy.last.isoformat()}
    people = {"lead": deputy.lead, "deputy": deputy.deputy}
    return button(title, END, {**people, **days, **({"project": deputy.project} if deputy.project else {})})
