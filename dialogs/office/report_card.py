"""The report of a run of reminders, for the portfolio office: every reminder is in the sum, and nobody is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.cards.elements import Element, card, column, columns, container, line, section, small, strong
from dialogs.office.buttons import show_preview
from dialogs.office.missed import NOT_REACHED, missed_words
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import plain, sentence
from dialogs.wording.days import name_words, number_of
from dialogs.wording.values import moment_words
from portfolio.deliveries import RunReport
from portfolio.reminders.kinds import Outcome

MOST_MISSED = 10
LONGEST_LINE = 400
COUNT_WIDTH = "56px"
_CLOSE = {"spacing": "Small"}
_ORDER = (
    Outcome.SENT,
    *NOT_REACHED,
    Outcome.UNCERTAIN,
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


def run_report(report: RunReport, audience: Audience) -> Reply:
    texts = audience.texts
    heading = _heading(report, audience)
    above = _intro(report, audience)
    facts = _facts(report, audience)
    missed = missed_words(report.missed, audience)
    shown, left = missed[:MOST_MISSED], len(missed) - MOST_MISSED
    more = [texts.count("run_report.more", left)] if left > 0 else []
    title = texts.say("run_report.missed")
    body: list[Element] = [*(line(plain(text, LONGEST_LINE)) for text in above), *_sum(facts)]
    lines = [sentence(heading), *above, *(f"- {name}: {count}" for name, count in facts)]
    if missed:
        body += [section(title), *(_row(words) for words in shown), *(small(text) for text in more)]
        lines += [f"{title}:", *(f"- {words}" for words in shown), *more]
    text = "\n".join(lines)
    actions = [show_preview(texts.say("run_report.preview"))]
    return Reply(card(plain(heading), body, texts, text, actions), text)


def _sum(facts: Sequence[tuple[str, str]]) -> list[Element]:
    """The figures in front, so that long names have room on a phone."""
    *parts, (total, count) = facts
    rows = [_figure(line(count), line(name)) for name, count in parts]
    return [*rows, _figure(strong(count), strong(total), separator=True)]


def _figure(count: Element, name: Element, **more: Any) -> Element:
    return columns(column([{**count, "horizontalAlignment": "Right"}], COUNT_WIDTH), column([name]), **_CLOSE, **more)


def _row(words: str) -> Element:
    return container([line(plain(words, LONGEST_LINE))], separator=True, spacing="Small")


def _heading(report: RunReport, audience: Audience) -> str:
    """ "42 påmindelser: 37 sendt, 1 ikke nået" """
    texts, counts = audience.texts, report.counts
    if not report.due:
        return texts.say("run_report.none_due")
    sent, uncertain = counts.get(Outcome.SENT, 0), counts.get(Outcome.UNCERTAIN, 0)
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
