"""A report that is stored: what it says, who sees it, and how to correct it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dialogs.cards.buttons import correct, reports, show
from dialogs.cards.elements import Element, card_reply, colour_block, colour_word, container, line, section, small
from dialogs.projects.signals import signal_sentences
from dialogs.projects.standing import PARTS
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, paragraphs, plain
from dialogs.wording.days import joined, local
from dialogs.wording.values import date_words, listed, moment_words, near_day_words, number_words
from portfolio.bodies import Meeting
from portfolio.projects.project import Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.question import Question, Target, which
from portfolio.status.reporting import Publication, Reportable

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report that is stored. `before` is the report that it follows, `meeting` the next one of the steering group
    where something in it is meant for that; `until` is when it can last be corrected; `waiting` how many more projects
    wait for the person's status."""

    publication: Publication
    reportable: Reportable
    before: StatusReport | None
    until: datetime | None
    meeting: Meeting | None = None
    waiting: int = 0

    def reply(self, audience: Audience) -> Reply:
        report = self.publication.report
        title = one_line(self.reportable.detail.project.title, LONGEST_TITLE)
        heading = audience.texts.say(f"receipt.{_sort(self)}", title=title)
        state = f"{colour_word(report.overall, audience)}{_before_words(self, audience)}"
        facts = list(_facts(report, self.before, audience))
        told_texts = list(_texts(report, audience))
        next_steps = list(_next_steps(self, audience))
        footnotes = list(_footnotes(self, audience))
        body: list[Element] = [colour_block(report.overall, audience, after=_before_words(self, audience))]
        body += [small(plain(" · ".join(facts)))] if facts else []
        for label, words in told_texts:
            body += [section(label), line(paragraphs(words), spacing="None")]
        if next_steps:
            body.append(container([line(plain(text, 600)) for text in next_steps], separator=True, spacing="Medium"))
        body.append(container([small(plain(text, 400)) for text in footnotes], separator=True, spacing="Medium"))
        lines = [f"{state}.", *([" · ".join(facts)] if facts else [])]
        lines += [f"{label}: {one_line(words, 1500)}" for label, words in told_texts]
        lines += [*next_steps, *footnotes]
        return card_reply(ForOne, heading, lines, body, audience.texts, _actions(self, audience))


def _sort(answer: Receipt) -> str:
    if answer.publication.is_unchanged:
        return "unchanged"
    return "corrected" if answer.reportable.corrects(answer.publication) else "published"


def _before_words(answer: Receipt, audience: Audience) -> str:
    if answer.before is None or answer.before.overall is answer.publication.report.overall:
        return ""
    before = colour_word(answer.before.overall, audience)
    return audience.texts.say("receipt.before", colour=before)


def _facts(report: StatusReport, before: StatusReport | None, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    if report.progress is not None:
        yield texts.say("project.progress", percent=number_words(report.progress, audience))
    for light in PARTS:
        colour, earlier = report.light(light), before.light(light) if before else Rag.NONE
        if colour is not Rag.NONE and (colour is not earlier or colour is not report.overall):
            yield f"{texts.name('light', light)}: {colour_word(colour, audience)}"
    if report.expected_end:
        yield texts.say("receipt.expected_end", date=date_words(report.expected_end, audience))


def _texts(report: StatusReport, audience: Audience) -> Iterator[tuple[str, str]]:
    parts = (
        ("project.comment", report.comment),
        ("project.next_step", report.next_step),
        ("receipt.decision_wanted", report.decision_wanted),
    )
    yield from ((audience.texts.say(key), words) for key, words in parts if words)


def _next_steps(answer: Receipt, audience: Audience) -> Iterator[str]:
    """Say where the report goes from here, and what the figures say beside it."""
    texts = audience.texts
    barriers = open_barriers(answer.publication)
    named = [texts.say("receipt.quoted", title=one_line(barrier.title, 120)) for barrier in barriers]
    if answer.publication.report.decision_wanted:
        named.append(texts.say("receipt.wish"))
    if named:
        what = joined([listed(named, audience)])
        if answer.meeting is None:
            yield texts.say("receipt.to_steering_group", what=what)
        else:
            day = near_day_words(local(answer.meeting.start, audience).date(), audience)
            yield texts.say("receipt.to_meeting", what=what, body=one_line(answer.meeting.body, 120), day=day)
    yield from signal_sentences(answer.reportable.detail, audience)


def open_barriers(publication: Publication) -> list[Risk]:
    risks = publication.snapshot.risks
    return [risk for risk in risks if risk.kind is RiskKind.BARRIER and risk.closed is None]


def _footnotes(answer: Receipt, audience: Audience) -> Iterator[str]:
    yield audience.texts.say("receipt.seen_by")
    if answer.until is not None:
        yield audience.texts.say("receipt.correct_until", when=moment_words(answer.until, audience))


def _actions(answer: Receipt, audience: Audience) -> list[Element]:
    say, number = audience.texts.say, answer.reportable.detail.project.number
    actions: list[Element] = []
    if answer.waiting:
        actions.append(reports(audience.texts.count("receipt.next", answer.waiting)))
    if answer.until is not None:
        actions.append(correct(say("receipt.correct"), number))
    trend = Question(Target.TREND, where=which(projects=(number,)))
    return [*actions, show(say("receipt.trend"), trend)]
