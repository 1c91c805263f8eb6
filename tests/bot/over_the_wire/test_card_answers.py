"""What a pressed button gets: always HTTP 200, with what came of it inside; a refusal leaves the card in place."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from storage.audit import audit
from tests.kit.bench import Bench
from tests.kit.cards import answers_on, checked, heading, press_of, words_on
from tests.kit.payloads import payload
from tests.kit.teams import CHANNEL
from tests.kit.wire import VISITS, InTeams, newest
from tests.world.people import MAJA, OLE

CARD, MESSAGE, ERROR = (
    "application/vnd.microsoft.card.adaptive",
    "application/vnd.microsoft.activity.message",
    "application/vnd.microsoft.error",
)


async def denied(bench: Bench) -> list[tuple[str, dict[str, str]]]:
    """Who pressed what they were never given, as the audit log has it."""
    entries = select(audit.c.by, audit.c.detail).where(audit.c.action == "button_refused")
    return [tuple(row) for row in await bench.service.database.execute(entries)]  # type: ignore[misc]


async def pressed(bench: Bench, data: Any, verb: str = "open", **changes: Any) -> Any:
    """The body that answers a button; HTTP says that all is well."""
    status, body = await bench.answer(bench.teams.press({"verb": verb, "data": data}, **changes))
    assert status == 200
    return body


async def test_data_that_is_an_object_written_as_text_is_read(board: Bench) -> None:
    status, body = await board.answer(payload(board.teams, "ac_data_as_json_string"))
    assert (status, body["statusCode"], body["type"]) == (200, 200, CARD)
    assert VISITS in heading(checked(body["value"]))


@pytest.mark.parametrize("name", ["ac_unknown_verb", "card_action_invoke_noname"])
async def test_button_that_is_none_of_ours_is_a_bad_request_inside(board: Bench, name: str) -> None:
    status, body = await board.answer(payload(board.teams, name))
    assert (status, body["statusCode"], body["type"]) == (200, 400, ERROR)
    assert body["value"]["message"]


async def test_form_that_is_gone_is_forbidden_inside_with_words_for_an_old_card(board: Bench) -> None:
    status, body = await board.answer(payload(board.teams, "ac_old_form"))
    assert (status, body["statusCode"], body["type"]) == (200, 403, ERROR)
    assert "Kortet kan ikke bruges længere" in body["value"]["message"]
    assert await denied(board) == [(MAJA.id, {"verb": "form_submit", "reason": "unknown", "what": "form"})]


async def test_nameless_invoke_with_a_verb_is_a_button(board: Bench) -> None:
    activity = payload(board.teams, "card_action_invoke_noname", value={"verb": "open", "project": "P001"})
    status, body = await board.answer(activity)
    assert (status, body["type"]) == (200, CARD)


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("nosuch", {}),
        ("open", {"project": 7}),
        ("show", {"question": {"target": "secrets"}}),
        ("unchanged", {"project": "P001", "revision": "now"}),
        ("open", '{"project": "P001", "project": "P002"}'),
        ("open", '{"project": NaN}'),
        ("open", "[]"),
    ],
)
async def test_forged_data_is_refused_with_words(board: Bench, verb: str, data: Any) -> None:
    body = await pressed(board, data, verb)
    assert (body["statusCode"], body["type"]) == (400, ERROR)
    assert "Knappen virker ikke længere" in body["value"]["message"]
    assert "Intet er ændret" in body["value"]["message"]


@pytest.mark.parametrize(
    "value",
    [None, [], "open", {}, {"action": None}, {"action": "open"}, {"action": {}}, {"action": {"verb": ["open"]}},
     {"action": {"verb": "open", "data": ["P001"]}}, {"action": {"verb": 7, "data": {"project": "P001"}}}],
)  # fmt: skip
async def test_press_that_is_no_button_at_all_is_refused_and_written_down(board: Bench, value: Any) -> None:
    activity = board.teams.activity("invoke", "maja", name="adaptiveCard/action", value=value)
    status, body = await board.answer(activity)
    assert (status, body["statusCode"], body["type"]) == (200, 400, ERROR)
    ((person, detail),) = await denied(board)
    assert (person, detail["reason"]) == (MAJA.id, "malformed")


async def test_unknown_verb_and_forged_data_are_written_down(board: Bench) -> None:
    await pressed(board, {}, "nosuch")
    await pressed(board, {"project": 7})
    assert await denied(board) == [
        (MAJA.id, {"verb": "unknown", "reason": "malformed"}),
        (MAJA.id, {"verb": "open", "reason": "malformed"}),
    ]


async def test_form_of_somebody_else_is_refused_and_written_down(board: Bench) -> None:
    await InTeams(board).say("meld status på skærmbesøg")
    verb, data = press_of(InTeams(board).shown, "Meld status")
    body = await pressed(board, data, verb, sender="ole")
    assert (body["statusCode"], body["type"]) == (403, ERROR)
    assert await denied(board) == [(OLE.id, {"verb": "form_submit", "reason": "others", "what": "form"})]


async def test_refusal_says_who_may_and_leaves_the_card(board: Bench) -> None:
    body = await pressed(board, {"project": "P002"}, "report")
    assert (body["statusCode"], body["type"]) == (403, ERROR)
    assert OLE.name in body["value"]["message"]


async def test_project_that_is_gone_leaves_the_card(board: Bench) -> None:
    body = await pressed(board, {"project": "P999"}, "report")
    assert (body["statusCode"], body["type"]) == (403, ERROR)
    assert "Projektet P999 findes ikke længere" in body["value"]["message"]
    assert await denied(board) == [(MAJA.id, {"verb": "report", "reason": "unknown", "what": "project"})]


async def test_secretary_who_presses_for_a_lead_leaves_the_rounds_card(board: Bench) -> None:
    ida = InTeams(board, "ida", CHANNEL)
    await ida.say("start statusrunde for Project Board")
    await ida.say("ja")
    _, data = press_of(board.teams.said_in(ida.here)[-1].card, "Meld min status")
    activity = payload(board.teams, "round_mine_by_secretary")
    activity["value"]["action"]["data"] = data
    status, body = await board.answer(activity)
    assert (status, body["statusCode"], body["type"]) == (200, 200, MESSAGE)
    assert "Ida Lund" in body["value"]


async def test_guest_who_presses_is_told_why_not(board: Bench) -> None:
    board.teams.roster["29:guest"] = {"id": "29:guest", "userRole": "guest"}
    status, body = await board.answer(payload(board.teams, "guest_presses_button"))
    assert (status, body["statusCode"], body["type"]) == (200, 403, ERROR)
    assert "kun for organisationens egne medarbejdere" in body["value"]["message"]
    assert VISITS not in str(body)
    assert board.teams.sent == []


@pytest.mark.parametrize(
    "name",
    [
        "actionableMessage_executeAction",
        "application_search",
        "composeExtension_query",
        "config_fetch",
        "signin_verifyState",
        "suggestedActions_submit",
        "tab_fetch",
        "task_fetch",
    ],
)
async def test_invoke_that_is_not_offered_is_not_implemented(board: Bench, name: str) -> None:
    assert await board.post(payload(board.teams, name)) == 501
    assert board.teams.sent == []


async def test_feedback_is_taken(board: Bench) -> None:
    assert await board.answer(payload(board.teams, "message_submitAction")) == (200, {})


async def test_meeting_that_begins_is_taken_quietly(board: Bench) -> None:
    assert await board.post(payload(board.teams, "meetingStart")) == 200
    assert board.teams.sent == []


async def test_field_that_the_card_did_not_send_keeps_what_the_draft_has(board: Bench) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg: gul, 22 %, næste skridt: flere skærme")
    await maja.say("vis kort")
    verb, data = press_of(maja.shown, "Meld status")
    sent = {**data, "form.overall": "amber", "form.comment": "Ny leverandør"}
    assert (await pressed(board, sent, verb))["statusCode"] == 200
    report = await newest(board)
    assert (report.progress, report.next_step, report.comment) == (22, "flere skærme", "Ny leverandør")


@pytest.mark.parametrize(("sent", "kept"), [(40, 40), (22.0, 22), ("40", 40), ("", None)])
async def test_number_is_read_however_the_program_sends_it(board: Bench, sent: object, kept: int | None) -> None:
    await InTeams(board).say("meld status på skærmbesøg")
    verb, data = press_of(InTeams(board).shown, "Meld status")
    fields = {"form.overall": "amber", "form.comment": "Ny leverandør", "form.progress": sent}
    assert (await pressed(board, {**data, **fields}, verb))["statusCode"] == 200
    assert (await newest(board)).progress == kept


async def test_open_form_on_a_rounds_card_survives_that_the_chat_is_opened(board: Bench) -> None:
    ida, maja = InTeams(board, "ida", CHANNEL), InTeams(board, "maja", CHANNEL)
    await ida.say("start statusrunde for Project Board")
    await ida.say("ja")
    card = checked(board.teams.said_in(ida.here)[-1].card)
    form = await maja.press(await maja.looks_at(card), "Meld status")
    kept = await maja.press(form, "Gem kladde", overall="amber", comment="Logind driller")
    assert kept
    activity = payload(board.teams, "round_view_automatic_while_form_open")
    activity |= {"from": maja.message("")["from"]}
    activity["value"]["action"]["data"] = card["refresh"]["action"]["data"]
    again = checked((await board.answer(activity))[1]["value"])
    assert heading(again) == heading(form)
    assert answers_on(again, {})["form.comment"] == "Logind driller"
    receipt = await maja.press(again, "Meld status")
    assert heading(receipt) == f"Status er meldt på {VISITS}"
    assert "Du har meldt status" in words_on(await maja.looks_at(card))


async def test_round_that_somebody_asks_for_is_shown_beside_an_open_form(board: Bench) -> None:
    ida, maja = InTeams(board, "ida", CHANNEL), InTeams(board, "maja", CHANNEL)
    await ida.say("start statusrunde for Project Board")
    await ida.say("ja")
    card = checked(board.teams.said_in(ida.here)[-1].card)
    await maja.press(await maja.looks_at(card), "Meld status")
    action = card["refresh"]["action"]
    body = await pressed(board, action["data"], action["verb"], where=CHANNEL)
    assert heading(checked(body["value"])) == heading(card)
