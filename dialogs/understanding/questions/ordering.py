"""Order and number of hits in a message: "de fem dyreste", "top 10", "sorteret efter slutdato"."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.understanding.language.numbers import count_at
from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.language.sentence import Sentence
from portfolio.questions.question import Sort

_NEAR = 3
_FIRST = frozenset({"foerst", "oeverst", "first"})


def sort_at(sentence: Sentence, position: int) -> Sort | None:
    """ "dyreste", "sorteret efter budget"; and "efter prioritet", "by spend", an order without the word "sorteret"."""
    tag = sentence.tags[position]
    if value := tag.value("sort"):
        return _sort(value)
    near: Iterable[int] = ()
    if tag.has("sortby"):
        near = range(position + 1, min(len(sentence), position + 1 + _NEAR))
    elif sentence.word(position).key in {"efter", "by"}:
        near = (sentence.next_telling(position + 1),)
    for at in near:
        if value := sentence.tag(at).value("sortword") or sentence.tag(at).value("sort"):
            sort, way = _sort(value), sentence.value("direction")
            return Sort(sort.field, descending=way == "down") if way else sort
    return None


def is_of_one(sentence: Sentence, position: int) -> bool:
    """ "det dyreste", "the dearest one", "the dearer"; but not "det dyreste først"."""
    tag = sentence.tags[position]
    orders = any(word.key in _FIRST for word in sentence.words[tag.start : tag.end])
    before, after = sentence.words[: tag.start][-1:], sentence.words[tag.end :][:1]
    compares = any(is_small(word, "of_two") for word in sentence.words[tag.start : tag.end])
    is_beside = any(is_small(word, "one_before") for word in before) or any(
        is_small(word, "one_after") for word in after
    )
    return (compares or is_beside) and not (orders or sentence.has("sortby"))


def _sort(value: str) -> Sort:
    return Sort(value.removeprefix("-"), descending=value.startswith("-"))


def limit_at(sentence: Sentence, position: int) -> tuple[int | None, int] | None:
    """The limit that begins at the tag, and the index after it; a lone "en" is read away without limiting."""
    start = position + 1 if sentence.tags[position].has("limit", "top") else position
    counted = count_at(sentence, start)
    if counted is None or counted[0] == 0:
        return None
    number, end = counted
    is_digit = sentence.word(start).is_number
    following = sentence.tag(sentence.next_telling(end))
    sorts = any(tag.has("sort") for tag in sentence.tags[end:]) and not following.has("length")
    if start > position or ((sorts or following.has("target")) and (is_digit or number > 1)):
        return number, end
    return None if is_digit or number > 1 else (None, end)
