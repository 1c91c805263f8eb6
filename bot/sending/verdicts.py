"""Decides what the answer to a message, or the lack of an answer, means for its delivery."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from bot.teams.messenger import NO_TOKEN, UNREACHABLE, ForbiddenHostError, SendError
from portfolio.deliveries import Delivery, Finished, Postponed, Reason, Settlement
from portfolio.reminders.kinds import Outcome

# Teams said neither yes nor no; the message may have got through.
_UNSURE = frozenset({500, 502, 503, 504, None})
_UNREACHABLE: dict[int | None, Reason] = {HTTPStatus.FORBIDDEN: Reason.BLOCKED, HTTPStatus.NOT_FOUND: Reason.NOT_FOUND}
MOST_REFUSED, MOST_UNANSWERED = 5, 5
UNSURE_SECONDS = 30.0
CROWDED_SECONDS = 2.0
AWAY_SECONDS = 5.0
LONGEST_PAUSE = 300.0
_UNCERTAIN = Finished(Outcome.UNCERTAIN, Reason.NO_ANSWER)


def gone(error: SendError) -> Reason | None:
    """Returns why the conversation takes nothing any more; None for any other error."""
    return _UNREACHABLE.get(error.status)


def verdict_of(delivery: Delivery, error: SendError, *, may_repeat: bool = False) -> Settlement:
    """Judges every failure except a conversation that is gone. What `may_repeat` does no harm when it is done twice."""
    status = error.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        pause = min(LONGEST_PAUSE, AWAY_SECONDS if error.retry_after is None else error.retry_after)
        return Settlement(delivery, Postponed(pause, Reason.THROTTLED, is_free=True), pause=pause)
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Settlement(delivery, Postponed(CROWDED_SECONDS, Reason.THROTTLED))
    if error.reason in (UNREACHABLE, NO_TOKEN) or status == HTTPStatus.UNAUTHORIZED:
        return Settlement(delivery, Postponed(AWAY_SECONDS, Reason.AWAY, is_free=True), pause=AWAY_SECONDS)
    if status in _UNSURE and not isinstance(error, ForbiddenHostError):
        again = Postponed(UNSURE_SECONDS, Reason.NO_ANSWER) if may_repeat else unsure(delivery)
        return Settlement(delivery, again)
    return Settlement(delivery, Finished(Outcome.FAILED, Reason.REFUSED))


def unsure(delivery: Delivery) -> Finished | Postponed:
    """Tries a message again, after longer and longer, where twice is better than not at all."""
    pause = UNSURE_SECONDS * 2**delivery.unanswered
    return _given_up_unsure(delivery, delivery.unanswered + 1) or Postponed(pause, Reason.NO_ANSWER, is_unsure=True)


def given_up(delivery: Delivery, now: datetime) -> Finished | None:
    """Returns the outcome of a message that isn't tried any more, else None. An answer may have been lost with an
    earlier process, so that nobody has given it up yet."""
    if uncertain := _given_up_unsure(delivery, delivery.unanswered):
        return uncertain
    if delivery.expires_at <= now:
        return _UNCERTAIN if delivery.unanswered else Finished(Outcome.EXPIRED)
    if delivery.attempts - delivery.unanswered >= MOST_REFUSED:
        return _UNCERTAIN if delivery.unanswered else Finished(Outcome.FAILED, Reason.TOO_MANY_TRIES)
    return None


def _given_up_unsure(delivery: Delivery, unanswered: int) -> Finished | None:
    return _UNCERTAIN if unanswered >= (MOST_UNANSWERED if delivery.twice_if_unsure else 1) else None
