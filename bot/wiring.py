"""Makes and joins the real objects; no other module does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp

from bot.background import in_background
from bot.clock import Clock, is_hurried, real_clock
from bot.model.setup import read_again_of
from bot.settings import Settings
from bot.unusable_database import explained
from dialogs.assistant import Assistant
from dialogs.features import understand
from dialogs.texts import Texts
from dialogs.turn.courier import Courier, Nobody
from dialogs.turn.files import Files, NoFiles
from dialogs.turn.visit import Reminding, Stores
from portfolio.questions.answers import Vocabulary
from portfolio.whole import KnownPeople
from storage.accounts import SqlAccountStore
from storage.audit import SqlAuditLog
from storage.conversations import SqlConversationStore
from storage.database import Database, open_database, sqlite_file
from storage.deeds import SqlDeedStore
from storage.directory.store import SqlDirectory
from storage.exports import SqlExportStore
from storage.forms import SqlDraftStore
from storage.meetings.changes import SqlMeetingStore
from storage.meetings.channels import SqlChannelStore
from storage.memory import SqlMemoryStore
from storage.migrating import require_current, upgrade
from storage.organisation import SqlPeopleStore, known_people
from storage.privacy.erased_list import ErasedList
from storage.privacy.store import SqlPrivacyStore
from storage.projects.changes import SqlProjectChangeStore
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.retention import SqlRetention
from storage.rounds.store import SqlRoundStore
from storage.sending.store import SqlDeliveryStore
from storage.status.store import SqlReportingStore
from storage.whole import FrozenReports, SqlPortfolioWriter

if TYPE_CHECKING:  # the framework takes a second to load, and only the service needs it
    from bot.door.ingress import Door
    from bot.door.keys import ChannelKeys
    from bot.housekeeping import Erase
    from bot.sending.mail import SmtpMailer
    from bot.sending.sender import Sender
    from bot.sending.service import Reminders
    from bot.teams.addresses import References
    from bot.teams.credentials import BotToken
    from bot.teams.messenger import Messenger
    from bot.teams.turns import Turns

CONNECTIONS = 100


class Portfolio(NamedTuple):
    """The assistant and its stores, without Teams."""

    assistant: Assistant
    reader: SqlPortfolioReader
    people: SqlPeopleStore
    stores: Stores


class Intake(NamedTuple):
    """The parts of an import. `given` are the reports that a file must not change, and `known` whose an address is."""

    vocabulary: Vocabulary
    given: FrozenReports
    writer: SqlPortfolioWriter
    known: KnownPeople


class Privacy(NamedTuple):
    """The parts of showing and erasing what is held on people; the assistant knows everybody's names."""

    store: SqlPrivacyStore
    audit: SqlAuditLog
    assistant: Assistant


@dataclass(frozen=True)
class Service:
    """The running service's parts. `keys` is None in local mode, where nothing is signed."""

    settings: Settings
    database: Database
    portfolio: Portfolio
    door: Door
    keys: ChannelKeys | None
    turns: Turns
    courier: Courier
    reminders: Reminders


@asynccontextmanager
async def open_assistant(settings: Settings) -> AsyncIterator[Portfolio]:
    """Opens the assistant on its database, for the command line and the chat page. Raises as `open_database_of`."""
    async with open_database_of(settings) as database:
        yield portfolio_on(database, settings, Nobody(), NoFiles())


@asynccontextmanager
async def open_intake(
    settings: Settings, today: date, *, dry_run: bool = False, at: datetime | None = None
) -> AsyncIterator[Intake]:
    """Opens what an import needs; projects are known from `today` on, and the audit log has it at `at`. A dry run makes
    and migrates nothing: where there is no database yet, it sees an empty one. Raises DatabaseUnusableError and
    DatabaseError."""
    async with _database_to_fill(settings, dry_run=dry_run) as database:
        vocabulary = await SqlPortfolioReader(database).vocabulary()
        given = await FrozenReports.read(database)
        yield Intake(vocabulary, given, SqlPortfolioWriter(database, today, at), await known_people(database))


@asynccontextmanager
async def open_directory(settings: Settings, *, dry_run: bool = False) -> AsyncIterator[SqlDirectory]:
    """Opens what stores people from a directory, as `open_intake` does."""
    async with _database_to_fill(settings, dry_run=dry_run) as database:
        yield directory_of(database, settings)


@asynccontextmanager
async def _database_to_fill(settings: Settings, *, dry_run: bool) -> AsyncIterator[Database]:
    with TemporaryDirectory() as elsewhere:
        with explained():
            file = sqlite_file(settings.database_url)
        is_new = file is not None and not file.exists()
        if is_new and dry_run:
            settings = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{elsewhere}/empty.db"})
        migrates = settings.is_sqlite and (is_new or not dry_run)
        async with open_database_of(settings, migrates=migrates) as database:
            yield database


def directory_of(database: Database, settings: Settings) -> SqlDirectory:
    return SqlDirectory(database, settings.work)


