"""A person as they are said: the name or a part of it, misspelt a little, the e-mail, or "mig"."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from dialogs.forms.checking import LONGEST_SAID, unreadable
from dialogs.forms.fields import Fault, Field
from dialogs.forms.said.unread import Unread
from dialogs.forms.said.words import group, within_filler
from dialogs.turn.audience import Audience
from dialogs.values.letters import bare_words, fold
from dialogs.values.plain import one_line
from portfolio.organisation import Person

MOST_NAMED = 5
_MOST_WORDS = 8
_SHORTEST_BEGINNING = 2
# The letters that a word must have for each that may be wrong.
_LETTERS_A_MISTAKE = 4


def read_person(field: Field, text: str, audience: Audience) -> str:
    """The e-mail. Raises Unread."""
    said = text.strip(" \t\n.,!?;:»«\"'()")
    words = bare_words(said)
    if audience.asker is not None and " ".join(words) in group("person", "me"):
        return audience.asker.email
    for found in _readings(said, words, audience):
        if len(found) == 1:
            return found[0].email
        if found:
            raise Unread(_several(field, found), is_near=True)
    raise Unread(unreadable(field, said, audience.texts))


def _readings(said: str, words: tuple[str, ...], audience: Audience) -> Iterator[list[Person]]:
    """Who fits, the most certain way of reading first."""
    people = audience.names.people_by_words
    if address := next((token for token in said.casefold().split() if "@" in token), None):
        yield [one for one, _ in people if one.email == address]
        return
    yield [one for one, name in people if name == words]
    first, last = within_filler(words, group("filler", "any"), group("filler", "person"))
    told = words[first:last][:_MOST_WORDS]
    if told:
        yield [one for one, name in people if name == told]
        yield [one for one, name in people if set(told) <= set(name)]
        yield [one for one, name in people if _begin(told, name)]
        yield [one for one, name in people if _resemble(told, name)]


def _begin(told: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Each word begins one of the name's, in their order: "søren æ"."""
    if len(told[0]) < _SHORTEST_BEGINNING:
        return False
    rest = iter(name)
    return all(any(part.startswith(word) for part in rest) for word in told)


def _resemble(told: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return len(told) <= len(name) and all(any(_is_near(word, part) for part in name) for word in told)


def _is_near(word: str, part: str) -> bool:
    allowed = min(2, min(len(word), len(part)) // _LETTERS_A_MISTAKE)
    if word == part:
        return True
    return allowed > 0 and word[0] == part[0] and OSA.distance(word, part, score_cutoff=allowed) <= allowed


def _several(field: Field, found: list[Person]) -> Fault:
    """Names them; with the e-mails where the names are the same. `emails` are for buttons."""
    named = found[:MOST_NAMED]
    alike = len({fold(one.name) for one in named}) < len(named)
    names = [one_line(f"{one.name} ({one.email})" if alike else one.name, LONGEST_SAID) for one in named]
    more = len(found) - len(named)
    key = "person_too_many" if more else "person_several"
    values = {"names": ", ".join(names), "more": more, "emails": tuple(one.email for one in named)}
    return Fault(field.name, key, values)
