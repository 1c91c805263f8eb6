"""A round of status before a meeting: who has answered, who is missing, and the reader's own part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.cards.buttons import report, unchanged
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    card,
    colour_block,
    colour_word,
    column,
    columns,
    container,
    line,
    section,
    small,
    stacked,
    strong,
)
from dialogs.rounds.buttons import MINE, SUM_UP, VIEW, round_button, show_round, start_round
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.ages import days_old
from dialogs.wording.values import near_day_words, time_words
from portfolio.projects.status import Rag
from portfolio.rounds import Round, RoundEntry, RoundView

MOST_ROWS = 10
MOST_OWN = 6
MOST_TITLES = 3
MOST_CHOICES = 8
LONGEST_TITLE = 80
LONGEST_NAME = 80
_ORDER = list(Rag)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """A project of the reader's that has not answered. `revision` is what "Uændret" is for; `may_repeat`: nothing
    keeps the newest report from being repeated."""

    entry: RoundEntry
    revision: int
    may_repeat: bool


@dataclass(frozen=True, slots=True)
class OwnPart:
    """The reader's part of a round: what is missing, and how many have answered."""

    missing: tuple[OwnEntry, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round as it stands. `own` is None for those who report on nothing in it. `notice` is a key in the texts'
    section `round`, said above; `accounts` are the ids of those for whom Teams asks for their own view; `is_live`:
    the card stands in a conversation, and is kept up to date there."""

    view: RoundView
    own: OwnPart | None = None
    notice: str | None = None
    accounts: tuple[str, ...] = ()
    is_live: bool = False

    def reply(self, audience: Audience) -> Reply:
        view, texts = self.view, audience.texts
        heading = round_heading(view.round, audience)
        notice = [texts.say(f"round.{self.notice}", name=_opener(view.round, audience))] if self.notice else []
        above = [*notice, _progress(view, audience), _deadline(view.round, audience)]
        body: list[Element] = [
            *(line(plain(text, 600)) for text in notice),
            strong(plain(above[-2])),
            small(plain(above[-1])),
        ]
        lines = [sentence(heading), *(sentence(text) for text in above)]
        for elements, words in (_own_list(self, audience), _missing(view, audience), _given(view, audience)):
            body += elements
            lines += words
        if view.round.closed_at is None and not self.is_live:
            body += stacked([show_round(texts.say("round.refresh"), view.round.id)])  # a third button is cut on a phone
        text = "\n".join(lines)
        built = card(plain(heading), body, texts, text, _actions(self, audience))
        if self.accounts:
            refreshing = round_button(texts.say("round.refresh"), VIEW, view.round.id)
            built["refresh"] = {"action": refreshing, "userIds": list(self.accounts)}
        return Reply(built, text, is_personal=self.own is not None)


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """The round's card was posted in the conversation."""

    view: RoundView

    def reply(self, audience: Audience) -> Reply:
        """A short word to the one who opened it; the card stands in the conversation."""
        texts, view = audience.texts, self.view
        heading = texts.say("round.opened_heading", round=round_heading(view.round, audience))
        asked = texts.count("round.asked", len(view.entries), leads=texts.count("round.leads", len(view.leads)))
        said = [f"{asked} {sentence(_deadline(view.round, audience))}", texts.say("round.kept_up_to_date")]
        text = "\n".join([sentence(heading), *said])
        return Reply(card(plain(heading), [line(plain(text, 600)) for text in said], texts, text), text)


@dataclass(frozen=True, slots=True)
class WhichBody:
    """A choice between the bodies that a round can be opened for, at the meeting in the period."""

    bodies: tuple[str, ...]
    first: date | None = None
    last: date | None = None

    def reply(self, audience: Audience) -> Reply:
        named = [(one_line(name, LONGEST_NAME), name) for name in self.bodies[:MOST_CHOICES]]
        buttons = [start_round(title, name, self.first, self.last) for title, name in named]
        return _choice(audience.texts.say("round.which_body"), buttons, len(self.bodies), audience)


@dataclass(frozen=True, slots=True)
class WhichRound:
    rounds: tuple[Round, ...]

    def reply(self, audience: Audience) -> Reply:
        buttons = [
            show_round(round_heading(status_round, audience), status_round.id)
            for status_round in self.rounds[:MOST_CHOICES]
        ]
        return _choice(audience.texts.say("round.which_round"), buttons, len(self.rounds), audience)


def round_heading(status_round: Round, audience: Audience) -> str:
    """ "Status til Project Board uge 14", in plain text."""
    week = _local(status_round.meeting.start, audience).isocalendar().week
    return audience.texts.say("round.heading", body=one_line(status_round.body, LONGEST_NAME), week=week)


def when_words(moment: datetime, audience: Audience) -> str:
    """ "torsdag den 2. april kl. 9" """
    local = _local(moment, audience)
    day = near_day_words(local.date(), audience)
    return audience.texts.say("meetings.at", date=day, start=time_words(local, audience))


def _choice(heading: str, buttons: list[Element], total: int, audience: Audience) -> Reply:
    more = [audience.texts.count("round.more", left)] if (left := total - len(buttons)) > 0 else []
    text = "\n".join([heading, *(f"- {button['title']}" for button in buttons), *more])
    body: list[Element] = [
        line(audience.texts.say("clarify.choose")),
        *stacked(buttons),
        *(small(text) for text in more),
    ]
    return Reply(card(plain(heading), body, audience.texts, text), text)


def _local(moment: datetime, audience: Audience) -> datetime:
    return moment.astimezone(audience.now.tzinfo)


def _opener(status_round: Round, audience: Audience) -> str:
    return one_line(audience.names.person(status_round.opened_by), LONGEST_NAME)


def _progress(view: RoundView, audience: Audience) -> str:
    return audience.texts.count("round.progress", len(view.answered), total=len(view.entries))


def _deadline(status_round: Round, audience: Audience) -> str:
    if status_round.closed_at is not None:
        return audience.texts.say("round.closed", when=when_words(status_round.closed_at, audience))
    return audience.texts.say("round.deadline", when=when_words(status_round.deadline, audience))


def _own_list(answer: RoundShown, audience: Audience) -> tuple[list[Element], list[str]]:
    """List the reader's projects that have not answered, each with its buttons."""
    own, texts = answer.own, audience.texts
    if own is None:
        return [], []
    if not own.missing:
        done = texts.count("round.own_done", own.answered)
        return [line(done)], [done]
    heading = texts.count("round.own", len(own.missing))
    shown, more = own.missing[:MOST_OWN], _more(len(own.missing), MOST_OWN, audience)
    rows = [_own_row(entry, audience) for entry in shown]
    words = [f"- {_title(own.entry)} ({_state(own.entry, audience)})" for own in shown]
    return [section(heading), *rows, *(small(text) for text in more)], [f"{heading}:", *words, *more]


def _own_row(own: OwnEntry, audience: Audience) -> Element:
    project = own.entry.project
    buttons = [report(audience.texts.say("round.report"), project.number)]
    if own.may_repeat:
        buttons.append(unchanged(audience.texts.say("round.unchanged"), project.number, own.revision))
    words = [strong(plain(project.title, LONGEST_TITLE)), small(plain(_state(own.entry, audience)))]
    return container([*words, {"type": "ActionSet", "actions": buttons}], separator=True, spacing="Medium")


def _state(entry: RoundEntry, audience: Audience) -> str:
    """The last report before the round: "● Gul, 30 dage gammel"."""
    if entry.before is None:
        return audience.texts.say("list.never")
    age = days_old((audience.today - entry.before.day).days, audience)
    return f"{colour_word(entry.before.overall, audience)}, {age}"


def _missing(view: RoundView, audience: Audience) -> tuple[list[Element], list[str]]:
    """List those who have not answered by lead, since people are asked and not projects."""
    if not view.missing:
        return [], []
    heading = audience.texts.say("round.missing", count=len(view.missing))
    groups = list(grouped(view.missing, audience))
    shown, left = groups[:MOST_ROWS], len(groups) - MOST_ROWS
    more = [audience.texts.count("round.more_leads", left)] if left > 0 else []
    rows = [
        container([line(plain(name, LONGEST_NAME)), small(plain(titles, 400))], spacing="Small", separator=at > 0)
        for at, (name, titles) in enumerate(shown)
    ]
    words = [f"- {name}: {titles}" for name, titles in shown]
    return [section(heading), *rows, *(small(text) for text in more)], [f"{heading}:", *words, *more]


def grouped(entries: Iterable[RoundEntry], audience: Audience) -> Iterator[tuple[str, str]]:
    """Yield each lead's name with the titles of their projects, in plain text."""
    by_lead: dict[str | None, list[RoundEntry]] = {}
    for entry in entries:
        by_lead.setdefault(entry.project.lead, []).append(entry)
    for lead, entries_of_lead in by_lead.items():
        name = one_line(entries_of_lead[0].lead_name or lead or audience.texts.say("people.no_lead"), LONGEST_NAME)
        titles = [_title(entry) for entry in entries_of_lead[:MOST_TITLES]]
        yield name, " ".join([", ".join(titles), *_more(len(entries_of_lead), MOST_TITLES, audience)])


def _given(view: RoundView, audience: Audience) -> tuple[list[Element], list[str]]:
    if not view.answered:
        return [], []
    heading = audience.texts.say("round.answered", count=len(view.answered))
    entries = sorted(view.answered, key=lambda entry: (_ORDER.index(colour_of(entry)), entry.project.title.casefold()))
    shown, more = entries[:MOST_ROWS], _more(len(entries), MOST_ROWS, audience)
    rows = [_given_row(entry, audience) for entry in shown]
    words = [f"- {change_words(entry, audience)}: {_title(entry)} ({lead_name(entry, audience)})" for entry in shown]
    return [section(heading), *rows, *(small(text) for text in more)], [f"{heading}:", *words, *more]


def _given_row(entry: RoundEntry, audience: Audience) -> Element:
    name = small(plain(lead_name(entry, audience), LONGEST_NAME))
    words = column([line(plain(entry.project.title, LONGEST_TITLE)), name])
    return columns(column(state_blocks(entry, audience), COLOUR_WIDTH), words, separator=True, spacing="Small")


def state_blocks(entry: RoundEntry, audience: Audience) -> list[Element]:
    """The colour given, over the one before where it is another."""
    blocks = [colour_block(colour_of(entry), audience)]
    return [*blocks, small(_before_words(entry, audience))] if entry.has_changed else blocks


def change_words(entry: RoundEntry, audience: Audience) -> str:
    """ "● Gul, før ● Grøn" """
    colour = colour_word(colour_of(entry), audience)
    return f"{colour}, {_before_words(entry, audience)}" if entry.has_changed else colour


def colour_of(entry: RoundEntry) -> Rag:
    return entry.now.overall if entry.now else Rag.NONE


def lead_name(entry: RoundEntry, audience: Audience) -> str:
    return one_line(entry.lead_name or entry.project.lead or audience.texts.say("list.no_lead"), LONGEST_NAME)


def _before_words(entry: RoundEntry, audience: Audience) -> str:
    if entry.before is None:
        return audience.texts.say("round.first_status")
    return audience.texts.say("round.before", colour=colour_word(entry.colour_before, audience))


def _title(entry: RoundEntry) -> str:
    return one_line(entry.project.title, LONGEST_TITLE)


def _more(total: int, shown: int, audience: Audience) -> list[str]:
    return [audience.texts.count("round.more", total - shown)] if total > shown else []


def _actions(answer: RoundShown, audience: Audience) -> list[Element]:
    say, status_round = audience.texts.say, answer.view.round
    actions: list[Element] = []
    if status_round.closed_at is None and answer.own is None:
        actions.append(round_button(say("round.mine"), MINE, status_round.id))
    actions.append(round_button(say("round.sum_up"), SUM_UP, status_round.id))
    return actions
