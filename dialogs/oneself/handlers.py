"""Looks up what somebody asks about themselves. Whom nobody knows is told how to be added."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from dialogs.forms.questions import QUESTION
from dialogs.help.cards import WhoAreYou
from dialogs.oneself.duties_card import Duties, in_brief
from dialogs.oneself.orders import ShowDuties, ShowPerson, ShowRights
from dialogs.oneself.person_card import Known
from dialogs.oneself.rights_card import Rights
from dialogs.questions.clarify_card import NotUnderstood
from dialogs.turn.answer import Finding
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Unclear
from dialogs.turn.visit import Stores
from dialogs.understanding.orders.days import Days
from dialogs.wording.days import day_of
from portfolio.drafts import FormDraft
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.outlook.duties import duties_of
from portfolio.questions.question import Question, which
from portfolio.reminders.kinds import Reminder, ReminderState, Snooze
from portfolio.rights import Part, is_portfolio_office, may_steer_reminders
from portfolio.rounds import RoundView

# What waits now is what is due so soon; the next thing after it is looked for this far ahead.
SOON, AHEAD = timedelta(days=14), timedelta(days=60)
# What was not reached longer ago is told on the project's card.
BEHIND = timedelta(days=366)
# A round is opened before the next meeting, or one soon after.
MOST_ROUNDS = 3


async def show_person(stores: Stores, audience: Audience, order: ShowPerson) -> Finding:
    if audience.asker is None:
        return WhoAreYou()
    people, today = audience.names.vocabulary.people, audience.today
    person = next((one for one in people if one.id in order.people), audience.asker)
    led, covered = await _reported(stores, person, today)
    owned = await stores.reader.project_numbers(Question(where=which(owner=(person.id,))), today)
    deputies = await stores.reporting.deputies_of(person.id, today) if person.id == audience.asker.id else ()
    return Known(person, order.fact, led, tuple(owned), covered, tuple(deputies))


async def show_rights(stores: Stores, audience: Audience, _order: ShowRights) -> Finding:
    if audience.asker is None:
        return WhoAreYou()
    me = audience.asker
    led, covered = await _reported(stores, me, audience.today)
    owned = await stores.reader.project_numbers(Question(where=which(owner=(me.id,))), audience.today)
    bodies = audience.names.vocabulary.bodies
    things = {
        Part.OFFICE: ("",) if is_portfolio_office(me) else (),
        Part.LEAD: led,
        Part.DEPUTY: covered,
        Part.OWNER: tuple(owned),
        Part.CHAIR: tuple(body.name for body in bodies if body.chair == me.id),
        Part.SECRETARY: tuple(body.name for body in bodies if body.secretary == me.id),
        Part.MANAGER: await _managed(stores, audience, me),
    }
    return Rights({part: named for part, named in things.items() if named})


async def _managed(stores: Stores, audience: Audience, me: Person) -> tuple[str, ...]:
    """The numbers of the projects that the manager's people lead, or that lie in a department of theirs."""
    vocabulary = audience.names.vocabulary
    people = tuple(person.id for person in vocabulary.people if person.manager == me.id)
    units = tuple(unit.name for unit in vocabulary.org_units if unit.manager == me.id)
    either = tuple(which(**{name: values}) for name, values in (("lead", people), ("org_units", units)) if values)
    if not either:
        return ()
    return tuple(await stores.reader.project_numbers(Question(any_of=either), audience.today))


async def _reported(stores: Stores, me: Person, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of the projects that the person leads, and of those that they report on in a lead's place."""
    projects = [one.detail.project for one in await stores.reporting.led_by(me.id, today)]
    led = tuple(project.number for project in projects if project.lead == me.id)
    return led, tuple(project.number for project in projects if project.lead != me.id)


async def show_duties(stores: Stores, audience: Audience, order: ShowDuties) -> Finding:
    """Shows what is due in the days asked for; what is overdue too, where today is among them."""
    if audience.asker is None:
        return WhoAreYou()
    today = audience.today
    last = order.last or max(order.first or today, today) + SOON
    if last < today:
        return NotUnderstood(Unclear())
    return await duties_until(stores, audience, audience.asker, last, (order.first, order.last), order.projects)


async def duties_until(
    stores: Stores,
    audience: Audience,
    me: Person,
    last: date,
    asked: Days = (None, None),
    only: Collection[str] = (),
) -> Duties:
    """Shows what is due until the last day, from the first that was asked for; `only` in these projects, where there
    are any."""
    work, now, today = stores.reminding.work, audience.now, audience.today
    first = max(asked[0] or today, today)
    ahead = max(last, today + AHEAD)
    until = datetime.combine(ahead, time.max, work.zone)
    state = await stores.reminding.store.state(now, until=until, since=now - BEHIND)
    duties = [duty for duty in duties_of(me.id, state, now, (today, ahead), work) if not only or duty.project in only]
    within = duties_of(me.id, state, now, (first, last), work)
    due = tuple(duty for duty in duties if duty in within)
    following = next((duty for duty in duties if duty not in due and day_of(duty, audience) >= first), None)
    return Duties(
        due,
        following,
        last,
        asked,
        drafts=await _drafts(stores, me.id, now) if first <= today and not only else (),
        snoozes=_snoozes(state, me.id, duties, today) if not only else (),
        rounds=await _rounds(stores, me, state, now) if first <= today and not only else (),
        held=len(await stores.reminding.deliveries.held()) if may_steer_reminders(me) else 0,
        are_all_stopped=state.is_stopped(today),
        has_a_part=bool(duties) or _has_a_part(me.id, state),
    )


async def waiting_words(stores: Stores, audience: Audience, me: Person) -> str:
    """Says how much waits for somebody, or what comes next."""
    return in_brief(await duties_until(stores, audience, me, audience.today + SOON), audience)


async def _drafts(stores: Stores, me: PersonId, now: datetime) -> tuple[FormDraft, ...]:
    unfinished = await stores.drafts.unfinished(me, None)
    return tuple(draft for draft in unfinished if draft.kind != QUESTION and not draft.is_expired(now))


async def _rounds(stores: Stores, me: Person, state: ReminderState, now: datetime) -> tuple[RoundView, ...]:
    """The rounds under way that somebody runs as chair or secretary, and that somebody hasn't answered yet."""
    run = {body.name for body in state.bodies if me.id in (body.chair, body.secretary)}
    meetings = [meeting for meeting in state.meetings if meeting.body in run and meeting.start > now]
    found = [await stores.rounds.of_meeting(meeting) for meeting in meetings[:MOST_ROUNDS]]
    views = [await stores.rounds.view(one) for one in found if one and one.closed_at is None]
    return tuple(view for view in views if view.missing)


def _snoozes(state: ReminderState, me: PersonId, duties: list[Reminder], today: date) -> tuple[tuple[Snooze, str], ...]:
    """Find what was put off and is still owed, with what it is called."""
    titles = {duty.subject: duty.title for duty in duties} | {"": ""}
    waiting = (one for one in state.snoozes.get(me, ()) if one.until > today and one.subject in titles)
    return tuple((one, titles[one.subject]) for one in waiting)


def _has_a_part(me: PersonId, state: ReminderState) -> bool:
    return any(project.lead == me for project in state.projects) or any(body.has(me) for body in state.bodies)
