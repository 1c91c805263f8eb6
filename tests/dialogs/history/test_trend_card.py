"""A project's colours over time, as a chart and as words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.history.trend_card import MOST_REPORTS, Trend, answer_trend
from dialogs.questions.list_card import ProjectList
from dialogs.texts import Texts
from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Asked
from dialogs.turn.reply import Reply, UserError
from portfolio.dates import iso_week
from portfolio.history import ProjectHistory
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions import catalogue
from portfolio.questions.question import Changed, During, Question, Target, which
from storage.questions.reader import SqlPortfolioReader
from tests.kit.cards import elements_of, faults, press_of, words_on
from tests.kit.fakes import Readings
from tests.world.people import SOREN
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE

ASKED = Question(Target.TREND, which(projects=("P001",)))


def monthly(*colours: Rag, **more: Any) -> tuple[StatusReport, ...]:
    """Reports on the third of each month, the last one in June 2026."""
    first = 2026 * 12 + 5 - (len(colours) - 1)
    months = [divmod(first + at, 12) for at in range(len(colours))]
    return tuple(
        StatusReport("P001", date(year, month + 1, 3), colour, **more)
        for (year, month), colour in zip(months, colours, strict=True)
    )


def history(*reports: StatusReport, before: StatusReport | None = None, title: str = "Skærmbesøg") -> ProjectHistory:
    return ProjectHistory("P001", title, SOREN.id, SOREN.name, before, reports)


def told(audience: Audience, *reports: StatusReport, question: Question = ASKED, **more: Any) -> Reply:
    reply = Trend(question, history(*reports, **more)).reply(audience)
    assert reply.card is not None
    assert faults(reply.card) == []
    return reply


@pytest.fixture
def english(audience: Audience) -> Audience:
    return replace(audience, texts=Texts.of("en"))


G, A, R, N = Rag.GREEN, Rag.AMBER, Rag.RED, Rag.NONE


@pytest.mark.parametrize(
    ("colours", "danish", "in_english"),
    [
        ((G, G, A, A, R, R, R), "fra grøn til rød på 6 måneder", "from green to red in 6 months"),
        ((R, A), "fra rød til gul på 31 dage", "from red to amber in 31 days"),
        ((G, G, G), "uændret grøn siden 3. april 2026", "green all along since 3 April 2026"),
        ((G, R, A, G), "grøn igen efter 3 skift på 3 måneder", "green again after 3 changes in 3 months"),
        ((A,), "gul 3. juni 2026", "amber 3 June 2026"),
        ((N, G), "fra ingen status til grøn på 31 dage", "from no status to green in 31 days"),
    ],
)
def test_heading_says_how_it_went(
    colours: tuple[Rag, ...], danish: str, in_english: str, audience: Audience, english: Audience
):
    assert told(audience, *monthly(*colours)).text.startswith(f"Skærmbesøg: {danish}.\n")
    assert told(english, *monthly(*colours)).text.startswith(f"Skærmbesøg: {in_english}.\n")


@pytest.mark.parametrize(
    ("colours", "changed", "heading"),
    [
        ((G, G, R), Changed(to=(R,)), "Skærmbesøg skiftede til rød 3. juni 2026"),
        ((R, G, R, R), Changed(to=(R,)), "Skærmbesøg skiftede til rød 2 gange, senest 3. maj 2026"),
        ((G, A, G, R), Changed(to=(R, A)), "Skærmbesøg skiftede til gul og rød 2 gange, senest 3. juni 2026"),
        ((G, G), Changed(to=(R, A)), "Skærmbesøg skiftede ikke til rød eller gul"),
        (
            (R, G),
            Changed(first=date(2026, 6, 1), to=(A,)),
            "Skærmbesøg skiftede ikke til gul siden 1. juni 2026",
        ),
    ],
)
def test_reader_who_asks_for_a_colour_hears_when(
    colours: tuple[Rag, ...], changed: Changed, heading: str, audience: Audience
):
    assert told(audience, *monthly(*colours), question=ASKED.having(changed)).text.startswith(f"{heading}.\n")


def test_two_years_are_told_in_years(audience: Audience):
    far = (replace(monthly(G)[0], day=date(2024, 5, 3)), *monthly(R))
    assert told(audience, *far).text.startswith("Skærmbesøg: fra grøn til rød på 2 år.\n")


def test_chart_holds_every_report_as_high_as_its_colour_is_good(audience: Audience):
    card = told(audience, *monthly(G, A, R, N)).card
    assert card is not None
    (chart,) = elements_of(card, "Chart.VerticalBar")
    assert chart["data"] == [
        {"x": "3. mar. 26", "y": 12, "color": "good"},
        {"x": "3. apr. 26", "y": 8, "color": "warning"},
        {"x": "3. maj 26", "y": 4, "color": "attention"},
        {"x": "3. juni 26", "y": 0, "color": "neutral"},
    ]


@pytest.mark.parametrize("colours", [(R, R), (A, R), (G, A), (N, R)])
def test_axis_of_the_chart_has_whole_steps_also_where_its_end_is_not_taken(
    colours: tuple[Rag, ...], audience: Audience
):
    card = told(audience, *monthly(*colours)).card
    assert card is not None
    (chart,) = elements_of(card, "Chart.VerticalBar")
    ends = (chart["yMax"], max(bar["y"] for bar in chart["data"]))
    assert all(end >= 4 and end % 4 == 0 for end in ends)  # it is cut in four


def test_reader_without_charts_sees_the_last_reports_in_a_strip(audience: Audience):
    card = told(audience, *monthly(*[G] * 8, A, R)).card
    assert card is not None
    (chart,) = elements_of(card, "Chart.VerticalBar")
    said = "".join(run["text"] for run in chart["fallback"]["inlines"]).replace("\xa0", " ")
    assert said.startswith("● Grøn 3. nov. 25 → ")
    assert said.endswith("● Grøn 3. apr. 26 → ● Gul 3. maj 26 → ● Rød 3. juni 26")
    assert said.count("→") == 7


def test_one_report_is_no_chart(audience: Audience):
    card = told(audience, *monthly(G)).card
    assert card is not None
    assert elements_of(card, "Chart.VerticalBar") == []


def test_each_report_says_what_changed_by_whom_and_why(audience: Audience):
    before, after = monthly(G, R, time=G)
    after = replace(
        after,
        time=A,
        risk=R,
        progress=Decimal("62.5"),
        expected_end=iso_week(2026, 40),
        decision_wanted="Skal vi vente?",
        author=SOREN.id,
        comment="Leverandøren er\n*forsinket*.",
    )
    reply = told(audience, before, after)
    assert reply.text.splitlines()[2:] == [
        (
            "- Rød: 3. juni 2026 · før ● Grøn · Tid: grøn → gul · Risiko: ingen → rød · fremdrift 62,5 % · "
            "forventet slut uge 40 2026 · ønsker beslutning · meldt af Søren Æbelø-Østergård. "
            "Leverandøren er *forsinket*."
        ),
        "- Grøn: 3. maj 2026 · første status",
    ]
    assert reply.card is not None
    words = "\n".join(block["text"] for block in elements_of(reply.card, "TextBlock"))
    for said in (
        "Rød\n3\\. juni 26\nfør ● Grøn · Tid: grøn → gul · Risiko: ingen → rød · fremdrift 62,5 % · ",
        " · forventet slut uge 40 2026 · ønsker beslutning · meldt af Søren Æbelø-Østergård",
        r"Leverandøren er \*forsinket\*.",
        "●\N{NO-BREAK SPACE}Grøn\n3\\. maj 26\nførste status",
    ):
        assert said in words


def test_first_report_shown_is_held_against_the_one_before(audience: Audience):
    question = ASKED.having(Changed(first=date(2026, 6, 1)))
    reply = told(audience, *monthly(R), before=monthly(A, R)[0], question=question)
    assert reply.text.splitlines()[1:] == [
        "P001 · Søren Æbelø-Østergård · siden 1. juni 2026",
        "- Rød: 3. juni 2026 · før ● Gul",
    ]


def test_long_history_is_cut_and_says_so(audience: Audience):
    reply = told(audience, *monthly(*[G, A] * 15))
    assert "Viser de 24 nyeste af 30 meldinger." in reply.text
    assert len([line for line in reply.text.splitlines() if line.startswith("- ")]) == MOST_REPORTS
    assert reply.text.splitlines()[-1] == "- Grøn: 3. juli 2024 · før ● Gul"


def test_whole_history_can_be_longer_than_what_was_read(audience: Audience):
    days = [date(2026, 6, 3) - timedelta(days=7 * back) for back in range(60)]
    reports = [StatusReport("P001", day, G) for day in reversed(days)]
    assert "Viser de 24 nyeste meldinger." in told(audience, *reports).text


def test_older_reports_are_folded(audience: Audience):
    card = told(audience, *monthly(*[G, A] * 5)).card
    assert card is not None
    folded = {one["id"]: one.get("isVisible", True) for one in elements_of(card, "Container") if "id" in one}
    assert folded == {"older": False}
    assert "Ældre status (4)" in words_on(card)


@pytest.mark.parametrize("title", [LONG_TITLE, MARKUP_TITLE])
def test_card_holds_with_the_longest_of_everything(title: str, audience: Audience, english: Audience):
    heavy = [
        replace(
            report,
            **dict.fromkeys(("time", "economy", "quality", "benefits", "risk"), R if at % 2 else N),
            comment=title * 3,
            author=title,
            decision_wanted=title,
            progress=Decimal("33.3"),
        )
        for at, report in enumerate(monthly(*[G, A] * 20))
    ]
    for reader in (audience, english):
        told(reader, *heavy, title=title, question=ASKED.having(Changed(since_meeting=title)))


def test_project_without_a_report_says_how_it_gets_one(audience: Audience):
    reply = told(audience)
    assert reply.text == (
        "Skærmbesøg har ingen status endnu. Udviklingen begynder med den første status. "
        "Projektlederen melder den ved at skrive »meld status på P001«."
    )


def test_days_without_a_report_lead_to_the_whole_trend(audience: Audience):
    reply = told(audience, question=ASKED.having(Changed(first=date(2026, 6, 1))))
    assert reply.text.startswith("Skærmbesøg har ingen status siden 1. juni 2026.")
    assert reply.card is not None
    assert press_of(reply.card, "Vis hele udviklingen")[1]["question"] == {
        "target": "trend",
        "where": [{"projects": ["P001"]}],
    }


def test_way_to_the_project_leads_on_to_the_list_it_came_from(audience: Audience):
    answer = Trend(ASKED, history(*monthly(G, A)), back=Question(where=which(late=True)))
    card = answer.reply(audience).card
    assert card is not None
    assert press_of(card, "Vis projektet") == ("open", {"project": "P001", "question": {"where": [{"late": True}]}})


async def test_closed_project_without_a_report_gets_none(reader: SqlPortfolioReader, audience: Audience):
    answer = await answer_trend(Asking(replace(ASKED, where=which(projects=("P004",))), reader, audience))
    assert isinstance(answer, Trend)
    text = answer.reply(audience).text
    assert text == (
        "Gammelt bibliotekssystem har ingen status endnu. "
        "Projektet er afsluttet eller stoppet, så der kommer heller ingen."
    )


async def test_reader_comes_from_the_list_to_the_trend_and_back(assistant: Assistant, readings: Readings, turn: Turn):
    readings.meaning["røde"] = Asked(Question(where=which(overall=(R,))))
    reply = await assistant.ask("røde", turn)
    for title in ("Åbn Skærmbesøg", "Udvikling", "Vis projektet", "Tilbage"):
        assert reply.card is not None
        reply = await assistant.press(*press_of(reply.card, title), turn)
    assert reply.text == (await assistant.ask("røde", turn)).text


async def test_hand_made_way_back_is_refused(assistant: Assistant, turn: Turn):
    data = {"question": {"target": "trend", "where": {"projects": ["P001"]}}, "back": {"late": "yes"}}
    assert "Knappen virker ikke længere" in (await assistant.press("show", data, turn)).text


async def test_trend_is_read_from_the_portfolio(reader: SqlPortfolioReader, audience: Audience):
    answer = await answer_trend(Asking(ASKED, reader, audience))
    assert isinstance(answer, Trend)
    text = answer.reply(audience).text
    assert text.startswith("Skærmbesøg i hjemmeplejen: fra grøn til rød på 3 måneder.\n")
    assert "- Rød: 3. april 2026 · før ● Grøn · Tid: ingen → gul · Økonomi: ingen → rød · " in text


async def test_trend_can_be_of_some_days_only(reader: SqlPortfolioReader, audience: Audience):
    spring = During(catalogue.ACTIVE, date(2026, 3, 1), date(2026, 5, 31))
    answer = await answer_trend(Asking(ASKED.having(spring), reader, audience))
    assert isinstance(answer, Trend)
    assert answer.question == ASKED.having(Changed(date(2026, 3, 1), date(2026, 5, 31)))
    _, under, *rows = answer.reply(audience).text.splitlines()
    assert under == "P001 · Søren Æbelø-Østergård · fra 1. marts 2026 til 31. maj 2026"
    assert [row.split(" · ")[:2] for row in rows] == [
        ["- Rød: 3. april 2026", "før ● Grøn"],
        ["- Grøn: 1. marts 2026", "samme farve som før"],
    ]


async def test_trend_of_a_project_that_is_gone_is_an_error(reader: SqlPortfolioReader, audience: Audience):
    with pytest.raises(UserError, match="gone"):
        await answer_trend(Asking(replace(ASKED, where=which(projects=("P999",))), reader, audience))


async def test_trend_of_several_is_the_list_of_them(reader: SqlPortfolioReader, audience: Audience):
    several = replace(ASKED, where=which(projects=("P001", "P002")))
    assert isinstance(await answer_trend(Asking(several, reader, audience)), ProjectList)
