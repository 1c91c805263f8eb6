"""`tovholder backup`, `restore` and `move`: the whole database at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from bot.cli.ending import ends_in_words, read_moment
from bot.cli.reminding import EXAMPLE_MOMENT
from bot.operator_texts import count, say
from bot.settings import read_settings

if TYPE_CHECKING:  # what works on databases takes a moment to load
    from storage.copies.files import Progress

File = Annotated[Path, Parameter(name=say("placeholder.file"), help=say("option.backup"))]
_SIZES = ("B", "kB", "MB", "GB", "TB")


@ends_in_words
def backup(file: File, /) -> int:
    from bot.operating.copying import back_up

    settings = read_settings()
    with _progress(say("backup.writing")) as progress:
        made = back_up(settings, file, progress)
    print(say("backup.made", file=made.file, size=_size(made.bytes), schema=made.revision, at=made.at))
    print(say("backup.next", file=made.file))
    return 0


@ends_in_words
def restore(
    file: File,
    /,
    *,
    replace: Annotated[bool, Parameter(negative=(), help=say("option.replace"))] = False,
    now: Annotated[str | None, Parameter(metavar=say("placeholder.moment"), help=say("option.restored_at"))] = None,
) -> int:
    from bot.operating import copying

    settings = read_settings()
    moment = read_moment(now, settings.zone, EXAMPLE_MOMENT) if now else datetime.now(settings.zone)
    with _progress(say("restoring.writing")) as progress:
        restored = copying.restore(settings, file, moment, progress, replace=replace)
    print(say("restoring.done", file=file, at=restored.made_at, schema=restored.revision))
    if restored.aside:
        print(say("restoring.aside", aside=restored.aside))
    print(say("restoring.no_list") if restored.erased is None else count("restoring.erased", restored.erased))
    print(say("restoring.next", now=moment.astimezone(settings.zone)))
    return 0


@ends_in_words
def move(*, to: Annotated[str, Parameter(metavar=say("placeholder.url"), help=say("option.to"))]) -> int:
    from bot.operating.copying import move_to

    settings = read_settings()
    with _progress(say("moving.writing")) as progress:
        moved = move_to(settings, to, progress)
    rows = sum(held.rows for held in moved.values())
    print(count("moving.done", rows, tables=len(moved)))
    print(say("moving.next"))
    return 0


def _size(size: float) -> str:
    step = 0
    while size >= 1000 and step < len(_SIZES) - 1:
        size, step = size / 1000, step + 1
    return f"{size:.3g} {_SIZES[step]}".replace(".", ",")


@contextmanager
def _progress(what: str) -> Iterator[Progress | None]:
    """A bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield step
