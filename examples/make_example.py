"""Writes portfolio.xlsx, the portfolio of the invented Birkefjord Kommune, from the tables in data/."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter
from danish_dates import moved
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).parent
ANCHOR = date(2026, 11, 22)
DOMAIN = "birkefjord.example"

Cell = str | int | date | datetime | None
Row = dict[str, Cell]

PROJECT_DATES = ("Start", "Slut")
PROJECT_NUMBERS = ("Prioritet", "Budget", "Forbrug")
LIGHTS = ("Tid", "Økonomi", "Kvalitet", "Gevinst", "Risiko")
EARLIER = {
    "grøn": ("Følger planen.", "God fremdrift.", "Ingen bemærkninger."),
    "gul": ("Lidt bagud, men det kan hentes.", "Vi mangler hænder.", "Afventer svar fra leverandøren."),
    "rød": ("Planen holder ikke.", "Økonomien skrider.", "Vi kan ikke komme videre uden hjælp."),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, default=ANCHOR, help="the day the portfolio looks fresh on")
    parser.add_argument("--out", type=Path, default=HERE / "portfolio.xlsx")
    options = parser.parse_args()
    write(options.out, sheets(options.today))
    print(f"{options.out} er skrevet, som den ser ud {options.today}.")


def sheets(today: date) -> dict[str, list[Row]]:
    """Makes the ten sheets. Reports keep their age to the day; everything else moves whole weeks, so that meetings keep
    their weekday."""
    by_day = today - ANCHOR
    by_week = timedelta(weeks=round(by_day / timedelta(weeks=1)))
    leads = {row["Nr"]: row["Projektleder"] for row in table("projects")}
    return {
        "Projekter": [project(row, by_week) for row in table("projects")],
        "Statusser": [report for row in table("statuses") for report in reports(row, leads[row["Nr"]], by_day)],
        "Milepæle": [dated(row, by_week, "Dato", "Nået") for row in table("milestones")],
        "Gevinster": [numbered(dated(row, by_week, "Opfølgning"), "Mål", "Realiseret") for row in table("benefits")],
        "Risici": [numbered(dated(row, by_week, "Lukket"), "Sandsynlighed", "Konsekvens") for row in table("risks")],
        "Personer": [dict(row) for row in table("people")],
        "Fagområder": [dict(row) for row in table("departments")],
        "Fokusområder": [dict(row) for row in table("focus_areas")],
        "Fora": [dict(row) for row in table("bodies")],
        "Møder": [meeting for row in table("meetings") for meeting in meetings(row, by_week)],
    }


def table(name: str) -> list[dict[str, str]]:
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [with_addresses(row) for row in csv.DictReader(lines)]


def with_addresses(row: dict[str, str]) -> dict[str, str]:
    """Completes the e-mails: the data files hold only the part of an e-mail address before the @."""
    columns = {"E-mail", "Leder", "Projektleder", "Projektejer", "Ansvarlig", "Formand", "Sekretær", "Medlemmer"}
    return {
        column: ";".join(f"{name}@{DOMAIN}" for name in text.split(";")) if column in columns and text else text
        for column, text in row.items()
    }


def project(row: dict[str, str], by: timedelta) -> Row:
    """Makes a project's row; the data file names focus areas by their short names."""
    names = {area["Kort navn"]: area["Navn"] for area in table("focus_areas")}
    cells = numbered(dated(row, by, *PROJECT_DATES), *PROJECT_NUMBERS)
    cells["Fokusområde"] = "; ".join(names[short] for short in row["Fokusområde"].split(";"))
    return cells


def dated(row: dict[str, str], by: timedelta, *columns: str) -> Row:
    return {column: moved(text, by) if column in columns and text else text for column, text in row.items()}


def numbered(row: Row, *columns: str) -> Row:
    return {column: int(str(cell)) if column in columns and cell else cell for column, cell in row.items()}


def reports(row: dict[str, str], lead: str, by: timedelta) -> Iterator[Row]:
    """Makes a project's history: the newest report in full, those before it in outline, evenly spaced."""
    colours = row["Samlet fra ældste til nyeste"].split()
    first, last = int(row["Fremdrift fra"]), int(row["Fremdrift til"])
    newest = date.fromisoformat(row["Nyeste"]) + by
    steps = max(len(colours) - 1, 1)
    for place, colour in enumerate(colours):
        behind = len(colours) - 1 - place
        yield {
            "Nr": row["Nr"],
            "Dato": newest - behind * timedelta(days=int(row["Mellemrum (dage)"])),
            "Samlet": colour.capitalize(),
            **{light: (row[light] if behind == 0 else earlier(light, colour)).capitalize() for light in LIGHTS},
            "Fremdrift": last - (last - first) * behind // steps,
            "Kommentar": row["Kommentar"] if behind == 0 else EARLIER[colour][place % 3],
            "Næste skridt": row["Næste skridt"] if behind == 0 else "",
            "Af": lead,
        }


def earlier(light: str, colour: str) -> str:
    return colour if light in ("Tid", "Risiko") else "grøn"


def meetings(row: dict[str, str], by: timedelta) -> Iterator[Row]:
    start = datetime.fromisoformat(row["Start"]) + by
    for place in range(int(row["Antal"])):
        begins = start + place * timedelta(days=int(row["Hver (dage)"] or 0))
        yield {
            "Forum": row["Forum"],
            "Start": begins,
            "Slut": begins + timedelta(minutes=int(row["Minutter"])),
            "Sted": row["Sted"],
            "Emne": row["Emne"],
        }


def write(path: Path, content: dict[str, list[Row]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
        # A fixed time of making keeps the file the same, byte for byte, when its content is.
        made = datetime.combine(ANCHOR, time())
        book.set_properties({"title": "Projektportefølje", "company": "Birkefjord Kommune", "created": made})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "time": book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
            "money": book.add_format({"num_format": "#,##0"}),
        }
        for name, rows in content.items():
            fill(book.add_worksheet(name), rows, formats)


def fill(sheet: Worksheet, rows: list[Row], formats: dict[str, Format]) -> None:
    headers = list(rows[0])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(headers) - 1)
    sheet.write_row(0, 0, headers, formats["head"])
    for line, row in enumerate(rows, start=1):
        for column, (header, cell) in enumerate(row.items()):
            if isinstance(cell, datetime):
                sheet.write_datetime(line, column, cell, formats["time"])
            elif cell not in ("", None):
                sheet.write(line, column, cell, formats["money"] if header in ("Budget", "Forbrug") else None)
    sheet.autofit()


if __name__ == "__main__":
    main()
