"""A project gets another lead: said yes to once, told all whom it concerns, taken by one of those who try."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from dialogs.forms.card import FormShown
from dialogs.forms.chat_cards import FormSummed
from dialogs.forms.fields import whole
from dialogs.handover import handlers as handing_over
from dialogs.handover.cards import HandedOver, WhichToHandOver
from dialogs.handover.orders import HandOver
from dialogs.refusal import ForbiddenButton
from dialogs.remark import Remark
from dialogs.turn.orders import Order
from dialogs.turn.payload import MalformedButton
from dialogs.turn.reply import UserError
from dialogs.turn.visit import Stores, Visit
from portfolio.audit import Action
from portfolio.deputies import Deputy
from portfolio.organisation import Person
from portfolio.projects.project import Phase
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Submission
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import checked, elements_of, press_of, words_on
from tests.kit.fakes import FakeCourier
from tests.kit.pressing import press
from tests.kit.steps import said
from tests.world.municipality import CAST
from tests.world.people import AAGE, GRY, IB, INGE, MARKUP_PERSON, METTE, SOREN
from tests.world.portfolio import LONG_TITLE

GIVE = HandOver(projects=("P001",), people=(METTE.id,))
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


async def handed_in(visit: Visit, shown: FormShown | FormSummed, **answers: str) -> object:
    draft = replace(shown.draft, answers={**shown.draft.answers, **answers})
    opened = await handing_over.open_form(visit, draft)
    return await opened.hand_in(draft, whole(opened.form, draft.answers))


async def given(visit: Visit, command: Order = GIVE) -> object:
    """Said and said yes to."""
    shown = await handing_over.hand_over(visit, command)
    return await handed_in(visit, shown) if isinstance(shown, FormShown | FormSummed) else shown


async def lead_of(stores: Stores, number: str = "P001") -> str | None:
    return (await stores.reporting.reportable(number)).detail.project.lead


async def test_nothing_is_handed_over_before_the_yes(visiting, cast_stores: Stores, courier: FakeCourier):
    answer = await handing_over.hand_over(visiting(SOREN), GIVE)
    assert isinstance(answer, FormSummed)
    assert answer.form.title == "Overdrag Skærmbesøg i hjemmeplejen"
    assert answer.notice.startswith("Søren Æbelø-Østergård leder projektet nu.")
    assert await lead_of(cast_stores) == SOREN.id
    assert courier.told == []


async def test_new_lead_gets_the_project_with_all_that_goes_with_it(
    visiting, cast_stores: Stores, courier: FakeCourier
):
    visit = visiting(SOREN)
    answer = await given(visit)
    assert await lead_of(cast_stores) == METTE.id
    assert said(answer, visit).text.splitlines() == [
        "Skærmbesøg i hjemmeplejen ledes nu af Mette Lindegaard.",
        "Indtil nu var det dig.",
        "Alle ser den nye leder på projektet.",
        "Mette Lindegaard og Gry Thorlund får besked i Teams.",
    ]
    told = dict(courier.told)
    assert list(told) == [METTE.id, GRY.id]
    assert checked(told[METTE.id]).text.splitlines() == [
        "Du leder nu Skærmbesøg i hjemmeplejen.",
        "Søren Æbelø-Østergård har overdraget det.",
        "Indtil nu var det Søren Æbelø-Østergård.",
        "Seneste status: ● Grøn, 8 dage gammel · næste status senest mandag den 29. juni.",
        "Det går godt",
        "Risici og barrierer (1):",
        "- Risiko: Leverandøren går · 12 point",
    ]
    assert press_of(told[METTE.id].card, "Meld status") == ("report", {"project": "P001"})
    assert checked(told[GRY.id]).text.startswith("Skærmbesøg i hjemmeplejen ledes nu af Mette Lindegaard.")


async def test_old_lead_cannot_take_it_back_but_the_owner_can(visiting, cast_stores: Stores, courier: FakeCourier):
    lead = visiting(SOREN)
    assert "actions" not in said(await given(lead), lead).card
    owner = visiting(GRY)
    reply = said(await given(owner, replace(GIVE, people=(AAGE.id,))), owner)
    verb, data = press_of(reply.card, "Giv tilbage")
    assert verb == "hand_over"
    back = await press(owner, "hand_over", data)
    assert isinstance(back, FormSummed)
    await handed_in(owner, back)
    assert await lead_of(cast_stores) == METTE.id


async def test_owner_hands_over_and_the_old_lead_hears_it(visiting, courier: FakeCourier):
    await given(visiting(GRY))
    assert [email for email, _ in courier.told] == [METTE.id, SOREN.id]
    text = checked(courier.told[1][1]).text
    assert "Gry Thorlund har overdraget det.\nIndtil nu var det dig." in text


@LANGUAGES
async def test_project_without_lead_gets_one(language: str, visiting, cast_stores: Stores, courier: FakeCourier):
    visit = visiting(INGE, language=language)
    answer = await given(visit, replace(GIVE, projects=("P007",)))
    assert await lead_of(cast_stores, "P007") == METTE.id
    said(answer, visit)
    assert "Der er ikke meldt status" in checked(courier.told[0][1]).text


@LANGUAGES
async def test_person_takes_over_themselves(language: str, visiting, courier: FakeCourier):
    visit = visiting(GRY, language=language)
    reply = said(await given(visit, replace(GIVE, people=(GRY.id,))), visit)
    assert ("ledes nu af dig" if language == "da" else "is now led by you") in reply.text
    assert [email for email, _ in courier.told] == [SOREN.id]


async def test_from_one_to_another_names_the_new_lead(visiting):
    answer = await handing_over.hand_over(visiting(INGE), replace(GIVE, people=(METTE.id, SOREN.id)))
    assert isinstance(answer, FormSummed)
    assert answer.draft.answers == {"lead": METTE.id}


@pytest.mark.parametrize(
    ("people", "answers"),
    [((), {}), ((SOREN.id,), {}), ((METTE.id, AAGE.id), {"lead": METTE.id})],
)
async def test_who_is_to_lead_is_asked_for(people: tuple[str, ...], answers: dict[str, str], visiting):
    """Also where somebody is thought to lead it who doesn't."""
    answer = await handing_over.hand_over(visiting(SOREN), replace(GIVE, people=people))
    assert isinstance(answer, FormShown)
    assert answer.draft.answers == answers


