"""The words with which a message leads up to what it is about: "jeg ville sætte pris på en oversigt over …", "ja det er
Mette her"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, dropwhile, islice

from dialogs.understanding.language.phrasebook import is_small, phrasebook, spelled_phrases
from dialogs.values.letters import Word, each_word

# A greeting; someone who may, will or wants to, and what they may or want; or a verb that orders it; a list of it; and
# "om" or "at". A letter for each class of word in `[lead_in]`.
_LEAD_IN = re.compile(r"g*(?:(?:[mspg]*[ms][mspg]*[vil]|p*v)(?:[pg]*[vio])*)?(?:p*[as]?j*lf?)?[kg]*")
_LETTERS = {
    "greets": "g",
    "may": "m",
    "somebody": "s",
    "softens": "p",
    "show": "v",
    "to_show": "i",
    "to_somebody": "o",
    "article": "a",
    "describes": "j",
    "list": "l",
    "of": "f",
    "links": "k",
}
_LONGEST = 5
_LONGEST_REQUEST = 8
_MOST_WORDS = 24


def without_lead_in(text: str) -> str | None:
    """Return what is led up to; None where nothing leads up, or to nothing."""
    words = list(islice(each_word(text), _MOST_WORDS))
    classes = list(_classes(words))
    letters = "".join(letter for letter, _ in classes)
    match = _LEAD_IN.match(letters)
    end = classes[match.end() - 1][1] if match and match.end() else 0
    return text[words[end].first :] if 0 < end < len(words) else None


def without_request(text: str) -> str | None:
    """Return what somebody is politely asked to do: "må jeg bede dig om at …"; None where nobody is."""
    words, phrases = list(islice(each_word(text), _LONGEST_REQUEST + 1)), spelled_phrases("lead_request")
    keys = [word.key for word in words[:_LONGEST_REQUEST]]
    ends = (end for end in range(len(keys), 1, -1) if tuple(keys[:end]) in phrases)
    end = next(ends, len(words))
    return text[words[end].first :] if end < len(words) else None


def without_introduction(text: str, name: str) -> str:
    """Remove "ja, det er Mette her" of the one who is called so, and a greeting before it."""
    here = _introduced(text, {word.key for word in each_word(name)})
    rest = text[here.last :].lstrip(" ,.:;-–") if here else ""
    return rest if next(each_word(rest), None) else text


def introduces(text: str, names: Collection[str]) -> bool:
    """Say whether it begins as somebody does who is called by one of these names."""
    return _introduced(text, names) is not None


def _introduced(text: str, names: Collection[str]) -> Word | None:
    """Return the "her" behind the name."""
    told = dropwhile(lambda word: is_small(word, "before_act"), each_word(text))
    first = list(islice(told, 2))
    is_announced = [word.key for word in first] in (["det", "er"], ["this", "is"])
    words = told if is_announced else chain(first, told)
    word, is_named = next(words, None), False
    while word and word.key in names:
        word, is_named = next(words, None), True
    return word if word and is_named and is_small(word, "is_here") else None


def _classes(words: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """Yield the class of each word or phrase from the beginning, and the index after it, as long as they have one."""
    phrases = spelled_phrases("lead_in")
    position = 0
    while position < len(words):
        ends = range(min(len(words), position + _LONGEST), position, -1)
        fitting = ((end, phrases.get(_keys(words[position:end]))) for end in ends)
        end, groups = next(((end, groups) for end, groups in fitting if groups), (0, ()))
        if not groups:
            return
        yield next(_LETTERS[group] for group in _LETTERS if group in groups), end
        position = end


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the words' spellings, as they are meant: "ka du" is "kan du"."""
    typed = phrasebook().typed
    return tuple(key for word in words for key in typed.get(word.key, (word.key,)))
