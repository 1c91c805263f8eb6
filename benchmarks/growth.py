"""Measures how the time of an answer grows from 100 projects to 10,000 with 100,000 reports, side by side.

Run: .venv/bin/python benchmarks/growth.py [ROUNDS]
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

from portfolio.dates import Unit, in_unit, on_day
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Milestone, Phase, Project, ProjectKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions import catalogue
from portfolio.questions.question import Changed, Figure, FigureKind, Question, Sort, unless, which
from portfolio.whole import Portfolio
from storage.database import Database, open_database
from storage.migrating import upgrade
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.people import person

TODAY = date(2024, 6, 15)
REPORTS_EACH = 10
AREAS = [f"Fokusområde {letter}" for letter in "ABCDEF"]
Ask = Callable[[SqlPortfolioReader], Awaitable[object]]


def portfolio(size: int) -> Portfolio:
    """Makes `size` projects; departments, leads and focus areas grow with them as in an organisation."""
    chance = random.Random(1)  # noqa: S311
    units = [OrgUnit(f"Afdeling {number}", f"Afdeling {number // 4}" if number else None) for number in range(40)]
    people = [person(f"leder{number}@kommune.example", f"Leder {number}") for number in range(max(10, size // 10))]
    projects, reports, milestones = [], [], []
    for number in range(size):
        start = TODAY - timedelta(days=chance.randrange(900))
        project = Project(
            number=f"P{number:05}",
            title=f"{chance.choice(['Ærø', 'Skærmbesøg', 'Energi', 'Åben data', 'Print'])} {number}",
            kind=chance.choice(list(ProjectKind)),
            focus_areas=tuple(chance.sample(AREAS, 2)),
            org_unit=chance.choice(units).name,
            lead=chance.choice(people).id,
            phase=chance.choice(list(Phase)),
            priority=chance.randrange(1, 6),
            start=on_day(start),
            end=in_unit(start + timedelta(days=chance.randrange(200, 1500)), Unit.MONTH),
            budget=Decimal(chance.randrange(10_000, 5_000_000)),
            spend=Decimal(chance.randrange(5_000, 4_000_000)),
            description="Et projekt, der gør hverdagen lettere for borgere og medarbejdere. " * 3,
        )
        projects.append(project)
        newest = TODAY - timedelta(days=chance.randrange(60))
        for month in range(REPORTS_EACH):
            colour = chance.choice([Rag.GREEN, Rag.GREEN, Rag.GREEN, Rag.AMBER, Rag.RED])
            day = newest - timedelta(days=28 * month)
            reports.append(StatusReport(project.number, day, colour, comment="Det går efter planen. " * 4))
        milestones.append(Milestone(project.number, "Idriftsat", on_day(start + timedelta(days=300)), TODAY))
    return Portfolio(tuple(projects), tuple(reports), tuple(milestones), people=tuple(people), org_units=tuple(units))


def page(question: Question) -> Ask:
    return lambda reader: reader.projects(question, TODAY)


QUESTIONS: dict[str, Ask] = {
    "all projects": page(Question()),
    "red ones": page(Question(where=which(overall=(Rag.RED,)))),
    "a focus area": page(Question(where=which(focus_areas=(AREAS[0],)))),
    "red in a focus area": page(Question(where=which(focus_areas=(AREAS[0],), overall=(Rag.RED,)))),
    "a department and all below": page(Question(where=which(org_units=("Afdeling 2",)))),
    "my projects": page(Question(where=which(lead=("leder7@kommune.example",)))),
    "missing status": page(Question(where=which(missing_status=True))),
    "late": page(Question(where=which(late=True))),
    "over budget, oldest status first": page(
        Question(where=which(over_budget=True), sort=Sort("status_age", descending=True))
    ),
    "figures say worse": page(Question(where=which(disputed=True))),
    "changed this month": page(Question(where=(Changed(first=date(2024, 6, 1)),))),
    "turned red this week": page(Question(where=(Changed(date(2024, 6, 10), TODAY, (Rag.RED,)),))),
    "how many turned red": lambda reader: reader.count(
        Question(where=(Changed(date(2024, 5, 1), TODAY, (Rag.RED,)),)), TODAY
    ),
    "the five dearest": page(Question(sort=Sort("budget", descending=True), limit=5)),
    "text": page(Question(text="skærmbesøg")),
    "not green": page(Question(where=unless(overall=(Rag.GREEN,)))),
    "how many are red": lambda reader: reader.count(Question(where=which(overall=(Rag.RED,))), TODAY),
    "sum of budgets": lambda reader: reader.figure(Question(figure=Figure(FigureKind.SUM, catalogue.BUDGET)), TODAY),
    "a project": lambda reader: reader.project("P00042"),
    "history of ten": lambda reader: reader.history([f"P{number:05}" for number in range(10)], date(2024, 1, 1), TODAY),
    "version": lambda reader: reader.version(),
    "names": lambda reader: reader.vocabulary(),
}


async def filled(file: Path, size: int) -> Database:
    database = open_database(f"sqlite+aiosqlite:///{file}")
    await upgrade(database)
    started = time.perf_counter()
    await SqlPortfolioWriter(database).apply(portfolio(size))
    print(f"{size} projects taken in: {time.perf_counter() - started:.1f} s")
    return database


async def milliseconds(ask: Ask, reader: SqlPortfolioReader) -> float:
    """Measures CPU time in all threads: other work on the machine doesn't count."""
    started = time.process_time()
    await ask(reader)
    return 1000 * (time.process_time() - started)


async def compare(small: SqlPortfolioReader, large: SqlPortfolioReader, rounds: int) -> None:
    print(f"\n{'median CPU milliseconds':34}{'100':>8}{'10,000':>8}{'ratio':>8}")
    for name, ask in QUESTIONS.items():
        await ask(small), await ask(large)
        times = [(await milliseconds(ask, small), await milliseconds(ask, large)) for _ in range(rounds)]
        few, many = (median(column) for column in zip(*times, strict=True))
        print(f"{name:34}{few:8.2f}{many:8.2f}{many / few:8.2f}")


async def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small = await filled(Path(folder) / "small.db", 100)
        large = await filled(Path(folder) / "large.db", 10_000)
        await compare(SqlPortfolioReader(small), SqlPortfolioReader(large), rounds)
        await small.close()
        await large.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
