"""Rounds of status before a meeting: opened, answered, shown and summed up."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from dialogs.forms.questions import Confirming, confirm
from dialogs.refusal import refuse
from dialogs.remark import OpenRemark, Remark
from dialogs.rounds.buttons import Open, SumUp
from dialogs.rounds.card import OwnEntry, OwnPart, RoundOpened, RoundShown, WhichBody, WhichRound
from dialogs.rounds.orders import OpenRound, ShowRound, SumUpRound
from dialogs.rounds.summary_card import RoundSummed
from dialogs.texts import Texts
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import ForAll
from dialogs.turn.visit import Stores, Visit
from dialogs.undoable import remember
from dialogs.values.plain import one_line
from dialogs.wording.days import meeting_time
from portfolio.audit import Action
from portfolio.bodies import Body, Meeting
from portfolio.identity import BY_ITSELF, PersonId
from portfolio.questions.question import meetings_of
from portfolio.rights import is_portfolio_office, may_run_round
from portfolio.rounds import Round, RoundView
from portfolio.status.decisions import decisions_wanted
from portfolio.status.unchanged import guard_of

# Teams asks for no more people's own views of one card.
MOST_ACCOUNTS = 60
# Rounds are looked for among the meetings of this time.
LOOKED_BACK, LOOKED_AHEAD = timedelta(days=14), timedelta(days=120)
MOST_MEETINGS = 100
MOST_PEOPLE = 5
LONGEST_NAME = 100
# Whoever opened a form on the round's card is given this long before the card is drawn anew.
WRITING_TIME = timedelta(minutes=3)
# For so long after its round is closed it is tried to show the card as it ended.
TRIED_FOR = timedelta(days=1)


async def open_round(visit: Visit, order: OpenRound) -> Answer:
    """Asks before it opens a round for the body's next meeting, or the one in the period; shows the round that it has
    already."""
    return await _round_for(visit, order, is_sure=False)


async def _round_for(visit: Visit, order: OpenRound, *, is_sure: bool) -> Answer:
    chosen, first, last = candidates(visit, order.bodies), order.first, order.last
    if order.unknown and not order.bodies:
        words = one_line(" ".join(order.unknown), LONGEST_NAME)
        return OpenRemark("round_unknown", {"words": words}, tries=_openings(visit, chosen))
    if len(chosen) != 1:
        return WhichBody(tuple(body.name for body in chosen), first, last) if chosen else _no_right(visit)
    (body,) = chosen
    if not may_run_round(visit.person, body):
        body_name = {"body": body.name}
        return await refuse(visit, Action.ROUND_DENIED, body_name, (body.chair, body.secretary), detail=body_name)
    meeting = await _meeting(visit, body, first, last)
    if meeting is None:
        return OpenRemark("no_meeting", {"body": body.name})
    if is_sure or await visit.stores.rounds.of_meeting(meeting) is not None:
        return await _open(visit, meeting)
    return await _ask_to_open(visit, meeting, order)


def _openings(visit: Visit, bodies: list[Body]) -> tuple[str, ...]:
    return tuple(visit.audience.texts.say("round.open_for", body=body.name) for body in bodies[:MOST_PEOPLE])


def _no_right(visit: Visit) -> Remark:
    return OpenRemark("runs_no_round", people=those_who_run(visit), is_refusal=True)


async def open_round_pressed(visit: Visit, button: Open) -> Answer:
    order = OpenRound(bodies=(button.body,), first=button.first, last=button.last)
    return await _round_for(visit, order, is_sure=button.sure)


async def show_round(visit: Visit, order: ShowRound) -> Answer:
    """Shows the round under way, else the newest that has ended; asks which, where several are under way."""
    status_round = await _round_ordered(visit, order.bodies)
    return await _view_here(visit, status_round) if isinstance(status_round, Round) else status_round


async def sum_up_round(visit: Visit, order: SumUpRound) -> Answer:
    """Sums up what has come in by now, in the round that `show_round` would show."""
    status_round = await _round_ordered(visit, order.bodies)
    return await _summary(visit.stores, status_round) if isinstance(status_round, Round) else status_round


async def _round_ordered(visit: Visit, bodies: tuple[str, ...]) -> Round | Answer:
    rounds = await _rounds(visit, bodies)
    under_way = [status_round for status_round in rounds if status_round.closed_at is None]
    if len(under_way) > 1:
        return WhichRound(tuple(under_way))
    if not rounds:
        if not any(may_run_round(visit.person, body) for body in candidates(visit, bodies)):
            return OpenRemark("no_round_yet", people=those_who_run(visit, bodies), is_refusal=True)
        return OpenRemark("no_round", tries=(visit.audience.texts.say("round.open_sentence"),))
    return under_way[0] if under_way else rounds[-1]


async def sum_up_pressed(visit: Visit, _button: SumUp, status_round: Round) -> Answer:
    """Sums up what has come in by now, and closes nothing."""
    return await _summary(visit.stores, status_round)


async def leave_cards_behind(visit: Visit, number: str) -> None:
    """Notes that the cards of the rounds that a project is in say less than what is true, after a report on it."""
    for status_round in await visit.stores.rounds.open_rounds(number):
        await visit.stores.rounds.leave_behind(status_round.id)


async def catch_up(stores: Stores, now: datetime, audience_for: Callable[[], Awaitable[Audience]]) -> None:
    """Shows the cards that are not shown yet, and brings those up to date that were left behind, also meanwhile. One
    that somebody is writing a report on waits, since Teams draws it anew for everybody, and what they typed would be
    gone; one that can't be reached, or that another process draws, is tried again the next time."""
    tried: set[str] = set()
    while behind := [one for one in await stores.rounds.left_behind(now - TRIED_FOR) if one.id not in tried]:
        for status_round in behind:
            if not await _follows(stores, status_round, now, audience_for):
                tried.add(status_round.id)


