from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.importing import xlsx
from bot.importing.reading import Reading

PROJECTS = [["Nr", "Titel"], ["P1", "Skærmbesøg"]]
Make = Callable[..., Path]
Read = Callable[..., Reading]


def changed(path: Path, changes: dict[str, Callable[[bytes], bytes]], added: dict[str, bytes] | None = None) -> Path:
    """The same package with parts changed by `changes`, and more parts."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, changes.get(name, bytes)(source.read(name)))
        for name, content in (added or {}).items():
            copy.writestr(name, content)
    return target


def refusal_of(reading: Reading) -> str:
    (refusal,) = reading.refusals
    assert not any(getattr(reading.portfolio, table) for table in ("projects", "people"))
    return refusal.code


def test_cell_in_the_last_row_is_refused_and_not_waited_for(make_workbook: Make, read: Read) -> None:
    path = make_workbook({"Projekter": PROJECTS})
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>P2</t></is></c></row></sheetData>'
    bomb = changed(path, {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</sheetData>", far)})

    assert bomb.stat().st_size < 10_000
    assert refusal_of(read(bomb)) == "gap_in_rows"


def test_cell_in_the_last_column_is_refused(make_workbook: Make, read: Read) -> None:
    path = make_workbook({"Projekter": [[*PROJECTS[0], *[None] * 300, "Langt ude"]]})

    assert refusal_of(read(path)) == "too_many_columns"


def test_package_that_unpacks_to_far_more_than_it_is_gets_refused(make_workbook: Make, read: Read) -> None:
    path = make_workbook({"Projekter": PROJECTS})
    bomb = changed(path, {}, {"xl/media/image1.xml": b" " * 20_000_000})

    assert refusal_of(read(bomb)) == "too_large_unpacked"


def test_package_of_very_many_parts_is_refused(make_workbook: Make, read: Read) -> None:
    path = make_workbook({"Projekter": PROJECTS})

    assert refusal_of(read(changed(path, {}, {f"xl/{n}.xml": b"" for n in range(1100)}))) == "too_large_unpacked"


def test_large_file_is_refused_unread(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "stor.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(30 * 2**20)

    assert refusal_of(read(path)) == "too_large"


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
def test_parts_that_declare_entities_are_refused(
    make_workbook: Make, read: Read, declaration: bytes, part: str
) -> None:
    def declare(content: bytes) -> bytes:
        head, mark, rest = content.partition(b"?>")
        return head + mark + b"<!-- -->" + declaration + rest.replace(b"Nr", b"&a;")

    path = changed(make_workbook({"Projekter": PROJECTS}), {part: declare})

    assert refusal_of(read(path)) == "damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00 this program cannot be run", "is_program"),
        (b"\x7fELF\x02\x01", "is_program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old_or_locked_excel"),
        (b"%PDF-1.7", "is_pdf"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\x00\x01\x02\x03", "not_excel"),
        (b"Nr;Titel\nP1;Et\n", "not_excel"),
        (b"<html><table><tr><td>Nr</td></tr></table></html>", "not_excel"),
        (b"", "is_empty"),
    ],
)
def test_other_kinds_of_file_are_refused_whatever_they_are_called(
    tmp_path: Path, read: Read, content: bytes, code: str
) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(content)

    assert refusal_of(read(path)) == code


def test_workbook_with_macros_is_refused(make_workbook: Make, read: Read) -> None:
    path = make_workbook({"Projekter": PROJECTS})

    def as_macro(part: bytes) -> bytes:
        return part.replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", b"vnd.ms-excel.sheet.macroEnabled.main"
        )

    assert refusal_of(read(changed(path, {"[Content_Types].xml": as_macro}))) == "has_macros"
    assert refusal_of(read(changed(path, {}, {"xl/vbaProject.bin": b"macro"}))) == "has_macros"


def test_other_packages_are_refused(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "portfolio.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<document/>")

    assert refusal_of(read(path)) == "not_a_workbook"


def test_workbook_is_known_by_what_it_holds_not_by_its_name(make_workbook: Make, read: Read) -> None:
    path = make_workbook({"Projekter": PROJECTS}, name="=1+1 ;rm -rf æøå.csv")

    assert len(read(path).portfolio.projects) == 1


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_refused(make_workbook: Make, read: Read, cut: float) -> None:
    path = make_workbook({"Projekter": PROJECTS})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])

    assert refusal_of(read(path)) == "damaged"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_part_that_makes_no_sense_is_refused(make_workbook: Make, read: Read, part: str) -> None:
    path = changed(make_workbook({"Projekter": PROJECTS}), {part: lambda content: content[: len(content) // 2]})

    assert refusal_of(read(path)) == "damaged"


@pytest.mark.parametrize("ending", ["while True: pass", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"])
def test_child_that_dies_or_hangs_takes_no_one_with_it(
    make_workbook: Make, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(ending)
    monkeypatch.setattr(xlsx, "_CHILD", child)
    monkeypatch.setattr(xlsx, "WALL_SECONDS", 0.5)

    assert refusal_of(read(make_workbook({"Projekter": PROJECTS}))) == "too_slow"


def test_child_may_take_only_so_much_memory() -> None:
    greedy = "import xlsx_child; xlsx_child.limit_this_process(); b = bytearray(2**30)"
    folder = Path(xlsx.__file__).parent

    run = subprocess.run([sys.executable, "-c", greedy], cwd=folder, capture_output=True, text=True, check=False)

    assert "MemoryError" in run.stderr
