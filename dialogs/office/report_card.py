"""The report of a run of reminders, for the portfolio office: every reminder is in the sum, and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.cards.elements import (
    Element,
    card_reply,
    column,
    columns,
    container,
    line,
    listed_part,
    short_reply,
    small,
    strong,
)
from dialogs.office.buttons import show_preview
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_TITLE, name_words, number_of
from dialogs.wording.values import moment_words, more_words, period_words
from portfolio.audit_chain import Told
from portfolio.deliveries import Missed, RunReport, together
from portfolio.reminders.kinds import Outcome

MOST_MISSED = 10
LONGEST_LINE = 400
COUNT_WIDTH = "56px"
_CLOSE = {"spacing": "Small"}
# What a run could not do, the most urgent first.
NOT_REACHED = (Outcome.UNREACHABLE, Outcome.FAILED, Outcome.NOBODY, Outcome.LEFT, Outcome.EXPIRED)
_URGENCY = {outcome: at for at, outcome in enumerate((*NOT_REACHED, Outcome.UNCERTAIN, Outcome.RESTORED))}
_ORDER = (
    Outcome.SENT,
    *NOT_REACHED,
    Outcome.UNCERTAIN,
    Outcome.RESTORED,
    Outcome.ANSWERED,
    Outcome.SNOOZED,
    Outcome.ABSENT,
    Outcome.GRACE,
    Outcome.SWITCHED_OFF,
    Outcome.STOPPED,
    Outcome.GONE,
)
# What is there only once a message was tried.
_TRIED = frozenset({Outcome.SENT, Outcome.UNREACHABLE, Outcome.FAILED, Outcome.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class Sent:
    """The fate of the reminders of some days: everybody's, or the reader's own; with the end of the audit log where
    that is told for safe keeping."""

    reports: Sequence[RunReport]
    first: date
    last: date
    is_own: bool = False
    log: Told | None = None

    def reply(self, audience: Audience) -> Reply:
        texts, whose = audience.texts, "_own" if self.is_own else ""
        when = period_words(self.first, self.last, audience)
        below = []
        if self.log:
            below = [texts.say("run_report.log", number=number_of(self.log.number, audience), head=self.log.write())]
        if not self.reports:
            heading = texts.say(f"run_report.none_sent_in{whose}", when=when)
            return short_reply(ForOne, heading, "\n".join(below) or texts.say("run_report.ask"), texts)
        report = together(self.reports)
        number = number_of(report.messages, audience)
        above = [texts.count(f"run_report.in{whose}", report.messages, number=number, when=when)]
        return _drawn(report, _heading(report, audience), above, audience, below)


def run_report(report: RunReport, audience: Audience) -> Reply:
    return _drawn(report, _heading(report, audience), _intro(report, audience), audience)


def _drawn(
    report: RunReport, heading: str, above: Sequence[str], audience: Audience, below: Sequence[str] = ()
) -> Reply:
    texts = audience.texts
    facts = _facts(report, audience)
    missed = missed_words(report.missed, audience)
    more = more_words(len(missed) - MOST_MISSED, audience, "run_report.more")
    rows = [
        (container([line(plain(words, LONGEST_LINE))], separator=True, spacing="Small"), words)
        for words in missed[:MOST_MISSED]
    ]
    elements, words = listed_part(texts.say("run_report.missed"), rows, more)
    body = [*(line(plain(text, LONGEST_LINE)) for text in above), *_sum(facts), *elements]
    body += [small(plain(text, LONGEST_LINE)) | {"spacing": "Medium"} for text in below]
    lines = [*above, *(f"- {name}: {count}" for name, count in facts), *words, *below]
    actions = [show_preview(texts.say("run_report.preview"))]
    return card_reply(ForOne, heading, lines, body, texts, actions)


def _sum(facts: Sequence[tuple[str, str]]) -> list[Element]:
    """The figures in front, so that long names have room on a phone."""
    *parts, (total, count) = facts
    rows = [_figure(line(count), line(name)) for name, count in parts]
    return [*rows, _figure(strong(count), strong(total), separator=True)]


def _figure(count: Element, name: Element, **more: Any) -> Element:
    return columns(column([{**count, "horizontalAlignment": "Right"}], COUNT_WIDTH), column([name]), **_CLOSE, **more)


def _heading(report: RunReport, audience: Audience) -> str:
    """ "42 påmindelser: 37 sendt, 1 ikke nået" """
    texts, counts = audience.texts, report.counts
    if not report.due:
        return texts.say("run_report.none_due")
    sent = counts.get(Outcome.SENT, 0)
    uncertain = counts.get(Outcome.UNCERTAIN, 0) + counts.get(Outcome.RESTORED, 0)
    not_reached = sum(counts.get(outcome, 0) for outcome in NOT_REACHED)
    parts = [_count_words("sent", sent, audience) if sent else texts.say("run_report.none_sent")]
    parts += [
        _count_words(key, n, audience) for key, n in (("not_reached", not_reached), ("uncertain", uncertain)) if n
    ]
    due = number_of(report.due, audience)
    return texts.count("run_report.heading", report.due, due=due, parts=", ".join(parts))


def _count_words(key: str, count: int, audience: Audience) -> str:
    return audience.texts.count(f"run_report.{key}", count, number=number_of(count, audience))


def _intro(report: RunReport, audience: Audience) -> list[str]:
    texts = audience.texts
    by_mail = number_of(report.by_mail, audience)
    mail = texts.say("run_report.mail", number=by_mail) if report.by_mail else ""
    messages = number_of(report.messages, audience)
    sentences = [texts.count("run_report.messages", report.messages, number=messages, mail=mail)]
    sentences.append(texts.say("run_report.planned", when=moment_words(report.at, audience)))
    if report.decided_by:
        was_tried = any(report.counts.get(outcome) for outcome in _TRIED)
        name = name_words(report.decided_by, audience)
        sentences.append(texts.say("run_report.approved" if was_tried else "run_report.decided", name=name))
    if report.is_late:
        sentences.append(texts.say("run_report.late"))
    return [" ".join(sentences[:2]), *sentences[2:]]


def _facts(report: RunReport, audience: Audience) -> list[tuple[str, str]]:
    """List the outcomes that there were, and their sum."""
    counts = [(outcome, count) for outcome in _ORDER if (count := report.counts.get(outcome, 0))]
    facts = [(audience.texts.name("outcome", outcome), number_of(count, audience)) for outcome, count in counts]
    return [*facts, (audience.texts.say("run_report.total"), number_of(report.due, audience))]


def missed_words(missed: Sequence[Missed], audience: Audience) -> list[str]:
    """A sentence or two for each, in plain text; what is said of several things is said once, with how often."""
    in_order = sorted(missed, key=lambda reminder: _URGENCY.get(reminder.outcome, len(_URGENCY)))
    counted = Counter(_missed_words(reminder, audience) for reminder in in_order)
    return [words if times == 1 else f"{words} ({times})" for words, times in counted.items()]


def _missed_words(missed: Missed, audience: Audience) -> str:
    title = one_line(missed.title, LONGEST_TITLE) or one_line(missed.subject, LONGEST_TITLE)
    name = name_words(missed.who, audience) if missed.who else audience.texts.say("run_report.nobody")
    return audience.texts.say(
        _missed_key(missed, audience), name=name, title=title, number=one_line(missed.subject, LONGEST_TITLE)
    )


def _missed_key(missed: Missed, audience: Audience) -> str:
    match missed.outcome:
        case Outcome.NOBODY:
            is_project = audience.names.project(missed.subject) != missed.subject
            return "missed.nobody_project" if is_project else "missed.nobody_other"
        case Outcome.LEFT:
            return "missed.left"
        case Outcome.EXPIRED:
            return "missed.expired"
        case Outcome.UNCERTAIN:
            return "missed.no_answer"
        case Outcome.RESTORED:
            return "missed.restored"
        case _:
            return f"missed.{missed.reason.value}" if missed.reason else "missed.failed"
