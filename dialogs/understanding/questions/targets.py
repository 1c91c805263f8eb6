"""Kinds of answers that are asked for: a list, one project, a number, people, meetings."""

from __future__ import annotations

from datetime import timedelta

from dialogs.understanding.questions.draft import Draft
from dialogs.understanding.questions.intent import Intent
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES
from portfolio.questions.question import During, FigureKind, PeopleRole, Sort, Target

_GROUP_ROLES = ("medlem", "member", "formand", "formænd", "chairs", "sekretaer", "secretar")


def target_of(intent: Intent, draft: Draft) -> Target | None:
    """Return what is asked for, None for nothing. Completes the draft with what the target needs."""
    projects = draft.where["projects"]
    if intent.sentence.has("target", "proposals"):
        return Target.PROPOSALS
    if intent.sentence.has("target", "systems") and not projects and not draft.text:
        return Target.SYSTEMS
    if people := _people_of_groups(intent, draft):
        draft.people = people
        return Target.PEOPLE
    if draft.changed:
        return _changes(intent, draft)
    if _is_about_meetings(intent, draft):
        return _meetings(intent, draft)
    if any(asks(intent, draft) for asks in (_is_one_of_several, _counts_something_else, _is_about_a_manager)):
        return None
    _rank_by_amount(intent, draft)
    if _is_one_project(intent, draft):
        return _one_project(intent, draft)
    if figure := _figure(intent, draft):
        return figure
    if _asks_people(intent):
        draft.people = PeopleRole.OWNER if intent.asks_owner else PeopleRole.LEAD
        says = draft.has_filter or intent.sentence.has("role") or intent.sentence.has("target")
        return Target.PEOPLE if says else None
    return _list(intent, draft)


def _changes(intent: Intent, draft: Draft) -> Target | None:
    """The projects that changed, also where "hvem" asks for them; one project's change is its history."""
    sums = intent.sentence.has("ask", "sum", "average", "share")
    if _is_one_project(intent, draft):
        return Target.TREND
    if draft.bodies or (_has_unread(intent, draft) and not sums):
        return None
    return (_figure(intent, draft) if sums or intent.sentence.has("ask", "count") else None) or Target.PROJECTS


def _asks_people(intent: Intent) -> bool:
    """ "hvem …", but not "hvem har …? Vis projekterne"."""
    sentence = intent.sentence
    shows = intent.names_plural and sentence.says("vis", "show", "list") and not sentence.has("target", "people")
    return (sentence.has("ask", "who") and not shows) or intent.lists_people


def _list(intent: Intent, draft: Draft) -> Target | None:
    if (intent.sentence.has("ask", "when") and not draft.periods) or _has_unread(intent, draft):
        return None
    asks = draft.has_filter or draft.sort or draft.limit or draft.include_closed or draft.last_filter
    return Target.PROJECTS if asks or intent.sentence.has("target", "projects") else None


def _has_unread(intent: Intent, draft: Draft) -> bool:
    """Say whether a list was asked for by something that a list does not answer: members, or money without a bound."""
    roles = any(word.key.startswith(_GROUP_ROLES) for word in intent.sentence.words)
    money = intent.sentence.has("amount") and not draft.amounts and draft.sort is None and not draft.lacking
    return roles or (money and not draft.flags)


def _is_one_of_several(intent: Intent, draft: Draft) -> bool:
    """ "status på nøglerne og lønnen": a project, and something else that was taken for no project."""
    names = ("focus_areas", "org_units", "lead", "owner")
    beside = any(draft.where[name] for name in names) and len(draft.where["projects"]) == 1
    return beside and intent.is_one and intent.sentence.says("og", "and", "samt")


def _is_about_a_manager(intent: Intent, draft: Draft) -> bool:
    """ "hvem er min leder", "hvem er Mettes chef" ask for a person's manager, not for who leads projects."""
    says = intent.sentence.says("leder", "lederen", "chef", "chefen", "manager", "boss")
    asks_who = intent.sentence.has("ask", "who") and not intent.sentence.has("target")
    return draft.filters_only_by("lead") and says and asks_who


def _rank_by_amount(intent: Intent, draft: Draft) -> None:
    """ "top 3 på forbrug"."""
    amount = intent.sentence.value("amount")
    if draft.limit and draft.sort is None and amount in {"budget", "spend", "progress"}:
        draft.sort = Sort(amount, descending=True)


