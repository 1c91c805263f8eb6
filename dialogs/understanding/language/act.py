"""What a sentence does, by its form: before it is read what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dialogs.turn.readings import SpeechAct
from dialogs.understanding.language.phrasebook import is_small, is_typed, phrase_starts, spelled_phrases
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.letters import Word, key_of

_LONGEST = 5


_ACTS = {act.value: act for act in SpeechAct}


def act_of(sentence: Sentence, is_own: Callable[[Word], bool] = lambda _word: False) -> SpeechAct:
    """Return the act of the sentence. "kan du slå dem fra?" tells, "kan man slå dem fra" wonders, "er de slået fra"
    asks; a condition, a doubt and the past count wherever they stand, but in words that are an order's own: "det var en
    fejl"."""
    begins, inside = sentence.once(_phrases)
    first = begins.act if begins else (SpeechAct.ASKED if _inverts(words_told(sentence)) else None)
    acts = {phrase.act for phrase in inside if not all(map(is_own, phrase.words))} | {first}
    if SpeechAct.WONDERED in acts:
        return SpeechAct.WONDERED
    if any(phrase.act is SpeechAct.ASKED for phrase in inside):
        return SpeechAct.ASKED
    asks = sentence.has("ask", "who", "when", "count", "share")
    is_question = sentence.text.rstrip().endswith("?") or asks
    if first is SpeechAct.ASKED or (is_question and first is not SpeechAct.TOLD):
        return SpeechAct.ASKED
    if asks:
        return SpeechAct.DOUBTED  # "har ferie i hvem uge"
    others = (SpeechAct.DENIED, SpeechAct.DOUBTED, SpeechAct.REPORTED)
    return next((act for act in others if act in acts), SpeechAct.TOLD)


def words_of_act(sentence: Sentence) -> frozenset[int]:
    """Return where in the text the words stand that say what the act is: they say nothing of what it is about."""
    begins, inside = sentence.once(_phrases)
    return frozenset(word.first for phrase in (*inside, *([begins] if begins else ())) for word in phrase.words)


def speaks_of_oneself(sentence: Sentence) -> bool:
    """ "jeg er til møde på torsdag" tells something of one's own; "jeg vil se møderne på torsdag" wants something."""
    spoken = words_told(sentence)
    is_wish = sentence.has("opening") or any(is_small(word, "wishes") for word in spoken[1:3])
    return is_small(spoken[0], "speakers") and not is_wish and act_of(sentence) is not SpeechAct.ASKED


def asks_where(sentence: Sentence) -> bool:
    """ "hvor kan jeg parkere" looks for a place; "hvor kan jeg se de røde" doesn't."""
    first = words_told(sentence)[:3]
    is_sought = len(first) == 3 and all(map(is_small, first, ("where", "seeks", "seekers")))
    return is_sought and not any(map(sentence.has, ("target", "colour", "flag", "phase", "scope", "body")))


@dataclass(frozen=True, slots=True)
class _Phrase:
    act: SpeechAct
    words: Sequence[Word]


def _phrases(sentence: Sentence) -> tuple[_Phrase | None, list[_Phrase]]:
    """Return the longest phrase that it begins with, and those anywhere behind that."""
    spoken = words_told(sentence)
    beginnings, keys = spelled_phrases("act_begins"), _keys(spoken[:_LONGEST])
    length = next((length for length in range(_LONGEST, 0, -1) if keys[:length] in beginnings), 0)
    begins = _Phrase(_ACTS[beginnings[keys[:length]][0]], spoken[:length]) if length else _misspelt(spoken)
    return begins, list(_inside(spoken[length:]))


def _misspelt(spoken: Sequence[Word]) -> _Phrase | None:
    """ "vhordan stopper jeg dem" asks; what tells isn't taken from a misspelt word: "overdrog" is no "overdrag"."""
    act = next(iter(spelled_phrases("act_begins").get((spoken[0].key,), ())), None)
    return _Phrase(_ACTS[act], spoken[:1]) if act and _ACTS[act] is not SpeechAct.TOLD else None


def _inverts(spoken: Sequence[Word]) -> bool:
    """ "holder du ferie"; not "når du holder ferie"."""
    return len(spoken) > 1 and is_small(spoken[1], "subjects") and not is_small(spoken[0], "joins_clauses")


def words_told(sentence: Sentence) -> Sequence[Word]:
    """Return the words behind a greeting and the like."""
    start = 0
    while start < len(sentence) - 1 and _leads_up(sentence, start):
        start += 1
    return sentence.words[sentence.tags[start].start :]


def _leads_up(sentence: Sentence, position: int) -> bool:
    tag, word = sentence.tags[position], sentence.word(position)
    is_small_word = tag.is_one_word and is_small(word, "before_act")
    return is_small_word or tag.has("command", "greeting", "thanks") or word.text == ","


def _inside(spoken: Sequence[Word]) -> Iterator[_Phrase]:
    phrases, beginnings = spelled_phrases("act_says"), phrase_starts("act_says")
    keys = _keys(spoken)
    for first in range(len(spoken)):
        if keys[first] not in beginnings:
            continue
        for last in range(first + 1, min(len(spoken), first + _LONGEST) + 1):
            for value in phrases.get(keys[first:last], ()):
                yield _Phrase(_ACTS[value], spoken[first:last])


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the words as they are written: "overdrog" is no misspelt "overdrag", but "ka" is kan."""
    return tuple(word.key if is_typed(word) else key_of(word.text) for word in words)
