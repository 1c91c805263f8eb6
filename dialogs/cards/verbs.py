"""The verbs that cards' buttons send: the whole list of what a card can ask for."""

from __future__ import annotations

from enum import StrEnum


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
