"""What is turned away at the door, and with which status."""

from __future__ import annotations

import asyncio
import gzip
import hmac
import json
import time
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from tests.kit.bench import Bench
from tests.kit.teams import APP_ID, TENANT, FakeTeams, private_key

NOW = int(time.time())
ENTRA = "https://sts.windows.net"
FOREIGN = "33333333-3333-4333-8333-333333333333"


def _unsigned(teams: FakeTeams) -> str:
    return jwt.encode(jwt.decode(teams.token(), options={"verify_signature": False}), None, algorithm="none")


def _signed_with_the_public_key(teams: FakeTeams) -> str:
    """The old trick: HMAC with the public key as its secret."""
    public = private_key(teams.key_name).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    header = urlsafe_b64encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": teams.key_name}).encode()).rstrip(b"=")
    content = header + b"." + teams.token().split(".")[1].encode()
    signature = urlsafe_b64encode(hmac.digest(pem, content, "sha256")).rstrip(b"=")
    return (content + b"." + signature).decode()


AUTHORIZATIONS: dict[str, Callable[[FakeTeams], str | None]] = {
    "none at all": lambda teams: None,
    "empty": lambda teams: "",
    "another scheme": lambda teams: "Basic dXNlcjpwYXNz",
    "no token after the scheme": lambda teams: "Bearer ",
    "garbage": lambda teams: "Bearer not.a.token",
    "garbage that looks well": lambda teams: "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
    "not even ASCII": lambda teams: "Bearer æøå",
    "too long": lambda teams: f"Bearer {teams.token(more='a' * 4000)}",
    "algorithm none": lambda teams: f"Bearer {_unsigned(teams)}",
    "HMAC with the public key": lambda teams: f"Bearer {_signed_with_the_public_key(teams)}",
    "another's key": lambda teams: f"Bearer {teams.token(key='other', headers={'kid': teams.key_name})}",
    "unknown key id": lambda teams: f"Bearer {teams.token(headers={'kid': 'nobody'})}",
    "key id of a wrong kind": lambda teams: f"Bearer {teams.token(headers={'kid': ''})}",
    "expired": lambda teams: f"Bearer {teams.token(exp=NOW - 400)}",
    "no expiry": lambda teams: f"Bearer {teams.token(exp=None)}",
    "expiry of a wrong kind": lambda teams: f"Bearer {teams.token(exp='tomorrow')}",
    "not valid yet": lambda teams: f"Bearer {teams.token(nbf=int(time.time()) + 900)}",
    "another audience": lambda teams: f"Bearer {teams.token(aud=FOREIGN)}",
    "no audience": lambda teams: f"Bearer {teams.token(aud=None)}",
    "a list of audiences": lambda teams: f"Bearer {teams.token(aud=[APP_ID, FOREIGN])}",
    "another issuer": lambda teams: f"Bearer {teams.token(iss='https://evil.example')}",
    "no issuer": lambda teams: f"Bearer {teams.token(iss=None)}",
    "the emulator's issuer": lambda teams: f"Bearer {teams.token(iss=f'{ENTRA}/{TENANT}/')}",
    "an anonymous skill": lambda teams: f"Bearer {teams.token(iss=None, aud=None, appid='AnonymousSkill')}",
    "the bot's own token": lambda teams: (
        f"Bearer {teams.token(iss=f'https://sts.windows.net/{TENANT}/', appid=APP_ID)}"
    ),
    "no service address": lambda teams: f"Bearer {teams.token(serviceurl=None)}",
    "another service address": lambda teams: f"Bearer {teams.token(serviceurl='https://smba.example/amer/')}",
}

ACTIVITIES: dict[str, tuple[int, Mapping[str, Any]]] = {
    "no service address": (401, {"serviceUrl": None}),
    "service address on another host": (401, {"serviceUrl": "https://evil.example/"}),
    "service address without TLS": (401, {"serviceUrl": "http://smba.trafficmanager.net/emea/"}),
    "service address with a user": (401, {"serviceUrl": "https://127.0.0.1@evil.example/"}),
    "service address of a wrong kind": (401, {"serviceUrl": 7}),
    "no channel": (401, {"channelId": None}),
    "another channel": (401, {"channelId": "webchat"}),
    "channel of a wrong kind": (401, {"channelId": ["msteams"]}),
    "another tenant": (403, {"channelData": {"tenant": {"id": FOREIGN}}, "conversation": {"id": "a"}}),
    "two tenants": (403, {"channelData": {"tenant": {"id": FOREIGN}}}),
    "no tenant": (403, {"channelData": None, "conversation": {"id": "a"}}),
    "tenant of a wrong kind": (403, {"channelData": {"tenant": [TENANT]}}),
    "no type": (400, {"type": None}),
    "type of a wrong kind": (400, {"type": ["message"]}),
    "empty type": (400, {"type": ""}),
    "sender of a wrong kind": (400, {"from": "maja"}),
    "no sender": (400, {"from": None}),
    "sender without id": (400, {"from": {"name": "Maja"}}),
    "no conversation": (400, {"conversation": None}),
    "conversation without id": (400, {"conversation": {"id": ""}}),
    "recipient of a wrong kind": (400, {"recipient": []}),
    "no id": (400, {"id": None}),
    "id of a wrong kind": (400, {"id": 7}),
    "id of many lines": (400, {"id": "1\n2"}),
    "endless id": (400, {"id": "1" * 1001}),
    "bad timestamp": (400, {"timestamp": "yesterday"}),
    "text of a wrong kind": (400, {"text": {"a": 1}}),
    "attachments of a wrong kind": (400, {"attachments": {"a": 1}}),
    "replies expected in the answer": (400, {"deliveryMode": "expectReplies"}),
}

