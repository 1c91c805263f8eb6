"""The few shapes that all cards are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from microsoft_teams.cards import (
    AdaptiveCard,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    SubmitAction,
    TextBlock,
    TextRun,
)
from microsoft_teams.cards.core import Action, CardElement

from dialogs.audience import Audience
from dialogs.escaping import one_line, plain
from dialogs.texts import Texts
from portfolio.status import Rag

VERSION: Literal["1.5"] = "1.5"
LONGEST_SPEECH = 300

_TONES: dict[Rag, Literal["Attention", "Warning", "Good", "Default"]] = {
    Rag.RED: "Attention",
    Rag.AMBER: "Warning",
    Rag.NONE: "Default",
    Rag.GREEN: "Good",
}


def card(
    heading: str, body: Sequence[CardElement], texts: Texts, text: str, actions: Sequence[Action] = ()
) -> dict[str, Any]:
    """A whole card. `heading` is escaped already; `text` is the same answer in plain text."""
    built = AdaptiveCard(
        version=VERSION,
        lang=texts.language,
        fallback_text=one_line(text, 1000),
        speak=one_line(text, LONGEST_SPEECH),
        body=[TextBlock(text=heading, style="heading", size="Large", weight="Bolder", wrap=True), *body],
        actions=list(actions) or None,
    )
    return built.model_dump(by_alias=True, exclude_none=True)


def line(text: str) -> TextBlock:
    return TextBlock(text=text, wrap=True)


def small(text: str) -> TextBlock:
    return TextBlock(text=text, wrap=True, is_subtle=True, size="Small", spacing="None")


def strong(text: str) -> TextBlock:
    return TextBlock(text=text, wrap=True, weight="Bolder")


def section(text: str) -> TextBlock:
    """A heading within a card."""
    return TextBlock(text=text, style="heading", weight="Bolder", size="Default", wrap=True, spacing="Medium")


def button(title: str, verb: str, data: Mapping[str, Any], *, with_inputs: bool = False) -> ExecuteAction:
    """Carries its verb in the data too, for programs that know only Action.Submit."""
    inputs: Literal["auto", "none"] = "auto" if with_inputs else "none"
    shown = one_line(title, 120)
    return ExecuteAction(
        title=shown,
        verb=verb,
        data=dict(data),
        associated_inputs=inputs,
        fallback=SubmitAction(title=shown, data={**data, "verb": verb}, associated_inputs=inputs),
    )


def stacked(buttons: Sequence[ExecuteAction]) -> list[CardElement]:
    """One under the other and wrapping, where buttons would cut their titles on a phone."""
    return [Container(items=[link_text(plain(one.title or ""))], select_action=one, spacing="Small") for one in buttons]


def linked(items: Sequence[CardElement], action: ExecuteAction) -> Column:
    """The column that takes the room left, all of it doing what a button does."""
    return Column(width="stretch", items=list(items), select_action=action)


def link_text(text: str) -> TextBlock:
    return TextBlock(text=text, wrap=True, color="Accent", weight="Bolder")


def columns(*cells: Column) -> ColumnSet:
    return ColumnSet(columns=list(cells))


def colour_word(colour: Rag, audience: Audience) -> str:
    """The sign and the word: "● Rød", "○ Ingen status"."""
    return f"{'○' if colour is Rag.NONE else '●'} {audience.texts.name('colour', colour)}"


def colour_block(colour: Rag, audience: Audience, after: str = "") -> TextBlock:
    return TextBlock(text=f"{colour_word(colour, audience)}{after}", color=_TONES[colour], weight="Bolder", wrap=True)


def colour_run(colour: Rag, text: str) -> TextRun:
    return TextRun(text=text, color=_TONES[colour])
