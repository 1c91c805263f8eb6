"""All of one project."""

from __future__ import annotations

from collections.abc import Iterator

from microsoft_teams.cards import Column, ColumnSet, Container, Fact, FactSet, TextBlock
from microsoft_teams.cards.core import Action, CardElement

from dialogs.answers import OneProject
from dialogs.audience import Audience
from dialogs.cards.buttons import show
from dialogs.cards.elements import card, colour_block, line, section, small
from dialogs.cards.mail import mail_link
from dialogs.cards.project_sections import Entries, benefits, history, milestones, risks, section_card, section_text
from dialogs.cards.rows import days_old
from dialogs.escaping import one_line, paragraphs, plain, sentence
from dialogs.reply import Reply
from dialogs.wording import date_words, goal_words, money_words, number_words, percent_words
from portfolio.answers import ProjectDetail
from portfolio.organisation import Person
from portfolio.projects import Project
from portfolio.questions import Filters, PeopleRole, Question, Target
from portfolio.status import Light, StatusReport, is_late, is_missing_status

LONGEST_TITLE = 300


def project(answer: OneProject, audience: Audience) -> Reply:
    """Asked who leads or owns it, the heading says so; else it is the title."""
    detail = answer.detail
    title = one_line(detail.project.title, LONGEST_TITLE)
    heading = _person_heading(answer, title, audience) or title
    under = " · ".join(_under(detail.project, audience))
    sections = [
        part
        for part in (
            milestones(detail, audience),
            benefits(detail, audience),
            risks(detail, audience),
            history(detail, audience),
        )
        if part.entries
    ]
    text = "\n".join(_text(detail, heading, under, sections, audience))
    body: list[CardElement] = [small(plain(under)), *_status(detail, audience), _facts(detail, audience)]
    if detail.project.description:
        body.insert(1, line(paragraphs(detail.project.description, 600)))
    for part in sections:
        body += section_card(part, audience)
    return Reply(card(plain(heading), body, audience.texts, text, _actions(answer, detail, audience)), text)


def _person_heading(answer: OneProject, title: str, audience: Audience) -> str | None:
    if answer.question.target is not Target.PEOPLE:
        return None
    is_owner = answer.question.people is PeopleRole.OWNER
    email = answer.detail.project.owner if is_owner else answer.detail.project.lead
    key = "owned_by" if is_owner else "led_by"
    if email is None:
        return audience.texts.say(f"project.{key}_nobody", title=title)
    return audience.texts.say(f"project.{key}", title=title, name=one_line(audience.names.person(email), 120))


def _under(project: Project, audience: Audience) -> Iterator[str]:
    """What it is: number, kind, phase, department."""
    yield one_line(project.number)
    if project.kind:
        yield audience.texts.name("kind", project.kind)
    if project.phase:
        yield audience.texts.name("phase", project.phase)
    if project.org_unit:
        yield one_line(project.org_unit, 120)


