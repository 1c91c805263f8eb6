"""The summary of a round: what changed first, then what is red or amber, who is missing, and what to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.cards.buttons import open_project
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    Part,
    card_reply,
    column,
    columns,
    container,
    first_fitting,
    line,
    link_text,
    linked,
    listed_part,
    section,
    small,
    strong,
    together,
)
from dialogs.questions.list_card import colours
from dialogs.rounds.buttons import show_round
from dialogs.rounds.card import (
    change_words,
    grouped,
    lead_name,
    progress_words,
    round_heading,
    state_blocks,
)
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForAll
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.values import day_and_time, more_words
from portfolio.projects.status import Rag
from portfolio.rounds import RoundEntry, RoundView
from portfolio.status.decisions import Decision

# Under each heading, so many where they all fit on a card that Teams takes; names can be long.
MOST_ROWS = (10, 6, 4)
LONGEST_TITLE = 80
LONGEST_COMMENT = 120
LONGEST_WISH = 160
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class RoundSummed:
    """The summary of a round, so far or in the end."""

    view: RoundView
    decisions: tuple[Decision, ...]

    def reply(self, audience: Audience) -> ForAll:
        return first_fitting(_summary(self, audience, rows) for rows in MOST_ROWS)


def _summary(answer: RoundSummed, audience: Audience, rows: int) -> ForAll:
    view, texts = answer.view, audience.texts
    heading = texts.say("round_summary.heading", round=round_heading(view.round, audience))
    above = _intro(view, audience)
    intro = [strong(plain(above[0])), *(small(plain(text)) for text in above[1:])]
    told = (intro, [sentence(text) for text in above])
    body, lines = together(told, colours(view.colours, audience), *_parts(answer, audience, rows))
    actions = [show_round(texts.say("round_summary.show"), view.round.id)]
    return card_reply(ForAll, heading, lines, body, texts, actions)


def _intro(view: RoundView, audience: Audience) -> list[str]:
    if view.round.closed_at is not None:
        return [progress_words(view, audience)]
    when = day_and_time(view.round.deadline, audience)
    return [progress_words(view, audience), audience.texts.say("round_summary.so_far", when=when)]


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
    heading = audience.texts.say(f"round_summary.{name}", count=len(entries))
    shown = [(_row(entry, audience), _words(entry, audience)) for entry in entries[:rows]]
    return listed_part(heading, shown, more_words(len(entries) - rows, audience))


def _row(entry: RoundEntry, audience: Audience) -> Element:
    title = one_line(entry.project.title, LONGEST_TITLE)
    opening = open_project(audience.texts.say("list.open", title=title), entry.project.number, None)
    opening["tooltip"] = entry.project.number
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
    leads = list(grouped(view.missing, audience))
    shown = [
        (_two_lines(plain(name), plain(titles, LONGEST_LINE)), f"{name}: {titles}") for name, titles in leads[:rows]
    ]
    more = more_words(len(leads) - rows, audience, "round.more_leads")
    return listed_part(audience.texts.say("round.missing", count=len(view.missing)), shown, more)


def _two_lines(above: str, below: str) -> Element:
    return container([line(above), small(below)], separator=True, spacing="Small")


def _green(view: RoundView, audience: Audience) -> Part:
    green = len(view.steady(Rag.GREEN))
    words = audience.texts.count("round_summary.still_green", green)
    return ([section(words)], [sentence(words)]) if green else ([], [])


def _decisions(decisions: Sequence[Decision], audience: Audience, rows: int) -> Part:
    heading = audience.texts.say("round_summary.decisions", count=len(decisions))
    words = [(_wish(decision, audience), _project_words(decision, audience)) for decision in decisions[:rows]]
    shown = [(_two_lines(plain(wish, LONGEST_WISH), plain(project)), f"{wish} ({project})") for wish, project in words]
    return listed_part(heading, shown, more_words(len(decisions) - rows, audience))


def _wish(decision: Decision, audience: Audience) -> str:
    key = "round_summary.barrier" if decision.is_barrier else "round_summary.wish"
    return one_line(audience.texts.say(key, asked=one_line(decision.asked, LONGEST_WISH)), LONGEST_WISH + 40)


def _project_words(decision: Decision, audience: Audience) -> str:
    """The project, and since when it has stood in its reports."""
    title = one_line(decision.title, LONGEST_TITLE)
    return title if decision.since is None else f"{title} · {_since(decision.since, audience)}"


def _since(day: date, audience: Audience) -> str:
    days, texts = (audience.today - day).days, audience.texts
    return texts.count("round_summary.asked", days) if days > 0 else texts.say("round_summary.asked_today")
