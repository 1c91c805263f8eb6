"""Asks leads for a status on somebody's behalf: shown first, sent with the day's message, not too often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.forms.questions import asked_first, asked_which
from dialogs.refusal import ForbiddenButton, Why, refuse
from dialogs.remark import Remark
from dialogs.status_requests.buttons import MOST_PROJECTS, Request
from dialogs.status_requests.cards import NobodyToAsk, RequestAsked, Requested
from dialogs.status_requests.orders import RequestStatus
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.button import Thing
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.letters import bare_words
from dialogs.values.plain import one_line
from dialogs.wording.days import number_of
from portfolio.audit import Action
from portfolio.identity import PersonId
from portfolio.organisation import managers_above
from portfolio.questions.question import Question, which
from portfolio.reminders.kinds import ReminderState, StatusRequest, Tracked
from portfolio.rights import is_portfolio_office, may_request_status
from portfolio.status.reporting import Overtaken
from portfolio.status_requests import Spared, free_again, inquiry, is_asked_still

LONGEST_WORDS = 120
MOST_CHOICES = 5
MOST_MANAGERS = 2


async def request_status(visit: Visit, order: RequestStatus) -> Answer:
    """Asks before anybody is asked: who, about which projects, and when."""
    if order.unknown and not order.projects:
        return await _unknown(visit, order)
    if order.maybe:
        return await _which_project(visit, order)
    if order.projects:
        return await _named_projects(visit, order)
    if order.people or order.is_missing or order.is_all:
        return await _group(visit, order)
    tries = tuple(map(visit.audience.texts.say, ("status_request.try_missing", "status_request.try_all")))
    return Remark("request_which", tries=tries)


async def request_pressed(visit: Visit, button: Request) -> Answer:
    """Asks first where the button isn't sure. Raises ForbiddenButton."""
    state = await _state(visit, button.projects)
    if not state.projects:
        raise ForbiddenButton(Thing.PROJECT, Why.UNKNOWN)
    if refusal := await _refusal(visit, state.projects):
        return refusal
    if not button.sure:
        return await _ask(visit, state, replace(RequestStatus(), projects=button.projects))
    return await _send(visit, state)


