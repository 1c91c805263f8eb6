"""People mentioned in a message are who their account is, whatever letters the program shows."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.projects.status import Rag
from tests.kit.bench import Bench
from tests.kit.cards import words_on
from tests.kit.payloads import payload
from tests.kit.teams import BOT, CHANNEL, GROUP, TENANT, member
from tests.kit.wire import ARCHIVE, HEATING, VISITS, InTeams, newest
from tests.world.people import OLE

TO_BOT = {"type": "mention", "text": "<at>Tovholder</at>", "mentioned": BOT}


def of(sender: str, name: str | None = "Ole", text: str | None = "<at>Ole</at>", **more: Any) -> dict[str, Any]:
    """A mention of the person, as a program may write it."""
    account = {"id": f"29:{sender}", "name": name, **more}
    mention = {"type": "mention", "text": text, "mentioned": {key: said for key, said in account.items() if said}}
    return {key: said for key, said in mention.items() if said}


async def answer(bench: Bench, text: str, *entities: Any, where: Any = GROUP, sender: str = "maja") -> str:
    """What the card in the conversation says to a message to the bot."""
    message = bench.teams.message(f"<at>Tovholder</at> {text}", sender, where, entities=[TO_BOT, *entities])
    assert await bench.post(message) == 200
    return words_on(InTeams(bench, sender, where).shown)


@pytest.mark.parametrize(
    "name",
    [
        "mention_displayname_suffix",
        "mention_entity_text_differs",
        "mention_without_name",
        "mention_without_text",
    ],
)
async def test_question_about_somebody_mentioned_is_about_that_person(board: Bench, name: str) -> None:
    asked = payload(board.teams, name)
    assert await board.post(asked) == 200
    (sent,) = board.teams.said_in(asked["conversation"]["id"])
    assert HEATING in words_on(sent.card)
    assert ARCHIVE in words_on(sent.card)
    assert VISITS not in words_on(sent.card)


async def test_project_is_handed_to_the_person_mentioned_with_a_department_behind_the_name(board: Bench) -> None:
    assert await board.post(payload(board.teams, "mention_with_title_dept")) == 200
    assert VISITS in str(board.teams.sent)
    assert OLE.name in str(board.teams.sent)
    assert "Digitalisering" not in str(board.teams.sent)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("projekter hos <at>Maja Holm</at>", of("ole", "Maja Holm", "<at>Maja Holm</at>")),  # shown as somebody else
        ("projekter hos <at>Ole Krag &amp; Co</at>", of("ole", "Ole Krag & Co", None)),
        ('projekter hos <at id="0">Ole</at>', of("ole")),
        ("projekter hos <at>Ole</at>", of("ole", None, None)),
        ("projekter hos", of("ole", "Ole", None)),
        ("projekter hos <at>O. Krag</at>", of("ole", "Krag, Ole", "<at>@Krag</at>")),
        ("<at>Ole</at>s projekter", of("ole")),
        ("<at>Ole</at>'s projekter", of("ole")),
        ("projekter hos <at>Ole</at>", of("nobody", "Ole", "<at>Ole</at>", aadObjectId="entra-ole")),
        ("projekter hos <at>Ole</at>", of("nobody", "Ole", "<at>Ole</at>", aadObjectId="ENTRA-Ole")),
        ("projekter hos <at>Ole</at>", of("nobody", "Ole", "<at>Ole</at>", id="8:orgid:entra-ole")),
    ],
)
async def test_every_way_to_write_a_mention_finds_the_person(board: Bench, text: str, entity: Any) -> None:
    told = await answer(board, text, entity)
    assert HEATING in told
    assert VISITS not in told


@pytest.mark.parametrize("between", [" ", "&nbsp;", ""])
async def test_name_that_is_mentioned_in_parts_is_one_person(board: Bench, between: str) -> None:
    parts = [of("ole", "Ole", "<at>Ole</at>"), of("ole", "Krag", "<at>Krag</at>")]
    text = f"status på skærmbesøg: gul, vi venter på <at>Ole</at>{between}<at>Krag</at>s svar"
    assert await board.post(board.teams.message(text, entities=parts)) == 200
    await InTeams(board).say("ja")
    assert (await newest(board)).comment == "vi venter på Ole Krags svar"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<quoted messageId='1'>spørg <at>Ole</at></quoted>{words}", None),
        ("spørg <at>Ole</at>\n\n{words}", "<blockquote>spørg <at>Ole</at></blockquote><p>{words}</p>"),
        ("{words}", "<blockquote>spørg <at>Ole</at></blockquote><p>{words}</p>"),
    ],
)
@pytest.mark.parametrize("words", ["mine projekter", "projekter hos <at>Ole</at>"])
async def test_person_whom_only_the_quote_mentions_is_not_meant(
    board: Bench, text: str, html: str | None, words: str
) -> None:
    """Somebody of the same name may be mentioned below it."""
    own = [of("maja")] if "Ole" in words else []
    attachments = [{"contentType": "text/html", "content": html.format(words=words)}] if html else []
    sent = board.teams.message(text.format(words=words), entities=[of("ole"), *own], attachments=attachments)
    assert await board.post(sent) == 200
    told = words_on(InTeams(board).shown)
    assert VISITS in told
    assert HEATING not in told


@pytest.mark.parametrize("account", ["ENTRA-MAJA", "Entra-Maja"])
async def test_account_is_the_same_in_capitals(board: Bench, account: str) -> None:
    sender = {"id": "29:elsewhere", "name": "Maja", "aadObjectId": account}
    assert await board.post(board.teams.message("mine projekter") | {"from": sender}) == 200
    assert VISITS in words_on(InTeams(board).shown)


async def test_two_people_with_the_same_letters_are_taken_in_their_order(board: Bench) -> None:
    mentions = [of("ole", "OK", "<at>OK</at>"), of("ida", "OK", "<at>OK</at>")]
    assert await board.post(
        board.teams.message("overdrag skærmbesøg fra <at>OK</at> til <at>OK</at>", "maja", GROUP, entities=mentions)
    )
    assert "Ida Lund" in str(board.teams.sent)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("projekter hos <at>Ole Krag</at>", ()),
        ("projekter hos <at>Ole Krag", ()),
        ("projekter hos <at>Ole Krag</at>", (of("stranger", "Ole Krag", "<at>Ole Krag</at>"),)),
        ("projekter hos <at>Ole Krag</at>", (of("", "Ole Krag", "<at>Ole Krag</at>"),)),
        ("mine projekter", (of("stranger", "Ole Krag", None),)),
        ("projekter hos <at>Ole Krag</at> og <at>Ida</at>", (of("ole", "O", "<at>O</at>"),)),
    ],
    ids=["no entity", "no end", "unknown account", "no id", "not in the text", "one entity for two"],
)
async def test_mention_of_nobody_we_know_makes_the_message_unclear(board: Bench, text: str, entities: Any) -> None:
    told = await answer(board, text, *entities)
    assert "Jeg forstod ikke" in told
    assert "Ole Krag" in told
    assert HEATING not in told


async def test_person_of_another_tenant_is_not_taken_for_ours_by_their_email(board: Bench) -> None:
    foreign = {"id": "29:foreign", "email": OLE.id, "tenantId": "99999999-9999-4999-8999-999999999999"}
    board.teams.roster["29:foreign"] = foreign
    told = await answer(board, "projekter hos <at>Ole</at>", of("foreign"))
    assert HEATING not in told
    board.teams.roster["29:foreign"] = member("ole") | {"id": "29:own", "tenantId": TENANT}
    board.teams.roster["29:own"] = board.teams.roster["29:foreign"]
    assert HEATING in await answer(board, "projekter hos <at>Ole</at>", of("own"))


async def test_roster_that_can_not_be_asked_makes_a_mention_unclear(board: Bench) -> None:
    board.teams.roster.pop("29:ole")
    board.teams.roster_status = 502
    assert HEATING not in await answer(board, "projekter hos <at>Ole</at>", of("ole"))


async def test_comment_that_mentions_somebody_is_published_with_their_name(board: Bench) -> None:
    text = "status på skærmbesøg: gul, aftalt med <at>Ole</at>s chef og <at>Jens fra firmaet</at>"
    mentions = [of("ole"), of("stranger", "Jens fra firmaet", "<at>Jens fra firmaet</at>")]
    assert await board.post(board.teams.message(text, entities=mentions)) == 200
    await InTeams(board).say("ja")
    report = await newest(board)
    assert report.overall is Rag.AMBER
    assert report.comment == "aftalt med Ole Krags chef og Jens fra firmaet"


async def test_answer_to_a_form_that_mentions_somebody_keeps_their_name(board: Bench) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg skridt for skridt")
    await maja.say("gul")
    await board.post(board.teams.message("Vi venter på <at>Ole</at>", entities=[of("ole")]))
    await maja.say("vis kort")
    await maja.press(maja.shown, "Meld status")
    assert (await newest(board)).comment == "Vi venter på Ole Krag"


@pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
@pytest.mark.parametrize("text", ["", "\n&nbsp;", "<at>Tovholder</at>"])
async def test_mention_alone_gets_help(board: Bench, where: Any, text: str) -> None:
    await InTeams(board, "maja", where).say("hjælp")
    helped = words_on(InTeams(board, "maja", where).shown)
    assert await answer(board, text, where=where) == helped


@pytest.mark.parametrize("text", ["projekter hos <at>Ole Krag</at>", "<at>Ole Krag</at>s projekter", "<at>Ole</at>"])
async def test_person_without_a_mention_is_not_taken_for_the_bot(board: Bench, text: str) -> None:
    assert await board.post(board.teams.message(text, "maja", GROUP, entities=[TO_BOT])) == 200
    told = words_on(InTeams(board, "maja", GROUP).shown)
    assert "Jeg forstod ikke" in told
    assert "Ole" in told


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("<at>Tovholder (test)</at> mine projekter", TO_BOT),
        ("<at>Porteføljebot</at> mine projekter", {**TO_BOT, "text": "<at>Porteføljebot</at>"}),
        ("mine <at>Tovholder</at> projekter <at>Tovholder</at>", TO_BOT),
        ("<at>Tov</at>&nbsp;<at>Holder</at> mine projekter", {**TO_BOT, "text": "<at>Tov Holder</at>"}),
        ("<at>Tovholder</at> mine projekter", {"type": "mention", "mentioned": {"id": BOT["id"].upper()}}),
        ("mine projekter", {"type": "mention", "mentioned": {"id": BOT["id"]}}),
    ],
)
async def test_bots_own_mention_is_known_whatever_it_is_called(board: Bench, text: str, entity: Any) -> None:
    assert await board.post(board.teams.message(text, "maja", GROUP, entities=[entity])) == 200
    assert VISITS in words_on(InTeams(board, "maja", GROUP).shown)


@pytest.mark.parametrize("kind", ["tag", "channel", "team", "everyone"])
async def test_mention_of_many_is_not_understood(board: Bench, kind: str) -> None:
    many = {"id": "19:channel@thread.tacv2", "name": "Udviklere", "type": kind}
    mention = {"type": "mention", "text": "<at>Udviklere</at>", "mentioned": many}
    told = await answer(board, "mine projekter <at>Udviklere</at>", mention)
    assert "Jeg forstod ikke" in told
    assert "Udviklere" in told


async def test_only_the_bots_own_mention_is_taken_out(board: Bench) -> None:
    other = {"type": "mention", "text": "<at>Tovholder</at>", "mentioned": {"id": "28:other", "name": "Tovholder"}}
    told = await answer(board, "mine projekter <at>Tovholder</at>", other)
    assert "Jeg forstod ikke" in told
    assert "Tovholder" in told


@pytest.mark.parametrize(
    ("told", "comment"),
    [
        ("aftalt med <at>Ole</at>.", "aftalt med Ole Krag."),
        ("vi (<at>Ole</at>, <at>Ida</at>) venter", "vi (Ole Krag, Ida Lund) venter"),
        ("spørg<at>Ole</at>først", "spørg Ole Krag først"),
        ("<at>Ole</at> <at>Ole</at>", "Ole Krag Ole Krag"),
        ("<at>Ole</at><at>Ida</at>", "Ole Krag Ida Lund"),
        ("afventer <at>Ole</at>s svar", "afventer Ole Krags svar"),
    ],
)
async def test_comment_keeps_its_signs_around_a_mention(board: Bench, told: str, comment: str) -> None:
    mentions = [of("ole"), of("ida", "Ida", "<at>Ida</at>")]
    mentions = [mention for mention in mentions if mention["text"] in told]
    await board.post(board.teams.message(f"status på skærmbesøg: gul, {told}", entities=mentions))
    await InTeams(board).say("ja")
    assert (await newest(board)).comment.rstrip(".") == comment.rstrip(".")


async def test_person_mentioned_beside_words_that_are_not_understood_is_quoted_by_name(board: Bench) -> None:
    told = await answer(board, "xyzzy <at>Ole</at> plugh", of("ole"))
    assert OLE.id not in told
