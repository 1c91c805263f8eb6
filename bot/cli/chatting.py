"""`tovholder demo` and `tovholder chat`: trying Tovholder out, in the browser and in the terminal."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import uvloop
from cyclopts import Parameter
from filelock import FileLock, Timeout
from rich.console import Console

from bot.cli.ending import UsageError, ends_in_words, fail, read_moment
from bot.clock import SimulatedClock, real_clock
from bot.demo.cast import choose_cast
from bot.demo.example import NoExampleError, load_example, workbook_of
from bot.demo.fetch import FetchError, fetch
from bot.demo.terminal import Talk, hold
from bot.logs import configure
from bot.operator_texts import count, say
from bot.settings import Mode, Settings, read_settings, safe_settings
from bot.wiring import Portfolio, open_assistant
from dialogs.reminders.outlook import outlook_at
from portfolio.organisation import Person

DEMO = Path("var/demo")
PORTS_TRIED = 20
EXAMPLE_MOMENT = "2026-11-23T07:55"
# How far ahead a newcomer is told of reminders.
AHEAD = timedelta(days=14)


@ends_in_words
def demo(
    *,
    clock: Annotated[str | None, Parameter(metavar=say("placeholder.moment"), help=say("option.clock"))] = None,
    speed: Annotated[float, Parameter(metavar=say("placeholder.number"), help=say("option.speed"))] = 1.0,
) -> int:
    """Serves in local mode, with a database of its own. Returns the exit code."""
    try:
        folder, lock = _own_folder()
        settings = _demo_settings(folder / "tovholder.db")
        if not 0 < speed < float("inf"):
            raise UsageError(say("chatting.not_speed", speed=speed))
        start = None if clock is None else read_moment(clock, settings.zone, EXAMPLE_MOMENT)
        fetch()
        with lock, (folder / "log.jsonl").open("w", encoding="utf-8") as log:
            configure(log)
            uvloop.run(_demo(settings, folder, start, speed))
    except (FetchError, NoExampleError) as error:
        return fail(str(error))
    except subprocess.CalledProcessError:
        return fail(say("chatting.example_unwritten"))
    except OSError as error:
        return fail(say("chatting.not_started", error=error.strerror or type(error).__name__))
    return 0


@ends_in_words
def chat(
    *,
    as_: Annotated[
        str | None, Parameter(name="--as", metavar=say("placeholder.email"), help=say("option.speaker"))
    ] = None,
    demo: Annotated[bool, Parameter(negative=(), help=say("option.demo"))] = False,
    batch: Annotated[Path | None, Parameter(metavar=say("placeholder.file"), help=say("option.scripts"))] = None,
) -> int:
    """Holds the conversation of the chat page in the terminal, or those of a file. Returns the exit code."""
    try:
        if batch is not None:
            return asyncio.run(_converse_all(batch, as_, is_demo=demo))
        return _chat(as_, is_demo=demo)
    except NoExampleError as error:
        return fail(str(error))
    except UnicodeDecodeError:
        raise UsageError(say("chatting.not_text")) from None
    except BrokenPipeError:  # whoever read the conversation has had enough of it
        raise
    except OSError as error:
        return fail(say("chatting.not_started", error=error.strerror or type(error).__name__))


def _demo_settings(database: Path) -> Settings:
    """The operator's settings with the demo's own mode and database, so that nothing real is touched."""
    return safe_settings(mode=Mode.LOCAL, database_url=f"sqlite+aiosqlite:///{database.as_posix()}")


def _own_folder() -> tuple[Path, FileLock]:
    """Finds a folder that no other demo is at work in, and locks it."""
    for number in range(1, PORTS_TRIED):
        folder = DEMO if number == 1 else DEMO.with_name(f"{DEMO.name}-{number}")
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "demo.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            continue
        if number > 1:
            _show(say("chatting.folder_taken", folder=folder))
        return folder, lock
    raise OSError(say("chatting.too_many_demos"))


async def _demo(settings: Settings, folder: Path, start: datetime | None, speed: float) -> None:
    """Makes everybody reachable before anything is due; the clock begins only then, at `start` or now."""
    from bot.demo.everybody import reach_everybody
    from bot.server import build_app, listening, until_stopped
    from bot.wiring import running

    now = (start or real_clock()).astimezone(settings.zone)
    projects = await load_example(settings, workbook_of(now.date(), folder), now.date())
    wanted = settings.port
    port = _free_port(settings.host, wanted)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    async with open_assistant(settings) as portfolio:
        await reach_everybody(portfolio, settings, f"http://{host}:{port}", now)
        coming = await _coming(portfolio, now)
    clock = SimulatedClock(start or real_clock(), speed) if start or speed != 1 else real_clock
    settings = settings.model_copy(update={"public_url": f"http://{host}:{port}"})
    async with running(settings, clock) as service, listening(build_app(service), settings.host, port):
        if port != wanted and wanted:
            _show(say("chatting.port_taken", port=wanted))
        _show(say("chatting.loaded", projects=projects, now=now))
        _show(coming)
        _show(say("chatting.address", host=host, port=port))
        _show(say("chatting.log", file=folder / "log.jsonl"))
        await until_stopped()
    _show(say("chatting.stopped"))


async def _coming(portfolio: Portfolio, now: datetime) -> str:
    """Says when the first reminders come, or that there are none, and why."""
    reminding = portfolio.stores.reminding
    outlook = await outlook_at(now, reminding.store, reminding.deliveries, reminding.work)
    plans = [plan for plan in await outlook.plans_until(now + AHEAD) if plan.messages]
    if not plans:
        return say("chatting.no_reminders", days=AHEAD.days)
    return count("chatting.reminders", len(plans[0].messages), when=plans[0].now.astimezone(now.tzinfo))


def _show(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _free_port(host: str, wanted: int) -> int:
    """Finds a port: the wanted, or the next that nobody listens on; any where none is wanted or all are taken."""
    tried = range(wanted, min(wanted + PORTS_TRIED, 65536)) if wanted else ()
    for port in (*tried, 0):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted


def _chat(email: str | None, *, is_demo: bool) -> int:
    """The terminal is read between the turns, so that Ctrl-C works there as everywhere."""
    settings = _demo_settings(DEMO / "chat.db") if is_demo else read_settings()
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        portfolio = runner.run(_open(stack, settings, is_demo=is_demo))
        try:
            person = runner.run(_person(portfolio, email, settings, is_demo=is_demo))
            if email and person is None:
                raise UsageError(say("usage_error.unknown_person", email=email))
            talk = Talk(portfolio.assistant, person, settings.language, lambda: datetime.now(settings.zone))
            _converse(runner, talk, person)
        except KeyboardInterrupt:
            _show("")
        finally:
            runner.run(stack.aclose())
    return 0


async def _converse_all(file: Path, email: str | None, *, is_demo: bool) -> int:
    from bot.cli.conversations import converse

    settings = _demo_settings(DEMO / "chat.db") if is_demo else read_settings()
    if is_demo:
        await _load(settings)
    return await converse(file, settings, email)


async def _load(settings: Settings) -> None:
    today = datetime.now(settings.zone).date()
    await load_example(settings, workbook_of(today, DEMO), today)


async def _open(stack: AsyncExitStack, settings: Settings, *, is_demo: bool) -> Portfolio:
    if is_demo:
        await _load(settings)
    portfolio = await stack.enter_async_context(open_assistant(settings))
    if not (await portfolio.reader.vocabulary()).projects:
        _show(say("chatting.no_projects"))
    return portfolio


async def _person(portfolio: Portfolio, email: str | None, settings: Settings, *, is_demo: bool) -> Person | None:
    """Finds the person that --as names; in the demo, without --as, the first of the example people."""
    if email:
        return await portfolio.people.asker(email)
    if not is_demo:
        return None
    cast = await choose_cast(portfolio.reader, datetime.now(settings.zone).date())
    return cast.examples[0].person


def _converse(runner: asyncio.Runner, talk: Talk, person: Person | None) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    prompt = "\n› " if sys.stdin.isatty() else ""

    def write(text: str) -> None:
        heading, _, rest = text.partition("\n")
        console.print(heading, style="bold")
        console.print(rest, end="\n\n")

    if person:
        _show(say("chatting.speaker", name=person.name))
    write(runner.run(talk.begin()))
    _show(say("chatting.guide"))
    hold(lambda line: runner.run(talk.answer(line)), lambda: input(prompt), write)
