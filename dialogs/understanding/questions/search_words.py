"""Words that are searched for in texts: "der handler om robotter"."""

from __future__ import annotations

from dialogs.understanding.language.sentence import Sentence
from dialogs.values.letters import fold


def search_text(sentence: Sentence, first: int, end: int, *, is_literal: bool) -> str:
    """The words of the tags as written, the last one without its inflection unless `is_literal`: "robotterne" finds
    "robotter" too."""
    last = sentence.last_word(end - 1)
    start, written = sentence.word(first).first, sentence.text[last.first : last.last]
    if is_literal:
        return sentence.text[start : last.last]
    bare = next((written[:length] for length in range(1, len(written)) if fold(written[:length]) == last.stem), written)
    return sentence.text[start : last.first] + bare