def _counts_something_else(intent: Intent, draft: Draft) -> bool:
    """ "hvor mange borgere bruger …" counts no projects and asks for no money."""
    counts = intent.sentence.has("ask", "count") and not intent.sentence.has("ask", "sum")
    return counts and intent.sentence.has("amount") and not draft.amounts and not draft.flags and draft.sort is None


def _people_of_groups(intent: Intent, draft: Draft) -> PeopleRole | None:
    """ "hvem sidder i styregruppen", "hvem er formand for …", "hvem er chef for Børn og Unge"."""
    asks = intent.sentence.has("ask", "who") or intent.sentence.has("role", "member", "chair", "secretary", "manager")
    if draft.bodies and asks and not intent.sentence.has("target", "meetings"):
        for role in (PeopleRole.CHAIR, PeopleRole.SECRETARY, PeopleRole.MEMBER):
            if intent.sentence.has("role", role.value):
                return role
        return PeopleRole.CHAIR if intent.sentence.has("role", "lead") else PeopleRole.MEMBER
    is_of_project = any(word.key.startswith(("projekt", "project")) for word in intent.sentence.words)
    leads = intent.sentence.has("role", "lead") and intent.is_one and not is_of_project
    manages = intent.sentence.has("role", "manager") or leads
    return PeopleRole.MANAGER if asks and draft.filters_only_by("org_units") and manages else None


def _is_about_meetings(intent: Intent, draft: Draft) -> bool:
    only_bodies = bool(draft.bodies) and not any(draft.where.values()) and not draft.flags
    return only_bodies or intent.sentence.has("target", "meetings")


def _meetings(intent: Intent, draft: Draft) -> Target:
    is_plural = intent.sentence.says("moeder", "meetings", "moederne")
    if not draft.periods and intent.sentence.says("sidst", "sidste", "seneste", "forrige", "last", "previous"):
        draft.periods.append(During(catalogue.MEETING, None, intent.sentence.today - timedelta(days=1)))
        draft.sort = Sort("start", descending=True)
        draft.limit = draft.limit or (None if is_plural else 1)
    is_next = intent.sentence.says("naeste", "next", "kommende") and not is_plural
    if draft.limit is None and not draft.periods and (is_next or intent.sentence.has("ask", "when")):
        draft.limit = 1
    return Target.MEETINGS


def _is_one_project(intent: Intent, draft: Draft) -> bool:
    if len(draft.where["projects"]) != 1 or intent.lists_projects or intent.sentence.has("ask", "count"):
        return False
    for name in [name for name in draft.where if name != "projects"]:
        del draft.where[name]  # "er skærmbesøg forsinket": the project's card answers that
    draft.flags.clear()
    draft.without.clear()
    return True


def _one_project(intent: Intent, draft: Draft) -> Target:
    """ "hvem leder skærmbesøg" asks for a person, "udviklingen for skærmbesøg" for its history, all else for the
    project."""
    if intent.sentence.has("trend"):
        return Target.TREND
    if not intent.sentence.has("ask", "who") and not (intent.sentence.has("role") and not intent.sentence.has("one")):
        return Target.PROJECT
    draft.people = PeopleRole.OWNER if intent.asks_owner else PeopleRole.LEAD
    return Target.PEOPLE


def _figure(intent: Intent, draft: Draft) -> Target | None:
    amount = intent.sentence.value("amount")
    if intent.sentence.has("ask", "share"):
        draft.figure = FigureKind.SHARE
        draft.amount = ATTRIBUTES[amount] if amount else None
        return Target.FIGURE
    asks_average = intent.sentence.has("ask", "average")
    asks_sum = intent.sentence.has("ask", "sum") or intent.is_one or intent.sentence.says("hvad", "what")
    if amount and (asks_average or asks_sum) and not draft.amounts and draft.sort is None:
        draft.amount = ATTRIBUTES[amount]
        averages = asks_average or draft.amount is catalogue.PROGRESS
        draft.figure = FigureKind.AVERAGE if averages else FigureKind.SUM
        return Target.FIGURE
    return Target.COUNT if intent.sentence.has("ask", "count") else None
