"""A person as they are said: the name or a part of it, misspelt a little, the address, or "mig"."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from dialogs.forms.checking import LONGEST_SAID, Unread, unreadable
from dialogs.forms.fields import Fault, Field
from dialogs.forms.said.words import group, within_filler
from dialogs.turn.audience import Audience
from dialogs.turn.beside import mention_word, with_names
from dialogs.values.letters import bare_words, fold
from dialogs.values.plain import one_line
from portfolio.organisation import Person

Words = tuple[str, ...]
MOST_NAMED = 5
_MOST_WORDS = 8
_SHORTEST_BEGINNING = 2
# The letters that a word must have for each that may be wrong.
_LETTERS_A_MISTAKE = 4


def read_person(field: Field, text: str, audience: Audience) -> str:
    """Return the id. Raises Unread."""
    said = text.strip(" \t\n.,!?;:»«\"'()")
    words = bare_words(said)
    if audience.asker is not None and " ".join(words) in group("person", "me"):
        return audience.asker.id
    people = _people_called(said, words, audience)
    if len(people) == 1:
        return people[0].id
    if people:
        raise Unread(_several(field, people), is_near=True)
    raise Unread(unreadable(field, with_names(said, audience.mentioned), audience.texts))


def _people_called(said: str, words: Words, audience: Audience) -> list[Person]:
    """Return the people who fit by the most certain way of reading that anybody fits by."""
    people = audience.names.people_by_words
    if known := [person for person, _ in people if person.id == said]:
        return known
    if address := next((token for token in said.casefold().split() if "@" in token), None):
        return [person for person, _ in people if address in (person.email, person.upn, mention_word(person.id))]
    if called := [person for person, name in people if name == words]:
        return called
    first, last = within_filler(words, group("filler", "any"), group("filler", "person"))
    core = words[first:last][:_MOST_WORDS]
    if not core:
        return []
    return (
        [person for person, name in people if name == core]
        or [person for person, name in people if set(core) <= set(name)]
        or [person for person, name in people if _begin(core, name)]
        or [person for person, name in people if _resemble(core, name)]
    )


def _begin(words: Words, name: Words) -> bool:
    """Say whether each word begins one of the name's, in their order: "søren æ"."""
    if len(words[0]) < _SHORTEST_BEGINNING:
        return False
    rest = iter(name)
    return all(any(part.startswith(word) for part in rest) for word in words)


def _resemble(words: Words, name: Words) -> bool:
    return len(words) <= len(name) and all(any(_is_near(word, part) for part in name) for word in words)


def _is_near(word: str, part: str) -> bool:
    allowed = min(2, min(len(word), len(part)) // _LETTERS_A_MISTAKE)
    if word == part:
        return True
    return allowed > 0 and word[0] == part[0] and OSA.distance(word, part, score_cutoff=allowed) <= allowed


def _several(field: Field, people: list[Person]) -> Fault:
    """Name the people; with the addresses where the names are the same. `people` are for buttons."""
    named = people[:MOST_NAMED]
    alike = len({fold(person.name) for person in named}) < len(named)
    names = [one_line(f"{person.name} ({person.address})" if alike else person.name, LONGEST_SAID) for person in named]
    more = len(people) - len(named)
    key = "person_too_many" if more else "person_several"
    values = {"names": ", ".join(names), "more": more, "people": tuple(person.id for person in named)}
    return Fault(field.name, key, values)