def _warnings(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
    newest = detail.reports[0] if detail.reports else None
    if detail.project.is_closed:
        return
    if is_late(detail.project, detail.milestones, audience.today):
        yield audience.texts.say("list.late")
    if newest is not None and is_missing_status(detail.project, newest, audience.today):
        yield audience.texts.say("list.missing")


def _status(detail: ProjectDetail, audience: Audience) -> Iterator[CardElement]:
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
    lights = list(Light)
    yield _lights(newest, lights[:3], audience)
    yield _lights(newest, lights[3:], audience)
    for key, said_by_lead in (("comment", newest.comment), ("next_step", newest.next_step)):
        if said_by_lead:
            yield section(audience.texts.say(f"project.{key}"))
            words = line(paragraphs(said_by_lead))
            words.spacing = "None"
            yield words


def _progress(report: StatusReport, audience: Audience) -> str:
    if report.progress is None:
        return ""
    return audience.texts.say("project.progress", percent=number_words(report.progress, audience))


def _lights(report: StatusReport, lights: list[Light], audience: Audience) -> ColumnSet:
    """Beside each other, each colour under its name."""
    cells = [
        Column(width="stretch", items=[small(audience.texts.name("light", light)), _light(report, light, audience)])
        for light in lights
    ]
    return ColumnSet(columns=cells, spacing="Small")


def _light(report: StatusReport, light: Light, audience: Audience) -> TextBlock:
    block = colour_block(report.light(light), audience)
    block.spacing = "None"
    return block


def _facts(detail: ProjectDetail, audience: Audience) -> Container:
    facts = [Fact(title=title, value=value) for title, value in fact_words(detail, audience, on_card=True)]
    return Container(items=[FactSet(facts=facts)], spacing="Medium")


def fact_words(detail: ProjectDetail, audience: Audience, *, on_card: bool) -> Iterator[tuple[str, str]]:
    """What stands firm about the project; on a card people's names open a mail and data is escaped."""
    project, texts = detail.project, audience.texts
    shown = plain if on_card else one_line

    def person(email: str | None, known: Person | None) -> str | None:
        if email is None:
            return None
        name = known.name if known else email
        return mail_link(email, name) if on_card else f"{one_line(name, 120)} <{email}>"

    yield texts.say("project.lead"), person(project.lead, detail.lead) or texts.say("list.no_lead")
    facts = (
        ("owner", person(project.owner, detail.owner)),
        ("focus_areas", shown("; ".join(project.focus_areas))),
        ("priority", str(project.priority) if project.priority else None),
        ("dates", shown(_dates(project, audience) or "")),
        ("economy", _economy(project, audience)),
        ("goals", "; ".join(goal_words(number, audience) for number in project.goals)),
        ("case_number", shown(project.case_number or "")),
        ("aliases", shown("; ".join(project.aliases))),
    )
    for key, value in facts:
        if value:
            yield texts.say(f"project.{key}"), value


def _dates(project: Project, audience: Audience) -> str | None:
    start = date_words(project.start, audience) if project.start else None
    end = date_words(project.end, audience) if project.end else None
    if start and end:
        return audience.texts.say("project.dates_both", start=start, end=end)
    if start:
        return audience.texts.say("project.dates_start", start=start)
    return audience.texts.say("project.dates_end", end=end) if end else None


def _economy(project: Project, audience: Audience) -> str | None:
    """ "Forbrug 900.000 kr. af 1.250.000 kr. (72 %)", and by how much it is over budget."""
    texts, budget, spend = audience.texts, project.budget, project.spend
    spent = None if spend is None else money_words(spend, audience, short=False)
    granted = None if budget is None else money_words(budget, audience, short=False)
    if budget is None or spend is None:
        if granted:
            return texts.say("project.budget", budget=granted)
        return texts.say("project.spend", spend=spent) if spent else None
    if not budget:
        return f"{texts.say('project.spend', spend=spent)} · {texts.say('project.budget', budget=granted)}"
    percent = percent_words(spend / budget * 100, audience)
    written = texts.say("project.spend_of", spend=spent, budget=granted, percent=percent)
    if not project.is_over_budget:
        return written
    return f"{written} · {texts.say('project.over', amount=money_words(spend - budget, audience, short=False))}"


def _text(
    detail: ProjectDetail, heading: str, under: str, sections: list[Entries], audience: Audience
) -> Iterator[str]:
    texts = audience.texts
    yield sentence(heading)
    if heading != one_line(detail.project.title, LONGEST_TITLE):
        yield one_line(detail.project.title, LONGEST_TITLE)
    yield under
    if detail.project.description:
        yield one_line(detail.project.description, 600)
    yield " ".join(_status_text(detail, audience))
    if detail.reports:
        newest = detail.reports[0]
        lights = tuple(Light)[1:]
        named = (
            f"{texts.name('light', light)}: {texts.name('colour', newest.light(light)).lower()}" for light in lights
        )
        yield "; ".join(named)
        for key, said in (("comment", newest.comment), ("next_step", newest.next_step)):
            if said:
                yield f"{texts.say(f'project.{key}')}: {one_line(said, 1500)}"
    for title, value in fact_words(detail, audience, on_card=False):
        yield f"{title}: {value}"
    for part in sections:
        yield from section_text(part)


def _status_text(detail: ProjectDetail, audience: Audience) -> Iterator[str]:
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


def _actions(answer: OneProject, detail: ProjectDetail, audience: Audience) -> list[Action]:
    actions: list[Action] = []
    if answer.back is not None:
        actions.append(show(audience.texts.say("project.back"), answer.back))
    if detail.project.lead:
        theirs = Question(where=Filters(lead=(detail.project.lead,)))
        actions.append(show(audience.texts.say("project.lead_projects"), theirs))
    return actions
