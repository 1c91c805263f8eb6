"""The desk's counter: which command and which button leads where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from dialogs.answers import Answer
from dialogs.cards.buttons import Verb
from dialogs.deputies import handlers as deputies
from dialogs.desk.outcomes import WhichProject
from dialogs.forms import filling
from dialogs.forms.opening import Way
from dialogs.handover import handlers as handing_over
from dialogs.meetings import channels
from dialogs.meetings import handlers as meetings
from dialogs.office import handlers as previewing
from dialogs.own_reminders import absences
from dialogs.own_reminders import choices as reminder_choices
from dialogs.own_reminders import handlers as reminders
from dialogs.rounds import handlers as rounds
from dialogs.status import handlers as reporting
from dialogs.status import in_round as taking_part
from dialogs.turn.payload import MAX_TEXT, MalformedQuestion, whole_number
from dialogs.turn.readings import Command, Commanded
from dialogs.turn.visit import Visit
from dialogs.understanding.status.line import read_line

MAX_OFFSET = 10_000
Pressed = Callable[[Visit, Mapping[str, Any]], Awaitable[Answer]]


async def commanded(visit: Visit, command: Commanded) -> Answer:
    """One of COMMANDS."""
    return await COMMANDS[command.command](visit, command)


async def _report_status(visit: Visit, command: Commanded) -> Answer:
    several = command.maybe or (command.projects if len(command.projects) > 1 else ())
    if several:
        return WhichProject(several, command.said)
    if not command.projects:
        return await reporting.to_report(visit, unknown=command.unknown, said=command.said)
    answers = read_line(command.said, visit.today) if command.said else {}
    way = Way.STEPS if command.in_steps else Way.CARD
    return await reporting.report(visit, command.projects[0], answers=answers, way=way)


async def _correct_status(visit: Visit, command: Commanded) -> Answer:
    """Without a project named, what the person reports on is shown to choose from."""
    if len(command.projects) == 1 and not command.maybe:
        return await reporting.correct(visit, command.projects[0])
    return await _report_status(visit, command)


async def _unchanged(visit: Visit, command: Commanded) -> Answer:
    several = command.maybe or (command.projects if len(command.projects) > 1 else ())
    if several:
        return WhichProject(several)
    if not command.projects:
        return await reporting.to_report(visit, unknown=command.unknown)
    return await reporting.unchanged(visit, command.projects[0])


async def _show_deputies(visit: Visit, _command: Commanded) -> Answer:
    return await deputies.deputies(visit)


async def _report(visit: Visit, data: Mapping[str, Any]) -> Answer:
    if "project" not in data:
        return await reporting.to_report(visit, offset=whole_number(data.get("offset", 0), MAX_OFFSET))
    said = _word(data["said"], 3000) if "said" in data else None
    answers = read_line(said, visit.today) if said else {}
    way = Way.STEPS if data.get("steps") is True else Way.CARD
    return await reporting.report(visit, _word(data["project"]), answers=answers, way=way)


async def _unchanged_pressed(visit: Visit, data: Mapping[str, Any]) -> Answer:
    revision = data.get("revision")
    if not isinstance(revision, int) or isinstance(revision, bool):
        raise MalformedQuestion("no such revision")
    return await reporting.unchanged(visit, _word(data.get("project")), revision)


async def _correct(visit: Visit, data: Mapping[str, Any]) -> Answer:
    return await reporting.correct(visit, _word(data.get("project")))


COMMANDS: Mapping[Command, Callable[[Visit, Commanded], Awaitable[Answer]]] = {
    Command.REPORT_STATUS: _report_status,
    Command.CORRECT_STATUS: _correct_status,
    Command.UNCHANGED: _unchanged,
    Command.NAME_DEPUTY: deputies.name_deputy,
    Command.END_DEPUTY: deputies.end_deputy,
    Command.SHOW_DEPUTIES: _show_deputies,
    Command.HAND_OVER: handing_over.hand_over,
    Command.OPEN_ROUND: rounds.open_round,
    Command.SHOW_ROUND: rounds.show_round,
    Command.SUM_UP_ROUND: rounds.summed_up,
    Command.SNOOZE: reminders.snooze,
    Command.ABSENT: absences.absent,
    Command.BACK: absences.back,
    Command.REMINDERS_OFF: reminder_choices.switch_off,
    Command.REMINDERS_ON: reminder_choices.switch_on,
    Command.MY_REMINDERS: reminders.my_reminders,
    Command.SET_RHYTHM: reminder_choices.set_rhythm,
    Command.PREVIEW: previewing.preview,
    Command.STOP_REMINDERS: previewing.stop_all,
    Command.RESUME_REMINDERS: previewing.resume_all,
    Command.BIND_CHANNEL: channels.bind,
    Command.UNBIND_CHANNEL: channels.unbind,
    Command.SHOW_CHANNELS: channels.show,
    Command.MOVE_MEETING: meetings.move,
    Command.CANCEL_MEETING: meetings.cancel,
}

PRESSES: Mapping[str, Pressed] = {
    Verb.REPORT: _report,
    Verb.UNCHANGED: _unchanged_pressed,
    Verb.CORRECT: _correct,
    Verb.FORM_SUBMIT: filling.submitted,
    Verb.FORM_SAVE: filling.saved,
    Verb.FORM_STEP: filling.stepped,
    Verb.FORM_CARD: filling.put_on_card,
    Verb.FORM_GO_ON: filling.gone_on,
    Verb.FORM_DISCARD: filling.discarded,
    Verb.DEPUTY_END: deputies.ended,
    Verb.ROUND_VIEW: rounds.viewed,
    Verb.HAND_OVER: handing_over.pressed,
    Verb.ROUND_MINE: taking_part.mine,
    Verb.ROUND_OPEN: rounds.opened_for,
    Verb.ROUND_SUM_UP: rounds.sum_up,
    Verb.SNOOZE: reminders.snooze_pressed,
    Verb.SNOOZE_END: reminders.snooze_ended,
    Verb.ABSENCE_END: absences.absence_ended,
    Verb.REMINDERS_SWITCH: reminder_choices.switched,
    Verb.MY_REMINDERS: reminders.my_reminders_pressed,
    Verb.PREVIEW: previewing.preview_pressed,
    Verb.STOP: previewing.stopped,
    Verb.RESUME: previewing.resumed,
    Verb.RUN_RELEASE: previewing.released,
    Verb.RUN_DISCARD: previewing.discarded,
    Verb.MEETING_MOVE: meetings.move_pressed,
    Verb.MEETING_CANCEL: meetings.cancel_pressed,
    Verb.MEETING_RESTORE: meetings.restored,
}


def _word(value: object, longest: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or not value or len(value) > longest:
        raise MalformedQuestion("no such value")
    return value
