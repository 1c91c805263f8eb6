"""Naming a deputy, who reports in a lead's place for a time, and ending it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from dialogs.deputies.buttons import End, end
from dialogs.deputies.cards import (
    Deputies,
    DeputyEnded,
    DeputyNamed,
    deputy_ended_word,
    deputy_named_word,
    deputy_words,
)
from dialogs.deputies.orders import EndDeputy, NameDeputy
from dialogs.forms.fields import Answers, Fault, Field, FieldKind, Form, Option, date_of, date_value
from dialogs.forms.filling import OpenForm
from dialogs.forms.opening import Way, opened, shown
from dialogs.forms.questions import Confirming, confirm
from dialogs.refusal import ForbiddenButton, Why, refuse
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.button import Thing
from dialogs.turn.notifying import notify
from dialogs.turn.orders import Order
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.plain import one_line
from dialogs.wording.days import name_words
from portfolio.audit import Action
from portfolio.dates import on_day
from portfolio.deputies import Deputy
from portfolio.drafts import FormDraft
from portfolio.identity import NOBODY, PersonId
from portfolio.questions.question import Question, which
from portfolio.rights import is_portfolio_office, may_name_deputy
from portfolio.status.reporting import Overtaken

DEPUTY = "deputy"
LONGEST_TIME = timedelta(days=366)
# What the choice of projects holds for all of them.
ALL = "*"
MOST_PROJECTS = 40
LONGEST_TITLE = 80
MOST_PRESENT = 3
# Of one lead, today and later.
MOST_DEPUTIES = 20


@dataclass(frozen=True, slots=True)
class _Lead:
    """Somebody who may be stood in for, with the numbers of the open projects that they lead. `person` is None as long
    as nobody is chosen."""

    person: PersonId | None
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A deputy as ordered; a `lead` of None is asked for. `notice` is a key in the texts' section `deputy`."""

    lead: PersonId | None
    deputy: PersonId | None
    project: str | None
    notice: str | None = None


async def name_deputy(visit: Visit, order: NameDeputy) -> Answer:
    """Sums up the deputy's time to say yes to, where all is said and clear; else opens the form with what was said."""
    wish = await _read_wish(visit, order)
    if wish.lead and not may_name_deputy(visit.person, wish.lead):
        return await _refuse(visit, wish.lead)
    lead = await _lead(visit, wish.lead)
    if not is_portfolio_office(visit.person) and not lead.projects:
        return Remark("leads_nothing")
    said = {
        "lead": wish.lead if is_portfolio_office(visit.person) else None,
        "deputy": wish.deputy,
        "first": date_value(on_day(order.first)) if order.first else None,
        "last": date_value(on_day(order.last)) if order.last else None,
        "project": wish.project,
    }
    notice = visit.audience.texts.say(f"deputy.{wish.notice}") if wish.notice else None
    if order.unknown:
        words = one_line(" ".join(order.unknown), LONGEST_TITLE)
        notice = visit.audience.texts.say("deputy.unknown", words=words)
    form = await _form(visit, lead)
    answers = {name: value for name, value in said.items() if value}
    if wish.lead and wish.deputy and order.last and not notice:
        return await opened(visit, form, "", 0, answers=answers, way=Way.SUMMARY, notice=form.intro[0])
    return await opened(visit, form, "", 0, answers=answers, notice=notice)


async def show_deputies(visit: Visit, _order: Order) -> Answer:
    return await deputies(visit)


async def deputies(visit: Visit) -> Answer:
    """Shows who reports for the person, and whom the person reports for."""
    own = await visit.stores.reporting.deputies_of(visit.person.id, visit.today)
    return Deputies(tuple(own), await _stands_in_for(visit))


async def end_deputy(visit: Visit, order: EndDeputy) -> Answer:
    """Asks before it ends the deputy's time that the order means; shows the choice where it may mean several. What was
    ended can be taken back."""
    meant = await _meant(visit, order)
    if isinstance(meant, Deputy) and may_name_deputy(visit.person, meant.lead):
        values = {"deputy": deputy_words(meant, visit.audience), "lead": name_words(meant.lead, visit.audience)}
        is_own = meant.lead == visit.person.id
        return await confirm(visit, Confirming("end_deputy" if is_own else "end_others_deputy", values, end(meant)))
    return await _remembered(visit, await end_meant(visit, order))


