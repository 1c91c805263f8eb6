"""Words of a message with what they may mean: phrases, names, times and numbers, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from rapidfuzz.distance import OSA

from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.phrasebook import PARTICLE, Meaning, Phrasebook, phrasebook
from dialogs.understanding.language.real_words import is_real_word
from dialogs.understanding.language.spelling import beginnings
from dialogs.values.letters import Word, fold

_LOOSELY_ALIKE = 0.6
_SHORT = 3
_SPELLED_OUT = frozenset({"phase", "amount", "scope", "change", "unsupported", "round", "aside"}) | {PARTICLE}
_SPELLED_OUT |= {"noun", "rank", "part", "of_part", "each", "measure", "fact"}
# "side" is not "siden", nor "visse projekter" "vis projekt": but for misspellings these are written as in the phrases.
_WORD_FOR_WORD = frozenset(
    {"until", "direction", "sortby", "ask", "compare", "limit", "lack", "when", "except", "change"}
)
_WORD_FOR_WORD |= {"text", "one", "help", "command", "scope", "role", "period", "flag"}
# A phrase in one of these means something only beside other words, so a name in the same place goes before it.
_WEAK = frozenset({"light", "amount", "role", "period", "length", "until", "body", "phase", "goal", "unit", "priority"})
_WEAK |= {"hint", "target", "help", "trend", "aside", "round", "steps", PARTICLE}
_WEAK |= {"noun", "rank", "part", "of_part", "each", "measure", "fact"}


@dataclass(frozen=True, slots=True)
class Tag:
    """The words from `start` to before `end`: what phrase they are, or which entities they name.

    `is_whole`: a complete name or alias, not a part of one. Neither meanings nor entities: a particle of that group of
    the phrase files, a small word, or `is_unknown`.
    """

    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    entities: frozenset[Entity] = frozenset()
    is_whole: bool = False
    is_unknown: bool = False
    particle: str | None = None

    @property
    def is_one_word(self) -> bool:
        return self.end - self.start == 1

    def value(self, section: str) -> str | None:
        for meaning in self.meanings:  # asked some hundred times a message, mostly of tags without any
            if meaning.section == section:
                return meaning.value
        return None

    def has(self, section: str, *values: str) -> bool:
        """Say whether it says any of these values of the section, or anything of it."""
        own = self.value(section)
        return own is not None and (not values or own in values)

    def names(self, field: str) -> bool:
        return any(entity.field == field for entity in self.entities)

    def names_only(self, field: str) -> bool:
        return bool(self.entities) and all(entity.field == field for entity in self.entities)


def tag_words(words: Sequence[Word], lexicon: Lexicon) -> list[Tag]:
    """Every word belongs to exactly one tag. The longest reading wins; of equally long ones a phrase that stands
    on its own, then a name, then a phrase that does not."""
    book = phrasebook()
    stems, keys = [word.stem for word in words], [word.key for word in words]
    tags: list[Tag] = []
    position = 0
    while position < len(words):
        phrase = _spelled_phrase_at(book, words, stems, position)
        named = (lexicon.whole.longest(stems, position), lexicon.people.longest(keys, position))
        name = max(filter(None, named), key=itemgetter(0), default=None)
        if name and name[0] == position + 1 and _is_everyday(words[position], book):
            name = None
        if name:
            name = name[0], lexicon.spelled_exactly(keys[position : name[0]], name[1])
        tag = _chosen(position, phrase, name) or _single(words, position, lexicon)
        tags.append(tag)
        position = tag.end
    return _with_parts_joined(tags, words, lexicon)


def _chosen(start: int, phrase: tuple[int, list[Meaning]] | None, name: tuple[int, list[Entity]] | None) -> Tag | None:
    if name and (phrase is None or name[0] > phrase[0] or (name[0] == phrase[0] and _is_weak(phrase[1]))):
        meanings = _telling(phrase[1]) if phrase and phrase[0] == name[0] else ()
        return Tag(start, name[0], meanings, frozenset(name[1]), is_whole=True)
    if phrase is None:
        return None
    telling = _telling(phrase[1])
    particle = next((meaning.value for meaning in phrase[1] if meaning.section == PARTICLE), None)
    # What means something else too is a particle only where the sentence ends: "er der nogle røde ik".
    return Tag(start, phrase[0], telling, particle=particle if particle == "trailing" or not telling else None)


def _telling(meanings: Sequence[Meaning]) -> tuple[Meaning, ...]:
    return tuple(meaning for meaning in meanings if meaning.section != PARTICLE)


def _is_everyday(word: Word, book: Phrasebook) -> bool:
    """ "is" in "what is late" is not the department IS."""
    small = word.key in book.particles or word.stem in book.joiners
    return small and len(word.key) <= _SHORT and word.key not in book.unless_named and not word.text.isupper()


def _spelled_phrase_at(
    book: Phrasebook, words: Sequence[Word], stems: Sequence[str], position: int
) -> tuple[int, list[Meaning]] | None:
    """ "siden sidste uge" begins with "siden", since "siden sidst" is not spelled so."""
    phrase = _phrase_at(book, stems, position)
    while phrase and not (meanings := _spelled_so(phrase[1], words[position : phrase[0]])):
        phrase = book.matcher.longest(stems[: phrase[0] - 1], position)
    return (phrase[0], meanings) if phrase else None


def _phrase_at(book: Phrasebook, stems: Sequence[str], position: int) -> tuple[int, list[Meaning]] | None:
    """The longest phrase, cut short where a longer one begins inside it: "har brugt | for mange penge"."""
    phrase = book.matcher.longest(stems, position)
    if phrase is None:
        return None
    for start in range(position + 1, phrase[0]):
        inside = book.matcher.longest(stems, start)
        if inside and inside[0] - start > phrase[0] - position:
            return book.matcher.longest(stems[:start], position)
        # "leder | for tiden" rather than "leder for | tiden"; but "det sidste | år".
        is_time = (
            inside and inside[0] == phrase[0] + 1 and _are_of("when", inside[1]) and not _are_of("until", phrase[1])
        )
        if is_time and (shorter := book.matcher.longest(stems[:start], position)):
            return shorter
    return phrase


def _are_of(section: str, meanings: Sequence[Meaning]) -> bool:
    return any(meaning.section == section for meaning in meanings)


def _spelled_so(meanings: Sequence[Meaning], words: Sequence[Word]) -> list[Meaning]:
    """Pick the phrases that stand there letter for letter, if any do: "meld status" is not "meldt status"."""
    keys, written = {word.key for word in words}, {fold(word.text) for word in words}
    meanings = [meaning for meaning in meanings if _is_spelled(meaning, words)]
    # A status is published by "uændret" alone, so no misspelt word may be taken for it.
    spelled = [meaning for meaning in meanings if meaning.value != "unchanged" or written.issuperset(meaning.keys)]
    exact = [meaning for meaning in spelled if keys.issuperset(meaning.keys)]
    # "bør vi stoppe" is no phase, "brugere" no spending, "samt" not "samtlige"; all their forms stand in the phrases.
    return exact or [meaning for meaning in spelled if meaning.section not in _SPELLED_OUT]


def _is_spelled(meaning: Meaning, words: Sequence[Word]) -> bool:
    """Say whether the other words inside the phrase are small ones, and no real word is taken for one that it is not:
    "side" is not "siden"."""
    stems, inside = meaning.stems, phrasebook().inside
    is_exact = meaning.section in _WORD_FOR_WORD
    is_order = meaning.section == "one" and len(meaning.keys) == 1  # "åbn skærmbesøg", not "hvornår åbner biblioteket"
    return all(
        word.key in meaning.keys
        or (word.stem in stems and not is_order and not (is_exact and is_real_word(word.key)))
        or word.key in inside
        for word in words
    )


def _is_weak(meanings: Sequence[Meaning]) -> bool:
    return all(meaning.section in _WEAK for meaning in meanings)


def _single(words: Sequence[Word], position: int, lexicon: Lexicon) -> Tag:
    """Tag a word that begins no phrase and is no complete name."""
    word, book = words[position], phrasebook()
    is_small = word.key in book.also or (word.key in book.unless_named and not lexicon.knows(word.stem, word.key))
    if is_small or word.date or word.text in ",&":
        return Tag(position, position + 1)
    entities = lexicon.parts.get(word.stem) or lexicon.people_parts.get(word.key) or frozenset()
    # "velfærd" is also said of "velfærdsforløb"; among the few focus areas that is worth asking about.
    # Projects are not found by a beginning: "på plads" is not "Pladsanvisning".
    fields = {"focus_areas"} if entities else {"focus_areas", "org_units"}
    begun = (entity for name_part in beginnings(word.key, lexicon) for entity in lexicon.parts[name_part])
    entities |= {entity for entity in begun if entity.field in fields}
    is_known = bool(entities) or word.is_number or word.key in book.numbers
    return Tag(position, position + 1, entities=entities, is_unknown=not is_known)


def _with_parts_joined(tags: Sequence[Tag], words: Sequence[Word], lexicon: Lexicon) -> list[Tag]:
    """Neighbouring parts of one name as one tag: "sammenhængende velfærdsforløb"."""
    joined: list[Tag] = []
    position = 0
    while position < len(tags):
        tag = tags[position]
        if tag.entities:
            tag, position = _grown(tags, position, words, lexicon)
        elif tag.is_unknown and (whole := _misspelt_before(tags, position, words, lexicon)):
            tag, position = whole, position + 1
        joined.append(tag if tag.is_whole or not _is_never_alone(tag, words) else _nothing(tag))
        position += 1
    return joined


def _is_never_alone(tag: Tag, words: Sequence[Word]) -> bool:
    """ "hele" of "hele kommunen" is not the "Sund hele livet" that it stands in."""
    book, word = phrasebook(), words[tag.start]
    return bool(tag.entities) and tag.is_one_word and (word.key in book.never_alone or word.key in book.numbers)


def _nothing(tag: Tag) -> Tag:
    return replace(tag, entities=frozenset(), is_unknown=not tag.meanings)


def _grown(tags: Sequence[Tag], position: int, words: Sequence[Word], lexicon: Lexicon) -> tuple[Tag, int]:
    """The name with its further words, and the index of its last tag. Small words between them, and weak phrases that
    are of the name too, count along."""
    tag, last = tags[position], position
    entities = tag.entities
    for ahead in range(position + 1, len(tags)):
        shared = frozenset[Entity]() if tag.is_whole else entities & _as_part(tags[ahead], words, lexicon)
        if not shared and tags[ahead].is_unknown:
            shared = _misspelt_part(words[tags[ahead].start], entities, lexicon)
        if shared:
            entities, last = shared, ahead
        elif not _may_stand_between(tags[ahead], words):
            break
    end = tags[last].end
    if tag.is_whole:
        return replace(tag, end=end, entities=entities), last
    return Tag(tag.start, end, entities=entities), last


def _misspelt_before(tags: Sequence[Tag], position: int, words: Sequence[Word], lexicon: Lexicon) -> Tag | None:
    """ "Rike Overgård": the first word of a name is spelled wrong."""
    following = tags[position + 1] if position + 1 < len(tags) else None
    if following is None or not following.entities:
        return None
    shared = _misspelt_part(words[tags[position].start], following.entities, lexicon)
    return Tag(tags[position].start, following.end, entities=shared) if shared else None


def _as_part(tag: Tag, words: Sequence[Word], lexicon: Lexicon) -> frozenset[Entity]:
    word = words[tag.start]
    if tag.is_whole and tag.is_one_word and not tag.meanings:
        return tag.entities
    is_part = not tag.is_whole and tag.is_one_word and _is_weak(tag.meanings)
    if not is_part or word.stem in phrasebook().joiners:
        return frozenset()
    return lexicon.parts.get(word.stem) or lexicon.people_parts.get(word.key) or frozenset()


def _misspelt_part(word: Word, entities: frozenset[Entity], lexicon: Lexicon) -> frozenset[Entity]:
    """ "klima og resurser": beside a word of the name, another may be spelled rather wrong, but for real words."""
    if is_real_word(word.key):
        return frozenset()
    return frozenset(
        entity
        for entity in entities
        if any(OSA.normalized_similarity(word.stem, part) >= _LOOSELY_ALIKE for part in lexicon.stems.get(entity, ()))
    )


def _may_stand_between(tag: Tag, words: Sequence[Word]) -> bool:
    return not tag.meanings and all(word.key in phrasebook().joining for word in words[tag.start : tag.end])
