"""A person's own part of a round of status."""

from __future__ import annotations

from dialogs.forms.card import FormShown
from dialogs.remark import Remark
from dialogs.rounds.buttons import Mine, View
from dialogs.rounds.handlers import own_view
from dialogs.status.form import STATUS
from dialogs.status.handlers import open_form, report
from dialogs.turn.answer import Answer
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Visit
from portfolio.identity import PersonId
from portfolio.rounds import Round


async def view_in_round(visit: Visit, _button: View, status_round: Round) -> Answer:
    """The round as this person sees it. Where a program asks by itself, as when the chat is opened, the form that the
    person has open there comes back: what is in it would be gone from the card."""
    return (visit.is_automatic and await _form_there(visit, status_round)) or await own_view(visit, status_round)


async def _form_there(visit: Visit, status_round: Round) -> FormShown | None:
    """The form on a card that the person began last in this conversation, on a project that the round waits for."""
    if status_round.closed_at is not None:
        return None
    missing = {entry.project.number for entry in (await visit.stores.rounds.view(status_round)).missing}
    for draft in await visit.stores.drafts.unfinished(visit.person.id, visit.conversation):
        is_on_card = draft.asking is None and draft.kind == STATUS and not draft.is_expired(visit.now)
        if is_on_card and draft.subject in missing:
            return FormShown((await open_form(visit, draft)).form, draft)
    return None


async def report_in_round(visit: Visit, _button: Mine, status_round: Round) -> Answer:
    """The form at once, where one project of the person's is missing; the choice where several are."""
    view = await own_view(visit, status_round)
    if view.own is None:
        return Remark(
            "round_not_yours", {"body": status_round.body}, _in_charge(visit, status_round), refusal=Refusal.SAID
        )
    match view.own.missing:
        case ():
            return Remark("round_answered", {"body": status_round.body}, refusal=Refusal.SAID)
        case (missing,):
            return await report(visit, missing.entry.project.number)
        case _:
            return view


def _in_charge(visit: Visit, status_round: Round) -> tuple[PersonId, ...]:
    """Return those to ask about the round: who opened it, and those who run it."""
    body = visit.audience.names.body(status_round.body)
    people = [status_round.opened_by, *((body.secretary, body.chair) if body else ())]
    return tuple(dict.fromkeys(one for one in people if one))