async def undo_request(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Withdraws what nobody was asked yet. Raises Overtaken."""
    numbers, at = data["numbers"], datetime.fromisoformat(data["at"])
    reminding, mine = visit.stores.reminding, StatusRequest(numbers[0], visit.person.id, at)
    before = [StatusRequest(number, PersonId(by), datetime.fromisoformat(when)) for number, by, when in data["before"]]
    is_in_time = is_asked_still(mine, visit.now, reminding.work)
    if not is_in_time or not await reminding.store.withdraw_requests(numbers, at, before, visit.person.id, visit.now):
        raise Overtaken
    return Remark("request_withdrawn")


def instead_of_undoing(_audience: Audience, _data: Mapping[str, Any]) -> tuple[str, ...]:
    return ()


async def _named_projects(visit: Visit, order: RequestStatus) -> Answer:
    state = await _state(visit, order.projects)
    if not state.projects:
        return Remark("request_closed", {"title": visit.audience.names.project(order.projects[0])})
    others = [one for one in state.projects if order.people and one.lead not in order.people]
    if others:
        return await _other_lead(visit, others[0], order.people[0])
    if refusal := await _refusal(visit, state.projects):
        return refusal
    return await _ask(visit, state, order)


async def _other_lead(visit: Visit, project: Tracked, named: PersonId) -> Answer:
    """ "bed Jonas om status på skærmbesøg", which somebody else leads."""
    audience = visit.audience
    values = {"title": project.title, "name": audience.person(named)}
    sentence = audience.texts.say("status_request.try_project", number=project.number)
    return Remark("request_other_lead", values, tries=(sentence,))


async def _group(visit: Visit, order: RequestStatus) -> Answer:
    """Ask for all that the order means, of those that this person may ask for."""
    numbers = await _numbers(visit, order, is_missing=order.is_missing)
    state = await _state(visit, numbers)
    allowed = tuple(one for one in state.projects if _may(visit, one))
    if allowed:
        return await _ask(visit, replace(state, projects=allowed), order)
    if state.projects and order.people:
        return await _denied(visit, state.projects[0])
    return await _nobody(visit, order)


async def _nobody(visit: Visit, order: RequestStatus) -> Answer:
    """Say whether nothing is missing, or there is nothing at all."""
    names = visit.audience.names
    if not order.people:
        if not _has_part(visit):
            return await _refuse(visit, visit.audience.texts.say("status_request.others"))
        return Remark("request_none_missing" if order.is_missing else "request_nothing")
    name = names.person(order.people[0]) or ""
    if order.is_missing and await _numbers(visit, order, is_missing=False):
        sentence = visit.audience.texts.say("status_request.try_person", name=name)
        return Remark("request_not_missing", {"name": name}, tries=(sentence,))
    return Remark("request_leads_nothing", {"name": name})


async def _numbers(visit: Visit, order: RequestStatus, *, is_missing: bool) -> list[str]:
    where = which(lead=order.people, org_units=order.units)
    question = Question(where=(*where, *which(missing_status=True)) if is_missing else where)
    return await visit.stores.reader.project_numbers(question, visit.today)


async def _ask(visit: Visit, state: ReminderState, order: RequestStatus) -> Answer:
    found = inquiry(state, visit.person.id, visit.now, visit.stores.reminding.work)
    requests, free = _earlier(visit, state)
    if len(found.reminders) > MOST_PROJECTS:
        return Remark("request_most", {"count": number_of(len(found.reminders), visit.audience), "most": MOST_PROJECTS})
    if set(found.spared.values()) == {Spared.OWN} and not found.reminders:
        return Remark("request_own", projects=tuple(found.spared))
    if not found.reminders:
        return NobodyToAsk(found, requests, free)
    unknown = one_line(" ".join(order.unknown), LONGEST_WORDS)
    question = RequestAsked(found, requests, free, order.day not in (None, found.day), unknown)
    return await asked_first(visit, question, question.yes(visit.audience))


async def _send(visit: Visit, state: ReminderState) -> Answer:
    """Has those asked who may be asked now; somebody may have reported, or been asked, since the question."""
    store, me = visit.stores.reminding.store, visit.person.id
    found = inquiry(state, me, visit.now, visit.stores.reminding.work)
    requests, free = _earlier(visit, state)
    seen = list(requests.values())
    if not found.reminders:
        return NobodyToAsk(found, requests, free)
    asked = {one.subject: one.recipient.person for one in found.reminders}
    taken = await store.request_status(asked, seen, me, visit.now)
    if lost := asked.keys() - taken:  # somebody else was first
        requests, free = _earlier(visit, await _state(visit, [one.number for one in state.projects]))
        reminders = tuple(one for one in found.reminders if one.subject in taken)
        found = replace(found, reminders=reminders, spared={**found.spared, **dict.fromkeys(lost, Spared.REQUESTED)})
    if not taken:
        return NobodyToAsk(found, requests, free)
    before = [[one.project, one.by, one.at.isoformat()] for one in seen if one.project in taken]
    data = {"numbers": sorted(taken), "at": visit.now.isoformat(), "before": before}
    await remember(visit, "status_request", data if len(taken) > 1 else {**data, "project": next(iter(taken))})
    return Requested(found, requests, free)


async def _state(visit: Visit, numbers: Sequence[str]) -> ReminderState:
    return await visit.stores.reminding.store.state(visit.now, numbers)


def _earlier(visit: Visit, state: ReminderState) -> tuple[dict[str, StatusRequest], dict[str, Any]]:
    requests = {one.number: one.request for one in state.projects if one.request}
    free = {number: free_again(request, visit.stores.reminding.work) for number, request in requests.items()}
    return requests, free


def _managers(visit: Visit, project: Tracked) -> tuple[PersonId, ...]:
    vocabulary = visit.audience.names.vocabulary
    unit = next((one.org_unit for one in vocabulary.projects if one.number == project.number), None)
    people = {one.id: one for one in vocabulary.people}
    return managers_above(project.lead, (unit,), people, {one.name: one for one in vocabulary.org_units})


def _may(visit: Visit, project: Tracked) -> bool:
    return may_request_status(visit.person, project.lead, project.owner, _managers(visit, project))


def _has_part(visit: Visit) -> bool:
    """Say whether there may be projects that the person may ask for."""
    vocabulary, me = visit.audience.names.vocabulary, visit.person.id
    heads = {unit.manager for unit in vocabulary.org_units} | {one.manager for one in vocabulary.people}
    return is_portfolio_office(visit.person) or me in vocabulary.leads | vocabulary.owners | heads


async def _refusal(visit: Visit, projects: Iterable[Tracked]) -> Remark | None:
    """Say no where one of the projects is others' to ask for."""
    denied = next((one for one in projects if not _may(visit, one)), None)
    return await _denied(visit, denied) if denied else None


async def _denied(visit: Visit, project: Tracked) -> Remark:
    may = [project.owner, *_managers(visit, project)[:MOST_MANAGERS]]
    return await _refuse(visit, project.title, may, project.number)


async def _refuse(visit: Visit, title: str, may: Iterable[PersonId | None] = (), project: str | None = None) -> Remark:
    return await refuse(visit, Action.REQUEST_DENIED, {"title": title}, may, project=project)


async def _which_project(visit: Visit, order: RequestStatus) -> Answer:
    say = visit.audience.texts.say
    tries = tuple(say("status_request.try_project", number=one) for one in order.maybe[:MOST_CHOICES])
    return await asked_which(visit, Remark("request_which", tries=tries))


async def _unknown(visit: Visit, order: RequestStatus) -> Answer:
    """Asks which of several people of that name is meant; says so where nobody has it."""
    words = one_line(" ".join(order.unknown), LONGEST_WORDS)
    wanted, audience = set(bare_words(words)), visit.audience
    leads = audience.names.vocabulary.leads
    meant = [one for one, name in audience.names.people_by_words if one.id in leads and wanted <= set(name)]
    sentences = tuple(audience.texts.say("status_request.try_person", name=one.name) for one in meant[:MOST_CHOICES])
    if not wanted or not sentences:
        return Remark("request_unknown", {"words": words})
    return await asked_which(visit, Remark("request_whom", {"words": words}, tries=sentences))
