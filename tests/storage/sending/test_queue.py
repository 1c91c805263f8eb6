"""What is stored of messages on their way, whoever sends them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from portfolio.deliveries import Claims, Delivery, Finished, Postponed, Purpose, Reason, Said, Settlement, Stage, Via
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Considered, Kind, Outcome, Recipient, Reminder, StatusDue
from storage.database import Database
from storage.sending.store import SqlDeliveryStore
from storage.sending.tables import deliveries, sending
from tests.world.people import METTE, SOREN, VAGN

NOW = datetime(2026, 9, 25, 6, 30, tzinfo=UTC)
TODAY = NOW.date()

FAST = 10_000.0


def reminder(who: str, subject: str = "P001", kind: Kind = Kind.STATUS_OVERDUE, minutes: int = 0) -> Reminder:
    due_at = NOW - timedelta(minutes=30 - minutes)
    expires_at = NOW + timedelta(days=3)
    return Reminder(kind, subject, Recipient(who), "2026-09-25+0", due_at, expires_at, NOW, StatusDue(subject))


def message(who: str, *subjects: str, slot: str = "2026-09-25", minutes: int = 0) -> Message:
    return Message(Recipient(who), slot, tuple(reminder(who, one, minutes=minutes) for one in subjects or ("P001",)))


def plan(*messages: Message, **more: object) -> Plan:
    return Plan(NOW, messages, **more)  # type: ignore[arg-type]


def sent(*claims: Delivery) -> list[Settlement]:
    return [Settlement(one, Finished(Outcome.SENT), got_through=True) for one in claims]


async def claim(store: SqlDeliveryStore, free: int = 32, settled: list[Settlement] | None = None) -> Claims:
    return await store.exchange(settled or [], free, NOW, FAST)


async def time_passes(database: Database, seconds: float = 60.0) -> None:
    """Brings the sending on: what is to come at a moment comes so much sooner."""
    earlier = timedelta(seconds=seconds)
    async with database.transaction() as connection:
        rows = (await connection.execute(deliveries.select())).mappings().all()
        for row in rows:
            of_one = update(deliveries).where(deliveries.c.id == row["id"])
            await connection.execute(of_one.values(next_at=max(row["next_at"], NOW) - earlier))
        for row in (await connection.execute(sending.select())).mappings().all():
            until = row["paused_until"]
            await connection.execute(update(sending).values(paused_until=until and until - earlier))


async def test_planned_twice_each_reminder_is_stored_once(database: Database) -> None:
    store = SqlDeliveryStore(database)
    first = await store.store(plan(message(SOREN.id), message(METTE.id)), None)
    again = await store.store(plan(message(SOREN.id), message(METTE.id), message(VAGN.id)), None)
    assert (first and first.messages, again and again.messages) == (2, 1)


async def test_two_processes_that_plan_at_once_store_each_reminder_once(database: Database) -> None:
    store = SqlDeliveryStore(database)
    whole = plan(*(message(f"{at}@birkefjord.example") for at in range(50)), skipped={Outcome.ANSWERED: 7})
    runs = await asyncio.gather(*(store.store(whole, None) for _ in range(4)))
    assert sum(run.messages for run in runs if run) == 50
    reports = [await store.report(run.id) for run in runs if run]
    assert sum(report.counts.get(Outcome.ANSWERED, 0) for report in reports if report) == 7


async def test_somebody_with_todays_message_gets_no_second_one(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id)), None)
    assert await store.store(plan(message(SOREN.id, "P002")), NOW) is None
    memory = await store.memory(NOW, TODAY)
    assert Recipient(SOREN.id) in memory.has_todays_message
    assert {key.subject for key in memory.already_planned} == {"P001"}
    assert memory.since == NOW


async def test_a_reminder_that_another_message_carries_is_left_out_of_the_next(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id, "P001", slot="2026-09-24")), None)
    await store.store(plan(message(SOREN.id, "P001", "P002")), NOW)
    claims = await claim(store)
    assert [[key.subject for key in one.keys] for one in claims.deliveries] == [["P001"]]
    await claim(store, settled=sent(*claims.deliveries))
    await time_passes(database)
    claims = await claim(store)
    assert [[key.subject for key in one.keys] for one in claims.deliveries] == [["P002"]]


async def test_messages_are_claimed_in_the_order_in_which_they_fell_due(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(
        plan(message(VAGN.id, minutes=9), message(METTE.id, minutes=3), message(SOREN.id, minutes=6)), None
    )
    first, rest = await claim(store, 2), await claim(store)
    assert [one.recipient.id for one in (*first.deliveries, *rest.deliveries)] == [METTE.id, SOREN.id, VAGN.id]


async def test_no_two_processes_claim_the_same(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(*(message(f"{at}@birkefjord.example") for at in range(60))), None)
    claims = await asyncio.gather(*(claim(store, 20) for _ in range(4)))
    ids = [one.id for some in claims for one in some.deliveries]
    assert len(ids) == len(set(ids)) == 60


async def test_places_in_the_pace_follow_one_another_over_all_processes(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(*(message(f"{at}@birkefjord.example") for at in range(40))), None)
    first, second = [await store.exchange([], 20, NOW, 40.0) for _ in range(2)]
    assert first.spacing == 1 / 40
    assert first.starts_in < 0.1
    assert 0.3 < second.starts_in <= 0.5  # behind the twenty of the first


async def test_two_messages_to_one_person_are_not_sent_at_once(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id), message(SOREN.id, "P002", slot="2026-09-25!P002", minutes=1)), None)
    (first,) = (await claim(store)).deliveries
    assert (await claim(store)).deliveries == ()
    assert (await claim(store, settled=sent(first))).deliveries == ()
    await time_passes(database, 2)
    (second,) = (await claim(store)).deliveries
    assert second.keys[0].subject == "P002"


async def test_what_a_dead_process_had_claimed_is_claimed_again_and_known_to_be_unanswered_once_it_was_begun(
    database: Database,
) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id)), None)
    (first,) = (await claim(store)).deliveries
    assert (await claim(store)).deliveries == ()
    await time_passes(database)
    (again,) = (await claim(store)).deliveries
    assert (again.attempts, again.unanswered) == (0, 0)
    assert await store.begin(again)
    await time_passes(database)
    (last,) = (await claim(store)).deliveries
    assert (last.attempts, last.unanswered) == (1, 1)
    assert not await store.begin(again)
    assert not await store.begin(first)


async def test_a_process_that_lost_its_lease_settles_nothing(database: Database) -> None:
    store = SqlDeliveryStore(database)
    run = await store.store(plan(message(SOREN.id)), None)
    assert run
    (first,) = (await claim(store)).deliveries
    await time_passes(database)
    (again,) = (await claim(store)).deliveries
    await claim(store, settled=[Settlement(first, Finished(Outcome.FAILED))])
    assert await store.open_runs() == [run.id]
    await claim(store, settled=sent(again))
    report = await store.report(run.id)
    assert report
    assert report.counts == {Outcome.SENT: 1}


async def test_reminders_dropped_at_the_last_look_keep_their_own_outcome(database: Database) -> None:
    store = SqlDeliveryStore(database)
    run = await store.store(plan(message(SOREN.id, "P001", "P002"), skipped={Outcome.GRACE: 3}), None)
    assert run
    (one,) = (await claim(store)).deliveries
    dropped = {key: Outcome.ANSWERED for key in one.keys if key.subject == "P002"}
    await claim(store, settled=[Settlement(one, Finished(Outcome.SENT), dropped)])
    report = await store.report(run.id)
    assert report
    assert report.counts == {Outcome.SENT: 1, Outcome.ANSWERED: 1, Outcome.GRACE: 3}
    assert (report.due, report.messages) == (5, 1)


async def test_a_try_that_does_not_count_is_given_back(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id)), None)
    (one,) = (await claim(store)).deliveries
    again_at_once = Settlement(one, Postponed(0.0, Reason.AWAY, is_free=True))
    (again,) = (await claim(store, settled=[again_at_once])).deliveries
    assert (again.attempts, again.unanswered) == (0, 0)
    assert await store.begin(again)
    await claim(store, settled=[Settlement(again, Postponed(30, Reason.NO_ANSWER, is_unsure=True, via=Via.MAIL))])
    assert (await claim(store)).deliveries == ()
    await time_passes(database)
    (last,) = (await claim(store)).deliveries
    assert (last.attempts, last.unanswered, last.via) == (1, 1, Via.MAIL)


async def test_asked_to_wait_nobody_sends_and_then_one_at_a_time_until_something_gets_through(
    database: Database,
) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(*(message(f"{at}@birkefjord.example") for at in range(5))), None)
    (one,) = (await claim(store, 1)).deliveries
    refused = Settlement(one, Postponed(30, Reason.THROTTLED, is_free=True), pause=30.0)
    claims = await claim(store, settled=[refused])
    assert claims.deliveries == ()
    assert claims.idle > 0.5
    await time_passes(database, 31)
    (probe,) = (await claim(store)).deliveries
    assert (await claim(store)).deliveries == ()
    claims = await claim(store, settled=sent(probe))
    assert len(claims.deliveries) == 4


async def test_a_large_run_waits_for_the_office_and_is_decided_once(database: Database) -> None:
    store = SqlDeliveryStore(database, rate=40)
    run = await store.store(plan(*(message(f"{at}@birkefjord.example") for at in range(80))), None, is_held=True)
    assert run
    assert run.is_held
    assert (await claim(store)).deliveries == ()
    (held,) = await store.held()
    assert (held.run, held.messages, held.reminders, held.seconds) == (run.id, 80, 80, 2.0)
    done = await asyncio.gather(*(store.release(run.id, who, NOW) for who in (METTE.id, VAGN.id)))
    assert sorted(done) == [0, 80]
    assert await store.held(run.id) == []
    assert len((await claim(store)).deliveries) == 32


async def test_those_who_decide_on_a_large_run_see_what_is_in_it_as_not_yet_told(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id)), None)
    await store.store(plan(message(METTE.id), message(VAGN.id)), NOW, is_held=True)
    everything, sure = await store.memory(NOW, TODAY), await store.memory(NOW, TODAY, with_held=False)
    assert {key.recipient.id for key in everything.already_planned} == {SOREN.id, METTE.id, VAGN.id}
    assert (
        {key.recipient.id for key in sure.already_planned} == {one.id for one in sure.has_todays_message} == {SOREN.id}
    )


async def test_a_run_that_the_office_says_no_to_is_never_sent(database: Database) -> None:
    store = SqlDeliveryStore(database)
    run = await store.store(plan(message(SOREN.id)), None, is_held=True)
    assert run
    assert await store.discard(run.id, METTE.id, NOW) == 1
    assert (await claim(store)).deliveries == ()
    assert await store.finished_runs() == [run.id]
    report = await store.report(run.id)
    assert report
    assert (report.counts, report.decided_by) == ({Outcome.STOPPED: 1}, METTE.id)
    assert await store.store(plan(message(SOREN.id)), NOW) is None


async def test_a_run_is_finished_when_its_last_message_is_and_reported_once(database: Database) -> None:
    store = SqlDeliveryStore(database)
    left = Considered(reminder(VAGN.id), Outcome.LEFT)
    run = await store.store(plan(message(SOREN.id), skipped={Outcome.LEFT: 1}, problems=(left,)), None)
    assert run
    assert await store.finished_runs() == []
    (one,) = (await claim(store)).deliveries
    await claim(store, settled=[Settlement(one, Finished(Outcome.UNREACHABLE, Reason.BLOCKED))])
    assert await store.finished_runs() == [run.id]
    for _ in range(2):
        await store.announce(Purpose.RUN_REPORT, run.id, [METTE.id], NOW)
    await store.reported(run.id, NOW)
    assert await store.finished_runs() == []
    report = await store.report(run.id)
    assert report
    assert {(one.outcome, one.who, one.reason) for one in report.missed} == {
        (Outcome.UNREACHABLE, SOREN.id, Reason.BLOCKED),
        (Outcome.LEFT, VAGN.id, None),
    }
    (told,) = (await claim(store)).deliveries
    assert (told.purpose, told.recipient.id, told.run, told.keys) == (Purpose.RUN_REPORT, METTE.id, run.id, ())


async def test_operator_sees_how_the_sending_stands_and_why_somebody_got_nothing(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id), message(METTE.id)), None)
    queue = await store.queue(NOW)
    assert (queue.due, queue.held, queue.ran_at) == (2, 0, NOW)
    assert queue.oldest_due_at == NOW - timedelta(minutes=30)
    one, other = (await claim(store)).deliveries
    await claim(store, settled=[*sent(one), Settlement(other, Finished(Outcome.UNREACHABLE, Reason.NO_CHAT))])
    queue = await store.queue(NOW + timedelta(hours=1))
    assert (queue.due, queue.done) == (0, {Outcome.SENT: 1, Outcome.UNREACHABLE: 1})
    (trace,) = await store.traces(other.recipient.id, NOW - timedelta(days=1))
    assert (trace.stage, trace.outcome, trace.reason) == (Stage.DONE, Outcome.UNREACHABLE, Reason.NO_CHAT)
    assert (trace.planned_at, trace.settled_at) == (NOW, NOW)


async def test_process_that_begins_frees_what_was_leased_before_and_not_what_it_says_itself(database: Database) -> None:
    store, begun = SqlDeliveryStore(database), datetime.now(UTC)
    said = await store.say(Said(Recipient(SOREN.id), "Status er meldt"), NOW, at_once=True)
    await store.free_leases(begun)
    assert (await claim(store)).deliveries == ()
    await store.free_leases(begun + timedelta(minutes=1))
    (again,) = (await claim(store)).deliveries
    assert (again.id, again.said, again.unanswered) == (said.id, said.said, 1)


async def test_what_was_said_goes_before_all_reminders_and_its_words_go_once_it_is_sent(database: Database) -> None:
    store = SqlDeliveryStore(database)
    await store.store(plan(message(SOREN.id)), None)
    await store.say(Said(Recipient(METTE.id), "Du leder nu Digital post"), NOW)
    (first,) = (await claim(store, free=1)).deliveries
    assert first.recipient.id == METTE.id
    await claim(store, free=0, settled=sent(first))
    words = select(deliveries.c.said).where(deliveries.c.id == first.id)
    assert (await database.execute(words)).scalar() is None


async def test_where_something_does_not_get_through_something_else_is_said(database: Database) -> None:
    store = SqlDeliveryStore(database)
    otherwise = Said(Recipient(METTE.id), "Søren fik ikke besked")
    for _ in range(2):
        await store.say(Said(Recipient(SOREN.id), "Du leder nu Digital post", otherwise=otherwise), NOW)
    (first,) = (await claim(store)).deliveries
    await claim(store, settled=sent(first))
    await time_passes(database)
    (second,) = (await claim(store)).deliveries
    claims = await claim(store, settled=[Settlement(second, Finished(Outcome.UNREACHABLE, Reason.BLOCKED))])
    assert [one.said for one in claims.deliveries] == [otherwise]
