"""Who reports in whose place: named in the chat, told both of them, ended again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dialogs.deputies import handlers as deputies
from dialogs.deputies.cards import Deputies, DeputyEnded, DeputyNamed, end_deputy
from dialogs.deputies.orders import EndDeputy, NameDeputy
from dialogs.forms.card import FormShown
from dialogs.forms.chat_cards import FormSummed
from dialogs.forms.fields import date_value, whole
from dialogs.remark import Remark
from dialogs.turn.payload import MalformedButton
from dialogs.turn.visit import Stores, Visit
from portfolio.audit import Action
from portfolio.dates import on_day
from portfolio.deputies import Deputy
from portfolio.organisation import Person
from storage.audit import audit
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import checked, press_of, words_on
from tests.kit.fakes import FakeCourier
from tests.kit.pressing import press
from tests.kit.steps import said
from tests.world.municipality import crowd
from tests.world.people import AAGE, GRY, IB, INGE, MARKUP_PERSON, METTE, SOREN

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 14)
SUMMER = Deputy(SOREN.id, METTE.id, FIRST, LAST)
NAME = NameDeputy(people=(METTE.id,), first=FIRST, last=LAST)
END = EndDeputy()
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


async def handed_in(visit: Visit, order: NameDeputy, answers: Mapping[str, str] | None = None) -> object:
    """The form that the order opens, filled in with more answers and handed in."""
    shown = await deputies.name_deputy(visit, order)
    if not isinstance(shown, FormShown | FormSummed):
        return shown
    draft = replace(shown.draft, answers={**shown.draft.answers, **(answers or {})})
    opened = await deputies.open_form(visit, draft)
    return await opened.hand_in(draft, whole(opened.form, draft.answers))


async def of(stores: Stores, person: Person = SOREN) -> list[Deputy]:
    return await stores.reporting.deputies_of(person.id, date(2026, 6, 9))


async def test_all_that_was_said_is_summed_up_before_anything_happens(
    visiting, cast_stores: Stores, courier: FakeCourier
):
    answer = await deputies.name_deputy(visiting(SOREN), NAME)
    assert isinstance(answer, FormSummed)
    assert answer.draft.answers["deputy"] == METTE.id
    assert await of(cast_stores) == []
    assert courier.told == []


@pytest.mark.parametrize(
    "order",
    [
        NameDeputy(),
        replace(NAME, people=()),
        replace(NAME, last=None),
        replace(NAME, people=(SOREN.id,)),
        replace(NAME, projects=("P001", "P002")),
        replace(NAME, maybe=("P001", "P002")),
        replace(NAME, people=(), unknown=("Kurt",)),
    ],
)
async def test_what_is_missing_or_unclear_is_asked_for(order: NameDeputy, visiting):
    answer = await deputies.name_deputy(visiting(SOREN), order)
    assert isinstance(answer, FormShown)
    assert [field.name for field in answer.form.fields] == ["deputy", "first", "last", "project"]


@LANGUAGES
@pytest.mark.parametrize("person", [SOREN, INGE])
@pytest.mark.parametrize("order", [NAME, NameDeputy()])
async def test_form_is_a_card_in_both_languages(order: NameDeputy, person: Person, language: str, visiting):
    visit = visiting(person, language=language)
    answer = await deputies.name_deputy(visit, order)
    said(answer, visit)
    wrong = replace(answer.draft, answers={"deputy": SOREN.id, "last": date_value(on_day(date(2026, 6, 1)))})
    opened = await deputies.open_form(visit, wrong)
    faulty = await opened.hand_in(wrong, whole(answer.form, wrong.answers))
    assert isinstance(faulty, FormShown)
    assert len(faulty.faults) == 2 if person is SOREN else faulty.faults
    said(faulty, visit)


async def test_card_filled_in_by_hand_is_read_as_it_is_meant(visiting, cast_stores: Stores):
    visit = visiting(SOREN)
    shown = await deputies.name_deputy(visit, NameDeputy())
    typed = {"deputy": "mette lindegaard", "first": "1. juli", "last": "14. juli", "project": "P001"}
    data = {f"form.{name}": text for name, text in typed.items()}
    sent = {"draft": shown.draft.id, "version": shown.draft.version, **data}
    answer = await press(visit, "form_submit", sent)
    assert isinstance(answer, DeputyNamed)
    assert await of(cast_stores) == [replace(SUMMER, project="P001")]


async def test_lead_of_very_many_projects_gets_a_form_that_teams_takes(visiting, cast_database: Database):
    many = tuple(replace(one, lead=SOREN.id) for one in crowd(70).projects)
    await SqlPortfolioWriter(cast_database).apply(replace(crowd(0), projects=many, bodies=()))
    visit = visiting(SOREN)
    said(await deputies.name_deputy(visit, NameDeputy()), visit)
    answer = await handed_in(visit, NAME)
    assert "og 62 mere" in said(answer, visit).text


async def test_word_that_names_nobody_is_quoted_back(visiting):
    answer = await deputies.name_deputy(visiting(SOREN), replace(NAME, people=(), unknown=("Kurt", "Jensen")))
    assert answer.notice == "Jeg kender ikke »Kurt Jensen«. Vælg blandt dem, der står i porteføljen."


async def test_both_know_once_it_is_done(visiting, cast_stores: Stores, courier: FakeCourier):
    visit = visiting(SOREN)
    answer = await handed_in(visit, NAME)
    assert isinstance(answer, DeputyNamed)
    assert await of(cast_stores) == [SUMMER]
    assert said(answer, visit).text.splitlines() == [
        "Mette Lindegaard er din stedfortræder.",
        "Fra onsdag den 1. juli til og med tirsdag den 14. juli. Stedfortræderen kan melde status på:",
        "- Digital post",
        "- Skærmbesøg i hjemmeplejen",
        "Mette Lindegaard får besked i Teams.",
    ]
    ((email, told),) = courier.told
    assert email == METTE.id
    assert checked(told).text.startswith("Du er stedfortræder for Søren Æbelø-Østergård.\nFra onsdag den 1. juli")
    assert "Du kan melde status på:\n- Digital post" in told.text


async def test_deputy_from_today_can_report_at_once(visiting, courier: FakeCourier):
    visit = visiting(SOREN)
    await handed_in(visit, replace(NAME, first=None))
    assert press_of(courier.told[0][1].card, "Meld status") == ("report", {})


async def test_deputy_on_one_project_gets_that_projects_form(visiting, courier: FakeCourier):
    visit = visiting(SOREN)
    answer = await handed_in(visit, replace(NAME, first=None, projects=("P001",)))
    assert answer.projects == ("P001",)
    assert press_of(courier.told[0][1].card, "Meld status") == ("report", {"project": "P001"})


async def test_each_is_told_in_their_own_language(visiting, courier: FakeCourier):
    courier.languages = {METTE.id: "en"}
    await handed_in(visiting(SOREN), NAME)
    assert courier.heard_by(METTE.id)[0].startswith("You are the deputy of Søren Æbelø-Østergård.")


@LANGUAGES
async def test_lead_is_told_whom_to_write_to_where_teams_cannot(language: str, visiting, courier: FakeCourier):
    courier.unreachable = {METTE.id}
    visit = visiting(SOREN, language=language)
    reply = said(await handed_in(visit, NAME), visit)
    assert ("Skriv en mail" if language == "da" else "Write a mail") in reply.text
    assert "(https://teams.microsoft.com/l/chat/0/0?users=mette@birkefjord.example)" in words_on(reply.card)


async def test_portfolio_office_names_the_deputy_of_another_and_tells_both(
    visiting, cast_stores: Stores, courier: FakeCourier
):
    visit = visiting(INGE)
    answer = await handed_in(visit, replace(NAME, people=(METTE.id, SOREN.id)))
    assert await of(cast_stores) == [SUMMER]
    assert said(answer, visit).text.startswith("Mette Lindegaard er stedfortræder for Søren Æbelø-Østergård.")
    assert [email for email, _ in courier.told] == [METTE.id, SOREN.id]
    text = checked(courier.told[1][1]).text
    assert text.startswith("Mette Lindegaard er din stedfortræder.")
    assert "Inge Sandal har sat det op." in text


async def test_portfolio_office_says_for_whom_unless_the_project_does(visiting):
    visit = visiting(INGE)
    asked = await deputies.name_deputy(visit, NAME)
    assert isinstance(asked, FormShown)
    assert [field.name for field in asked.form.fields][:2] == ["lead", "deputy"]
    clear = await deputies.name_deputy(visit, replace(NAME, projects=("P003",)))
    assert isinstance(clear, FormSummed)
    assert clear.draft.answers["lead"] == AAGE.id


@LANGUAGES
async def test_project_of_another_lead_is_not_ones_own_to_give(language: str, visiting, cast_stores: Stores):
    visit = visiting(SOREN, language=language)
    reply = said(await deputies.name_deputy(visit, replace(NAME, projects=("P003",))), visit)
    assert "Åge Ørsted-Kjærgaard" in reply.text
    assert reply.is_personal
    assert await of(cast_stores, AAGE) == []


@pytest.mark.parametrize("people", [(METTE.id, AAGE.id), (SOREN.id, AAGE.id)])
async def test_deputy_of_another_lead_is_for_that_lead_to_choose(people: tuple[str, ...], visiting):
    """Also to offer oneself."""
    visit = visiting(SOREN)
    reply = said(await deputies.name_deputy(visit, replace(NAME, people=people)), visit)
    assert reply.text.startswith("Du kan ikke vælge stedfortræder for Åge Ørsted-Kjærgaard.")


async def test_lead_named_beside_the_deputy_is_oneself(visiting):
    answer = await deputies.name_deputy(visiting(SOREN), replace(NAME, people=(METTE.id, SOREN.id)))
    assert isinstance(answer, FormSummed)


async def test_person_who_leads_nothing_needs_no_deputy(visiting):
    visit = visiting(IB)
    assert "Du leder ingen projekter" in said(await deputies.name_deputy(visit, NAME), visit).text


async def test_refusal_is_in_the_log(visiting, cast_database: Database):
    await deputies.name_deputy(visiting(SOREN), replace(NAME, projects=("P003",)))
    async with cast_database.connect() as connection:
        entries = (await connection.execute(select(audit.c.by, audit.c.action, audit.c.detail))).all()
    assert entries == [(SOREN.id, Action.DEPUTY_DENIED, {"lead": AAGE.id})]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"deputy": SOREN.id}, "deputy"),
        ({"first": date_value(on_day(date(2026, 7, 20)))}, "last"),
        ({"first": date_value(on_day(date(2026, 1, 1))), "last": date_value(on_day(date(2026, 6, 8)))}, "last"),
        ({"last": date_value(on_day(date(2027, 7, 3)))}, "last"),
        ({"project": "P003"}, "project"),
    ],
)
async def test_what_cannot_be_is_told_at_its_field(answers: dict[str, str], field: str, visiting, cast_stores: Stores):
    answer = await handed_in(visiting(SOREN), NAME, answers)
    assert isinstance(answer, FormShown)
    assert [fault.field for fault in answer.faults] == [field]
    assert await of(cast_stores) == []


async def test_lead_without_projects_is_told_at_the_offices_form(visiting):
    answer = await handed_in(visiting(INGE), replace(NAME, people=(METTE.id, IB.id)))
    assert [fault.field for fault in answer.faults] == ["lead"]


async def test_pressing_twice_names_and_tells_once(visiting, cast_stores: Stores, courier: FakeCourier):
    visit = visiting(SOREN)
    shown = await deputies.name_deputy(visit, NAME)
    answers = whole(shown.form, shown.draft.answers)
    opened = [await deputies.open_form(visit, shown.draft) for _ in range(2)]
    first, second = [await form.hand_in(shown.draft, answers) for form in opened]
    assert (len(first.notifications), len(second.notifications)) == (1, 0)
    assert len(courier.told) == 1
    assert await of(cast_stores) == [SUMMER]


async def test_old_form_says_what_came_of_it(visiting, cast_stores: Stores):
    visit = visiting(SOREN)
    shown = await deputies.name_deputy(visit, NAME)
    opened = await deputies.open_form(visit, shown.draft)
    await opened.hand_in(shown.draft, whole(shown.form, shown.draft.answers))
    done = await cast_stores.drafts.draft(shown.draft.id)
    repeated = said(await deputies.repeat_outcome(visit, done), visit)
    assert repeated.text.startswith("Mette Lindegaard er din stedfortræder.")
    await cast_stores.reporting.end_deputy(SUMMER, SOREN.id, visit.now)
    assert "allerede afsluttet" in said(await deputies.repeat_outcome(visit, done), visit).text
    assert "Formularen er lukket" in said(await deputies.repeat_outcome(visit, replace(done, outcome="")), visit).text


async def test_deputy_is_ended_on_the_list_and_hears_of_it(visiting, cast_stores: Stores, courier: FakeCourier):
    visit = visiting(SOREN)
    await handed_in(visit, NAME)
    data = press_of(said(await deputies.deputies(visit), visit).card, "Afslut")[1]
    answer = await press(visit, "deputy_end", data)
    assert isinstance(answer, DeputyEnded)
    assert await of(cast_stores) == []
    assert said(answer, visit).text.startswith("Mette Lindegaard er ikke længere din stedfortræder.")
    assert checked(courier.told[-1][1]).text.startswith("Du er ikke længere stedfortræder for Søren Æbelø-Østergård.")
    assert "allerede afsluttet" in said(await press(visit, "deputy_end", data), visit).text
    assert len(courier.told) == 2


async def test_deputy_is_ended_by_name(visiting, cast_stores: Stores):
    visit = visiting(SOREN)
    await handed_in(visit, NAME)
    await handed_in(visit, replace(NAME, people=(AAGE.id,)))
    asked = said(await deputies.end_deputy(visit, replace(END, people=(METTE.id,))), visit)
    assert len(await of(cast_stores)) == 2
    assert isinstance(await press(visit, *press_of(asked.card, "Ja, afslut")), DeputyEnded)
    assert [one.deputy for one in await of(cast_stores)] == [AAGE.id]


async def test_lead_with_several_deputies_chooses(visiting, cast_stores: Stores):
    visit = visiting(SOREN)
    await handed_in(visit, NAME)
    await handed_in(visit, replace(NAME, people=(AAGE.id,), projects=("P001",)))
    answer = await deputies.end_deputy(visit, END)
    assert isinstance(answer, Deputies)
    reply = said(answer, visit)
    assert "2 stedfortrædere" in reply.text
    assert "fra onsdag den 1. juli til og med tirsdag den 14. juli · alle projekter" in reply.text
    await press(visit, "deputy_end", press_of(reply.card, "Afslut")[1])
    assert len(await of(cast_stores)) == 1


async def test_without_deputies_there_is_nothing_to_end(visiting):
    visit = visiting(SOREN)
    assert "Du har ingen stedfortræder" in said(await deputies.end_deputy(visit, END), visit).text
    named = await deputies.end_deputy(visit, replace(END, people=(METTE.id,)))
    assert "ingen stedfortræder at afslutte" in said(named, visit).text


async def test_form_tells_who_is_deputy_already(visiting):
    visit = visiting(SOREN)
    await handed_in(visit, NAME)
    form = (await deputies.name_deputy(visit, NameDeputy())).form
    assert form.intro[1] == (
        "Nu: Mette Lindegaard fra onsdag den 1. juli til og med tirsdag den 14. juli · alle projekter."
    )


async def test_portfolio_office_ends_the_deputy_of_another_and_both_hear(visiting, courier: FakeCourier):
    await handed_in(visiting(SOREN), NAME)
    visit = visiting(INGE)
    asked = said(await deputies.end_deputy(visit, replace(END, people=(SOREN.id,))), visit)
    assert isinstance(await press(visit, *press_of(asked.card, "Ja, afslut")), DeputyEnded)
    assert [email for email, _ in courier.told[-2:]] == [METTE.id, SOREN.id]
    assert "Inge Sandal har afsluttet det." in courier.told[-1][1].text


@pytest.mark.parametrize("person", [METTE, GRY, AAGE])
async def test_nobody_else_ends_it(person: Person, visiting, cast_stores: Stores):
    lead = visiting(SOREN)
    await handed_in(lead, NAME)
    visit, data = visiting(person), end_deputy("", SUMMER)["data"]
    for answer in (
        await press(visit, "deputy_end", data),
        await deputies.end_deputy(visit, replace(END, people=(SOREN.id,))),
    ):
        assert isinstance(answer, Remark)
        assert "Søren Æbelø-Østergård" in said(answer, visit).text
    assert await of(cast_stores) == [SUMMER]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"lead": SOREN.id, "deputy": METTE.id, "first": "i dag", "last": "i morgen"},
        {"lead": SOREN.id, "deputy": METTE.id, "first": "2026-07-01", "last": 4},
        {"lead": "x" * 500, "deputy": METTE.id, "first": "2026-07-01", "last": "2026-07-14"},
        {"lead": SOREN.id, "deputy": METTE.id, "first": "2026-07-01/x", "last": "2026-07-14"},
    ],
)
async def test_forged_button_ends_nobody(data: dict[str, object], visiting):
    with pytest.raises(MalformedButton):
        await press(visiting(SOREN), "deputy_end", data)


@LANGUAGES
async def test_person_sees_who_reports_for_them_and_for_whom_they_report(language: str, visiting):
    await handed_in(visiting(SOREN), NAME)
    await handed_in(visiting(AAGE), replace(NAME, people=(SOREN.id,), first=None))
    visit = visiting(SOREN, language=language)
    text = said(await deputies.deputies(visit), visit).text
    assert "Mette Lindegaard" in text
    assert "Åge Ørsted-Kjærgaard" in text
    alone = visiting(MARKUP_PERSON, language=language)
    assert ("Du har ingen stedfortræder" if language == "da" else "You have no deputy") in said(
        await deputies.deputies(alone), alone
    ).text


async def test_name_full_of_signs_is_only_a_name(visiting, courier: FakeCourier):
    visit = visiting(SOREN)
    reply = said(await handed_in(visit, replace(NAME, people=(MARKUP_PERSON.id,))), visit)
    assert r"\[Bo\](http://evil.example) \<at\>Alle\</at\>" in words_on(reply.card)
    checked(courier.told[0][1])


@given(
    st.dates(date(2020, 1, 1), date(2033, 1, 1)),
    st.dates(date(2020, 1, 1), date(2033, 1, 1)),
    st.sampled_from(["", "P001"]),
)
def test_deputy_on_a_button_is_the_deputy_that_ends(first: date, last: date, project: str):
    deputy = Deputy(SOREN.id, METTE.id, first, last, project or None)
    data = end_deputy("Afslut", deputy)["data"]
    assert deputies.deputy_of(data) == deputy


async def test_lead_who_names_themselves_is_told_why_the_form_opens(visiting):
    answer = await deputies.name_deputy(visiting(SOREN), NameDeputy(people=(SOREN.id,)))
    assert isinstance(answer, FormShown)
    assert answer.notice == "Stedfortræderen skal være en anden end projektlederen. Vælg en her."