async def _follows(
    stores: Stores, status_round: Round, now: datetime, audience_for: Callable[[], Awaitable[Audience]]
) -> bool:
    if await _writers(stores, status_round, now) or not await stores.rounds.take(status_round.id):
        return False
    try:
        return await _draw(stores, status_round, await audience_for())
    finally:
        await stores.rounds.give_back(status_round.id)


async def _writers(stores: Stores, status_round: Round, now: datetime) -> frozenset[PersonId]:
    return await stores.drafts.writing(status_round.conversation, now - WRITING_TIME)


async def close_due(stores: Stores, now: datetime, audience_for: Callable[[], Awaitable[Audience]]) -> int:
    """Closes the rounds whose deadline has passed and posts what came of them; how many this process closed."""
    closed = 0
    for status_round in await stores.rounds.due(now):
        audience = _card_audience(status_round, await audience_for())
        async with stores.together():
            if not await stores.rounds.close(status_round.id, BY_ITSELF, now):
                continue
            await stores.rounds.leave_behind(status_round.id)
            summary = await _summary(stores, replace(status_round, closed_at=now))
            await stores.courier.say(status_round.conversation, summary.reply(audience))
        closed += 1
    return closed


def those_who_run(visit: Visit, bodies: tuple[str, ...] = ()) -> tuple[PersonId, ...]:
    """The chairs and secretaries of the bodies that are named, else of all: some to turn to."""
    known = [body for body in visit.audience.names.vocabulary.bodies if not bodies or body.name in bodies]
    people = dict.fromkeys(one for body in known for one in (body.chair, body.secretary) if one)
    return tuple(people)[:MOST_PEOPLE]


def candidates(visit: Visit, bodies: tuple[str, ...]) -> list[Body]:
    """Return the bodies that are named, else those that the person runs; all of them for the portfolio office, which
    may run every round."""
    known = visit.audience.names.vocabulary.bodies
    if bodies:
        return [body for body in known if body.name in bodies]
    own = [body for body in known if visit.person.id in (body.chair, body.secretary)]
    return own or (list(known) if is_portfolio_office(visit.person) else [])


async def _meeting(visit: Visit, body: Body, first: date | None, last: date | None) -> Meeting | None:
    begins = max(first or visit.today, visit.today) if first or last else None
    question = meetings_of(body.name, first=begins, last=last)
    page = await visit.stores.reader.meetings(question, visit.now, size=10)
    return next((meeting for meeting in page.meetings if meeting.start > visit.now), None)


async def _ask_to_open(visit: Visit, meeting: Meeting, order: OpenRound) -> Answer:
    entries = (await visit.stores.rounds.view(_new_round(visit, meeting))).entries
    if not entries:
        return OpenRemark("round_empty", {"body": meeting.body})
    texts, leads = visit.audience.texts, {entry.project.lead for entry in entries}
    values = {
        "body": meeting.body,
        "leads": texts.count("round.asked_leads", len(leads)),
        "projects": texts.count("round.asked_projects", len(entries)),
        "when": meeting_time(meeting, visit.audience),
    }
    yes = Open(meeting.body, order.first, order.last, sure=True)
    return await confirm(visit, Confirming("open_round", values, yes, is_for_all=True))


def _new_round(visit: Visit, meeting: Meeting) -> Round:
    return Round(
        id=secrets.token_urlsafe(12),
        meeting=meeting,
        opened_at=visit.now,
        deadline=meeting.start,
        opened_by=visit.person.id,
        conversation=visit.conversation,
        language=visit.audience.texts.language,
    )


