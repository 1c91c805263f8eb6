from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.columns import workbook
from bot.importing.csv_file import csv_lines, known_headers
from bot.importing.mapping import HeaderMapping
from bot.importing.reading import Reading
from bot.importing.refusals import FileRefusedError

TEXT = 'Nr;Titel;Budget\nP1;Skærmbesøg på åen;1.250.000,50\nP2;"Tale; og tekst";\n'
SHEET = workbook()["projects"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_is_found_out(tmp_path: Path, read: Callable[..., Reading], encoding: str, ending: str) -> None:
    path = tmp_path / "projekter.txt"
    path.write_bytes(TEXT.replace("\n", ending).encode(encoding))

    reading = read(path)

    assert reading.refusals == []
    assert [project.title for project in reading.portfolio.projects] == ["Skærmbesøg på åen", "Tale; og tekst"]


@pytest.mark.parametrize(
    "content",
    [
        "Nr;Titel;Fagområde\nP1;På åen;Skoler\n".encode() + "P2;Ø – »Å«;Skoler\n".encode("cp1252"),
        "Nr;Titel;Fagområde\nP1;På åen;Skoler\nP2;Ø – »Å«;Skoler\n".encode().decode("latin1").encode(),
        "Nr;Titel;Fagområde\nP1;På åen;Skoler\nP2;Ø – »Å«;Skoler\n".encode().decode("cp1252").encode(),
        "Nr;Titel;Fagområde\nP1;På åen;Skoler\nP2;Ø – »Å«;Skoler\n".encode().decode("cp1252").encode("utf-16"),
    ],
)
def test_letters_that_were_misread_before_are_mended(
    tmp_path: Path, read: Callable[..., Reading], content: bytes
) -> None:
    path = tmp_path / "projekter.csv"
    path.write_bytes(content)

    projects = read(path).portfolio.projects

    assert [(project.title, project.org_unit) for project in projects] == [("På åen", "Skoler"), ("Ø – »Å«", "Skoler")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separator_is_found_out(tmp_path: Path, read: Callable[..., Reading], separator: str) -> None:
    path = tmp_path / "projekter.csv"
    path.write_text(f'\nNr{separator}Titel\nP1{separator}"Tale; tekst, og\ttal"\n', encoding="utf-8")

    assert [project.title for project in read(path).portfolio.projects] == ["Tale; tekst, og tal"]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "is_empty", None),
        (b"Nr;Titel\nP1;Et\nP2,To\n", "csv_width", 3),
        (b"Nr,Titel\nP1,Et, to og tre\n", "csv_width", 2),
        (b'Nr;Titel\nP1;"Et\n', "csv_quotes", 2),
        (b'Nr;Titel\nP1;"Et" to\n', "csv_quotes", 2),
        (b"Nr;Titel\nP1;Et\nP2;\x81\n", "csv_encoding", 3),
        (b"N\0\0r\0\1", "not_text", None),
        (b"Nr~Titel\nP1~Et\n", "column_missing", 1),
        ("Nr;Titel\n\nP1;Skærmbesøg\n".encode("cp850"), "csv_encoding", 3),
        ("Nr;Titel\nP1;På åen\n".encode("mac_roman"), "csv_encoding", 2),
        (b"Navn;Pris\nP1;Et\n", "column_missing", 1),
    ],
)
def test_file_that_is_cut_wrong_is_refused_with_its_row(
    tmp_path: Path, read: Callable[..., Reading], content: bytes, code: str, row: int | None
) -> None:
    path = tmp_path / "projekter.csv"
    path.write_bytes(content)

    (refusal,) = read(path).refusals

    assert (refusal.code, refusal.row) == (code, row)


def test_schema_that_sharepoint_writes_first_is_no_row(tmp_path: Path, read: Callable[..., Reading]) -> None:
    path = tmp_path / "projekter.csv"
    path.write_text(
        'ListSchema={"schemaXmlList":["<Field Name=\\"Title\\" />","x"]}\n"Nr","Titel"\n"P1","Et"\n', encoding="utf-8"
    )

    assert [project.number for project in read(path).portfolio.projects] == ["P1"]


def test_text_that_is_far_too_long_is_refused_with_its_column(tmp_path: Path, read: Callable[..., Reading]) -> None:
    path = tmp_path / "projekter.csv"
    path.write_text(f"Nr;Titel;Beskrivelse\nP1;Et;{'x' * 150_000}\n", encoding="utf-8")

    (refusal,) = read(path).refusals
    assert (refusal.code, refusal.row, refusal.column) == ("too_long", 2, "Beskrivelse")


def test_half_a_character_of_utf16_is_refused(tmp_path: Path, read: Callable[..., Reading]) -> None:
    path = tmp_path / "projekter.csv"
    path.write_bytes("Nr;Titel\n".encode("utf-16") + b"\x00\xd8")

    assert read(path).refusals[0].code == "csv_encoding"


@given(st.binary(max_size=200) | st.text(alphabet='Nr;Titel,\t"\n1æ', max_size=80).map(str.encode))
def test_any_bytes_are_rows_or_are_refused(content: bytes) -> None:
    try:
        lines = list(csv_lines(content, "Projekter", known_headers([SHEET], HeaderMapping())))
    except FileRefusedError:
        lines = []
    assert all(line.number > 0 and line.cells for line in lines)
