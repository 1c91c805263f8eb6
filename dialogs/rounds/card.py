"""A round of status before a meeting: who has answered, who is missing, and the reader's own part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.cards.buttons import report, unchanged
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    Part,
    R,
    about,
    action_set,
    card_reply,
    choice_reply,
    colour_block,
    colour_word,
    column,
    columns,
    container,
    line,
    listed_part,
    small,
    stacked,
    strong,
    together,
)
from dialogs.rounds.buttons import report_mine, show_round, start_round, sum_up
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForAll, ForOne, Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import lead_words, local, name_words
from dialogs.wording.values import day_and_time, days_old, more_words
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
        return self.drawn(ForAll, audience) if self.own is None else self.drawn(ForOne, audience)

    def drawn(self, to: type[R], audience: Audience) -> R:
        view, texts = self.view, audience.texts
        heading = round_heading(view.round, audience)
        opener = name_words(view.round.opened_by, audience)
        notice = [texts.say(f"round.{self.notice}", name=opener)] if self.notice else []
        above = [*notice, progress_words(view, audience), _deadline(view.round, audience)]
        intro = [*(line(plain(text, 600)) for text in notice), strong(plain(above[-2])), small(plain(above[-1]))]
        parts = (_own_list(self, audience), _missing(view, audience), _given(view, audience))
        body, lines = together((intro, [sentence(text) for text in above]), *parts)
        if view.round.closed_at is None and not self.is_live:
            body += stacked([show_round(texts.say("round.refresh"), view.round.id)])  # a third button is cut on a phone
        reply = card_reply(to, heading, lines, body, texts, _actions(self, audience))
        if self.accounts and reply.card:
            refreshing = show_round(texts.say("round.refresh"), view.round.id)
            reply.card["refresh"] = {"action": refreshing, "userIds": list(self.accounts)}
        return reply


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
        return card_reply(ForAll, heading, said, [line(plain(text, 600)) for text in said], texts)


@dataclass(frozen=True, slots=True)
class WhichBody:
    """A choice between the bodies that a round can be opened for, at the meeting in the period."""

    bodies: tuple[str, ...]
    first: date | None = None
    last: date | None = None

    def reply(self, audience: Audience) -> Reply:
        return _choice(audience.texts.say("round.which_body"), self.choices(audience), len(self.bodies), audience)

    def choices(self, _audience: Audience) -> list[Element]:
        named = [(one_line(name, LONGEST_NAME), name) for name in self.bodies[:MOST_CHOICES]]
        return [start_round(title, name, self.first, self.last) for title, name in named]


@dataclass(frozen=True, slots=True)
class WhichRound:
    rounds: tuple[Round, ...]

    def reply(self, audience: Audience) -> Reply:
        return _choice(audience.texts.say("round.which_round"), self.choices(audience), len(self.rounds), audience)

    def choices(self, audience: Audience) -> list[Element]:
        shown = self.rounds[:MOST_CHOICES]
        return [show_round(round_heading(status_round, audience), status_round.id) for status_round in shown]


def round_heading(status_round: Round, audience: Audience) -> str:
    """ "Status til Project Board uge 14", in plain text."""
    week = local(status_round.meeting.start, audience).isocalendar().week
    return audience.texts.say("round.heading", body=one_line(status_round.body, LONGEST_NAME), week=week)


def _choice(heading: str, buttons: list[Element], total: int, audience: Audience) -> Reply:
    more, texts = more_words(total - len(buttons), audience), audience.texts
    return choice_reply(ForAll, heading, texts.say("clarify.choose"), buttons, texts, more)


def progress_words(view: RoundView, audience: Audience) -> str:
    return audience.texts.count("round.progress", len(view.answered), total=len(view.entries))


def _deadline(status_round: Round, audience: Audience) -> str:
    if status_round.closed_at is not None:
        return audience.texts.say("round.closed", when=day_and_time(status_round.closed_at, audience))
    return audience.texts.say("round.deadline", when=day_and_time(status_round.deadline, audience))


def _own_list(answer: RoundShown, audience: Audience) -> Part:
    """List the reader's projects that have not answered, each with its buttons."""
    own, texts = answer.own, audience.texts
    if own is None:
        return [], []
    if not own.missing:
        done = texts.count("round.own_done", own.answered)
        return [line(done)], [done]
    rows = [
        (_own_row(entry, audience), f"{_title(entry.entry)} ({_state(entry.entry, audience)})")
        for entry in own.missing[:MOST_OWN]
    ]
    more = more_words(len(own.missing) - MOST_OWN, audience)
    return listed_part(texts.count("round.own", len(own.missing)), rows, more)


