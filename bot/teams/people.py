"""Finds the imported person behind a Teams user."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import structlog
from botbuilder.schema import Activity

from bot.teams.messenger import Messenger, SendError
from portfolio.organisation import Person
from portfolio.ports.people import PeopleStore

_ENTRA = "8:orgid:"
REMEMBERED_SECONDS = 60.0
REMEMBERED = 10_000
OUTSIDERS = frozenset({"guest", "anonymous"})

log = structlog.get_logger()


class GuestError(Exception):
    """A guest in the tenant, or someone without an account, who was given no role."""


@dataclass(frozen=True, slots=True)
class _Known:
    person: Person | None
    is_guest: bool
    until: float


class People:
    """Finds people by Entra id, else by the e-mail that the conversation's roster gives. Answers hold for a minute.
    With `link`, a person found by e-mail is known by Entra id from then on, and by no other account. Whoever the roster
    has of another tenant than `tenants` is a guest, whatever their e-mail; no tenants are all."""

    def __init__(
        self, store: PeopleStore, messenger: Messenger, *, link: bool, tenants: Set[str] = frozenset()
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._link = link
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
        person = await self._store.person_by_entra_id(entra_id) if entra_id else None
        if person is not None:
            return person, False
        member = await self._member(activity, account) if account else {}
        if self._is_foreign(member):
            return None, True
        listed = member.get("aadObjectId") or member.get("objectId")
        if not entra_id and isinstance(listed, str):
            person = await self._store.person_by_entra_id(listed.lower())
            if person is not None:
                return person, False
        person = await self._by_email(member, entra_id)
        return person, person is None and (_is_guest(about) or _is_guest(member))

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

    async def _by_email(self, member: Mapping[str, Any], entra_id: str | None) -> Person | None:
        for name in ("email", "userPrincipalName"):
            email = member.get(name)
            person = await self._store.person(email.strip().lower()) if isinstance(email, str) else None
            if person is None:
                continue
            if self._link and entra_id:
                if person.entra_id and person.entra_id.lower() != entra_id:
                    log.warning("email_belongs_to_another_account", entra_id=entra_id)
                    return None
                await self._store.link_person(person.email, entra_id)
            return person
        return None


def _entra_id(account: str, said: str | None) -> str | None:
    """The account's Entra id, also where only the account's own id tells of it, and however it is written."""
    told = said or (account.removeprefix(_ENTRA) if account.startswith(_ENTRA) else "")
    return told.lower() or None


def _is_guest(member: Mapping[str, Any]) -> bool:
    role = member.get("userRole")
    name = member.get("userPrincipalName")
    return (isinstance(role, str) and role.lower() in OUTSIDERS) or (isinstance(name, str) and "#ext#" in name.lower())
