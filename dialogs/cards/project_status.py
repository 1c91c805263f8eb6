"""How a project stands by its newest report, on its card and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.audience import Audience
from dialogs.cards.elements import Element, colour_block, column, columns, line, section, small
from dialogs.cards.rows import days_old
from dialogs.escaping import one_line, paragraphs
from dialogs.wording import number_words
from portfolio.answers import ProjectDetail
from portfolio.status import Light, Rag, StatusReport, is_late, is_missing_status

# The lights that the overall one is made of.
PARTS = tuple(light for light in Light if light is not Light.OVERALL)


def status(detail: ProjectDetail, audience: Audience) -> Iterator[Element]:
    warnings = " · ".join(_warnings(detail, audience))
    if not detail.reports:
        yield line(audience.texts.say("project.never"))
        if warnings:
            yield small(warnings)
        return
    newest = detail.reports[0]
    age = days_old((audience.today - newest.day).days, audience)
    yield colour_block(newest.overall, audience, after=f", {age}")
    if said := " · ".join(part for part in (_progress(newest, audience), warnings) if part):
        yield small(said)
    if any(newest.light(light) is not Rag.NONE for light in PARTS):
        yield _lights(newest, tuple(Light)[:3], audience)
        yield _lights(newest, tuple(Light)[3:], audience)
    for key, said_by_lead in (("comment", newest.comment), ("next_step", newest.next_step)):
        if said_by_lead:
            yield section(audience.texts.say(f"project.{key}"))
            yield line(paragraphs(said_by_lead), spacing="None")


def _progress(report: StatusReport, audience: Audience) -> str:
    if report.progress is None:
        return ""
    return audience.texts.say("project.progress", percent=number_words(report.progress, audience))


def _lights(report: StatusReport, lights: Sequence[Light], audience: Audience) -> Element:
    """Beside each other, each colour under its name."""
    cells = [column([small(audience.texts.name("light", light)), _light(report, light, audience)]) for light in lights]
    return columns(*cells, spacing="Small")


def _light(report: StatusReport, light: Light, audience: Audience) -> Element:
    block = colour_block(report.light(light), audience, spacing="None")
    if report.light(light) is Rag.NONE:
        block["text"] = f"○ {audience.texts.say('project.no_light')}"
    return block


def _light_words(report: StatusReport, light: Light, audience: Audience) -> str:
    colour = report.light(light)
    return audience.texts.say("project.no_light" if colour is Rag.NONE else f"colour.{colour.value}").lower()


def status_text(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    yield " ".join(_sentences(detail, audience))
    if not detail.reports:
        return
    newest = detail.reports[0]
    yield "; ".join(f"{texts.name('light', light)}: {_light_words(newest, light, audience)}" for light in PARTS)
    for key, said in (("comment", newest.comment), ("next_step", newest.next_step)):
        if said:
            yield f"{texts.say(f'project.{key}')}: {one_line(said, 1500)}"


def _sentences(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
    if not detail.reports:
        yield audience.texts.say("project.never")
    else:
        newest = detail.reports[0]
        age = days_old((audience.today - newest.day).days, audience)
        yield f"{audience.texts.name('colour', newest.overall)}, {age}."
        if progress := _progress(newest, audience):
            yield f"{progress}."
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
