"""The words that projects are to mention: "der handler om robotter"."""

from __future__ import annotations

from dialogs.understanding.language.sentence import Sentence


def text_at(sentence: Sentence, position: int) -> tuple[str | None, int] | None:
    """Return the words from the tag to the end of the text, or to the next thing we understand, and the index after
    them; None where no such words begin there."""
    if not sentence.tags[position].has("text") or sentence.tags[position].has("text", "end"):
        return None
    first = sentence.next_telling(position + 1)
    is_literal = sentence.tags[position].has("text", "word")
    end = first + 1 if is_literal and first < len(sentence) else first
    while end < len(sentence) and _may_be_text(sentence, end):
        end += 1
    while end > first and sentence.is_plain(end - 1):
        end -= 1
    if end == first:
        return None, position + 1
    return sentence.written(first, end) if is_literal else sentence.uninflected(first, end), end


def _may_be_text(sentence: Sentence, position: int) -> bool:
    tag = sentence.tags[position]
    may_be = tag.is_unknown or tag.names_only("projects") or sentence.is_plain(position)
    return may_be and not tag.is_whole
