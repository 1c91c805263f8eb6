"""A list is offered as a file in the own chat, and led to by a link elsewhere; what isn't a list is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from dialogs.exports.handlers import LINKS, fetched
from dialogs.features import EXPORTER
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names, Scope
from dialogs.turn.files import NoFiles, Place
from dialogs.turn.reply import ForAll, ForOne, Refusal, Reply
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.exports import FileKind
from storage.audit import audit
from storage.database import Database
from storage.exports import exports
from storage.memory import last_answers
from tests.dialogs.conftest import HERE
from tests.kit.cards import elements_of, heading, words_on
from tests.kit.fakes import FakeFiles
from tests.kit.talk import Talk
from tests.world.people import IB, METTE, SOREN

Wanting = Callable[..., Talk]
UPLOAD = "https://kommune-my.sharepoint.com/personal/s/_api/upload?tempauth=x"
PLACE = {
    "upload.url": UPLOAD,
    "upload.content": "https://kommune-my.sharepoint.com/personal/s/Liste.xlsx",
    "upload.name": "Liste.xlsx",
    "upload.id": "1234-5678",
}


def offered(reply: Reply) -> dict[str, Any]:
    """Return the content of the card that asks for consent."""
    assert reply.card is not None
    assert reply.card["type"] == "FileConsentCard", reply.text
    return reply.card


async def taken(talk: Talk, card: dict[str, Any], **other: str) -> Reply:
    context = card["content"]["acceptContext"]
    return await talk.assistant.press("file_take", {**context, **PLACE, **other}, talk.turn)


def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(content: bytes, sheet: str = "Liste") -> list[tuple[Any, ...]]:
    return list(book(content)[sheet].iter_rows(values_only=True))


async def noted(database: Database) -> list[tuple[str, Action, dict[str, Any]]]:
    read = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.by, row.action, row.detail) for row in read]


ORDERS = [
    "excel",
    "eksportér dem til Excel",
    "kan jeg få det i et regneark",
    "gem listen som excel",
    "send dem som fil",
]


@pytest.mark.parametrize("order", ORDERS)
async def test_last_answer_is_offered_with_its_filters(wanting: Wanting, files: FakeFiles, order: str):
    talk = wanting(SOREN)
    await talk.say("hvilke projekter er gule")
    card = offered(await talk.say(order))
    assert card["name"] == f"1 gult projekt {HERE.date()}.xlsx"
    assert (await taken(talk, card)).card["type"] == "FileInfoCard"
    ((address, content),) = files.kept
    assert address == UPLOAD
    assert card["content"]["sizeInBytes"] == pytest.approx(len(content), abs=30)  # packed at another second
    assert [row[0] for row in rows(content)[1:]] == ["P002"]


async def test_list_named_in_the_order_is_offered_and_can_be_gone_on_from(wanting: Wanting):
    talk = wanting(SOREN)
    card = offered(await talk.say("lav et excel-ark med de røde projekter"))
    assert card["name"] == f"1 rødt projekt {HERE.date()}.xlsx"
    assert (await talk.say("hvem leder dem")).text.startswith("1 projektleder for 1 rødt projekt")


async def test_order_goes_on_from_the_answer_before(wanting: Wanting):
    talk = wanting(SOREN)
    await talk.say("hvilke projekter er i gang")
    card = offered(await talk.say("eksportér kun de gule af dem"))
    assert card["name"].startswith("1 gult projekt")


async def test_export_leaves_what_was_shown_to_be_pointed_at(wanting: Wanting):
    talk = wanting(SOREN)
    await talk.say("alle projekter")
    await talk.say("excel")
    assert "P003" in (await talk.say("vis nr. 1")).text


async def test_workbook_has_the_workbooks_columns_all_hits_and_what_the_list_is(wanting: Wanting, files: FakeFiles):
    talk = wanting(SOREN)
    await taken(talk, offered(await talk.say("eksportér hele porteføljen")))
    content = files.kept[0][1]
    header, *found = rows(content)
    assert header == (
        *("Nr", "Titel", "Kategori", "Fokusområde", "Fagområde", "Projektleder", "Projektejer", "Fase", "Prioritet"),
        *("Start", "Slut", "Budget", "Forbrug", "Samlet", "Tid", "Økonomi", "Kvalitet", "Gevinst", "Risiko"),
        *("Fremdrift", "Statusdato", "Kommentar", "Næste skridt"),
    )
    assert len(found) == 7
    visits = next(row for row in found if row[0] == "P001")
    assert visits[5:8] == ("Søren Æbelø-Østergård", "Gry Thorlund", "Gennemførelse")
    assert (visits[13], visits[19], visits[20].date().isoformat(), visits[21]) == (
        "Grøn", 40, "2026-06-01", "Det går godt",
    )  # fmt: skip
    about = [row[0] for row in book(content)["Om listen"].iter_rows(values_only=True)]
    assert about[0] == "7 projekter"
    assert about[-2:] == ["7 rækker", "Hentet fra Tovholder 9. juni 2026 kl. 10.00"]


async def test_csv_is_had_by_saying_so(wanting: Wanting, files: FakeFiles):
    talk = wanting(SOREN)
    await talk.say("hvilke projekter er røde")
    card = offered(await talk.say("som csv"))
    assert card["name"].endswith(".csv")
    await taken(talk, card)
    assert files.kept[0][1].startswith(b"\xef\xbb\xbfNr;Titel;")


async def test_english_speaker_takes_an_english_file(wanting: Wanting, files: FakeFiles):
    talk = wanting(SOREN)
    await taken(talk, offered(await talk.say("export the red projects to Excel")))
    assert rows(book_bytes(files), "List")[0][:2] == ("No", "Title")


def book_bytes(files: FakeFiles) -> bytes:
    return files.kept[-1][1]


async def test_nothing_before_says_what_can_be_had_and_how(wanting: Wanting):
    talk = wanting(SOREN)
    reply = await talk.say("excel")
    assert heading(reply) == "Hvilken liste vil du have som fil?"
    assert "Eksportér hele porteføljen" in reply.text
    await talk.say("hvad betyder gul")
    assert heading(await talk.say("excel")) == "Hvilken liste vil du have som fil?"


@pytest.mark.parametrize("question", ["hvordan eksporterer jeg", "how do I export the list to excel"])
async def test_question_how_it_is_done_is_answered_with_how(wanting: Wanting, question: str):
    talk = wanting(SOREN)
    await talk.say("hvilke projekter er røde")
    assert heading(await talk.say(question)) in ("Sådan får du en liste som fil", "How to get a list as a file")


async def test_examples_on_the_card_are_orders(wanting: Wanting):
    talk = wanting(SOREN)
    reply = await talk.say("hvordan eksporterer jeg")
    assert reply.card is not None
    texts = [action["data"]["text"] for action in elements_of(reply.card, "Action.Execute")]
    shown = [(await talk.say(text)).card for text in texts]
    assert [card is not None and card["type"] for card in shown[:2]] == ["FileConsentCard"] * 2
    assert len(texts) == 3


async def test_list_of_nothing_says_so_and_offers_no_file(wanting: Wanting):
    reply = await wanting(SOREN).say("eksportér de stoppede projekter")
    assert heading(reply).startswith("Ingen")


SPOKEN_OF = ["skærmbesøg er gul, data ligger i excel", "hvad koster excel", "eksportér skidtet"]


@pytest.mark.parametrize("message", SPOKEN_OF)
async def test_what_only_speaks_of_a_file_is_none(wanting: Wanting, message: str):
    reply = await wanting(IB).say(message)
    assert reply.card is None or reply.card["type"] == "AdaptiveCard"


async def test_order_within_an_order_does_nothing(wanting: Wanting, cast_database: Database):
    before = await noted(cast_database)
    reply = await wanting(SOREN).say("eksportér jeg er syg i dag")
    assert reply.is_unclear or "forstod" in reply.text
    assert await noted(cast_database) == before


async def test_quiet_button_stands_below_a_list_of_several_and_offers_it(wanting: Wanting):
    talk = wanting(SOREN)
    listed = await talk.say("alle projekter")
    assert "Hent som Excel" in words_on(listed.card or {})
    assert offered(await talk.press("Hent som Excel"))["name"].startswith("7 projekter")
    one = await talk.say("hvilke projekter er røde")
    assert "Hent som Excel" not in words_on(one.card or {})


async def test_declined_file_is_left(wanting: Wanting, files: FakeFiles, cast_database: Database):
    talk = wanting(SOREN)
    card = offered(await talk.say("eksportér hele porteføljen"))
    reply = await talk.assistant.press("file_leave", card["content"]["declineContext"], talk.turn)
    assert (reply.text, reply.refusal, files.kept) == ("Så gemmer jeg ingen fil.", None, [])
    assert await noted(cast_database) == []


async def test_file_that_was_taken_is_written_down_by_what_it_lists(wanting: Wanting, cast_database: Database):
    talk = wanting(SOREN)
    card = offered(await talk.say("eksportér hele porteføljen"))
    assert await noted(cast_database) == []
    await taken(talk, card)
    assert await noted(cast_database) == [(SOREN.id, Action.EXPORTED, {"kind": "projects"})]


async def test_card_of_somebody_else_is_refused_and_written_down(
    wanting: Wanting, files: FakeFiles, cast_database: Database
):
    card = offered(await wanting(SOREN).say("eksportér hele porteføljen"))
    reply = await taken(wanting(METTE), card)
    assert (reply.refusal, files.kept) == (Refusal.FORBIDDEN, [])
    assert "Filen er til en anden" in reply.text
    refused = {"verb": "file_take", "reason": "others", "what": "person"}
    assert await noted(cast_database) == [(METTE.id, Action.BUTTON_REFUSED, refused)]


@pytest.mark.parametrize(
    "forged", [{"question": {"target": "secrets"}}, {"question": {"target": "systems"}}, {"kind": "exe"}, {"person": 7}]
)
async def test_forged_card_is_refused(wanting: Wanting, files: FakeFiles, forged: dict[str, Any]):
    talk = wanting(SOREN)
    card = offered(await talk.say("eksportér hele porteføljen"))
    reply = await taken(talk, card, **forged)
    assert (reply.refusal, files.kept) == (Refusal.MALFORMED, [])


@pytest.mark.parametrize("name", ["upload.url", "upload.content"])
async def test_address_that_may_hold_no_file_is_refused_in_words(wanting: Wanting, files: FakeFiles, name: str):
    talk = wanting(SOREN)
    card = offered(await talk.say("eksportér hele porteføljen"))
    reply = await taken(talk, card, **{name: "https://evil.example/x"})
    assert (reply.refusal, files.kept) == (Refusal.SAID, [])
    assert "et sted, jeg ikke må sende filer til" in reply.text
    assert "TOVHOLDER_UPLOAD_HOSTS" in reply.text


async def test_file_that_did_not_get_there_is_told_and_not_written_down(
    wanting: Wanting, files: FakeFiles, cast_database: Database
):
    talk = wanting(SOREN)
    card = offered(await talk.say("eksportér hele porteføljen"))
    files.error = "upload_failed"
    reply = await taken(talk, card)
    assert reply.refusal is Refusal.SAID
    assert "der er ikke gemt noget" in reply.text
    assert await noted(cast_database) == []


GROUPS = pytest.mark.parametrize("scope", [Scope.GROUP, Scope.CHANNEL])


def token_of(reply: Reply) -> str:
    assert reply.card is not None
    (fetch,) = elements_of(reply.card, "Action.OpenUrl")
    return str(fetch["url"]).split(LINKS)[1].split("/")[0]


async def anybody(stores: Stores, after: timedelta = timedelta()) -> Audience:
    return Audience(Texts.of("da"), Names(await stores.reader.vocabulary()), HERE + after)


@GROUPS
async def test_link_in_a_group_leads_to_the_file_for_an_hour(
    wanting: Wanting, served: Stores, scope: Scope, cast_database: Database
):
    reply = await wanting(SOREN, scope=scope, conversation="group").say("eksportér mine projekter")
    assert isinstance(reply, ForAll)
    assert heading(reply) == "2 projekter som du leder: klar som fil"
    token = token_of(reply)
    assert len(token) * 6 >= 128
    for after in (timedelta(), timedelta(minutes=59)):
        file = await fetched(EXPORTER, served, token, await anybody(served, after))
        assert file is not None
        assert file.kind is FileKind.XLSX
        assert {row[0] for row in rows(file.content)[1:]} == {"P001", "P002"}
    assert await fetched(EXPORTER, served, token, await anybody(served, timedelta(minutes=61))) is None
    assert [row[:2] for row in await noted(cast_database)] == [(SOREN.id, Action.EXPORTED)] * 2


@GROUPS
async def test_link_in_a_group_is_had_by_the_button_too(wanting: Wanting, scope: Scope):
    talk = wanting(SOREN, scope=scope, conversation="group")
    await talk.say("alle projekter")
    reply = await talk.press("Hent som Excel")
    assert token_of(reply)
    assert heading(await talk.press("Vis listen")) == "7 projekter"


async def test_token_is_not_in_the_database(wanting: Wanting, served: Stores, cast_database: Database):
    token = token_of(await wanting(SOREN, scope=Scope.GROUP).say("eksportér mine projekter"))
    (row,) = (await cast_database.execute(exports.select())).mappings()
    assert token not in str(dict(row))
    assert row["person"] == SOREN.id


@pytest.mark.parametrize("token", ["", "x", "A" * 32, "'; DROP TABLE exports"])
async def test_unknown_token_leads_nowhere(wanting: Wanting, served: Stores, token: str):
    await wanting(SOREN, scope=Scope.GROUP).say("eksportér mine projekter")
    assert await fetched(EXPORTER, served, token, await anybody(served)) is None


async def test_link_of_somebody_who_left_meanwhile_leads_nowhere(
    wanting: Wanting, served: Stores, cast_database: Database
):
    from storage.organisation import people

    token = token_of(await wanting(SOREN, scope=Scope.GROUP).say("eksportér mine projekter"))
    left = people.update().where(people.c.id == SOREN.id).values(standing="left", left_at=HERE)
    async with cast_database.transaction() as connection:
        await connection.execute(left)
    assert await fetched(EXPORTER, served, token, await anybody(served)) is None


async def test_link_is_not_made_where_nobody_knows_the_address(wanting: Wanting, files: FakeFiles):
    files.address = None
    reply = await wanting(SOREN, scope=Scope.GROUP).say("eksportér mine projekter")
    assert heading(reply) == "Jeg kan ikke lave et link til filen her"
    assert "vores egen chat" in reply.text
    assert "http" not in reply.text


async def test_browser_is_given_a_link_in_the_own_chat_too(wanting: Wanting, files: FakeFiles):
    files.place = Place.BROWSER
    assert token_of(await wanting(SOREN).say("eksportér mine projekter"))


async def test_stranger_is_told_how_to_be_known(wanting: Wanting):
    reply = await wanting(None).say("eksportér de røde projekter")
    assert reply.card is not None
    assert reply.card["type"] == "AdaptiveCard"
    assert "kender dig ikke" in reply.text.lower() or "ikke" in heading(reply)


async def test_terminal_says_how_the_command_line_does_it(talking: Callable[..., Talk], cast_stores: Stores):
    assert isinstance(cast_stores.files, NoFiles)
    reply = await talking(SOREN).say("eksportér de røde projekter")
    assert "--table liste.xlsx" in reply.text


async def test_file_in_the_middle_of_a_form_is_offered_beside_it(wanting: Wanting):
    talk = wanting(SOREN)
    await talk.say("meld status på skærmbesøg")
    reply = await talk.say("eksportér de røde projekter til excel")
    assert isinstance(reply, ForOne)
    assert offered(reply)


async def test_comment_that_names_a_file_is_the_comment(wanting: Wanting):
    talk = wanting(SOREN)
    await talk.say("meld status på skærmbesøg trin for trin")
    await talk.say("gul")
    for comment in ("tallene ligger i excel", "excel"):
        assert heading(await talk.say(comment)) == "Fremdrift"
        assert heading(await talk.say("tilbage")) == "Hvad er der sket siden sidst?"


async def test_export_stores_nothing_but_what_was_asked_last(wanting: Wanting, cast_database: Database):
    talk = wanting(SOREN)
    await talk.say("hvilke projekter er røde")
    (before,) = (await cast_database.execute(last_answers.select())).all()
    await talk.say("som excel")
    assert (await cast_database.execute(last_answers.select())).all() == [before]
