"""What can be made of a message that isn't understood as a whole: the parts that are known, and names that look like
those that aren't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dialogs.turn.readings import Grasped, Unclear
from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.real_words import is_real_word
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.tags import Tag
from dialogs.understanding.orders.cues import cues_in, groups_called
from dialogs.values.letters import fold, words_of

_MOST = 4
_MOST_NEAR = 2
# A name that looks like a word is offered where most of it is the same; short words look like anything.
_UNLIKE = 0.3
_SHORTEST = 5
_WORD = "word_"
# Said of nearly everything, so that asking for them tells little.
_COMMON = frozenset({"project", "status", "portfolio"})


def with_parts(unclear: Unclear, text: str, lexicon: Lexicon, today: date) -> Unclear:
    """Add what can be made of the text."""
    sentence = sentence_of(text, lexicon, today)
    if sentence is None:
        return unclear
    grasped = tuple(dict.fromkeys(_grasped(sentence)))[:_MOST]
    near = tuple(one for one in _near(unclear.words, lexicon) if one not in grasped)
    return replace(unclear, grasped=grasped, near=near[:_MOST_NEAR])


def _grasped(sentence: Sentence) -> Iterator[Grasped]:
    for position, tag in enumerate(sentence.tags):
        words = sentence.written(position)
        if name := _name(tag, sentence.lexicon):
            yield Grasped(name.field, name.value, words)
        elif _is_mended(sentence, tag):
            continue
        elif colour := tag.value("colour"):
            yield Grasped("overall", colour, words)
        elif flag := tag.value("flag"):
            yield Grasped("flag", flag, words)
        elif tag.has("ask", "count"):
            yield Grasped("ask", "count", words)
    yield from _words(sentence)


def _is_mended(sentence: Sentence, tag: Tag) -> bool:
    """ "liter" may be a misspelt "late", but nobody said so."""
    return any(fold(word.text) != word.key for word in sentence.words[tag.start : tag.end])


def _name(tag: Tag, lexicon: Lexicon) -> Entity | None:
    """The only thing that the tag names, whole or in part: "styregruppen" where there is one."""
    bodies = lexicon.bodies_of(tag.value("body")) if tag.has("body") else []
    named = tag.entities | {Entity("bodies", name) for name in bodies}
    return next(iter(named)) if len(named) == 1 else None


def _words(sentence: Sentence) -> Iterator[Grasped]:
    """The portfolio's own words that are explained."""
    spans = cues_in(sentence).spans
    for group in sorted(groups_called(_WORD) & spans.keys()):
        first, last = spans[group][0]
        if group.removeprefix(_WORD) not in _COMMON:
            yield Grasped("word", group.removeprefix(_WORD), sentence.text[first:last])


def _near(unknown: Sequence[str], lexicon: Lexicon) -> Iterator[Grasped]:
    """Names with a word that looks like one of the unknown ones, most alike first; real words are like none."""
    for word in (word for words in unknown for word in words_of(words)):
        if len(word.key) < _SHORTEST or is_real_word(word.key):
            continue
        found = sorted(lexicon.near.near(word.key, int(_UNLIKE * len(word.key))), key=lambda pair: pair[1])
        for spelled, _ in found[:_MOST_NEAR]:
            yield from _named_by(lexicon.parts.get(lexicon.spellings[spelled], frozenset()), word.text)


def _named_by(entities: Iterable[Entity], words: str) -> Iterator[Grasped]:
    in_order = sorted(entities, key=lambda entity: (entity.field, entity.value))
    return (Grasped(entity.field, entity.value, words) for entity in in_order[:_MOST_NEAR])
