"""Takes people's own words out of an order: why, and which milestone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.phrasebook import is_small, phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.tags import Tag
from dialogs.understanding.language.times import time_at
from dialogs.understanding.orders.cues import cues_in
from dialogs.values.letters import Word, words_of

# What may divide an order from its reason.
_BREAK = re.compile(r"[,;:](?=\s)|\s[-–—](?=\s)|(?<!\d)[.](?=\s+\S)")
_QUOTED = re.compile(r"[»\"“”'«](.+?)[«\"“”'»]")
_AROUND = " \t\n,;:.-–—"


def reason_in(sentence: Sentence) -> tuple[str | None, str]:
    """ "…, fordi leverandøren trak sig", "…: leverandøren trak sig" """
    text = sentence.text
    breaks = [(mark.start(), mark.end()) for mark in _BREAK.finditer(text)]
    connectives = _connectives(text)
    for first, last in sorted([*connectives, *breaks]):
        behind = text[last:].strip(_AROUND)
        reason = behind[_connective(behind) :].strip(_AROUND)
        is_said = reason != behind or (first, last) in connectives
        is_whole = bool(reason) and not sentence.lexicon.is_inside_name(text, first, last)
        if is_whole and len(words_of(text[:first])) > 1 and (is_said or _tells_why(reason, sentence)):
            return reason, text[:first]
    return None, text


def _connectives(text: str) -> list[tuple[int, int]]:
    """The places of "fordi" and the like."""
    words = words_of(text)
    spans = (_phrase_at(words, at, "reason_begins") for at in range(1, len(words)))
    return [(words[at].first, words[end - 1].last) for at, end in enumerate(spans, 1) if end]


def _connective(reason: str) -> int:
    """Return how long the "fordi" is that the reason begins with."""
    words = words_of(reason)
    end = _phrase_at(words, 0, "reason_begins") if words else None
    return words[end - 1].last if end else 0


def _phrase_at(words: Sequence[Word], at: int, group: str) -> int | None:
    """The end of the longest phrase of the group that begins there."""
    phrases = (phrase.split() for phrase in phrasebook().small[group])
    ends = [at + len(keys) for keys in phrases if [word.key for word in words[at : at + len(keys)]] == keys]
    return max(ends, default=None)


def _tells_why(reason: str, sentence: Sentence) -> bool:
    """Say whether it is more than "tak", or the day in "til den 1. marts"."""
    said = sentence_of(reason, sentence.lexicon, sentence.today)
    if said is None or _is_day(said):
        return False
    return not all(said.is_plain(at) or _is_courtesy(said, at) for at in range(len(said)))


def _is_day(said: Sentence) -> bool:
    """Say whether it is a time and nothing else."""
    at = said.next_telling(0)
    time = time_at(said, at) if at < len(said) else None
    return time is not None and said.next_telling(time.end) == len(said)


def _is_courtesy(said: Sentence, at: int) -> bool:
    return said.tags[at].has("command", "thanks", "greeting")


def milestone_in(sentence: Sentence) -> tuple[str | None, str]:
    """ "milepælen udbud er nået", "milepælen »Udbud sendt« på skærmbesøg", "flyt udbud til 1. marts": the words that
    name it."""
    text, words = sentence.text, sentence.words
    small = phrasebook().small
    at = next((at for at, word in enumerate(words) if word.key in small["milestone"]), None)
    if at is None and (moved := moved_in(sentence)):
        first, last = moved
        return text[first:last], _blanked(text, first, last)
    if at is None or at + 1 == len(words):
        return None, text
    start = words[at].last
    if quoted := _QUOTED.match(text[start:].lstrip()):
        start = text.index(quoted[0], start)
        return quoted[1], _blanked(text, start, start + len(quoted[0]))
    behind_colon = [word for word in words if word.first > text.find(":", start) > 0]
    named = _named(words[at + 1 :], sentence) or _named(behind_colon, sentence)
    if not named:
        return None, text
    first, last = named[0].first, named[-1].last
    return text[first:last], _blanked(text, first, last)


def moved_in(sentence: Sentence) -> tuple[int, int] | None:
    """The place in the text of what is moved, where that is known by no other name: "flyt udbud sendt til 1. marts"."""
    cues, words = cues_in(sentence), sentence.words
    at = next((at for at in range(len(sentence)) if not sentence.is_plain(at)), None)
    verb = words[sentence.tags[at].start] if at is not None else None
    if verb is None or not cues.begins(verb, "move", "postpone"):
        return None
    named = _named([word for word in words if word.first > verb.first], sentence)
    tags = [tag for tag in sentence.tags if named and named[0].first <= words[tag.start].first <= named[-1].last]
    behind = [tag for tag in sentence.tags if named and words[tag.start].first > named[-1].last]
    if any(tag.names("projects") for tag in behind):
        is_new = any(tag.is_unknown or tag.entities for tag in tags)  # "flyt udbud på skærmbesøg til 1. marts"
    else:
        while tags and tags[0].names("projects"):
            tags = tags[1:]  # "flyt skærmbesøgs udbud til 1. marts"
        is_new = any(tag.is_unknown for tag in tags) and not any(tag.names("projects") for tag in tags)
    return (words[tags[0].start].first, named[-1].last) if is_new else None


def _named(words: Sequence[Word], sentence: Sentence) -> list[Word]:
    """The words before one that ends a name: "åbning for forældre" goes on where no project or day is behind it."""
    end = (at for at in range(len(words)) if _ends_name(words, at, sentence))
    return list(words[: next(end, len(words))])


def _ends_name(words: Sequence[Word], at: int, sentence: Sentence) -> bool:
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if word.date or word.text == ",":
        return True
    if not is_small(word, "milestone_ends"):
        return False
    if after is None or after.date or not is_small(word, "milestone_joins"):
        return True
    return any(sentence.words[tag.start] == after and _is_there(tag) for tag in sentence.tags)


def _is_there(tag: Tag) -> bool:
    return tag.names("projects") or tag.has("hint", "projects") or tag.has("when")


def _blanked(text: str, first: int, last: int) -> str:
    return text[:first] + " " * (last - first) + text[last:]
