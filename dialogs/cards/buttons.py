"""Buttons that several features use, by what they do, with the verbs that they send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dialogs.cards.elements import Element, button
from dialogs.turn.audience import Audience
from dialogs.turn.payload import to_data
from portfolio.questions.question import Filters, Question, Target

SHOW, CHANGE, OPEN, ASK = "show", "change", "open", "ask"
REPORT, UNCHANGED, CORRECT = "report", "unchanged", "correct"
HAND_OVER, SNOOZE, GO_ON = "hand_over", "snooze", "form_go_on"
# A row's way back to its list is left out for a question longer than this, so that ten rows stay small.
LONGEST_BACK = 400
# Hits on one page of a list.
PAGE_SIZE = 10


def show(title: str, question: Question, offset: int = 0) -> Element:
    data = {"question": to_data(question)}
    return button(title, SHOW, {**data, "offset": offset} if offset else data)


def change(title: str, question: Question) -> Element:
    return button(title, CHANGE, {"question": to_data(question)}, with_inputs=True)


def way_back(question: Question) -> Mapping[str, Any]:
    """Return the data by which a row leads back to its list."""
    data = to_data(question)
    return {"question": data} if len(str(data)) <= LONGEST_BACK else {}


def open_project(title: str, number: str, back: Mapping[str, Any]) -> Element:
    return button(title, OPEN, {"project": number, **back})


def show_trend(title: str, number: str, back: Question | None = None) -> Element:
    """`back` is the list that the project was opened from, so that its card can lead there again."""
    trend = Question(target=Target.TREND, where=Filters(projects=(number,)))
    back_data = way_back(back).get("question") if back is not None else None
    return button(title, SHOW, {"question": to_data(trend), **({"back": back_data} if back_data else {})})


def ask(sentence: str) -> Element:
    return button(sentence, ASK, {"text": sentence})


def report(title: str, number: str, said: str | None = None) -> Element:
    """Open a project's status form, with what was `said` of the project already as a summary."""
    return button(title, REPORT, {"project": number, **({"said": said} if said else {})})


def reports(title: str, offset: int = 0) -> Element:
    """Show the projects that the person reports on."""
    return button(title, REPORT, {"offset": offset} if offset else {})


def unchanged(title: str, number: str, revision: int) -> Element:
    return button(title, UNCHANGED, {"project": number, "revision": revision})


def correct(title: str, number: str) -> Element:
    return button(title, CORRECT, {"project": number})


def hand_over(title: str, number: str, lead: str | None = None) -> Element:
    """Asks for a yes before the project has another lead."""
    return button(title, HAND_OVER, {"project": number, **({"lead": lead} if lead else {})})


def snooze(title: str, until: date) -> Element:
    """Remind again on that day of all that the message is about."""
    return button(title, SNOOZE, {"until": until.isoformat()})


def page_buttons(question: Question, offset: int, shown: int, total: int, audience: Audience) -> list[Element]:
    """Buttons for the next page and the one before; `shown` hits stand on this page, which begins at `offset`."""
    return paging(lambda title, at: show(title, question, at), offset, shown, total, audience)


def paging(
    page: Callable[[str, int], Element], offset: int, shown: int, total: int, audience: Audience, size: int = PAGE_SIZE
) -> list[Element]:
    """The same for any list: `page` draws the button with that title to the page that begins at that offset."""
    buttons: list[Element] = []
    left = total - offset - shown
    if left > 0:
        buttons.append(page(audience.texts.say("list.more", count=left), offset + shown))
    if offset:
        buttons.append(page(audience.texts.say("list.previous"), max(0, offset - size)))
    return buttons


def go_on(title: str, draft: str) -> Element:
    return button(title, GO_ON, {"draft": draft})
