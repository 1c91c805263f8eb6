"""A person's own part of a round of status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.remark import Remark
from dialogs.rounds.handlers import own_view, round_in
from dialogs.status.handlers import report
from dialogs.turn.answer import Answer
from dialogs.turn.visit import Visit
from portfolio.rounds import Round


async def report_in_round(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """The form at once, where one project of the person's is missing; the choice where several are."""
    status_round = await round_in(visit, data)
    if isinstance(status_round, Remark):
        return status_round
    view = await own_view(visit, status_round)
    if view.own is None:
        return Remark("round_not_yours", {"body": status_round.body}, _in_charge(visit, status_round))
    match view.own.missing:
        case ():
            return Remark("round_answered", {"body": status_round.body})
        case (missing,):
            return await report(visit, missing.entry.project.number)
        case _:
            return view


def _in_charge(visit: Visit, status_round: Round) -> tuple[str, ...]:
    """Return the emails of those to ask about the round: who opened it, and those who run it."""
    body = visit.audience.names.body(status_round.body)
    people = [status_round.opened_by, *((body.secretary, body.chair) if body else ())]
    return tuple(dict.fromkeys(email for email in people if email))
