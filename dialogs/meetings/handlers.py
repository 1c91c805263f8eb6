"""Moving and cancelling a body's meeting: the chair, the secretary and the portfolio office may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from dialogs.forms.fields import Answers, Fault, Field, FieldKind, Form, date_of, date_value, time_of, time_value
from dialogs.forms.filling import OpenForm
from dialogs.forms.opening import Way, opened, shown
from dialogs.meetings.change_cards import CancellingAsked, MeetingCancelled, MeetingMoved, MeetingRestored, News
from dialogs.meetings.pressed import cancelled_in, meeting_in, moment
from dialogs.refusal import refused
from dialogs.remark import Remark
from dialogs.rounds.handlers import bring_up_to_date, candidates
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Command, Commanded
from dialogs.turn.reply import UserError
from dialogs.turn.visit import Visit
from dialogs.values.plain import one_line
from dialogs.wording.days import meeting_time
from dialogs.wording.values import day_words, period_words, when_words
from portfolio.audit import Action
from portfolio.bodies import Body, Meeting
from portfolio.dates import on_day
from portfolio.drafts import FormDraft
from portfolio.meetings.reminders import people_of
from portfolio.questions.question import Period, PeriodField, Question, Target
from portfolio.rights import may_change_meeting

MOVE_MEETING = "move_meeting"
LONGEST_NAME = 120
MOST_CHOICES = 5
# A day has no more meetings of one body than this.
_MOST_MEETINGS = 20
_A_MONTH = timedelta(days=31)


async def move(visit: Visit, command: Commanded) -> Answer:
    """A summary to say yes to, where meeting and time are clear; else what is missing is asked for."""
    meeting = await _meant(visit, command, "move")
    if not isinstance(meeting, Meeting):
        return meeting
    return await _asked(visit, meeting, command.last, time_of((command.said or "").replace(".", ":")))


async def move_pressed(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """A meeting's button, with its new start where that is known. Raises MalformedQuestion."""
    meeting = await _pressed(visit, data)
    if not isinstance(meeting, Meeting):
        return meeting
    to = moment(data["to"]).astimezone(visit.now.tzinfo) if "to" in data else None
    return await _asked(visit, meeting, to.date() if to else None, to.time() if to else None)


async def cancel(visit: Visit, command: Commanded) -> Answer:
    """Asks first: all are told at once."""
    meeting = await _meant(visit, command, "cancel")
    return CancellingAsked(meeting, await _news(visit, meeting)) if isinstance(meeting, Meeting) else meeting


