"""The status of a project by its newest report, on its card and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.cards.elements import Element, colour_block, column, columns, line, section, small
from dialogs.projects.signals import signal_section, signal_text
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, paragraphs, plain
from dialogs.wording.days import name_words
from dialogs.wording.values import date_words, day_words, days_old, light_words, number_words
from portfolio.projects.status import Light, Rag, StatusReport, is_late, is_missing_status
from portfolio.questions.answers import ProjectDetail

# The lights that the overall one is made of.
PARTS = tuple(light for light in Light if light is not Light.OVERALL)


def status(detail: ProjectDetail, audience: Audience) -> Iterator[Element]:
    warnings = " · ".join(_warnings(detail, audience))
    if not detail.reports:
        yield line(audience.texts.say("project.never"))
        if warnings:
            yield small(warnings)
        yield from signal_section(detail, audience)
        return
    newest = detail.reports[0]
    age = days_old(newest.day, audience)
    yield colour_block(newest.overall, audience, after=f", {age}")
    yield small(plain(_reported(newest, audience)))
    details = [*_details(newest, audience), *([warnings] if warnings else [])]
    if details:
        yield small(" · ".join(details))
    if any(newest.light(light) is not Rag.NONE for light in PARTS):
        yield _lights(newest, tuple(Light)[:3], audience)
        yield _lights(newest, tuple(Light)[3:], audience)
    yield from signal_section(detail, audience)
    for heading, words in _own_words(newest, audience):
        yield section(heading)
        yield line(paragraphs(words), spacing="None")


def _own_words(report: StatusReport, audience: Audience) -> Iterator[tuple[str, str]]:
    """The lead's own words, each under its heading."""
    parts = (("comment", report.comment), ("next_step", report.next_step), ("decision_wanted", report.decision_wanted))
    for key, words in parts:
        if words:
            yield audience.texts.say(f"project.{key}"), words


def _reported(report: StatusReport, audience: Audience) -> str:
    """ "Meldt 3. april 2026 af Søren Æbelø-Østergård" """
    day = day_words(report.day, audience)
    if not report.author:
        return audience.texts.say("project.reported", day=day)
    return audience.texts.say("project.reported_by", day=day, name=name_words(report.author, audience))


def _details(report: StatusReport, audience: Audience) -> Iterator[str]:
    if report.progress is not None:
        yield audience.texts.say("project.progress", percent=number_words(report.progress, audience))
    if report.expected_end is not None:
        yield audience.texts.say("project.expected_end", date=date_words(report.expected_end, audience))


def _lights(report: StatusReport, lights: Sequence[Light], audience: Audience) -> Element:
    """Columns beside each other, each colour under its name."""
    cells = [column([small(audience.texts.name("light", light)), _light(report, light, audience)]) for light in lights]
    return columns(*cells, spacing="Small")


def _light(report: StatusReport, light: Light, audience: Audience) -> Element:
    block = colour_block(report.light(light), audience, spacing="None")
    if report.light(light) is Rag.NONE:
        block["text"] = f"○ {audience.texts.say('project.no_light')}"
    return block


def status_text(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
    yield " ".join(_sentences(detail, audience))
    if not detail.reports:
        yield from signal_text(detail, audience)
        return
    newest = detail.reports[0]
    yield f"{_reported(newest, audience)}."
    lights = [(audience.texts.name("light", light), light_words(newest.light(light), audience)) for light in PARTS]
    yield "; ".join(f"{name}: {colour}" for name, colour in lights)
    yield from signal_text(detail, audience)
    yield from (f"{heading}: {one_line(words, 1500)}" for heading, words in _own_words(newest, audience))


def _sentences(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
    if not detail.reports:
        yield audience.texts.say("project.never")
    else:
        newest = detail.reports[0]
        age = days_old(newest.day, audience)
        yield f"{audience.texts.name('colour', newest.overall)}, {age}."
        yield from (f"{words}." for words in _details(newest, audience))
    if warnings := ", ".join(_warnings(detail, audience)):
        yield f"{warnings.capitalize()}."


def _warnings(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
    newest = detail.reports[0] if detail.reports else None
    if detail.project.is_closed:
        return
    if is_late(detail.project, detail.milestones, audience.today):
        yield audience.texts.say("list.late")
    if newest is not None and is_missing_status(detail.project, newest, audience.today):
        yield audience.texts.say("list.missing")
