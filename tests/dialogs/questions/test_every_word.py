"""An attribute of the catalogue has its words: what cards say of it, and what people type for it."""

from __future__ import annotations

import pytest

from dialogs.texts import Texts
from dialogs.understanding.language.phrasebook import read_phrases
from dialogs.values.calendar_words import Language
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, FACTS, Attribute, Kind, Subject

LANGUAGES: tuple[Language, ...] = ("da", "en")
ALL = [one for one in ATTRIBUTES.values() if one.subject is not Subject.GROUP]
# One project is asked for by these in other ways: "hvem leder …", "hvornår slutter …", and the status by its card.
SAID_OTHERWISE = {"lead", "owner", "start", "end", "status_date", "consumption"}


def _keys(one: Attribute) -> list[str]:
    """The texts that its kind needs, and what can be asked of it."""
    by_kind = {
        Kind.DAYS: [f"period_field.{one.name}", f"period_field.not_{one.name}"],
        Kind.MONEY: [f"amount.{one.name}"],
        Kind.PERCENT: [f"amount.{one.name}"],
        Kind.TEXT: [],
    }
    keys = by_kind.get(one.kind, [f"field.{one.name}"])
    if one.may_lack:
        keys = [*keys, f"attribute.{one.name}"]
    return [
        *keys,
        *([f"group_by.{one.name}"] if one.groups else []),
        *([f"fact.{one.fact}"] if one.fact else []),
        *([f"sort.{one.sort}", f"sort_descending.{one.sort}"] if one.sort else []),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("attribute", ALL, ids=repr)
def test_cards_have_words_for_it(attribute: Attribute, language: Language) -> None:
    without_periods = {"period_field.not_meeting"}  # meetings aren't asked for by the days that they don't lie in
    there = {key.removesuffix(".one").removesuffix(".other") for key in Texts.of(language).by_key}
    assert set(_keys(attribute)) - there - without_periods == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_can_type_what_divides_and_what_is_missing(language: Language) -> None:
    phrases = read_phrases(language)
    assert {one.name for one in ALL if one.groups} <= phrases["noun"].keys()
    assert {one.name for one in ALL if one.may_lack} <= phrases["attribute"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_can_type_every_flag(language: Language) -> None:
    phrases = read_phrases(language)
    assert {one.name for one in catalogue.FLAGS} <= phrases["flag"].keys()
    of_parts = {one.name for one in ALL if one.kind is Kind.FLAG} - {one.name for one in catalogue.FLAGS}
    assert of_parts <= phrases["of_part"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_can_type_every_amount_and_light(language: Language) -> None:
    phrases = read_phrases(language)
    amounts = {one.name for one in ALL if one.is_amount} - {"consumption"}  # typed as what is measured: [measure]
    assert amounts <= phrases["amount"].keys()
    assert {one.name for one in catalogue.LIGHTS} <= phrases["light"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_can_type_every_fact(language: Language) -> None:
    phrases = read_phrases(language)
    typed = {*phrases["fact"], *phrases["noun"], *phrases["amount"], *SAID_OTHERWISE}
    assert {fact for fact, one in FACTS.items() if not {fact, one.name} & typed} == set()
