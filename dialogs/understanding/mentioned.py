"""What came along with a message: people mentioned, and what is there where it has no words."""

from __future__ import annotations

from dataclasses import replace

from dialogs.texts import Texts
from dialogs.turn.beside import Beside, Mentioned, with_names
from dialogs.turn.orders import ReportStatus
from dialogs.turn.readings import HelpWanted, Reading, Unclear
from dialogs.turn.reply import UserError


def nothing_said(beside: Beside, texts: Texts) -> Reading:
    """Reads a message without words. Raises UserError."""
    if beside.has_files:
        raise UserError("files")
    if beside.is_addressed:
        return HelpWanted()
    raise UserError("empty", example=texts.say("example.red"))


def with_people(reading: Reading, mentioned: tuple[Mentioned, ...]) -> Reading:
    """Gives those mentioned their names in what others are to read. Somebody mentioned whom nobody knows is never left
    out: what isn't told of them in so many words isn't understood."""
    strangers = [one for one in mentioned if one.is_stranger]
    if isinstance(reading, ReportStatus) and reading.line and all(one.word in reading.line for one in strangers):
        return replace(reading, line=with_names(reading.line, mentioned))
    if strangers:
        return Unclear(tuple(one.name for one in strangers))
    if isinstance(reading, Unclear):
        words = tuple(with_names(word, mentioned) for word in reading.words)
        grasped = tuple(replace(one, words=with_names(one.words, mentioned)) for one in reading.grasped)
        return replace(reading, words=words, grasped=grasped)
    return reading
