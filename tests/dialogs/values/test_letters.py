"""The same words, however their letters are written."""

from __future__ import annotations

import unicodedata

import pytest

from dialogs.values.letters import words_of
from dialogs.values.plain import clean


@pytest.mark.parametrize(
    "text", ["projekter i området Kultur og Fritid", "Åse Bjergs ældreprojekter", "fokusområder på vej"]
)
def test_letters_in_two_parts_are_one(text: str):
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert words_of(decomposed) == words_of(text)
    assert clean(decomposed) == text


@pytest.mark.parametrize(
    ("text", "words"), [("🔴leverandøren", ["🔴", "leverandøren"]), ("gul🟡 60%", ["gul", "🟡", "60", "%"])]
)
def test_sign_of_a_colour_is_a_word(text: str, words: list[str]):
    assert [word.text for word in words_of(text)] == words
