"""Who is asking, and who may not."""

from __future__ import annotations

import asyncio

import pytest

from tests.kit.bench import Bench
from tests.kit.teams import TENANT
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
    linked = await bench.service.portfolio.people.person_by_entra_id("entra-ole")
    assert linked is not None
    assert linked.id == OLE_KRAG.id


async def test_name_of_a_person_who_has_another_account_gives_nobody(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER | {"userPrincipalName": "maja.holm@kommune.example"}
    assert await bench.post(bench.teams.message("hej", **_of(OLE))) == 200
    assert await bench.service.portfolio.people.person_by_entra_id("entra-ole") is None


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
    assert await bench.service.portfolio.people.person_by_entra_id("entra-ole") is None


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
    people = bench.service.portfolio.people
    assert sum([await people.person_by_entra_id(account) is not None for account in accounts]) == 1


async def test_roster_that_can_not_be_asked_lets_nobody_in_unseen(bench: Bench) -> None:
    bench.teams.roster_status = 500
    status, body = await bench.answer(bench.teams.press({"verb": "open", "data": {"project": "P001"}}, **_of(OLE)))
    assert status == 200
    assert "Skærmbesøg" not in str(body)
    assert "giv nummeret" in body["value"]


async def test_person_of_another_tenant_is_a_guest_whatever_their_email(bench: Bench) -> None:
    bench.teams.roster["29:ole"] = MEMBER | {"tenantId": "99999999-9999-4999-8999-999999999999"}
    assert await bench.post(bench.teams.message("klima", **_of(OLE))) == 403
    assert await bench.service.portfolio.people.person_by_entra_id("entra-ole") is None


async def test_person_whose_account_the_message_leaves_out_is_found_by_the_rosters(bench: Bench) -> None:
    bench.teams.roster["29:x"] = {"id": "29:x", "aadObjectId": "entra-maja", "tenantId": TENANT.upper()}
    await bench.post(bench.teams.message("mine projekter", **_of({"id": "29:x", "name": "Maja"})))
    assert "Skærmbesøg" in str(bench.teams.sent[-1].card)