@LANGUAGES
@pytest.mark.parametrize("number", ["P001", "P007"])
async def test_form_is_a_card_in_both_languages(number: str, language: str, visiting):
    visit = visiting(INGE, language=language)
    said(await handing_over.hand_over(visit, replace(GIVE, projects=(number,))), visit)
    shown = await handing_over.hand_over(visit, replace(GIVE, projects=(number,), people=()))
    said(shown, visit)


async def test_card_filled_in_by_hand_is_read_as_it_is_meant(visiting, cast_stores: Stores):
    visit = visiting(SOREN)
    shown = await handing_over.hand_over(visit, replace(GIVE, people=()))
    data = {"draft": shown.draft.id, "version": shown.draft.version, "form.lead": "Åge Ørsted"}
    assert isinstance(await press(visit, "form_submit", data), HandedOver)
    assert await lead_of(cast_stores) == AAGE.id
    again = await press(visit, "form_submit", data)
    assert said(again, visit).text.startswith("Skærmbesøg i hjemmeplejen ledes nu af Åge Ørsted-Kjærgaard.")


async def test_word_that_names_nobody_is_quoted_back(visiting):
    answer = await handing_over.hand_over(visiting(SOREN), replace(GIVE, people=(), unknown=("Kurt",)))
    assert answer.notice == "Jeg kender ikke »Kurt«. Vælg blandt dem, der står i porteføljen."


@LANGUAGES
async def test_person_chooses_among_what_they_lead_and_own(language: str, visiting):
    visit = visiting(SOREN, language=language)
    answer = await handing_over.hand_over(visit, replace(GIVE, projects=()))
    assert isinstance(answer, WhichToHandOver)
    data = press_of(said(answer, visit).card, "Digital post (P002)")[1]
    chosen = await press(visit, "hand_over", data)
    assert isinstance(chosen, FormSummed)
    assert (chosen.draft.subject, chosen.draft.answers) == ("P002", {"lead": METTE.id})


