"""A text into a sentence: words, mended and tagged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.understanding.language.lexicon import Lexicon, exact_stem, spelled_exactly
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.places import in_place
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.spelling import Speller
from dialogs.understanding.language.tags import tag_words
from dialogs.understanding.language.times import with_dates, with_months
from dialogs.values.letters import Word, words_of

MOST_WORDS = 120


def sentence_of(text: str, lexicon: Lexicon, today: date) -> Sentence | None:
    """Take the text apart; None for nothing, and for far too much."""
    words = words_of(text)
    if not 0 < len(words) <= MOST_WORDS:
        return None
    if mended := with_months(words, text):
        text, words = mended, words_of(mended)
    words = Speller(lexicon).mend(with_dates(_with_exact_names(words, text, lexicon), text, today, lexicon))
    return Sentence.of(text, words, in_place(tag_words(words, lexicon), words, text), lexicon, today)


def _with_exact_names(words: Sequence[Word], text: str, lexicon: Lexicon) -> list[Word]:
    """Make one word of each name with digits that stands there letter for letter: "2025-Q1-07" is no quarter."""
    result: list[Word] = []
    position = 0
    while position < len(words):
        end = _exact_name_at(words, position, text, lexicon)
        word = words[position]
        if end is None:
            result.append(word)
        else:
            written = text[word.first : words[end - 1].last]
            key, stem = spelled_exactly(written), exact_stem(written)
            result.append(word._replace(text=written, key=key, stem=stem, last=words[end - 1].last, is_name=True))
        position = end or position + 1
    return result


def _exact_name_at(words: Sequence[Word], position: int, text: str, lexicon: Lexicon) -> int | None:
    """Return the end of the longest one that begins there. A bare number is one only behind "projekt" or "nr.", or
    alone."""
    first = words[position]
    longest = lexicon.exact_starts.get(first.key, 0)
    for end in range(min(len(words), position + longest), position, -1):
        last = words[end - 1].last
        written = text[first.first : last]
        if spelled_exactly(written) not in lexicon.exact or _goes_on(text, first.first - 1) or _goes_on(text, last):
            continue
        is_called_so = len(words) == 1 or (
            position > 0 and words[position - 1].key in phrasebook().small["before_numbers"]
        )
        if not written.isdigit() or is_called_so:
            return end
    return None


def _goes_on(text: str, at: int) -> bool:
    """Say whether the letter is part of what stands beside it: the "-" of "1945-2"."""
    if not 0 <= at < len(text) or text[at] not in "-_/":
        return at >= 0 and at < len(text) and text[at].isalnum()
    beside = text[max(0, at - 1) : at + 2]
    return len(beside) == 3 and beside[0].isalnum() and beside[2].isalnum()


def says_something(clause: str, lexicon: Lexicon, today: date) -> bool:
    """Names, colours, flags or kinds: what would narrow a question for projects."""
    sentence = sentence_of(clause, lexicon, today)
    narrows = ("colour", "flag", "kind", "phase", "except", "compare")
    return sentence is not None and any(
        any(entity.field != "bodies" for entity in tag.entities) or any(tag.has(section) for section in narrows)
        for tag in sentence.tags
    )
