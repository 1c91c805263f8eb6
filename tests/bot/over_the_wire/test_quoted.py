"""A message that quotes another: the quote is no part of what is said, and a reply to a reminder is about that."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portfolio.projects.status import Rag
from tests.kit.bench import Bench
from tests.kit.cards import words_on
from tests.kit.delivery.harness import until_true
from tests.kit.payloads import payload
from tests.kit.teams import personal
from tests.kit.wire import ARCHIVE, HEATING, VISITS, InTeams, newest, publications
from tests.world.people import MAJA

# On this Friday the leads owe their status.
FRIDAY = datetime(2026, 6, 19, 8, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
QUOTE = '<quoted messageId="1795980345847"/>'
ORDER = "uændret status på skærmbesøg"
REPLY = "http://schema.skype.com/Reply"
OLDER = (
    f'<blockquote itemscope itemtype="{REPLY}" itemid="1795980345847"><strong>Tovholder</strong>'
    '<p itemprop="preview">Meld status på Skærmbesøg</p></blockquote><p>{words}</p>'
)


async def answered(bench: Bench, name: str, **changes: object) -> str:
    """The words on the card that answers the payload."""
    assert await bench.post(payload(bench.teams, name, **changes)) == 200
    return words_on(InTeams(bench).shown)


@pytest.mark.parametrize(
    "name", ["quoted_reply_new", "quoted_reply_new_space", "quoted_reply", "quoted_answer_to_reminder"]
)
async def test_quote_is_answered_as_if_it_were_not_there(board: Bench, name: str) -> None:
    said = payload(board.teams, name)["text"].partition("/>")[2].strip()
    with_quote = await answered(board, name)
    await InTeams(board).say(said)
    assert words_on(InTeams(board).shown) == with_quote


async def test_status_told_below_a_quote_is_summed_up_without_it(board: Bench) -> None:
    told = await answered(board, "quoted_status_line")
    assert "leverandøren er forsinket" in told
    assert "quoted" not in told


async def test_answer_to_a_form_is_published_without_the_quote(board: Bench) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg skridt for skridt")
    await maja.say("gul")
    await answered(board, "quoted_form_answer")
    await maja.say("vis kort")
    await maja.press(maja.shown, "Meld status")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, "Leverandøren er forsinket tre uger")


@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTE}mine projekter",
        f"mine projekter {QUOTE}",
        f"{QUOTE}\n{QUOTE} mine projekter",
        "<quoted messageId='1'></quoted>mine projekter",
        "&lt;quoted messageId=&quot;1795980345847&quot;/&gt;mine projekter",
        "<QUOTED messageId='1' />&nbsp;mine projekter",
        "<quoted messageId=1>Meld status på Varmestyring</quoted> mine projekter",
        "<blockquote>Meld <blockquote>status</blockquote> på Varmestyring</blockquote>mine projekter",
        '<quoted messageId="1">Meld <b>status</b> på Varmestyring</quoted> mine projekter',
        '<quoted messageId="1">a <quoted messageId="2"/> b <quoted>c</quoted> uændret</quoted>mine projekter',
        '<quoted messageId="1" preview="Budget > 100: <b>uændret</b>"/>mine projekter',
        f'<quoted messageId="1" preview="{"Meld status på Varmestyring. " * 20}"/>mine projekter',
        f"<quoted messageId='1'>{'Meld status på Varmestyring. ' * 150}</quoted>mine projekter",
        "<quoted messageId=1 senderName=Bo's/>mine projekter",
        "&lt;quoted messageId=&quot;1&quot;&gt;uændret &lt;b&gt;ja&lt;/b&gt;&lt;/quoted&gt;mine projekter",
        "&lt;blockquote itemid=&quot;1&quot;&gt;uændret&lt;/blockquote&gt;mine projekter",
        "mine projekter <blockquote>uændret status på Varmestyring",
        '<quote authorname="Tovholder"><legacyquote>[10:12] T: </legacyquote>uændret</quote>mine projekter',
        "> Tovholder: Skal jeg melde uændret?\n> ja\n\nmine projekter",
        '<attachment id="1795980345847"></attachment>mine projekter',
    ],
)
async def test_every_way_to_write_a_quote_is_left_out(board: Bench, text: str) -> None:
    await InTeams(board).say("mine projekter")
    usual = words_on(InTeams(board).shown)
    assert await answered(board, "quoted_reply_new", text=text, entities=[]) == usual


@pytest.mark.parametrize("shown", ["", "Tovholder Meld status på Skærmbesøg\n\n", "Tovholder: Meld status …\r\n"])
async def test_older_blockquote_is_left_out_where_the_text_shows_it(board: Bench, shown: str) -> None:
    await InTeams(board).say("mine projekter")
    usual = words_on(InTeams(board).shown)
    html = {"contentType": "text/html", "content": OLDER.replace("{words}", "mine projekter")}
    text = f"{shown}mine projekter"
    assert await answered(board, "quoted_reply_new", text=text, entities=[], attachments=[html]) == usual


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("mine projekter\n\nTovholder uændret", "<p>mine projekter</p><blockquote>Tovholder uændret</blockquote>"),
        ("mine\nuændret\nprojekter", "<p>mine</p><blockquote>uændret</blockquote><p>projekter</p>"),
        ("ja\nuændret\nmine projekter", "<blockquote>ja</blockquote><quote>uændret</quote><p>mine projekter</p>"),
        ("uændret\u200b mine\u00a0projekter", "<blockquote>uændret</blockquote><p>mine&nbsp;projekter\u200b</p>"),
        ("uænd… >> mine projekter nu", "<blockquote>uændret</blockquote><p>mine projekter</p>"),
        ("Bo 🟡 ja\nmine projekter", '<blockquote>Bo <emoji alt="🟡"></emoji> ja</blockquote><p>mine projekter</p>'),
        ("Bo  ja\nmine projekter", '<blockquote>Bo <emoji alt="🟡"></emoji> ja</blockquote><p>mine projekter</p>'),
        ("<at>Bo</at> ja\nmine projekter", "<blockquote><at>Bo</at> ja</blockquote><p>mine projekter</p>"),
        ("mine projekter\nja <at>Bo</at>", "<p>mine projekter</p><blockquote>ja <at>Bo</at></blockquote>"),
        ("", "<blockquote>uændret</blockquote><p>mine projekter</p>"),
    ],
)
async def test_quote_is_left_out_wherever_the_html_says_that_it_stands(board: Bench, text: str, html: str) -> None:
    await InTeams(board).say("mine projekter")
    usual = words_on(InTeams(board).shown)
    attachments = [{"contentType": "Text/HTML; charset=utf-8", "content": html}]
    assert await answered(board, "quoted_reply_new", text=text, entities=[], attachments=attachments) == usual


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"<quoted messageId='1'>{ORDER}</quoted>", None),
        (f"<blockquote itemid='1'>{ORDER}", None),
        (f"> {ORDER}", None),
        (ORDER, f"<blockquote>{ORDER}</blockquote>"),
        (f"Tovholder: {ORDER}", f"<blockquote>{ORDER}</blockquote><p>&nbsp;</p>"),
        ("", f"<blockquote>{ORDER}</blockquote>"),
        (f"{ORDER} 👍", f'<blockquote>{ORDER}</blockquote><emoji alt="👍"></emoji>'),
    ],
)
async def test_order_that_is_only_quoted_is_not_done(board: Bench, text: str, html: str | None) -> None:
    before = await publications(board)
    attachments = [{"contentType": "text/html", "content": html}] if html else []
    assert await answered(board, "quoted_reply_new", text=text, entities=[], attachments=attachments)
    assert await publications(board) == before


@pytest.mark.parametrize(
    "text", ["<quoted messageId='1'>Skal <i>jeg</i> sende? ja</quoted>nej", "> Skal jeg? ja\n\nnej"]
)
async def test_yes_that_is_quoted_sends_nothing(board: Bench, text: str) -> None:
    await InTeams(board).say("status på skærmbesøg: gul, logind driller")
    before = await publications(board)
    await answered(board, "quoted_reply_new", text=text, entities=[])
    assert await publications(board) == before


@pytest.mark.parametrize(
    "text",
    [
        '<quoted messageId="1">Hvad er der <b>sket</b>? Alt er godt</quoted>Logind driller',
        '<quoted messageId="1" preview="Kommentar > grøn"/>Logind driller',
        "> Hvad er der sket? Alt er godt\n\nLogind driller",
    ],
)
async def test_answer_below_a_quoted_question_is_published_alone(board: Bench, text: str) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg skridt for skridt")
    await maja.say("gul")
    await answered(board, "quoted_form_answer", text=text)
    await maja.say("vis kort")
    await maja.press(maja.shown, "Meld status")
    assert (await newest(board)).comment == "Logind driller"


async def reminded(bench: Bench, sender: str = "maja") -> str:
    """All leads were reminded of their status; the id of that person's message."""
    bench.clock.now = FRIDAY  # type: ignore[attr-defined]
    reminders = bench.service.reminders
    assert await reminders.planner.look(FRIDAY)

    async def nothing_waits() -> bool:
        return not (await reminders.store.queue(FRIDAY)).due

    await until_true(nothing_waits)
    chat = personal(sender)["id"]
    return next(f"sent-{at}" for at, sent in enumerate(bench.teams.sent, start=1) if sent.conversation == chat)


