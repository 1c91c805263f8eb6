"""Moving and cancelling a body's meeting: the chair, the secretary and the portfolio office may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any

from dialogs.forms.card import FormShown
from dialogs.forms.fields import Answers, Fault, Field, FieldKind, Form, date_of, date_value, time_of, time_value
from dialogs.forms.filling import OpenForm
from dialogs.forms.opening import Way, opened, shown
from dialogs.forms.questions import asked_first, asked_which
from dialogs.meetings.buttons import Cancel, Move, OfMeeting, Restore
from dialogs.meetings.change_cards import (
    CancellingAsked,
    MeetingCancelled,
    MeetingMoved,
    MeetingRestored,
)
from dialogs.meetings.news import news_of_change, news_words
from dialogs.meetings.orders import CancelMeeting, MoveMeeting
from dialogs.meetings.pressed import cancelled_on, meeting_on
from dialogs.refusal import refuse
from dialogs.remark import OpenRemark, Remark
from dialogs.rounds.handlers import candidates, those_who_run
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.reply import UserError
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.plain import one_line
from dialogs.wording.days import meeting_time
from dialogs.wording.values import day_words, moment_words, near_day_words, period_words
from portfolio.audit import Action
from portfolio.bodies import Body, Meeting
from portfolio.dates import on_day
from portfolio.drafts import FormDraft
from portfolio.questions.question import meetings_of
from portfolio.rights import may_change_meeting
from portfolio.status.reporting import Overtaken

MOVE_MEETING = "move_meeting"
LONGEST_NAME = 120
MOST_CHOICES = 5
SATURDAY = 5
# A day has no more meetings of one body than this.
Days = tuple[date | None, date | None]
_MOST_MEETINGS = 20


async def move(visit: Visit, order: MoveMeeting) -> Answer:
    """Sums up the move to say yes to, where meeting and time are clear; else asks for what is missing."""
    period = _days_of(order)
    meeting = await _meeting_ordered(visit, order.bodies, period, "move", _move_phrases(order, visit.audience))
    if not isinstance(meeting, Meeting):
        return meeting
    return await _open_form(visit, meeting, order.to_day, order.to_time)


async def move_pressed(visit: Visit, button: Move, found: Meeting | None) -> Answer:
    """Opens the form on the button's meeting, with its new start where the button has one."""
    meeting = await _coming_meeting(visit, button, found)
    if not isinstance(meeting, Meeting):
        return meeting
    to = button.to.astimezone(visit.now.tzinfo) if button.to else None
    return await _open_form(visit, meeting, to.date() if to else None, to.time() if to else None)


async def cancel(visit: Visit, order: CancelMeeting) -> Answer:
    """Asks before it cancels, since all are told at once."""
    phrases = [period_words(order.first, order.last, visit.audience)] if order.first or order.last else []
    meeting = await _meeting_ordered(visit, order.bodies, (order.first, order.last), "cancel", phrases)
    return await _ask_to_cancel(visit, meeting) if isinstance(meeting, Meeting) else meeting


async def cancel_pressed(visit: Visit, button: Cancel, found: Meeting | None) -> Answer:
    """Cancels the meeting; asks again where it isn't any more what was said yes to."""
    meeting = await _coming_meeting(visit, button, found)
    if not isinstance(meeting, Meeting):
        return meeting
    if button.revision != meeting.revision:
        return await _ask_to_cancel(visit, meeting)
    if not await visit.stores.reminding.meetings.cancel(meeting, visit.person.id, visit.now):
        return no_meeting(visit, meeting.body)
    await _update_round(visit, meeting)
    data = {"meeting": meeting.id, "body": meeting.body}
    await remember(visit, "meeting_cancelled", data, has_button=False)  # its receipt has one that works until it begins
    return MeetingCancelled(meeting, await news_of_change(visit, meeting))


async def _ask_to_cancel(visit: Visit, meeting: Meeting) -> Answer:
    question = CancellingAsked(meeting, await news_of_change(visit, meeting))
    return await asked_first(visit, question, question.yes(visit.audience))