@asynccontextmanager
async def open_people(settings: Settings) -> AsyncIterator[tuple[SqlPeopleStore, SqlAccountStore]]:
    """Opens people and their accounts. Raises as `open_database_of`."""
    async with open_database_of(settings) as database:
        yield SqlPeopleStore(database), SqlAccountStore(database)


@asynccontextmanager
async def open_privacy(settings: Settings) -> AsyncIterator[Privacy]:
    """Opens what is held on people. Raises as `open_database_of`."""
    async with open_database_of(settings) as database:
        reader = SqlPortfolioReader(database)
        yield Privacy(privacy_of(database, settings), SqlAuditLog(database), Assistant(reader, understand))


def privacy_of(database: Database, settings: Settings) -> SqlPrivacyStore:
    return SqlPrivacyStore(database, erased_list_of(settings), instead_of_names(settings))


def instead_of_names(settings: Settings) -> str:
    """Returns what stands in the place of a person's name once they are erased."""
    return Texts.of(settings.language).say("person.erased")


def erased_list_of(settings: Settings) -> ErasedList:
    """Returns the list of the erased: beside SQLite's file, unless it is said where."""
    file = sqlite_file(settings.database_url) or Path("var/tovholder.db")
    return ErasedList(settings.erased_file or file.with_name(f"{file.stem}.erased.jsonl"))


def _erasing(database: Database, settings: Settings) -> Erase | None:
    """Returns what erases those who left long ago; None where several processes may each have a list of their own,
    since nobody said where the one is."""
    from bot.housekeeping import erasing

    return erasing(privacy_of(database, settings)) if settings.is_sqlite or settings.erased_file else None


@asynccontextmanager
async def open_deliveries(settings: Settings) -> AsyncIterator[SqlDeliveryStore]:
    """Opens the store of what was planned and sent, without migrating the database. Raises DatabaseUnusableError."""
    async with open_database_of(settings, migrates=False) as database:
        yield SqlDeliveryStore(database, settings.send_rate)


@asynccontextmanager
async def open_database_of(settings: Settings, *, migrates: bool | None = None) -> AsyncIterator[Database]:
    """Opens the database, at this version's schema. It is brought there if it `migrates`: SQLite does unless `migrates`
    says otherwise, PostgreSQL is left to `tovholder migrate`. Raises DatabaseUnusableError."""
    with explained():
        database = open_database(settings.database_url)
    try:
        with explained():
            if settings.is_sqlite if migrates is None else migrates:
                await upgrade(database)
            else:
                await require_current(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def running(settings: Settings, clock: Clock = real_clock) -> AsyncIterator[Service]:
    """Runs everything behind the door; answers are given for `clock`'s time. Leaving waits for the turns under way."""
    from bot.door.guard import Guard
    from bot.door.ingress import Door
    from bot.door.keys import ChannelKeys
    from bot.door.tokens import TokenCheck
    from bot.housekeeping import follow_rounds, pause_on
    from bot.sending.greeting import greeting_by
    from bot.sending.saying import Voice
    from bot.teams.activities import PortfolioBot
    from bot.teams.addresses import References
    from bot.teams.courier import TeamsCourier
    from bot.teams.files import serving_files
    from bot.teams.messenger import ASIDE, ONCE, Messenger
    from bot.teams.outbox import Outbox
    from bot.teams.principals import LocalAccounts, Principals
    from bot.teams.turns import Turns

    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database_of(settings))
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        token = await stack.enter_async_context(_token(settings, session))
        keys = None if settings.is_local else ChannelKeys(session, settings.openid_metadata_url)
        guard = Guard.of(settings)
        messenger = Messenger(session, token, guard.hosts)
        conversations = SqlConversationStore(database)
        references = References(conversations)
        stored = SqlAccountStore(database)
        accounts = LocalAccounts(SqlPeopleStore(database), stored) if settings.is_local else stored
        deliveries = SqlDeliveryStore(database, settings.send_rate)
        aside = replace(messenger, patience=ASIDE)
        courier = TeamsCourier(aside, references, accounts, deliveries, settings.language, clock)
        files = await stack.enter_async_context(serving_files(settings))
        portfolio = portfolio_on(database, settings, courier, files)
        stores, assistant = portfolio.stores, portfolio.assistant
        greet = greeting_by(mailer_of(settings), settings.language)
        principals = Principals(accounts, messenger, stores.audit, clock, settings.tenants, greet)
        sender = sender_of(portfolio, messenger, references, database, settings, clock)
        outbox = Outbox(deliveries, Voice(deliveries, sender, clock, settings.send_rate).say)
        following = partial(follow_rounds, stores, assistant, settings)
        bot = PortfolioBot(
            assistant, principals, references, conversations, outbox, courier, following, settings, clock
        )
        turns = Turns(bot, messenger, settings)
        stack.push_async_callback(turns.drain)
        for work in _housekeeping(portfolio, database, settings, clock):
            await stack.enter_async_context(in_background(work))
        trying_once = replace(sender, messenger=replace(messenger, patience=ONCE))
        reminders = _reminders(portfolio, trying_once, database, settings, clock)
        await stack.enter_async_context(in_background(reminders.look(pause_on(clock))))
        await stack.enter_async_context(reminders.sending())
        if keys:
            await stack.enter_async_context(in_background(keys.fetch()))
        tokens = TokenCheck(keys, settings.app_id or "") if keys else None
        yield Service(settings, database, portfolio, Door(guard, tokens, turns.handle), keys, turns, courier, reminders)


