"""The app package is one that Teams accepts."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft201909Validator

from manifest.app_package import DEFAULT_LANGUAGE, OTHER_LANGUAGES, Deployment, app_package, read_texts

DEPLOYMENT = Deployment("6f1c2f5e-53a1-4b8c-9d6a-0d3f3b1c7a20", "https://tovholder.example.dk/", "0.1.0")
SCHEMAS = Path(__file__).parent / "schemas"
LANGUAGES = (DEFAULT_LANGUAGE, *OTHER_LANGUAGES)
Document = dict[str, Any]


@pytest.fixture(scope="module")
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(app_package(DEPLOYMENT)))


@pytest.fixture
def manifest(package: zipfile.ZipFile) -> Document:
    return json.loads(package.read("manifest.json"))


@pytest.fixture
def english(package: zipfile.ZipFile) -> Document:
    return json.loads(package.read("en.json"))


def faults(document: Document, schema: str) -> list[str]:
    """Read as what the schemas call themselves, draft 4, and as a later draft: they also use its `const`, and
    lengths beside `$ref`, which draft 4 passes over."""
    rules = json.loads((SCHEMAS / schema).read_bytes())
    readings = (Draft4Validator(rules), Draft201909Validator(rules))
    return [error.json_path for reading in readings for error in reading.iter_errors(document)]


def manifest_faults(document: Document) -> list[str]:
    return faults(document, "MicrosoftTeams.schema.json")


def test_microsofts_schema_accepts_the_manifest(manifest: Document):
    assert manifest_faults(manifest) == []


def test_microsofts_schema_accepts_the_english_texts(english: Document):
    assert faults(english, "MicrosoftTeams.Localization.schema.json") == []


WRONG: dict[str, Callable[[Document], object]] = {
    "id is no guid": lambda m: m.update(id="tovholder"),
    "version is a number": lambda m: m.update(version=1.0),
    "schema version is another": lambda m: m.update(manifestVersion="1.17"),
    "short name is too long": lambda m: m["name"].update(short="T" * 31),
    "short description is too long": lambda m: m["description"].update(short="T" * 81),
    "description is missing": lambda m: m.pop("description"),
    "property is unknown": lambda m: m.update(colour="blue"),
    "scope is unknown": lambda m: m["bots"][0]["scopes"].append("meeting"),
    "eleven commands": lambda m: m["bots"][0]["commandLists"][0].update(
        commands=[{"title": "Hjælp", "description": "Hjælp"}] * 11
    ),
    "command has no description": lambda m: m["bots"][0]["commandLists"][0]["commands"][0].pop("description"),
    "two bots": lambda m: m["bots"].append(m["bots"][0]),
    "accent colour is a word": lambda m: m.update(accentColor="teal"),
    "privacy address is no address": lambda m: m["developer"].update(privacyUrl="privacy.html"),
    "icon is missing": lambda m: m["icons"].pop("outline"),
    "language tag is no tag": lambda m: m["localizationInfo"].update(defaultLanguageTag="på dansk"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_manifest_made_wrong_on_purpose_is_refused(manifest: Document, mistake: str):
    WRONG[mistake](manifest)
    assert manifest_faults(manifest)


@pytest.mark.parametrize(
    ("place", "text"), [("bots[1].commandLists[0].commands[0].title", "Help"), ("name.short", "T" * 31)]
)
def test_english_texts_out_of_place_or_too_long_are_refused(english: Document, place: str, text: str):
    english[place] = text
    assert faults(english, "MicrosoftTeams.Localization.schema.json")


def test_everything_the_manifest_names_is_at_the_root_of_the_zip(package: zipfile.ZipFile, manifest: Document):
    languages = [language["file"] for language in manifest["localizationInfo"]["additionalLanguages"]]
    assert sorted(package.namelist()) == sorted(["manifest.json", *manifest["icons"].values(), *languages])


def test_teams_may_open_every_address_in_the_manifest(manifest: Document):
    developer = manifest["developer"]
    addresses = [developer[key] for key in ("websiteUrl", "privacyUrl", "termsOfUseUrl")]
    assert manifest["validDomains"] == ["tovholder.example.dk"]
    assert addresses == [f"https://tovholder.example.dk{path}" for path in ("/about", "/privacy", "/terms")]


def test_bot_and_app_are_the_registration_that_was_asked_for(manifest: Document):
    assert manifest["id"] == manifest["bots"][0]["botId"] == DEPLOYMENT.app_id


def test_bot_may_hand_over_files(manifest: Document):
    assert manifest["bots"][0]["supportsFiles"] is True


def test_every_danish_text_has_an_english_one_in_the_same_place(manifest: Document, english: Document):
    danish = {f"{section}.{key}" for section in ("name", "description") for key in manifest[section]}
    for i, commands in enumerate(manifest["bots"][0]["commandLists"]):
        for j, command in enumerate(commands["commands"]):
            danish |= {f"bots[0].commandLists[{i}].commands[{j}].{key}" for key in command}
    assert danish == english.keys() - {"$schema"}


def test_english_commands_say_the_same_as_the_danish_ones():
    assert read_texts("da")["commands"].keys() == read_texts("en")["commands"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_where_teams_shows_them(language: str):
    texts = read_texts(language)
    assert len(texts["name"]["short"]) <= 30
    assert len(texts["name"]["full"]) <= 100
    assert len(texts["description"]["short"]) <= 80
    assert len(texts["description"]["full"]) <= 4000
    for command in texts["commands"].values():
        assert len(command["title"]) <= 50
        assert len(command["description"]) <= 128


def test_every_command_is_offered_somewhere(manifest: Document):
    offered = {command["title"] for part in manifest["bots"][0]["commandLists"] for command in part["commands"]}
    assert offered == {command["title"] for command in read_texts("da")["commands"].values()}


def test_every_scope_of_the_bot_has_commands(manifest: Document):
    bot = manifest["bots"][0]
    assert sorted(bot["scopes"]) == sorted(scope for part in bot["commandLists"] for scope in part["scopes"])


def test_products_version_is_one_that_teams_takes():
    assert re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version("tovholder"))


def test_same_settings_give_the_same_bytes():
    assert app_package(DEPLOYMENT) == app_package(DEPLOYMENT)
