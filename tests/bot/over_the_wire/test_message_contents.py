"""What a message holds beside plain words: emoji, pictures, files, and letters in other forms."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import Any

import pytest

from portfolio.projects.status import Rag
from tests.kit.bench import Bench
from tests.kit.cards import inputs_on, words_on
from tests.kit.payloads import payload
from tests.kit.wire import VISITS, InTeams, newest

EMOJI = '<img itemtype="http://schema.skype.com/Emoji" alt="{sign}">'
MENTION = '<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">{name}</span>'
PICTURE = {"contentType": "image/*", "contentUrl": "https://teams.example/picture.png"}
FILE = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "status.xlsx", "content": {}}


def html(content: str) -> dict[str, str]:
    return {"contentType": "text/html", "content": content}


async def test_colour_that_is_an_emoji_in_the_html_alone_is_the_status(board: Bench) -> None:
    assert await board.post(payload(board.teams, "emoji_only_in_html")) == 200
    form = InTeams(board).shown
    values = {one["id"]: one.get("value") for one in inputs_on(form)}
    assert values["form.overall"] == "red"
    assert values["form.comment"] == "leverandøren er forsinket"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("status på skærmbesøg: 🟡 logind driller", f"<p>status på skærmbesøg: {EMOJI} logind driller</p>"),
        ("status på skærmbesøg:  logind driller", f"<p>status på skærmbesøg: {EMOJI} logind driller</p>"),
        ("status på skærmbesøg:\nlogind driller", f"<p>status på skærmbesøg:</p><p>{EMOJI}logind driller</p>"),
        ("status på skærmbesøg:&nbsp;logind driller", f"status på skærmbesøg:&nbsp;{EMOJI}logind driller"),
        ("status på skærmbesøg: logind driller", 'status på skærmbesøg: <emoji id="x" alt="🟨"></emoji>logind driller'),
    ],
)
async def test_colour_as_an_emoji_is_read_where_it_stands(board: Bench, text: str, content: str) -> None:
    sent = board.teams.message(text, attachments=[PICTURE, html(content.format(sign="🟡"))])
    assert await board.post(sent) == 200
    await InTeams(board).say("ja")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, "logind driller")


async def test_emoji_answers_a_form_that_asks_for_a_colour(board: Bench) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg skridt for skridt")
    await board.post(board.teams.message("", attachments=[PICTURE, html(f"<p>{EMOJI.format(sign='🟡')}</p>")]))
    await maja.say("Logind driller")
    await maja.say("vis kort")
    await maja.press(maja.shown, "Meld status")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, "Logind driller")


async def test_emoji_with_no_known_place_is_kept(board: Bench) -> None:
    content = html(f"<p>noget andet {EMOJI.format(sign='🎉')}</p>")
    sent = board.teams.message("status på skærmbesøg: gul, vi er i gang", attachments=[content])
    assert await board.post(sent) == 200
    await InTeams(board).say("ja")
    assert (await newest(board)).comment == "vi er i gang 🎉"


async def test_emoji_beside_a_mention_leaves_the_mention_whole(board: Bench) -> None:
    content = html(f'<p>projekter hos <span itemtype="http://schema.skype.com/Mention">Ole</span> {EMOJI}</p>')
    mention = {"type": "mention", "text": "<at>Ole</at>", "mentioned": {"id": "29:ole", "name": "Ole"}}
    content["content"] = content["content"].format(sign="🟢")
    sent = board.teams.message("projekter hos <at>Ole</at>", entities=[mention], attachments=[content])
    assert await board.post(sent) == 200
    assert VISITS not in words_on(InTeams(board).shown)


async def test_decomposed_letters_are_read_as_composed_ones(board: Bench) -> None:
    decomposed = unicodedata.normalize("NFD", "status på skærmbesøg: gul, logind på går ikke")
    await InTeams(board).say(decomposed)
    await InTeams(board).say("ja")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, "logind på går ikke")


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\ufeff", "\u200f", "\u2060"], ids=ascii)
async def test_signs_that_nobody_sees_are_no_part_of_the_words(board: Bench, sign: str) -> None:
    await InTeams(board).say(f"{sign}status på sk{sign}ærmbesøg: gul, log{sign}ind driller{sign}")
    await InTeams(board).say(f"j{sign}a")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, "logind driller")


@pytest.mark.parametrize("text", ["", " \n\t", "&nbsp;\u00a0", "\u200b\u200b", "\ufeff", "\u200f"], ids=ascii)
async def test_message_of_nothing_is_told_so(board: Bench, text: str) -> None:
    await InTeams(board).say(text)
    assert "Beskeden var tom" in words_on(InTeams(board).shown)


@pytest.mark.parametrize(
    ("content", "comment"),
    [
        ("<p>status på skærmbesøg: gul, logind driller</p>", "logind driller"),
        ("<div>status på skærmbesøg: gul,<br>A &amp; B &lt;venter&gt;</div>", "A & B <venter>"),
        (f"status på skærmbesøg: {EMOJI.format(sign='🟡')} logind driller", "logind driller"),
        (f"status på skærmbesøg: gul, vent på {MENTION.format(name='Ole')}s svar", "vent på Ole Krags svar"),
    ],
)
@pytest.mark.parametrize("text", [None, "", "&nbsp;"])
async def test_words_that_only_the_html_holds_are_read(
    board: Bench, text: str | None, content: str, comment: str
) -> None:
    ole = {"type": "mention", "text": "<at>Ole</at>", "mentioned": {"id": "29:ole", "name": "Ole"}}
    sent = board.teams.activity("message", text=text, attachments=[html(content)], entities=[ole] * ("Ole" in content))
    assert await board.post(sent) == 200
    await InTeams(board).say("ja")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, comment)


async def test_text_that_is_html_itself_is_read(board: Bench) -> None:
    sent = board.teams.message("<div>mine&nbsp;projekter</div><blockquote>uændret</blockquote>") | {"textFormat": "xml"}
    assert await board.post(sent) == 200
    assert VISITS in words_on(InTeams(board).shown)


@pytest.mark.parametrize(
    ("emoji", "comment"),
    [
        ('<img itemtype="http://schema.skype.com/Emoji" alt="" title="🎉">', "🎉 færdig"),
        ('<img itemtype="http://schema.skype.com/Emoji" itemid="partying">', "partying færdig"),
        (f'<readonly itemtype="http://schema.skype.com/Emoji" title="Fest">{EMOJI}</readonly>', "🎉 færdig"),
        ('<emoji alt="👨‍👩‍👧"></emoji>', "👨‍👩‍👧 færdig"),
    ],
)
async def test_emoji_is_kept_however_it_is_told(board: Bench, emoji: str, comment: str) -> None:
    content = html(f"<p>status på skærmbesøg: gul, {emoji.format(sign='🎉')}færdig</p>")
    await board.post(board.teams.message("status på skærmbesøg: gul, færdig", attachments=[content]))
    await InTeams(board).say("ja")
    assert (await newest(board)).comment == comment


async def test_html_without_end_is_read_at_once(board: Bench) -> None:
    """The reader of tags would take the square of their number."""
    async with asyncio.timeout(5):
        await board.post(board.teams.message("mine projekter", attachments=[html("<img alt='" * 9000)]))
    assert VISITS in words_on(InTeams(board).shown)


async def test_decomposed_letters_on_a_card_are_kept_composed(board: Bench) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg")
    comment = unicodedata.normalize("NFD", "Må vente på nøgler")
    await maja.press(maja.shown, "Meld status", overall="amber", comment=comment)
    assert (await newest(board)).comment == "Må vente på nøgler"


@pytest.mark.parametrize(
    "attachments",
    [[FILE], [PICTURE], [FILE, html("<p>&nbsp;</p>")], [html('<p><img alt="billede" src="https://x.example/a"></p>')]],
    ids=["file", "picture", "file with empty html", "picture in html"],
)
async def test_file_without_words_is_told_that_it_is_not_read(board: Bench, attachments: Any) -> None:
    assert await board.post(board.teams.activity("message", attachments=attachments)) == 200
    assert "Filer og billeder læser jeg ikke endnu" in words_on(InTeams(board).shown)


async def test_words_beside_a_file_are_answered(board: Bench) -> None:
    assert await board.post(board.teams.message("mine projekter", attachments=[FILE])) == 200
    assert VISITS in words_on(InTeams(board).shown)