async def reply(bench: Bench, message: str, text: str, sender: str = "maja", where: Any = None) -> str:
    """What the person is answered, who quotes that message."""
    person = InTeams(bench, sender, where)
    quoted = {"type": "quotedReply", "quotedReply": {"messageId": message}}
    sent = bench.teams.message(f'<quoted messageId="{message}"/>{text}', sender, where, entities=[quoted])
    assert await bench.post(sent) == 200
    return words_on(person.shown_apart)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gul, leverandøren er forsinket", "leverandøren er forsinket"),
        ("den er gul, leverandøren er forsinket", "leverandøren er forsinket"),
        ("🔴 leverandøren er forsinket", "Meld status"),
        ("hvem leder den", "Maja Holm"),
        ("hvad er status på det?", VISITS),
        ("meld status", VISITS),
        ("uændret", VISITS),
        ("mind mig om det på onsdag", VISITS),
    ],
)
async def test_reply_to_a_reminder_is_about_its_project(board: Bench, text: str, shown: str) -> None:
    told = await reply(board, await reminded(board), text)
    assert shown in told
    assert VISITS in told


async def test_reply_to_a_reminder_as_teams_sends_it_puts_off_just_that(board: Bench) -> None:
    message = await reminded(board)
    sent = payload(board.teams, "quoted_answer_to_reminder")
    quoted = {"type": "quotedReply", "quotedReply": {**sent["entities"][0]["quotedReply"], "messageId": message}}
    sent |= {"text": sent["text"].replace("1795980345847", message), "entities": [quoted]}
    assert await board.post(sent) == 200
    assert VISITS in words_on(InTeams(board).shown)
    store = board.service.portfolio.stores.reminding.store
    assert [snooze.subject for snooze in await store.snoozes_of(MAJA.id, FRIDAY.date())] == ["P001"]


