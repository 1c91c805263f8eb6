"""Finds the imported person behind a Teams user."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from botbuilder.schema import Activity

from bot.clock import Clock
from bot.teams.messenger import Messenger, SendError
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.ports.people import AccountStore, PeopleReader

_ENTRA = "8:orgid:"
REMEMBERED_SECONDS = 60.0
REMEMBERED = 10_000
OUTSIDERS = frozenset({"guest", "anonymous"})

log = structlog.get_logger()


class GuestError(Exception):
    """A guest, somebody of another organisation, or one whom neither the activity nor the roster shows to be ours."""


@dataclass(frozen=True, slots=True)
class _Known:
    person: Person | None
    is_guest: bool
    until: float


class People:
    """Finds people by Entra id, else by the UPN that the conversation's roster gives of a member of our own: from then
    on that account is theirs, and no other can be. Whoever the roster has as a guest, of
    another tenant than `tenants`, or not at all, is refused, whatever their e-mail; no tenants are all. Answers hold
    for a minute."""

    def __init__(
        self, accounts: AccountStore, messenger: Messenger, clock: Clock, tenants: Set[str] = frozenset()
    ) -> None:
        self._accounts = accounts
        self._messenger = messenger
        self._clock = clock
        self._tenants = tenants
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def asking(self, activity: Activity) -> Person | None:
        """Finds the person who sent it; None for a member of the tenant whom nobody imported. Raises GuestError, and
        SendError when the roster can't be asked."""
        sender = activity.from_property
        known = await self._account(activity, sender.id, sender.aad_object_id, sender.additional_properties or {})
        if known.is_guest:
            raise GuestError
        return known.person

    async def mentioned(self, activity: Activity, account: str, entra_id: str | None) -> Person | None:
        """Finds somebody mentioned in it; None for those we don't know, and when the roster can't be asked."""
        try:
            return (await self._account(activity, account, entra_id, {})).person
        except SendError as error:
            log.warning("roster_not_read", status=error.status, reason=error.reason)
            return None

    async def _account(
        self, activity: Activity, account: str, entra_id: str | None, about: Mapping[str, Any]
    ) -> _Known:
        entra_id = _entra_id(account, entra_id)
        key = entra_id or account
        now = asyncio.get_running_loop().time()
        known = self._known.get(key)
        if known is None or known.until < now:
            person, is_guest = await self._find(activity, account, entra_id, about)
            known = self._known[key] = _Known(person, is_guest, now + REMEMBERED_SECONDS)
            self._known.move_to_end(key)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    async def _find(
        self, activity: Activity, account: str, entra_id: str | None, about: Mapping[str, Any]
    ) -> tuple[Person | None, bool]:
        """Returns the person, and whether it is a guest to be refused. `about` is what the activity says of them."""
        if entra_id and (person := await self._accounts.person_by_entra_id(entra_id)):
            return person, False
        member = await self._member(activity, account) if account else {}
        listed = _entra_id("", member.get("aadObjectId") or member.get("objectId"))
        proven = entra_id or listed
        is_ours = bool(member) and not (self._is_foreign(member) or _is_guest(member) or _is_guest(about))
        if not is_ours or not proven or proven != (listed or proven):
            log.info("outsider", entra_id=proven)
            return None, True
        person = None if entra_id else await self._accounts.person_by_entra_id(proven)
        return person or await self._first_met(member, proven), False

    def _is_foreign(self, member: Mapping[str, Any]) -> bool:
        """A shared channel or a federated chat has people of other organisations."""
        tenant = member.get("tenantId")
        return isinstance(tenant, str) and bool(self._tenants) and tenant.lower() not in self._tenants

    async def _member(self, activity: Activity, account: str) -> Mapping[str, Any]:
        """Reads the account's roster entry, empty for those it doesn't know. Raises SendError when it can't be
        asked."""
        try:
            return await self._messenger.member(activity.service_url, activity.conversation.id, account)
        except SendError as error:
            if not error.is_final:
                raise
            log.info("not_in_roster", status=error.status)
            return {}

    async def _first_met(self, member: Mapping[str, Any], entra_id: str) -> Person | None:
        """The person of that UPN, if no account is theirs yet; of several accounts at once one alone gets it."""
        upn = member.get("userPrincipalName")
        person = await self._accounts.person_by_upn(upn) if isinstance(upn, str) else None
        if person is None or await self._accounts.link_person(person.id, entra_id, self._clock()):
            return person
        log.warning("person_is_another_account", entra_id=entra_id)
        return None


class LocalAccounts:
    """Implements portfolio.ports.people.AccountStore for local mode, where nobody proves who they are and nothing is
    kept of who it was: there the chat page gives each account the id of its person, in the place of an Entra id."""

    def __init__(self, people: PeopleReader, accounts: AccountStore) -> None:
        self._people = people
        self._accounts = accounts

    async def person_by_entra_id(self, entra_id: str) -> Person | None:
        return await self._accounts.person_by_entra_id(entra_id) or await self._people.person(PersonId(entra_id))

    async def person_by_upn(self, _upn: str) -> Person | None:
        return None

    async def entra_ids(self, people: Collection[PersonId]) -> Mapping[PersonId, str]:
        return {person: person for person in people}

    async def link_person(self, _person: PersonId, _entra_id: str, _at: datetime) -> bool:
        return False


def _entra_id(account: str, said: object) -> str | None:
    """The account's Entra id, also where only the account's own id tells of it, and however it is written."""
    told = said or (account.removeprefix(_ENTRA) if account.startswith(_ENTRA) else None)
    return told.lower() if isinstance(told, str) and told else None


def _is_guest(member: Mapping[str, Any]) -> bool:
    role = member.get("userRole")
    name = member.get("userPrincipalName")
    return (isinstance(role, str) and role.lower() in OUTSIDERS) or (isinstance(name, str) and "#ext#" in name.lower())
