"""Teams as the bot sees it, on loopback: a Connector with a roster, signing keys, and a token service."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.server import listening
from tests.world.people import IDA, MAJA, OLE

APP_ID = "11111111-1111-4111-8111-111111111111"
TENANT = "22222222-2222-4222-8222-222222222222"
SECRET = "not-so-secret"
BOT = {"id": f"28:{APP_ID}", "name": "Tovholder"}
ISSUER = "https://api.botframework.com"
_ids = count(1)
GROUP = {"id": "19:group@thread.v2", "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}
CHANNEL = {
    "id": "19:channel@thread.tacv2;messageid=1",
    "conversationType": "channel",
    "isGroup": True,
    "tenantId": TENANT,
}
TEAM = {"team": {"id": "19:general@thread.tacv2"}, "channel": {"id": "19:channel@thread.tacv2"}}
PEOPLE = {"maja": MAJA, "ole": OLE, "ida": IDA}


def personal(sender: str) -> dict[str, Any]:
    """The person's own chat with the bot."""
    return {"id": f"a:{sender}", "conversationType": "personal", "tenantId": TENANT}


def member(sender: str) -> dict[str, Any]:
    """What a roster says of the person."""
    person = PEOPLE[sender]
    about = {"id": f"29:{sender}", "name": person.name, "aadObjectId": person.entra_id, "userRole": "user"}
    return about | {"email": f"{sender}@kommune.example", "userPrincipalName": person.address.title()}


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """One key for each name in the whole run: making them is slow."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Sent:
    """A call that reached the Connector."""

    method: str
    path: str
    authorization: str | None
    activity: Mapping[str, Any]
    conversation: str = ""

    @property
    def card(self) -> Any:
        return self.activity["attachments"][0]["content"]


@dataclass
class FakeTeams:
    """`sent` is what the bot said. `refusals` are answered to its next calls, as (status, headers), `refusals_in` to
    those in one conversation. `roster` holds people looked up one by one, `rosters` the conversations' lists."""

    url: str = ""
    key_name: str = "first"
    endorsements: tuple[str, ...] = ("msteams",)
    sent: list[Sent] = field(default_factory=list)
    refusals: deque[tuple[int, Mapping[str, str]]] = field(default_factory=deque)
    refusals_in: dict[str, deque[tuple[int, Mapping[str, str]]]] = field(default_factory=dict)
    roster: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    rosters: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    page_size: int = 500
    page_calls: int = 0
    roster_calls: int = 0
    roster_status: int = 404
    key_fetches: int = 0
    token_forms: list[Mapping[str, Any]] = field(default_factory=list)
    token_status: int = 200
    hanging: str | None = None
    is_free: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def service_url(self) -> str:
        return f"{self.url}/emea/"

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/openid"

    @property
    def token_url(self) -> str:
        return f"{self.url}/token"

    def token(self, *, key: str | None = None, headers: Mapping[str, Any] | None = None, **claims: Any) -> str:
        """Signs as the channel does; a claim of None is left out."""
        now = int(time.time())
        standard = {"iss": ISSUER, "aud": APP_ID, "nbf": now - 10, "exp": now + 3600, "serviceurl": self.service_url}
        content = {name: value for name, value in (standard | claims).items() if value is not None}
        name = key or self.key_name
        return jwt.encode(content, private_key(name), algorithm="RS256", headers={"kid": name} | dict(headers or {}))

    def activity(
        self, kind: str, sender: str = "maja", where: Mapping[str, Any] | None = None, **changes: Any
    ) -> dict[str, Any]:
        """Any activity from Maja Holm, or another of PEOPLE, in the personal chat or `where`; a change to None removes
        the field."""
        number = next(_ids)
        team = TEAM if where and where["conversationType"] == "channel" else {}
        activity = {
            "type": kind,
            "id": f"{number}",
            "timestamp": "2026-06-15T08:30:00.123Z",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "locale": "da-DK",
            "from": {"id": f"29:{sender}", "name": PEOPLE[sender].name, "aadObjectId": PEOPLE[sender].entra_id},
            "recipient": BOT,
            "conversation": dict(where or personal(sender)),
            "channelData": {"tenant": {"id": TENANT}, **team},
        }
        return {name: value for name, value in (activity | changes).items() if value is not None}

    def message(self, text: str, sender: str = "maja", where: Mapping[str, Any] | None = None, **changes: Any) -> Any:
        return self.activity("message", sender, where, text=text, textFormat="plain", **changes)

    def press(self, action: Mapping[str, Any], trigger: str = "manual", **changes: Any) -> dict[str, Any]:
        value = {"action": {"type": "Action.Execute", **action}, "trigger": trigger}
        return self.activity("invoke", name="adaptiveCard/action", value=value, **changes)

    def said_in(self, conversation: str) -> list[Sent]:
        """What the bot tried to say in one conversation."""
        return [sent for sent in self.sent if (sent.method, sent.conversation) == ("POST", conversation)]

    def updated_in(self, conversation: str) -> list[Sent]:
        return [sent for sent in self.sent if (sent.method, sent.conversation) == ("PUT", conversation)]

    def refuse(self, conversation: str, *statuses: int) -> None:
        """The bot's next calls in one conversation, one after the other, without a pause asked for."""
        refusals = ((status, {"Retry-After": "0"}) for status in statuses)
        self.refusals_in.setdefault(conversation, deque()).extend(refusals)

    def hang(self, conversation: str) -> None:
        """Leaves the calls in that conversation unanswered until they are let go."""
        self.hanging = conversation

    def let_go(self) -> None:
        self.is_free.set()

    def join(self, where: Mapping[str, Any], *senders: str) -> None:
        """People become members of a conversation."""
        room = str(where["id"]).partition(";")[0]
        for sender in senders:
            self.roster[f"29:{sender}"] = member(sender)
            self.rosters.setdefault(room, []).append(member(sender))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FakeTeams]:
        app = web.Application()
        conversation = "/emea/v3/conversations/{conversation}"
        app.add_routes(
            [
                web.get("/openid", self._metadata),
                web.get("/keys", self._keys),
                web.post("/token", self._token),
                web.post("/emea/v3/conversations", self._take),
                web.get(f"{conversation}/members/{{member}}", self._member),
                web.get(f"{conversation}/pagedmembers", self._page),
                web.route("*", f"{conversation}/activities", self._take),
                web.route("*", f"{conversation}/activities/{{activity}}", self._take),
                web.route("*", "/elsewhere", self._take),
            ]
        )
        async with listening(app, "127.0.0.1", 0) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self

    async def _metadata(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        self.key_fetches += 1
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key(self.key_name).public_key()))
        key = public | {"kid": self.key_name, "use": "sig", "endorsements": list(self.endorsements)}
        return web.json_response({"keys": [key]})

    async def _token(self, request: web.Request) -> web.Response:
        self.token_forms.append(dict(await request.post()))
        answer = {"token_type": "Bearer", "expires_in": 3600, "access_token": f"outgoing-{len(self.token_forms)}"}
        return web.json_response(answer, status=self.token_status)

    async def _member(self, request: web.Request) -> web.Response:
        self.roster_calls += 1
        member = self.roster.get(request.match_info["member"])
        return web.json_response(
            member or {"error": {"code": "MemberNotFound"}}, status=200 if member else self.roster_status
        )

    async def _page(self, request: web.Request) -> web.Response:
        self.page_calls += 1
        conversation = request.match_info["conversation"]
        if refused := self._refused(conversation):
            return refused
        members = self.rosters.get(conversation, [])
        begin = int(request.query.get("continuationToken", "next/0").removeprefix("next/"))
        end = begin + min(self.page_size, int(request.query["pageSize"]))
        following = {"continuationToken": f"next/{end}"} if end < len(members) else {}
        return web.json_response({"members": members[begin:end]} | following)

    def _refused(self, conversation: str) -> web.Response | None:
        waiting = self.refusals_in.get(conversation) or self.refusals
        if not waiting:
            return None
        status, headers = waiting.popleft()
        return web.Response(status=status, headers=headers)

    async def _take(self, request: web.Request) -> web.Response:
        activity = await request.json() if request.can_read_body else {}
        conversation = request.match_info.get("conversation", "")
        signed = request.headers.get("Authorization")
        self.sent.append(Sent(request.method, request.path, signed, activity, conversation))
        if conversation == self.hanging:
            await self.is_free.wait()
        if refused := self._refused(conversation):
            return refused
        return web.json_response({"id": f"sent-{len(self.sent)}"}, status=201)


def registered(teams: FakeTeams, database_url: str) -> dict[str, str]:
    """The environment of a service that has been registered with this Teams."""
    return {
        "TOVHOLDER_DATABASE_URL": database_url,
        "TOVHOLDER_APP_ID": APP_ID,
        "TOVHOLDER_APP_TENANT_ID": TENANT,
        "TOVHOLDER_APP_PASSWORD": SECRET,
        "TOVHOLDER_OPENID_METADATA_URL": teams.metadata_url,
        "TOVHOLDER_TOKEN_URL": teams.token_url,
        "TOVHOLDER_CONNECTOR_HOSTS": "127.0.0.1",
    }
