"""Finds the imported person behind a Teams user."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from botbuilder.schema import Activity

from bot.teams.messenger import Messenger, SendError
from portfolio.organisation import Person
from portfolio.ports.people import PeopleStore

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
    With `link`, a person found by e-mail is known by Entra id from then on, and by no other account."""

    def __init__(self, store: PeopleStore, messenger: Messenger, *, link: bool) -> None:
        self._store = store
        self._messenger = messenger
        self._link = link
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def asking(self, activity: Activity) -> Person | None:
        """Finds the person who sent it; None for a member of the tenant whom nobody imported. Raises GuestError."""
        sender = activity.from_property
        key = sender.aad_object_id or sender.id
        now = asyncio.get_running_loop().time()
        known = self._known.get(key)
        if known is None or known.until < now:
            person, is_guest = await self._find(activity)
            known = self._known[key] = _Known(person, is_guest, now + REMEMBERED_SECONDS)
            self._known.move_to_end(key)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        if known.is_guest:
            raise GuestError
        return known.person

    async def _find(self, activity: Activity) -> tuple[Person | None, bool]:
        """Returns the person, and whether it is a guest to be refused."""
        entra_id = activity.from_property.aad_object_id
        person = await self._store.person_by_entra_id(entra_id) if entra_id else None
        if person is not None:
            return person, False
        sender = activity.from_property.additional_properties or {}
        member = await self._member(activity)
        person = await self._by_email(member, entra_id)
        return person, person is None and (_is_guest(sender) or _is_guest(member))

    async def _member(self, activity: Activity) -> Mapping[str, Any]:
        """Reads the sender's roster entry, empty for those it doesn't know. Raises SendError when it can't be asked."""
        try:
            return await self._messenger.member(
                activity.service_url, activity.conversation.id, activity.from_property.id
            )
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
                if person.entra_id not in (None, entra_id):
                    log.warning("email_belongs_to_another_account", entra_id=entra_id)
                    return None
                await self._store.link_person(person.email, entra_id)
            return person
        return None


def _is_guest(member: Mapping[str, Any]) -> bool:
    role = member.get("userRole")
    name = member.get("userPrincipalName")
    return (isinstance(role, str) and role.lower() in OUTSIDERS) or (isinstance(name, str) and "#ext#" in name.lower())
