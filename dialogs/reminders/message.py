"""The message with all that somebody is reminded of: why, by when, a button to do it, and one to be reminded later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dialogs.cards.buttons import snooze
from dialogs.cards.elements import (
    Element,
    about,
    action_set,
    card_reply,
    column,
    columns,
    container,
    first_fitting,
    line,
    link_text,
    linked,
    section,
    small,
    stacked,
    strong,
)
from dialogs.feature import Row
from dialogs.reminders.parts import Part, heading_of, parts_of
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import ForAll, ForOne, Reply
from dialogs.values.plain import plain
from dialogs.wording.days import joined
from dialogs.wording.values import day_words, moment_words, more_words, near_day_words
from portfolio.reminders.keys import Again, Occasion
from portfolio.reminders.kinds import KINDS, Reminder

# So many rows where they fit on a card that Teams takes; names can be long.
MOST_ROWS = (8, 5, 3)
# A mail has no button that shows the rest.
MOST_LINES = 40
LONGEST_LINE = 600
LATE = timedelta(hours=2)
_DAY = timedelta(days=1)
_FRIDAY = 4


def reminder_message(
    reminders: Sequence[Reminder], audience: Audience, *, planned_for: datetime, next_day: date
) -> Reply:
    """`planned_for` is when it should have been sent, `next_day` the next working day."""
    to = ForOne if audience.scope is Scope.PERSONAL else ForAll
    parts = parts_of(reminders, audience)
    intro, outro = _intro(reminders, audience, planned_for), _snooze_words(reminders, next_day, audience)
    lines = [*intro, *_lines(parts, audience), *outro]
    wait = [_snooze_button(next_day, audience)] if _may_wait(reminders, audience) else []
    bodies = (_body(intro, parts, outro, audience, rows) for rows in MOST_ROWS)
    heading, actions = heading_of(parts, audience), [*_foot_buttons(parts), *wait]
    return first_fitting(card_reply(to, heading, lines, body, audience.texts, actions) for body in bodies)


def _intro(reminders: Sequence[Reminder], audience: Audience, planned_for: datetime) -> list[str]:
    say, sentences = audience.texts.say, []
    if audience.now - planned_for > LATE:
        sentences.append(say("reminder.late", when=moment_words(planned_for, audience)))
    again = [reminder for reminder in reminders if reminder.is_again]
    if again:
        sentences.append(say("reminder.back" if any(map(_is_after_absence, again)) else "reminder.asked_for"))
    return sentences


def _is_after_absence(reminder: Reminder) -> bool:
    return any(why is Again.BACK for why, _ in Occasion.read(reminder.occasion).again)


def _snooze_words(reminders: Sequence[Reminder], next_day: date, audience: Audience) -> list[str]:
    """Say what to write to be reminded another time."""
    if not _may_wait(reminders, audience):
        return []
    after = max(next_day, _following_weekday(_following_weekday(audience.today)))
    last = audience.today + timedelta(days=7 - audience.today.weekday() + _FRIDAY)
    weekday = audience.texts.say(f"weekday.{after.weekday()}")
    day = day_words(last, audience).removesuffix(f" {last.year}")
    return [audience.texts.say("reminder.snooze_say", weekday=weekday, day=day)]


def _may_wait(reminders: Sequence[Reminder], audience: Audience) -> bool:
    """A meeting is held whoever would rather hear of it later."""
    return audience.scope is Scope.PERSONAL and any(KINDS[reminder.kind].asks for reminder in reminders)


def _following_weekday(day: date) -> date:
    day += _DAY
    while day.weekday() > _FRIDAY:
        day += _DAY
    return day


def _body(intro: list[str], parts: list[Part], outro: list[str], audience: Audience, rows: int) -> list[Element]:
    shares = shares_of([len(part.rows) for part in parts], rows)
    body: list[Element] = [line(plain(text, LONGEST_LINE)) for text in intro]
    for part, shown in zip(parts, shares, strict=True):
        body += part_body(part, shown, audience) if len(parts) > 1 else _only_part(part, shown, audience)
    return [*body, *(line(plain(text, LONGEST_LINE), isSubtle=True, size="Small") for text in outro)]


def shares_of(sizes: Sequence[int], most: int) -> list[int]:
    """Share out the rows in turn, so that no part is crowded out; return how many each part may show."""
    shares = [0] * len(sizes)
    while sum(shares) < min(most, sum(sizes)):
        for at, size in enumerate(sizes):
            if shares[at] < size and sum(shares) < most:
                shares[at] += 1
    return shares


def part_body(part: Part, shown: int, audience: Audience) -> list[Element]:
    """Draws one part of several, with so many of its rows."""
    why = [small(plain(part.why, LONGEST_LINE))] if part.why else []
    return [section(_title(part, audience)), *why, *_rows(part, shown, audience)]


def _only_part(part: Part, shown: int, audience: Audience) -> list[Element]:
    why = [line(plain(part.why, LONGEST_LINE))] if part.why else []
    return [*why, *([_alone(part.rows[0])] if len(part.rows) == 1 else _rows(part, shown, audience))]


def _rows(part: Part, shown: int, audience: Audience) -> list[Element]:
    more = [line(text, isSubtle=True, size="Small") for text in _more(part, shown, audience)]
    show_all = [part.section.show_all(audience)] if more and part.section.show_all else []
    return [*map(_row, part.rows[:shown]), *more, *stacked(show_all)]


def _title(part: Part, audience: Audience) -> str:
    return audience.texts.say(part.section.title, count=len(part.rows))


def _alone(row: Row) -> Element:
    """The heading has its title, and what is done first is at the card's foot, where a third button would be cut."""
    first, rest = (plain(joined(some), LONGEST_LINE) for some in (row.details[:1], row.details[1:]))
    words = [strong(first), *([small(rest)] if rest else [])]
    return container([*words, *stacked(_buttons(row)[1:])], separator=True, spacing="Medium")


