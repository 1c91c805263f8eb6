"""The two languages say the same, and nothing is said that nobody reads."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

from dialogs.texts import Texts
from portfolio.bodies import BodyKind
from portfolio.organisation import Role
from portfolio.projects.project import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.projects.status import Light, Rag
from portfolio.questions.question import Amount, Attribute, PeriodField, SortField
from portfolio.reminders.kinds import Kind, Outcome

ROOT = Path(__file__).parents[2]
ENUMERATIONS: dict[str, type[StrEnum]] = {
    "colour": Rag,
    "kind": ProjectKind,
    "phase": Phase,
    "role": Role,
    "benefit_kind": BenefitKind,
    "risk_kind": RiskKind,
    "body_kind": BodyKind,
    "light": Light,
    "amount": Amount,
    "amount_whole": Amount,
    "attribute": Attribute,
    "sort": SortField,
    "sort_descending": SortField,
    "period_field": PeriodField,
    "outcome": Outcome,
    "reminder_kind": Kind,
}


def placeholders(texts: Texts) -> dict[str, set[str]]:
    written = texts.by_key
    return {key: {name for _, name, _, _ in string.Formatter().parse(text) if name} for key, text in written.items()}


@cache
def patterns() -> frozenset[str]:
    """Every string in the code, as an expression that fits the keys it can name."""
    return frozenset(_patterns())


def _patterns() -> Iterator[str]:
    for path in [*(ROOT / "dialogs").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
                yield "".join(str(part) for part in parts)


def without_form(key: str) -> str:
    return key.removesuffix(".one").removesuffix(".other")


def test_both_languages_have_the_same_texts_with_the_same_placeholders():
    assert placeholders(Texts.of("da")) == placeholders(Texts.of("en"))


def test_every_text_is_said_somewhere():
    keys = {without_form(key) for key in Texts.of("da").by_key if key.split(".")[0] not in ENUMERATIONS}
    said = {pattern for pattern in patterns() if re.match(r"[\w\\]+\\\.", pattern)}
    exact = {pattern.replace("\\", "") for pattern in said if "+" not in pattern}
    open_ended = [re.compile(pattern) for pattern in said if "+" in pattern]
    errors = {f"error.{pattern}" for pattern in patterns()}
    unused = [key for key in keys - exact - errors if not any(one.fullmatch(key) for one in open_ended)]
    assert unused == []


def test_every_text_that_code_asks_for_is_there():
    keys = Texts.of("da").by_key
    sections = {key.split(".")[0] for key in keys}
    asked = {one.replace("\\", "") for one in patterns() if re.fullmatch(r"(\w|\\_)+\\\.(\w|\\_)+", one)}
    named = {key for key in asked if key.split(".")[0] in sections}
    whole = {key for key in named if not key.endswith("_")}  # the rest begins a key that is put together
    assert {key for key in whole if not {key, f"{key}.one"} & set(keys)} == set()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("section", "members"), ENUMERATIONS.items())
def test_every_member_of_an_enumeration_has_a_name(language: str, section: str, members: type[StrEnum]):
    assert all(Texts.of(language).name(section, member) for member in members)


def test_workbook_and_answers_use_the_same_danish_words():
    texts = Texts.of("da")
    kinds = [texts.name("kind", kind) for kind in ProjectKind]
    phases = [texts.name("phase", phase) for phase in Phase]
    roles = [texts.name("role", role) for role in Role]
    bodies = [texts.name("body_kind", kind) for kind in BodyKind]
    assert kinds == ["National", "Fælleskommunal", "Tværkommunal", "Egen tværgående", "Lokal"]
    assert phases == ["Idé", "Analyse", "Planlægning", "Gennemførelse", "Realisering", "Afsluttet", "Stoppet"]
    assert roles == ["Medarbejder", "Projektleder", "Leder", "Chef", "Direktør", "Sekretær", "Administrator"]
    assert bodies == [
        "Styregruppe", "Programgruppe", "Project Board", "Direktion",
        "Chefforum", "IOD", "IT-sikkerhedsgruppe", "Andet",
    ]  # fmt: skip


@pytest.mark.parametrize("locale", [None, "", "da-DK", "sv-SE"])
def test_everyone_but_the_english_is_spoken_to_in_danish(locale: str | None):
    assert Texts.of(locale).language == "da"


@pytest.mark.parametrize("locale", ["en", "en-GB", "EN-us"])
def test_english_speaker_is_spoken_to_in_english(locale: str):
    assert Texts.of(locale).language == "en"


def test_texts_do_not_shout_or_beg():
    words = "\n".join(Texts.of("da").by_key.values()).lower()
    assert not re.search(r"!|venligst|ups", words)


def test_one_and_many_are_counted_in_words():
    texts = Texts.of("da")
    assert texts.count("people.projects", 1) == "1 projekt"
    assert texts.count("people.projects", 12) == "12 projekter"
    assert texts.count("people.projects", 0) == "0 projekter"
