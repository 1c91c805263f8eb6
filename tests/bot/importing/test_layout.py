from __future__ import annotations

import re
import string
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import bot.cli.importing
import bot.cli.intake
import bot.cli.syncing
import bot.importing
import bot.unusable_database
from bot.importing.columns import fold, portfolio_book, workbook
from dialogs.values.dates import DateFault

ROOM = Path(bot.importing.__file__).parent
TEXTS = tomllib.loads((ROOM / "texts.toml").read_text(encoding="utf-8"))
_BESIDE = [
    Path(module.__file__)
    for module in (bot.cli.importing, bot.cli.intake, bot.cli.syncing, bot.unusable_database)
    if module.__file__
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in [*ROOM.glob("*.py"), *_BESIDE])

PROMISED = {
    "Projekter": "Nr Titel Kategori Fokusområde Fagområde Projektleder Projektejer Fase Prioritet Start Slut Budget"
    " Forbrug Verdensmål Sagsnr Beskrivelse Aliaser",
    "Statusser": "Nr Dato Samlet Tid Økonomi Kvalitet Gevinst Risiko Fremdrift Kommentar Næste_skridt Af",
    "Milepæle": "Nr Titel Dato Nået",
    "Gevinster": "Nr Titel Type Mål Enhed Realiseret Ansvarlig Opfølgning",
    "Risici": "Nr Titel Type Sandsynlighed Konsekvens Ansvarlig Håndtering Lukket",
    "Personer": "E-mail UPN Entra-id Navn Fagområde Leder Rolle",
    "Fagområder": "Navn Overordnet Leder Aliaser",
    "Fokusområder": "Navn Periode Kort_navn Aliaser Afløses_af",
    "Fora": "Navn Type Formand Sekretær Medlemmer",
    "Møder": "Forum Start Slut Sted Emne",
}


@pytest.mark.parametrize("sheet", PROMISED)
def test_every_promised_column_is_known(sheet: str) -> None:
    known = workbook()[str(portfolio_book().key_of(sheet))]
    assert [column.title for column in known.columns] == [
        header.replace("_", " ") for header in PROMISED[sheet].split()
    ]


@pytest.mark.parametrize("key", list(workbook()))
def test_every_column_fills_a_field_and_no_header_means_two(key: str) -> None:
    sheet = workbook()[key]
    assert {column.field for column in sheet.columns} <= {item.name for item in fields(sheet.record)}
    assert len(sheet.by_header) == len({fold(header) for column in sheet.columns for header in column.headers})
    assert all(len(column.headers) > 1 or column.title in {"Budget", "Start"} for column in sheet.columns)


def test_headers_are_alike_without_case_accents_and_brackets() -> None:
    assert fold("Økonomi") == fold("ØKONOMI") == fold("oekonomi") == fold("Okonomi")
    assert fold("Fagområde") == fold("fagomraade") == fold("Fagomra\u030ade ")
    assert fold("Budget (kr.)") == fold("budget")
    assert fold("Milepæle") == fold("Milepaele")


def test_every_code_has_its_texts_and_every_text_is_used() -> None:
    dates = {f"date_{fault}" for fault in DateFault}
    child = (ROOM / "xlsx_child.py").read_text(encoding="utf-8")
    raised = set(re.findall(r'"([a-z_]+)"', CODE + child))
    assert dates <= set(TEXTS["refusals"])
    assert set(TEXTS["refusals"]) - dates <= raised
    assert set(TEXTS["sentences"]) | set(TEXTS["notes"]) <= raised
    assert set(re.findall(r'Note\("([a-z_]+)"', CODE)) <= set(TEXTS["notes"])
    codes = set(re.findall(r'(?:RefusedError|CellError|refusal|MappingError|say)\(\s*"([a-z_]+)"', CODE + child))
    assert codes <= set(TEXTS["refusals"]) | set(TEXTS["sentences"])


def test_both_languages_say_the_same_with_the_same_blanks() -> None:
    for texts in (text for part in TEXTS.values() for text in part.values()):
        danish, english = (" ".join(texts[language]) if isinstance(texts[language], list) else texts[language]
                           for language in ("da", "en"))  # fmt: skip
        assert _blanks(danish) == _blanks(english)
        assert "!" not in danish + english


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
