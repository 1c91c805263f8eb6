"""Who is away, until when, and who reports in their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.cards.elements import Element, card_reply, container, line, small, strong
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.understanding.orders.days import Days
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import days_words, name_words, when_words
from dialogs.wording.values import listed, more_words, near_day_words
from portfolio.identity import PersonId
from portfolio.reminders.kinds import Absence

MOST_ROWS = 20
MOST_SPELLS = 4


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`absences` of one person, the first to begin first; `back` is the first working day after the first of them,
    `deputies` report in their place in it."""

    person: PersonId
    absences: tuple[Absence, ...]
    back: date | None
    deputies: tuple[PersonId, ...]

    def is_away(self, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.absences)


@dataclass(frozen=True, slots=True)
class Away:
    """`people` who are away, or who were asked for by name; of the `hidden` nothing is said. `asked` are the days that
    were asked for, if any were."""

    people: tuple[Whereabouts, ...]
    hidden: tuple[PersonId, ...]
    is_of_somebody: bool
    asks_when: bool
    asked: Days = (None, None)

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        body: list[Element] = []
        lines: list[str] = []
        is_said = len(self.people) == 1 and not self.people[0].absences
        for one in () if is_said else self.people[:MOST_ROWS]:
            name, details = _name(one.person, audience), _details(one, audience)
            lines.append(f"- {name}: {'; '.join(details)}")
            rows = [small(plain(detail)) for detail in details]
            body.append(container([strong(plain(name)), *rows], separator=True, spacing="Small"))
        notes = more_words(len(self.people) - MOST_ROWS, audience)
        notes += [texts.say("away.hidden", name=_name(person, audience)) for person in self.hidden]
        notes.append(texts.say("away.only_that"))
        body += [line(plain(note), isSubtle=True, size="Small", spacing="Medium") for note in notes]
        return card_reply(ForOne, _heading(self, audience), [*lines, *notes], body, texts)

    def document(self, audience: Audience) -> Document:
        understood: dict[str, Any] = {"command": "who_is_away"}
        if any(self.asked):
            understood["period"] = {"from": _iso(self.asked[0]), "to": _iso(self.asked[1])}
        away = [one for one in self.people if one.absences]
        rows = [
            {"person": audience.names.address(one.person), "from": _iso(spell.first), "until": _iso(spell.last)}
            for one in away
            for spell in one.absences
        ]
        people = audience.names.addresses(one.person for one in away)
        return Document("people", understood, total=len(away), more={"people": people, "rows": rows})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _heading(answer: Away, audience: Audience) -> str:
    texts, when = audience.texts, when_words(answer.asked, audience)
    if not answer.is_of_somebody:
        when = when or f" {texts.say('reminder_row.today')}"
        count = len(answer.people)
        return texts.count("away.count", count, when=when) if count else texts.say("away.nobody", when=when)
    if len(answer.people) != 1:
        away = [one for one in answer.people if one.absences]
        if not answer.people:
            return texts.say("away.hidden_heading")
        return texts.say("away.of_several", count=len(away), total=len(answer.people), when=when)
    (one,) = answer.people
    return _heading_of_one(answer, one, when, audience)


def _heading_of_one(answer: Away, one: Whereabouts, when: str, audience: Audience) -> str:
    """ "Mette Lindegaard er væk til og med fredag den 12. juni", "Mette Lindegaard er tilbage mandag den 15. juni"."""
    whose = "you" if audience.asker and one.person == audience.asker.id else "one"
    values = {"name": _name(one.person, audience), "when": when}
    if not one.absences:
        return audience.texts.say(f"away.{whose}_here", **values)
    first = one.absences[0]
    if one.is_away(audience.today) and not any(answer.asked):
        if answer.asks_when and one.back:
            return audience.texts.say(f"away.{whose}_back", day=near_day_words(one.back, audience), **values)
        return audience.texts.say(f"away.{whose}_until", day=near_day_words(first.last, audience), **values)
    return audience.texts.say(f"away.{whose}_later", days=days_words(first.first, first.last, audience), **values)


def _details(one: Whereabouts, audience: Audience) -> list[str]:
    say = audience.texts.say
    if not one.absences:
        return [say("away.not_told")]
    details = [days_words(spell.first, spell.last, audience) for spell in one.absences[:MOST_SPELLS]]
    if one.back:
        details.append(say("away.back", day=near_day_words(one.back, audience)))
    if one.deputies:
        names = listed([name_words(person, audience) for person in one.deputies], audience)
        details.append(say("away.deputy", names=names))
    return details


def _name(person: PersonId, audience: Audience) -> str:
    return one_line(audience.person(person), 80)
