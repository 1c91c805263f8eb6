"""Receipts for what was decided about a person's own reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.cards.buttons import Ask, ask
from dialogs.cards.elements import Element, button, card_reply, line, small, stacked
from dialogs.deputies.cards import Deputies, DeputyEnded
from dialogs.own_reminders.buttons import show_mine
from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import days_words
from dialogs.wording.values import listed, moment_words, more_words, near_day_words
from portfolio.deputies import Deputy
from portfolio.reminders.kinds import Absence, Kind
from portfolio.status.reminders import RHYTHMS

LONGEST_TITLE = 100
MOST_MATTERS = 10
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be reminded of, by its subject: a project or an obligation with its title, a body's meeting with its
    start, everything as "". Without a title it isn't there any more."""

    subject: str
    title: str = ""
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The matters that the person isn't reminded of before `until`, a working day."""

    matters: tuple[Matter, ...]
    until: date

    def reply(self, audience: Audience) -> Reply:
        texts, matters = audience.texts, self.matters
        what, day = matter_words(matters[0], audience), near_day_words(self.until, audience)
        heading = texts.count("own_reminders.snoozed", len(matters), what=what, day=day)
        rows = [matter_words(matter, audience) for matter in matters[:MOST_MATTERS]] if len(matters) > 1 else []
        rows += more_words(len(matters) - MOST_MATTERS, audience)
        sentences = [texts.say("own_reminders.snoozed_text")]
        sentences += [
            texts.say("own_reminders.snoozed_meeting", meeting=matter_words(matter, audience))
            for matter in matters
            if matter.starts is not None and matter.starts.astimezone(audience.now.tzinfo).date() < self.until
        ]
        return _receipt(heading, sentences, audience, rows=rows)


@dataclass(frozen=True, slots=True)
class SnoozeEnded:
    """The number of things that are reminded of as before."""

    count: int

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        none = texts.say("own_reminders.snooze_ended_none")
        words = texts.count("own_reminders.snooze_ended_text", self.count) if self.count else none
        return _receipt(texts.count("own_reminders.snooze_ended", self.count), [words], audience)


@dataclass(frozen=True, slots=True)
class AbsenceSet:
    """`back` is the first working day after it, `deputies` those who stand in during it; `instead_of` are absences
    that it takes the place of. `may_name_deputy`: the person leads projects."""

    absence: Absence
    back: date
    deputies: tuple[Deputy, ...]
    may_name_deputy: bool
    instead_of: tuple[Absence, ...] = ()

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        heading = say("own_reminders.absent", days=days_words(self.absence.first, self.absence.last, audience))
        back = near_day_words(self.back, audience)
        sentences = [say("own_reminders.absent_open")]
        if self.deputies:
            names = dict.fromkeys(one_line(audience.person(deputy.deputy), LONGEST_TITLE) for deputy in self.deputies)
            sentences.append(say("own_reminders.absent_deputy", deputies=listed(list(names), audience)))
            sentences.append(say("own_reminders.absent_other_waits", day=back))
        else:
            sentences.append(say("own_reminders.absent_waits", day=back))
        sentences += [
            say("own_reminders.absent_instead", days=days_words(absence.first, absence.last, audience))
            for absence in self.instead_of[:MOST_MATTERS]
        ]
        sentences.append(say("own_reminders.absent_told"))
        offered = [_name_deputy(self.absence, audience)] if self.may_name_deputy and not self.deputies else []
        return _receipt(heading, sentences, audience, offered)


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    """The person is reminded again from `since` on, a working day; or where an absence was
    `dropped` that was still to come, as always."""

    since: date
    dropped: Absence | None = None

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        if self.dropped and self.dropped.first > audience.today:
            days = days_words(self.dropped.first, self.dropped.last, audience)
            heading = say("own_reminders.absence_dropped", days=days)
            return _receipt(heading, [say("own_reminders.absence_dropped_text")], audience)
        words = say("own_reminders.absence_over_text", day=near_day_words(self.since, audience))
        return _receipt(say("own_reminders.absence_over"), [words], audience)


@dataclass(frozen=True, slots=True)
class Returned:
    """Back today, and what became of the deputies."""

    since: date
    deputies: DeputyEnded | Deputies

    def reply(self, audience: Audience) -> Reply:
        """Adds that reminders come again to what became of the deputies."""
        ended = self.deputies.reply(audience)
        again = audience.texts.say("own_reminders.returned", day=near_day_words(self.since, audience))
        text = f"{ended.text}\n{again}"
        card = ended.card
        if card is not None:
            spoken = {"fallbackText": one_line(text, 1000), "speak": one_line(text, 300)}
            card = {**card, **spoken, "body": [*card["body"], line(plain(again), spacing="Medium")]}
        return ForOne(card, text)


