"""`tovholder chat --batch`: whole conversations from a file, each on a copy of the database of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.batch import Document, UnreadableLineError, answer_lines, asker_of, open_batch
from bot.cli.ending import UsageError, read_moment
from bot.demo.scripted import Line, Script, ScriptError, hold
from bot.operating.trying import Trial, open_trials
from bot.operator_texts import say
from bot.settings import Settings
from dialogs.turn.audience import Scope

EXAMPLE_NOW = "2026-11-23T10:00"
_CHANNEL = "channel:"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads conversations; `asker` speaks where a line says nobody else."""

    settings: Settings
    asker: str | None

    def script(self, document: Document) -> Script:
        """Raises UnreadableLineError."""
        turns = document.get("turns")
        if not isinstance(turns, list):
            raise UnreadableLineError(say("script.not_script"))
        asker = asker_of(document, self.asker)
        now = self._moment(document.get("now")) or datetime.now(self.settings.zone)
        scope, body = _scope(document.get("scope") or Scope.PERSONAL.value)
        return Script(now, scope, body, [self._line(turn, asker) for turn in turns])

    def _line(self, turn: Any, asker: str | None) -> Line:
        if isinstance(turn, str):
            return Line(asker, turn)
        if not isinstance(turn, dict):
            raise UnreadableLineError(say("script.not_turn"))
        text, press, fill = turn.get("text"), turn.get("press"), turn.get("fill") or {}
        is_one = isinstance(text, str) != isinstance(press, str) and (text is None or press is None)
        if not is_one or not isinstance(fill, dict) or (fill and press is None):
            raise UnreadableLineError(say("script.not_turn"))
        return Line(asker_of(turn, asker), text or "", press, _filled(fill), self._moment(turn.get("now")))

    def _moment(self, text: Any) -> datetime | None:
        if text is None:
            return None
        try:
            return read_moment(str(text), self.settings.zone, EXAMPLE_NOW).astimezone(self.settings.zone)
        except UsageError:
            raise UnreadableLineError(say("script.not_now", example=EXAMPLE_NOW)) from None


async def converse(file: Path, settings: Settings, asker: str | None) -> int:
    """Prints what came of each conversation. Returns the exit code."""
    with open_batch(file) as lines:
        async with open_trials(settings) as trial:
            reader = _Reader(settings, asker)
            return await answer_lines(lines, partial(_held, reader=reader, trial=trial))


async def _held(document: Document, reader: _Reader, trial: Trial) -> Document:
    script = reader.script(document)
    async with trial() as portfolio:
        try:
            return {"turns": await hold(script, portfolio, reader.settings)}
        except ScriptError as error:
            raise UnreadableLineError(str(error)) from error


def _scope(said: Any) -> tuple[Scope, str | None]:
    if isinstance(said, str) and said.startswith(_CHANNEL) and said.removeprefix(_CHANNEL).strip():
        return Scope.CHANNEL, said.removeprefix(_CHANNEL).strip()
    if said in (Scope.PERSONAL, Scope.GROUP):
        return Scope(said), None
    raise UnreadableLineError(say("script.unknown_scope", scope=said))


def _filled(fill: dict[str, Any]) -> dict[str, str]:
    """Takes numbers as a person writes them."""
    if not all(isinstance(value, str | int | float) and not isinstance(value, bool) for value in fill.values()):
        raise UnreadableLineError(say("script.not_fill"))
    return {label: value if isinstance(value, str) else f"{value}".replace(".", ",") for label, value in fill.items()}
