"""The summary of a round: what changed first, then what is red or amber, who is missing, and what to decide."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dialogs.cards.buttons import open_project
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    card,
    column,
    columns,
    container,
    line,
    link_text,
    linked,
    section,
    small,
    strong,
)
from dialogs.questions.list_card import colours, colours_text
from dialogs.rounds.buttons import show_round
from dialogs.rounds.card import change_words, grouped, lead_name, round_heading, state_blocks, when_words
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from portfolio.projects.status import Rag
from portfolio.rounds import RoundEntry, RoundView
from portfolio.status.decisions import Decision

# Under each heading, so many where they all fit on a card that Teams takes; names can be long.
MOST_ROWS = (10, 6, 4)
LARGEST = 26 * 1024
LONGEST_TITLE = 80
LONGEST_COMMENT = 120
LONGEST_WISH = 160
LONGEST_LINE = 300

T = TypeVar("T")
Part = tuple[list[Element], list[str]]


@dataclass(frozen=True, slots=True)
class RoundSummed:
    """The summary of a round, so far or in the end."""

    view: RoundView
    decisions: tuple[Decision, ...]

    def reply(self, audience: Audience) -> Reply:
        replies = (_summary(self, audience, rows) for rows in MOST_ROWS)
        return next((reply for reply in replies if _size(reply) <= LARGEST), _summary(self, audience, MOST_ROWS[-1]))


def _size(reply: Reply) -> int:
    return len(json.dumps(reply.card, ensure_ascii=False).encode())


def _summary(answer: RoundSummed, audience: Audience, rows: int) -> Reply:
    view, texts = answer.view, audience.texts
    heading = texts.say("round_summary.heading", round=round_heading(view.round, audience))
    above = _intro(view, audience)
    body: list[Element] = [strong(plain(above[0])), *(small(plain(text)) for text in above[1:])]
    body += colours(view.colours, audience)
    lines = [sentence(heading), *(sentence(text) for text in above), *colours_text(view.colours, audience)]
    for elements, words in _parts(answer, audience, rows):
        body += elements
        lines += words
    text = "\n".join(lines)
    actions = [show_round(texts.say("round_summary.show"), view.round.id)]
    return Reply(card(plain(heading), body, texts, text, actions), text)


def _intro(view: RoundView, audience: Audience) -> list[str]:
    progress = audience.texts.count("round.progress", len(view.answered), total=len(view.entries))
    if view.round.closed_at is not None:
        return [progress]
    when = when_words(view.round.deadline, audience)
    return [progress, audience.texts.say("round_summary.so_far", when=when)]


def _parts(answer: RoundSummed, audience: Audience, rows: int) -> list[Part]:
    view = answer.view
    return [
        _entries("changed", view.changed, audience, rows),
        _entries("still_red", view.steady(Rag.RED), audience, rows),
        _entries("still_amber", view.steady(Rag.AMBER), audience, rows),
        _missing(view, audience, rows),
        _green(view, audience),
        _decisions(answer.decisions, audience, rows),
    ]


def _entries(name: str, entries: Sequence[RoundEntry], audience: Audience, rows: int) -> Part:
    return _list_part(
        audience.texts.say(f"round_summary.{name}", count=len(entries)),
        entries,
        lambda entry: _row(entry, audience),
        lambda entry: _words(entry, audience),
        audience,
        rows,
    )


def _list_part(
    heading: str,
    items: Sequence[T],
    row: Callable[[T], Element],
    words: Callable[[T], str],
    audience: Audience,
    rows: int,
    more_key: str = "round.more",
) -> Part:
    """The first few under a heading, and how many more; nothing where there are none."""
    if not items:
        return [], []
    shown = items[:rows]
    more = [audience.texts.count(more_key, left)] if (left := len(items) - len(shown)) else []
    elements = [section(heading), *(row(item) for item in shown), *(small(text) for text in more)]
    return elements, [f"{heading}:", *(f"- {words(item)}" for item in shown), *more]


def _row(entry: RoundEntry, audience: Audience) -> Element:
    title = one_line(entry.project.title, LONGEST_TITLE)
    opening = open_project(audience.texts.say("list.open", title=title), entry.project.number, {})
    details = [small(plain(lead_name(entry, audience)))]
    if comment := _comment(entry):
        details.append(line(plain(comment, LONGEST_COMMENT), spacing="None"))
    words = linked([link_text(plain(entry.project.title, LONGEST_TITLE)), *details], opening)
    return columns(column(state_blocks(entry, audience), COLOUR_WIDTH), words, separator=True, spacing="Small")


def _words(entry: RoundEntry, audience: Audience) -> str:
    comment = f": {comment}" if (comment := _comment(entry)) else ""
    title = one_line(entry.project.title, LONGEST_TITLE)
    return f"{change_words(entry, audience)}: {title} ({lead_name(entry, audience)}){comment}"


def _comment(entry: RoundEntry) -> str:
    return one_line(entry.now.comment, LONGEST_COMMENT) if entry.now and entry.now.comment else ""


def _missing(view: RoundView, audience: Audience, rows: int) -> Part:
    return _list_part(
        audience.texts.say("round.missing", count=len(view.missing)),
        list(grouped(view.missing, audience)),
        lambda lead: container(
            [line(plain(lead[0])), small(plain(lead[1], LONGEST_LINE))], separator=True, spacing="Small"
        ),
        lambda lead: f"{lead[0]}: {lead[1]}",
        audience,
        rows,
        "round.more_leads",
    )


def _green(view: RoundView, audience: Audience) -> Part:
    green = len(view.steady(Rag.GREEN))
    words = audience.texts.count("round_summary.still_green", green)
    return ([section(words)], [sentence(words)]) if green else ([], [])


def _decisions(decisions: Sequence[Decision], audience: Audience, rows: int) -> Part:
    return _list_part(
        audience.texts.say("round_summary.decisions", count=len(decisions)),
        decisions,
        lambda decision: container(
            [line(plain(_wish(decision, audience), LONGEST_WISH)), small(plain(_project_words(decision, audience)))],
            separator=True,
            spacing="Small",
        ),
        lambda decision: f"{_wish(decision, audience)} ({_project_words(decision, audience)})",
        audience,
        rows,
    )


def _wish(decision: Decision, audience: Audience) -> str:
    key = "round_summary.barrier" if decision.is_barrier else "round_summary.wish"
    return one_line(audience.texts.say(key, asked=one_line(decision.asked, LONGEST_WISH)), LONGEST_WISH + 40)


def _project_words(decision: Decision, audience: Audience) -> str:
    """The project, and since when it has stood in its reports."""
    title = one_line(decision.title, LONGEST_TITLE)
    return title if decision.since is None else f"{title} · {_since(decision.since, audience)}"


def _since(day: date, audience: Audience) -> str:
    days = (audience.today - day).days
    return (
        audience.texts.count("round_summary.asked", days)
        if days > 0
        else audience.texts.say("round_summary.asked_today")
    )
