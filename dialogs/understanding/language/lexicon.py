"""The portfolio's own names: what they can be called, and which words belong to which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from dialogs.turn.beside import mention_word
from dialogs.understanding.language.phrasebook import Matcher, phrasebook
from dialogs.understanding.language.real_words import is_real_word
from dialogs.understanding.language.spellings import Spellings
from dialogs.values.letters import Word, by_plain_letters, fold, stem, words_of
from portfolio.questions.answers import Vocabulary

BREAK = re.compile(r":|\s[-–—]\s")
_SHORTEST_ACRONYM = 2
_LONGEST_JOINED = 24


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name. `field` is the filter it would fill: a field of Filters, or "bodies"."""

    field: str
    value: str


Parts = dict[str, frozenset[Entity]]  # by one word of their names


@dataclass(frozen=True, slots=True, repr=False)
class Lexicon:
    """`whole` finds complete names and aliases, by stems; `parts` the entities that a word is a part of. `broken` are
    names with a colon or a dash inside; `exact` those with digits or several words, which are meant wherever they stand
    letter for letter, and `exact_starts` how many words such names have at most, by the first. `plainly` are the
    spellings by how they look without æ, ø and å, `near` finds them by misspellings. People are looked up by spelling,
    not by stem: "Anders" is not "anden"; `people_parts` are of those who lead or own projects where any are called so,
    `namesakes` of everybody. `places` are those of people among all, by name; `starts` are the parts in their order,
    `lines` one below the other."""

    vocabulary: Vocabulary
    whole: Matcher[Entity]
    parts: Parts
    people: Matcher[Entity]
    people_parts: Parts
    namesakes: Parts
    names: dict[tuple[str, ...], frozenset[Entity]]
    stems: dict[Entity, frozenset[str]]
    spellings: dict[str, str]
    near: Spellings
    plainly: dict[str, str]
    starts: tuple[str, ...]
    lines: str
    near_people: Spellings
    broken: tuple[str, ...]
    exact: frozenset[str]
    exact_starts: dict[str, int]
    places: dict[str, int]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Lexicon:
        joiners = phrasebook().joiners
        whole: Matcher[Entity] = Matcher(joiners)
        parts: dict[str, set[Entity]] = defaultdict(set)
        called: dict[tuple[str, ...], set[Entity]] = defaultdict(set)
        spellings: dict[str, str] = {}
        exact: dict[str, list[Word]] = {}
        for entity, names in _named(vocabulary):
            for name in names:
                words = [word for word in words_of(name) if word.stem not in joiners] or words_of(name)
                if not words:
                    continue
                if any(letter.isdigit() for letter in name) or len(words) > 1:
                    exact[spelled_exactly(name)] = words_of(name)
                    whole.add([exact_stem(name)], entity)
                if not name.isdigit():  # "de 30 dyreste" are not project 30
                    whole.add([word.stem for word in words], entity)
                called[tuple(word.key for word in words)].add(entity)
                joined = "".join(word.key for word in words)
                if len(words) > 1 and len(joined) <= _LONGEST_JOINED:
                    whole.add([stem(joined)], entity)
                    spellings.setdefault(joined, stem(joined))
                for word in words:
                    if not word.is_number and len(word.text) > 1:  # "3" is no part of "3D-bymodel", nor "Æ" of "Æ-01"
                        parts[word.stem].add(entity)
                        spellings.setdefault(word.key, word.stem)
        for acronym, entity in _acronyms(vocabulary):
            whole.add([acronym], entity)
            spellings.setdefault(acronym, acronym)
        people, people_parts, namesakes = _people(vocabulary)
        busy = vocabulary.leads | vocabulary.owners
        busy_names = {word.key for person in vocabulary.people if person.id in busy for word in words_of(person.name)}
        return cls(
            vocabulary=vocabulary,
            whole=whole,
            parts={word: frozenset(entities) for word, entities in parts.items()},
            people=people,
            people_parts=people_parts,
            namesakes=namesakes,
            names={keys: frozenset(entities) for keys, entities in called.items()},
            stems=_stems_by_entity(parts, people_parts),
            spellings=spellings,
            near=Spellings.of(spellings),
            plainly=by_plain_letters(spellings),
            starts=tuple(sorted(parts)),
            lines="\n".join(["", *parts, ""]),
            near_people=Spellings.of(busy_names),
            exact=frozenset(exact),
            exact_starts=_longest_by_first(exact.values()),
            places={person.id: place for place, person in enumerate(vocabulary.people)},
            broken=tuple(fold(name) for _, names in _named(vocabulary) for name in names if BREAK.search(name)),
        )

    def knows(self, word_stem: str, key: str) -> bool:
        return word_stem in self.parts or key in self.spellings or key in self.people_parts

    def parts_with(self, letters: str) -> Iterator[str]:
        """Yield the parts of names with the letters inside; looked for in one text, since there may be many."""
        at = self.lines.find(letters)
        while at >= 0:
            end = self.lines.index("\n", at)
            yield self.lines[self.lines.rindex("\n", 0, at + 1) + 1 : end]
            at = self.lines.find(letters, end)

    def bodies_of(self, kind: str | None) -> list[str]:
        return [body.name for body in self.vocabulary.bodies if body.kind == kind]

    def is_inside_name(self, text: str, first: int, last: int) -> bool:
        """Say whether the letters from `first` to before `last` are the colon or dash in the midst of a name."""
        before, mark, after = fold(text[:first]), fold(text[first:last]), fold(text[last:])
        return any(
            before.endswith(start) and after.startswith(end)
            for name in self.broken
            for start, middle, end in [name.partition(mark)]
            if middle
        )

    def spelled_exactly(self, keys: Sequence[str], entities: Sequence[Entity]) -> list[Entity]:
        """Pick the entities that are called just that, if any are: "Børn og Familie" is not "Børn og familier"."""
        named = self.names.get(tuple(key for key in keys if stem(key) not in phrasebook().joiners), frozenset())
        return [entity for entity in entities if entity in named] or list(entities)


