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
from dialogs.refusal import refused
from dialogs.remark import Remark
from dialogs.rounds.handlers import bring_up_to_date, candidates
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.payload import MAX_TEXT, MalformedQuestion
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
_PARTS = ("place", "topic")
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
    to = _moment(data["to"]).astimezone(visit.now.tzinfo) if "to" in data else None
    return await _asked(visit, meeting, to.date() if to else None, to.time() if to else None)


async def cancel(visit: Visit, command: Commanded) -> Answer:
    """Asks first: all are told at once."""
    meeting = await _meant(visit, command, "cancel")
    return CancellingAsked(meeting, await _news(visit, meeting)) if isinstance(meeting, Meeting) else meeting


async def cancel_pressed(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """The yes to it. Raises MalformedQuestion."""
    meeting = await _pressed(visit, data)
    if not isinstance(meeting, Meeting):
        return meeting
    if not await visit.desk.reminding.meetings.cancel(meeting, visit.person.email, visit.now):
        return _gone(visit, meeting.body)
    await _round_follows(visit, meeting.body, meeting.start)
    return MeetingCancelled(meeting, await _news(visit, meeting))


async def restored(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """The button that takes a cancelling back. Raises MalformedQuestion."""
    meeting = _whole(data)
    body = _known(visit, meeting.body)
    if body is None:
        return _gone(visit, meeting.body)
    if not may_change_meeting(visit.person, body):
        return await _denied(visit, body)
    if meeting.start <= visit.now or not await visit.desk.reminding.meetings.restore(
        meeting, visit.person.email, visit.now
    ):
        return Remark("meeting_not_restored", tries=(visit.audience.texts.say("meeting.see", body=body.name),))
    await _round_follows(visit, meeting.body, meeting.start)
    return MeetingRestored(meeting)


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    """Opens the form of a meeting that was moved by it a moment ago, too."""
    body, start = _subject(draft)
    meeting = await _at(visit, body, start)
    return OpenForm(_form(visit, meeting or Meeting(body, start)), partial(_hand_in, visit, meeting))


async def _hand_in(visit: Visit, meeting: Meeting | None, draft: FormDraft, answers: Answers) -> Answer:
    """Pressed twice, it is moved and told once. Raises UserError where the meeting isn't there any more."""
    name, before = _subject(draft)
    body = _known(visit, name)
    if body is None:
        return _gone(visit, name)
    if not may_change_meeting(visit.person, body):
        return await _denied(visit, body)
    start = _start(visit, answers)
    if meeting is None:
        return await _moved_already(visit, name, before, start)
    fault = "meeting_past" if start <= visit.now else "meeting_same" if start == before else None
    if fault is None and not await _moved(visit, meeting, start):
        if await _at(visit, name, before) is None:
            return await _moved_already(visit, name, before, start)
        fault = "meeting_taken"
    if fault:
        wrong = (Fault("day", fault, {}),)
        kept = replace(draft, answers=dict(answers))
        return await shown(visit, _form(visit, meeting), kept, Way.CARD, wrong=wrong)
    await visit.desk.drafts.finish(draft.id, start.isoformat())
    await _round_follows(visit, name, start)
    return await _moved_already(visit, name, before, start)


async def again(visit: Visit, draft: FormDraft) -> Answer:
    """What came of it, as long as that is so."""
    if not draft.outcome:
        return Remark("given_up")
    body, before = _subject(draft)
    now = await _at(visit, body, datetime.fromisoformat(draft.outcome))
    if now is None:
        return Remark("meeting_since", {"body": body}, tries=(visit.audience.texts.say("meeting.see", body=body),))
    return MeetingMoved(now, before, await _news(visit, now))


async def _asked(visit: Visit, meeting: Meeting, day: date | None, at: time | None) -> Answer:
    """What isn't said stays as it is."""
    start = meeting.start.astimezone(visit.now.tzinfo)
    is_clear = day is not None or at is not None
    form = _form(visit, meeting)
    return await opened(
        visit,
        form,
        f"{meeting.start.isoformat()}|{meeting.body}",
        0,
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
    name, start = _name(data), _moment(data.get("start"))
    body = _known(visit, name)
    if body is None:
        return _gone(visit, name)
    if not may_change_meeting(visit.person, body):
        return await _denied(visit, body)
    found = await _at(visit, body.name, start)
    return found if found and found.start > visit.now else _gone(visit, body.name)


def _start(visit: Visit, answers: Answers) -> datetime:
    day, at = date_of(answers["day"]), time_of(answers["time"])
    if day is None or at is None:
        raise UserError("form_changed")  # an answer that has no faults is both
    return datetime.combine(day.first, at, visit.now.tzinfo)


async def _moved(visit: Visit, meeting: Meeting, start: datetime) -> bool:
    end = start + (meeting.end - meeting.start) if meeting.end else None
    return await visit.desk.reminding.meetings.move(meeting, start, end, visit.person.email, visit.now)


async def _moved_already(visit: Visit, body: str, before: datetime, start: datetime) -> Answer:
    """As it was to be moved, by this press or another. Raises UserError where it wasn't."""
    now = await _at(visit, body, start)
    if now is None:
        raise UserError("meeting_gone", body=body)
    return MeetingMoved(now, before, await _news(visit, now))


async def _news(visit: Visit, meeting: Meeting) -> News:
    body = _known(visit, meeting.body)
    people = people_of(body) if body else ()
    bound = await visit.desk.reminding.channels.channels()
    has_channel = any(one.body == meeting.body for one in bound)
    return News(visit.desk.reminding.work.next_open(visit.now), len(people), has_channel)


def _subject(draft: FormDraft) -> tuple[str, datetime]:
    start, _, body = draft.subject.partition("|")
    return body, datetime.fromisoformat(start)


async def _at(visit: Visit, body: str, start: datetime) -> Meeting | None:
    day = start.astimezone(visit.now.tzinfo).date()
    found = await _meetings(visit, body, Period(PeriodField.MEETING, day, day))
    return next((one for one in found if one.start == start), None)


async def _meetings(visit: Visit, body: str, period: Period) -> tuple[Meeting, ...]:
    question = Question(Target.MEETINGS, bodies=(body,), periods=(period,))
    return tuple((await visit.desk.reader.meetings(question, visit.now, size=_MOST_MEETINGS)).meetings)


def _gone(visit: Visit, body: str) -> Remark:
    return Remark("meeting_none", {"body": body}, tries=(visit.audience.texts.say("meeting.see", body=body),))


async def _denied(visit: Visit, body: Body) -> Remark:
    body_name = {"body": body.name}
    return await refused(visit, Action.MEETING_DENIED, body_name, (body.chair, body.secretary), detail=body_name)


async def _round_follows(visit: Visit, body: str, start: datetime) -> None:
    """The card of the meeting's round, if there is one, shows what became of it."""
    its_round = await visit.desk.rounds.of_meeting(body, start)
    if its_round is not None:
        await bring_up_to_date(visit.desk, its_round, visit.audience)


def _known(visit: Visit, name: str) -> Body | None:
    return next((one for one in visit.audience.names.vocabulary.bodies if one.name == name), None)


def _name(data: Mapping[str, Any]) -> str:
    name = data.get("body")
    if not isinstance(name, str) or not name or len(name) > MAX_TEXT:
        raise MalformedQuestion("no such body")
    return name


def _whole(data: Mapping[str, Any]) -> Meeting:
    """As it was before it was cancelled."""
    parts = {part: data.get(part) for part in _PARTS}
    if any(value is not None and (not isinstance(value, str) or len(value) > MAX_TEXT) for value in parts.values()):
        raise MalformedQuestion("no such meeting")
    start = _moment(data.get("start"))
    end = _moment(data["end"]) if data.get("end") else None
    if end is not None and not start < end <= start + timedelta(days=7):
        raise MalformedQuestion("no such time")
    return Meeting(_name(data), start, end, **parts)


def _moment(value: object) -> datetime:
    """Raises MalformedQuestion for what no button of ours holds."""
    if not isinstance(value, str):
        raise MalformedQuestion("no such time")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as fault:
        raise MalformedQuestion("no such time") from fault
    if moment.tzinfo is None or not 2000 <= moment.year <= 2100:
        raise MalformedQuestion("no such time")
    return moment
