"""What the Connector's answers mean for a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.sending.verdicts import LONGEST_PAUSE, given_up, gone, verdict_of
from bot.teams.messenger import BROKEN, NO_TOKEN, TIMEOUT, UNREACHABLE, ForbiddenHostError, SendError
from portfolio.deliveries import Delivery, Finished, Postponed, Purpose, Reason
from portfolio.reminders.kinds import Outcome, Recipient

NOW = datetime(2026, 9, 25, 6, 30, tzinfo=UTC)
UNCERTAIN = Finished(Outcome.UNCERTAIN, Reason.NO_ANSWER)


def delivery(*, twice: bool = True, attempts: int = 0, unanswered: int = 0) -> Delivery:
    to, until = Recipient("a@b.example"), NOW + timedelta(days=1)
    return Delivery(1, Purpose.REMINDERS, to, 1, NOW, until, twice, (), 1, attempts, unanswered)


@pytest.mark.parametrize(("asked", "waited"), [(30.0, 30.0), (None, 5.0), (0.0, 0.0), (86_400.0, LONGEST_PAUSE)])
def test_throttled_everybody_waits_as_long_as_asked_and_the_try_does_not_count(
    asked: float | None, waited: float
) -> None:
    found = verdict_of(delivery(), SendError(429, "refused", asked))
    assert found.verdict == Postponed(waited, Reason.THROTTLED, is_free=True)
    assert found.pause == waited


UNSURE = [
    *(SendError(status, "refused") for status in (500, 502, 503, 504)),
    SendError(None, TIMEOUT),
    SendError(None, BROKEN),
]


@pytest.mark.parametrize("error", UNSURE)
def test_not_knowing_whether_it_got_through_an_important_one_is_tried_after_longer_and_longer(error: SendError) -> None:
    found = [verdict_of(delivery(attempts=times, unanswered=times), error) for times in range(5)]
    pauses = [one.verdict.seconds for one in found if isinstance(one.verdict, Postponed) and one.verdict.is_unsure]
    assert pauses == [30.0, 60.0, 120.0, 240.0]
    assert found[-1].verdict == UNCERTAIN
    assert [one.pause for one in found] == [None] * 5


@pytest.mark.parametrize("error", UNSURE)
def test_not_knowing_whether_it_got_through_others_are_not_sent_again(error: SendError) -> None:
    assert verdict_of(delivery(twice=False), error).verdict == UNCERTAIN


@pytest.mark.parametrize("error", UNSURE)
def test_what_does_no_harm_twice_is_tried_again_and_leaves_no_doubt(error: SendError) -> None:
    assert verdict_of(delivery(twice=False), error, may_repeat=True).verdict == Postponed(30.0, Reason.NO_ANSWER)


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (delivery(), None),
        (delivery(attempts=4, unanswered=4), None),
        (delivery(attempts=8, unanswered=4), None),
        (delivery(attempts=5, unanswered=5), UNCERTAIN),
        (delivery(attempts=9, unanswered=4), UNCERTAIN),
        (delivery(attempts=5), Finished(Outcome.FAILED, Reason.TOO_MANY_TRIES)),
        (delivery(twice=False), None),
        (delivery(twice=False, attempts=1, unanswered=1), UNCERTAIN),
    ],
)
def test_message_whose_answers_were_lost_with_a_process_is_given_up_in_time(
    found: Delivery, outcome: Finished | None
) -> None:
    assert given_up(found, NOW) == outcome


@pytest.mark.parametrize(("unanswered", "outcome"), [(0, Finished(Outcome.EXPIRED)), (1, UNCERTAIN), (4, UNCERTAIN)])
def test_message_that_expires_is_uncertain_only_if_it_may_have_got_through(unanswered: int, outcome: Finished) -> None:
    assert given_up(delivery(attempts=unanswered, unanswered=unanswered), NOW + timedelta(days=1)) == outcome


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
