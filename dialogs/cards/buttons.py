"""Buttons by what they do. The verbs are the whole list of what a card can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dialogs.cards.elements import Element, button
from dialogs.forms.said.reading import HELD_BACK, WITH_INPUTS
from dialogs.turn.payload import to_data
from portfolio.bodies import Meeting
from portfolio.deputies import Deputy
from portfolio.drafts import FormDraft
from portfolio.questions.question import Filters, Question, Target
from portfolio.reminders.kinds import Absence, Kind

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
    """What a row carries of the list that it stands in."""
    data = to_data(question)
    return {"question": data} if len(str(data)) <= LONGEST_BACK else {}


def open_project(title: str, number: str, back: Mapping[str, Any]) -> Element:
    return button(title, Verb.OPEN, {"project": number, **back})


def show_trend(title: str, number: str, back: Question | None = None) -> Element:
    """`back` is the list that the project was opened from, so that its card can lead there again."""
    trend = Question(target=Target.TREND, where=Filters(projects=(number,)))
    kept = {"back": data} if back is not None and (data := way_back(back).get("question")) else {}
    return button(title, Verb.SHOW, {"question": to_data(trend), **kept})


def ask(sentence: str) -> Element:
    return button(sentence, Verb.ASK, {"text": sentence})


def report(title: str, number: str, said: str | None = None) -> Element:
    """Opens a project's status form; with what was `said` of it already, as a summary."""
    return button(title, Verb.REPORT, {"project": number, **({"said": said} if said else {})})


def reports(title: str, offset: int = 0) -> Element:
    """The projects that the person reports on."""
    return button(title, Verb.REPORT, {"offset": offset} if offset else {})


def unchanged(title: str, number: str, revision: int) -> Element:
    return button(title, Verb.UNCHANGED, {"project": number, "revision": revision})


def correct(title: str, number: str) -> Element:
    return button(title, Verb.CORRECT, {"project": number})


def go_on(title: str, draft: str) -> Element:
    return button(title, Verb.FORM_GO_ON, {"draft": draft})


def submit_form(title: str, draft: FormDraft, held_back: Sequence[str] = ()) -> Element:
    return button(title, Verb.FORM_SUBMIT, _with_inputs(draft, held_back), with_inputs=True)


def save_form(title: str, draft: FormDraft, held_back: Sequence[str] = ()) -> Element:
    return button(title, Verb.FORM_SAVE, _with_inputs(draft, held_back), with_inputs=True)


def start_steps(title: str, draft: FormDraft, held_back: Sequence[str] = ()) -> Element:
    """Asks the form's fields one by one, beginning with what is filled in on the card."""
    return button(title, Verb.FORM_STEP, _with_inputs(draft, held_back), with_inputs=True)


def step(title: str, draft: FormDraft, value: str) -> Element:
    """An answer, or a word of the steps, instead of writing it."""
    return button(title, Verb.FORM_STEP, {**_of(draft), "value": str(value)})


def form_on_card(title: str, draft: FormDraft) -> Element:
    return button(title, Verb.FORM_CARD, _of(draft))


def cancel_form(title: str, draft: FormDraft) -> Element:
    return button(title, Verb.FORM_DISCARD, _of(draft))


def _of(draft: FormDraft) -> dict[str, Any]:
    return {"draft": draft.id, "version": draft.version}


def _with_inputs(draft: FormDraft, held_back: Sequence[str]) -> dict[str, Any]:
    """Says that the card has an input for every field, but for those held back."""
    return {**_of(draft), WITH_INPUTS: True, **({HELD_BACK: list(held_back)} if held_back else {})}


def show_round(title: str, round_id: str) -> Element:
    return round_button(title, Verb.ROUND_VIEW, round_id)


def round_button(title: str, verb: Verb, round_id: str) -> Element:
    return button(title, verb, {"round": round_id})


def start_round(title: str, body: str, first: date | None, last: date | None) -> Element:
    days = {"first": first.isoformat() if first else None, "last": last.isoformat() if last else None}
    return button(title, Verb.ROUND_OPEN, {"body": body, **{name: day for name, day in days.items() if day}})


def end_deputy(title: str, deputy: Deputy) -> Element:
    days = {"first": deputy.first.isoformat(), "last": deputy.last.isoformat()}
    people = {"lead": deputy.lead, "deputy": deputy.deputy}
    return button(title, Verb.DEPUTY_END, {**people, **days, **({"project": deputy.project} if deputy.project else {})})


def hand_over(title: str, number: str, lead: str) -> Element:
    """Asks for a yes before the project has another lead."""
    return button(title, Verb.HAND_OVER, {"project": number, **({"lead": lead} if lead else {})})


def move_meeting(title: str, meeting: Meeting, to: datetime | None = None) -> Element:
    """Asks for a yes before it is moved."""
    return button(title, Verb.MEETING_MOVE, {**_of_meeting(meeting), **({"to": to.isoformat()} if to else {})})


def cancel_meeting(title: str, meeting: Meeting) -> Element:
    return button(title, Verb.MEETING_CANCEL, _of_meeting(meeting))


def restore_meeting(title: str, meeting: Meeting) -> Element:
    """With all that the meeting was, since it is no longer there."""
    end = meeting.end.isoformat() if meeting.end else None
    more = {"end": end, "place": meeting.place, "topic": meeting.topic}
    return button(
        title, Verb.MEETING_RESTORE, {**_of_meeting(meeting), **{name: one for name, one in more.items() if one}}
    )


def _of_meeting(meeting: Meeting) -> dict[str, str]:
    return {"body": meeting.body, "start": meeting.start.isoformat()}


def end_absence(title: str, absence: Absence) -> Element:
    return button(title, Verb.ABSENCE_END, {"first": absence.first.isoformat()})


def end_snoozes(title: str, subjects: Sequence[str] = ()) -> Element:
    """Without subjects all of them."""
    return button(title, Verb.SNOOZE_END, {"subjects": list(subjects)} if subjects else {})


def switch_reminders(title: str, kind: Kind, *, on: bool) -> Element:
    return button(title, Verb.REMINDERS_SWITCH, {"kind": kind.value, "on": on})
