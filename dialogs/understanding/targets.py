"""What kind of answer is asked for: a list, one project, a number, people, meetings."""

from __future__ import annotations

from dialogs.understanding.draft import Draft
from dialogs.understanding.intent import Intent
from portfolio.questions import Amount, FigureKind, PeopleRole, Target


def target_of(intent: Intent, draft: Draft) -> Target | None:
    """None when nothing is asked for. Completes the draft with what the target needs."""
    projects = draft.where["projects"]
    if intent.has("target", "proposals"):
        return Target.PROPOSALS
    if intent.has("target", "systems") and not projects:
        return Target.SYSTEMS
    if people := _people_of_groups(intent, draft):
        draft.people = people
        return Target.PEOPLE
    if _is_about_meetings(intent, draft):
        return _meetings(intent, draft)
    if _is_one_project(intent, draft):
        return _one_project(intent, draft)
    if figure := _figure(intent, draft):
        return figure
    shows_projects = intent.names_plural and intent.says("vis", "show", "list") and not intent.has("target", "people")
    if (intent.has("ask", "who") and not shows_projects) or (
        intent.has("target", "people") and not intent.has("target", "projects")
    ):
        draft.people = PeopleRole.OWNER if intent.asks_owner else PeopleRole.LEAD
        return Target.PEOPLE if draft.has_filter or intent.has("role") or intent.has("target") else None
    if intent.has("ask", "when") and draft.period is None:
        return None
    asks = draft.has_filter or draft.sort or draft.limit or draft.include_closed or draft.last_filter
    return Target.PROJECTS if asks or intent.has("target", "projects") else None


def _people_of_groups(intent: Intent, draft: Draft) -> PeopleRole | None:
    """ "hvem sidder i styregruppen", "hvem er formand for …", "hvem er chef for Børn og Unge"."""
    asks = intent.has("ask", "who") or intent.has("role", "member")
    if draft.bodies and asks and not intent.has("target", "meetings"):
        for role in (PeopleRole.CHAIR, PeopleRole.SECRETARY, PeopleRole.MEMBER):
            if intent.has("role", role.value):
                return role
        return PeopleRole.CHAIR if intent.has("role", "lead") else PeopleRole.MEMBER
    only_units = draft.where["org_units"] and not any(
        values for name, values in draft.where.items() if name != "org_units"
    )
    manages = intent.has("role", "manager") or (intent.has("role", "lead") and intent.is_one and not _says_lead(intent))
    return PeopleRole.MANAGER if asks and only_units and manages else None


def _says_lead(intent: Intent) -> bool:
    return any(word.key.startswith(("projekt", "project")) for word in intent.words)


def _is_about_meetings(intent: Intent, draft: Draft) -> bool:
    if intent.has("target", "meetings"):
        return True
    only_bodies = draft.bodies and not any(draft.where.values()) and not draft.flags
    return bool(only_bodies)


def _meetings(intent: Intent, draft: Draft) -> Target:
    next_one = intent.says("naeste", "next", "kommende") and not intent.says("moeder", "meetings", "moederne")
    if draft.limit is None and draft.period is None and (next_one or intent.has("ask", "when")):
        draft.limit = 1
    return Target.MEETINGS


def _is_one_project(intent: Intent, draft: Draft) -> bool:
    if len(draft.where["projects"]) != 1 or intent.lists_projects or intent.has("ask", "count"):
        return False
    for name in [name for name in draft.where if name != "projects"]:
        del draft.where[name]  # "er skærmbesøg forsinket": the project's card answers that
    draft.flags.clear()
    draft.without.clear()
    return True


def _one_project(intent: Intent, draft: Draft) -> Target:
    """ "hvem leder skærmbesøg" asks for a person, all else for the project."""
    if not intent.has("ask", "who") and not (intent.has("role") and not intent.has("one")):
        return Target.PROJECT
    draft.people = PeopleRole.OWNER if intent.asks_owner else PeopleRole.LEAD
    return Target.PEOPLE


def _figure(intent: Intent, draft: Draft) -> Target | None:
    amount = next((tag.value("amount") for tag in intent.tags if tag.value("amount")), None)
    if intent.has("ask", "share") and not amount:
        draft.figure = FigureKind.SHARE
        return Target.FIGURE
    asks_sum = intent.has("ask", "sum") or intent.has("ask", "average") or intent.is_one or intent.says("hvad", "what")
    if amount and asks_sum and not draft.amounts and draft.sort is None:
        draft.amount = Amount(amount)
        averages = intent.has("ask", "average") or draft.amount is Amount.PROGRESS
        draft.figure = FigureKind.AVERAGE if averages else FigureKind.SUM
        return Target.FIGURE
    return Target.COUNT if intent.has("ask", "count") else None