def _own_row(own: OwnEntry, audience: Audience) -> Element:
    project = own.entry.project
    buttons = [report(audience.texts.say("round.report"), project.number)]
    if own.may_repeat:
        buttons.append(unchanged(audience.texts.say("round.unchanged"), project.number, own.revision))
    words = [strong(plain(project.title, LONGEST_TITLE)), small(plain(_state(own.entry, audience)))]
    title = audience.names.project(project.number)
    pressed = action_set(*(about(action, title) for action in buttons))
    return container([*words, pressed], separator=True, spacing="Medium")


def _state(entry: RoundEntry, audience: Audience) -> str:
    """The last report before the round: "● Gul, 30 dage gammel"."""
    if entry.before is None:
        return audience.texts.say("list.never")
    age = days_old(entry.before.day, audience)
    return f"{colour_word(entry.before.overall, audience)}, {age}"


def _missing(view: RoundView, audience: Audience) -> Part:
    """List those who have not answered by lead, since people are asked and not projects."""
    groups = list(grouped(view.missing, audience))
    rows = [
        (
            container([line(plain(name, LONGEST_NAME)), small(plain(titles, 400))], spacing="Small", separator=at > 0),
            f"{name}: {titles}",
        )
        for at, (name, titles) in enumerate(groups[:MOST_ROWS])
    ]
    more = more_words(len(groups) - MOST_ROWS, audience, "round.more_leads")
    return listed_part(audience.texts.say("round.missing", count=len(view.missing)), rows, more)


def grouped(entries: Iterable[RoundEntry], audience: Audience) -> Iterator[tuple[str, str]]:
    """Yield each lead's name with the titles of their projects, in plain text."""
    by_lead: dict[str | None, list[RoundEntry]] = {}
    for entry in entries:
        by_lead.setdefault(entry.project.lead, []).append(entry)
    for lead, entries_of_lead in by_lead.items():
        name = one_line(
            entries_of_lead[0].lead_name or (audience.person(lead) if lead else audience.texts.say("people.no_lead")),
            LONGEST_NAME,
        )
        titles = [_title(entry) for entry in entries_of_lead[:MOST_TITLES]]
        yield name, " ".join([", ".join(titles), *more_words(len(entries_of_lead) - MOST_TITLES, audience)])


def _given(view: RoundView, audience: Audience) -> Part:
    entries = sorted(view.answered, key=lambda entry: (_ORDER.index(colour_of(entry)), entry.project.title.casefold()))
    rows = [
        (
            _given_row(entry, audience),
            f"{change_words(entry, audience)}: {_title(entry)} ({lead_name(entry, audience)})",
        )
        for entry in entries[:MOST_ROWS]
    ]
    more = more_words(len(entries) - MOST_ROWS, audience)
    return listed_part(audience.texts.say("round.answered", count=len(entries)), rows, more)


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
    return one_line(entry.lead_name or lead_words(entry.project.lead, audience), LONGEST_NAME)


def _before_words(entry: RoundEntry, audience: Audience) -> str:
    if entry.before is None:
        return audience.texts.say("round.first_status")
    return audience.texts.say("round.before", colour=colour_word(entry.colour_before, audience))


def _title(entry: RoundEntry) -> str:
    return one_line(entry.project.title, LONGEST_TITLE)


def _actions(answer: RoundShown, audience: Audience) -> list[Element]:
    say, status_round = audience.texts.say, answer.view.round
    actions: list[Element] = []
    if status_round.closed_at is None and answer.own is None:
        actions.append(report_mine(say("round.mine"), status_round.id))
    actions.append(sum_up(say("round.sum_up"), status_round.id))
    return actions
