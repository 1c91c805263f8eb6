"""What projects lack: "uden projektleder", "mangler et budget eller en slutdato"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import time_at
from portfolio.dates import Unit


@dataclass(frozen=True, slots=True)
class Lack:
    """The names of what is lacking, by their places, or of what isn't, where it `is_held`; `end` is the index after
    them. `no_status`: a new status is lacking."""

    names: Mapping[int, str]
    end: int
    no_status: bool = False
    is_held: bool = False


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


def held_at(sentence: Sentence, position: int) -> Lack | None:
    """Read what projects have that others lack, where nothing more is said of it: "med en projektleder"."""
    if not (sentence.tags[position].is_one_word and is_small(sentence.word(position), "holding")):
        return None
    at = sentence.next_telling(position + 1)
    name = sentence.tag(at).value("attribute")
    is_all = at + 1 == len(sentence) and all(is_small(sentence.word(p), "some") for p in range(position + 1, at))
    is_listed = sentence.has("target", "projects") or not sentence.has("target")
    is_held = name and is_all and is_listed and not sentence.tag(at).entities
    return Lack({at: name}, at + 1, is_held=True) if name and is_held else None


def owed_to(sentence: Sentence, position: int) -> int | None:
    """Return the end of "inden næste projektboard", "til styregruppemødet på torsdag", where a status is lacking: what
    is owed to the meeting is what is lacking now."""
    is_lacking = sentence.has("flag", "missing_status") and not sentence.has("part")
    if not (is_lacking and sentence.tags[position].has("until", "before", "by")):
        return None
    at = sentence.next_telling(position + 1)
    at = sentence.next_telling(at + 1) if sentence.tag(at).has("until", "within") else at
    end = None
    if not (sentence.tag(at).has("body") or sentence.tag(at).entities or sentence.tag(at).has("target")):
        time = time_at(sentence, position)  # "til i morgen"
        return time.end if time and time.last and time.last >= sentence.today else None
    while (
        sentence.tag(at).has("body") or sentence.tag(at).names("bodies") or sentence.tag(at).has("target", "meetings")
    ):
        end, at = at + 1, sentence.next_telling(at + 1)
    if end is not None and at < len(sentence) and (time := time_at(sentence, at)) and time.unit is Unit.DAY:
        end = time.end
    return end