def spelled_exactly(name: str) -> str:
    """Return the name as it is looked up where it stands letter for letter, in any case."""
    words = words_of(name)
    return " ".join(fold(name[words[0].first : words[-1].last]).split()) if words else ""


def exact_stem(name: str) -> str:
    """Return the stem of a name that stands there letter for letter, which no other word has."""
    return f"={spelled_exactly(name)}"


def _longest_by_first(names: Iterable[Sequence[Word]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for words in names:
        if words:
            longest[words[0].key] = max(longest.get(words[0].key, 0), len(words))
    return longest


def _stems_by_entity(*kinds: Mapping[str, Set[Entity]]) -> dict[Entity, frozenset[str]]:
    """The words of each entity's names."""
    stems: dict[Entity, set[str]] = defaultdict(set)
    for parts in kinds:
        for word, entities in parts.items():
            for entity in entities:
                stems[entity].add(word)
    return {entity: frozenset(words) for entity, words in stems.items()}


def _named(vocabulary: Vocabulary) -> Iterator[tuple[Entity, Iterable[str]]]:
    for project in vocabulary.projects:
        case_number = project.case_number or ""
        yield Entity("projects", project.number), (project.number, project.title, *project.aliases, case_number)
    for area in vocabulary.focus_areas:
        yield Entity("focus_areas", area.name), (area.name, area.short_name or "", *area.aliases)
    for unit in vocabulary.org_units:
        yield Entity("org_units", unit.name), (unit.name, *unit.aliases)
    for body in vocabulary.bodies:
        yield Entity("bodies", body.name), (body.name,)


def _acronyms(vocabulary: Vocabulary) -> Iterator[tuple[str, Entity]]:
    """First letters, "BU" and "BOU" for Børn og Unge, where only one name has them and they are no other word."""
    book = phrasebook()
    entities_by_letters: dict[str, set[Entity]] = defaultdict(set)
    for entity in (entity for entity, _ in _named(vocabulary) if entity.field in {"focus_areas", "org_units"}):
        keys = [word.key for word in words_of(entity.value) if word.text != ","]
        for letters in (keys, [key for key in keys if stem(key) not in book.joiners]):
            if len(letters) >= _SHORTEST_ACRONYM:
                entities_by_letters["".join(key[0] for key in letters)].add(entity)
    other_words = book.words | book.particles | book.joiners
    for acronym, entities in entities_by_letters.items():
        if len(entities) == 1 and acronym not in other_words and not is_real_word(acronym):
            yield acronym, next(iter(entities))


def _people(vocabulary: Vocabulary) -> tuple[Matcher[Entity], Parts, Parts]:
    """Full names and addresses; and single names. Those who lead or own projects go before all others."""
    matcher: Matcher[Entity] = Matcher()
    involved: dict[str, set[Entity]] = defaultdict(set)
    others: dict[str, set[Entity]] = defaultdict(set)
    busy = vocabulary.leads | vocabulary.owners
    for person in vocabulary.people:
        entity = Entity("lead", person.id)
        keys = [word.key for word in words_of(person.name)]
        addresses = (person.email, person.upn, mention_word(person.id))
        for address in dict.fromkeys(form for one in addresses if one for form in _with_genitive(fold(one))):
            matcher.add([address], entity)
        if keys:
            for last in _with_genitive(keys[-1]):
                matcher.add([*keys[:-1], last], entity)
                matcher.add([keys[0], last], entity)
        for key in keys:
            for form in _with_genitive(key):
                (involved if person.id in busy else others)[form].add(entity)
    joiners = phrasebook().joiners
    parts = {key: frozenset(entities) for key, entities in {**others, **involved}.items() if key not in joiners}
    everybody = {key: parts[key] | frozenset(others.get(key, ())) for key in parts}
    return matcher, parts, everybody


def _with_genitive(key: str) -> tuple[str, ...]:
    """Return the name as people write it of what is theirs: Mettes, Mette's; Lars', Lars's, Larses."""
    if key.endswith(("s", "x", "z")):
        return key, f"{key}'", f"{key}'s", f"{key}es", f"{key}’", f"{key}s"
    return key, f"{key}s", f"{key}'s", f"{key}’s"
