"""Corrections of reports that were given already: by whom, when, and from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.elements import Element, Part, line, small
from dialogs.projects.sections import folded_section
from dialogs.turn.audience import Audience
from dialogs.values.plain import plain
from dialogs.wording.days import name_words
from dialogs.wording.values import date_words, day_words, light_words, listed, moment_words, number_words
from portfolio.history import Correction
from portfolio.projects.status import Light, Rag, StatusReport

MOST = 12
_WORDS = ("comment", "next_step", "decision_wanted")


def corrections(newest: Sequence[Correction], audience: Audience) -> Part:
    if not newest:
        return [], []
    heading = audience.texts.say("correction.heading", count=len(newest))
    elements: list[Element] = []
    lines = [f"{heading}:"]
    for correction in newest[:MOST]:
        author, changes = _author(correction, audience), _changes(correction, audience)
        elements += [line(plain(author), spacing="Small"), small(plain(changes))]
        lines.append(f"- {author}: {changes}")
    return folded_section("corrections", heading, elements, audience), lines


def light_change_words(light: Light, before: Rag, after: Rag, audience: Audience) -> str:
    """ "Økonomi: grøn → gul" """
    texts, was, now = audience.texts, light_words(before, audience), light_words(after, audience)
    return texts.say("trend.light", light=texts.name("light", light), before=was, after=now)


def _author(correction: Correction, audience: Audience) -> str:
    name, when = name_words(correction.by, audience), moment_words(correction.at, audience)
    day = day_words(correction.report.day, audience)
    return audience.texts.say("correction.by", name=name, when=when, day=day)


def _changes(correction: Correction, audience: Audience) -> str:
    """Name every light and figure that was changed, and the fields whose words were."""
    if correction.is_withdrawal:
        return audience.texts.say("correction.withdrawn")
    texts, before, after = audience.texts, correction.before, correction.report
    lights = [(light, before.light(light), after.light(light)) for light in Light]
    changed = [light_change_words(light, old, new, audience) for light, old, new in lights if old is not new]
    if before.progress != after.progress:
        was, now = _percent(before, audience), _percent(after, audience)
        changed.append(texts.say("correction.progress", before=was, after=now))
    if before.expected_end != after.expected_end:
        was, now = _end(before, audience), _end(after, audience)
        changed.append(texts.say("correction.expected_end", before=was, after=now))
    words = [texts.say(f"correction.{name}") for name in _WORDS if getattr(before, name) != getattr(after, name)]
    if words:
        changed.append(texts.say("correction.words", words=listed(words, audience)))
    return " · ".join(changed) or texts.say("correction.else")


def _percent(report: StatusReport, audience: Audience) -> str:
    nothing = audience.texts.say("correction.nothing")
    return nothing if report.progress is None else f"{number_words(report.progress, audience)} %"


def _end(report: StatusReport, audience: Audience) -> str:
    expected = report.expected_end
    return audience.texts.say("correction.nothing") if expected is None else date_words(expected, audience)
