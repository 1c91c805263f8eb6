"""Buttons by what they do. The verbs are the whole list of what a card can ask for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from dialogs.cards.elements import Element, button
from dialogs.question_data import to_data
from portfolio.questions import Question

# A row's way back to its list is left out for a question longer than this, so that ten rows stay small.
LONGEST_BACK = 400


class Verb(StrEnum):
    """SHOW answers a question: another page, a filter less, a reading chosen, back to the list.
    CHANGE answers the card's question with what its form holds. OPEN shows one project. ASK asks a sentence."""

    SHOW = "show"
    CHANGE = "change"
    OPEN = "open"
    ASK = "ask"


def show(title: str, question: Question, offset: int = 0) -> Element:
    data = {"question": to_data(question)}
    return button(title, Verb.SHOW, {**data, "offset": offset} if offset else data)


def change(title: str, question: Question) -> Element:
    return button(title, Verb.CHANGE, {"question": to_data(question)}, with_inputs=True)


def way_back(question: Question) -> Mapping[str, Any]:
    """What a row carries of the list that it stands in."""
    data = to_data(question)
    return {"question": data} if len(str(data)) <= LONGEST_BACK else {}


def open_project(title: str, number: str, back: Mapping[str, Any]) -> Element:
    return button(title, Verb.OPEN, {"project": number, **back})


def ask(sentence: str) -> Element:
    return button(sentence, Verb.ASK, {"text": sentence})
