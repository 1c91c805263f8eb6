"""What projects lack: "uden projektleder", "mangler et budget eller en slutdato"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.understanding.language.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Lack:
    """The names of what is lacking, by their places; `end` is the index after them. `no_status`: a new status is."""

    names: Mapping[int, str]
    end: int
    no_status: bool = False


def lack_at(sentence: Sentence, position: int) -> Lack | None:
    """Read the lack that begins at the tag; but not "uden projektleder Lars", "uden verdensmål 16"."""
    if not sentence.tags[position].has("lack"):
        return None
    at = sentence.next_telling(position + 1)
    if sentence.tag(at).has("flag", "reported"):
        return Lack({}, at + 1, no_status=True)
    name = sentence.tag(at).value("attribute")
    counts = at + 1 < len(sentence) and sentence.word(at + 1).is_number
    if name is None or counts or sentence.tag(at + 1).entities:
        return None
    second = sentence.next_telling(at + 2)
    other = sentence.tag(second).value("attribute") if sentence.is_link(at + 1) else None
    return Lack({at: name}, at + 1) if other is None else Lack({at: name, second: other}, second + 1)
