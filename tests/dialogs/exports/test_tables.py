"""Every answer that lists something has a table: all that it lists, in its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from dialogs.exports.files import Listing
from dialogs.features import EXPORTER, FEATURES
from dialogs.texts import Texts
from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience, Names
from dialogs.turn.table import Cell
from portfolio.projects.project import Benefit, BenefitKind, Milestone
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import (
    Changed,
    Figure,
    FigureKind,
    PeopleRole,
    Question,
    Sort,
    Target,
    meetings_of,
    which,
)
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.dialogs.conftest import HERE
from tests.world.municipality import CAST, crowd
from tests.world.people import GRY, SOREN

# What the portfolio doesn't hold isn't listed.
NOT_HELD = {Target.PROPOSALS, Target.SYSTEMS}
# Answers that are one number or one thing are listed as the projects that they are of.
AS_PROJECTS = {Target.PROJECT, Target.COUNT, Target.FIGURE, Target.FIELD}
SUM = Figure(FigureKind.SUM, catalogue.BUDGET)
EVERY = {
    Target.PROJECTS: Question(),
    Target.PROJECT: Question(Target.PROJECT, which(projects=("P001",))),
    Target.TREND: Question(Target.TREND, which(projects=("P001",))),
    Target.COUNT: Question(Target.COUNT, which(overall=(Rag.RED,))),
    Target.FIGURE: Question(Target.FIGURE, figure=SUM),
    Target.GROUPS: Question(Target.GROUPS, group_by=catalogue.PHASES),
    Target.FIELD: Question(Target.FIELD, which(projects=("P001",)), fact=catalogue.LEAD),
    Target.PEOPLE: Question(Target.PEOPLE),
    Target.MILESTONES: Question(Target.MILESTONES),
    Target.BENEFITS: Question(Target.BENEFITS),
    Target.OBSTACLES: Question(Target.OBSTACLES),
    Target.FOCUS_AREAS: Question(Target.FOCUS_AREAS),
    Target.ORG_UNITS: Question(Target.ORG_UNITS),
    Target.BODIES: Question(Target.BODIES),
    Target.MEETINGS: meetings_of(),
}


@pytest.fixture
async def asking(cast_database: Database) -> Asking:
    reader = SqlPortfolioReader(cast_database)
    return Asking(Question(), reader, Audience(Texts.of("da"), Names(await reader.vocabulary()), HERE, SOREN))


async def listed(asking: Asking, question: Question) -> Listing:
    listing = await EXPORTER.listing(replace(asking, question=question))
    assert listing is not None
    assert all(len(row) == len(listing.table.columns) for row in listing.table.rows)
    return listing


async def rows_of(asking: Asking, question: Question) -> list[tuple[Cell, ...]]:
    return list((await listed(asking, question)).table.rows)


def test_every_target_has_a_table():
    with_tables = [target for feature in FEATURES for target in feature.tables]
    assert len(with_tables) == len(set(with_tables))
    assert set(with_tables) | AS_PROJECTS == set(Target) - NOT_HELD == EVERY.keys()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("target", EVERY)
async def test_every_kind_of_list_has_headers_and_the_answers_heading(asking: Asking, target: Target, language: str):
    told = replace(asking, audience=replace(asking.audience, texts=Texts.of(language)))
    listing = await listed(told, EVERY[target])
    assert all(listing.table.columns)
    assert len(set(listing.table.columns)) == len(listing.table.columns)
    assert listing.title
    assert "\n" not in listing.title


@pytest.mark.parametrize("target", sorted(NOT_HELD))
async def test_what_is_not_held_is_not_listed(asking: Asking, target: Target):
    assert await EXPORTER.listing(replace(asking, question=Question(target))) is None


async def test_projects_stand_in_the_order_asked_for_and_no_more_than_asked_for(asking: Asking):
    by_title = await rows_of(asking, Question(sort=Sort("title", descending=True), limit=3))
    assert [row[0] for row in by_title] == await asking.reader.project_numbers(
        Question(sort=Sort("title", descending=True), limit=3), HERE.date()
    )
    assert len(by_title) == 3


async def test_count_lists_what_it_counts_and_a_fact_its_project(asking: Asking):
    assert [row[0] for row in await rows_of(asking, EVERY[Target.COUNT])] == ["P003"]
    assert [row[0] for row in await rows_of(asking, EVERY[Target.FIELD])] == ["P001"]
    assert (await listed(asking, EVERY[Target.COUNT])).title == "1 rødt projekt"


async def test_five_hundred_projects_are_all_there(sqlite_url: str):
    from storage.database import open_database

    database = open_database(sqlite_url)
    try:
        await SqlPortfolioWriter(database).apply(crowd(500))
        reader = SqlPortfolioReader(database)
        audience = Audience(Texts.of("da"), Names(await reader.vocabulary()), HERE, SOREN)
        listing = await EXPORTER.listing(Asking(Question(), reader, audience))
        assert listing is not None
        assert [row[0] for row in listing.table.rows] == await reader.project_numbers(Question(), HERE.date())
        assert len(listing.table.rows) == 500
    finally:
        await database.close()


async def test_changes_have_a_row_for_each_turn(asking: Asking):
    found = await listed(asking, Question(where=(Changed(first=date(2026, 6, 1)),)))
    assert found.table.columns == ("Nr", "Titel", "Projektleder", "Skiftede", "Før", "Efter", "Kommentar")
    assert [(row[0], *row[3:6]) for row in found.table.rows] == [
        ("P002", date(2026, 6, 2), "Ingen status", "Gul"),
        ("P001", date(2026, 6, 1), "Ingen status", "Grøn"),
    ]


async def test_trend_has_a_row_for_each_report(asking: Asking):
    found = await listed(asking, EVERY[Target.TREND])
    assert found.table.columns[:3] == ("Nr", "Titel", "Samlet")
    ((*_,),) = [row for row in found.table.rows if row[9] == date(2026, 6, 1)]


async def test_groups_say_what_was_measured(asking: Asking):
    counted = await listed(asking, EVERY[Target.GROUPS])
    assert counted.table.columns == ("Fase", "Projekter", "Projektnumre")
    assert counted.table.rows[0] == ("Gennemførelse", 3, "P003; P004; P001")
    summed = await listed(asking, Question(Target.GROUPS, group_by=catalogue.PHASES, figure=SUM))
    assert summed.table.columns == ("Fase", "Budget i alt", "Projekter", "Projektnumre")


async def test_people_stand_with_address_and_projects(asking: Asking):
    leads = await rows_of(asking, EVERY[Target.PEOPLE])
    assert ("Søren Æbelø-Østergård", "soeren@birkefjord.example", 2, "P001; P002") in [
        (row[0], row[1], row[2], "; ".join(sorted(str(row[3]).split("; ")))) for row in leads
    ]
    members = Question(Target.PEOPLE, which(bodies=("Project Board",)), people=PeopleRole.MEMBER)
    (first, *_) = await rows_of(asking, members)
    assert first[:2] == ("Project Board", "Søren Æbelø-Østergård")
    owner = Question(Target.PEOPLE, which(projects=("P001",)), people=PeopleRole.OWNER)
    assert [row[0] for row in await rows_of(asking, owner)] == [GRY.name]


async def test_meetings_stand_by_the_readers_clock(asking: Asking):
    (first, *_) = await rows_of(asking, EVERY[Target.MEETINGS])
    assert first[:2] == ("Project Board", datetime(2026, 6, 18, 9))  # noqa: DTZ001


async def test_what_belongs_to_projects_stands_behind_them(asking: Asking, cast_database: Database):
    more = Portfolio(
        milestones=(Milestone("P001", "Udbud", reached=date(2026, 5, 1)),),
        benefits=(Benefit("P001", "Færre kørsler", BenefitKind.ECONOMIC, Decimal(1000), "timer", responsible=GRY.id),),
    )
    await SqlPortfolioWriter(cast_database).apply(replace(CAST, milestones=more.milestones, benefits=more.benefits))
    title = "Skærmbesøg i hjemmeplejen"
    assert await rows_of(asking, EVERY[Target.MILESTONES]) == [("P001", title, "Udbud", None, date(2026, 5, 1))]
    (benefit,) = await rows_of(asking, EVERY[Target.BENEFITS])
    assert benefit == ("P001", title, "Færre kørsler", "Økonomisk", Decimal(1000), "timer", None, GRY.name, None)
    (gravest, *_) = await rows_of(asking, EVERY[Target.OBSTACLES])
    assert gravest[:7] == ("P003", "Byggesager på nettet", "Ingen hjemmel", "Barriere", 4, 5, 20)
