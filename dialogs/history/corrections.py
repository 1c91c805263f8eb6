"""What was corrected in reports after they were given: by whom, when, and from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.elements import Element, line, small
from dialogs.projects.sections import folding
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import date_words, day_words, listed, moment_words, number_words
from portfolio.history import Correction
from portfolio.projects.status import Light, Rag, StatusReport

MOST = 12
LONGEST_NAME = 80
_WORDS = ("comment", "next_step", "decision_wanted")


def corrections(found: Sequence[Correction], audience: Audience) -> list[Element]:
    if not found:
        return []
    heading = audience.texts.say("correction.heading", count=len(found))
    parts = [part for one in found[:MOST] for part in _drawn(one, audience)]
    return folding("corrections", heading, parts, audience)


def corrections_text(found: Sequence[Correction], audience: Audience) -> list[str]:
    if not found:
        return []
    heading = audience.texts.say("correction.heading", count=len(found))
    return [f"{heading}:", *(f"- {_who(one, audience)}: {_what(one, audience)}" for one in found[:MOST])]


def _drawn(one: Correction, audience: Audience) -> list[Element]:
    return [line(plain(_who(one, audience)), spacing="Small"), small(plain(_what(one, audience)))]


def _who(one: Correction, audience: Audience) -> str:
    name = one_line(audience.names.person(one.by), LONGEST_NAME)
    when, day = moment_words(one.at, audience), day_words(one.report.day, audience)
    return audience.texts.say("correction.by", name=name, when=when, day=day)


def _what(one: Correction, audience: Audience) -> str:
    """Every light and figure that is another, and which words are."""
    texts, before, after = audience.texts, one.before, one.report
    changed = [
        texts.say(
            "trend.light",
            light=texts.name("light", light),
            before=_colour(before.light(light), audience),
            after=_colour(after.light(light), audience),
        )
        for light in Light
        if before.light(light) is not after.light(light)
    ]
    if before.progress != after.progress:
        pair = {"before": _percent(before, audience), "after": _percent(after, audience)}
        changed.append(texts.say("correction.progress", **pair))
    if before.expected_end != after.expected_end:
        pair = {"before": _end(before, audience), "after": _end(after, audience)}
        changed.append(texts.say("correction.expected_end", **pair))
    words = [texts.say(f"correction.{name}") for name in _WORDS if getattr(before, name) != getattr(after, name)]
    if words:
        changed.append(texts.say("correction.words", words=listed(words, audience)))
    return " · ".join(changed) or texts.say("correction.else")


def _colour(colour: Rag, audience: Audience) -> str:
    return audience.texts.say("project.no_light" if colour is Rag.NONE else f"colour.{colour.value}").lower()


def _percent(report: StatusReport, audience: Audience) -> str:
    nothing = audience.texts.say("correction.nothing")
    return nothing if report.progress is None else f"{number_words(report.progress, audience)} %"


def _end(report: StatusReport, audience: Audience) -> str:
    expected = report.expected_end
    return audience.texts.say("correction.nothing") if expected is None else date_words(expected, audience)
