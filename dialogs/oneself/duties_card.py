"""What the asker owes and meets: a row for each, with the button that does it; and what comes next where there is
none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dialogs.cards.buttons import go_on
from dialogs.cards.elements import (
    Element,
    action_set,
    card_reply,
    container,
    first_fitting,
    line,
    listed_part,
    small,
    strong,
)
from dialogs.cards.elements import Part as Listed
from dialogs.reminders.message import MOST_LINES, MOST_ROWS, part_body, part_lines, shares_of
from dialogs.reminders.parts import Part, parts_of
from dialogs.rounds.buttons import show_round
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.understanding.orders.days import Days
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import LONGEST_TITLE, close_day, day_of, when_words
from dialogs.wording.reminders import title_of
from dialogs.wording.values import near_day_words
from portfolio.drafts import FormDraft
from portfolio.reminders.keys import EVERYTHING
from portfolio.reminders.kinds import Reminder, Snooze
from portfolio.rounds import RoundView

MOST_SMALL_ROWS = 5


@dataclass(frozen=True, slots=True)
class Duties:
    """`due` is what is owed and met until `last`, `following` the next thing after that; `drafts` are the forms begun,
    `snoozes` what was put off, `rounds` those that the person runs and others haven't answered, `held` how many runs
    wait for the office's yes. `asked` are the days that were asked for, if any were. `are_all_stopped`: the office
    sends no reminders. `has_a_part`: there is something that may ever be owed."""

    due: tuple[Reminder, ...]
    following: Reminder | None
    last: date
    asked: Days = (None, None)
    drafts: tuple[FormDraft, ...] = ()
    snoozes: tuple[tuple[Snooze, str], ...] = ()
    rounds: tuple[RoundView, ...] = ()
    held: int = 0
    are_all_stopped: bool = False
    has_a_part: bool = True

    def reply(self, audience: Audience) -> Reply:
        parts = _parts(self, audience)
        above, below = _above(self, audience), [make(self, audience) for make in (_rounds, _drafts, _snoozes)]
        sizes = [len(part.rows) for part in parts]
        lines = [*above]
        for part, shown in zip(parts, shares_of(sizes, MOST_LINES), strict=True):
            lines += part_lines(part, shown, audience)
        lines += [text for _, texts in below for text in texts]
        ends = [element for elements, _ in below for element in elements]
        bodies = (self._body(above, parts, sizes, rows, audience) for rows in MOST_ROWS)
        heading = _heading(self, audience)
        return first_fitting(card_reply(ForOne, heading, lines, [*body, *ends], audience.texts) for body in bodies)

    @staticmethod
    def _body(above: list[str], parts: list[Part], sizes: list[int], rows: int, audience: Audience) -> list[Element]:
        body: list[Element] = [line(plain(text, 600)) for text in above]
        for part, shown in zip(parts, shares_of(sizes, rows), strict=True):
            body += part_body(part, shown, audience)
        return body

    def document(self, audience: Audience) -> Document:
        understood: dict[str, Any] = {"command": "my_duties"}
        if any(self.asked):
            first, last = (day.isoformat() if day else None for day in self.asked)
            understood["period"] = {"from": first, "to": last}
        projects = tuple(dict.fromkeys(duty.project for duty in self.due if duty.project))
        rows = [_as_data(duty, audience) for duty in self.due]
        return Document("command", understood, projects=projects, total=len(self.due), more={"rows": rows})


def _as_data(duty: Reminder, audience: Audience) -> Mapping[str, str | None]:
    return {
        "kind": duty.kind.value,
        "project": duty.project,
        "title": duty.title,
        "due": day_of(duty, audience).isoformat(),
        "in_place_of": audience.names.address(duty.in_place_of) if duty.in_place_of else None,
    }


def in_brief(answer: Duties, audience: Audience) -> str:
    """ "2 ting venter på dig." or what comes next."""
    if answer.due or not answer.following:
        return sentence(_heading(answer, audience))
    return f"{sentence(_heading(answer, audience))} {_following(answer.following, audience)}"


def _heading(answer: Duties, audience: Audience) -> str:
    texts, count = audience.texts, len(answer.due)
    when = when_words(answer.asked, audience)
    if not count:
        return texts.say("duties.none", when=when)
    return texts.count("duties.heading", count, when=when)


def _above(answer: Duties, audience: Audience) -> list[str]:
    say, sentences = audience.texts.say, []
    if answer.due and not any(answer.asked):
        sentences.append(say("duties.until", day=near_day_words(answer.last, audience)))
    if not answer.due and answer.following:
        sentences.append(_following(answer.following, audience))
    if not answer.due and not answer.following:
        sentences.append(say("duties.nothing_ahead" if answer.has_a_part else "duties.no_part"))
    if answer.held:
        sentences.append(audience.texts.count("duties.held", answer.held))
    if answer.are_all_stopped:
        sentences.append(say("duties.all_stopped"))
    return sentences


def _following(duty: Reminder, audience: Audience) -> str:
    """ "Det næste er status på Skærmbesøg, senest fredag den 26. juni (uge 26)." """
    day = close_day(day_of(duty, audience), audience)
    return audience.texts.say(f"duties.next_{duty.kind}", title=title_of(duty), day=day)


def _parts(answer: Duties, audience: Audience) -> list[Part]:
    """The parts of a message, that with the most urgent first; why the reader gets them is plain."""
    parts = [replace(part, why="") for part in parts_of(answer.due, audience)]
    return sorted(parts, key=lambda part: min(duty.deadline for duty in part.reminders))


def _rounds(answer: Duties, audience: Audience) -> Listed:
    rows: list[tuple[Element, str]] = []
    for view in answer.rounds:
        names = {"body": one_line(view.round.body, LONGEST_TITLE), "total": len(view.entries)}
        words = audience.texts.count("duties.round", len(view.answered), **names)
        shown = show_round(audience.texts.say("duties.show_round"), view.round.id)
        rows.append((container([strong(plain(words)), action_set(shown)], separator=True, spacing="Medium"), words))
    return listed_part(audience.texts.say("duties.rounds"), rows)


def _drafts(answer: Duties, audience: Audience) -> Listed:
    rows: list[tuple[Element, str]] = []
    for draft in answer.drafts[:MOST_SMALL_ROWS]:
        words = _draft_words(draft, audience)
        button = go_on(audience.texts.say("form_notice.go_on"), draft.id)
        rows.append((container([strong(plain(words)), action_set(button)], separator=True, spacing="Medium"), words))
    return listed_part(audience.texts.count("duties.drafts", len(answer.drafts)), rows)


def _draft_words(draft: FormDraft, audience: Audience) -> str:
    return audience.texts.say(
        f"form_kind.{draft.kind}", title=one_line(audience.names.project(draft.subject), LONGEST_TITLE)
    )


def _snoozes(answer: Duties, audience: Audience) -> Listed:
    say = audience.texts.say
    rows: list[tuple[Element, str]] = []
    for snooze, title in answer.snoozes[:MOST_SMALL_ROWS]:
        what = say("own_reminders.everything") if snooze.subject == EVERYTHING else one_line(title, LONGEST_TITLE)
        words = say("own_reminders.snooze_row", what=what, day=near_day_words(snooze.until, audience))
        rows.append((small(plain(words)), words))
    return listed_part(say("own_reminders.snoozes"), rows)