def _buttons(row: Row) -> list[Element]:
    return [*([row.title_action] if row.title_action else []), *row.buttons]


def _row(row: Row) -> Element:
    details = small(plain(joined(row.details), LONGEST_LINE))
    if row.title_action:
        words: Element = columns(linked([link_text(plain(row.title)), details], about(row.title_action, row.title)))
    else:
        words = columns(column([strong(plain(row.title)), details]))
    pressed = [button if "tooltip" in button else about(button, row.title) for button in row.buttons]
    below = [action_set(*pressed)] if pressed else []
    return container([words, *below], separator=True, spacing="Medium")


def _more(part: Part, shown: int, audience: Audience) -> list[str]:
    return more_words(len(part.rows) - shown, audience, "reminder.more")


def _foot_buttons(parts: Sequence[Part]) -> list[Element]:
    """Return the button at the card's foot for a message of one row; of several, each row has its own."""
    is_alone = len(parts) == 1 and len(parts[0].rows) == 1
    return _buttons(parts[0].rows[0])[:1] if is_alone else []


def _snooze_button(until: date, audience: Audience) -> Element:
    say, days = audience.texts.say, (until - audience.today).days
    if days == 1:
        title = say("reminder.snooze_tomorrow")
    elif until.weekday() == 0 and days < 7:
        title = say("reminder.snooze_monday")
    else:
        title = say("reminder.snooze_day", day=near_day_words(until, audience))
    return snooze(title, until)


def _lines(parts: Sequence[Part], audience: Audience) -> list[str]:
    lines: list[str] = []
    shares = shares_of([len(part.rows) for part in parts], MOST_LINES)
    for part, shown in zip(parts, shares, strict=True):
        lines += part_lines(part, shown, audience, has_title=len(parts) > 1)
    return lines


def part_lines(part: Part, shown: int, audience: Audience, *, has_title: bool = True) -> list[str]:
    """Writes what `part_body` draws."""
    title = [f"{_title(part, audience)}:"] if has_title else []
    why = [part.why] if part.why else []
    rows = [f"- {row.title}: {' · '.join(row.details)}" for row in part.rows[:shown]]
    return [*title, *why, *rows, *_more(part, shown, audience)]
