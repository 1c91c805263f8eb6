"""What an operator may set, and what the service refuses to start with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, SettingsError, is_loopback, read_settings

# As it is written, and in ways in which it could hide.
LINK_LOCAL = (
    "169.254.169.254",
    "fe80::1",
    "::ffff:169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "169.254.43518",
    "FE80::1%eth0",
    "febf::1",
    "64:ff9b::a9fe:a9fe",
    "::a9fe:a9fe",
    "2002:a9fe:a9fe::",
)
# Leads nowhere, or not where it seems to.
ODD_URLS = (
    "https://fe80::1/x",
    "https://[::1",
    "https://[::]/x",
    "https://0.0.0.0",
    "https://255.255.255.255",
    "https://login.example:0",
    "https://login.example:99999",
    "https://login.example:x",
    "https://u:p@login.example",
    "https://login.example\\@evil.example",
    "https://login .example",
    "https://login.example/#x",
    "https:///x",
    " ",
    "*",
)
NOWHERE = ("0.0.0.0", "::", "[::]", "255.255.255.255")  # noqa: S104
URLS = ("token_url", "openid_metadata_url", "public_url", "graph_url")
SAFE = {"app_id": "bot", "app_tenant_id": "Tenant", "app_password": "secret"}


def _settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def test_registered_bot_may_start() -> None:
    assert _settings(**SAFE).check({}) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "tovholder.example."])  # noqa: S104
def test_service_may_listen_anywhere(host: str) -> None:
    assert _settings(**SAFE, host=host).check({}) == []


@pytest.mark.parametrize(
    "url", ["HTTPS://Login.example/token", "https://login.example:8443/x?y=z", "https://[2001:db8::1]/x"]
)
def test_address_that_leads_to_one_place_is_taken(url: str) -> None:
    assert _settings(**SAFE, token_url=url).check({}) == []


@pytest.mark.parametrize("url", ["https://graph.microsoft.us", "https://graph.example/", "http://127.0.0.1:8080"])
def test_graph_may_be_another_clouds_or_here(url: str) -> None:
    assert _settings(**SAFE, graph_url=url).check({}) == []


def test_local_service_on_this_machine_may_start() -> None:
    assert _settings(mode="local").check({}) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"app_id": None}, "APP_ID"),
        ({"app_tenant_id": None}, "APP_TENANT_ID"),
        ({"app_password": None}, "APP_PASSWORD"),
        ({"app_identity": "managed"}, "præcis én"),
        ({"app_password": None, "app_certificate": Path("/nowhere.pem")}, "APP_CERTIFICATE"),
        ({"app_password": None, "app_identity": "managed", "token_url": "https://login.example"}, "TOKEN_URL"),
        ({"public_url": "http://tovholder.example.dk"}, "PUBLIC_URL"),
        ({"public_url": "http://127.0.0.1"}, "PUBLIC_URL"),
        ({"public_url": "tovholder"}, "PUBLIC_URL"),
        ({"openid_metadata_url": "http://keys.example"}, "OPENID_METADATA_URL"),
        ({"token_url": "http://login.example/token"}, "TOKEN_URL"),
        ({"graph_url": "http://graph.example"}, "GRAPH_URL"),
        ({"graph_url": "https://graph.example/v1.0"}, "GRAPH_URL"),
        ({"graph_url": "https://graph.example?x=y"}, "GRAPH_URL"),
        ({"connector_hosts": "*.example"}, "CONNECTOR_HOSTS"),
        ({"connector_hosts": "smba.example:443"}, "CONNECTOR_HOSTS"),
        ({"connector_hosts": "https://smba.example"}, "CONNECTOR_HOSTS"),
        *(({"app_id": odd}, "APP_ID") for odd in (" ", "*", ",", "a b")),
        *(({"app_tenant_id": odd}, "APP_TENANT_ID") for odd in (" ", "*", ",", "a,b")),
        *(({"allowed_tenants": odd}, "ALLOWED_TENANTS") for odd in (" ", "*", ",", ", ,", "a,*", "a b")),
        *(({"connector_hosts": odd}, "CONNECTOR_HOSTS") for odd in (" ", "*", ",", "smba.example,*", ".", "-")),
        *(({"connector_hosts": odd}, "CONNECTOR_HOSTS") for odd in LINK_LOCAL),
        *(({"upload_hosts": odd}, "UPLOAD_HOSTS") for odd in (" ", "*", ",", "*.sharepoint.com", "com", "dk.", ".")),
        *(({"upload_hosts": odd}, "UPLOAD_HOSTS") for odd in (*LINK_LOCAL, *NOWHERE, "sharepoint.com:443")),
        *(({"token_url": f"https://{odd}/token"}, "TOKEN_URL") for odd in ("169.254.169.254", "[fe80::1]", "*", ",")),
        ({"openid_metadata_url": "https://169.254.169.254/keys"}, "OPENID_METADATA_URL"),
        ({"public_url": "https://[fe80::1]"}, "PUBLIC_URL"),
        *(({"host": odd}, "HOST") for odd in (" ", "*", ",", "169.254.1.1")),
        *(({"connector_hosts": odd}, "CONNECTOR_HOSTS") for odd in NOWHERE),
        *(({name: odd}, name.upper()) for name in URLS for odd in ODD_URLS),
        *(({name: "Common"}, name.upper()) for name in ("app_tenant_id", "allowed_tenants")),
        *(
            ({"smtp_url": odd, "mail_from": "a@b.example"}, "SMTP_URL")
            for odd in ("smtp://[::1", "smtp://mail:x", "smtp://[::]")
        ),
        ({"mode": "local", "host": "0.0.0.0"}, "HOST"),  # noqa: S104
    ],
)
def test_unsafe_setting_is_named(changes: dict[str, Any], named: str) -> None:
    (problem,) = _settings(**(SAFE | changes)).check({})
    assert named in problem


@pytest.mark.parametrize("name", ["PYTHONASYNCIODEBUG", "PYTHONDEVMODE", "TOVHOLDER_DEBUG"])
def test_debugging_is_for_local_mode_alone(name: str) -> None:
    assert name in _settings(**SAFE).check({name: "1"})[0]
    assert _settings(**SAFE).check({name: "0"}) == []
    assert _settings(mode="local").check({name: "1"}) == []


def test_secrets_are_never_shown() -> None:
    shown = repr(_settings(**SAFE, database_url="postgresql+psycopg://u:hush@db/t")) + str(_settings(**SAFE))
    assert "secret" not in shown
    assert "hush" not in shown


def test_variables_and_the_env_file_are_read(environment: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TOVHOLDER_PORT=4000\nTOVHOLDER_LANGUAGE=en\nTOVHOLDER_SEND_RATE=20\nOTHER=1\n", "utf-8")
    environment.setenv("TOVHOLDER_PORT", "5000")
    environment.setenv("TOVHOLDER_APP_ID", "")
    environment.setenv("TOVHOLDER_CONNECTOR_HOSTS", "SMBA.example, other.example,")
    settings = read_settings()
    assert (settings.port, settings.language, settings.app_id) == (5000, "en", None)
    assert settings.connector_hosts == ("smba.example", "other.example")


def test_unreadable_variables_are_named_without_their_values(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TOVHOLDER_PORT", "hemmelig")
    environment.setenv("TOVHOLDER_TIMEZONE", "Mars/Olympus")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["PORT", "TIMEZONE"]
    assert "hemmelig" not in str(refused.value)


def test_own_tenant_is_allowed_unless_others_are_named() -> None:
    assert _settings(**SAFE).tenants == {"tenant"}
    assert _settings(**SAFE, allowed_tenants="A,b").tenants == {"a", "b"}


@pytest.mark.parametrize(("host", "here"), [("localhost", True), ("127.0.0.9", True), ("::1", True), ("[::1]", True)])
def test_names_of_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize("host", ["", "0.0.0.0", "localhost.evil.example", "127.0.0.1.nip.io", "10.0.0.1"])  # noqa: S104
def test_names_of_other_machines(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "../etc/passwd", "/etc"])
def test_time_zone_that_is_none_is_named(environment: pytest.MonkeyPatch, zone: str) -> None:
    environment.setenv("TOVHOLDER_TIMEZONE", zone)
    with pytest.raises(SettingsError, match=r"TIMEZONE.*docs/settings\.md"):
        read_settings()


def test_env_file_that_is_no_text_is_told_plainly(environment: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"TOVHOLDER_LANGUAGE=\xff\xfe")
    with pytest.raises(SettingsError, match=r"Filen \.env kan ikke læses"):
        read_settings()
