"""A text into a sentence: words, mended and tagged."""

from __future__ import annotations

from datetime import date

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.spelling import Speller
from dialogs.understanding.language.tags import tag_words
from dialogs.understanding.language.times import with_dates
from dialogs.values.letters import words_of

MOST_WORDS = 120


def sentence_of(text: str, lexicon: Lexicon, today: date) -> Sentence | None:
    """Take the text apart; None for nothing, and for far too much."""
    words = words_of(text)
    if not 0 < len(words) <= MOST_WORDS:
        return None
    words = Speller(lexicon).mend(with_dates(words, text, today, lexicon))
    return Sentence.of(text, words, tag_words(words, lexicon), lexicon, today)


def says_something(clause: str, lexicon: Lexicon, today: date) -> bool:
    """Names, colours, flags or kinds: what would narrow a question for projects."""
    sentence = sentence_of(clause, lexicon, today)
    narrows = ("colour", "flag", "kind", "phase", "except", "compare")
    return sentence is not None and any(
        any(entity.field != "bodies" for entity in tag.entities) or any(tag.has(section) for section in narrows)
        for tag in sentence.tags
    )
