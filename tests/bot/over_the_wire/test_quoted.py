"""A message that quotes another: the quote is no part of what is said, and a reply to a reminder is about that."""

from __future__ import annotations

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
from tests.kit.wire import ARCHIVE, HEATING, VISITS, InTeams, newest

# On this Friday the leads owe their status.
FRIDAY = datetime(2026, 6, 19, 8, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
QUOTE = '<quoted messageId="1795980345847"/>'
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
    assert [snooze.subject for snooze in await store.snoozes_of("maja.holm@kommune.example", FRIDAY.date())] == ["P001"]


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
