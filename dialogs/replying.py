"""From an answer to the card and the text that say it."""

from __future__ import annotations

from dialogs.answers import (
    Ambiguous,
    Answer,
    Changes,
    Count,
    Done,
    FigureFound,
    Help,
    Meetings,
    NotHeld,
    NotUnderstood,
    OneProject,
    People,
    ProjectList,
    Refused,
    Roster,
    Trend,
    WhoAreYou,
)
from dialogs.cards.errors import error
from dialogs.deputies.outcomes import PeopleOutcome
from dialogs.desk.outcomes import Aside, DeskOutcome
from dialogs.forms.aside import with_way_back
from dialogs.help.cards import done, help_card, not_held, unknown_person
from dialogs.history.trend_card import trend
from dialogs.meetings.change_cards import meeting_change
from dialogs.meetings.list_card import meetings
from dialogs.meetings.outcomes import MeetingOutcome
from dialogs.office.outcomes import OfficeOutcome
from dialogs.own_reminders.outcomes import ReminderOutcome
from dialogs.projects.card import project
from dialogs.questions.changes_card import changes
from dialogs.questions.clarify_card import clarify, unclear
from dialogs.questions.count_card import count
from dialogs.questions.figure_card import figure
from dialogs.questions.list_card import project_list
from dialogs.questions.people_card import people, roster
from dialogs.replying_desk import desk_reply, office_reply, people_reply, reminder_reply, round_reply
from dialogs.rounds.outcomes import RoundOutcome
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply


def reply_to(answer: Answer, audience: Audience) -> Reply:  # noqa: C901 - one line for each kind of answer
    if isinstance(answer, RoundOutcome):
        return round_reply(answer, audience)
    if isinstance(answer, DeskOutcome):
        return desk_reply(answer, audience)
    if isinstance(answer, PeopleOutcome):
        return people_reply(answer, audience)
    if isinstance(answer, OfficeOutcome):
        return office_reply(answer, audience)
    if isinstance(answer, MeetingOutcome):
        return meeting_change(answer, audience)
    if isinstance(answer, ReminderOutcome):
        return reminder_reply(answer, audience)
    match answer:
        case ProjectList():
            return project_list(answer, audience)
        case OneProject():
            return project(answer, audience)
        case Trend():
            return trend(answer, audience)
        case Changes():
            return changes(answer, audience)
        case Count():
            return count(answer, audience)
        case FigureFound():
            return figure(answer, audience)
        case People():
            return people(answer, audience)
        case Roster():
            return roster(answer, audience)
        case Meetings():
            return meetings(answer, audience)
        case NotHeld():
            return not_held(answer, audience)
        case Ambiguous():
            return clarify(answer, audience)
        case NotUnderstood():
            return unclear(answer, audience)
        case Help():
            return help_card(audience)
        case Done():
            return done(answer, audience)
        case WhoAreYou():
            return unknown_person(audience)
        case Refused():
            return error(answer.key, dict(answer.values), audience.texts)
        case Aside(answer=inner):
            return with_way_back(reply_to(inner, audience), answer, audience)