async def test_one_project_is_no_choice(visiting):
    assert isinstance(await handing_over.hand_over(visiting(AAGE), replace(GIVE, projects=())), FormSummed)


async def test_ambiguous_name_is_asked_about(visiting):
    answer = await handing_over.hand_over(visiting(INGE), replace(GIVE, projects=(), maybe=("P001", "P002")))
    assert answer == WhichToHandOver(("P001", "P002"), METTE.id)


async def test_person_without_projects_is_asked_which(visiting):
    visit = visiting(IB)
    answer = await handing_over.hand_over(visit, replace(GIVE, projects=()))
    assert said(answer, visit).text.startswith("Hvilket projekt skal overdrages?")


async def test_choice_among_many_says_how_many_more(visiting):
    visit = visiting(SOREN)
    reply = said(WhichToHandOver(tuple(f"P{number:03}" for number in range(1, 31))), visit)
    assert len(elements_of(reply.card, "Action.Execute")) == 8
    assert "og 22 mere" in reply.text


@pytest.mark.parametrize("person", [METTE, AAGE, IB])
@LANGUAGES
async def test_others_may_not_and_learn_who_may(
    language: str, person: Person, visiting, cast_stores: Stores, courier: FakeCourier
):
    """A deputy neither."""
    await cast_stores.reporting.set_deputy(
        Deputy(SOREN.id, METTE.id, date(2026, 6, 1), date(2026, 6, 30)), SOREN.id, visiting(SOREN).now
    )
    visit = visiting(person, language=language)
    reply = said(await given(visit), visit)
    assert "Søren Æbelø-Østergård" in reply.text
    assert "Gry Thorlund" in reply.text
    assert (await cast_stores.audit.log_of("P001"))[0].action is Action.HAND_OVER_DENIED
    assert await lead_of(cast_stores) == SOREN.id
    assert courier.told == []


async def test_right_lost_before_the_yes_is_lost(visiting, cast_stores: Stores):
    visit = visiting(SOREN)
    shown = await handing_over.hand_over(visit, GIVE)
    await given(visiting(GRY), replace(GIVE, people=(AAGE.id,)))
    assert isinstance(await handed_in(visit, shown), Remark)
    assert await lead_of(cast_stores) == AAGE.id


async def test_closed_project_is_not_handed_over(visiting, cast_stores: Stores, cast_database: Database):
    visit = visiting(SOREN)
    assert "er lukket" in said(await given(visit, replace(GIVE, projects=("P005",))), visit).text
    shown = await handing_over.hand_over(visit, GIVE)
    closed = replace(CAST.projects[0], phase=Phase.CLOSED)
    await SqlPortfolioWriter(cast_database).apply(replace(CAST, projects=(closed,)))
    assert "er lukket" in said(await handed_in(visit, shown), visit).text
    assert await lead_of(cast_stores) == SOREN.id


async def test_project_that_is_gone_is_said_to_be(visiting):
    with pytest.raises(UserError, match="gone"):
        await handing_over.hand_over(visiting(INGE), replace(GIVE, projects=("P999",)))


async def test_lead_who_leads_it_already_is_no_new_lead(visiting):
    shown = await handing_over.hand_over(visiting(SOREN), replace(GIVE, people=()))
    answer = await handed_in(visiting(SOREN), shown, lead=SOREN.id)
    assert [fault.field for fault in answer.faults] == ["lead"]


async def test_report_that_came_meanwhile_is_seen_before_the_project_goes(visiting, cast_stores: Stores):
    visit = visiting(GRY)
    shown = await handing_over.hand_over(visit, GIVE)
    reportable = await cast_stores.reporting.reportable("P001")
    report = StatusReport("P001", visit.today, Rag.RED)
    await cast_stores.reporting.publish(Submission(report, reportable.revision, SOREN.id, visit.now))
    answer = await handed_in(visit, shown)
    assert isinstance(answer, FormSummed)
    assert answer.notice.startswith("Intet er overdraget endnu")
    assert "Søren Æbelø-Østergård" in answer.notice
    assert await lead_of(cast_stores) == SOREN.id
    assert isinstance(await handed_in(visit, answer), HandedOver)
    assert await lead_of(cast_stores) == METTE.id


