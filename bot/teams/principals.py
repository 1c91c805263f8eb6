"""Proves who writes in Teams, and refuses those who aren't of our own organisation."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog
from botbuilder.schema import Activity

from bot.clock import Clock
from bot.teams.messenger import Messenger, SendError
from bot.teams.pseudonyms import Pseudonyms
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
    """A guest, somebody of another organisation, or one whom neither the activity nor the roster shows to be ours."""

    def __init__(self, reason: Outside) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Proof:
    """Holds what a conversation's roster proved of an account: its Entra id and UPN, or why it is none of ours."""

    entra_id: str | None
    upn: str | None
    outside: Outside | None
    until: float


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
        self._remembered = remembered
        self._pseudonyms = Pseudonyms(clock)
        self._proven: OrderedDict[str, _Proof] = OrderedDict()
        self._greetings: set[asyncio.Task[None]] = set()

    async def sender(self, activity: Activity) -> Principal:
        """Proves who sent it. Raises OutsiderError, and SendError when the roster can't be asked."""
        sender = activity.from_property
        about = sender.additional_properties or {}
        entra_id = _entra_id(sender.id, sender.aad_object_id)
        if outside := self._outside(about):
            await self._refuse(outside, sender.id, entra_id)
        person = await self._accounts.person_by_entra_id(entra_id) if entra_id else None
        if entra_id is None or person is None:
            proof = await self._proof(activity, sender.id, entra_id)
            if proof.outside or proof.entra_id is None:
                raise OutsiderError(proof.outside or Outside.NO_ACCOUNT)
            if proof.entra_id != entra_id:
                person = await self._accounts.person_by_entra_id(proof.entra_id)
            entra_id = proof.entra_id
            person = person or await self._first_met(proof.upn, entra_id)
        return Principal(_tenant_of(activity), entra_id, person)

    async def mentioned(self, activity: Activity, account: str, entra_id: str | None) -> Person | None:
        """Finds somebody mentioned in it; None for those we don't know, and when the roster can't be asked. No account
        becomes anybody's by being mentioned."""
        entra_id = _entra_id(account, entra_id)
        if entra_id and (person := await self._accounts.person_by_entra_id(entra_id)):
            return person
        try:
            proof = await self._proof(activity, account, entra_id)
        except SendError:
            return None
        if proof.outside or proof.entra_id is None:
            return None
        by_account = await self._accounts.person_by_entra_id(proof.entra_id)
        return by_account or await self._person_of(proof.upn)

    async def _proof(self, activity: Activity, account: str, entra_id: str | None) -> _Proof:
        key = entra_id or account
        now = asyncio.get_running_loop().time()
        proof = self._proven.get(key)
        if proof is None or proof.until < now:
            proof = await self._prove(activity, account, entra_id, now + REMEMBERED_SECONDS)
            self._remember(key, proof)
            if proof.outside:
                await self._note(proof.outside, entra_id)
        return proof

    def _remember(self, key: str, proof: _Proof) -> None:
        """Keeps the latest, so that however many accounts write, they fill nothing up."""
        self._proven[key] = proof
        self._proven.move_to_end(key)
        if len(self._proven) > self._remembered:
            self._proven.popitem(last=False)

    async def _prove(self, activity: Activity, account: str, entra_id: str | None, until: float) -> _Proof:
        member = await self._member(activity, account, entra_id) if account else {}
        listed = _entra_id("", member.get("aadObjectId") or member.get("objectId"))
        upn = member.get("userPrincipalName")
        outside = self._outside(member) if member else Outside.UNLISTED
        if outside is None and not (entra_id or listed):
            outside = Outside.NO_ACCOUNT
        if outside is None and entra_id and listed and entra_id != listed:
            outside = Outside.OTHER_ACCOUNT
        return _Proof(entra_id or listed, upn if isinstance(upn, str) else None, outside, until)

    async def _member(self, activity: Activity, account: str, entra_id: str | None) -> Mapping[str, Any]:
        """Reads the account's roster entry, empty for those it doesn't know. Raises SendError when it can't be
        asked."""
        try:
            return await self._messenger.member(activity.service_url, activity.conversation.id, account)
        except SendError as error:
            log.warning("roster_not_read", status=error.status, reason=error.reason)
            if not error.is_final:
                await self._note(Outside.SILENT, entra_id)
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

    async def _refuse(self, outside: Outside, account: str, entra_id: str | None) -> None:
        """Raises OutsiderError; the audit log hears of the same account once a minute."""
        key, now = f"{outside}:{entra_id or account}", asyncio.get_running_loop().time()
        known = self._proven.get(key)
        if known is None or known.until < now:
            self._remember(key, _Proof(entra_id, None, outside, now + REMEMBERED_SECONDS))
            await self._note(outside, entra_id)
        raise OutsiderError(outside)

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
