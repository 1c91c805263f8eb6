"""The settings that an operator decides: environment variables `TOVHOLDER_…`, also read from `.env`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Literal, TypeGuard
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.operator_texts import say
from portfolio.working_time import WorkingTime

PREFIX = "TOVHOLDER_"
_HOURS = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*-\s*(\d{1,2})(?:[.:](\d{2}))?")
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
# A name whose last part is no number, or else an address would hide behind it.
_HOST = re.compile(r"(?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*\.?")
_ODD = re.compile(r"[\s\\#]")
_EVERYBODY = IPv4Address("255.255.255.255")
# Where an IPv4 address is the end of an IPv6 one.
_END_IN_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# What Entra takes for any tenant.
_ANY_TENANT = frozenset({"common", "organizations", "consumers"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
DEBUG_VARIABLES = ("PYTHONASYNCIODEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", f"{PREFIX}DEBUG")


class SettingsError(Exception):
    """The settings can't be read, or are unsafe; `problems` are sentences for the operator, without values."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Mode(StrEnum):
    PRODUCTION = "production"
    LOCAL = "local"


def _hours(text: str) -> tuple[time, time]:
    """Reads opening and closing time from "08-16" or "7.30-15.45". Raises ValueError."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise ValueError("no hours")
    opens, closes = time(int(match[1]), int(match[2] or 0)), time(int(match[3]), int(match[4] or 0))
    if closes <= opens:
        raise ValueError("no time between them")
    return opens, closes


def _weeks(text: str) -> frozenset[int]:
    """Reads week numbers from "7,42,28-30"; an empty text names none. Raises ValueError."""
    weeks: set[int] = set()
    for part in map(str.strip, text.split(",")):
        if not part:
            continue
        first, _, last = part.partition("-")
        weeks |= set(range(int(first), int(last or first) + 1))
    if not weeks <= set(range(1, 54)):
        raise ValueError("no such week")
    return frozenset(weeks)


def _zone(name: str) -> ZoneInfo:
    """Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # a folder of zones is found but can't be opened
        raise ValueError("no such time zone") from error


# What is kept as it was written, and read when it is needed.
_READERS: dict[str, Callable[[str], object]] = {"timezone": _zone, "work_hours": _hours, "quiet_weeks": _weeks}


def _by_comma(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = tuple(part for piece in value.split(",") if (part := piece.strip().lower()))
    return parts or ("",)  # what names nothing is not the same as nothing said


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_comma)]


class Settings(BaseSettings):
    """The service's settings; unknown variables are left alone."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: str = Field(default="sqlite+aiosqlite:///var/tovholder.db", repr=False)
    host: str = "127.0.0.1"
    port: int = Field(default=3978, ge=0, le=65535)
    operations_host: str = "127.0.0.1"
    operations_port: int = Field(default=9464, ge=0, le=65535)
    mode: Mode = Mode.PRODUCTION
    app_id: str | None = None
    app_tenant_id: str | None = None
    app_password: SecretStr | None = None
    app_certificate: Path | None = None
    app_identity: Literal["managed"] | None = None
    public_url: str | None = None
    allowed_tenants: Names = ()
    openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    token_url: str | None = None
    connector_hosts: Names = ("smba.trafficmanager.net",)
    upload_hosts: Names = ("sharepoint.com",)
    timezone: str = "Europe/Copenhagen"
    language: Literal["da", "en"] = "da"
    work_hours: str = "08-16"
    quiet_weeks: str = "7,42,28-30"
    send_rate: float = Field(default=40, gt=0, le=50)
    run_limit: int = Field(default=500, ge=1)
    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    graph_sync: Literal["off", "daily"] = "off"
    graph_url: str = "https://graph.microsoft.com"
    erased_file: Path | None = None
    model_url: str | None = None
    model_name: str | None = None
    model_key: SecretStr | None = None
    model_may_see_names: bool = False

    @field_validator("timezone", "work_hours", "quiet_weeks")
    @classmethod
    def _is_readable(cls, text: str, field: ValidationInfo) -> str:
        _READERS[str(field.field_name)](text)
        return text

    @property
    def work(self) -> WorkingTime:
        """The hours in which people may be reminded."""
        opens, closes = _hours(self.work_hours)
        return WorkingTime(self.zone, opens, closes, _weeks(self.quiet_weeks))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_local(self) -> bool:
        return self.mode is Mode.LOCAL

    @property
    def address(self) -> str | None:
        """The address at which people reach the service: in local mode this machine; None where nobody said so."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        here = f"http://{host}:{self.port}" if self.is_local and self.port else None
        return self.public_url.rstrip("/") if self.public_url else here

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def tenants(self) -> frozenset[str]:
        """The tenants whose people may talk to the bot, in lower case."""
        own = (self.app_tenant_id.lower(),) if self.app_tenant_id else ()
        return frozenset(self.allowed_tenants or own)

    def check(self, environment: Mapping[str, str] = os.environ) -> list[str]:
        """Every reason not to start, in Danish; empty when the settings are safe."""
        problems = [*_unusable_ids(self), *_unsafe_addresses(self), *_unsendable_mail(self), *model_problems(self)]
        if self.is_local:
            return problems if is_loopback(self.host) else [*problems, say("settings.local_but_open")]
        return [*problems, *_missing_registration(self), *_debugging(environment)]


def read_settings() -> Settings:
    """Raises SettingsError naming each variable that can't be read."""
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({str(part["loc"][0]).upper() for part in error.errors(include_input=False)})
        raise SettingsError([say("settings.unusable", name=name) for name in names]) from None
    except (UnicodeDecodeError, OSError):
        raise SettingsError([say("settings.unreadable_file")]) from None


