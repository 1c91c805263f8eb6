"""Reads people from Microsoft Graph: all of them, or what has changed since the last time.

`users/delta` tells of a manager where the selection names it, as an annotation of its own, and pays no heed to
`$expand`; the same person may come on several pages, in any order. So what is told is put together by id before any of
it counts. Later the feed tells of a manager only where that changed, and at first it is known to leave some out: the
plain list has those.
Sources: Microsoft's pages "delta query overview" and "user: delta"; microsoft-graph-docs, issue 6194.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog
from yarl import URL

from bot.directory.calls import GraphCalls, GraphError, StartOverError
from bot.importing.cells import LONGEST_NAME, clean
from bot.settings import Settings, is_loopback
from bot.teams.credentials import BotToken, credential_of
from portfolio.directory import DirectoryChanges, DirectoryEntry

PROPERTIES = (
    "id",
    "userPrincipalName",
    "mail",
    "displayName",
    "department",
    "accountEnabled",
    "employeeType",
    "userType",
)
PEOPLE = f"users/delta?$select={','.join((*PROPERTIES, 'manager'))}"
MANAGERS = "users?$select=id&$expand=manager($select=id)&$top=999"
ANYBODY = "users?$select=id&$top=1"
GUEST = "guest"

log = structlog.get_logger()


async def read_graph(settings: Settings, delta_link: str | None = None) -> DirectoryChanges:
    """Reads the people of GRAPH_URL with the bot's own credential: all of them or, with the `delta_link` of an earlier
    reading, what has changed since. The caller keeps the new link together with what it stores; where Graph has
    forgotten the old one, or it leads to another Graph, all is read, and `is_full` says so. Microsoft remembers a link
    for seven days. Guests are among the `removed`.

    Raises GraphError, whose `sentence` is for the operator, and SettingsError for a certificate that can't be used.
    Nothing is given of a reading that fails on its way."""
    async with aiohttp.ClientSession() as session, _token(settings, session) as token:
        return await read_changes(GraphCalls(session, settings.graph_url, token), delta_link)


async def check_permission(settings: Settings) -> None:
    """Raises GraphError where people can't be read, and SettingsError for a certificate that can't be used."""
    async with aiohttp.ClientSession() as session, _token(settings, session) as token:
        calls = GraphCalls(session, settings.graph_url, token, tries=1)
        async for _ in calls.pages(ANYBODY):
            return


async def read_changes(calls: GraphCalls, delta_link: str | None = None) -> DirectoryChanges:
    """Reads as `read_graph` does, by the calls given. Raises GraphError."""
    link = delta_link if delta_link and calls.is_own(delta_link) else None
    try:
        return await _changes(calls, link)
    except StartOverError:
        log.info("graph_starts_over")
    try:
        return await _changes(calls, None)
    except StartOverError:
        raise GraphError("unreadable") from None


@asynccontextmanager
async def _token(settings: Settings, session: aiohttp.ClientSession) -> AsyncIterator[BotToken | None]:
    """Yields None only for a Graph on this machine in local mode without a registration."""
    credential = credential_of(settings, session)
    if credential is None:
        if not (settings.is_local and is_loopback(URL(settings.graph_url).host or "")):
            raise GraphError("no_registration")
        yield None
        return
    token = BotToken(credential, scope=f"{settings.graph_url.rstrip('/')}/.default")
    try:
        yield token
    finally:
        await token.close()


async def _changes(calls: GraphCalls, link: str | None) -> DirectoryChanges:
    feed = _Feed()
    delta_link = None
    async for page in calls.pages(link or PEOPLE):
        for item in page.items:
            feed.take(item)
        delta_link = page.delta_link
    if delta_link is None:
        raise GraphError("unreadable")
    if link is None:
        feed.make_whole()
    if feed.lacks_managers:
        feed.take_managers(await _managers(calls))
    return feed.changes(delta_link, is_full=link is None)


async def _managers(calls: GraphCalls) -> dict[str, str] | None:
    """Returns everybody's manager by id, "" for none; None where this Graph has no such list."""
    managers: dict[str, str] = {}
    try:
        async for page in calls.pages(MANAGERS):
            for item in page.items:
                managers[_id(item)] = _id(item["manager"]) if isinstance(item.get("manager"), dict) else ""
    except GraphError as error:
        if error.code != "refused":
            raise
        log.warning("graph_managers_not_listed")
        return None
    return managers


class _Feed:
    """Gathers what a reading has told so far, by id."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, Any]] = {}
        self._managers: dict[str, str] = {}
        self._removed: set[str] = set()

    def take(self, item: Mapping[str, Any]) -> None:
        person = _id(item)
        if "@removed" in item:
            self._told.pop(person, None)
            self._managers.pop(person, None)
            self._removed.add(person)
            return
        self._removed.discard(person)
        self._told.setdefault(person, {}).update((name, item[name]) for name in PROPERTIES if name in item)
        for manager in _list(item.get("manager@delta")):
            self._take_manager(person, manager)
        if isinstance(item.get("manager"), dict):
            self._managers[person] = _id(item["manager"])

    def _take_manager(self, person: str, manager: Mapping[str, Any]) -> None:
        """Takes a manager who was given or taken away, in whichever order that is told."""
        if "@removed" not in manager:
            self._managers[person] = _id(manager)
        elif self._managers.get(person, _id(manager)) == _id(manager):
            self._managers[person] = ""

    def make_whole(self) -> None:
        """Makes whole people of what a full reading told: what it passed over isn't set."""
        for told in self._told.values():
            for name in PROPERTIES:
                told.setdefault(name, None)

    @property
    def lacks_managers(self) -> bool:
        return not self._told.keys() <= self._managers.keys()

    def take_managers(self, managers: Mapping[str, str] | None) -> None:
        """Takes from the list whose managers the feed didn't tell."""
        if managers is not None:
            self._managers = {person: managers.get(person, "") for person in self._told} | self._managers

    def changes(self, delta_link: str, *, is_full: bool) -> DirectoryChanges:
        guests = {person for person, told in self._told.items() if _text(told, "userType").lower() == GUEST}
        entries = (self._entry(person, told) for person, told in self._told.items() if person not in guests)
        return DirectoryChanges(tuple(entries), frozenset(self._removed | guests), delta_link, is_full)

    def _entry(self, person: str, told: Mapping[str, Any]) -> DirectoryEntry:
        is_active = told.get("accountEnabled")
        if is_active is not None and not isinstance(is_active, bool):
            raise GraphError("unreadable")
        given = {name: _text(told, name) for name in told if name != "accountEnabled"}
        email = given.get("mail")
        return DirectoryEntry(
            entra_id=person,
            upn=given.get("userPrincipalName", "").lower() or None,
            email=None if email is None else email.lower(),
            name=given.get("displayName") or None,
            department=given.get("department"),
            manager=self._managers.get(person),
            is_active=is_active,
            employee_type=given.get("employeeType"),
        )


def _id(item: Mapping[str, Any]) -> str:
    person = _text(item, "id").lower()
    if not person:
        raise GraphError("unreadable")
    return person


def _text(item: Mapping[str, Any], name: str) -> str:
    """Returns a property's text; empty where it isn't set."""
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise GraphError("unreadable")
    return clean(value)


def _list(value: Any) -> list[Mapping[str, Any]]:
    items = [] if value is None else value
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise GraphError("unreadable")
    return items
