"""The zip that an administrator uploads to Teams."""

from __future__ import annotations

import io
import json
import tomllib
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

# The oldest schema that has all we use, so that as many administration centres as possible accept the package.
# 1.25 adds support for private and shared channels; go there when the bot has been tried in them.
SCHEMA_VERSION = "1.22"
SCHEMA_FOLDER = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}"
DEFAULT_LANGUAGE = "da"
OTHER_LANGUAGES = ("en",)
DEVELOPER = "The Tovholder developers"
ACCENT = "#0B4F5C"
ICONS = {"color": "color.png", "outline": "outline.png"}
PERSONAL = (
    "report_status",
    "my_projects",
    "my_department",
    "red",
    "missing_status",
    "late",
    "disputed",
    "oldest_status",
    "meetings",
    "help",
)
TOGETHER = ("round", "red", "missing_status", "late", "over_budget", "disputed", "oldest_status", "meetings", "help")
COMMAND_LISTS = ((("personal",), PERSONAL), (("team", "groupChat"), TOGETHER))
# Zip files carry times; a fixed time makes the same settings give the same bytes.
PACKED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Deployment:
    """`app_id` is the bot registration's GUID, `public_url` the https address of the service, `version` is x.y.z."""

    app_id: str
    public_url: str
    version: str


def app_package(deployment: Deployment) -> bytes:
    documents = {"manifest.json": manifest(deployment)}
    documents |= {f"{language}.json": localisation(language) for language in OTHER_LANGUAGES}
    content = {
        name: json.dumps(document, ensure_ascii=False, indent=2).encode() for name, document in documents.items()
    }
    content |= {name: (files("manifest") / "icons" / name).read_bytes() for name in ICONS.values()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, PACKED), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def manifest(deployment: Deployment) -> dict[str, Any]:
    texts = read_texts(DEFAULT_LANGUAGE)
    address = deployment.public_url.rstrip("/")
    return {
        "$schema": f"{SCHEMA_FOLDER}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA_VERSION,
        "version": deployment.version,
        "id": deployment.app_id,
        "developer": {
            "name": DEVELOPER,
            "websiteUrl": f"{address}/about",
            "privacyUrl": f"{address}/privacy",
            "termsOfUseUrl": f"{address}/terms",
        },
        "localizationInfo": {
            "defaultLanguageTag": DEFAULT_LANGUAGE,
            "additionalLanguages": [{"languageTag": tag, "file": f"{tag}.json"} for tag in OTHER_LANGUAGES],
        },
        "name": texts["name"],
        "description": texts["description"],
        "icons": ICONS,
        "accentColor": ACCENT,
        "bots": [_bot(deployment.app_id, texts)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(address).netloc],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }


def localisation(language: str) -> dict[str, str]:
    """Returns the words that Teams shows, instead of the manifest's own, to a person who uses `language`."""
    texts = read_texts(language)
    words = {"$schema": f"{SCHEMA_FOLDER}/MicrosoftTeams.Localization.schema.json"}
    for section in ("name", "description"):
        words |= {f"{section}.{key}": text for key, text in texts[section].items()}
    for i, (_, commands) in enumerate(COMMAND_LISTS):
        for j, command in enumerate(commands):
            place = f"bots[0].commandLists[{i}].commands[{j}]"
            words |= {f"{place}.{key}": text for key, text in texts["commands"][command].items()}
    return words


def read_texts(language: str) -> dict[str, Any]:
    """Reads the tables `name`, `description` and `commands` of a language."""
    texts = tomllib.loads((files("manifest") / "texts" / f"{language}.toml").read_text(encoding="utf-8"))
    texts["description"]["full"] = texts["description"]["full"].strip()
    return texts


def _bot(app_id: str, texts: dict[str, Any]) -> dict[str, Any]:
    return {
        "botId": app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "supportsCalling": False,
        "supportsVideo": False,
        "commandLists": [
            {"scopes": list(scopes), "commands": [texts["commands"][command] for command in commands]}
            for scopes, commands in COMMAND_LISTS
        ],
    }
