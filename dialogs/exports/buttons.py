"""The values that come back with a card that asks for consent to a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from dialogs.turn.button import Asked, Button, FilledIn, PersonRef
from dialogs.values.calendar_words import Language
from portfolio.exports import FileKind

# What Teams says of the place for the file, as the button takes it.
ADDRESS, WHERE, NAME, FILE_ID = "upload.url", "upload.content", "upload.name", "upload.id"


@dataclass(frozen=True, slots=True)
class TakeFile(FilledIn):
    """Make the file anew and put it to the address that Teams gives along. `person` is the one who was asked."""

    verb: ClassVar[str] = "file_take"
    command: ClassVar[str] = "export"
    takes: ClassVar[re.Pattern[str]] = re.compile(r"upload\.(url|content|name|id)")
    question: Asked
    person: PersonRef
    kind: FileKind = FileKind.XLSX
    language: Language = "da"


@dataclass(frozen=True, slots=True)
class LeaveFile(Button):
    verb: ClassVar[str] = "file_leave"
    command: ClassVar[str] = "export"
    person: PersonRef