async def end_meant(visit: Visit, order: EndDeputy) -> Answer:
    """End the deputy's time that the order means, where that is part of something else."""
    meant = await _meant(visit, order)
    return await _end(visit, meant) if isinstance(meant, Deputy) else meant


async def _meant(visit: Visit, order: EndDeputy) -> Deputy | Answer:
    """Return the deputy that the order means, else what to say."""
    leads = dict.fromkeys([visit.person.id, *order.people])
    deputies_of_leads = [
        deputy for lead in leads for deputy in await visit.stores.reporting.deputies_of(lead, visit.today)
    ]
    matching = [deputy for deputy in deputies_of_leads if _is_named(deputy, order, visit.person.id)]
    if not matching:
        if order.people or order.projects:
            return Remark("no_deputy")
        overview = await deputies(visit)
        return overview if overview != Deputies((), ()) else Remark("nothing_to_end")
    if len(matching) == 1:
        return matching[0]
    return Deputies(tuple(deputy for deputy in matching if may_name_deputy(visit.person, deputy.lead)), ())


async def end_pressed(visit: Visit, button: End) -> Answer:
    """Ends the deputy's time on the button. Raises ForbiddenButton."""
    return await _remembered(visit, await _end(visit, button.meant))


async def _form(visit: Visit, lead: _Lead) -> Form:
    """The portfolio office says for whom, too."""
    say = visit.audience.texts.say
    is_office = is_portfolio_office(visit.person)
    own = lead.person == visit.person.id
    return Form(
        kind=DEPUTY,
        title=say("deputy.form"),
        submit=say("deputy.submit"),
        fields=(
            *([_field("lead", FieldKind.PERSON, visit, lead.person or "")] if is_office else []),
            _field("deputy", FieldKind.PERSON, visit),
            _field("first", FieldKind.DATE, visit, date_value(on_day(visit.today))),
            _field("last", FieldKind.DATE, visit),
            _projects(visit, lead),
        ),
        intro=(say("deputy.intro_own" if own else "deputy.intro"), *await _present_deputies(visit, lead.person)),
        order=NameDeputy,
    )


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    lead = await _lead(visit, await _lead_answered(visit, draft.answers))
    return OpenForm(await _form(visit, lead), partial(_hand_in, visit, lead))


async def _hand_in(visit: Visit, lead: _Lead, draft: FormDraft, answers: Answers) -> Answer:
    """Names one deputy, and tells of it once, however often it is pressed. The answers may be of another lead than the
    form was opened for."""
    answered = await _lead_answered(visit, answers) or NOBODY
    if not may_name_deputy(visit.person, answered):
        return await _refuse(visit, answered)
    if answered != lead.person:
        lead = await _lead(visit, answered)
    deputy = deputy_of({**answers, "lead": answered})
    before = await named_by(visit, answered)
    if wrong := tuple(_faults(deputy, lead.projects, before, visit)):
        form = await _form(visit, lead)
        return await shown(visit, form, replace(draft, answers=dict(answers)), Way.CARD, wrong=wrong)
    await visit.stores.reporting.set_deputy(deputy, visit.person.id, visit.now)
    if not await visit.stores.drafts.finish(draft.id, _as_outcome(deputy)):
        return _named(deputy, lead.projects)
    if change := await change_since(visit, answered, before):
        await remember(visit, "deputy", change, draft.id)
    return await _tell_named(visit, _named(deputy, lead.projects))


async def named_by(visit: Visit, lead: PersonId) -> list[Deputy]:
    return await visit.stores.reporting.deputies_of(lead, visit.today)


async def change_since(visit: Visit, lead: PersonId, before: list[Deputy]) -> Mapping[str, Any] | None:
    """Return what `undo_deputies` needs to make the lead's deputies what they were; None where they are."""
    after = await named_by(visit, lead)
    written = {"before": [_as_data(deputy) for deputy in before], "after": [_as_data(deputy) for deputy in after]}
    return {"lead": lead, **written} if after != before else None


