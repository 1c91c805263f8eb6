"""Decides what the answer to a message, or the lack of an answer, means for its delivery."""

from __future__ import annotations

from http import HTTPStatus

from bot.teams.messenger import NO_TOKEN, UNREACHABLE, ForbiddenHostError, SendError
from portfolio.deliveries import Delivery, Finished, Postponed, Reason, Settlement
from portfolio.reminders.kinds import Outcome

# Teams said neither yes nor no; the message may have got through.
_UNSURE = frozenset({500, 502, 503, 504, None})
_UNREACHABLE: dict[int | None, Reason] = {HTTPStatus.FORBIDDEN: Reason.BLOCKED, HTTPStatus.NOT_FOUND: Reason.NOT_FOUND}
UNSURE_SECONDS = 30.0
CROWDED_SECONDS = 2.0
AWAY_SECONDS = 5.0
LONGEST_PAUSE = 300.0


def gone(error: SendError) -> Reason | None:
    """Returns why the conversation takes nothing any more; None for any other error."""
    return _UNREACHABLE.get(error.status)


def verdict_of(delivery: Delivery, error: SendError) -> Settlement:
    """Judges every failure except a conversation that is gone."""
    status = error.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        pause = min(LONGEST_PAUSE, AWAY_SECONDS if error.retry_after is None else error.retry_after)
        return Settlement(delivery, Postponed(pause, Reason.THROTTLED, is_free=True), pause=pause)
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Settlement(delivery, Postponed(CROWDED_SECONDS, Reason.THROTTLED))
    if error.reason in (UNREACHABLE, NO_TOKEN) or status == HTTPStatus.UNAUTHORIZED:
        return Settlement(delivery, Postponed(AWAY_SECONDS, Reason.AWAY, is_free=True), pause=AWAY_SECONDS)
    if status in _UNSURE and not isinstance(error, ForbiddenHostError):
        return Settlement(delivery, unsure(delivery))
    return Settlement(delivery, Finished(Outcome.FAILED, Reason.REFUSED))


def unsure(delivery: Delivery) -> Finished | Postponed:
    """Gives a message one more try where twice is better than not at all; else its outcome is uncertain."""
    if delivery.twice_if_unsure and not delivery.was_begun:
        return Postponed(UNSURE_SECONDS, Reason.NO_ANSWER, is_unsure=True)
    return Finished(Outcome.UNCERTAIN, Reason.NO_ANSWER)
