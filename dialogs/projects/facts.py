"""The facts of a project: people, focus areas, period, economy, goals."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.cards.elements import Element, container, fact_set
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import date_words, goal_words, money_words, percent_words, person_link
from portfolio.identity import PersonId
from portfolio.projects.project import Project
from portfolio.questions.answers import ProjectDetail


def facts(detail: ProjectDetail, audience: Audience) -> Element:
    return container([fact_set(_facts(detail, audience, on_card=True))], spacing="Medium")


def _facts(detail: ProjectDetail, audience: Audience, *, on_card: bool) -> Iterator[tuple[str, str]]:
    """Yield the facts as (title, value); on a card people's names open a mail and data is escaped."""
    project, texts = detail.project, audience.texts
    shown = plain if on_card else one_line

    def contact(person: PersonId | None) -> str | None:
        if person is None:
            return None
        name, address = one_line(audience.person(person), 120), audience.names.address(person)
        return person_link(person, audience) if on_card else f"{name} <{address}>" if address else name

    yield texts.say("project.lead"), contact(project.lead) or texts.say("list.no_lead")
    facts = (
        ("owner", contact(project.owner)),
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
    if not start and not end:
        return None
    key = "project.dates_both" if start and end else "project.dates_start" if start else "project.dates_end"
    return audience.texts.say(key, start=start, end=end)


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


def facts_text(detail: ProjectDetail, audience: Audience) -> list[str]:
    return [f"{title}: {value}" for title, value in _facts(detail, audience, on_card=False)]
