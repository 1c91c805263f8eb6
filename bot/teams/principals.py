"""Proves who writes in Teams, and refuses those who aren't of our own organisation."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn

import structlog
from botbuilder.schema import Activity

from bot.clock import Clock
from bot.teams.messenger import Messenger, SendError
from bot.teams.pseudonyms import Pseudonyms
from bot.teams.recent import Recent
from portfolio.audit import Action, AuditEntry
from portfolio.identity import OUTSIDER, PersonId
from portfolio.organisation import Person
from portfolio.ports.audit import AuditLog
from portfolio.ports.people import AccountStore, PeopleReader
from portfolio.principal import Principal

_ENTRA = "8:orgid:"
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
REMEMBERED_SECONDS = 60.0
REMEMBERED = 10_000
_OUTSIDE_ROLES = frozenset({"guest", "anonymous"})

log = structlog.get_logger()


class Outside(StrEnum):
    """Reasons why somebody isn't one of us."""

    FOREIGN = "foreign_tenant"
    GUEST = "guest"
    NO_ACCOUNT = "no_account"
    OTHER_ACCOUNT = "other_account"
    UNLISTED = "not_in_roster"
    SILENT = "roster_silent"


class OutsiderError(Exception):
    """A guest, somebody of another organisation, or one whom neither the activity nor the roster shows to be ours.
    `is_news`: they weren't told so in the last minute."""

    def __init__(self, reason: Outside, *, is_news: bool) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.is_news = is_news


class RosterSilentError(Exception):
    """Nobody can say who it is: the conversation's roster gives no answer."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """Holds what a conversation's roster proved of an account: its Entra id and UPN, or why it is none of ours."""

    entra_id: str | None
    upn: str | None
    outside: Outside | None


