"""Buttons by what they do. The verbs are the whole list of what a card can ask for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from dialogs.cards.elements import Element, button
from dialogs.turn.payload import to_data
from portfolio.questions.question import Filters, Question, Target

# A row's way back to its list is left out for a question longer than this, so that ten rows stay small.
LONGEST_BACK = 400


class Verb(StrEnum):
    """SHOW answers a question: another page, a filter less, a reading chosen, back to the list.
    CHANGE answers the card's question with what its form holds. OPEN shows one project. ASK asks a sentence.
    REPORT opens a project's status form, CORRECT the newest report's, UNCHANGED repeats it. FORM_…: hand a form in,
    keep what is filled in, press instead of writing an answer, put it on a card, go on with it, throw it away.
    DEPUTY_END ends a deputy's time, HAND_OVER asks whether a project is to have another lead. ROUND_…: the round's card
    as the reader sees it, one's own part, its summary; a round opened for a body. SNOOZE: reminded again later.
    ABSENCE_END, SNOOZE_END, REMINDERS_SWITCH, MY_REMINDERS: one's own reminders. PREVIEW shows what will be sent, STOP
    and RESUME take reminders out and back in, RUN_RELEASE and RUN_DISCARD decide on a large run. MEETING_…: a
    body's meeting moved, cancelled, or held after all."""

    SHOW = "show"
    CHANGE = "change"
    OPEN = "open"
    ASK = "ask"
    REPORT = "report"
    UNCHANGED = "unchanged"
    CORRECT = "correct"
    FORM_SUBMIT = "form_submit"
    FORM_SAVE = "form_save"
    FORM_STEP = "form_step"
    FORM_CARD = "form_card"
    FORM_GO_ON = "form_go_on"
    FORM_DISCARD = "form_discard"
    DEPUTY_END = "deputy_end"
    HAND_OVER = "hand_over"
    ROUND_VIEW = "round_view"
    ROUND_MINE = "round_mine"
    ROUND_SUM_UP = "round_sum_up"
    ROUND_OPEN = "round_open"
    SNOOZE = "snooze"
    SNOOZE_END = "snooze_end"
    ABSENCE_END = "absence_end"
    REMINDERS_SWITCH = "reminders_switch"
    MY_REMINDERS = "my_reminders"
    PREVIEW = "preview"
    STOP = "stop"
    RESUME = "resume"
    RUN_RELEASE = "run_release"
    RUN_DISCARD = "run_discard"
    MEETING_MOVE = "meeting_move"
    MEETING_CANCEL = "meeting_cancel"
    MEETING_RESTORE = "meeting_restore"


def show(title: str, question: Question, offset: int = 0) -> Element:
    data = {"question": to_data(question)}
    return button(title, Verb.SHOW, {**data, "offset": offset} if offset else data)


def change(title: str, question: Question) -> Element:
    return button(title, Verb.CHANGE, {"question": to_data(question)}, with_inputs=True)


def way_back(question: Question) -> Mapping[str, Any]:
    """Return the data by which a row leads back to its list."""
    data = to_data(question)
    return {"question": data} if len(str(data)) <= LONGEST_BACK else {}


def open_project(title: str, number: str, back: Mapping[str, Any]) -> Element:
    return button(title, Verb.OPEN, {"project": number, **back})


def show_trend(title: str, number: str, back: Question | None = None) -> Element:
    """`back` is the list that the project was opened from, so that its card can lead there again."""
    trend = Question(target=Target.TREND, where=Filters(projects=(number,)))
    back_data = way_back(back).get("question") if back is not None else None
    return button(title, Verb.SHOW, {"question": to_data(trend), **({"back": back_data} if back_data else {})})


def ask(sentence: str) -> Element:
    return button(sentence, Verb.ASK, {"text": sentence})


def report(title: str, number: str, said: str | None = None) -> Element:
    """Open a project's status form, with what was `said` of the project already as a summary."""
    return button(title, Verb.REPORT, {"project": number, **({"said": said} if said else {})})


def reports(title: str, offset: int = 0) -> Element:
    """Show the projects that the person reports on."""
    return button(title, Verb.REPORT, {"offset": offset} if offset else {})


def unchanged(title: str, number: str, revision: int) -> Element:
    return button(title, Verb.UNCHANGED, {"project": number, "revision": revision})


def correct(title: str, number: str) -> Element:
    return button(title, Verb.CORRECT, {"project": number})


def go_on(title: str, draft: str) -> Element:
    return button(title, Verb.FORM_GO_ON, {"draft": draft})
