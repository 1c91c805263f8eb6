"""Imports a portfolio of 20,000 projects into a new database; prints seconds and peak memory of both processes.

Run: .venv/bin/python benchmarks/import_portfolio.py [PROJECTS]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

REPORTS_EACH = 3
MILESTONES_EACH = 2
PEOPLE = 2_000
FIRST_DAY = date(2021, 1, 4)
COLOURS = ("Grøn", "Gul", "Rød")
HEADERS = {
    "Projekter": "Nr,Titel,Kategori,Fokusområde,Fagområde,Projektleder,Fase,Prioritet,Start,Slut,Budget,Forbrug,"
    "Verdensmål,Sagsnr,Beskrivelse,Aliaser",
    "Statusser": "Nr,Dato,Samlet,Tid,Økonomi,Kvalitet,Gevinst,Risiko,Fremdrift,Kommentar,Næste skridt,Af",
    "Milepæle": "Nr,Titel,Dato,Nået",
    "Personer": "E-mail,Navn,Fagområde,Rolle",
    "Fagområder": "Navn,Overordnet",
    "Fokusområder": "Navn,Periode",
}


def mail(number: int) -> str:
    return f"person{number % PEOPLE}@kommune.example"


def project_rows(count: int) -> Iterator[list[Any]]:
    for n in range(count):
        start, end = FIRST_DAY + timedelta(days=n % 700), FIRST_DAY + timedelta(days=800 + n % 700)
        unit = f"Fagområde {n % 40}"
        focus = f"Fokusområde {n % 6};Fokusområde {(n + 1) % 6}"
        money = (1_000_000 + n, f"{n % 900 + 1}.000,50")
        text = f"Projekt nummer {n} gør hverdagen lettere for borgere og medarbejdere i hele kommunen."
        yield [
            *(f"P{n:05}", f"Projekt {n}", "Lokal", focus, unit, mail(n), "Gennemførelse", n % 5 + 1),
            *(start.isoformat(), f"uge {end.isocalendar().week} {end.isocalendar().year}", *money),
            *("3;13", f"S2021-{n}", text, f"alias {n}"),
        ]


def report_rows(count: int) -> Iterator[list[Any]]:
    for n in range(count):
        for report in range(REPORTS_EACH):
            day = FIRST_DAY + timedelta(days=28 * report + n % 28)
            lights = [COLOURS[(n + report + light) % 3] for light in range(6)]
            yield [
                f"P{n:05}",
                day.strftime("%d-%m-%Y"),
                *lights,
                n % 101,
                "Det går som planlagt.",
                "Næste møde.",
                mail(n),
            ]


def milestone_rows(count: int) -> Iterator[list[Any]]:
    for n in range(count):
        for step in range(MILESTONES_EACH):
            yield [f"P{n:05}", f"Milepæl {step}", "2. kvartal 2022", None]


def make_workbook(path: Path, projects: int) -> None:
    rows: dict[str, Iterator[list[Any]]] = {
        "Projekter": project_rows(projects),
        "Statusser": report_rows(projects),
        "Milepæle": milestone_rows(projects),
        "Personer": ([mail(n), f"Person {n}", f"Fagområde {n % 40}", "Projektleder"] for n in range(PEOPLE)),
        "Fagområder": ([f"Fagområde {n}", f"Fagområde {n // 4}" if n else None] for n in range(40)),
        "Fokusområder": ([f"Fokusområde {n}", "2021-2025"] for n in range(6)),
    }
    with xlsxwriter.Workbook(path) as book:
        for name, lines in rows.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADERS[name].split(","))
            for number, line in enumerate(lines, 1):
                sheet.write_row(number, 0, line)


def main() -> None:
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "portfolio.xlsx")
        make_workbook(path, projects)
        print(f"{projects} projects, {path.stat().st_size / 2**20:.1f} MB")
        surroundings = {"TOVHOLDER_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/tovholder.db"}
        command = [str(Path(sys.executable).with_name("tovholder")), "import", "portfolio", str(path)]
        before = 0.0
        for attempt in ("new", "again"):
            began = time.perf_counter()
            subprocess.run(command, check=True, env=surroundings, stdout=subprocess.DEVNULL, timeout=600)
            seconds = time.perf_counter() - began
            # The greatest of all processes that have ended: the command itself, or the child that reads the workbook.
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            processor, before = used.ru_utime + used.ru_stime - before, used.ru_utime + used.ru_stime
            peak = used.ru_maxrss / 1024
            print(f"{attempt}: {seconds:.1f} s ({processor:.1f} s of processor time), peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