async def _open(visit: Visit, meeting: Meeting) -> Answer:
    new = _new_round(visit, meeting)
    if not (await visit.stores.rounds.view(new)).entries:
        return OpenRemark("round_empty", {"body": meeting.body})
    is_new = await visit.stores.rounds.open(new) is not None
    if is_new:
        await remember(visit, "round", {}, has_button=False)
    status_round = new if is_new else await visit.stores.rounds.of_meeting(meeting)
    if status_round is None:
        return OpenRemark("round_gone")
    is_to_be_posted = (
        status_round.activity is None and status_round.closed_at is None and visit.audience.scope is not Scope.PERSONAL
    )
    if is_to_be_posted:
        await visit.stores.rounds.move(status_round.id, visit.conversation)
        return RoundOpened(await visit.stores.rounds.view(status_round))
    return replace(await _view_here(visit, status_round), notice="opened_here" if is_new else "exists")


async def _draw(stores: Stores, status_round: Round, audience: Audience) -> bool:
    """Draws the card, of what is true now; False where it couldn't be shown."""
    if status_round.activity is not None:
        await stores.rounds.caught_up(status_round.id)
    current = await stores.rounds.round(status_round.id)
    if current is None:
        return False
    card = (await _shared_view(stores, current)).drawn(ForAll, _card_audience(current, audience))
    activity = await stores.courier.show(current.conversation, current.activity, card)
    if activity is None:
        await stores.rounds.leave_behind(current.id)
        return False
    if current.activity is None:
        await stores.rounds.posted(current.id, activity)
    return True


async def _shared_view(stores: Stores, status_round: Round) -> RoundShown:
    round_view = await stores.rounds.view(status_round)
    leads = round_view.leads
    known = await stores.courier.accounts(status_round.conversation, leads) if status_round.closed_at is None else {}
    accounts = [known[lead] for lead in leads if lead in known]
    return RoundShown(round_view, accounts=tuple(accounts[:MOST_ACCOUNTS]), is_live=True)


async def _view_here(visit: Visit, status_round: Round) -> RoundShown:
    """Show the round as an answer; in a group it is for all who read along."""
    if visit.audience.scope is Scope.PERSONAL:
        return replace(await own_view(visit, status_round), is_live=False)
    return RoundShown(await visit.stores.rounds.view(status_round))


async def own_view(visit: Visit, status_round: Round) -> RoundShown:
    """Shows the round as this person sees it, with what waits for them first."""
    round_view = await visit.stores.rounds.view(status_round)
    is_live = status_round.activity is not None
    own = await _own_part(visit, round_view)
    accounts = (visit.account,) if is_live and own and visit.account else ()
    return RoundShown(round_view, own, accounts=accounts, is_live=is_live)


async def _own_part(visit: Visit, round_view: RoundView) -> OwnPart | None:
    """Return the part of the round that the person reports on today, as a lead or a deputy; None where there is
    none."""
    reportables = await visit.stores.reporting.led_by(visit.person.id, visit.today)
    own_projects = {reportable.detail.project.number: reportable for reportable in reportables}
    missing = tuple(
        OwnEntry(entry, own_projects[number].revision, guard_of(own_projects[number], visit.today) is None)
        for entry in round_view.missing
        if (number := entry.project.number) in own_projects
    )
    answered = sum(entry.project.number in own_projects for entry in round_view.answered)
    return OwnPart(missing, answered) if missing or answered else None


async def _summary(stores: Stores, status_round: Round) -> RoundSummed:
    round_view = await stores.rounds.view(status_round)
    reportables = [await stores.reporting.reportable(entry.project.number) for entry in round_view.answered]
    decisions = [decision for reportable in reportables if reportable for decision in decisions_wanted(reportable)]
    longest_first = sorted(decisions, key=lambda decision: decision.since or date.max)
    return RoundSummed(round_view, tuple(longest_first))


async def _rounds(visit: Visit, bodies: tuple[str, ...]) -> list[Round]:
    """Return the rounds of the bodies in the order of their meetings; no bodies are all of them."""
    question = meetings_of(*bodies, first=visit.today - LOOKED_BACK, last=visit.today + LOOKED_AHEAD)
    page = await visit.stores.reader.meetings(question, visit.now, size=MOST_MEETINGS)
    rounds = [await visit.stores.rounds.of_meeting(meeting) for meeting in page.meetings]
    return [status_round for status_round in rounds if status_round is not None]


def _card_audience(status_round: Round, audience: Audience) -> Audience:
    """Return an audience of all who read the card, in its own language."""
    return replace(audience, texts=Texts.of(status_round.language), asker=None, scope=Scope.GROUP)
