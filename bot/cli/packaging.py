"""`tovholder package`: the app package for Teams, from the settings."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from cyclopts import Parameter

from bot.cli.ending import fail
from bot.operator_texts import say
from bot.settings import PREFIX, Settings, SettingsError, read_settings
from manifest.app_package import Deployment, app_package


def package(
    *,
    out: Annotated[Path, Parameter(metavar=say("placeholder.file"), help=say("option.package"))] = Path(
        "tovholder.zip"
    ),
) -> int:
    try:
        out.write_bytes(app_package(deployment_of(read_settings())))
    except SettingsError as error:
        return fail(say("packaging.not_made"), *error.problems)
    except OSError as error:
        return fail(say("packaging.not_written", file=out, error=error.strerror))
    print(out)
    return 0


def deployment_of(settings: Settings) -> Deployment:
    """Raises SettingsError saying what to set before there can be a package."""
    problems = []
    if not _is_guid(settings.app_id or ""):
        problems.append(say("packaging.no_app", name=f"{PREFIX}APP_ID"))
    if not _is_https(settings.public_url or ""):
        problems.append(say("packaging.no_address", name=f"{PREFIX}PUBLIC_URL"))
    if problems or settings.app_id is None or settings.public_url is None:
        raise SettingsError(problems)
    return Deployment(settings.app_id, settings.public_url, version("tovholder"))


def _is_guid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _is_https(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname)
