"""The cards and texts of what comes of being at the desk."""

from __future__ import annotations

from dialogs.cards.remark import remark
from dialogs.deputies.cards import deputies, deputy_ended, deputy_named
from dialogs.deputies.outcomes import Deputies, DeputyEnded, DeputyNamed, HandedOver, PeopleOutcome, WhichToHandOver
from dialogs.desk.outcomes import (
    DeskOutcome,
    FormAsked,
    FormShown,
    FormSummed,
    Receipt,
    Remark,
    ToReport,
    WhichProject,
)
from dialogs.forms.card import form_card
from dialogs.forms.chat_cards import question_card, summary_card
from dialogs.handover.cards import handed_over, which_to_hand_over
from dialogs.office.outcomes import OfficeOutcome
from dialogs.office.preview_card import preview
from dialogs.own_reminders.card import my_reminders
from dialogs.own_reminders.outcomes import (
    AbsenceEnded,
    AbsenceSet,
    MyReminders,
    ReminderOutcome,
    Returned,
    RhythmSet,
    Snoozed,
    SnoozeEnded,
    Switched,
)
from dialogs.own_reminders.receipt_cards import (
    absence_ended,
    absence_set,
    returned,
    rhythm_set,
    snooze_ended,
    snoozed,
    switched,
)
from dialogs.rounds.card import opened, round_card, which_body, which_round
from dialogs.rounds.outcomes import RoundOpened, RoundOutcome, RoundShown, RoundSummed, WhichBody, WhichRound
from dialogs.rounds.summary_card import round_summary
from dialogs.status.choice_card import to_report, which_project
from dialogs.status.receipt_card import receipt
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply


def desk_reply(answer: DeskOutcome, audience: Audience) -> Reply:
    match answer:
        case FormShown(form=form, draft=draft, faults=faults, typed=typed, notice=notice):
            return form_card(form, draft, audience, faults=faults, typed=typed, notice=notice)
        case FormAsked(form=form, draft=draft, fault=fault, notice=notice):
            return question_card(form, draft, audience, fault=fault, notice=notice)
        case FormSummed(form=form, draft=draft, faults=faults, notice=notice):
            return summary_card(form, draft, audience, faults=faults, notice=notice)
        case Remark():
            return remark(answer, audience)
        case ToReport():
            return to_report(answer, audience)
        case WhichProject():
            return which_project(answer, audience)
        case Receipt():
            return receipt(answer, audience)


def round_reply(answer: RoundOutcome, audience: Audience) -> Reply:
    match answer:
        case RoundShown():
            return round_card(answer, audience)
        case RoundOpened():
            return opened(answer, audience)
        case RoundSummed():
            return round_summary(answer, audience)
        case WhichBody():
            return which_body(answer, audience)
        case WhichRound():
            return which_round(answer, audience)


def people_reply(answer: PeopleOutcome, audience: Audience) -> Reply:
    match answer:
        case DeputyNamed():
            return deputy_named(answer, audience)
        case DeputyEnded():
            return deputy_ended(answer, audience)
        case Deputies():
            return deputies(answer, audience)
        case HandedOver():
            return handed_over(answer, audience)
        case WhichToHandOver():
            return which_to_hand_over(answer, audience)


def reminder_reply(answer: ReminderOutcome, audience: Audience) -> Reply:
    match answer:
        case Snoozed():
            return snoozed(answer, audience)
        case SnoozeEnded():
            return snooze_ended(answer, audience)
        case AbsenceSet():
            return absence_set(answer, audience)
        case AbsenceEnded():
            return absence_ended(answer, audience)
        case Returned(deputies=deputies_now):
            return returned(people_reply(deputies_now, audience), answer, audience)
        case Switched():
            return switched(answer, audience)
        case MyReminders():
            return my_reminders(answer, audience)
        case RhythmSet():
            return rhythm_set(answer, audience)


def office_reply(answer: OfficeOutcome, audience: Audience) -> Reply:
    return preview(
        answer.plans,
        audience,
        until=answer.until,
        offset=answer.offset,
        is_office=answer.is_office,
        all_stopped=answer.all_stopped,
    )
