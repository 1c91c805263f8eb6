"""Tells the operator why somebody did, or didn't, get a reminder, in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dialogs.reminders.looks import LOOKS, OBLIGATIONS
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_TITLE, long_day, name_words
from dialogs.wording.values import listed, moment_words, near_day_words
from portfolio.bodies import Meeting
from portfolio.conversations import ConversationReference
from portfolio.deliveries import Stage, Trace
from portfolio.identity import NOBODY, PersonId
from portfolio.organisation import Person
from portfolio.ports.reminders import Memory
from portfolio.reminders.keys import (
    EVERYTHING,
    MeetingSubject,
    ObligationSubject,
    ProjectSubject,
    Subject,
    guess_subject,
)
from portfolio.reminders.kinds import Considered, Key, Outcome, Recipient, ReminderState, Snooze
from portfolio.working_time import WorkingTime

# By their id.
Meetings = Mapping[int, Meeting]


@dataclass(frozen=True, slots=True)
class Case:
    """The person asked about, on `day` or, with None, in the last week, and all that is known of them at `now`. What
    lies behind is judged as it was at `moment`; what comes is known up to `until`. `person` is None where nobody has
    that `address`; `references` begin with the newest conversation."""

    address: str
    day: date | None
    now: datetime
    moment: datetime
    until: datetime
    work: WorkingTime
    has_mail: bool
    audience: Audience
    state: ReminderState
    memory: Memory
    person: Person | None
    references: Sequence[ConversationReference]
    meetings: Meetings = field(default_factory=dict)

    @property
    def person_id(self) -> PersonId:
        return self.person.id if self.person else NOBODY

    @property
    def is_served(self) -> bool:
        """Say whether the person has the day's one message already."""
        return Recipient(self.person_id) in self.memory.has_todays_message


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The first day on which something comes, and what."""

    day: date
    keys: Sequence[Key]


def case_lines(
    case: Case, planned: Sequence[str], not_planned: Sequence[str], upcoming: Upcoming | None
) -> Iterator[str]:
    """Yields the whole answer; `planned` and `not_planned` are the words of `trace_words` and `reason_not_planned`."""
    yield from _person_lines(case)
    if case.person:
        yield from _channel_lines(case)
    yield from _list_lines(case.audience.texts.say("explained.planned"), planned, case.audience)
    yield from _list_lines(case.audience.texts.say("explained.not_planned"), not_planned, case.audience)
    if case.is_served:
        yield case.audience.texts.say("explained.served")
    yield _upcoming_words(upcoming, case)


def trace_words(trace: Trace, case: Case) -> str:
    """Says when a reminder was due and planned, and what came of it."""
    audience = case.audience
    return audience.texts.say(
        "explained.trace",
        what=matter_words(trace.key, audience, case.meetings),
        due=moment_words(trace.due_at, audience),
        planned=moment_words(trace.planned_at, audience),
        run=trace.run,
        end=" ".join(_outcome_words(trace, audience)),
    )


def reason_not_planned(considered: Considered, case: Case) -> str:
    reminder, audience = considered.reminder, case.audience
    what, due = matter_words(reminder.key, audience, case.meetings), moment_words(reminder.due_at, audience)
    return audience.texts.say("explained.due", what=what, due=due, why=_reason_words(considered, case))


def matter_words(key: Key, audience: Audience, meetings: Meetings) -> str:
    """ "Manglende status på Skærmbesøg (P001)" """
    subject = key.read_subject()
    what = subject_words(subject, audience, meetings) if subject else one_line(key.subject, LONGEST_TITLE)
    return audience.texts.say(LOOKS[key.kind].explained, what=what)


def subject_words(subject: Subject, audience: Audience, meetings: Meetings) -> str:
    """Names what a reminder is about."""
    match subject:
        case ProjectSubject(project=number):
            return _project_words(number, audience)
        case MeetingSubject(id=meeting_id):
            meeting = meetings.get(meeting_id)
            if meeting is None:
                return subject.write()
            return f"{one_line(meeting.body, LONGEST_TITLE)} {moment_words(meeting.start, audience)}"
        case ObligationSubject(origin=origin, project=number, rest=rest):
            project, title = _project_words(number, audience), one_line(rest, LONGEST_TITLE)
            return audience.texts.say(OBLIGATIONS[origin].explained, title=title, project=project)


def _snooze_words(snooze: Snooze, audience: Audience, meetings: Meetings) -> str:
    if snooze.subject == EVERYTHING:
        return audience.texts.say("own_reminders.everything")
    return subject_words(guess_subject(snooze.subject), audience, meetings)


def _project_words(number: str, audience: Audience) -> str:
    title = audience.names.project(number)
    return number if title == number else f"{one_line(title, LONGEST_TITLE)} ({number})"


def _outcome_words(trace: Trace, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    if trace.outcome is Outcome.SENT and trace.settled_at:
        yield texts.say(f"explained_sent.{trace.via.value}", when=moment_words(trace.settled_at, audience))
        return
    if trace.outcome is None and trace.stage is Stage.HELD:
        yield texts.say("explained.held")
        return
    if trace.outcome is not None:
        yield texts.name("explained_outcome", trace.outcome)
    else:
        yield texts.say("explained.waiting")
        if trace.attempts:
            yield texts.count("explained.tries", trace.attempts)
    if trace.reason:
        yield texts.name("explained_reason", trace.reason)


def _reason_words(considered: Considered, case: Case) -> str:
    reminder, audience = considered.reminder, case.audience
    say = audience.texts.say
    if reminder.in_place_of == case.person_id:
        return say("explained.to_deputy", name=name_words(reminder.recipient.id, audience))
    if considered.not_sent_because is not None:
        return audience.texts.name("explained_outcome", considered.not_sent_because)
    if case.is_served:
        return say("explained.next_time")
    if not case.work.is_open(case.now):
        return say("explained.when_open", when=moment_words(case.work.next_open(case.now), audience))
    return say("explained.at_once")


def _person_lines(case: Case) -> Iterator[str]:
    audience, say = case.audience, case.audience.texts.say
    if case.person is None:
        yield say("explained.unknown", email=case.address)
        return
    if not case.person.is_here:
        yield say("explained.left", name=name_words(case.person.id, audience))
        return
    yield say("explained.known", name=name_words(case.person_id, audience))
    if case.state.all_stopped:
        yield say("explained.all_stopped")
    for absence in case.state.absences.get(case.person_id, ()):
        if absence.last >= case.moment.date():
            first, last = (near_day_words(day, audience) for day in (absence.first, absence.last))
            yield say("explained.absent", first=first, last=last)
    for snooze in case.state.snoozes.get(case.person_id, ()):
        if snooze.until > case.moment.date():
            what = _snooze_words(snooze, audience, case.meetings)
            yield say("explained.snoozed", day=near_day_words(snooze.until, audience), what=what)
    switched_off = [kind for one, kind in case.state.switched_off if one == case.person_id]
    if switched_off:
        kinds = sorted(say(LOOKS[kind].name) for kind in switched_off)
        yield say("explained.switched_off", kinds=listed(kinds, audience))


def _channel_lines(case: Case) -> Iterator[str]:
    say = case.audience.texts.say
    if case.references:
        seen = case.references[0].seen_at.astimezone(case.work.zone).date()
        yield say("explained.in_teams", day=near_day_words(seen, case.audience))
    else:
        has_id = case.person is not None and case.person.entra_id
        yield say("explained.not_yet_in_teams") if has_id else say("explained.not_in_teams")
    yield say("explained.mail") if case.has_mail else say("explained.no_mail")
    for body in case.state.bodies:
        if body.name in case.state.channels and case.person_id in (body.chair, body.secretary, *body.members):
            yield say("explained.channel", body=body.name)


def _list_lines(title: str, lines: Sequence[str], audience: Audience) -> Iterator[str]:
    yield title if lines else audience.texts.say("explained.listed_nothing", title=title)
    yield from (f"- {line}" for line in lines)


def _upcoming_words(upcoming: Upcoming | None, case: Case) -> str:
    audience = case.audience
    if upcoming is None:
        return audience.texts.say("explained.next_none", day=long_day(case.until.date(), audience))
    what = "; ".join(matter_words(key, audience, case.meetings) for key in upcoming.keys)
    return audience.texts.say("explained.next", day=long_day(upcoming.day, audience), what=what)