async def restore_pressed(visit: Visit, button: Restore, found: Meeting | None) -> Answer:
    """Takes a cancelling back. Raises MalformedButton."""
    meeting = await _permitted_meeting(visit, button, found)
    if not isinstance(meeting, Meeting):
        return meeting
    whole = cancelled_on(meeting, button)
    held = await restored(visit, whole) if whole else None
    if whole is None or held is None:
        return OpenRemark("meeting_not_restored", tries=_see(visit, meeting.body))
    done = await visit.stores.deeds.recent(visit.person.id)
    last = done[0] if done else None
    if not button.sure and last and last.kind == "meeting_cancelled" and last.data["meeting"] == whole.id:
        await visit.stores.deeds.undone(last.id)  # the button was that which takes it back
    else:
        await remember_restoring(visit, whole)
    return held


async def remember_restoring(visit: Visit, was: Meeting) -> None:
    """Remembers that the cancelled meeting is held after all."""
    await remember(visit, "meeting_restored", {"meeting": was.id, "body": was.body, "revision": was.revision + 1})


async def undo_restoring(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Cancels the meeting again. Raises Overtaken."""
    store = visit.stores.reminding.meetings
    meeting = await store.meeting(data["meeting"])
    is_as_left = meeting is not None and meeting.revision == data["revision"] and meeting.start > visit.now
    if meeting is None or not is_as_left or not await store.cancel(meeting, visit.person.id, visit.now):
        raise Overtaken
    await _update_round(visit, meeting)
    return MeetingCancelled(meeting, await news_of_change(visit, meeting))


async def undo_cancelling(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Raises Overtaken where the meeting can't be held any more, or is."""
    meeting = await visit.stores.reminding.meetings.meeting(data["meeting"])
    held = await restored(visit, meeting) if meeting else None
    if held is None:
        raise Overtaken
    return held


async def undo_move(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Moves the meeting back to when it was. Raises Overtaken."""
    meeting = await visit.stores.reminding.meetings.meeting(data["meeting"])
    start = datetime.fromisoformat(data["start"]).astimezone(visit.now.tzinfo)
    is_as_left = meeting is not None and meeting.revision == data["revision"] and start > visit.now
    if meeting is None or not is_as_left or not await _move(visit, meeting, start):
        raise Overtaken
    await _update_round(visit, meeting)
    return await _move_outcome(visit, meeting, start)


def instead_of_undoing(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (audience.texts.say("meeting.see", body=data["body"]),)


def instead_of_undoing_cancelling(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (audience.texts.say("meeting.restore_named", body=data["body"]),)


async def restored(visit: Visit, whole: Meeting) -> MeetingRestored | None:
    """Hold the cancelled meeting after all, where it can be."""
    store = visit.stores.reminding.meetings
    if whole.start <= visit.now or not await store.restore(whole, visit.person.id, visit.now):
        return None
    await _update_round(visit, whole)
    return MeetingRestored(whole)


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    """Opens the form on the meeting as it is now, also where the same form moved it a moment ago. Raises UserError."""
    meeting = await _meeting_of(visit, draft)
    return OpenForm(await _form(visit, meeting), partial(_hand_in, visit, meeting))


async def _hand_in(visit: Visit, meeting: Meeting, draft: FormDraft, answers: Answers) -> Answer:
    """Moves the meeting and tells of it once, however often it is pressed."""
    start = _start_answered(visit, answers)
    body = visit.audience.names.body(meeting.body)
    if body is None:
        return no_meeting(visit, meeting.body)
    if not may_change_meeting(visit.person, body):
        return await _refuse(visit, body)
    if not _is_as_shown(meeting, draft):
        return await _move_outcome(visit, meeting, start)
    fault = _fault_of(visit, meeting, start)
    if fault is None and not await _move(visit, meeting, start):
        if not _is_as_shown(await _meeting_of(visit, draft), draft):
            return await _move_outcome(visit, meeting, start)
        fault = "meeting_taken"
    if fault:
        wrong = (Fault("day", fault, {}),)
        kept = replace(draft, answers=dict(answers))
        return await shown(visit, await _form(visit, meeting), kept, Way.CARD, wrong=wrong)
    await visit.stores.drafts.finish(draft.id, start.isoformat())
    await _update_round(visit, meeting)
    data = {"meeting": meeting.id, "body": meeting.body, "start": meeting.start.isoformat()}
    await remember(visit, "meeting_moved", {**data, "revision": meeting.revision + 1}, draft.id)
    return await _move_outcome(visit, meeting, start)


async def repeat_outcome(visit: Visit, draft: FormDraft) -> Answer:
    """Says again where the meeting was moved, as long as that is so."""
    if not draft.outcome:
        return OpenRemark("given_up")
    meeting = await _meeting_of(visit, draft)
    since = OpenRemark("meeting_since", {"body": meeting.body}, tries=_see(visit, meeting.body))
    return await _last_move(visit, meeting, datetime.fromisoformat(draft.outcome)) or since


async def _open_form(visit: Visit, meeting: Meeting, day: date | None, at: time | None) -> Answer:
    """Open the form on a new day and time. What isn't said stays as it is."""
    was = meeting.start.astimezone(visit.now.tzinfo)
    start = datetime.combine(day or was.date(), at or was.time(), visit.now.tzinfo)
    is_said = day is not None or at is not None
    fault = _fault_of(visit, meeting, start) if is_said else None
    form = await _form(visit, meeting)
    answer = await opened(
        visit,
        form,
        str(meeting.id),
        meeting.revision,
        answers={"day": date_value(on_day(start.date())), "time": time_value(start.time())},
        way=Way.SUMMARY if is_said and not fault else Way.CARD,
        notice=" ".join(form.intro) if is_said and not fault else None,
    )
    return replace(answer, faults=(Fault("day", fault, {}),)) if fault and isinstance(answer, FormShown) else answer


def _fault_of(visit: Visit, meeting: Meeting, start: datetime) -> str | None:
    return "meeting_past" if start <= visit.now else "meeting_same" if start == meeting.start else None


async def _form(visit: Visit, meeting: Meeting) -> Form:
    say, news = visit.audience.texts.say, await news_of_change(visit, meeting)
    body = one_line(meeting.body, LONGEST_NAME)
    return Form(
        kind=MOVE_MEETING,
        title=say("meeting.form", body=body),
        submit=say("meeting.submit"),
        fields=(
            Field("day", FieldKind.DATE, say("meeting.day"), is_required=True, is_day=True),
            Field("time", FieldKind.TIME, say("meeting.time"), is_required=True),
        ),
        intro=(say("meeting.now", when=meeting_time(meeting, visit.audience)), news_words(news, visit.audience)),
        beware=partial(_cautions, visit),
        order=MoveMeeting,
    )


def _cautions(visit: Visit, answers: Answers) -> tuple[str, ...]:
    """Say so where nobody is at work then."""
    work, start, say = visit.stores.reminding.work, _start_answered(visit, answers), visit.audience.texts.say
    cautions: list[str] = []
    if not work.is_working_day(start.date()):
        key = "holiday" if start.weekday() < SATURDAY else "weekend"
        cautions.append(say(f"meeting.on_{key}", day=near_day_words(start.date(), visit.audience)))
    if not work.opens <= start.time() < work.closes:
        cautions.append(say("meeting.after_hours", when=moment_words(start, visit.audience)))
    return tuple(cautions)


async def body_ordered(visit: Visit, bodies: tuple[str, ...], verb: str, phrases: list[str]) -> Body | Answer:
    """The body whose meetings this person may change. Where it isn't clear, suggests sentences that name one, with the
    `phrases` that were said of days and times."""
    texts = visit.audience.texts
    bodies_named = candidates(visit, bodies)
    if len(bodies_named) != 1:
        among = bodies_named or visit.audience.names.vocabulary.bodies
        choices = [body for body in among if may_change_meeting(visit.person, body)]
        if not choices:
            return OpenRemark("meeting_not_yours", people=those_who_run(visit, bodies), is_refusal=True)
        sentences = (
            " ".join([texts.say(f"meeting.{verb}", body=body.name), *phrases]) for body in choices[:MOST_CHOICES]
        )
        return await asked_which(visit, OpenRemark("meeting_whose", tries=tuple(sentences)))
    (body,) = bodies_named
    if not may_change_meeting(visit.person, body):
        return await _refuse(visit, body)
    return body


async def _meeting_ordered(
    visit: Visit, bodies: tuple[str, ...], days: Days, verb: str, phrases: list[str]
) -> Meeting | Answer:
    """Find the next meeting of the body that is named, in the period."""
    body = await body_ordered(visit, bodies, verb, phrases)
    if not isinstance(body, Body):
        return body
    first, last = days
    question = meetings_of(body.name, first=max(first or visit.today, visit.today), last=last)
    page = await visit.stores.reader.meetings(question, visit.now, size=_MOST_MEETINGS)
    coming = (meeting for meeting in page.meetings if meeting.start > visit.now)
    return next(coming, None) or no_meeting(visit, body.name)


def _days_of(order: MoveMeeting) -> Days:
    return order.day, order.last or order.day


def _move_phrases(order: MoveMeeting, audience: Audience) -> list[str]:
    """Say the days and the time again, to stand behind the body's name."""
    say = audience.texts.say
    first, last = (order.day, order.day) if order.is_weekday else _days_of(order)
    phrases = [period_words(first, last, audience)] if order.day else []
    if order.to_day:
        phrases.append(say("meeting.to_day", day=day_words(order.to_day, audience)))
    if order.to_time:
        written = say("meetings.time", hour=f"{order.to_time:%H}", minute=f"{order.to_time:%M}")
        phrases.append(say("meeting.at_time" if order.to_day else "meeting.to_time", time=written))
    return phrases


async def _coming_meeting(visit: Visit, button: OfMeeting, found: Meeting | None) -> Meeting | Answer:
    """Return the button's meeting where it is still to come and the person may change it, else an answer that says why
    not."""
    meeting = await _permitted_meeting(visit, button, found)
    if isinstance(meeting, Meeting) and (meeting.is_cancelled or meeting.start <= visit.now):
        return no_meeting(visit, meeting.body)
    return meeting


async def _permitted_meeting(visit: Visit, button: OfMeeting, found: Meeting | None) -> Meeting | Answer:
    meeting = found or await meeting_on(visit, button)
    name = meeting.body if isinstance(meeting, Meeting) else meeting
    body = visit.audience.names.body(name)
    if body is not None and not may_change_meeting(visit.person, body):
        return await _refuse(visit, body)
    return meeting if body is not None and isinstance(meeting, Meeting) else no_meeting(visit, name)


def _start_answered(visit: Visit, answers: Answers) -> datetime:
    day, at = date_of(answers["day"]), time_of(answers["time"])
    if day is None or at is None:
        raise UserError("form_changed")  # an answer that has no faults is both
    return datetime.combine(day.first, at, visit.now.tzinfo)


async def _move(visit: Visit, meeting: Meeting, start: datetime) -> bool:
    end = start + (meeting.end - meeting.start) if meeting.end else None
    return await visit.stores.reminding.meetings.move(meeting, start, end, visit.person.id, visit.now)


async def _move_outcome(visit: Visit, meeting: Meeting, start: datetime) -> Answer:
    """Say that the meeting was moved to `start`, by this press or another. Raises UserError where it wasn't."""
    move = await _last_move(visit, meeting, start)
    if move is None:
        raise UserError("meeting_gone", body=meeting.body)
    return move


async def _last_move(visit: Visit, meeting: Meeting, start: datetime) -> MeetingMoved | None:
    """Return the meeting's last change, where that moved it to `start`; else None."""
    change = await visit.stores.reminding.meetings.last_change(meeting.id)
    if change is None or change.moved_to != start or change.is_restored:
        return None
    return MeetingMoved(change.meeting, change.start, await news_of_change(visit, change.meeting))


async def _meeting_of(visit: Visit, draft: FormDraft) -> Meeting:
    meeting = await visit.stores.reminding.meetings.meeting(int(draft.subject))
    if meeting is None:
        raise UserError("old_button")
    return meeting


def _is_as_shown(meeting: Meeting, draft: FormDraft) -> bool:
    return meeting.revision == draft.revision and not meeting.is_cancelled


def no_meeting(visit: Visit, body: str) -> Remark:
    return OpenRemark("meeting_none", {"body": body}, tries=_see(visit, body))


def _see(visit: Visit, body: str) -> tuple[str]:
    return (visit.audience.texts.say("meeting.see", body=body),)


async def _refuse(visit: Visit, body: Body) -> Remark:
    body_name = {"body": body.name}
    return await refuse(visit, Action.MEETING_DENIED, body_name, (body.chair, body.secretary), detail=body_name)


async def _update_round(visit: Visit, meeting: Meeting) -> None:
    """Lets the card of the meeting's round be drawn anew, if there is one."""
    status_round = await visit.stores.rounds.of_meeting(meeting)
    if status_round is not None:
        await visit.stores.rounds.leave_behind(status_round.id)
