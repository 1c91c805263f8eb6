"""Reports are corrected, given by those who may, and stored once, whatever the hurry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.deputies import Deputy
from portfolio.status import reporting
from portfolio.status.reporting import Reportable
from tests.kit.cards import elements_of, heading, press_of
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, IB, INGE, SOREN

Talking = Callable[..., Talk]
TODAY = date(2026, 6, 9)


async def reportable(stores: Stores, number: str = "P001") -> Reportable:
    found = await stores.reporting.reportable(number)
    assert found is not None
    return found


async def actions(stores: Stores, number: str = "P001") -> list[Action]:
    return [entry.action for entry in await stores.audit.log_of(number)]


# --- corrections ---


async def test_lead_corrects_within_a_day_and_the_first_version_is_kept(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("status på skærmbesøg: gul, forsinket")
    await talk.press("Meld status")
    tomorrow = talking(SOREN, now=talk.now + timedelta(hours=20))
    tomorrow.replies.append(talk.replies[-1])
    await tomorrow.press("Ret")
    done = await tomorrow.press("Meld status", comment="Forsinket tre uger")
    assert heading(done) == "Status er rettet på Skærmbesøg i hjemmeplejen"
    found = await reportable(cast_stores)
    assert [(one.version, one.report.comment) for one in found.publications] == [
        (2, "Forsinket tre uger"),
        (1, "forsinket"),
    ]
    assert found.newest is not None
    assert found.newest.day == TODAY


async def test_correction_after_a_day_is_too_late(talking: Talking):
    talk = talking(SOREN)
    await talk.say("status på skærmbesøg: gul, forsinket")
    done = await talk.press("Meld status")
    late = talking(SOREN, now=talk.now + timedelta(hours=25))
    refused = await late.press("Ret", done)
    assert heading(refused) == "Status på Skærmbesøg i hjemmeplejen kan ikke rettes længere"


async def test_days_status_has_so_many_versions_and_no_more(
    talking: Talking, cast_stores: Stores, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reporting, "MOST_VERSIONS", 3)
    talk = talking(SOREN)
    for number in range(3):
        await talk.say(f"status på skærmbesøg: gul, forsinket {number} uger")
        await talk.press("Meld status")
    await talk.say("status på skærmbesøg: gul, forsinket igen")
    refused = await talk.press("Meld status")
    assert "Den dags status har" in heading(refused)
    found = await reportable(cast_stores)
    assert [one.version for one in found.publications] == [3, 2, 1]
    assert found.newest is not None
    assert found.newest.comment == "forsinket 2 uger"
    tomorrow = talking(SOREN, now=talk.now + timedelta(days=1))
    await tomorrow.say("status på skærmbesøg: gul, forsinket igen")
    await tomorrow.press("Meld status")
    assert (await reportable(cast_stores)).publications[0].version == 1


# --- who may ---


@pytest.mark.parametrize("person", [GRY, INGE])
async def test_owner_and_portfolio_office_may_report_too(talking: Talking, person):
    form = await talking(person).say("meld status på skærmbesøg")
    assert heading(form) == "Meld status på Skærmbesøg i hjemmeplejen"


async def test_others_are_told_who_may(talking: Talking, cast_stores: Stores):
    refused = await talking(IB).say("status på skærmbesøg: grøn")
    assert heading(refused) == "Du kan ikke melde status på Skærmbesøg i hjemmeplejen"
    assert "Søren Æbelø-Østergård, Gry Thorlund eller porteføljekontoret" in refused.text
    assert await actions(cast_stores) == [Action.REPORT_DENIED]


async def test_deputy_reports_while_the_lead_is_away_and_not_after(talking: Talking, cast_stores: Stores):
    deputy = Deputy(SOREN.id, IB.id, TODAY, TODAY + timedelta(days=3))
    await cast_stores.reporting.set_deputy(deputy, SOREN.id, talking(SOREN).now)
    listed = await talking(IB).say("status")
    assert "stedfortræder for Søren Æbelø-Østergård" in listed.text
    later = talking(IB, now=talking(IB).now + timedelta(days=4))
    assert heading(await later.say("meld status på skærmbesøg")).startswith("Du kan ikke melde status")


async def test_right_that_was_lost_meanwhile_is_lost(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    before = await reportable(cast_stores)
    await cast_stores.reporting.hand_over("P001", AAGE.id, before.revision, INGE.id, talk.now)
    refused = await talk.press("Meld status", comment="Mit sidste ord")
    assert heading(refused).startswith("Du kan ikke melde status")


async def test_somebody_unknown_is_told_how_to_be_known(talking: Talking):
    answered = await talking(None).say("meld status på skærmbesøg")
    assert "Du står ikke på listen over personer" in answered.text


# --- in a hurry ---


async def test_form_handed_in_twice_at_once_is_one_report(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    form = await talk.say("meld status på skærmbesøg")
    presses = [talk.press("Meld status", form, comment="Én gang") for _ in range(4)]
    texts = {reply.text for reply in await asyncio.gather(*presses)}
    assert len(texts) == 1
    assert len((await reportable(cast_stores)).publications) == 1


async def test_second_of_two_is_told_who_was_first_and_loses_nothing(talking: Talking, cast_stores: Stores):
    lead, owner = talking(SOREN), talking(GRY)
    await lead.say("meld status på skærmbesøg")
    await owner.say("meld status på skærmbesøg")
    await lead.press("Meld status", overall="amber", comment="Lederens ord")
    told = await owner.press("Meld status", comment="Ejerens ord")
    assert "Status er ikke gemt endnu: Søren Æbelø-Østergård meldte ● Gul i dag kl. 10, mens du skrev" in told.text
    assert "Ejerens ord" in told.text
    assert len((await reportable(cast_stores)).publications) == 1
    done = await owner.press("Meld status")
    assert heading(done) == "Status er rettet på Skærmbesøg i hjemmeplejen"


async def test_second_of_two_at_the_very_same_moment_loses_nothing(talking: Talking, cast_stores: Stores):
    words = {"Lederens ord": talking(SOREN), "Ejerens ord": talking(GRY)}
    for person in words.values():
        await person.say("meld status på skærmbesøg")
    presses = (person.press("Meld status", comment=said, next_step=said) for said, person in words.items())
    replies = dict(zip(words, await asyncio.gather(*presses), strict=True))
    (stored,) = (await reportable(cast_stores)).publications
    ((said, told),) = [one for one in replies.items() if one[0] != stored.report.comment]
    assert "Status er ikke gemt endnu" in told.text
    assert told.text.count(said) == 2


async def test_old_card_hands_nothing_in(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    first = await talk.say("meld status på skærmbesøg")
    await talk.press("Gem kladde", comment="Nyere tekst")
    told = await talk.press("Meld status", first, progress="70")
    assert "kortet var ældre" in told.text
    assert await actions(cast_stores) == []


async def test_card_of_a_project_that_was_closed_stores_nothing(talking: Talking, cast_stores: Stores):
    told = await talking(SOREN).say("status på gammelt bibliotekssystem: grøn")
    assert heading(told) == "Gammelt bibliotekssystem er ikke i gang længere"


async def test_card_of_somebody_else_does_nothing(talking: Talking, cast_stores: Stores):
    form = await talking(SOREN).say("meld status på skærmbesøg")
    told = await talking(GRY).press("Meld status", form)
    assert heading(told) == "Kortet er ikke dit"
    assert await actions(cast_stores) == []


async def test_used_card_says_what_came_of_it(talking: Talking):
    talk = talking(SOREN)
    form = await talk.say("meld status på skærmbesøg")
    done = await talk.press("Meld status", form, comment="Færdig")
    again = await talk.press("Meld status", form, comment="Noget andet")
    assert again.text == done.text


async def test_form_in_a_channel_is_for_the_one_who_asked(talking: Talking):
    form = await talking(SOREN, scope=Scope.CHANNEL, conversation="19:board").say("meld status på skærmbesøg")
    assert form.is_personal
    line = await talking(SOREN, scope=Scope.CHANNEL, conversation="19:board").say(
        "status på skærmbesøg: gul, forsinket"
    )
    assert not line.is_personal


async def test_forged_project_and_forged_fields_change_nothing(talking: Talking, cast_stores: Stores):
    talk = talking(IB)
    refused = await talk.assistant.press("unchanged", {"project": "P001", "revision": 0}, talk.turn)
    assert heading(refused).startswith("Du kan ikke melde status")
    for data in (
        {"project": "P001"},
        {"project": 1, "revision": 1},
        {"draft": "x" * 500},
        {"project": "P001", "revision": True},
    ):
        for verb in ("unchanged", "form_submit", "form_step", "report", "correct"):
            reply = await talk.assistant.press(verb, data, talk.turn)
            assert reply.text
    assert (await reportable(cast_stores)).publications == ()


async def test_english_speaker_reports_in_english(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN, language="en-GB")
    await talk.say("report status on P001")
    await talk.say("step by step")
    await talk.say("it is amber")
    await talk.say("the supplier is late")
    await talk.say("twenty-five")
    await talk.say("skip")
    done = await talk.say("yes please")
    assert heading(done) == "Status reported on Skærmbesøg i hjemmeplejen"


@pytest.mark.parametrize("title", ["Meld status på", "Uændret status på"])
async def test_screen_reader_hears_which_project_a_button_is_for(talking: Talking, title: str):
    listed = await talking(SOREN).say("status")
    hints = [one["tooltip"] for one in elements_of(listed.card or {}, "Action.Execute") if "tooltip" in one]
    assert any(hint.startswith(title) for hint in hints)
    assert press_of(listed.card or {}, "Meld status")


async def test_line_in_a_channel_does_not_show_everybody_a_kept_draft(talking: Talking):
    talk = talking(SOREN, scope=Scope.CHANNEL, conversation="19:board")
    await talk.say("meld status på skærmbesøg")
    await talk.press("Gem kladde", comment="Kun til mig selv")
    reply = await talk.say("status på skærmbesøg: gul, 60 %")
    assert reply.is_personal
