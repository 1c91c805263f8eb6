"""What the figures say beside the lead's own colour, each signal as a sentence that says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """The figures, and what is known besides: planned dates as they were given, and the milestones that passed."""

    figures: Figures
    end: PlanDate | None
    expected_end: PlanDate | None
    missed: PlanDate | None
    milestone: str | None = None
    other_milestones: int = 0


def _of_detail(detail: ProjectDetail, audience: Audience) -> _Known:
    newest = detail.reports[0] if detail.reports else None
    missed = [(one.due, one.title) for one in detail.milestones if one.due and one.is_missed(audience.today)]
    due, title = min(missed, key=lambda one: (one[0].last, one[1]), default=(None, None))
    return _Known(
        figures_of(detail.project, newest, detail.milestones),
        detail.project.end,
        newest.expected_end if newest else None,
        due,
        title,
        max(0, len(missed) - 1),
    )


def _of_figures(figures: Figures) -> _Known:
    """Of a row, which knows last days only."""
    days = (figures.end, figures.expected_end, figures.milestone)
    end, expected_end, milestone = (None if day is None else on_day(day) for day in days)
    return _Known(figures, end, expected_end, milestone)


def signal_sentences(detail: ProjectDetail, audience: Audience) -> list[str]:
    """In plain text, the gravest first."""
    known = _of_detail(detail, audience)
    return [_sentence(one, known, audience) for one in signals(known.figures, audience.today)]


def signal_section(detail: ProjectDetail, audience: Audience) -> Iterator[Element]:
    """Beside the lead's colours; nothing where the figures have nothing to say."""
    known = _of_detail(detail, audience)
    found = signals(known.figures, audience.today)
    if found:
        yield section(audience.texts.say("signal.heading"))
    for one in found:
        words = [line(plain(_sentence(one, known, audience)), spacing="None")]
        words += [small(said) for said in _lead_says(one, found, known, audience)]
        yield columns(column([colour_block(one.colour, audience)], _COLOUR_WIDTH), column(words), spacing="Small")


def signal_text(detail: ProjectDetail, audience: Audience) -> list[str]:
    known = _of_detail(detail, audience)
    found = signals(known.figures, audience.today)
    lines = [f"{audience.texts.say('signal.heading')}:"] if found else []
    for one in found:
        said = "".join(f" {said}." for said in _lead_says(one, found, known, audience))
        lines.append(f"- {audience.texts.name('colour', one.colour)}: {_sentence(one, known, audience)}{said}")
    return lines


def _lead_says(signal: Signal, found: Sequence[Signal], known: _Known, audience: Audience) -> Iterator[str]:
    """ "Lederen siger ● Grøn", with what it is said of where the lead has lit that light; once for each light."""
    if not signal.disputes:
        return
    colour, light = colour_word(signal.own, audience), LIGHT_OF[signal.kind]
    if signal is not next(one for one in found if one.disputes and LIGHT_OF[one.kind] is light):
        return
    own = known.figures.economy if light is Light.ECONOMY else known.figures.time
    if own is Rag.NONE:
        yield audience.texts.say("signal.lead_says", colour=colour)
    else:
        yield audience.texts.say("signal.lead_says_of", colour=colour, light=_light_name(light, audience))


def disputed_words(figures: Figures, audience: Audience) -> str | None:
    """ "tallene siger rød på økonomi og tid"; None where they do not contradict the lead."""
    found = [one for one in signals(figures, audience.today) if one.disputes]
    if not found:
        return None
    gravest = found[0].colour
    lights = dict.fromkeys(LIGHT_OF[one.kind] for one in found if one.colour is gravest)
    names = listed([_light_name(light, audience) for light in lights], audience)
    colour = audience.texts.name("colour", gravest).lower()
    return audience.texts.say("signal.disputed", colour=colour, lights=names)


def _disputes(figures: Figures, audience: Audience) -> list[tuple[Rag, str]]:
    """Each signal that contradicts the lead, with its sentence in plain text."""
    known = _of_figures(figures)
    found = [one for one in signals(figures, audience.today) if one.disputes]
    return [
        (one.colour, _sentence(one, known, audience) + _unlike_overall(one, found, known, audience)) for one in found
    ]


def _unlike_overall(signal: Signal, found: Sequence[Signal], known: _Known, audience: Audience) -> str:
    """ " Lederen siger ● Grøn på tid.", where the overall colour, which stands beside it, says something else."""
    if signal.own is known.figures.overall:
        return ""
    return "".join(f" {said}." for said in _lead_says(signal, found, known, audience))


def disputes_block(figures: Figures, audience: Audience) -> list[Element]:
    blocks: list[Element] = []
    for colour, sentence in _disputes(figures, audience):
        inlines = [colour_run(colour, colour_word(colour, audience)), text_run(f" {sentence}")]
        blocks.append({"type": "RichTextBlock", "inlines": inlines, "spacing": "None"})
    return blocks


def disputes_text(figures: Figures, audience: Audience) -> str:
    """ ". Rød: Forbruget er …" """
    found = _disputes(figures, audience)
    return "".join(f". {audience.texts.name('colour', colour)}: {said.rstrip('.')}" for colour, said in found)


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