@dataclass(frozen=True, slots=True)
class Switched:
    """`kinds` are now on or off; `fixed` can't be switched off."""

    kinds: tuple[Kind, ...]
    fixed: tuple[Kind, ...]
    is_on: bool

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        key = "on" if self.is_on else "off" if self.kinds else "off_none"
        heading = say(f"own_reminders.{key}", kinds=listed([say(LOOKS[kind].name) for kind in self.kinds], audience))
        sentences = [say(f"own_reminders.{'on' if self.is_on else 'off'}_text")] if self.kinds else []
        for look in (LOOKS[kind] for kind in self.fixed):
            name, why = say(look.name), say(look.fixed_because) if look.fixed_because else ""
            sentences.append(say("own_reminders.fixed", kind=name[:1].upper() + name[1:], why=why))
        if self.fixed:
            sentences.append(say("own_reminders.fixed_help"))
        return _receipt(heading, sentences, audience, [show_mine(say("own_reminders.heading"))])


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A project, and how many days there are between two requests for its status."""

    project: str
    days: int


@dataclass(frozen=True, slots=True)
class RhythmSet:
    """`is_usual`: the one that follows from who leads it. `deadline` is when its next status is due, `before` the
    rhythm of its own that it had."""

    rhythm: Rhythm
    is_usual: bool
    deadline: date
    before: int | None

    def reply(self, audience: Audience) -> Reply:
        say, number = audience.texts.say, self.rhythm.project
        title = one_line(audience.names.project(number), LONGEST_TITLE)
        heading = say("own_reminders.rhythm_set", title=title, rhythm=rhythm_words(self.rhythm.days, audience))
        day = near_day_words(self.deadline, audience)
        is_missing = self.deadline < audience.today
        due = say("own_reminders.rhythm_missing" if is_missing else "own_reminders.rhythm_due", day=day)
        own = say("own_reminders.rhythm_own", due=due, number=number)
        words = say("own_reminders.rhythm_usual", due=due) if self.is_usual else own
        return _receipt(heading, [words], audience, tries=_as_before(self, audience))


def matter_words(matter: Matter, audience: Audience) -> str:
    """ "Skærmbesøg", "mødet i Project Board torsdag den 18. juni kl. 9" """
    if matter.starts is not None:
        body = one_line(matter.title, LONGEST_TITLE)
        return audience.texts.say("own_reminders.meeting", body=body, when=moment_words(matter.starts, audience))
    nameless = audience.texts.say(f"own_reminders.{'gone' if matter.subject else 'everything'}")
    return one_line(matter.title, LONGEST_TITLE) or nameless


def rhythm_words(days: int, audience: Audience) -> str:
    """ "hver 2. uge" """
    if audience.texts.has(f"rhythm.{days}"):
        return audience.texts.say(f"rhythm.{days}")
    return audience.texts.say("rhythm.weeks", count=days // _WEEK)


def status_wish(number: str, days: int, audience: Audience) -> str:
    """The sentence that asks for a project's status in that rhythm."""
    return audience.texts.say("own_reminders.ask_for_status", number=number, rhythm=rhythm_words(days, audience))


def _name_deputy(absence: Absence, audience: Audience) -> Element:
    say = audience.texts.say
    days = {"first": f"{absence.first:%d/%m/%Y}", "last": f"{absence.last:%d/%m/%Y}"}
    return button(say("own_reminders.pick_deputy"), Ask(say("own_reminders.name_deputy", **days)))


def _as_before(answer: RhythmSet, audience: Audience) -> list[str]:
    """The sentence that brings back the rhythm from before; none for one that can't be chosen."""
    say, number = audience.texts.say, answer.rhythm.project
    if answer.before is None:
        return [] if answer.is_usual else [say("own_reminders.rhythm_undo", number=number)]
    if answer.before not in RHYTHMS or (not answer.is_usual and answer.before == answer.rhythm.days):
        return []
    return [status_wish(number, answer.before, audience)]


def _receipt(
    heading: str,
    sentences: Sequence[str],
    audience: Audience,
    actions: Sequence[Element] = (),
    rows: Sequence[str] = (),
    tries: Sequence[str] = (),
) -> Reply:
    lines = [*(f"- {row}" for row in rows), *sentences, *(f"- {question}" for question in tries)]
    shown = [*(small(plain(row, 300)) for row in rows), *(line(plain(text, 600)) for text in sentences)]
    shown += stacked([ask(question) for question in tries])
    return card_reply(ForOne, heading, lines, shown, audience.texts, actions)