def _housekeeping(
    portfolio: Portfolio, database: Database, settings: Settings, clock: Clock
) -> Iterator[Coroutine[Any, Any, None]]:
    """Yields what goes on beside the turns for as long as the service runs."""
    from bot.directory.daily import LOOKS_EVERY_SECONDS, DailySync
    from bot.housekeeping import FORGETTING_SECONDS, Forgetting, close_rounds, pause_on, repeat

    stores, assistant = portfolio.stores, portfolio.assistant
    forgetting = Forgetting(SqlRetention(database), stores, assistant, settings, _erasing(database, settings))
    yield repeat(forgetting.look, clock, FORGETTING_SECONDS, "house_not_kept")
    closing = partial(close_rounds, stores, assistant, settings)
    yield repeat(closing, clock, pause_on(clock), "rounds_not_closed")
    if settings.graph_sync == "daily":
        daily = DailySync(directory_of(database, settings), settings)
        yield repeat(daily.look, clock, LOOKS_EVERY_SECONDS, "directory_not_stored")


@asynccontextmanager
async def open_reminders(settings: Settings, clock: Clock) -> AsyncIterator[Reminders]:
    """Opens what reminds people, without the service around it. Raises as `open_database_of`."""
    from bot.door.guard import Guard
    from bot.teams.addresses import References
    from bot.teams.messenger import ONCE, Messenger

    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database_of(settings))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        token = await stack.enter_async_context(_token(settings, session))
        messenger = Messenger(session, token, Guard.of(settings).hosts, ONCE)
        references = References(SqlConversationStore(database))
        portfolio = portfolio_on(database, settings, Nobody(), NoFiles())
        sender = sender_of(portfolio, messenger, references, database, settings, clock)
        yield _reminders(portfolio, sender, database, settings, clock)


def _reminders(portfolio: Portfolio, sender: Sender, database: Database, settings: Settings, clock: Clock) -> Reminders:
    from bot.sending.dispatcher import Dispatcher
    from bot.sending.planner import Planner
    from bot.sending.rechecking import check
    from bot.sending.service import Reminders, SenderLock

    reminding = portfolio.stores.reminding
    store = SqlDeliveryStore(database, settings.send_rate)
    checking = partial(check, reminding.store, work=settings.work)
    dispatcher = Dispatcher(store, checking, sender.send, clock, settings.send_rate)
    planner = Planner(reminding.store, store, settings.work, settings.run_limit)
    return Reminders(planner, dispatcher, SenderLock(settings), store, clock, portfolio.assistant.audience)


def sender_of(
    portfolio: Portfolio,
    messenger: Messenger,
    references: References,
    database: Database,
    settings: Settings,
    clock: Clock,
) -> Sender:
    from bot.sending.composing import Composer
    from bot.sending.sender import Sender

    composer = Composer(
        SqlDeliveryStore(database, settings.send_rate),
        portfolio.stores.audit,
        directory_of(database, settings),
        portfolio.assistant.audience,
        settings.work,
        tells_delays=not is_hurried(clock),
    )
    channels, mailer = portfolio.stores.reminding.channels, mailer_of(settings)
    return Sender(messenger, references, channels, portfolio.people, composer, mailer, settings, clock)


def mailer_of(settings: Settings) -> SmtpMailer | None:
    """Returns None where mail is not set up."""
    from bot.sending.mail import SmtpMailer

    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return SmtpMailer(settings.smtp_url.get_secret_value(), settings.mail_from)


def portfolio_on(database: Database, settings: Settings, courier: Courier, files: Files) -> Portfolio:
    reader = SqlPortfolioReader(database)
    reminding = Reminding(
        SqlReminderStore(database, settings.work),
        SqlChannelStore(database),
        SqlMeetingStore(database),
        SqlDeliveryStore(database),
        SqlConversationStore(database),
        settings.work,
    )
    people = SqlPeopleStore(database)
    stores = Stores(
        reader,
        SqlReportingStore(database),
        SqlDraftStore(database),
        SqlDeedStore(database),
        SqlMemoryStore(database),
        SqlRoundStore(database, settings.zone),
        SqlAuditLog(database),
        courier,
        people,
        reminding,
        privacy_of(database, settings),
        SqlProjectChangeStore(database),
        SqlExportStore(database),
        files,
        database.together,
    )
    return Portfolio(Assistant(reader, understand, stores, read_again=read_again_of(settings)), reader, people, stores)


@asynccontextmanager
async def _token(settings: Settings, session: aiohttp.ClientSession) -> AsyncIterator[BotToken | None]:
    """The bot's token, being fetched already; None in local mode, where nobody asks for it."""
    from bot.teams.credentials import BotToken, credential_of

    credential = None if settings.is_local else credential_of(settings, session)
    if credential is None:
        yield None
        return
    token = BotToken(credential)
    try:
        async with in_background(token.prepare()):
            yield token
    finally:
        await token.close()