async def test_status_in_reply_to_a_reminder_is_published_after_a_yes(board: Bench) -> None:
    await reply(board, await reminded(board), "gul, leverandøren er forsinket")
    await InTeams(board).say("ja")
    report = await newest(board)
    assert (report.overall, report.comment) == (Rag.AMBER, "leverandøren er forsinket")


async def test_reply_that_only_the_older_html_shows_is_about_the_reminder_too(board: Bench) -> None:
    message = await reminded(board)
    content = OLDER.replace("1795980345847", message).replace("{words}", "hvem leder den")
    html = {"contentType": "text/html", "content": content}
    assert VISITS in await answered(board, "quoted_reply_new", text="hvem leder den", entities=[], attachments=[html])


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ('<quote guid="{id}" author="28:x">Meld status</quote>hvem leder den', []),
        ('<quoted senderName="A > B" messageId="{id}"><quoted messageId="1">x</quoted></quoted>hvem leder den', []),
        ("hvem leder den", [{"type": "QuotedReply", "quotedReply": {"messageId": "{id}"}}]),
        ("hvem leder den", [{"type": "quotedReply", "messageId": "{id}"}]),
    ],
)
async def test_reply_is_known_however_the_message_is_named(board: Bench, text: str, entities: list[Any]) -> None:
    message = await reminded(board)
    told = json.loads(json.dumps([text, entities]).replace("{id}", message))
    assert VISITS in await answered(board, "quoted_reply_new", text=told[0], entities=told[1])


@pytest.mark.parametrize("as_text", [True, False])
async def test_reply_whose_message_is_an_attachment_is_about_the_reminder_too(board: Bench, as_text: bool) -> None:
    told = {"messageId": await reminded(board), "messagePreview": "uændret"}
    reference = {"contentType": "messageReference", "content": json.dumps(told) if as_text else told}
    text = '<attachment id="1"></attachment>hvem leder den'
    answer = await answered(board, "quoted_reply_new", text=text, entities=[], attachments=[reference])
    assert VISITS in answer


async def test_reply_to_a_reminder_of_several_projects_is_asked_back(board: Bench) -> None:
    told = await reply(board, await reminded(board, "ole"), "gul, leverandøren er forsinket", "ole")
    assert HEATING in told
    assert ARCHIVE in told
    assert all(report.overall is Rag.GREEN for report in [await newest(board, "P002"), await newest(board, "P003")])


async def test_reply_to_a_reminder_that_names_another_project_is_about_that(board: Bench) -> None:
    assert HEATING in await reply(board, await reminded(board), "hvem leder varmestyring")


@pytest.mark.parametrize("text", ["mine projekter", "røde projekter", "hjælp"])
async def test_reply_to_a_reminder_that_asks_of_something_else_is_answered_so(board: Bench, text: str) -> None:
    message = await reminded(board)
    await InTeams(board).say(text)
    usual = words_on(InTeams(board).shown)
    assert await reply(board, message, text) == usual


async def test_reply_to_somebody_elses_reminder_is_as_if_nothing_were_quoted(board: Bench) -> None:
    message = await reminded(board)
    await InTeams(board, "ole").say("hvem leder den")
    usual = words_on(InTeams(board, "ole").shown)
    assert await reply(board, message, "hvem leder den", "ole") == usual
