"""Files of people, as identity systems and directories export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.csv_file import csv_lines, known_headers
from bot.importing.mapping import HeaderMapping
from bot.importing.mapping_file import MappingError, read_mapping
from bot.importing.people_cells import people_book
from bot.importing.people_file import people_of, read_people_file
from portfolio.directory import DirectoryEntry
from portfolio.organisation import Role
from tests.kit.people_files import GRY, GRY_ID, NO_MAPPING, SOREN, SOREN_ID, notes, only, told

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writing(content: str | bytes, encoding: str = "utf-8", name: str = "personer.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return writing


OWN = (
    "E-mail;UPN;Entra-id;Navn;Fagområde;Leder;Er leder;Rolle;Aktiv\n"
    f"Soeren@birkefjord.example;SHO@birkefjord.example;{SOREN_ID.upper()};Søren Ærø;Børn og Unge;{GRY};nej;"
    "Projektleder;ja\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("before", ["", "sep={0}\n", "Personer\n\n", "Birkefjord{0} HR{0}30. november 2026\n"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_own_columns_are_read_however_they_are_written(
    write: Write, encoding: str, separator: str, before: str, ending: str
) -> None:
    text = before.format(separator) + OWN.replace(";", separator)

    reading = read_people_file(write(text.replace("\n", ending), encoding))

    assert only(reading) == DirectoryEntry(
        entra_id=SOREN_ID,
        upn="sho@birkefjord.example",
        email="soeren@birkefjord.example",
        name="Søren Ærø",
        department="Børn og Unge",
        manager=GRY,
        is_active=True,
        is_leader=False,
        roles=(Role.PROJECT_LEAD,),
    )
    assert reading.columns == {
        "entra_id", "upn", "email", "name", "department", "manager", "is_active", "is_leader", "roles"
    }  # fmt: skip


def test_download_of_entra_is_read(write: Write) -> None:
    reading = read_people_file(
        write(
            "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,"
            "usageLocation,streetAddress,directorySynced,alternateEmailAddress\n"
            f'{SOREN},Søren Holm,Holm,Soren.Holm@birkefjord.example,Søren,{SOREN_ID},Member,Konsulent,"Børn, Unge",'
            "True,DK,,True,\n"
            f"gitte_fremmed.example#EXT#@birkefjord.example,Gitte,,gitte@fremmed.example,,{GRY_ID},Guest,,,True,,,,\n"
        )
    )

    assert only(reading) == DirectoryEntry(
        SOREN_ID, SOREN, "soren.holm@birkefjord.example", "Søren Holm", "Børn, Unge", is_active=True
    )
    assert "jobTitle" in reading.unknown_columns
    assert notes(reading)["guests_left_out"] == {"rows": "3", "count": 1}


def test_export_of_the_admin_centre_is_read(write: Write) -> None:
    reading = read_people_file(
        write(
            "Block credential,Department,Display name,First name,Last name,Object Id,Title,User principal name\n"
            f"True,Teknik,Gry Thorlund,Gry,Thorlund,{GRY_ID},Chef,{GRY}\n"
        )
    )

    assert only(reading) == DirectoryEntry(GRY_ID, GRY, None, "Gry Thorlund", "Teknik", is_active=False)


ACTIVE_DIRECTORY = (
    "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\n"
    '"DistinguishedName","EmailAddress","mail","Enabled","GivenName","Name","CN","ObjectGUID","SamAccountName","Surname",'
    '"sn","UserPrincipalName","Department","Manager"\n'
    '"CN=Thorlund\\, Gry,OU=Brugere,DC=birkefjord,DC=example","gry@birkefjord.example","gry@birkefjord.example","True",'
    '"Gry","Thorlund, Gry","Thorlund, Gry","8f1","gryt","Thorlund","Thorlund","gryt@birkefjord.local","Skoler",""\n'
    '"CN=Søren Holm,OU=Brugere,DC=birkefjord,DC=example","","","False","Søren","Søren Holm","Søren Holm","8f2","soho",'
    '"Holm","Holm","soho@birkefjord.local","Skoler","CN=Thorlund\\, Gry,OU=Brugere,DC=birkefjord,DC=example"\n'
)


def test_export_of_active_directory_is_read(write: Write) -> None:
    reading = read_people_file(write(ACTIVE_DIRECTORY, "utf-16"))

    assert reading.refusals == []
    assert reading.entries == (
        DirectoryEntry(None, "gryt@birkefjord.local", GRY, "Gry Thorlund", "Skoler", "", True),
        DirectoryEntry(None, "soho@birkefjord.local", "", "Søren Holm", "Skoler", "gryt@birkefjord.local", False),
    )
    assert {"mail 2", "CN 2", "sn 2", "ObjectGUID", "SamAccountName"} == set(reading.unknown_columns)


@pytest.mark.parametrize("sheet", ["Ark1", "Sheet1", "exportUsers_2026-11-30", "Personer", "Projekter"])
def test_workbook_of_one_sheet_is_read_whatever_it_is_called(make_workbook: Callable[..., Path], sheet: str) -> None:
    rows = [["Medarbejdere"], [], ["Email", "Navn", "Er leder", "Aktiv"], [GRY, "Gry Thorlund", True, 1]]

    assert only(read_people_file(make_workbook({sheet: rows}))) == DirectoryEntry(
        email=GRY, name="Gry Thorlund", is_leader=True, is_active=True
    )


def test_sheet_of_people_is_found_among_others(make_workbook: Callable[..., Path]) -> None:
    path = make_workbook({"Vejledning": [["Læs mig"]], "Udtræk": [["UPN", "Navn"], [GRY, "Gry Thorlund"]]})

    reading = read_people_file(path)

    assert only(reading).upn == GRY
    assert reading.unknown_sheets == ["Vejledning"]


def test_sheet_by_the_name_of_people_goes_before_others(make_workbook: Callable[..., Path]) -> None:
    rows = [["E-mail", "Navn"], [GRY, "Gry Thorlund"]]
    path = make_workbook({"Gamle": [["E-mail"], [SOREN]], "Personer": rows})

    assert only(read_people_file(path)).email == GRY


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"A": [["UPN"], [GRY]], "B": [["UPN"], [SOREN]]}, "people_in_several"),
        ({"A": [["Nr"], [1]], "B": [["Titel"], ["x"]]}, "people_nowhere"),
        ({"A": [["Nr", "Navn"], [1, "Gry"]]}, "identity_missing"),
        ({"A": [["E-mail", "Mail"], [GRY, SOREN]]}, "column_twice"),
    ],
)
def test_workbook_that_does_not_say_who_is_refused(
    make_workbook: Callable[..., Path], sheets: dict[str, Any], code: str
) -> None:
    reading = read_people_file(make_workbook(sheets))
    assert [code for code, *_ in told(reading)] == [code]
    assert reading.entries == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "is_empty"),
        (b"%PDF-1.4", "is_pdf"),
        (b"\xd0\xcf\x11\xe0", "old_or_locked_excel"),
        (b"PK\3\4", "damaged"),
        (b"UPN;Navn\ngry@birkefjord.example;Gry;for meget\n", "csv_width"),
        (b'UPN;Navn\ngry@birkefjord.example;"Gry\n', "csv_quotes"),
        (b"N\0\0r\0\1", "not_text"),
        (b"Nr;Titel\nP1;Et\n", "identity_missing"),
        (b"\n\n", "is_empty"),
    ],
)
def test_file_that_is_no_list_of_people_is_refused(write: Write, content: bytes, code: str) -> None:
    assert [code for code, *_ in told(read_people_file(write(content)))] == [code]


def mapped(tmp_path: Path, text: str) -> HeaderMapping:
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, people_book())


def test_mapping_leads_other_headers_and_words_to_ours(tmp_path: Path, write: Write) -> None:
    mapping = mapped(
        tmp_path,
        '[columns]\n"Tjenestested" = "Fagområde"\n"Id" = ""\n"Status" = "Aktiv"\n"Chefens mail" = "Personer.Leder"\n'
        '[values.Aktiv]\n"Ansat" = "ja"\n"Orlov*" = "nej"\n[constants.Personer]\n"Rolle" = "Medarbejder"\n',
    )
    path = write(
        f"Id;UPN;Tjenestested;Status;Chefens mail\n17;{SOREN};Skoler;Orlov til 2027;{GRY}\n18;{GRY};Skoler;Ansat;\n"
    )

    reading = read_people_file(path, mapping)

    assert reading.refusals == []
    assert [(entry.department, entry.is_active, entry.manager) for entry in reading.entries] == [
        ("Skoler", False, GRY),
        ("Skoler", True, ""),
    ]
    assert {entry.roles for entry in reading.entries} == {(Role.EMPLOYEE,)}


def test_mapping_goes_before_what_a_header_says_in_brackets(tmp_path: Path, write: Write) -> None:
    mapping = mapped(tmp_path, '[columns]\n"Leder (ja/nej)" = ""\n')
    reading = read_people_file(write(f"UPN;Leder (ja/nej)\n{GRY};ja\n"), mapping)
    assert (only(reading).is_leader, reading.columns) == (None, {"upn"})


def test_mapping_says_which_sheet_holds_the_people(make_workbook: Callable[..., Path], tmp_path: Path) -> None:
    path = make_workbook({"A": [["UPN"], [GRY]], "B": [["UPN"], [SOREN]]})
    assert only(read_people_file(path, mapped(tmp_path, '[sheets]\n"B" = "Personer"\n'))).upn == SOREN


def test_mapping_to_a_column_of_the_portfolio_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="mapping_unknown_target"):
        mapped(tmp_path, '[columns]\n"Status" = "Fase"\n')


NAMES = st.sampled_from(["Søren Holm", "Åge Ørsted-Kjærgaard", "Bo", 'Jens "Jønne" Dam'])
FIELDS = {
    "Entra-id": st.uuids().map(str),
    "UPN": st.integers(0, 99).map(lambda number: f"p{number}@birkefjord.example"),
    "Navn": NAMES,
    "Fagområde": st.sampled_from(["Børn og Unge", "Teknik; Miljø", "It, data | drift", ""]),
    "Aktiv": st.sampled_from(["ja", "nej", ""]),
}


@given(
    st.lists(st.fixed_dictionaries(FIELDS), min_size=1, max_size=5, unique_by=(lambda row: row["UPN"])),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]),
    st.permutations(list(FIELDS)),
)
def test_what_is_written_is_read_again(
    rows: list[dict[str, str]], separator: str, encoding: str, order: list[str]
) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, order, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode(encoding)

    reading = people_of(csv_lines(content, "Personer", known_headers([people_book().main], NO_MAPPING)), NO_MAPPING)

    assert reading.refusals == []
    read = [(entry.entra_id, entry.upn, entry.name, entry.department, entry.is_active) for entry in reading.entries]
    yes = {"ja": True, "nej": False, "": None}
    assert read == [(row["Entra-id"], row["UPN"], row["Navn"], row["Fagområde"], yes[row["Aktiv"]]) for row in rows]
