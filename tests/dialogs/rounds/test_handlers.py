"""A round of status before a meeting: opened by those who run it, answered by the leads."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from dialogs.forms.card import FormShown
from dialogs.rounds import handlers as rounds
from dialogs.rounds.card import RoundOpened, RoundShown, WhichBody, WhichRound
from dialogs.rounds.orders import OpenRound, ShowRound
from dialogs.turn.audience import Scope
from dialogs.turn.payload import MalformedButton
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Stores
from portfolio.deputies import Deputy
from portfolio.projects.status import Rag
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import checked, elements_of, press_of, words_on
from tests.kit.fakes import FakeCourier
from tests.kit.meetings import boards
from tests.kit.pressing import BUTTONS, press
from tests.kit.steps import OPEN, follow, open_round, opened, report, said
from tests.world.municipality import BOARD, COUNCIL, crowd
from tests.world.people import AAGE, GRY, IB, INGE, MARKUP_PERSON, METTE, SOREN, VAGN

SHOW = ShowRound()
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


# Opening


async def test_secretary_opens_a_round_in_the_boards_chat(visiting, courier: FakeCourier):
    visit = visiting(INGE, scope=Scope.GROUP)
    answer = await open_round(visit, OPEN)
    reply = said(answer, visit)
    assert reply.text.startswith("Runden er åbnet: Status til Project Board uge 25.")
    assert "4 projekter hos 3 projektledere er med. Svar senest torsdag den 18. juni kl. 9." in reply.text
    await follow(visit)
    ((conversation, card),) = courier.posted
    assert conversation == visit.conversation
    assert checked(card).text.splitlines()[:3] == [
        "Status til Project Board uge 25.",
        "0 af 4 har svaret.",
        "Svar senest torsdag den 18. juni kl. 9.",
    ]


async def test_everybody_sees_who_is_missing_by_name(visiting, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP))
    words = words_on(courier.posted[0][1].card)
    assert "Søren Æbelø-Østergård" in words
    assert "Digital post, Skærmbesøg i hjemmeplejen" in words
    assert "Åge Ørsted-Kjærgaard" in words
    assert "Skolernes netværk" not in words  # its lead is no member of the board


async def test_chair_of_several_bodies_is_asked_which_one(visiting, courier: FakeCourier):
    visit = visiting(VAGN, scope=Scope.CHANNEL)
    answer = await open_round(visit, OpenRound())
    assert isinstance(answer, WhichBody)
    asked = said(await press(visit, *press_of(said(answer, visit).card, COUNCIL.name)), visit)
    assert asked.text.startswith(
        "Skal statusrunden til Direktionen åbnes?\n5 projektledere bliver bedt om status på 6 pr"
    )
    assert isinstance(await press(visit, *press_of(asked.card, "Ja, åbn runden")), RoundOpened)
    await follow(visit)
    assert courier.posted[0][1].text.startswith("Status til Direktionen uge 26.")


async def test_person_who_runs_one_body_need_not_name_it(visiting):
    visit = visiting(replace(IB, id=VAGN.id), scope=Scope.GROUP)
    bodies = tuple(one for one in visit.audience.names.vocabulary.bodies if one.name == BOARD.name)
    alone = replace(visit.audience.names.vocabulary, bodies=bodies)
    visit.audience.names.vocabulary = alone
    assert isinstance(await open_round(visit, OpenRound()), RoundOpened)


async def test_lead_who_runs_no_body_is_told_what_to_write(visiting):
    visit = visiting(SOREN)
    answer = await open_round(visit, OpenRound())
    assert "Jeg ved ikke, hvilket forum" in said(answer, visit).text


@LANGUAGES
async def test_member_may_not_open_and_learns_who_may(
    language: str, visiting, cast_stores: Stores, courier: FakeCourier
):
    visit = visiting(SOREN, scope=Scope.GROUP, language=language)
    reply = said(await open_round(visit, OPEN), visit)
    assert "Vagn Holm" in reply.text
    assert "Inge Sandal" in reply.text
    assert "https://teams.microsoft.com/l/chat/0/0?users=vagn@birkefjord.example" in words_on(reply.card)
    assert courier.posted == []
    assert await cast_stores.rounds.of_meeting(await boards(cast_stores)) is None


async def test_round_is_for_the_meeting_in_the_named_time(visiting):
    visit = visiting(INGE, scope=Scope.GROUP)
    answer = await open_round(visit, replace(OPEN, first=date(2026, 8, 1), last=date(2026, 8, 31)))
    assert "uge 34" in said(answer, visit).text


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 6, 9), date(2026, 6, 9))]
)
async def test_past_meeting_gets_no_round(first: date, last: date, visiting, courier: FakeCourier):
    """Also one that began this morning."""
    visit = visiting(INGE, scope=Scope.GROUP)
    answer = await open_round(visit, replace(OPEN, first=first, last=last))
    assert "Jeg fandt ikke noget møde i Project Board" in said(answer, visit).text
    assert courier.posted == []


async def test_round_that_is_open_already_is_shown(visiting, courier: FakeCourier):
    visit = visiting(INGE, scope=Scope.GROUP)
    first = await opened(visit)
    again = await open_round(visiting(VAGN, scope=Scope.GROUP), OPEN)
    assert isinstance(again, RoundShown)
    assert again.view.round.id == first
    assert "Runden er allerede åbnet af Inge Sandal." in said(again, visit).text
    assert len(courier.posted) == 1


async def test_two_who_open_at_once_open_one_round(visiting, cast_stores: Stores):
    answers = await asyncio.gather(*(open_round(visiting(INGE), OPEN) for _ in range(5)))
    assert len({answer.view.round.id for answer in answers}) == 1
    assert [answer.notice for answer in answers].count("opened_here") == 1


async def test_round_opened_in_private_is_posted_when_asked_for_in_the_group(visiting, courier: FakeCourier):
    private = visiting(INGE)
    shown = await open_round(private, OPEN)
    reply = said(shown, private)
    assert "kortet står kun her" in reply.text
    assert press_of(reply.card, "Opdatér")[0] == "round_view"
    assert courier.posted == []
    group = visiting(INGE, scope=Scope.GROUP)
    assert isinstance(await open_round(group, OPEN), RoundOpened)
    await follow(group)
    await report(visiting(SOREN), "P001", Rag.GREEN)
    assert [where for where, _, _ in courier.updated] == [group.conversation]


async def test_card_that_cannot_be_posted_is_posted_later_as_things_stand_then(visiting, courier: FakeCourier):
    courier.is_down = True
    visit = visiting(INGE, scope=Scope.CHANNEL)
    reply = said(await open_round(visit, OPEN), visit)
    assert reply.text.startswith("Runden er åbnet")
    await follow(visit)
    await report(visiting(SOREN), "P001", Rag.GREEN)
    courier.is_down = False
    await follow(visit)
    ((conversation, card),) = courier.posted
    assert conversation == visit.conversation
    assert "1 af 4 har svaret" in card.text


async def test_several_who_follow_at_once_post_one_card(visiting, courier: FakeCourier):
    visit = visiting(INGE, scope=Scope.CHANNEL)
    await open_round(visit, OPEN)
    await asyncio.gather(*(follow(visit) for _ in range(5)))
    assert len(courier.posted) == 1


async def test_round_without_projects_is_not_opened(visiting, cast_database: Database, cast_stores: Stores):
    visit = visiting(INGE)
    everything = [one.number for one in visit.audience.names.vocabulary.projects]
    for number in everything:
        detail = await cast_stores.reader.project(number)
        closed = replace(detail.project, phase="stopped")
        await SqlPortfolioWriter(cast_database).apply(replace(crowd(0), projects=(closed,), bodies=()))
    assert "Der er ingen åbne projekter" in said(await open_round(visit, OPEN), visit).text


@pytest.mark.parametrize("data", [{}, {"body": 3}, {"body": "x" * 500}, {"body": BOARD.name, "first": "i morgen"}])
async def test_forged_button_opens_nothing(data: dict[str, object], visiting, cast_stores: Stores):
    with pytest.raises(MalformedButton):
        await press(visiting(INGE), "round_open", data)
    assert await cast_stores.rounds.of_meeting(await boards(cast_stores)) is None


# Answering


async def test_card_follows_as_the_leads_answer(visiting, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP))
    await report(visiting(SOREN), "P001", Rag.AMBER, comment="Vi er forsinkede")
    conversation, activity, reply = courier.updated[-1]
    assert (conversation, activity) == (courier.posted[0][0], "activity-1")
    assert "1 af 4 har svaret." in checked(reply).text
    assert "- ● Gul, før ● Grøn: Skærmbesøg i hjemmeplejen (Søren Æbelø-Østergård)" in reply.text
    assert "- Søren Æbelø-Østergård: Digital post\n" in reply.text


async def test_project_outside_the_round_changes_no_card(visiting, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP))
    await report(visiting(METTE), "P006", Rag.GREEN)
    assert courier.updated == []


async def test_last_card_shows_all_answers_whoever_was_quickest(visiting, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP))
    await asyncio.gather(
        report(visiting(SOREN), "P001", Rag.GREEN),
        report(visiting(AAGE), "P003", Rag.RED),
        report(visiting(MARKUP_PERSON), "P004", Rag.AMBER),
    )
    assert "3 af 4 har svaret." in courier.updated[-1][2].text


async def test_report_is_no_worse_for_a_card_that_cannot_be_reached(
    visiting, cast_stores: Stores, courier: FakeCourier
):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    courier.is_down = True
    await report(visiting(SOREN), "P001", Rag.GREEN)
    one = await cast_stores.rounds.round(round_id)
    assert len((await cast_stores.rounds.view(one)).answered) == 1
    courier.is_down = False
    await follow(visiting(SOREN))
    assert "1 af 4 har svaret" in courier.updated[-1][2].text


async def test_card_keeps_the_language_that_it_was_opened_in(visiting, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP, language="en"))
    await report(visiting(SOREN), "P001", Rag.RED)
    assert courier.updated[-1][2].text.startswith("Status for Project Board week 25.\n1 of 4 has answered.")


async def test_teams_is_told_for_whom_to_fetch_their_own_view(visiting, courier: FakeCourier):
    courier.members = {SOREN.id: "29:søren", AAGE.id: "29:åge"}
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    refresh = courier.posted[0][1].card["refresh"]
    assert sorted(refresh["userIds"]) == ["29:søren", "29:åge"]
    assert (refresh["action"]["verb"], refresh["action"]["data"]) == ("round_view", {"round": round_id})
    visit = replace(visiting(SOREN, scope=Scope.GROUP), account="29:søren")
    own = said(await press(visit, "round_view", refresh["action"]["data"]), visit)
    assert own.card["refresh"]["userIds"] == ["29:søren"]


async def test_lead_sees_what_they_miss_first(visiting, courier: FakeCourier):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(SOREN, scope=Scope.GROUP)
    reply = said(await press(visit, "round_view", {"round": round_id}), visit)
    assert reply.text.splitlines()[3] == "Du mangler at melde status på 2 projekter:"
    assert press_of(reply.card, "Meld status") == ("report", {"project": "P002"})
    buttons = [one["title"] for one in elements_of(reply.card, "Action.Execute")]
    assert buttons == ["Meld status", "Uændret", "Meld status", "Uændret", "Opsamling"]
    assert reply.is_personal


async def test_red_project_can_not_be_unchanged(visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(AAGE, scope=Scope.GROUP)
    card = said(await press(visit, "round_view", {"round": round_id}), visit).card
    assert "Uændret" not in [one["title"] for one in elements_of(card, "Action.Execute")]


async def test_deputy_sees_the_projects_that_wait_for_them(visiting, cast_stores: Stores):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    deputy = Deputy(SOREN.id, METTE.id, date(2026, 6, 1), date(2026, 6, 30))
    visit = visiting(METTE, scope=Scope.GROUP)
    await cast_stores.reporting.set_deputy(deputy, SOREN.id, visit.now)
    assert (
        "Du mangler at melde status på 2 projekter:"
        in said(await press(visit, "round_view", {"round": round_id}), visit).text
    )


async def test_lead_who_has_answered_is_thanked(visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(AAGE, scope=Scope.GROUP)
    await report(visit, "P003", Rag.AMBER)
    assert (
        "Du har meldt status på dit projekt i runden. Tak."
        in said(await press(visit, "round_view", {"round": round_id}), visit).text
    )


async def test_manager_sees_the_card_as_it_stands(visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(GRY, scope=Scope.GROUP)
    reply = said(await press(visit, "round_view", {"round": round_id}), visit)
    assert "Du mangler" not in reply.text
    assert not reply.is_personal
    assert press_of(reply.card, "Meld min status") == ("round_mine", {"round": round_id})


@pytest.mark.parametrize("verb", ["round_view", "round_sum_up", "round_mine"])
async def test_button_of_a_round_that_is_gone_says_so(verb: str, visiting):
    visit = visiting(SOREN)
    reply = said(await BUTTONS.press(visit, verb, {"round": "væk"}), visit)
    assert "Runden findes ikke længere" in reply.text
    assert reply.refusal is Refusal.FORBIDDEN
    reply = said(await BUTTONS.press(visit, verb, {"round": 7}), visit)
    assert reply.refusal is Refusal.MALFORMED


# One's own part


async def test_lead_with_one_project_left_gets_its_form_at_once(visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    await report(visiting(SOREN), "P002", Rag.GREEN)
    visit = visiting(SOREN, scope=Scope.GROUP)
    answer = await press(visit, "round_mine", {"round": round_id})
    assert isinstance(answer, FormShown)
    assert answer.draft.subject == "P001"
    assert said(answer, visit).is_personal


async def test_lead_with_several_projects_left_chooses(visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    answer = await press(visiting(SOREN, scope=Scope.GROUP), "round_mine", {"round": round_id})
    assert isinstance(answer, RoundShown)
    assert len(answer.own.missing) == 2


@LANGUAGES
async def test_lead_who_is_done_is_told_so(language: str, visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    await report(visiting(AAGE), "P003", Rag.GREEN)
    visit = visiting(AAGE, scope=Scope.GROUP, language=language)
    text = said(await press(visit, "round_mine", {"round": round_id}), visit).text
    assert ("Du har svaret" if language == "da" else "You have answered") in text


@LANGUAGES
async def test_person_outside_the_round_learns_whom_to_ask(language: str, visiting):
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(IB, scope=Scope.GROUP, language=language)
    text = said(await press(visit, "round_mine", {"round": round_id}), visit).text
    assert "Inge Sandal" in text
    assert "Vagn Holm" in text


# Showing


async def test_anyone_can_ask_who_is_missing(visiting):
    await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(IB)
    reply = said(await rounds.show_round(visit, SHOW), visit)
    assert "Mangler (3)" not in reply.text
    assert "Mangler (4):" in reply.text


async def test_group_that_asks_is_answered_for_all(visiting):
    await opened(visiting(INGE, scope=Scope.GROUP))
    group, alone = visiting(SOREN, scope=Scope.GROUP), visiting(SOREN)
    reply = said(await rounds.show_round(group, SHOW), group)
    assert not reply.is_personal
    assert [one["title"] for one in reply.card["actions"]] == ["Meld min status", "Opsamling"]
    assert press_of(reply.card, "Opdatér")
    assert "Du mangler at melde status på 2 projekter" in said(await rounds.show_round(alone, SHOW), alone).text


async def test_nothing_under_way_says_how_to_begin(visiting):
    visit = visiting(INGE)
    reply = said(await rounds.show_round(visit, SHOW), visit)
    assert reply.text.startswith("Der er ingen statusrunde lige nu.")
    assert press_of(reply.card, "Start en statusrunde") == ("ask", {"text": "Start en statusrunde"})


async def test_person_chooses_between_two_rounds_under_way(visiting):
    visit = visiting(VAGN)
    await open_round(visit, OPEN)
    await open_round(visit, replace(OPEN, bodies=(COUNCIL.name,)))
    answer = await rounds.show_round(visit, SHOW)
    assert isinstance(answer, WhichRound)
    assert press_of(said(answer, visit).card, "Status til Direktionen uge 26")[0] == "round_view"
    named = await rounds.show_round(visit, replace(SHOW, bodies=(COUNCIL.name,)))
    assert isinstance(named, RoundShown)
    assert named.view.round.body == COUNCIL.name


async def test_person_with_many_projects_sees_the_first_ones_and_how_many_more(
    visiting, cast_database: Database, cast_stores: Stores
):
    many = crowd(20)
    mine = tuple(replace(one, lead=SOREN.id) for one in many.projects)
    await SqlPortfolioWriter(cast_database).apply(replace(many, projects=mine, bodies=(BOARD,)))
    round_id = await opened(visiting(INGE, scope=Scope.GROUP))
    visit = visiting(SOREN, scope=Scope.GROUP)
    text = said(await press(visit, "round_view", {"round": round_id}), visit).text
    assert "Du mangler at melde status på 22 projekter:" in text
    assert "og 16 mere" in text


async def test_no_name_on_a_round_becomes_a_link_or_a_mention(visiting, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP))
    words = words_on(courier.posted[0][1].card)
    assert r"\[Bo\](http://evil.example)" in words
    assert "<at>" not in words.replace(r"\<", "")
