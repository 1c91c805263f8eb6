"""Finds what is wrong with this installation, and says what to do about it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.directory.calls import GraphError
from bot.directory.graph import check_permission
from bot.door.keys import ChannelKeys
from bot.model.client import ModelClient, Silence, SilentModelError
from bot.model.setup import model_of
from bot.operator_texts import count, say
from bot.sending.mail import MailAwayError, SmtpMailer
from bot.sending.watching import alarms
from bot.settings import Settings, SettingsError, read_settings
from bot.teams.credentials import BotToken, TokenUnavailableError, credential_of
from bot.unusable_database import DatabaseUnusableError
from bot.wiring import erased_list_of, mailer_of, open_deliveries, open_directory, open_privacy
from dialogs.understanding.second.asking import enquiry
from portfolio.ports.errors import DatabaseError
from portfolio.ports.sending import DeliveryStore
from storage.privacy.erased_list import UnreadableListError

MOST_CLOCK_SECONDS = 60
EXAMPLE_QUESTION = "red projects"
LONGEST_UNSYNCED = timedelta(hours=50)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's result. `advice` says what to do when it isn't well."""

    subject: str
    well: bool
    advice: str = ""


async def examine() -> list[Finding]:
    """Checks everything that can be checked; unreadable settings end it early."""
    subject = say("doctor.settings")
    try:
        settings = read_settings()
    except SettingsError as error:
        return [Finding(subject, False, problem) for problem in error.problems]
    unsafe = [Finding(subject, False, problem) for problem in settings.check()]
    findings = unsafe or [Finding(subject, True)]
    findings += await _database(settings)
    if not unsafe and (mailer := mailer_of(settings)):
        findings.append(await _mail(mailer))
    if not unsafe and (model := model_of(settings)):
        findings.append(await _model(model))
    if not unsafe and settings.graph_sync != "off":
        findings += await _directory(settings)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        if not settings.is_local:
            findings += [await _clock(session, settings), await _keys(session, settings)]
            findings.append(await _credentials(session, settings))
    return findings


def report(findings: Sequence[Finding], *, as_json: bool) -> str:
    if as_json:
        return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)
    return "\n".join(_line(finding) for finding in findings)


def _line(finding: Finding) -> str:
    well, ill = say("doctor.well"), say("doctor.ill")
    mark = (well if finding.well else ill).ljust(max(len(well), len(ill)))
    return f"{mark}  {finding.subject}: {finding.advice}" if finding.advice else f"{mark}  {finding.subject}"


async def _database(settings: Settings) -> list[Finding]:
    """Checks the database, and the reminders in it."""
    subject = say("doctor.database")
    try:
        async with open_deliveries(settings) as deliveries:
            return [Finding(subject, True), await _reminders(deliveries, settings), *await _erased(settings)]
    except DatabaseUnusableError as error:
        return [Finding(subject, False, *error.problems)]


async def _reminders(deliveries: DeliveryStore, settings: Settings) -> Finding:
    """Looks for alarms; a service that never ran is new, and gives none."""
    subject = say("doctor.reminders")
    now = datetime.now(settings.zone)
    try:
        queue = await deliveries.queue(now)
    except DatabaseError as error:
        return Finding(subject, False, say("database.unread", error=error.reason))
    wrong = [say(f"doctor.{alarm}") for alarm in alarms(queue, now, settings.work)]
    return Finding(subject, not wrong, " ".join(wrong))


async def _erased(settings: Settings) -> list[Finding]:
    """Checks that all who were erased are on the list by which they stay so after a restore."""
    subject, erased = say("doctor.erased"), erased_list_of(settings)
    try:
        people = erased.read()
        async with open_privacy(settings) as privacy:
            missing = await privacy.store.erased_people() - people
    except UnreadableListError as error:
        return [Finding(subject, False, say("doctor.erased_unreadable", file=error.file, line=error.line))]
    except OSError as error:
        return [Finding(subject, False, say("doctor.erased_unread", file=erased.file, error=error.strerror))]
    advice = count("doctor.erased_missing", len(missing), file=erased.file) if missing else ""
    return [Finding(subject, not missing, advice)]


async def _mail(mailer: SmtpMailer) -> Finding:
    try:
        await mailer.greet()
    except MailAwayError:
        return Finding(say("doctor.mail"), False, say("doctor.mail_away"))
    return Finding(say("doctor.mail"), True)


async def _model(model: ModelClient) -> Finding:
    """Asks the language model what anybody may ask, and looks whether it keeps to the form."""
    subject, trial = say("doctor.model"), enquiry(EXAMPLE_QUESTION, datetime.now(UTC).date())
    why, status = Silence.UNREADABLE, None
    try:
        answer = await model.ask(trial)
        if isinstance(answer, dict) and answer.get("target") in trial.schema["properties"]["target"]["enum"]:
            return Finding(subject, True)
    except SilentModelError as silent:
        why, status = silent.why, silent.status
    return Finding(subject, False, say(f"doctor.model_{why.value}", status=status, seconds=model.wait))


async def _directory(settings: Settings) -> list[Finding]:
    """Checks that people may be read, and were read lately; a service that never read them is new."""
    findings: list[Finding] = []
    try:
        await check_permission(settings)
        findings.append(Finding(say("doctor.graph"), True))
    except GraphError as error:
        findings.append(Finding(say("doctor.graph"), False, error.sentence))
    except SettingsError as error:
        findings.append(Finding(say("doctor.graph"), False, *error.problems))
    try:
        async with open_deliveries(settings), open_directory(settings, dry_run=True) as directory:
            state = await directory.state()
    except (DatabaseUnusableError, DatabaseError):  # told of the database already
        return findings
    people = say("doctor.people")
    if state.leaving is not None:
        return [*findings, Finding(people, False, say("doctor.held_back", leaving=state.leaving, here=state.here))]
    if state.synced_at is None:
        return findings
    day = f"{state.synced_at.astimezone(settings.zone):%d-%m-%Y kl. %H.%M}"
    if datetime.now(settings.zone) - state.synced_at > LONGEST_UNSYNCED:
        return [*findings, Finding(people, False, say("doctor.not_synced", when=day))]
    return [*findings, Finding(people, True, say("doctor.synced", when=day))]


async def _clock(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    """Compares with the key service's clock, as tokens are judged by it."""
    subject = say("doctor.clock")
    try:
        async with session.get(settings.openid_metadata_url) as response:
            there = parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding(subject, False, say("doctor.clock_unknown"))
    wrong = round(time.time() - there)
    if abs(wrong) > MOST_CLOCK_SECONDS:
        return Finding(subject, False, say("doctor.clock_wrong", seconds=wrong))
    return Finding(subject, True)


async def _keys(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    keys = ChannelKeys(session, settings.openid_metadata_url)
    await keys.fetch()
    return Finding(say("doctor.keys"), keys.ready, "" if keys.ready else say("doctor.keys_away"))


async def _credentials(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    subject = say("doctor.credentials")
    try:
        credential = credential_of(settings, session)
    except SettingsError as error:
        return Finding(subject, False, *error.problems)
    if credential is None:
        return Finding(subject, False, say("doctor.no_registration"))
    token = BotToken(credential)
    try:
        await token.bearer()
    except TokenUnavailableError:
        return Finding(subject, False, say("doctor.no_token"))
    finally:
        await token.close()
    return Finding(subject, True)
