"""Where people can be reached is known by who they are, and costs a turn nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from bot.settings import Settings
from bot.teams.addresses import References
from dialogs.turn.reply import Reply
from portfolio.conversations import ConversationKind, ConversationReference, without_thread
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.meetings.channels import SqlChannelStore
from tests.kit.bench import Bench, open_speaking
from tests.kit.fakes import Speaker
from tests.kit.teams import CHANNEL, GROUP, TENANT, FakeTeams
from tests.world.people import MAJA, OLE

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
ASKED = ConversationReference(TENANT, "a:maja", ConversationKind.PERSONAL, "https://smba.example/", "28:bot", NOW)


def _store(bench: Bench) -> SqlConversationStore:
    return SqlConversationStore(bench.service.database)


async def test_lead_who_wrote_can_be_reached(bench: Bench) -> None:
    await bench.post(bench.teams.message("hej"))
    (reference,) = await _store(bench).references_of(MAJA.id)
    assert (reference.conversation, reference.kind) == ("a:maja", ConversationKind.PERSONAL)


async def test_person_found_in_the_roster_can_be_reached(bench: Bench) -> None:
    bench.teams.join({"id": "a:ole"}, "ole")
    await bench.post(bench.teams.message("hej", "ole"))
    assert [found.conversation for found in await _store(bench).references_of(OLE.id)] == ["a:ole"]
    assert bench.teams.roster_calls == 1


async def test_person_in_local_mode_is_reached_and_no_account_becomes_theirs(local_bench: Bench) -> None:
    whose = {"from": {"id": "29:ole", "name": "Ole", "aadObjectId": OLE.id}}
    await local_bench.post(local_bench.teams.message("hej", "ole", **whose))
    assert len(await _store(local_bench).references_of(OLE.id)) == 1
    person = await local_bench.service.portfolio.people.person(OLE.id)
    assert person is not None
    assert person.entra_id is None


async def test_person_who_pressed_a_button_can_be_reached(bench: Bench) -> None:
    await bench.answer(bench.teams.press({"verb": "open", "data": {"project": "P001"}}))
    assert len(await _store(bench).references_of(MAJA.id)) == 1


async def test_person_who_installed_the_app_can_be_reached(bench: Bench) -> None:
    await bench.post(bench.teams.activity("installationUpdate", action="add"))
    assert len(await _store(bench).references_of(MAJA.id)) == 1


@pytest.mark.parametrize("where", [GROUP, CHANNEL])
async def test_group_is_no_way_to_reach_one_person(bench: Bench, where: dict[str, object]) -> None:
    await bench.post(bench.teams.message("hej", where=where))
    assert await _store(bench).references_of(MAJA.id) == []
    found = await _store(bench).reference(str(where["id"]))
    assert found is not None
    assert (found.person, found.entra_id, found.locale) == (None, None, None)


async def test_member_whom_nobody_imported_is_kept_without_a_name(bench: Bench) -> None:
    bench.teams.join({"id": "a:ida"}, "ida")
    await bench.post(bench.teams.message("hej", "ida"))
    found = await _store(bench).reference("a:ida")
    assert found is not None
    assert found.person is None


@pytest.mark.parametrize(("kind", "about"), [("message", {"text": "hej"}), ("installationUpdate", {"action": "add"})])
async def test_nothing_is_kept_of_a_guest(bench: Bench, kind: str, about: dict[str, str]) -> None:
    bench.teams.roster["29:ida"] = {"userRole": "guest"}
    await bench.post(bench.teams.activity(kind, "ida", **about))
    assert await _store(bench).reference("a:ida") is None


async def test_two_people_in_two_languages_cost_a_group_one_write(bench: Bench) -> None:
    bench.teams.join(GROUP, "ole")
    with _statements() as said:
        for sender, locale in (("maja", "da-DK"), ("ole", "en-GB"), ("maja", "da-DK")):
            await bench.post(bench.teams.message("hej", sender, GROUP, locale=locale))
    assert len([statement for statement in said if "INTO conversations" in statement]) == 1


async def test_steady_turn_writes_no_reference_and_asks_no_roster(bench: Bench) -> None:
    """Several, as what the service reads on its own may fall within one of them."""
    asked = []
    for _ in range(5):
        with _statements() as said:
            await bench.post(bench.teams.message("klima"))
        assert said
        asked.append([one for one in said if "conversations" in one])
    assert [] in asked[1:]
    assert bench.teams.roster_calls == 0


async def test_reference_that_was_removed_is_written_again_when_the_person_writes(sqlite_database: Database) -> None:
    store = SqlConversationStore(sqlite_database)
    references = References(store)
    await references.heard_from(ASKED)
    await references.remove(ASKED)
    assert await references.of_conversation("a:maja") is None
    await references.heard_from(ASKED)
    assert await references.of_conversation("a:maja") == ASKED


async def test_channel_is_forgotten_with_its_team_until_somebody_writes_there_again(bench: Bench) -> None:
    """The app was installed in one channel of the team, and removed from another."""
    elsewhere = CHANNEL | {"id": "19:general@thread.tacv2"}
    channels, channel = SqlChannelStore(bench.service.database), without_thread(str(CHANNEL["id"]))
    await bench.post(bench.teams.message("hej"))
    await bench.post(bench.teams.message("hej", where=CHANNEL))
    reference = await _store(bench).reference(channel)
    assert reference
    await channels.bind("Project Board", reference, MAJA.id, NOW)

    await bench.post(bench.teams.activity("installationUpdate", where=elsewhere, action="remove"))
    assert await channels.channel("Project Board") is None
    assert await _store(bench).reference(str(CHANNEL["id"])) is None
    assert len(await _store(bench).references_of(MAJA.id)) == 1

    await bench.post(bench.teams.activity("installationUpdate", where=elsewhere, action="add"))
    assert await channels.channel("Project Board") is None
    await bench.post(bench.teams.message("hej", where=CHANNEL))
    bound = await channels.channel("Project Board")
    assert bound
    assert bound.reference.conversation == channel


async def test_channel_is_kept_while_the_app_is_replaced_by_a_newer_one(bench: Bench) -> None:
    elsewhere = CHANNEL | {"id": "19:general@thread.tacv2"}
    await bench.post(bench.teams.message("hej", where=CHANNEL))
    for action in ("remove-upgrade", "add-upgrade"):
        await bench.post(bench.teams.activity("installationUpdate", where=elsewhere, action=action))
    assert await _store(bench).reference(str(CHANNEL["id"]))


async def test_reference_is_written_again_after_a_day(sqlite_database: Database) -> None:
    references = References(SqlConversationStore(sqlite_database))
    for hours in (0, 3, 25):
        heard = ConversationReference(
            TENANT, "a:maja", ConversationKind.PERSONAL, "https://smba.example/", "28:bot", NOW + timedelta(hours=hours)
        )
        await references.heard_from(heard)
    found = await references.of_conversation("a:maja")
    assert found is not None
    assert found.seen_at == NOW + timedelta(hours=25)


@pytest.mark.parametrize("where", [None, GROUP, CHANNEL])
async def test_assistant_is_told_which_conversation_it_is(
    local_settings: Settings, teams: FakeTeams, where: dict[str, object] | None
) -> None:
    speaker = Speaker(Reply(None, "Hej."))
    async with open_speaking(speaker, local_settings, teams) as bench:
        await bench.post(teams.message("hej", where=where))
        await bench.answer(teams.press({"verb": "open", "data": {}}, where=where))
    assert [turn.conversation for _, turn in speaker.asked] == [str(where["id"]) if where else "a:maja"] * 2


@contextmanager
def _statements() -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", heard)
    yield said
    event.remove(Engine, "before_cursor_execute", heard)