@pytest.mark.parametrize("person", [SOREN, GRY])
async def test_pressing_twice_hands_over_and_tells_once(person: Person, visiting, courier: FakeCourier):
    """Also when the first press took away the right to."""
    visit = visiting(person)
    shown = await handing_over.hand_over(visit, GIVE)
    first, second = await handed_in(visit, shown), await handed_in(visit, shown)
    assert len(first.notifications) == 2
    assert second.notifications == ()
    assert said(second, visit).text.startswith("Skærmbesøg i hjemmeplejen ledes nu af Mette Lindegaard.")
    assert len(courier.told) == 2


async def test_many_presses_at_once_are_one(visiting, courier: FakeCourier):
    visit = visiting(SOREN)
    shown = await handing_over.hand_over(visit, GIVE)
    answers = await asyncio.gather(*(handed_in(visit, shown) for _ in range(6)))
    assert {type(answer) for answer in answers} == {HandedOver}
    assert sum(bool(answer.notifications) for answer in answers) == 1
    assert len(courier.told) == 2


async def test_of_two_who_hand_over_at_once_one_is_told_that_it_was_taken(visiting, cast_stores: Stores):
    owner, office = visiting(GRY), visiting(INGE)
    shown = [
        (owner, await handing_over.hand_over(owner, GIVE)),
        (office, await handing_over.hand_over(office, replace(GIVE, people=(AAGE.id,)))),
    ]
    answers = await asyncio.gather(*(handed_in(visit, form) for visit, form in shown))
    (winner,) = [answer for answer in answers if isinstance(answer, HandedOver)]
    (loser,) = [answer for answer in answers if isinstance(answer, FormSummed)]
    assert await lead_of(cast_stores) == winner.project.lead
    names = {METTE.id: METTE.name, AAGE.id: AAGE.name}
    assert names[winner.project.lead] in loser.notice


async def test_old_form_says_what_came_of_it(visiting, cast_stores: Stores):
    visit = visiting(GRY)
    shown = await handing_over.hand_over(visit, GIVE)
    await handed_in(visit, shown)
    done = await cast_stores.drafts.draft(shown.draft.id)
    assert said(await handing_over.repeat_outcome(visit, done), visit).text.startswith(
        "Skærmbesøg i hjemmeplejen ledes nu af"
    )
    await given(visit, replace(GIVE, people=(AAGE.id,)))
    assert "Projektet fik en anden leder siden" in said(await handing_over.repeat_outcome(visit, done), visit).text
    assert (
        "Formularen er lukket" in said(await handing_over.repeat_outcome(visit, replace(done, outcome="")), visit).text
    )


@pytest.mark.parametrize("data", [{}, {"project": 4}, {"project": "x" * 500}, {"project": "P001", "lead": 4}])
async def test_forged_button_hands_nothing_over(data: dict[str, object], visiting):
    with pytest.raises(MalformedButton):
        await press(visiting(SOREN), "hand_over", data)


async def test_lead_whom_nobody_knows_is_not_taken_from_a_button(visiting):
    with pytest.raises(ForbiddenButton):
        await press(visiting(SOREN), "hand_over", {"project": "P001", "lead": "ukendt@birkefjord.example"})


@LANGUAGES
async def test_longest_names_and_markup_make_a_card_that_teams_takes(
    language: str, visiting, cast_stores: Stores, cast_database: Database, courier: FakeCourier
):
    courier.languages = {MARKUP_PERSON.id: language}
    courier.unreachable = {SOREN.id}
    long = replace(CAST.projects[0], title=LONG_TITLE)
    risks = tuple(replace(CAST.risks[0], title=f"{at} {LONG_TITLE}") for at in range(9))
    await SqlPortfolioWriter(cast_database).apply(replace(CAST, projects=(long,), risks=risks))
    visit = visiting(GRY, language=language)
    reply = said(await given(visit, replace(GIVE, people=(MARKUP_PERSON.id,))), visit)
    assert "(https://teams.microsoft.com/l/chat/0/0?users=soeren@birkefjord.example)" in words_on(reply.card)
    assert r"\[Bo\](http://evil.example)" in words_on(reply.card)
    ((email, told),) = courier.told
    assert email == MARKUP_PERSON.id
    checked(told)
