"""Words that are said to a form instead of an answer, and the small words around answers, from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

from dialogs.forms.fields import Answers, Field, Form, is_shown
from dialogs.values.letters import bare_words, fold

# What a button says instead of one of these words; no value of a field begins like this.
_MARK = "*"
_TO = "*to "
LONGEST_WORD = 60
_APOSTROPHE = re.compile(r"['’´`]")
_SHORTEST_BEGINNING = 4
_LEAST_OF_TITLE = 2
_MOST_TOKENS, _MOST_NAME_TOKENS, _MOST_VERB_TOKENS = 400, 12, 3


class StepWord(StrEnum):
    """YES and CHANGE are said to the summary alone."""

    BACK = "*back"
    SKIP = "*skip"
    CANCEL = "*cancel"
    CARD = "*card"
    MORE = "*more"
    CLEAR = "*clear"
    STEPS = "*steps"
    GO_ON = "*go_on"
    YES = "*yes"
    CHANGE = "*change"


def go_to(field: str) -> str:
    """Return what a button says that leads to the field."""
    return f"{_TO}{field}"


def field_gone_to(value: str) -> str | None:
    return value.removeprefix(_TO) if value.startswith(_TO) else None


def spoken(text: str) -> tuple[str, ...]:
    """The words alone, folded, "it's" as one."""
    return bare_words(_APOSTROPHE.sub("", text))


def word_of(text: str, *, at_summary: bool) -> StepWord | None:
    if len(text) > LONGEST_WORD:
        return None
    said = spoken(text)
    sections = ("summary", "steps") if at_summary else ("steps",)
    for section in sections:
        for name, phrases in _phrases(section).items():
            if said in phrases:
                return StepWord(_MARK + name)
    return StepWord.YES if at_summary and _is_yes(said) else None


def _is_yes(said: tuple[str, ...]) -> bool:
    """ "ja", "gem", "ja, gem den bare" """
    yes = group("yes_no", "yes") | group("done_at_yes", "words")
    return not yes.isdisjoint(said) and yes.union(group("question", "filler")).issuperset(said)


def agrees(text: str) -> bool:
    """A bare yes, which says nothing new of a field."""
    return len(text) <= LONGEST_WORD and spoken(text) in _phrases("agreeing")["words"]


def answers_title(text: str, title: str) -> bool:
    """Say whether it is the yes that a button is called, or the words of that: "ja, aflys mødet", "ja, gør det"."""
    said, called = spoken(text), set(spoken(title))
    if len(text) > LONGEST_WORD or len(said) < _LEAST_OF_TITLE:
        return False
    return set(said) <= called or (agrees(said[0]) and set(said[1:]) <= called | group("question", "filler"))


def named_field(text: str, form: Form, answers: Answers) -> tuple[Field, str, bool] | None:
    """The shown field that is named, what is said after its name, and whether it is told to go there: "ret fremdrift",
    "ret fremdrift til 70"; the whole name alone is enough: "fremdrift 70"."""
    tokens = text.strip(" .,!?;\n").split()[:_MOST_TOKENS]
    verb = _beginning(tokens, "verbs")
    tokens = tokens[verb:]
    shown = [(field, spoken(field.label)) for field in form.fields if is_shown(field, form, answers)]
    for count in range(min(len(tokens), _MOST_NAME_TOKENS), 0, -1):
        said = spoken(" ".join(tokens[:count]))
        whole = [field for field, label in shown if said and said == label]
        named = whole or [field for field, label in shown if verb and _names(said, label)]
        if verb and len(said) == 1 and said[0] in group("unit", "percent"):  # "ret procenten til 70"
            named = [field for field, _ in shown if field.unit == "%" and not field.is_extra]
        if len(named) == 1:
            rest = tokens[count:]
            return named[0], " ".join(rest[_beginning(rest, "between") :]), verb > 0
    return None


def corrected(text: str) -> tuple[str, bool]:
    """Return what stands behind "nej", "hov" and the like, and whether such a word was there."""
    tokens = text.strip(" .,!?;\n").split()[:_MOST_TOKENS]
    denied = _beginning([token.strip(",.!") for token in tokens], "denials")
    return " ".join(tokens[denied:]), denied > 0


def within_filler(words: Sequence[str], *fillers: Collection[str]) -> tuple[int, int]:
    """Return where what tells something begins and ends."""
    first, last = 0, len(words)
    while first < last and any(words[first] in filler for filler in fillers):
        first += 1
    while last > first and any(words[last - 1] in filler for filler in fillers):
        last -= 1
    return first, last


def without_filler(text: str, signs: str, kind: str, *, field: Field | None = None, units: Collection[str] = ()) -> str:
    """Leave out the small words around an answer of that kind, the field's name and `units`. `signs` belong to no
    word."""
    tokens = text.split()
    keys = [fold(token.strip(signs)) for token in tokens]
    name = named_in(keys, field) if field else ()
    first, last = within_filler(keys, group("filler", "any"), group("filler", kind), name, units)
    return " ".join(tokens[first:last])


def named_in(words: Sequence[str], field: Field) -> frozenset[str]:
    """Pick the words that name the field itself."""
    label = spoken(field.label)
    return frozenset(word for word in words if any(_alike(word, part) for part in label))


@cache
def group(section: str, name: str) -> frozenset[str]:
    """A group of single words."""
    return frozenset(" ".join(phrase) for phrase in _phrases(section)[name])


def _names(said: tuple[str, ...], label: tuple[str, ...]) -> bool:
    rest = iter(label)
    return any(len(word) > 2 for word in said) and all(any(_alike(word, part) for part in rest) for word in said)


def _alike(said: str, word: str) -> bool:
    """ "fremdriften" names "Fremdrift"."""
    shortest = min(len(said), len(word))
    return said == word or (shortest >= _SHORTEST_BEGINNING and (said.startswith(word) or word.startswith(said)))


def _beginning(tokens: Sequence[str], name: str) -> int:
    """Count the words of the longest phrase of that group at the beginning."""
    words = tuple(fold(token) for token in tokens[:_MOST_VERB_TOKENS])
    return max((len(phrase) for phrase in _phrases("change")[name] if words[: len(phrase)] == phrase), default=0)


@cache
def _phrases(section: str) -> dict[str, frozenset[tuple[str, ...]]]:
    read = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    return {name: frozenset(spoken(phrase) for phrase in phrases) for name, phrases in read[section].items()}
