"""What an operator decides: environment variables `TOVHOLDER_…`, also read from `.env`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "TOVHOLDER_"
_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")
DEBUG_VARIABLES = ("PYTHONASYNCIODEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", f"{PREFIX}DEBUG")


class SettingsError(Exception):
    """The settings can't be read, or are unsafe; `problems` are sentences for the operator, without values."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Mode(StrEnum):
    PRODUCTION = "production"
    LOCAL = "local"


def _by_comma(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part for piece in value.split(",") if (part := piece.strip().lower()))


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
    timezone: str = "Europe/Copenhagen"
    language: Literal["da", "en"] = "da"

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError) as error:  # a folder of zones is found but can't be opened
            raise ValueError("no such time zone") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_local(self) -> bool:
        return self.mode is Mode.LOCAL

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
        problems = _unsafe_addresses(self)
        if self.is_local:
            if not is_loopback(self.host):
                problems.append(
                    "HOST: lokal drift svarer uden legitimation og må kun lytte på denne maskine. "
                    "Sæt HOST=127.0.0.1 eller MODE=production."
                )
            return problems
        return problems + _missing_registration(self) + _debugging(environment)


def read_settings() -> Settings:
    """Raises SettingsError naming each variable that can't be read."""
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({str(part["loc"][0]).upper() for part in error.errors(include_input=False)})
        problems = [f"{name}: værdien kan ikke bruges. Se docs/settings.md for de tilladte værdier." for name in names]
        raise SettingsError(problems) from None
    except (UnicodeDecodeError, OSError):
        raise SettingsError(
            ["Filen .env kan ikke læses. Gem den som UTF-8, og kontrollér, at du har adgang til den."]
        ) from None


def safe_settings() -> Settings:
    """Raises SettingsError with every reason not to start."""
    settings = read_settings()
    problems = settings.check()
    if problems:
        raise SettingsError(problems)
    return settings


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _missing_registration(settings: Settings) -> list[str]:
    problems = []
    if not settings.app_id:
        problems.append("APP_ID mangler: uden den kan ingen beskeder fra Teams kontrolleres.")
    if not settings.app_tenant_id:
        problems.append("APP_TENANT_ID mangler: botten er registreret i én tenant og skal vide hvilken.")
    given = (settings.app_password, settings.app_certificate, settings.app_identity)
    if sum(value is not None for value in given) != 1:
        problems.append("Angiv præcis én af APP_PASSWORD, APP_CERTIFICATE og APP_IDENTITY=managed.")
    if settings.app_certificate and not settings.app_certificate.is_file():
        problems.append("APP_CERTIFICATE: filen findes ikke.")
    if settings.token_url and settings.app_password is None:
        problems.append("TOKEN_URL kan kun bruges sammen med APP_PASSWORD.")
    return problems


def _unsafe_addresses(settings: Settings) -> list[str]:
    problems = []
    urls = {
        "PUBLIC_URL": settings.public_url,
        "OPENID_METADATA_URL": settings.openid_metadata_url,
        "TOKEN_URL": settings.token_url,
    }
    for name, url in urls.items():
        if url is None:
            continue
        parts = urlsplit(url)
        here = is_loopback(parts.hostname or "") and (name != "PUBLIC_URL" or settings.is_local)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
            problems.append(f"{name} skal begynde med https://.")
    if not all(_HOST.fullmatch(host) for host in settings.connector_hosts):
        problems.append("CONNECTOR_HOSTS skal være værtsnavne adskilt af komma, uden port, sti og jokertegn.")
    return problems


def _debugging(environment: Mapping[str, str]) -> list[str]:
    found = [name for name in DEBUG_VARIABLES if environment.get(name, "") not in ("", "0")]
    return [f"{name} er sat: fejlsøgning er ikke tilladt i drift." for name in found]
