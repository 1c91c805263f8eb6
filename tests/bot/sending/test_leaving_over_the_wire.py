"""Somebody leaves while the service runs: they keep no reminder and no right, and the office reads what was theirs."""

from __future__ import annotations

from bot.settings import Settings
from bot.wiring import directory_of
from portfolio.directory import DirectoryChanges, DirectoryEntry
from portfolio.identity import BY_ITSELF
from portfolio.reminders.kinds import Outcome
from tests.bot.sending.test_reminders_over_the_wire import (
    FRIDAY,
    all_is_sent,
    bench,
    clock,
    report_of,
    told,
    turned_away,
)
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import words_on
from tests.kit.teams import FakeTeams
from tests.kit.wire import InTeams, met
from tests.world.people import IDA, MAJA, OLE

__all__ = ["bench", "clock"]


async def leaves(bench: Bench) -> None:
    """Maja leaves; the others are as they were."""
    entries = [
        DirectoryEntry(entra_id=one.entra_id, email=one.email, name=one.name, is_active=one is not MAJA)
        for one in (MAJA, OLE, IDA)
    ]
    changes = DirectoryChanges(tuple(entries), is_full=False)
    directory = directory_of(bench.service.database, bench.service.settings)
    await directory.apply(changes, BY_ITSELF, FRIDAY, tells_office=True)


async def test_who_left_is_not_reminded_of_what_was_planned_and_the_office_reads_what_they_had(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    run = await turned_away(bench, "maja")
    await leaves(bench)
    await all_is_sent(bench)
    assert told(bench, "maja") == []
    assert (await report_of(bench, run)).counts == {Outcome.SENT: 2, Outcome.LEFT: 1}
    (card,) = [words for words in told(bench, "ida") if "står stadig på noget" in words]
    assert "P001 Skærmbesøg i hjemmeplejen" in card
    assert "overdrag P001 til" in card


async def test_who_left_is_a_member_whom_nobody_imported_at_the_next_message(
    bench: Bench, production: Settings, teams: FakeTeams
) -> None:
    """On every replica, also on one that has just heard from them."""
    await met(bench, "maja")
    teams.roster["29:maja"] = {"id": "29:maja", "userRole": "user", "userPrincipalName": MAJA.address}
    async with open_bench(production, teams, bench.clock) as other:
        await leaves(bench)
        for replica in (bench, other):
            await InTeams(replica).say("mine projekter")
            assert "Du står ikke på listen over personer" in words_on(teams.sent[-1].card)
