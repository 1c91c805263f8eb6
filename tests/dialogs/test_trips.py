"""How often an answer goes to the database: what a form is made from is read once, and a form is begun in one write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.assistant import Assistant
from dialogs.features import understand
from dialogs.forms.card import FormShown
from dialogs.forms.chat_cards import FormSummed
from dialogs.forms.fields import whole
from dialogs.forms.opening import Way
from dialogs.status import handlers as status
from dialogs.turn.visit import Stores, Visit
from portfolio.organisation import Person
from portfolio.projects.status import Rag
from storage.database import Database
from tests.kit.cards import heading
from tests.kit.steps import report, said
from tests.kit.talk import Talk
from tests.kit.trips import Trips, watched
from tests.world.people import INGE, METTE, SOREN

Counting = Callable[[Person], tuple[Talk, Trips]]


@pytest.fixture
def counting(cast_stores: Stores, talking: Callable[..., Talk], cast_database: Database) -> Counting:
    """Somebody's conversation, and the trips to the database that it takes."""

    def counted(person: Person) -> tuple[Talk, Trips]:
        trips, talk = Trips(), talking(person)
        stores = watched(cast_stores, cast_database, trips)
        talk.assistant = Assistant(stores.reader, understand, stores)
        return talk, trips

    return counted


async def test_report_reads_its_project_to_open_to_hand_in_and_for_the_receipt(counting: Counting):
    talk, trips = counting(SOREN)
    await talk.say("meld status på skærmbesøg")
    assert trips.taken() == ["project", "begin"]
    done = await talk.press("Meld status", comment="Alle distrikter er i gang")
    assert heading(done) == "Status er meldt på Skærmbesøg i hjemmeplejen"
    assert trips.taken()[:3] == ["project", "publish", "project"]


async def test_report_in_one_line_is_summed_up_in_one_write_and_handed_in_by_a_yes(counting: Counting):
    talk, trips = counting(SOREN)
    await talk.say("status på skærmbesøg: gul, leverandøren er forsinket")
    assert trips.taken() == ["project", "begin"]
    await talk.say("ja")
    assert trips.taken()[:3] == ["project", "publish", "project"]


async def test_form_asked_step_by_step_is_begun_in_one_write(counting: Counting):
    talk, trips = counting(SOREN)
    assert heading(await talk.say("meld status på skærmbesøg trin for trin")) == "Samlet status"
    assert trips.taken() == ["project", "begin"]
    await talk.say("gul")
    assert trips.taken() == ["project", "save"]


async def test_form_that_was_begun_before_is_saved_with_what_is_new(counting: Counting):
    talk, trips = counting(SOREN)
    await talk.say("meld status på skærmbesøg")
    trips.clear()
    await talk.say("meld status på skærmbesøg")
    assert trips.taken() == ["project", "begin", "save"]


async def test_project_is_read_once_to_be_handed_over_and_once_as_its_new_lead_has_it(counting: Counting):
    talk, trips = counting(SOREN)
    await talk.say("overdrag skærmbesøg til Mette Lindegaard")
    assert trips.taken() == ["project", "begin"]
    await talk.say("ja")
    assert trips.taken() == ["project", "hand over", "finish", "project"]


async def test_leads_projects_are_read_once_for_a_deputy(counting: Counting):
    talk, trips = counting(SOREN)
    await talk.say("Mette Lindegaard er min stedfortræder fra 1. juli til 14. juli")
    assert trips.taken() == ["numbers", "begin"]
    await talk.say("ja")
    assert trips.taken() == ["numbers", "finish"]


async def test_office_that_names_another_lead_on_the_card_reads_that_leads_projects(
    counting: Counting, cast_stores: Stores
):
    talk, trips = counting(INGE)
    await talk.say("udpeg en stedfortræder")
    trips.clear()
    filled = {"lead": SOREN.name, "deputy": METTE.name, "first": "2026-07-01", "last": "2026-07-14"}
    await talk.press("Gem stedfortræder", **filled)
    assert trips.taken() == ["numbers", "numbers", "finish"]
    assert [deputy.deputy for deputy in await cast_stores.reporting.deputies_of(SOREN.id, talk.now.date())] == [
        METTE.id
    ]


async def test_meeting_is_read_once_to_be_asked_about_and_once_to_be_moved(counting: Counting):
    talk, trips = counting(INGE)
    await talk.say("flyt mødet i Project Board til 25. juni kl. 13")
    assert trips.taken() == ["meetings", "begin"]
    await talk.say("ja")
    assert trips.taken() == ["meeting", "finish"]


async def test_what_was_read_is_not_taken_for_what_is_true_now(visiting, cast_stores: Stores):
    """Somebody reports between the reading and the writing of one turn."""
    visit: Visit = visiting(SOREN)
    shown = await status.report(visit, "P001", answers={"comment": "Alle distrikter er i gang"}, way=Way.CARD)
    assert isinstance(shown, FormSummed)
    opened = await status.open_form(visit, shown.draft)
    await report(visiting(METTE), "P001", Rag.RED)
    again = await opened.hand_in(shown.draft, whole(opened.form, shown.draft.answers))
    assert isinstance(again, FormShown)
    assert "Mette Lindegaard" in said(again, visit).text
    seen = await cast_stores.reporting.reportable("P001")
    assert seen is not None
    assert [publication.by for publication in seen.publications] == [METTE.id]
