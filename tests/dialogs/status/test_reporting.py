"""People report status in a minute: on a card, step by step, in one line, and unchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.projects.project import RiskKind
from portfolio.projects.status import Rag
from portfolio.status.reporting import Reportable
from tests.kit.cards import elements_of, heading, words_on
from tests.kit.talk import Talk
from tests.world.people import AAGE, METTE, SOREN

Talking = Callable[..., Talk]
TODAY = date(2026, 6, 9)


async def reportable(stores: Stores, number: str = "P001") -> Reportable:
    found = await stores.reporting.reportable(number)
    assert found is not None
    return found


async def actions(stores: Stores, number: str = "P001") -> list[Action]:
    return [entry.action for entry in await stores.audit.log_of(number)]


# --- on a card ---


async def test_lead_reports_in_two_clicks_when_little_has_changed(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    receipt = await talk.press("Meld status", progress="55", comment="Alle distrikter er i gang")
    assert heading(receipt) == "Status er meldt på Skærmbesøg i hjemmeplejen"
    newest = (await reportable(cast_stores)).newest
    assert newest is not None
    assert (newest.day, newest.overall, newest.progress, newest.comment, newest.author) == (
        TODAY, Rag.GREEN, 55, "Alle distrikter er i gang", SOREN.id,
    )  # fmt: skip
    assert await actions(cast_stores) == [Action.REPORT_PUBLISHED]


async def test_form_begins_with_what_the_newest_report_said(talking: Talking):
    card = (await talking(SOREN).say("meld status på skærmbesøg")).card
    assert card is not None
    texts = {one["id"]: one.get("value") for one in elements_of(card, "Input.Text")}
    assert texts["form.comment"] == "Det går godt"
    assert texts["form.progress"] == "40"
    assert "Sidst: ● Grøn, 8 dage gammel" in words_on(card)


async def test_first_report_ever_works(talking: Talking, cast_stores: Stores):
    talk = talking(METTE)
    form = await talk.say("status")
    assert "Det er projektets første status" in form.text
    labels = [one["label"] for one in elements_of(form.card or {}, "Input.Text")]
    assert labels[0] == "Hvordan går det med projektet?"
    assert "siden sidst" not in words_on(form.card or {})
    await talk.press("Meld status", overall="green")
    assert (await reportable(cast_stores, "P006")).newest is not None


async def test_lead_who_forgets_the_comment_on_amber_is_told_at_the_field(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    again = await talk.press("Meld status", overall="amber", comment=" ", next_step="Møde på fredag")
    assert "Hvad er der sket siden sidst?: Det her skal udfyldes" in again.text
    inputs = {one["id"]: one.get("value") for one in elements_of(again.card or {}, "Input.Text")}
    assert inputs["form.next_step"] == "Møde på fredag"
    assert await actions(cast_stores) == []


async def test_red_asks_for_a_barrier_or_a_handling(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    again = await talk.press("Meld status", overall="red", comment="Alt står stille")
    assert "Ny forhindring: Vælg en af mulighederne" in again.text
    done = await talk.press(
        "Meld status", obstacle="barrier", obstacle_title="Ingen hjemmel", probability="5", impact="4"
    )
    assert "Barrieren »Ingen hjemmel« er med til styregruppens næste møde" in done.text
    (new,) = [risk for risk in (await reportable(cast_stores)).detail.risks if risk.title == "Ingen hjemmel"]
    assert (new.kind, new.score, new.responsible) == (RiskKind.BARRIER, 20, SOREN.id)


async def test_red_with_a_barrier_already_put_to_the_steering_group_asks_no_more(talking: Talking):
    talk = talking(AAGE)
    await talk.say("meld status på byggesager")
    done = await talk.press("Meld status", comment="Stadig ingen hjemmel")
    assert heading(done) == "Status er meldt på Byggesager på nettet"


async def test_what_cannot_be_read_is_shown_again_as_it_was_typed(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    again = await talk.press("Meld status", progress="halvvejs", comment="Nyt udbud")
    inputs = {one["id"]: one.get("value") for one in elements_of(again.card or {}, "Input.Text")}
    assert (inputs["form.progress"], inputs["form.comment"]) == ("halvvejs", "Nyt udbud")
    assert "Det læste jeg ikke som et tal" in again.text


async def test_expected_end_is_told_beside_the_plan_and_changes_nothing_in_it(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    done = await talk.press("Meld status", expected_end="2. kvartal 2027", comment="Udbuddet trak ud")
    assert "Forventet slut: 2. kvartal 2027" in done.text
    found = await reportable(cast_stores)
    assert found.detail.project.end is None
    assert found.newest is not None
    assert str(found.newest.expected_end and found.newest.expected_end.unit) == "quarter"


async def test_draft_is_kept_and_gone_on_with(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    saved = await talk.press("Gem kladde", comment="Halvt færdig tekst")
    assert heading(saved) == "Kladden er gemt"
    assert await actions(cast_stores) == []
    form = await talk.press("Fortsæt")
    assert "Halvt færdig tekst" in form.text
    later = talking(SOREN, now=talk.now + timedelta(days=2))
    again = await later.say("meld status på skærmbesøg")
    assert "Halvt færdig tekst" in again.text
    assert "Du begyndte på den her tirsdag den 9. juni kl. 10" in again.text


# --- step by step ---


async def test_lead_is_asked_step_by_step_and_says_yes(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    await talk.say("den er gul")
    await talk.say("vi mangler vikarer")
    await talk.say("12,5")
    summary = await talk.say("ny plan på fredag")
    assert "Fremdrift: 12,5 %" in summary.text
    assert await actions(cast_stores) == []
    done = await talk.say("ja tak")
    assert heading(done) == "Status er meldt på Skærmbesøg i hjemmeplejen"
    newest = (await reportable(cast_stores)).newest
    assert newest is not None
    assert (newest.overall, newest.comment, str(newest.progress), newest.next_step) == (
        Rag.AMBER, "vi mangler vikarer", "12.50", "ny plan på fredag",
    )  # fmt: skip


async def test_question_in_the_middle_is_answered_and_the_form_goes_on(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    answered = await talk.say("hvilke projekter er røde?")
    assert heading(answered) == "1 rødt projekt"
    assert "Du er i gang med: Meld status på Skærmbesøg" in answered.text
    asked = await talk.press("Fortsæt")
    assert heading(asked) == "Samlet status"


async def test_comment_that_sounds_like_a_list_is_a_comment(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    await talk.say("gul")
    asked = await talk.say("røde projekter i Børn og Unge tager vores tid")
    assert heading(asked) == "Fremdrift"


async def test_answer_that_cannot_be_read_is_asked_for_again(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    asked = await talk.say("blå")
    assert heading(asked) == "Samlet status"
    assert "Det er ikke en af mulighederne: Grøn, Gul, Rød" in asked.text


async def test_lead_gives_up_and_nothing_is_stored(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    await talk.say("rød")
    assert heading(await talk.say("annullér")) == "Kladden er kasseret"
    assert await actions(cast_stores) == []
    assert heading(await talk.say("tilbage")) == "Skærmbesøg i hjemmeplejen"


async def test_steps_and_card_hold_the_same(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.press("Svar trin for trin", comment="Skrevet på kortet")
    await talk.say("gul")
    card = await talk.say("vis kort")
    assert "Samlet status: ● Gul" in card.text
    assert "Skrevet på kortet" in card.text


# --- in one line ---


async def test_one_line_is_understood_shown_and_confirmed_with_one_click(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    summary = await talk.say("status på skærmbesøg: gul, leverandøren er forsinket, 60 %, slut rykker til uge 40")
    assert "Samlet status: ● Gul" in summary.text
    assert "uge 40 2026" in summary.text
    assert await actions(cast_stores) == []
    done = await talk.press("Meld status")
    assert "● Gul, før ● Grøn" in done.text
    newest = (await reportable(cast_stores)).newest
    assert newest is not None
    assert (newest.overall, newest.comment, newest.progress) == (Rag.AMBER, "leverandøren er forsinket", 60)


async def test_one_line_that_lacks_something_becomes_a_card(talking: Talking):
    form = await talking(SOREN).say("status på skærmbesøg: rød, alt står stille")
    assert "Intet er sendt endnu. Udfyld også: Ny forhindring." in form.text
    assert "⚠" not in words_on(form.card) + form.text
    assert "alt står stille" in form.text


async def test_yes_never_sends_what_stands_further_up_than_another_form(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    summary = await talk.say("status på skærmbesøg: gul, leverandøren er forsinket")
    await talk.say("meld status på digital post")
    await talk.say("ja")
    assert await actions(cast_stores) == []
    form = await talk.press("Meld status", summary)
    assert "leverandøren er forsinket" in form.text
    assert heading(await talk.press("Meld status")) == "Status er meldt på Skærmbesøg i hjemmeplejen"


async def test_summary_of_a_card_says_only_what_was_changed_of_the_rest(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.press("Svar trin for trin", decision_wanted="Skal vi vente?")
    for _ in range(4):
        summary = await talk.say("spring over")
    assert "Ønske om en beslutning: Skal vi vente?" in summary.text
    assert "Ny forhindring" not in summary.text


# --- unchanged ---


async def test_lead_reports_unchanged_in_one_click_from_the_list(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    listed = await talk.say("status")
    assert heading(listed) == "Alle dine 2 projekter har ny status"
    done = await talk.press("Uændret")
    assert heading(done).startswith("Status er meldt uændret på")
    assert Action.REPORT_UNCHANGED in await actions(cast_stores) + await actions(cast_stores, "P002")


async def test_unchanged_twice_asks_for_a_word(talking: Talking, cast_stores: Stores):
    first = talking(SOREN)
    await first.say("uændret status på skærmbesøg")
    later = talking(SOREN, now=first.now + timedelta(days=7))
    form = await later.say("uændret status på skærmbesøg")
    assert "Sidste status var også »Uændret«" in form.text
    assert await actions(cast_stores) == [Action.REPORT_UNCHANGED]
    unmoved = await later.press("Meld status")
    assert "Sidste status var også »Uændret«" in unmoved.text
    done = await later.press("Meld status", comment="Intet nyt fra leverandøren")
    assert heading(done) == "Status er meldt på Skærmbesøg i hjemmeplejen"


async def test_red_is_never_unchanged(talking: Talking, cast_stores: Stores):
    form = await talking(AAGE).say("byggesager er uændret")
    assert "»Uændret« kan ikke bruges, når status er rød" in form.text
    assert await actions(cast_stores, "P003") == []


async def test_unchanged_pressed_twice_is_one_report(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    listed = await talk.say("status")
    first = await talk.press("Uændret", listed)
    again = await talk.press("Uændret", listed)
    assert first.text == again.text
    number = "P001" if Action.REPORT_UNCHANGED in await actions(cast_stores) else "P002"
    assert len((await reportable(cast_stores, number)).publications) == 1


async def test_report_begun_anew_while_it_asks_is_the_form_and_nothing_beside_it(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    await talk.say("gul")
    form = await talk.say("meld status på skærmbesøg")
    assert "Du er i gang med" not in form.text
    assert "Samlet status: ● Gul" in form.text
