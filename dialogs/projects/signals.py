"""Signals: the colours that the figures speak for, beside the lead's own, each as a sentence that says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.cards.elements import (
    Element,
    colour_block,
    colour_run,
    colour_word,
    column,
    columns,
    line,
    section,
    small,
    text_run,
)
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import date_words, listed, money_words, percent_words, span_words, when_words
from portfolio.dates import PlanDate, on_day
from portfolio.projects.signals import LIGHT_OF, Figures, Signal, SignalKind, figures_of, signals
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS, Light, Rag
from portfolio.questions.answers import ProjectDetail

_COLOUR_WIDTH = "80px"
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Known:
    """The signals and their figures, and what is known besides: planned dates as they were given, and the milestones
    that passed."""

    figures: Figures
    signals: tuple[Signal, ...]
    end: PlanDate | None
    expected_end: PlanDate | None
    missed: PlanDate | None
    milestone: str | None = None
    other_milestones: int = 0


def _known_of_project(detail: ProjectDetail, audience: Audience) -> _Known:
    newest = detail.reports[0] if detail.reports else None
    figures = figures_of(detail.project, newest, detail.milestones)
    passed = [milestone for milestone in detail.milestones if milestone.is_missed(audience.today)]
    missed = [(milestone.due, milestone.title) for milestone in passed if milestone.due]
    due, title = min(missed, key=lambda dated: (dated[0].last, dated[1]), default=(None, None))
    return _Known(
        figures,
        signals(figures, audience.today),
        detail.project.end,
        newest.expected_end if newest else None,
        due,
        title,
        max(0, len(missed) - 1),
    )


def _disputes(figures: Figures, audience: Audience) -> _Known:
    """The signals of a row that contradict the lead, the gravest first; a row knows last days only."""
    days = (figures.end, figures.expected_end, figures.milestone)
    end, expected_end, milestone = (None if day is None else on_day(day) for day in days)
    disputes = tuple(signal for signal in signals(figures, audience.today) if signal.disputes)
    return _Known(figures, disputes, end, expected_end, milestone)


def signal_sentences(detail: ProjectDetail, audience: Audience) -> list[str]:
    """Write the signals in plain text, the gravest first."""
    known = _known_of_project(detail, audience)
    return [_sentence(signal, known, audience) for signal in known.signals]


def signal_section(detail: ProjectDetail, audience: Audience) -> Iterator[Element]:
    """Show the signals with the lead's colours beside them; nothing without signals."""
    known = _known_of_project(detail, audience)
    if known.signals:
        yield section(audience.texts.say("signal.heading"))
    for signal in known.signals:
        words = [line(plain(_sentence(signal, known, audience)), spacing="None")]
        words += [small(remark) for remark in _lead_says(signal, known, audience)]
        yield columns(column([colour_block(signal.colour, audience)], _COLOUR_WIDTH), column(words), spacing="Small")


def signal_text(detail: ProjectDetail, audience: Audience) -> list[str]:
    known, texts = _known_of_project(detail, audience), audience.texts
    heading = [f"{texts.say('signal.heading')}:"] if known.signals else []
    return heading + [
        f"- {texts.name('colour', signal.colour)}: {_with_lead(signal, known, audience)}" for signal in known.signals
    ]


def _with_lead(signal: Signal, known: _Known, audience: Audience) -> str:
    """ "Forbruget er … Lederen siger ● Grøn på økonomi." """
    return _sentence(signal, known, audience) + "".join(f" {remark}." for remark in _lead_says(signal, known, audience))


def _lead_says(signal: Signal, known: _Known, audience: Audience) -> Iterator[str]:
    """Yield "Lederen siger ● Grøn" of a signal that disputes it, naming the light where the lead has lit it; once for
    each light."""
    if not signal.disputes:
        return
    colour, light = colour_word(signal.own, audience), LIGHT_OF[signal.kind]
    if signal is not next(other for other in known.signals if other.disputes and LIGHT_OF[other.kind] is light):
        return
    own = known.figures.economy if light is Light.ECONOMY else known.figures.time
    if own is Rag.NONE:
        yield audience.texts.say("signal.lead_says", colour=colour)
    else:
        yield audience.texts.say("signal.lead_says_of", colour=colour, light=_light_name(light, audience))