class Principals:
    """Finds people by Entra id, else by the UPN that the conversation's roster gives of a member of our own: from then
    on that account is theirs, and no other can be; `greet` tells them so. Whoever the activity or the roster has as a
    guest, of another tenant than `tenants`, or not at all, is refused, which the audit log says; no tenants are all.
    What a roster proved of the latest `remembered` accounts holds for a minute; whose an account is, and what they may
    do, is read at each turn."""

    def __init__(
        self,
        accounts: AccountStore,
        messenger: Messenger,
        audit: AuditLog,
        clock: Clock,
        tenants: Set[str] = frozenset(),
        greet: Callable[[Person], Awaitable[None]] | None = None,
        remembered: int = REMEMBERED,
    ) -> None:
        self._accounts = accounts
        self._messenger = messenger
        self._audit = audit
        self._clock = clock
        self._tenants = tenants
        self._greet = greet
        self._pseudonyms = Pseudonyms(clock)
        self._proven: Recent[_Proof] = Recent(remembered, REMEMBERED_SECONDS)
        self._noted: Recent[bool] = Recent(remembered, REMEMBERED_SECONDS)
        self._greetings: set[asyncio.Task[None]] = set()

    async def sender(self, activity: Activity) -> Principal:
        """Proves who sent it. Raises OutsiderError, and RosterSilentError when the roster can't be asked."""
        sender = activity.from_property
        about = sender.additional_properties or {}
        entra_id = _entra_id(sender.id, sender.aad_object_id)
        if outside := self._outside(about):
            await self._refuse(outside, sender.id, entra_id)
        person = await self._accounts.person_by_entra_id(entra_id) if entra_id else None
        if entra_id is None or person is None:
            proof = await self._proof_of_sender(activity, entra_id)
            if proof.outside or proof.entra_id is None:
                await self._refuse(proof.outside or Outside.NO_ACCOUNT, sender.id, entra_id)
            if proof.entra_id != entra_id:
                person = await self._accounts.person_by_entra_id(proof.entra_id)
            entra_id = proof.entra_id
            person = person or await self._first_met(proof.upn, entra_id)
        return Principal(_tenant_of(activity), entra_id, person)

    async def mentioned(self, activity: Activity, account: str, entra_id: str | None) -> Person | None:
        """Finds somebody mentioned in it; None for those we don't know, and when the roster can't be asked. No account
        becomes anybody's by being mentioned, and nobody's by what a mention says: whose it is, the roster tells."""
        entra_id = _entra_id(account, entra_id)
        if entra_id and (person := await self._accounts.person_by_entra_id(entra_id)):
            return person
        try:
            proof = await self._proof(activity, account, None)
        except SendError:
            return None
        if proof.outside or proof.entra_id is None:
            return None
        by_account = await self._accounts.person_by_entra_id(proof.entra_id)
        return by_account or await self._person_of(proof.upn)

    async def _proof_of_sender(self, activity: Activity, entra_id: str | None) -> _Proof:
        """Raises RosterSilentError."""
        account = activity.from_property.id
        try:
            return await self._proof(activity, account, entra_id)
        except SendError as error:
            if self._is_news(Outside.SILENT, entra_id or account):
                await self._note(Outside.SILENT, entra_id)
            raise RosterSilentError from error

    async def _proof(self, activity: Activity, account: str, entra_id: str | None) -> _Proof:
        """Raises SendError when the roster can't be asked."""
        proof = self._proven.get((account, entra_id))
        if proof is None:
            proof = await self._prove(activity, account, entra_id)
            self._proven.put((account, entra_id), proof)
        return proof

    async def _prove(self, activity: Activity, account: str, entra_id: str | None) -> _Proof:
        member = await self._member(activity, account) if account else {}
        listed = _entra_id("", member.get("aadObjectId") or member.get("objectId"))
        upn = member.get("userPrincipalName")
        outside = self._outside(member) if member else Outside.UNLISTED
        if outside is None and not (entra_id or listed):
            outside = Outside.NO_ACCOUNT
        if outside is None and entra_id and listed and entra_id != listed:
            outside = Outside.OTHER_ACCOUNT
        return _Proof(entra_id or listed, upn if isinstance(upn, str) else None, outside)

    async def _member(self, activity: Activity, account: str) -> Mapping[str, Any]:
        """Reads the account's roster entry, empty for those it doesn't know. Raises SendError when it can't be
        asked."""
        try:
            return await self._messenger.member(activity.service_url, activity.conversation.id, account)
        except SendError as error:
            log.warning("roster_not_read", status=error.status, reason=error.reason)
            if not error.is_final:
                raise
            return {}

    def _outside(self, about: Mapping[str, Any]) -> Outside | None:
        """Says why somebody isn't ours, by what is said of them: a shared channel or a federated chat has people of
        other organisations."""
        role, upn, tenant = about.get("userRole"), about.get("userPrincipalName"), about.get("tenantId")
        if isinstance(tenant, str) and self._tenants and tenant.lower() not in self._tenants:
            return Outside.FOREIGN
        has_role = isinstance(role, str) and role.lower() in _OUTSIDE_ROLES
        return Outside.GUEST if has_role or (isinstance(upn, str) and "#ext#" in upn.lower()) else None

    async def _first_met(self, upn: str | None, entra_id: str) -> Person | None:
        """Gives the account to the person of that UPN, if none is theirs yet; of several at once one alone gets it."""
        person = await self._person_of(upn)
        if person is None:
            return None
        if not await self._accounts.link_person(person.id, entra_id, self._clock()):
            log.warning("person_has_another_account")
            return await self._accounts.person_by_entra_id(entra_id)
        if self._greet:
            greeting = asyncio.ensure_future(self._greet(person))
            self._greetings.add(greeting)
            greeting.add_done_callback(self._greetings.discard)
        return person

    async def _person_of(self, upn: str | None) -> Person | None:
        person = await self._accounts.person_by_upn(upn) if upn else None
        return None if person is None or person.entra_id else person

    async def _refuse(self, outside: Outside, account: str, entra_id: str | None) -> NoReturn:
        """Raises OutsiderError; the audit log hears of the same account once a minute."""
        is_news = self._is_news(outside, entra_id or account)
        if is_news:
            await self._note(outside, entra_id)
        raise OutsiderError(outside, is_news=is_news)

    def _is_news(self, outside: Outside, who: str) -> bool:
        """Says, once a minute, that this is known of the account from now on."""
        is_news = self._noted.get((outside, who)) is None
        if is_news:
            self._noted.put((outside, who), True)
        return is_news

    async def _note(self, outside: Outside, entra_id: str | None) -> None:
        account = {"account": self._pseudonyms.of(entra_id)} if entra_id else {}
        detail = {"reason": outside.value, **account}
        await self._audit.note(AuditEntry(self._clock(), OUTSIDER, Action.OUTSIDER_REFUSED, detail=detail))


class LocalAccounts:
    """Implements portfolio.ports.people.AccountStore for local mode, where nobody proves who they are and nothing is
    kept of who it was: there the chat page gives each account the id of its person, in the place of an Entra id."""

    def __init__(self, people: PeopleReader, accounts: AccountStore) -> None:
        self._people = people
        self._accounts = accounts

    async def person_by_entra_id(self, entra_id: str) -> Person | None:
        person = await self._accounts.person_by_entra_id(entra_id) or await self._people.person(PersonId(entra_id))
        return person if person and person.is_here else None

    async def person_by_upn(self, _upn: str) -> Person | None:
        return None

    async def entra_ids(self, people: Collection[PersonId]) -> Mapping[PersonId, str]:
        return {person: person for person in people}

    async def link_person(self, _person: PersonId, _entra_id: str, _at: datetime) -> bool:
        return False

    async def unlink_person(self, _person: PersonId, _by: PersonId, _at: datetime) -> bool:
        return False


def _entra_id(account: str, said: object) -> str | None:
    """The account's Entra id, also where only the account's own id tells of it, and however it is written."""
    told = said or (account.removeprefix(_ENTRA) if account.startswith(_ENTRA) else None)
    return told.lower() if isinstance(told, str) and _ID.fullmatch(told) else None


def _tenant_of(activity: Activity) -> str:
    data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    tenant = data.get("tenant")
    named = tenant.get("id") if isinstance(tenant, dict) else None
    return named if isinstance(named, str) else activity.conversation.tenant_id or ""