async def cancel_pressed(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """The yes to it; asks again where the meeting isn't what was said yes to any more. Raises MalformedQuestion."""
    meeting = await _pressed(visit, data)
    if not isinstance(meeting, Meeting):
        return meeting
    if data.get("revision") != meeting.revision:
        return CancellingAsked(meeting, await _news(visit, meeting))
    if not await visit.desk.reminding.meetings.cancel(meeting, visit.person.email, visit.now):
        return _gone(visit, meeting.body)
    await _round_follows(visit, meeting)
    return MeetingCancelled(meeting, await _news(visit, meeting))


async def restored(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """The button that takes a cancelling back. Raises MalformedQuestion."""
    meeting = await _permitted(visit, data)
    if not isinstance(meeting, Meeting):
        return meeting
    whole, store = cancelled_in(meeting, data), visit.desk.reminding.meetings
    if whole is None or whole.start <= visit.now or not await store.restore(whole, visit.person.email, visit.now):
        return Remark("meeting_not_restored", tries=(visit.audience.texts.say("meeting.see", body=meeting.body),))
    await _round_follows(visit, meeting)
    return MeetingRestored(whole)


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    """Opens the form on the meeting as it is now, also where the same form moved it a moment ago. Raises UserError."""
    meeting = await _meeting_of(visit, draft)
    return OpenForm(_form(visit, meeting), partial(_hand_in, visit, meeting))


async def _hand_in(visit: Visit, meeting: Meeting, draft: FormDraft, answers: Answers) -> Answer:
    """Pressed twice, it is moved and told once."""
    start = _start(visit, answers)
    body = _known(visit, meeting.body)
    if body is None:
        return _gone(visit, meeting.body)
    if not may_change_meeting(visit.person, body):
        return await _denied(visit, body)
    if not _is_as_shown(meeting, draft):
        return await _moved_already(visit, meeting, start)
    fault = "meeting_past" if start <= visit.now else "meeting_same" if start == meeting.start else None
    if fault is None and not await _moved(visit, meeting, start):
        if not _is_as_shown(await _meeting_of(visit, draft), draft):
            return await _moved_already(visit, meeting, start)
        fault = "meeting_taken"
    if fault:
        wrong = (Fault("day", fault, {}),)
        kept = replace(draft, answers=dict(answers))
        return await shown(visit, _form(visit, meeting), kept, Way.CARD, wrong=wrong)
    await visit.desk.drafts.finish(draft.id, start.isoformat())
    await _round_follows(visit, meeting)
    return await _moved_already(visit, meeting, start)


async def again(visit: Visit, draft: FormDraft) -> Answer:
    """What came of it, as long as that is so."""
    if not draft.outcome:
        return Remark("given_up")
    meeting = await _meeting_of(visit, draft)
    say = visit.audience.texts.say
    since = Remark("meeting_since", {"body": meeting.body}, tries=(say("meeting.see", body=meeting.body),))
    return await _move_made(visit, meeting, datetime.fromisoformat(draft.outcome)) or since


async def _asked(visit: Visit, meeting: Meeting, day: date | None, at: time | None) -> Answer:
    """What isn't said stays as it is."""
    start = meeting.start.astimezone(visit.now.tzinfo)
    is_clear = day is not None or at is not None
    form = _form(visit, meeting)
    return await opened(
        visit,
        form,
        str(meeting.id),
        meeting.revision,
        answers={"day": date_value(on_day(day or start.date())), "time": time_value(at or start.time())},
        way=Way.SUMMARY if is_clear else Way.CARD,
        notice=" ".join(form.intro) if is_clear else None,
    )


def _form(visit: Visit, meeting: Meeting) -> Form:
    say = visit.audience.texts.say
    body = one_line(meeting.body, LONGEST_NAME)
    return Form(
        kind=MOVE_MEETING,
        title=say("meeting.form", body=body),
        submit=say("meeting.submit"),
        fields=(
            Field("day", FieldKind.DATE, say("meeting.day"), is_required=True, is_day=True),
            Field("time", FieldKind.TIME, say("meeting.time"), is_required=True),
        ),
        intro=(say("meeting.now", when=meeting_time(meeting, visit.audience)), say("meeting.all_told")),
    )


async def _meant(visit: Visit, command: Commanded, verb: str) -> Meeting | Answer:
    """The next meeting of the one body that is meant, from the day on that was said."""
    texts = visit.audience.texts
    chosen = candidates(visit, command.bodies)
    if len(chosen) != 1:
        among = chosen or [
            one for one in visit.audience.names.vocabulary.bodies if may_change_meeting(visit.person, one)
        ]
        said = _said(command, visit.audience)
        sentences = (" ".join([texts.say(f"meeting.{verb}", body=one.name), *said]) for one in among[:MOST_CHOICES])
        return Remark("meeting_whose", tries=tuple(sentences))
    (body,) = chosen
    if not may_change_meeting(visit.person, body):
        return await _denied(visit, body)
    first, last = command.first, command.last
    if command.command is Command.MOVE_MEETING:  # its day may be the first of "i uge 49", "i august"
        last = first + _A_MONTH if first else None
    period = Period(PeriodField.MEETING, max(first or visit.today, visit.today), last)
    coming = [one for one in await _meetings(visit, body.name, period) if one.start > visit.now]
    if not coming:
        return _gone(visit, body.name)
    return coming[0]


def _said(command: Commanded, audience: Audience) -> list[str]:
    """The days and the time of day that came with it, to be said again with the body's name."""
    say, first, last = audience.texts.say, command.first, command.last
    if command.command is Command.CANCEL_MEETING:
        return [period_words(Period(PeriodField.MEETING, first, last), audience)] if first or last else []
    parts = [when_words(on_day(first), audience)] if first else []
    if last:
        parts.append(say("meeting.to_day", day=day_words(last, audience)))
    if command.said:
        hour, _, minute = command.said.partition(".")
        written = say("meetings.time", hour=hour, minute=minute)
        parts.append(say("meeting.at_time" if last else "meeting.to_time", time=written))
    return parts


async def _pressed(visit: Visit, data: Mapping[str, Any]) -> Meeting | Answer:
    """The coming meeting of a button that whoever pressed it may change."""
    meeting = await _permitted(visit, data)
    if isinstance(meeting, Meeting) and (meeting.is_cancelled or meeting.start <= visit.now):
        return _gone(visit, meeting.body)
    return meeting


async def _permitted(visit: Visit, data: Mapping[str, Any]) -> Meeting | Answer:
    meeting = await meeting_in(visit, data)
    name = meeting.body if isinstance(meeting, Meeting) else meeting
    body = _known(visit, name)
    if body is not None and not may_change_meeting(visit.person, body):
        return await _denied(visit, body)
    return meeting if body is not None and isinstance(meeting, Meeting) else _gone(visit, name)


def _start(visit: Visit, answers: Answers) -> datetime:
    day, at = date_of(answers["day"]), time_of(answers["time"])
    if day is None or at is None:
        raise UserError("form_changed")  # an answer that has no faults is both
    return datetime.combine(day.first, at, visit.now.tzinfo)


async def _moved(visit: Visit, meeting: Meeting, start: datetime) -> bool:
    end = start + (meeting.end - meeting.start) if meeting.end else None
    return await visit.desk.reminding.meetings.move(meeting, start, end, visit.person.email, visit.now)


async def _moved_already(visit: Visit, meeting: Meeting, start: datetime) -> Answer:
    """As it was to be moved, by this press or another. Raises UserError where it wasn't."""
    made = await _move_made(visit, meeting, start)
    if made is None:
        raise UserError("meeting_gone", body=meeting.body)
    return made


async def _move_made(visit: Visit, meeting: Meeting, start: datetime) -> MeetingMoved | None:
    """The meeting's last change, where it was moved to that time."""
    change = await visit.desk.reminding.meetings.last_change(meeting.id)
    if change is None or change.moved_to != start or change.is_restored:
        return None
    return MeetingMoved(change.meeting, change.start, await _news(visit, change.meeting))


async def _news(visit: Visit, meeting: Meeting) -> News:
    body = _known(visit, meeting.body)
    people = people_of(body) if body else ()
    bound = await visit.desk.reminding.channels.channels()
    has_channel = any(one.body == meeting.body for one in bound)
    return News(visit.desk.reminding.work.next_open(visit.now), len(people), has_channel)


async def _meeting_of(visit: Visit, draft: FormDraft) -> Meeting:
    meeting = await visit.desk.reminding.meetings.meeting(int(draft.subject))
    if meeting is None:
        raise UserError("old_button")
    return meeting


def _is_as_shown(meeting: Meeting, draft: FormDraft) -> bool:
    return meeting.revision == draft.revision and not meeting.is_cancelled


async def _meetings(visit: Visit, body: str, period: Period) -> tuple[Meeting, ...]:
    question = Question(Target.MEETINGS, bodies=(body,), periods=(period,))
    return tuple((await visit.desk.reader.meetings(question, visit.now, size=_MOST_MEETINGS)).meetings)


def _gone(visit: Visit, body: str) -> Remark:
    return Remark("meeting_none", {"body": body}, tries=(visit.audience.texts.say("meeting.see", body=body),))


async def _denied(visit: Visit, body: Body) -> Remark:
    body_name = {"body": body.name}
    return await refused(visit, Action.MEETING_DENIED, body_name, (body.chair, body.secretary), detail=body_name)


async def _round_follows(visit: Visit, meeting: Meeting) -> None:
    """The card of the meeting's round, if there is one, shows what became of it."""
    its_round = await visit.desk.rounds.of_meeting(meeting)
    if its_round is not None:
        await bring_up_to_date(visit.desk, its_round, visit.audience)


def _known(visit: Visit, name: str) -> Body | None:
    return next((one for one in visit.audience.names.vocabulary.bodies if one.name == name), None)