def safe_settings(**otherwise: object) -> Settings:
    """Reads the settings, except those that are given. Raises SettingsError with every reason not to start."""
    settings = read_settings().model_copy(update=otherwise)
    problems = settings.check()
    if problems:
        raise SettingsError(problems)
    return settings


def is_loopback(host: str) -> bool:
    """Says whether a host name or address means this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_host(host: str) -> bool:
    """Says whether it is one machine's name or address that can be meant: not every machine, nor one that only
    neighbours on the same cable know, as a cloud's own services are."""
    address = _address(host)
    if address is None:
        return _HOST.fullmatch(host.lower()) is not None
    return not (address.is_link_local or address.is_multicast or address == _EVERYBODY)


def _is_target(host: str) -> bool:
    """Says whether something can be sent there: to no host that merely listens everywhere."""
    address = _address(host)
    return is_host(host) and not (address is not None and address.is_unspecified)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """Reads an address; an IPv4 one that is written as IPv6, in whichever way, is that."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return address
    is_end = int(address) > 1 and any(address in network for network in _END_IN_IPV4)
    return address.ipv4_mapped or address.sixtofour or (IPv4Address(int(address) % 2**32) if is_end else address)


def _split(url: str) -> SplitResult | None:
    """Takes the address apart; None where that can't be done, or not in one way alone."""
    try:
        parts = urlsplit(url)
        return None if parts.port == 0 or _ODD.search(url) else parts
    except ValueError:
        return None


def _leads_somewhere(parts: SplitResult | None) -> TypeGuard[SplitResult]:
    return parts is not None and parts.username is None and _is_target(parts.hostname or "")


def _unusable_ids(settings: Settings) -> Iterator[str]:
    ids = {
        "APP_ID": (settings.app_id,),
        "APP_TENANT_ID": (settings.app_tenant_id,),
        "ALLOWED_TENANTS": settings.allowed_tenants,
    }
    for name, values in ids.items():
        is_any = name != "APP_ID" and any(value and value.lower() in _ANY_TENANT for value in values)
        is_odd = not all(value is None or value == "" or _ID.fullmatch(value) for value in values)
        if is_any or is_odd or values == ("",):
            yield say("settings.not_ids", name=name)


def _missing_registration(settings: Settings) -> Iterator[str]:
    if not settings.app_id:
        yield say("settings.no_app")
    if not settings.app_tenant_id:
        yield say("settings.no_tenant")
    given = (settings.app_password, settings.app_certificate, settings.app_identity)
    if sum(value is not None for value in given) != 1:
        yield say("settings.which_credential")
    if settings.app_certificate and not settings.app_certificate.is_file():
        yield say("settings.no_certificate")
    if settings.token_url and settings.app_password is None:
        yield say("settings.token_url_alone")


def _unsafe_addresses(settings: Settings) -> Iterator[str]:
    urls = {
        "PUBLIC_URL": settings.public_url,
        "OPENID_METADATA_URL": settings.openid_metadata_url,
        "TOKEN_URL": settings.token_url,
        "GRAPH_URL": settings.graph_url,
    }
    for name, url in urls.items():
        parts = _split(url) if url is not None else None
        if url is not None and not _is_safe(parts, may_be_here=name != "PUBLIC_URL" or settings.is_local):
            yield say("settings.not_https", name=name)
        elif name == "GRAPH_URL" and parts and (parts.path.strip("/") or parts.query):
            yield say("settings.graph_url_alone")
    if not all(_is_target(host) for host in settings.connector_hosts):
        yield say("settings.not_hosts", name="CONNECTOR_HOSTS")
    # All hosts below one that is named are allowed too: "com" would name half the world.
    if not all(_is_target(host) and ("." in host.rstrip(".") or is_loopback(host)) for host in settings.upload_hosts):
        yield say("settings.not_hosts", name="UPLOAD_HOSTS")
    if not is_host(settings.host):
        yield say("settings.not_host")


def _is_safe(parts: SplitResult | None, *, may_be_here: bool) -> bool:
    """Says whether the address leads to one place, by https; plainly at most to this machine."""
    if not _leads_somewhere(parts):
        return False
    here = may_be_here and is_loopback(parts.hostname or "")
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def model_problems(settings: Settings) -> Iterator[str]:
    """Yields every reason why messages may not be sent to the language model."""
    given = {"MODEL_URL": settings.model_url, "MODEL_NAME": settings.model_name, "MODEL_KEY": settings.model_key}
    missing = [name for name, value in given.items() if value is None]
    if 0 < len(missing) < len(given):
        yield say("settings.model_halfway", missing=", ".join(missing))
    parts = _split(settings.model_url) if settings.model_url is not None else None
    if settings.model_url is not None and not (_is_safe(parts, may_be_here=True) and parts and not parts.query):
        yield say("settings.not_model_url")


def _unsendable_mail(settings: Settings) -> Iterator[str]:
    url = _split(settings.smtp_url.get_secret_value()) if settings.smtp_url else None
    if settings.smtp_url and not (url and url.scheme in ("smtp", "smtps") and _is_target(url.hostname or "")):
        yield say("settings.not_smtp")
    if (settings.smtp_url is None) != (settings.mail_from is None):
        yield say("settings.mail_halfway")
    if settings.mail_from is not None and not _ADDRESS.fullmatch(settings.mail_from):
        yield say("settings.not_address")


def _debugging(environment: Mapping[str, str]) -> list[str]:
    return [
        say("settings.debugging", name=name) for name in DEBUG_VARIABLES if environment.get(name, "") not in ("", "0")
    ]