async def undo_deputies(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Makes the lead's deputies what they were before the change, and tells those who were told. Raises Overtaken."""
    now = await named_by(visit, data["lead"])
    if [_as_data(deputy) for deputy in now] != data["after"]:
        raise Overtaken
    before = [deputy_of(values) for values in data["before"]]
    again = [deputy for deputy in before if deputy not in now]
    for deputy in again:
        await visit.stores.reporting.set_deputy(deputy, visit.person.id, visit.now)
    answers: list[Answer] = [
        await _tell_named(visit, _named(deputy, await _led_by(visit, deputy.lead))) for deputy in again
    ]
    ended = [deputy for deputy in now if not any(_is_same(deputy, old) for old in before)]
    answers += [await _end(visit, deputy) for deputy in ended]
    return answers[0]


async def _remembered(visit: Visit, answer: Answer) -> Answer:
    """Remember the deputy that was ended, if one was."""
    if not isinstance(answer, DeputyEnded):
        return answer
    lead = answer.deputy.lead
    after = await named_by(visit, lead)
    before = sorted([*after, answer.deputy], key=lambda deputy: (deputy.first, deputy.deputy, deputy.project or ""))
    if change := await change_since(visit, lead, before):
        await remember(visit, "deputy", change)
    return answer


def _is_same(one: Deputy, other: Deputy) -> bool:
    """Say whether they differ by their last day alone."""
    return replace(one, last=other.last) == other


async def repeat_outcome(visit: Visit, draft: FormDraft) -> Answer:
    """Says again who was named, as long as that is so."""
    if not draft.outcome:
        return Remark("given_up")
    deputy = deputy_of(json.loads(draft.outcome))
    if deputy not in await visit.stores.reporting.deputies_of(deputy.lead, min(deputy.last, visit.today)):
        return Remark("deputy_gone")
    return _named(deputy, await _led_by(visit, deputy.lead))


async def _read_wish(visit: Visit, order: NameDeputy) -> _Wish:
    """Read who reports for whom: the first person named for the second, else for the project's lead, else for whoever
    gives the order."""
    people = order.people
    several = order.projects[1:] or order.maybe
    project = order.projects[0] if order.projects and not several else None
    if len(people) > 1:
        lead: PersonId | None = people[1]
    else:
        detail = await visit.stores.reader.project(project) if project else None
        lead = (detail.project.lead if detail else None) or await _own_part(visit)
    is_lead = bool(people) and people[0] == lead
    notice = "one_project" if several else "somebody_else" if is_lead else None
    return _Wish(lead, people[0] if people and not is_lead else None, project, notice)


async def _own_part(visit: Visit) -> PersonId | None:
    """Return the person as a lead; None in the portfolio office, which acts for others unless its people lead projects
    themselves."""
    me = visit.person.id
    return me if not is_portfolio_office(visit.person) or await _led_by(visit, me) else None


async def _present_deputies(visit: Visit, lead: PersonId | None) -> list[str]:
    """Say which deputies the lead has already."""
    present = await visit.stores.reporting.deputies_of(lead, visit.today) if lead else []
    say = visit.audience.texts.say
    return [say("deputy.present", deputy=deputy_words(deputy, visit.audience)) for deputy in present[:MOST_PRESENT]]


async def _lead(visit: Visit, person: PersonId | None) -> _Lead:
    return _Lead(person, await _led_by(visit, person) if person else ())


async def _led_by(visit: Visit, lead: PersonId) -> tuple[str, ...]:
    question = Question(where=which(lead=(lead,)))
    return tuple(await visit.stores.reader.project_numbers(question, visit.today))


async def _lead_answered(visit: Visit, answers: Answers) -> PersonId | None:
    """Return the lead; only the portfolio office can say that it is somebody else than themselves."""
    if not is_portfolio_office(visit.person):
        return visit.person.id
    if "lead" in answers:
        return PersonId(answers["lead"]) or None
    return await _own_part(visit)


def _field(name: str, kind: FieldKind, visit: Visit, default: str = "") -> Field:
    label, is_day = visit.audience.texts.say(f"deputy.{name}"), kind is FieldKind.DATE
    return Field(name, kind, label, default=default, is_required=True, is_day=is_day)


def _projects(visit: Visit, lead: _Lead) -> Field:
    texts, names = visit.audience.texts, visit.audience.names
    every = texts.say("deputy.all_own" if lead.person == visit.person.id else "deputy.all")
    options = (
        Option(ALL, every, tuple(texts.say("deputy.means_all").split())),
        *(Option(number, one_line(names.project(number), LONGEST_TITLE)) for number in lead.projects[:MOST_PROJECTS]),
    )
    label = texts.say("deputy.project")
    return Field("project", FieldKind.CHOICE, label, options=options, default=ALL, is_required=True)


def _faults(deputy: Deputy, led: tuple[str, ...], named: Sequence[Deputy], visit: Visit) -> Iterator[Fault]:
    others = [one for one in named if replace(one, last=deputy.last) != deputy]
    if len(others) >= MOST_DEPUTIES:
        yield Fault("deputy", "deputies_most", {"most": MOST_DEPUTIES})
    if deputy.deputy == deputy.lead:
        yield Fault("deputy", "own_deputy", {})
    if not led:
        yield Fault("lead" if is_portfolio_office(visit.person) else "deputy", "leads_nothing", {})
    elif deputy.project and deputy.project not in led:
        yield Fault("project", "not_led", {})
    if deputy.last < deputy.first:
        yield Fault("last", "before_first", {})
    elif deputy.last < visit.today:
        yield Fault("last", "is_past", {})
    elif deputy.last - deputy.first > LONGEST_TIME:
        yield Fault("last", "longer_than_year", {})


def deputy_of(given: Mapping[str, str]) -> Deputy:
    """Days as a form has them, or as the calendar writes them. Raises ValueError for others."""
    first, last = (_day_of(given.get(name, "")) for name in ("first", "last"))
    project = given.get("project", "")
    lead, deputy = PersonId(given["lead"]), PersonId(given["deputy"])
    return Deputy(lead, deputy, first, last, project if project not in ("", ALL) else None)


def _day_of(value: str) -> date:
    planned = date_of(value) if "/" in value else on_day(date.fromisoformat(value))
    if planned is None:
        raise ValueError("no day")
    return planned.first


def _as_outcome(deputy: Deputy) -> str:
    return json.dumps(_as_data(deputy))


def _as_data(deputy: Deputy) -> dict[str, str]:
    days = {"first": deputy.first.isoformat(), "last": deputy.last.isoformat()}
    return {"lead": deputy.lead, "deputy": deputy.deputy, "project": deputy.project or "", **days}


def _named(deputy: Deputy, led: tuple[str, ...]) -> DeputyNamed:
    return DeputyNamed(deputy, (deputy.project,) if deputy.project else led, ())


async def _tell_named(visit: Visit, answer: DeputyNamed) -> DeputyNamed:
    deputy = answer.deputy
    notifications = await notify(
        visit, (deputy.deputy, deputy.lead), lambda theirs: deputy_named_word(answer, visit.person, theirs)
    )
    return replace(answer, notifications=notifications)


async def _end(visit: Visit, deputy: Deputy) -> Answer:
    if not may_name_deputy(visit.person, deputy.lead):
        if deputy not in await visit.stores.reporting.deputies_of(deputy.lead, min(deputy.last, visit.today)):
            raise ForbiddenButton(Thing.DEPUTY, Why.UNKNOWN, Remark("deputy_gone"))
        return await _refuse(visit, deputy.lead)
    if not await visit.stores.reporting.end_deputy(deputy, visit.person.id, visit.now):
        return Remark("deputy_gone")
    notifications = await notify(
        visit, (deputy.deputy, deputy.lead), lambda theirs: deputy_ended_word(deputy, visit.person, theirs)
    )
    return DeputyEnded(deputy, notifications)


async def _refuse(visit: Visit, lead: PersonId) -> Remark:
    name = visit.audience.person(lead)
    return await refuse(visit, Action.DEPUTY_DENIED, {"name": name}, (lead,), detail={"lead": lead})


async def _stands_in_for(visit: Visit) -> tuple[Deputy, ...]:
    """Return those whom the person is a deputy for today."""
    reportables = await visit.stores.reporting.led_by(visit.person.id, visit.today)
    named = [deputy for reportable in reportables for deputy in reportable.deputies]
    own = (deputy for deputy in named if deputy.deputy == visit.person.id and deputy.is_on(visit.today))
    return tuple(dict.fromkeys(own))


def _is_named(deputy: Deputy, order: EndDeputy, me: PersonId) -> bool:
    """Say whether the deputy is among the people and projects that were named, if any were."""
    others = [one for one in order.people if one != me]
    by_people = not others or deputy.deputy in others or deputy.lead in others
    return by_people and (not order.projects or deputy.project in order.projects)
