"""What the figures say, beside the lead's own colour and never instead of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.projects.card import OneProject
from dialogs.projects.signals import disputed_words, disputes_block, disputes_text, signal_sentences
from dialogs.questions.answering import answer_list
from dialogs.questions.chips import chips
from dialogs.questions.headings import projects_heading
from dialogs.questions.list_card import ProjectList
from dialogs.texts import Texts
from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience, Names
from portfolio.dates import PlanDate, Unit, in_unit, iso_week, on_day
from portfolio.projects.project import Milestone, Phase, Project
from portfolio.projects.signals import Figures, signals
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.answers import ProjectDetail, ProjectPage, ProjectRow, Vocabulary
from portfolio.questions.question import Question, Target, which
from storage.questions.reader import SqlPortfolioReader
from tests.kit.cards import elements_of, faults, words_on
from tests.world.people import id_of
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE, NOW

TODAY = NOW.date()
FRESH = StatusReport("P1", TODAY, Rag.GREEN)


def detail(
    report: StatusReport | None = FRESH, milestones: tuple[Milestone, ...] = (), **changes: Any
) -> ProjectDetail:
    reports = (report,) if report else ()
    return ProjectDetail(Project("P1", "Skærmbesøg", **changes), None, None, reports, milestones, (), ())


def row(figures: Figures, number: str = "P1") -> ProjectRow:
    colours = (figures.overall, figures.status_day, False, False)
    return ProjectRow(
        number, "Skærmbesøg", *colours, None, None, None, None, None, None, is_closed=False, figures=figures
    )


def listing(question: Question, *rows: ProjectRow) -> ProjectList:
    return ProjectList(question, ProjectPage(rows, len(rows), {one.overall: 1 for one in rows}))


@pytest.fixture
def english(audience: Audience) -> Audience:
    return replace(audience, texts=Texts.of("en"))


def money(budget: int, spend: int) -> dict[str, Decimal]:
    return {"budget": Decimal(budget), "spend": Decimal(spend)}


@pytest.mark.parametrize(
    ("changes", "danish", "in_english"),
    [
        (
            money(1_250_000, 1_500_000),
            "Forbruget er 1,5 mio. kr., 250.000 kr. (20 %) over budgettet.",
            "Spending is DKK 1.5 million, DKK 250,000 (20%) over budget.",
        ),
        (
            money(0, 1_000),
            "Forbruget er 1.000 kr., og budgettet er 0 kr.",
            "Spending is DKK 1,000, and the budget is DKK 0.",
        ),
        (
            {"end": on_day(date(2026, 2, 9))},
            "Planlagt slut var 9. februar 2026, for 4 måneder siden.",
            "The planned end was 9 February 2026, 4 months ago.",
        ),
        (
            {"end": in_unit(date(2026, 1, 1), Unit.QUARTER)},
            "Planlagt slut var 1. kvartal 2026, for over 2 måneder siden.",
            "The planned end was 1st quarter 2026, over 2 months ago.",
        ),
        (
            {"end": on_day(date(2024, 6, 9))},
            "Planlagt slut var 9. juni 2024, for 2 år siden.",
            "The planned end was 9 June 2024, 2 years ago.",
        ),
        (
            {"end": on_day(date(2024, 5, 1))},
            "Planlagt slut var 1. maj 2024, for over 2 år siden.",
            "The planned end was 1 May 2024, over 2 years ago.",
        ),
    ],
)
def test_each_signal_says_why_in_one_sentence(
    changes: dict[str, Any], danish: str, in_english: str, audience: Audience, english: Audience
):
    assert signal_sentences(detail(**changes), audience) == [danish]
    assert signal_sentences(detail(**changes), english) == [in_english]


@pytest.mark.parametrize(
    ("expected", "danish", "in_english"),
    [
        (
            iso_week(2026, 49),
            "Lederen venter slut i uge 49 2026, over 5 måneder efter planen.",
            "The lead expects it to end in week 49 2026, over 5 months behind the plan.",
        ),
        (
            on_day(date(2026, 8, 30)),
            "Lederen venter slut den 30. august 2026, 2 måneder efter planen.",
            "The lead expects it to end on 30 August 2026, 2 months behind the plan.",
        ),
    ],
)
def test_lead_who_expects_a_later_end_is_quoted(
    expected: PlanDate, danish: str, in_english: str, audience: Audience, english: Audience
):
    late = detail(replace(FRESH, expected_end=expected), end=on_day(date(2026, 6, 30)))
    assert signal_sentences(late, audience) == [danish]
    assert signal_sentences(late, english) == [in_english]


def test_milestone_is_named_and_others_are_counted(audience: Audience):
    first = Milestone("P1", "Udbud sendt", on_day(date(2026, 5, 1)))
    later = (Milestone("P1", "Aftale", in_unit(date(2026, 5, 1), Unit.MONTH)), Milestone("P1", "Uden dato"))
    assert signal_sentences(detail(milestones=(first,)), audience) == [
        "Milepælen »Udbud sendt« skulle være nået 1. maj 2026."
    ]
    assert signal_sentences(detail(milestones=(*later, first)), audience) == [
        "Milepælen »Udbud sendt« skulle være nået 1. maj 2026, og 1 milepæl mere er passeret."
    ]


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (None, "Status er 67 dage gammel; den skal fornyes hver 28. dag."),
        (1, "Status er 67 dage gammel; den skal fornyes hver dag."),
    ],
)
def test_old_status_says_how_often_it_is_to_be_renewed(rhythm: int | None, words: str, audience: Audience):
    old = replace(FRESH, day=TODAY - timedelta(days=67))
    assert signal_sentences(detail(old, rhythm_days=rhythm), audience) == [words]


def test_reader_sees_the_leads_colour_and_what_the_figures_say(audience: Audience):
    reply = OneProject(Question(), detail(**money(100, 200))).reply(audience)
    assert reply.card is not None
    assert faults(reply.card) == []
    blocks = [block["text"] for block in elements_of(reply.card, "TextBlock")]
    first = blocks.index("●\N{NO-BREAK SPACE}Grøn, fra i dag")
    assert blocks[blocks.index("Tallene siger") :][:4] == [
        "Tallene siger",
        "●\N{NO-BREAK SPACE}Rød",
        "Forbruget er 200 kr., 100 kr. (100 %) over budgettet.",
        "Lederen siger ● Grøn",
    ]
    assert first < blocks.index("Tallene siger")
    assert "Grøn, fra i dag." in reply.text
    assert "- Rød: Forbruget er 200 kr., 100 kr. (100 %) over budgettet. Lederen siger ● Grøn." in reply.text


def test_reader_sees_which_light_the_lead_has_lit(audience: Audience):
    lit = replace(FRESH, overall=Rag.RED, economy=Rag.AMBER)
    text = OneProject(Question(), detail(lit, **money(100, 200))).reply(audience).text
    assert "Lederen siger ● Gul på økonomi." in text


def test_lead_who_agrees_is_not_held_up_against_the_figures(audience: Audience):
    agreeing = replace(FRESH, overall=Rag.RED)
    text = OneProject(Question(), detail(agreeing, **money(100, 200))).reply(audience).text
    assert "- Rød: Forbruget er 200 kr., 100 kr. (100 %) over budgettet." in text
    assert "Lederen siger" not in text


@pytest.mark.parametrize("changes", [{}, {"phase": Phase.CLOSED, **money(1, 9), "end": on_day(date(2020, 1, 1))}])
def test_nothing_is_said_where_the_figures_agree_or_the_project_is_closed(changes: dict[str, Any], audience: Audience):
    assert "Tallene siger" not in OneProject(Question(), detail(**changes)).reply(audience).text


@pytest.mark.parametrize("title", [LONG_TITLE, MARKUP_TITLE])
def test_awkward_milestone_stays_on_the_card_as_it_is(title: str, audience: Audience, english: Audience):
    awkward = detail(milestones=tuple(Milestone("P1", f"{title}{n}", on_day(date(2026, 1, 1))) for n in range(20)))
    for reader in (audience, english):
        card = OneProject(Question(), awkward).reply(reader).card
        assert card is not None
        assert faults(card) == []


def test_row_says_what_the_figures_say_without_taking_the_leads_colour_away(audience: Audience):
    over = row(Figures(overall=Rag.GREEN, status_day=TODAY, end=date(2020, 1, 1), **money(100, 200)))
    reply = listing(Question(), over).reply(audience)
    assert reply.card is not None
    assert "Grøn, fra i dag: Skærmbesøg (tallene siger rød på økonomi og tid · P1" in reply.text
    assert "● Grøn" in words_on(reply.card)
    assert "tallene siger rød på økonomi og tid" in words_on(reply.card)


def test_gravest_disagreement_is_the_one_in_the_row(audience: Audience):
    figures = Figures(overall=Rag.GREEN, milestone=TODAY - timedelta(days=1), **money(100, 200))
    assert disputed_words(figures, audience) == "tallene siger rød på økonomi"
    assert disputed_words(replace(figures, economy=Rag.RED), audience) == "tallene siger gul på tid"
    assert disputed_words(replace(figures, overall=Rag.RED), audience) is None


def test_list_of_disagreements_gives_the_reason_under_each(audience: Audience):
    over = row(Figures(overall=Rag.GREEN, status_day=TODAY, milestone=date(2026, 5, 1), **money(100, 200)))
    reply = listing(Question(where=which(disputed=True)), over).reply(audience)
    assert reply.card is not None
    assert faults(reply.card) == []
    runs = [run["text"] for block in elements_of(reply.card, "RichTextBlock") for run in block["inlines"]]
    assert runs == [
        "● Rød",
        " Forbruget er 200 kr., 100 kr. (100 %) over budgettet.",
        "● Gul",
        " En milepæl skulle være nået 1. maj 2026.",
    ]
    assert reply.text.splitlines()[-1].endswith(
        "Rød: Forbruget er 200 kr., 100 kr. (100 %) over budgettet. Gul: En milepæl skulle være nået 1. maj 2026"
    )
    assert "tallene siger rød" not in reply.text


def test_list_tells_what_the_lead_says_of_the_thing_where_the_overall_colour_says_else(audience: Audience):
    figures = Figures(overall=Rag.AMBER, time=Rag.GREEN, status_day=TODAY, milestone=date(2026, 6, 1))
    reply = listing(Question(where=which(disputed=True)), row(figures)).reply(audience)
    assert reply.text.endswith("Gul: En milepæl skulle være nået 1. juni 2026. Lederen siger ● Grøn på tid")


async def test_manager_finds_where_the_figures_disagree(reader: SqlPortfolioReader, audience: Audience):
    answer = await answer_list(Asking(Question(where=which(disputed=True)), reader, audience))
    assert isinstance(answer, ProjectList)
    assert [one.number for one in answer.page.rows] == ["P001"]
    reply = answer.reply(audience)
    assert reply.text.startswith("1 projekt hvor tallene siger noget andet end lederen.\n")
    assert "Rød: En milepæl skulle være nået 1. marts 2026" in reply.text


def test_disagreement_is_a_filter_that_can_be_taken_off(audience: Audience):
    question = Question(where=which(overall=(Rag.GREEN,), late=True, disputed=True))
    last = chips(question, audience)[-1]
    assert (last.label, last.removed) == (
        "tallene siger noget andet end lederen",
        Question(where=which(overall=(Rag.GREEN,), late=True)),
    )
    agreed = chips(Question(where=which(disputed=False)), audience)[0]
    assert agreed.label == "tallene siger noget andet end lederen: nej"


@pytest.mark.parametrize(
    ("disputed", "danish", "in_english"),
    [
        (
            True,
            "2 grønne projekter hvor tallene siger noget andet end lederen",
            "2 green projects where the figures say other than the lead",
        ),
        (
            False,
            "2 grønne projekter hvor tallene ikke siger lederen imod",
            "2 green projects where the figures do not contradict the lead",
        ),
    ],
)
def test_heading_says_that_the_figures_were_asked(
    disputed: bool, danish: str, in_english: str, audience: Audience, english: Audience
):
    question = Question(where=which(overall=(Rag.GREEN,), disputed=disputed))
    assert projects_heading(question, 2, audience) == danish
    assert projects_heading(question, 2, english) == in_english


async def test_card_of_a_project_says_who_reported_and_what_is_expected(audience: Audience):
    report = replace(
        FRESH,
        author=id_of("soeren@birkefjord.example"),
        expected_end=iso_week(2026, 40),
        decision_wanted="Skal vi *vente*?",
        progress=Decimal(60),
    )
    reply = OneProject(Question(target=Target.PROJECT), detail(report)).reply(audience)
    assert reply.card is not None
    assert faults(reply.card) == []
    words = words_on(reply.card)
    assert "Meldt 9. juni 2026 af Søren Æbelø-Østergård" in words
    assert "Fremdrift: 60 % · Forventet slut: uge 40 2026" in words
    assert "Ønsker beslutning\nSkal vi \\*vente\\*?" in words
    assert "Grøn, fra i dag. Fremdrift: 60 %. Forventet slut: uge 40 2026." in reply.text
    assert "Meldt 9. juni 2026 af Søren Æbelø-Østergård." in reply.text
    assert "Ønsker beslutning: Skal vi *vente*?" in reply.text


_days = st.none() | st.dates()
_money = st.none() | st.decimals(0, 10**9, places=2)
_figures = st.builds(
    Figures, st.booleans(), _money, _money, _days, _days, _days, _days, st.none() | st.integers(1, 99),
    *[st.sampled_from(Rag)] * 3,
)  # fmt: skip


@given(_figures, st.sampled_from(["da", "en"]))
def test_any_figures_can_be_told(figures: Figures, language: str):
    nobody = Names(Vocabulary(1, (), (), frozenset(), frozenset(), (), (), ()))
    audience = Audience(Texts.of(language), nobody, NOW)
    found = [one for one in signals(figures, audience.today) if one.disputes]
    assert (disputed_words(figures, audience) is None) is (not found)
    assert len(disputes_block(figures, audience)) == len(found)
    assert bool(disputes_text(figures, audience)) is bool(found)
