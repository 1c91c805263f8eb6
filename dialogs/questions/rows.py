"""A project's row, on a card and as a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dialogs.cards.buttons import open_project
from dialogs.cards.elements import COLOUR_WIDTH, Element, colour_block, column, columns, link_text, linked, small
from dialogs.projects.signals import disputed_words, disputes_block, disputes_text
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import lead_words
from dialogs.wording.values import days_old, money_words, number_words
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.answers import ProjectRow
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import Question, Within

LONGEST_TITLE, LONGEST_SPOKEN = 120, 80
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Shared:
    """Facts said once above the rows and left out in each. `amounts` are shown because they were asked about, and so is
    why the figures contradict the lead, where `disputed`."""

    lead: bool = False
    unit: bool = False
    late: bool = False
    missing: bool = False
    disputed: bool = False
    amounts: tuple[Attribute, ...] = ()


def shared(question: Question, rows: tuple[ProjectRow, ...], total: int) -> Shared:
    whole = total == len(rows) and total > 1
    asked = [test.attribute for test in question.where if isinstance(test, Within)]
    if question.sort and question.sort.attribute.is_amount:
        asked.append(question.sort.attribute)
    if question.flag(catalogue.OVER_BUDGET):
        asked.append(catalogue.OVERRUN)
    leads, units = {row.lead for row in rows}, {row.org_unit for row in rows}
    return Shared(
        lead=question.lacks(catalogue.LEAD) or (whole and len(leads) == 1 and None not in leads),
        unit=question.lacks(catalogue.ORG_UNITS) or (whole and len(units) == 1 and None not in units),
        late=question.flag(catalogue.LATE) is True,
        missing=question.flag(catalogue.MISSING_STATUS) is True,
        disputed=question.flag(catalogue.DISPUTED) is True,
        amounts=tuple(dict.fromkeys(asked)),
    )


def age_words(row: ProjectRow, audience: Audience) -> str:
    """Plain: "67 dage gammel", or that there never was a status."""
    if row.status_day is None:
        return audience.texts.say("list.never")
    return days_old(row.status_day, audience)


def project_row(row: ProjectRow, common: Shared, audience: Audience, back: Question | None) -> Element:
    details = " · ".join(plain(detail, LONGEST_NAME) for detail in _details(row, common, audience))
    why = disputes_block(row.figures, audience) if common.disputed and row.figures else []
    return row_columns(row, [small(details), *why], audience, back)


def row_columns(row: ProjectRow, below: Sequence[Element], audience: Audience, back: Question | None) -> Element:
    """The colour, and the title with what stands `below` it; opens the project."""
    title = one_line(row.title, LONGEST_SPOKEN)
    opening = open_project(audience.texts.say("list.open", title=title), row.number, back)
    words = linked([link_text(plain(row.title, LONGEST_TITLE)), *below], {**opening, "tooltip": row.number})
    return columns(column(state_block(row, audience), COLOUR_WIDTH), words, separator=True, spacing="Small")


def state_block(row: ProjectRow, audience: Audience) -> list[Element]:
    colour = colour_block(row.overall, audience)
    if row.overall is Rag.NONE and row.status_day is None:
        return [colour]
    return [colour, small(age_words(row, audience))]


def state_text(row: ProjectRow, audience: Audience) -> str:
    """ "Rød, 67 dage gammel" """
    colour = audience.texts.name("colour", row.overall)
    return colour if row.status_day is None else f"{colour}, {age_words(row, audience)}"


def row_text(row: ProjectRow, common: Shared, audience: Audience) -> str:
    """ "- Rød, 67 dage gammel: Skærmbesøg. P012 · Søren Æbelø-Østergård · Børn og Unge" """
    details = " · ".join(one_line(detail, LONGEST_NAME) for detail in _details(row, common, audience))
    why = disputes_text(row.figures, audience) if common.disputed and row.figures else ""
    return f"- {state_text(row, audience)}: {one_line(row.title, LONGEST_TITLE)} ({details}){why}"


def _details(row: ProjectRow, common: Shared, audience: Audience) -> list[str]:
    """The details that differ from row to row, in the order people look for them."""
    texts = audience.texts
    details = [_amount(row, amount, audience) for amount in common.amounts]
    details.append(disputed_words(row.figures, audience) if row.figures and not common.disputed else None)
    details.append(texts.say("list.late") if row.late and not common.late else None)
    details.append(texts.say("list.missing") if _is_worth_saying_missing(row, common) else None)
    details.append(row.number)
    if not common.lead:
        details.append(row.lead_name or lead_words(row.lead, audience))
    if not common.unit:
        details.append(row.org_unit)
    return [detail for detail in details if detail]


def _is_worth_saying_missing(row: ProjectRow, common: Shared) -> bool:
    return row.missing_status and not row.is_closed and row.status_day is not None and not common.missing


def _amount(row: ProjectRow, amount: Attribute, audience: Audience) -> str | None:
    texts = audience.texts
    if amount in (catalogue.OVERRUN, catalogue.REMAINING):
        return _overrun(row.budget, row.spend, audience)
    value: Decimal | None = getattr(row, amount.name)
    if value is None:
        return None
    if amount.kind is Kind.PERCENT:
        return texts.say(f"list.{amount.name}", percent=number_words(round(value, 1), audience))
    return texts.say(f"list.{amount.name}", amount=money_words(value, audience))


def _overrun(budget: Decimal | None, spend: Decimal | None, audience: Audience) -> str | None:
    if budget is None or spend is None:
        return None
    key = "list.overrun" if spend > budget else "list.within"
    return audience.texts.say(key, amount=money_words(abs(spend - budget), audience))
