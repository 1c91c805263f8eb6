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
FILES = (
    "words",
    "answers",
    "forms",
    "reporting",
    "history",
    "rounds",
    "meetings",
    "remarks",
    "reminders",
    "reminding_desk",
    "operating",
    "settings",
    "commands",
    "demo",
)


class Texts:
    """The texts of one language. A missing key or placeholder raises KeyError: texts are tested, not guessed."""

    def __init__(self, language: Language, sections: Mapping[str, Mapping[str, str | Mapping[str, str]]]) -> None:
        self.language: Language = language
        self.by_key: Mapping[str, str] = dict(_flat(sections))

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


def _flat(sections: Mapping[str, Mapping[str, str | Mapping[str, str]]]) -> Iterator[tuple[str, str]]:
    for section, entries in sections.items():
        for key, entry in entries.items():
            if isinstance(entry, str):
                yield f"{section}.{key}", entry
            else:
                yield from ((f"{section}.{key}.{form}", text) for form, text in entry.items())


@cache
def _loaded(language: Language) -> Texts:
    sections: dict[str, Mapping[str, str | Mapping[str, str]]] = {}
    for name in FILES:
        sections |= tomllib.loads(files(__name__).joinpath(language, f"{name}.toml").read_text("utf-8"))
    return Texts(language, sections)