def disputed_words(figures: Figures, audience: Audience) -> str | None:
    """ "tallene siger rød på økonomi og tid"; None where they do not contradict the lead."""
    disputes = _disputes(figures, audience).signals
    if not disputes:
        return None
    gravest = disputes[0].colour
    lights = dict.fromkeys(LIGHT_OF[signal.kind] for signal in disputes if signal.colour is gravest)
    names = listed([_light_name(light, audience) for light in lights], audience)
    colour = audience.texts.name("colour", gravest).lower()
    return audience.texts.say("signal.disputed", colour=colour, lights=names)


def _dispute_sentences(figures: Figures, audience: Audience) -> Iterator[tuple[Rag, str]]:
    """Yield (colour, sentence in plain text); the lead's colour is in it unless the overall one, which stands beside
    it, is the same."""
    known = _disputes(figures, audience)
    for signal in known.signals:
        write = _sentence if signal.own is figures.overall else _with_lead
        yield signal.colour, write(signal, known, audience)


def disputes_block(figures: Figures, audience: Audience) -> list[Element]:
    blocks: list[Element] = []
    for colour, sentence in _dispute_sentences(figures, audience):
        inlines = [colour_run(colour, colour_word(colour, audience)), text_run(f" {sentence}")]
        blocks.append({"type": "RichTextBlock", "inlines": inlines, "spacing": "None"})
    return blocks


def disputes_text(figures: Figures, audience: Audience) -> str:
    """ ". Rød: Forbruget er …" """
    sentences = _dispute_sentences(figures, audience)
    return "".join(f". {audience.texts.name('colour', colour)}: {words.rstrip('.')}" for colour, words in sentences)


def _light_name(light: Light, audience: Audience) -> str:
    return audience.texts.name("light", light).lower()


def _sentence(signal: Signal, known: _Known, audience: Audience) -> str:
    match signal.kind:
        case SignalKind.ECONOMY:
            return _economy(known.figures, audience)
        case SignalKind.END:
            return _end(known, audience)
        case SignalKind.EXPECTED_END:
            return _expected_end(known, audience)
        case SignalKind.MILESTONE:
            return _milestone(known, audience)
        case SignalKind.STALE:
            return _stale(known.figures, audience)


def _economy(figures: Figures, audience: Audience) -> str:
    spend, budget, texts = figures.spend, figures.budget, audience.texts
    if spend is None or budget is None:
        raise ValueError("No signal of money without figures")
    spent = money_words(spend, audience)
    if budget <= 0:
        return texts.say("signal.economy_alone", spend=spent)
    over = spend - budget
    percent = percent_words(over / budget * 100, audience)
    return texts.say("signal.economy", spend=spent, over=money_words(over, audience), percent=percent)


def _end(known: _Known, audience: Audience) -> str:
    if known.end is None:
        raise ValueError("No signal of a planned end without one")
    span = span_words(known.end.last, audience.today, audience, exact=True)
    return audience.texts.say("signal.end", date=date_words(known.end, audience), span=span)


def _expected_end(known: _Known, audience: Audience) -> str:
    if known.end is None or known.expected_end is None:
        raise ValueError("No signal of an expected end without one, and a plan")
    span = span_words(known.end.last, known.expected_end.last, audience, exact=True)
    return audience.texts.say("signal.expected_end", date=when_words(known.expected_end, audience), span=span)


def _milestone(known: _Known, audience: Audience) -> str:
    if known.missed is None:
        raise ValueError("No signal of a milestone without one")
    date, texts = date_words(known.missed, audience), audience.texts
    if known.milestone is None:
        return texts.say("signal.a_milestone", date=date)
    title = one_line(known.milestone, LONGEST_TITLE)
    if not known.other_milestones:
        return texts.say("signal.milestone", title=title, date=date)
    return texts.count("signal.milestones", known.other_milestones, title=title, date=date)


def _stale(figures: Figures, audience: Audience) -> str:
    if figures.status_day is None:
        raise ValueError("No signal of an old status without one")
    days = (audience.today - figures.status_day).days
    return audience.texts.count("signal.stale", figures.rhythm_days or DEFAULT_RHYTHM_DAYS, days=days)
