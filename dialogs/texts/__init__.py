"""Every text a person reads, by key, in Danish (the master) and English.

A folder for each language, with the same files, keys and {placeholders}. A table with "one" and "other" is a plural;
{count} is the number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib.resources import files

from dialogs.values.calendar_words import Language

LANGUAGES: tuple[Language, ...] = ("da", "en")
# The kit's files, those of the features, by their names, and what the operator reads.
FILES = (
    *("turn", "words", "forms"),
    *("projects", "questions", "memory", "history", "help", "glossary", "calendar", "rounds", "meetings", "status"),
    *("deputies", "handover", "status_requests", "project_changes", "contacts", "exports"),
    *("reminders", "own_reminders", "office", "oneself", "presence", "undo", "privacy", "data_protection"),
    *("operating", "settings", "commands", "demo"),
)

# A text, or its forms: "one" and "other" of a plural, "heading" and "text" of a remark.
_Entry = str | Mapping[str, str]


class Texts:
    """The texts of one language. A missing key or placeholder raises KeyError: texts are tested, not guessed."""

    def __init__(self, language: Language, by_key: Mapping[str, str]) -> None:
        self.language: Language = language
        self.by_key = by_key

    @staticmethod
    def of(locale: str | None) -> Texts:
        """English for English locales, Danish for all others."""
        return _loaded("en" if locale and locale.lower().startswith("en") else "da")

    def say(self, key: str, **values: object) -> str:
        return self.by_key[key].format_map(values)

    def count(self, key: str, count: int, **values: object) -> str:
        """The plural form that fits `count`, which also fills the placeholder {count}."""
        return self.say(f"{key}.{'one' if count == 1 else 'other'}", count=count, **values)

    def name(self, section: str, member: Enum) -> str:
        """Return the name of an enumeration's member in this language."""
        return self.say(f"{section}.{member.value}")

    def has(self, key: str) -> bool:
        return key in self.by_key


def _flat(sections: Mapping[str, Mapping[str, _Entry]]) -> Iterator[tuple[str, str]]:
    for section, entries in sections.items():
        for key, entry in entries.items():
            if isinstance(entry, str):
                yield f"{section}.{key}", entry
            else:
                yield from ((f"{section}.{key}.{form}", text) for form, text in entry.items())


@cache
def _loaded(language: Language) -> Texts:
    by_key: dict[str, str] = {}
    for name in FILES:
        by_key |= _flat(tomllib.loads(files(__name__).joinpath(language, f"{name}.toml").read_text("utf-8")))
    return Texts(language, by_key)
