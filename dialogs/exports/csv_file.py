"""A table as a CSV file, as Danish Excel opens it: with semicolons, decimal commas, and a mark that says UTF-8."""

from __future__ import annotations

import codecs
import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from dialogs.exports.written import begins_formula, written
from dialogs.turn.table import Cell, Table


def csv_of(table: Table) -> bytes:
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_field, table.columns))
    writer.writerows(map(_field, row) for row in table.rows)
    return codecs.BOM_UTF8 + lines.getvalue().encode()


def _field(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            text = written(cell)
            return f"'{text}" if begins_formula(text) else text
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell.normalize():f}".replace(".", ",")
    return str(cell)
