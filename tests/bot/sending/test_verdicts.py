"""What the Connector's answers mean for a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.sending.verdicts import LONGEST_PAUSE, gone, verdict_of
from bot.teams.messenger import BROKEN, NO_TOKEN, TIMEOUT, UNREACHABLE, ForbiddenHostError, SendError
from portfolio.deliveries import Delivery, Finished, Postponed, Purpose, Reason
from portfolio.reminders.kinds import Outcome, Recipient

NOW = datetime(2026, 9, 25, 6, 30, tzinfo=UTC)


def delivery(*, twice: bool = True, begun: bool = False) -> Delivery:
    until = NOW + timedelta(days=1)
    return Delivery(1, Purpose.REMINDERS, Recipient("a@b.example"), 1, NOW, until, twice, (), 1, 1, was_begun=begun)


@pytest.mark.parametrize(("asked", "waited"), [(30.0, 30.0), (None, 5.0), (0.0, 0.0), (86_400.0, LONGEST_PAUSE)])
def test_throttled_everybody_waits_as_long_as_asked_and_the_try_does_not_count(
    asked: float | None, waited: float
) -> None:
    found = verdict_of(delivery(), SendError(429, "refused", asked))
    assert found.verdict == Postponed(waited, Reason.THROTTLED, is_free=True)
    assert found.pause == waited


@pytest.mark.parametrize(
    "error",
    [
        *(SendError(status, "refused") for status in (500, 502, 503, 504)),
        SendError(None, TIMEOUT),
        SendError(None, BROKEN),
    ],
)
def test_not_knowing_whether_it_got_through_an_important_one_is_tried_once_more_after_30_seconds(
    error: SendError,
) -> None:
    found = verdict_of(delivery(), error)
    assert found.verdict == Postponed(30.0, Reason.NO_ANSWER, is_unsure=True)
    assert found.pause is None
    assert verdict_of(delivery(begun=True), error).verdict == Finished(Outcome.UNCERTAIN, Reason.NO_ANSWER)
    assert verdict_of(delivery(twice=False), error).verdict == Finished(Outcome.UNCERTAIN, Reason.NO_ANSWER)


@pytest.mark.parametrize("error", [SendError(None, UNREACHABLE), SendError(None, NO_TOKEN), SendError(401, "refused")])
def test_while_teams_is_away_nothing_is_used_up(error: SendError) -> None:
    found = verdict_of(delivery(), error)
    assert found.verdict == Postponed(5.0, Reason.AWAY, is_free=True)
    assert found.pause == 5.0


def test_a_crowded_conversation_is_tried_again_a_little_later() -> None:
    assert verdict_of(delivery(), SendError(412, "refused")).verdict == Postponed(2.0, Reason.THROTTLED)


@pytest.mark.parametrize("error", [SendError(400, "refused"), SendError(413, "refused"), ForbiddenHostError()])
def test_what_is_refused_for_good_is_not_tried_again(error: SendError) -> None:
    assert verdict_of(delivery(), error).verdict == Finished(Outcome.FAILED, Reason.REFUSED)


@pytest.mark.parametrize(
    ("status", "reason"), [(403, Reason.BLOCKED), (404, Reason.NOT_FOUND), (400, None), (429, None), (None, None)]
)
def test_only_a_conversation_that_is_gone_is_given_up(status: int | None, reason: Reason | None) -> None:
    assert gone(SendError(status, "refused")) is reason