BODIES: dict[str, tuple[int, bytes]] = {
    "nothing": (400, b""),
    "no JSON": (400, b"{"),
    "no object": (400, b"[]"),
    "null": (400, b"null"),
    "Latin-1": (400, '{"type": "æ"}'.encode("latin-1")),
    "byte order mark": (400, b'\xef\xbb\xbf{"type": "message"}'),
    "doubled key": (400, b'{"type": "message", "type": "message"}'),
    "not a number": (400, b'{"type": NaN}'),
    "endless number": (400, b'{"type": ' + b"1" * 5000 + b"}"),
    "bottomless": (400, b"[" * 500_000),
    "too large": (413, b" " * (1024 * 1024 + 1)),
}


async def test_strangers_are_turned_away(bench: Bench) -> None:
    body = json.dumps(bench.teams.message("hej"))
    answers = {}
    for case, authorization_of in AUTHORIZATIONS.items():
        headers = {"Content-Type": "application/json"}
        if (authorization := authorization_of(bench.teams)) is not None:
            headers["Authorization"] = authorization
        async with bench.client.post(f"{bench.url}/api/messages", data=body, headers=headers) as response:
            answers[case] = (response.status, await response.read())
    assert answers == dict.fromkeys(AUTHORIZATIONS, (401, b""))
    assert bench.teams.sent == []


async def test_odd_activities_are_turned_away(bench: Bench) -> None:
    answers = {
        case: await bench.post(bench.teams.message("hej") | changes) for case, (_, changes) in ACTIVITIES.items()
    }
    assert answers == {case: status for case, (status, _) in ACTIVITIES.items()}
    assert bench.teams.sent == []


async def test_activities_that_lack_a_field_are_turned_away(bench: Bench) -> None:
    lacking = {case: changes for case, (_, changes) in ACTIVITIES.items() if None in changes.values()}
    answers = {}
    for case, changes in lacking.items():
        activity = bench.teams.message("hej") | changes
        answers[case] = await bench.post({name: value for name, value in activity.items() if value is not None})
    assert answers == {case: ACTIVITIES[case][0] for case in lacking}


async def test_odd_bodies_are_turned_away(bench: Bench) -> None:
    answers = {case: await bench.raw(body) for case, (_, body) in BODIES.items()}
    assert answers == {case: status for case, (status, _) in BODIES.items()}


async def test_bodies_that_are_not_declared_json_are_turned_away(bench: Bench) -> None:
    body = json.dumps(bench.teams.message("hej")).encode()
    url = f"{bench.url}/api/messages"
    for kind in (None, "text/plain", "application/xml", "multipart/form-data", "odd"):
        headers = {"Authorization": f"Bearer {bench.teams.token()}"} | ({"Content-Type": kind} if kind else {})
        skip = () if kind else ("Content-Type",)
        async with bench.client.post(url, data=body, headers=headers, skip_auto_headers=skip) as response:
            assert (kind, response.status) == (kind, 415)


async def test_charset_other_than_utf_8_is_turned_away(bench: Bench) -> None:
    body = json.dumps(bench.teams.message("hej")).encode()
    refused = ("utf-16", "iso-8859-1", "us-ascii", "latin1", "utf-8-sig", "utf-7", "odd", '""')
    for charset in refused:
        assert (charset, await bench.raw(body, {"Content-Type": f"application/json; charset={charset}"})) == (
            charset,
            415,
        )
    for charset in ("utf-8", "UTF-8", "utf8", '"utf-8"'):
        message = json.dumps(bench.teams.message("hej")).encode()
        assert await bench.raw(message, {"Content-Type": f"application/json; charset={charset}"}) == 200


async def test_bomb_in_a_small_parcel_is_turned_away(bench: Bench) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert await bench.raw(bomb, {"Content-Encoding": "gzip"}) == 413


@pytest.mark.parametrize("packing", ["br", "zstd", "snappy", "gzip, gzip", "x"])
async def test_parcel_of_an_unknown_kind_is_turned_away(bench: Bench, packing: str) -> None:
    """Also where its words could be read as they stand."""
    body = json.dumps(bench.teams.message("hej")).encode()
    assert await bench.raw(body, {"Content-Encoding": packing}) in (400, 415)
    assert bench.teams.sent == []


@pytest.mark.parametrize(
    ("packing", "pack"),
    [("gzip", gzip.compress), ("GZIP", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)],
)
async def test_parcel_of_a_known_kind_is_unpacked(bench: Bench, packing: str, pack: Callable[[bytes], bytes]) -> None:
    body = json.dumps(bench.teams.message("hej")).encode()
    assert await bench.raw(pack(body), {"Content-Encoding": packing}) == 200


async def test_broken_parcel_is_turned_away(bench: Bench) -> None:
    assert await bench.raw(b"not gzip", {"Content-Encoding": "gzip"}) == 400


async def test_stranger_is_turned_away_before_the_body_is_read(bench: Bench) -> None:
    """The body never comes, and isn't waited for."""
    host, port = bench.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = "POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n"
    writer.write(head.encode())
    assert b"401" in await asyncio.wait_for(reader.readline(), 2)
    writer.close()


async def test_odd_address_of_a_key_service_is_never_asked(bench: Bench) -> None:
    """Tokens may name their own keys; ours come from one place alone."""
    token = bench.teams.token(headers={"jku": "https://evil.example/keys", "kid": "evil"})
    assert await bench.raw(b"{}", {"Authorization": f"Bearer {token}"}) == 401
