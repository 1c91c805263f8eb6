"""Microsoft Graph on loopback, as its documentation describes it: users, their managers, and what has changed."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from aiohttp import web

from bot.server import listening
from tests.kit.teams import APP_ID, SECRET

TOKEN = "a-token-for-graph"
# A page as it is about to be answered, which a test may spoil.
Spoiling = Callable[[dict[str, Any]], None]


def id_of(name: str) -> str:
    """The Entra id of somebody by their name."""
    return str(uuid5(NAMESPACE_URL, name))


def user(name: str, **otherwise: Any) -> dict[str, Any]:
    """A user of that name, as Graph writes them; None is a property that was emptied."""
    login = f"{name.split()[0].lower()}@birkefjord.example"
    return {
        "id": id_of(name),
        "displayName": name,
        "userPrincipalName": login,
        "mail": login,
        "accountEnabled": True,
        "userType": "Member",
    } | otherwise


@dataclass(frozen=True)
class Asked:
    path: str
    query: Mapping[str, str]
    authorization: str | None


@dataclass
class FakeGraph:
    """`users` and `managers` are by id; a change is told of by `touch`, `lead` and `remove`. `refusals` are answered to
    the next questions, as (status, headers, Graph's own code). `is_permitted` is whether somebody granted
    User.Read.All, `lists_managers` whether the plain list is there, `tells_managers` whether the feed names them."""

    url: str = ""
    page_size: int = 2
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    token_forms: list[Mapping[str, Any]] = field(default_factory=list)
    refusals: deque[tuple[int, Mapping[str, str], str]] = field(default_factory=deque)
    is_permitted: bool = True
    lists_managers: bool = True
    tells_managers: bool = True
    spoil: Spoiling = field(default=lambda page: None)
    _version: int = 1
    _oldest: int = 0
    _changed: dict[str, int] = field(default_factory=dict)
    _led: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    _bin: dict[str, dict[str, Any]] = field(default_factory=dict)
    _removed: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def token_url(self) -> str:
        return f"{self.url}/token"

    def add(self, *people: dict[str, Any]) -> None:
        for person in people:
            self.users[person["id"]] = person
            self._removed.pop(person["id"], None)
            self._touched(person["id"])

    def touch(self, name: str, **changes: Any) -> None:
        """Changes properties of somebody."""
        self.users[id_of(name)] |= changes
        self._touched(id_of(name))

    def lead(self, name: str, manager: str | None) -> None:
        """Gives somebody a manager, another one, or none."""
        before = self.managers.pop(id_of(name), None)
        if manager is not None:
            self.managers[id_of(name)] = id_of(manager)
        self._touched(id_of(name))
        self._led[id_of(name)] = (self._version, before)

    def remove(self, name: str, reason: str = "changed") -> None:
        """Deletes somebody: `changed` to the recycle bin, `deleted` for good."""
        self._bin[id_of(name)] = self.users.pop(id_of(name))
        self._touched(id_of(name))
        self._removed[id_of(name)] = (self._version, reason)

    def restore(self, name: str) -> None:
        """Takes somebody out of the recycle bin, as they were."""
        self.add(self._bin.pop(id_of(name)))

    def forget(self) -> None:
        """Makes every link that was given out so far too old."""
        self._version += 1
        self._oldest = self._version

    def refuse(self, *statuses: int, code: str = "", **headers: str) -> None:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.refusals.extend((status, sent, code) for status in statuses)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FakeGraph]:
        app = web.Application()
        app.add_routes(
            [
                web.post("/token", self._token),
                web.get("/v1.0/users/delta", self._delta),
                web.get("/v1.0/users", self._list),
                web.get("/{elsewhere:.*}", self._nowhere),
            ]
        )
        async with listening(app, "127.0.0.1", 0) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self

    def _touched(self, person: str) -> None:
        self._version += 1
        self._changed[person] = self._version

    async def _token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.token_forms.append(form)
        if (form["client_id"], form["client_secret"], form["scope"]) != (APP_ID, SECRET, f"{self.url}/.default"):
            return web.json_response({"error": "invalid_client"}, status=401)
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": TOKEN})

    async def _nowhere(self, request: web.Request) -> web.Response:
        return self._refusal(request) or _error(404, "Request_ResourceNotFound")

    def _refusal(self, request: web.Request) -> web.Response | None:
        signed = request.headers.get("Authorization")
        self.asked.append(Asked(request.path, dict(request.query), signed))
        if self.refusals:
            status, headers, code = self.refusals.popleft()
            return _error(status, code, headers)
        if signed != f"Bearer {TOKEN}":
            return _error(401, "InvalidAuthenticationToken")
        return None if self.is_permitted else _error(403, "Authorization_RequestDenied")

    async def _delta(self, request: web.Request) -> web.Response:
        """Tokens hold where a reading began, what is told after which version, and what was selected."""
        if refused := self._refusal(request):
            return refused
        token = request.query.get("$skiptoken") or request.query.get("$deltatoken")
        since, until, begin, select = token.split("~") if token else ("0", self._version, "0", request.query["$select"])
        if token and int(until) < self._oldest:
            return _error(410, "syncStateNotFound", {"Location": f"{self.url}/v1.0/users/delta?$deltatoken="})
        if "$deltatoken" in request.query:
            since, until, begin = until, self._version, "0"
        items = list(self._told(int(since), int(until), select.split(",")))
        end = int(begin) + self.page_size
        at = f"{self.url}/v1.0/users/delta"
        last = {"@odata.deltaLink": f"{at}?$deltatoken={since}~{until}~0~{select}"}
        more = {"@odata.nextLink": f"{at}?$skiptoken={since}~{until}~{end}~{select}"}
        return self._page(items[int(begin) : end], more if end < len(items) else last)

    def _told(self, since: int, until: int, select: list[str]) -> Iterator[dict[str, Any]]:
        """Yields people with what is selected of them, and then, apart from that, their managers."""
        for person, version in self._changed.items():
            if since < version <= until:
                if person in self._removed:
                    if since:
                        yield {"id": person, "@removed": {"reason": self._removed[person][1]}}
                else:
                    told = self.users[person]
                    yield {name: told[name] for name in ("id", *select) if name in told}
        for person, (version, before) in self._led.items() if self.tells_managers and "manager" in select else ():
            if since < version <= until and person in self.users:
                yield {"id": person, "manager@delta": list(self._manager_change(person, before if since else None))}

    def _manager_change(self, person: str, before: str | None) -> Iterator[dict[str, Any]]:
        kind = {"@odata.type": "#microsoft.graph.user"}
        if person in self.managers:
            yield kind | {"id": self.managers[person]}
        if before and before != self.managers.get(person):
            yield kind | {"id": before, "@removed": {"reason": "deleted"}}

    async def _list(self, request: web.Request) -> web.Response:
        if refused := self._refusal(request):
            return refused
        if not self.lists_managers:
            return _error(400, "Request_UnsupportedQuery")
        begin = int(request.query.get("$skiptoken", "0"))
        end = begin + self.page_size
        people = list(self.users)
        items = [
            {"id": person} | ({"manager": {"id": self.managers[person]}} if person in self.managers else {})
            for person in people[begin:end]
        ]
        more = {"@odata.nextLink": f"{self.url}/v1.0/users?$expand=manager&$skiptoken={end}"}
        return self._page(items, more if end < len(people) else {})

    def _page(self, items: list[dict[str, Any]], links: Mapping[str, str]) -> web.Response:
        page = {"@odata.context": f"{self.url}/v1.0/$metadata#users", "value": items} | dict(links)
        self.spoil(page)
        return web.json_response(page)


def _error(status: int, code: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "…"}}, status=status, headers=headers)
