"""Who is asking, and who may not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.clock import real_clock
from bot.door.guard import Guard
from bot.teams.codec import decode
from bot.teams.messenger import Messenger
from bot.teams.principals import OutsiderError, Principals
from portfolio.audit import Action
from portfolio.identity import OUTSIDER
from portfolio.organisation import Person, Role, Standing
from storage.accounts import SqlAccountStore
from storage.audit import audit
from storage.conversations import SqlConversationStore
from storage.organisation import people
from tests.kit.bench import Bench
from tests.kit.teams import TENANT
from tests.world.people import MAJA
from tests.world.people import OLE as OLE_KRAG

OLE = {"id": "29:ole", "name": "Ole", "aadObjectId": "entra-ole"}
MEMBER = {"id": "29:ole", "email": "maja.holm@kommune.example", "userPrincipalName": "Ole.Krag@kommune.example"}


def _of(sender: dict[str, str]) -> dict[str, object]:
    return {"from": sender}


async def test_person_known_by_entra_id_is_not_looked_up_in_the_roster(bench: Bench) -> None:
    await bench.post(bench.teams.message("hej"))
    assert bench.teams.roster_calls == 0


async def test_person_is_found_by_the_name_at_sign_in_that_the_roster_gives_and_then_known(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER
    await bench.post(bench.teams.message("hej", **_of(OLE)))
    await bench.post(bench.teams.message("hej igen", **_of(OLE)))
    assert bench.teams.roster_calls == 1
    linked = await SqlAccountStore(bench.service.database).person_by_entra_id("entra-ole")
    assert linked is not None
    assert linked.id == OLE_KRAG.id


async def test_name_of_a_person_who_has_another_account_gives_nobody(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER | {"userPrincipalName": "maja.holm@kommune.example"}
    assert await bench.post(bench.teams.message("hej", **_of(OLE))) == 200
    assert await SqlAccountStore(bench.service.database).person_by_entra_id("entra-ole") is None


async def test_member_whom_nobody_imported_is_answered(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = {"id": "29:ole", "email": "ny@kommune.example", "userRole": "user"}
    assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 200
    assert len(bench.teams.sent) == 1


@pytest.mark.parametrize(
    "member",
    [
        {"userRole": "guest", "email": "gaest@firma.example"},
        {"userRole": "anonymous"},
        {"userPrincipalName": "gaest_firma.example#EXT#@kommune.example"},
    ],
)
async def test_guest_without_a_role_is_refused_and_told_why(bench: Bench, member: dict[str, str]) -> None:
    bench.teams.roster["29:ole"] = member
    assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 403
    (sent,) = bench.teams.sent
    assert "kun for organisationens egne medarbejdere" in str(sent.card)
    assert "Varmestyring" not in str(sent.card)


async def test_guests_button_is_refused(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = {"userRole": "guest"}
    status, body = await bench.answer(bench.teams.press({"verb": "open", "data": {"project": "P001"}}, **_of(OLE)))
    assert (status, body["statusCode"]) == (200, 403)
    assert "Skærmbesøg" not in str(body)


@pytest.mark.parametrize(
    "seen",
    [
        {"userRole": "guest"},
        {"userRole": "Anonymous"},
        {"userPrincipalName": "ole.krag_firma.example#EXT#@kommune.example"},
        {"tenantId": "99999999-9999-4999-8999-999999999999"},
        {"aadObjectId": "entra-another"},
    ],
)
async def test_nobody_from_outside_becomes_the_person_whose_name_they_have(bench: Bench, seen: dict[str, str]) -> None:
    bench.teams.roster["29:ole"] = MEMBER | seen
    assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 403
    assert "Varmestyring" not in str(bench.teams.sent)
    person = await bench.service.portfolio.people.person(OLE_KRAG.id)
    assert person is not None
    assert person.entra_id is None


async def test_mail_that_the_roster_gives_proves_nobody(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER | {"email": OLE_KRAG.address, "userPrincipalName": "x@kommune.example"}
    assert await bench.post(bench.teams.message("hej", **_of(OLE))) == 200
    assert await SqlAccountStore(bench.service.database).person_by_entra_id("entra-ole") is None


@pytest.mark.parametrize("status", [403, 404])
async def test_person_whom_the_roster_does_not_know_is_refused(bench: Bench, status: int) -> None:
    bench.teams.roster_status = status
    assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 403
    assert "Varmestyring" not in str(bench.teams.sent)


async def test_email_alone_proves_nobody(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER | {"email": "maja.holm@kommune.example"}
    assert await bench.post(bench.teams.message("mine projekter", **_of({"id": "29:ole", "name": "Ole"}))) == 403


async def test_of_several_accounts_with_one_name_one_is_the_person(bench: Bench) -> None:
    accounts = [f"ole-{at}" for at in range(5)]
    for account in accounts:
        bench.teams.roster[f"29:{account}"] = MEMBER | {"id": f"29:{account}"}
    senders = [{"id": f"29:{account}", "name": "Ole", "aadObjectId": account} for account in accounts]
    await asyncio.gather(*(bench.post(bench.teams.message("hej", **_of(sender))) for sender in senders))
    store = SqlAccountStore(bench.service.database)
    assert sum([await store.person_by_entra_id(account) is not None for account in accounts]) == 1


async def test_roster_that_can_not_be_asked_lets_nobody_in_unseen(bench: Bench) -> None:
    bench.teams.roster_status = 500
    status, body = await bench.answer(bench.teams.press({"verb": "open", "data": {"project": "P001"}}, **_of(OLE)))
    assert status == 200
    assert "Skærmbesøg" not in str(body)
    assert "giv nummeret" in body["value"]


async def test_person_of_another_tenant_is_a_guest_whatever_their_email(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER | {"tenantId": "99999999-9999-4999-8999-999999999999"}
    assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 403
    assert await SqlAccountStore(bench.service.database).person_by_entra_id("entra-ole") is None


async def test_person_whose_account_the_message_leaves_out_is_found_by_the_rosters(bench: Bench) -> None:
    bench.teams.roster["29:x"] = {"id": "29:x", "aadObjectId": "entra-maja", "tenantId": TENANT.upper()}
    await bench.post(bench.teams.message("mine projekter", **_of({"id": "29:x", "name": "Maja"})))
    assert "Skærmbesøg" in str(bench.teams.sent[-1].card)


# --- what is written down, and what holds from the next message ---


async def _noted(bench: Bench) -> list[tuple[str, dict[str, str]]]:
    noted = select(audit.c.by, audit.c.detail).where(audit.c.action == Action.OUTSIDER_REFUSED).order_by(audit.c.number)
    return [(row.by, row.detail) for row in await bench.service.database.execute(noted)]


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ({"userRole": "guest"}, "guest"),
        ({"userRole": "anonymous"}, "guest"),
        ({"tenantId": "99999999-9999-4999-8999-999999999999"}, "foreign_tenant"),
        ({"aadObjectId": "entra-another"}, "other_account"),
        ({}, "not_in_roster"),
    ],
)
async def test_audit_log_says_who_was_refused_and_why(bench: Bench, member: dict[str, str], reason: str) -> None:
    bench.teams.roster["29:ole"] = MEMBER | member if member else {}
    for _ in range(3):
        assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 403
    ((by, detail),) = await _noted(bench)
    assert (by, detail["reason"], detail.keys()) == (OUTSIDER, reason, {"reason", "account"})
    assert "ole" not in str(detail)


async def test_roster_that_is_silent_is_written_down_too(bench: Bench) -> None:
    bench.teams.roster_status = 500
    await bench.post(bench.teams.message("klima", **_of(OLE)))
    assert "roster_silent" in {detail["reason"] for _, detail in await _noted(bench)}


@pytest.mark.parametrize(
    "about", [{"userRole": "guest"}, {"tenantId": "99999999-9999-4999-8999-999999999999"}], ids=["guest", "foreign"]
)
async def test_account_that_is_known_is_refused_where_it_is_no_more_ours(bench: Bench, about: dict[str, str]) -> None:
    sender = {"id": "29:maja", "name": "Maja", "aadObjectId": "entra-maja", **about}
    assert await bench.post(bench.teams.message("mine projekter", **{"from": sender})) == 403
    assert "Skærmbesøg" not in str(bench.teams.sent)
    assert len(await _noted(bench)) == 1


async def _now(bench: Bench, **changes: object) -> None:
    async with bench.service.database.transaction() as connection:
        await connection.execute(update(people).where(people.c.id == MAJA.id).values(**changes))


async def test_change_of_role_holds_from_the_next_message(bench: Bench) -> None:
    stop = "stop alle påmindelser"
    await bench.post(bench.teams.message(stop))
    assert "kontor" in str(bench.teams.sent[-1].activity)
    await _now(bench, roles=(Role.SECRETARY,))
    await bench.post(bench.teams.message(stop))
    assert "Ja" in str(bench.teams.sent[-1].card)
    await _now(bench, roles=())
    await bench.post(bench.teams.message(stop))
    assert "Ja" not in str(bench.teams.sent[-1].card)


async def test_who_left_is_a_member_nobody_knows_from_the_next_message(bench: Bench) -> None:
    await bench.post(bench.teams.message("mine projekter"))
    assert "Skærmbesøg" in str(bench.teams.sent[-1].card)
    await _now(bench, standing=Standing.LEFT)
    await bench.post(bench.teams.message("mine projekter"))
    assert "Skærmbesøg" not in str(bench.teams.sent[-1].card)
    assert await SqlConversationStore(bench.service.database).references_of(MAJA.id) == []


async def test_nobody_becomes_anybody_by_being_mentioned(bench: Bench) -> None:
    mention = {"type": "mention", "text": "<at>Ole</at>", "mentioned": {"id": "29:ole", "name": "Ole"}}
    bench.teams.roster["29:ole"] = MEMBER | {"aadObjectId": "entra-ole"}
    await bench.post(bench.teams.message("projekter ledet af <at>Ole</at>", entities=[mention]))
    assert "Ole Krag" in str(bench.teams.sent[-1].card)
    assert await SqlAccountStore(bench.service.database).person_by_entra_id("entra-ole") is None


def _principals(bench: Bench, **options: Any) -> Principals:
    messenger = Messenger(bench.client, None, Guard.of(bench.service.settings).hosts)
    accounts, log = SqlAccountStore(bench.service.database), bench.service.portfolio.stores.audit
    return Principals(accounts, messenger, log, real_clock, **options)


async def _are_refused(principals: Principals, bench: Bench, *guests: dict[str, str]) -> None:
    for guest in guests:
        with pytest.raises(OutsiderError):
            await principals.sender(decode(bench.teams.message("hej", **_of(guest | {"userRole": "guest"}))))


async def test_only_the_latest_of_many_guests_are_remembered(bench: Bench) -> None:
    guests = [{"id": f"29:guest-{at}", "aadObjectId": f"guest-{at}"} for at in range(3)]
    await _are_refused(_principals(bench, remembered=2), bench, *guests, guests[2], guests[0])
    first, second, third, again = (detail["account"] for _, detail in await _noted(bench))
    assert len({first, second, third}) == len(guests)
    assert again == first


async def test_each_guest_whose_account_the_message_leaves_out_is_written_down(bench: Bench) -> None:
    guests = [{"id": "29:guest-1"}, {"id": "29:guest-2"}]
    await _are_refused(_principals(bench), bench, *guests, *guests)
    assert len(await _noted(bench)) == len(guests)


async def test_who_is_met_for_the_first_time_is_told_by_mail(bench: Bench) -> None:
    told: list[str] = []

    async def greet(person: Person) -> None:
        told.append(person.name)

    principals = _principals(bench, greet=greet)
    bench.teams.roster["29:ole"] = MEMBER
    for _ in range(2):
        activity = decode(bench.teams.message("hej", **_of(OLE)))
        principal = await principals.sender(activity)
        await asyncio.sleep(0)
    assert (principal.person and principal.person.id, told) == (OLE_KRAG.id, ["Ole Krag"])
