"""Makes entries of a directory from the rows of a file of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing import accounts, people_cells
from bot.importing.cells import read_cell, shown
from bot.importing.columns import is_word_for_totals
from bot.importing.conventions import Convention, folded_name
from bot.importing.headers import Place
from bot.importing.layout import Section
from bot.importing.refusals import Note, Refusal, UnreadableCellError, in_short
from bot.importing.tables import Line
from portfolio.directory import DirectoryEntry, contradictions, groups_of_one, joined

IDENTITY = ("email", "upn", "entra_id")
# The columns that say who the manager is, the surest first.
_MANAGERS = ("manager_id", "manager_upn", "manager_email", "manager", "manager_name")
_YES_OR_NO = ("is_active", "is_leader", "is_blocked")
_FIELDS = frozenset(field.name for field in fields(DirectoryEntry))
_STANDS_FOR = {**dict.fromkeys(("common_name", "given_name", "family_name"), "name"), "is_blocked": "is_active"}
# An empty cell of these columns says that there is none.
_EMPTIED: dict[str, Any] = {"email": "", "department": "", "manager": "", "employee_type": "", "roles": ()}
_READERS: dict[str, Callable[[str], Any]] = {
    "email": people_cells.read_email,
    "upn": accounts.read_upn,
    "entra_id": accounts.read_entra_id,
    "manager": people_cells.read_manager,
    **dict.fromkeys(_YES_OR_NO, people_cells.read_yes_or_no),
}
# Each column as one of plain text, whose words are read afterwards.
_PLAIN = {
    column.field: replace(column, kind="name" if column.kind == "name" else "text", choice=None)
    for column in people_cells.people_book().main.columns
}
_AS_WRITTEN = Convention(ZoneInfo("UTC"))


@dataclass(slots=True)
class _Row:
    """A row. `told` are its values by the fields of the columns, and `manager` what an entry is to say of that."""

    line: Line
    told: dict[str, Any]
    entry: DirectoryEntry

    @property
    def key(self) -> str:
        return self.entry.keys[0][1]


class PeopleRows:
    """The rows of one table. `ignored` are headers that could stand for a column and don't; `given` the fields that the
    table speaks of."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._places = {place.column.field: place for place in section.places}
        self.ignored: list[str] = []
        self.notes: list[Note] = []
        self.refusals: list[Refusal] = []
        self.refused: set[int] = set()
        self.entries: list[DirectoryEntry] = []
        self.numbers: list[int] = []
        self._ticked: dict[str, bool] = {}
        self._managers: list[Place] = []
        self._settle()

    @property
    def given(self) -> frozenset[str]:
        return frozenset(_STANDS_FOR.get(name, name) for name in self._places) & _FIELDS

    def read(self) -> None:
        """Reads every row, and checks them against each other."""
        rows = [row for line in self._lines() if (row := self._row(line))]
        names = _by_name(rows)
        by_dn = {row.told["distinguished_name"].casefold(): row for row in rows if row.told.get("distinguished_name")}
        for row in rows:
            self._find_manager(row, names, by_dn)
        if own := [row for row in rows if row.entry.manager in [value for _, value in row.entry.keys]]:
            self._note("own_manager", rows=in_short([row.line.number for row in own]))
            for row in own:
                row.entry = replace(row.entry, manager="")
        good = [row for row in rows if row.line.number not in self.refused]
        for group in groups_of_one([row.entry for row in good]):
            self._take([good[place] for place in group])

    # Which columns count

    def _settle(self) -> None:
        """Decides which columns stand in for one that the table lacks."""
        self._stand_in("id", "entra_id", counts=any(map(accounts.is_entra_id, self._texts("id"))))
        self._stand_in("division", "department", counts=True)
        logins, answers = self._texts("login"), self._texts("manager")
        self._stand_in("login", "upn", counts=bool(logins) and all(map(accounts.is_upn, logins)))
        if answers and all(map(people_cells.is_yes_or_no, answers)) and "is_leader" not in self._places:
            self._note("manager_is_leader", header=self._places["manager"].header)
            self._places["is_leader"] = self._places.pop("manager")
        self._managers = [self._places.pop(field) for field in _MANAGERS if field in self._places]
        if self._managers:
            self._places["manager"] = self._managers[0]
        if "is_active" in self._places and "is_blocked" in self._places:
            self.ignored.append(self._places.pop("is_blocked").header)

    def _stand_in(self, weak: str, field: str, *, counts: bool) -> None:
        place = self._places.pop(weak, None)
        if place is None:
            return
        if field in self._places or not counts:
            self.ignored.append(place.header)
        else:
            self._places[field] = place

    def _texts(self, field: str) -> list[str]:
        """Returns what stands in a column's filled cells."""
        place = self._places.get(field)
        texts = [] if place is None else [shown(place.meant(line)) for line in self._section.lines]
        return [text for text in texts if not people_cells.is_nothing(text)]

    # Rows

    def _lines(self) -> list[Line]:
        """Returns the rows that are about people, without sums and guests."""
        lines = self._section.lines
        for code, is_out in (("sums_left_out", self._is_sum), ("guests_left_out", self._is_guest)):
            out = {line.number for line in lines if is_out(line)}
            if out:
                self._note(code, rows=in_short(sorted(out)), count=len(out))
                lines = [line for line in lines if line.number not in out]
        return list(lines)

    def _is_sum(self, line: Line) -> bool:
        first = next((text for cell in line.cells if (text := shown(cell))), "")
        identity = [self._text(line, name) for name in IDENTITY]
        is_person = any(accounts.is_upn(text) or accounts.is_entra_id(text) for text in identity)
        return is_word_for_totals(first) and not is_person

    def _is_guest(self, line: Line) -> bool:
        return people_cells.is_guest(self._text(line, "user_type")) or people_cells.is_outsider(
            self._text(line, "upn").lower()
        )

    def _text(self, line: Line, field: str) -> str:
        place = self._places.get(field)
        text = "" if place is None else shown(place.meant(line))
        return "" if people_cells.is_nothing(text) else text

    def _row(self, line: Line) -> _Row | None:
        told: dict[str, Any] = {}
        for name, column in self._places.items():
            for place in self._managers if name == "manager" else (column,):
                try:
                    told[name] = self._value(name, place, line)
                except UnreadableCellError as error:
                    self._refuse(line, error.code, place, **error.details)
                if told.get(name) is not None:
                    break
        row = _Row(line, told, self._entry(told))
        if line.number in self.refused:
            return None
        if not row.entry.keys:
            self._refuse(line, "no_identity")
            return None
        return row

    def _value(self, name: str, place: Place, line: Line) -> Any:
        """Returns what a cell says; None where it is empty."""
        cell = place.meant(line)
        text = read_cell(
            shown(cell) if isinstance(cell, bool) and name in _YES_OR_NO else cell,
            _PLAIN[place.column.field],
            _AS_WRITTEN,
        )
        if text is None or people_cells.is_nothing(text):
            return False if name in _YES_OR_NO and self._is_ticked(name) else None
        if place.column.choice is not None:
            return people_cells.read_roles(text, place.column.choice)
        return _READERS.get(name, str)(text)

    def _is_ticked(self, name: str) -> bool:
        """Says whether a column holds nothing but ticks, so that an empty cell is a no."""
        if name not in self._ticked:
            texts = self._texts(name)
            self._ticked[name] = bool(texts) and all(map(people_cells.is_tick, texts))
        return self._ticked[name]

    def _entry(self, told: Mapping[str, Any]) -> DirectoryEntry:
        values = {
            name: _EMPTIED.get(name) if told.get(name) is None else told[name] for name in _FIELDS & self._places.keys()
        }
        if told.get("is_blocked") is not None:
            values["is_active"] = not told["is_blocked"]
        return DirectoryEntry(**(values | {"name": _name(told)}))

    # Rows against each other

    def _find_manager(self, row: _Row, names: Mapping[str, Sequence[_Row]], by_dn: Mapping[str, _Row]) -> None:
        """Puts what a manager is known by in the place of a name, where the table tells whose it is."""
        written = row.entry.manager
        if not written or accounts.is_entra_id(written) or accounts.is_upn(written):
            return
        by_place = by_dn.get(written.casefold())
        name = people_cells.common_name(written)
        said = name or people_cells.read_name(written)
        called = (names.get(folded_name(one)) for one in (said, people_cells.without_brackets(said)))
        same_name = [by_place] if by_place else next(filter(None, called), [])
        people = {other.key for other in same_name}
        if len(people) == 1:
            row.entry = replace(row.entry, manager=next(iter(people)))
        elif people:
            place = self._places["manager"]
            self._refuse(row.line, "name_of_several", place, people=", ".join(sorted(people)))

    def _take(self, rows: Sequence[_Row]) -> None:
        """Takes the rows of one person, unless they contradict each other."""
        differing = contradictions([row.entry for row in rows])
        first = rows[0]
        numbers = [row.line.number for row in rows]
        if differing:
            place = self._places.get(differing[0]) or self._places.get("common_name")
            columns = ", ".join(self._header(name) for name in differing)
            self._refuse(first.line, "person_twice", place, rows=in_short(numbers), count=len(rows), columns=columns)
            self.refused.update(numbers)
            return
        if len(rows) > 1:
            self._note("same_person", rows=in_short(numbers))
        self.entries.append(joined([row.entry for row in rows]))
        self.numbers.append(first.line.number)

    def _header(self, name: str) -> str:
        place = self._places.get(name)
        title = self._section.sheet.by_field[name].title
        return place.header if place else title

    def _refuse(self, line: Line, code: str, place: Place | None = None, **details: Any) -> None:
        self.refused.add(line.number)
        written = None if place is None else shown(place.cell(line)) or shown(place.meant(line))
        header = None if place is None else place.header
        self.refusals.append(Refusal(code, line.sheet, line.number, header, written, details))

    def _note(self, code: str, **details: Any) -> None:
        self.notes.append(Note(code, self._section.name, details))


def _name(told: Mapping[str, Any]) -> str | None:
    """Returns the whole name, else what its parts make."""
    for name in ("name", "common_name"):
        if told.get(name):
            return people_cells.read_name(told[name])
    parts = [told[name] for name in ("given_name", "family_name") if told.get(name)]
    return " ".join(parts) or None


def _by_name(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        for name in _names(row):
            found[name].append(row)
    return found


def _names(row: _Row) -> Iterator[str]:
    """Yields what a person may be called, folded; of a directory also the name that it files them under."""
    names = [
        row.entry.name,
        row.told.get("common_name"),
        people_cells.common_name(row.told.get("distinguished_name") or ""),
    ]
    yield from dict.fromkeys(folded_name(name) for name in names if name)
