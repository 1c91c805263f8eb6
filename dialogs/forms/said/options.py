"""One of several options as it is said: "den er gul", "2", "den anden", a part of its label; and yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from dialogs.forms.checking import options_fault, several_fault
from dialogs.forms.fields import NO, YES, Fault, Field, Option
from dialogs.forms.said.unread import Unread
from dialogs.forms.said.words import group, named_in, spoken, within_filler
from dialogs.values.number_words import number_of_words, place_of_word

Words = tuple[str, ...]
_CLAUSE = re.compile(r"[,.;:]")
_SHORTEST_MENDED = 5
_SHORTEST_PART = 3
_MOST_WORDS = 24


def read_option(field: Field, text: str) -> str:
    """The value of the one option that is said. Raises Unread."""
    said = text.strip()
    for option in field.options:
        if said == option.value:
            return option.value
    words = spoken(said)[:_MOST_WORDS]
    told = _told(words)
    for found in _readings(field, words, told):
        if len(found) == 1:
            return found[0].value
        if found:
            raise Unread(several_fault(field, found), is_near=True)
    raise Unread(options_fault(field), is_near=_begins_with_one(field, said))


def is_exactly(field: Field, text: str) -> bool:
    """Whether the text is one of the options and nothing else."""
    words = spoken(text)
    return bool(words) and any(words in _phrases(option) for option in field.options)


def read_yes_no(field: Field, text: str) -> str:
    """Raises Unread."""
    words = spoken(text)
    if words in (("1",), ("2",)):
        return YES if words == ("1",) else NO
    says = {name: not group("yes_no", name).isdisjoint(words) for name in ("yes", "no", "agrees", "denies")}
    known = group("filler", "any").union(named_in(words, field), *(group("yes_no", name) for name in (*says, "filler")))
    if all(word in known for word in words):
        if says["yes"] and (says["no"] or says["denies"]):
            raise Unread(Fault(field.name, "yes_no", {}), is_near=True)
        if says["no"] or says["denies"]:
            return NO  # "den er ikke nået" says so
        if says["yes"] or says["agrees"]:
            return YES
    raise Unread(Fault(field.name, "yes_no", {}))


def _told(words: Words) -> Words:
    """Without the small words around: "det er en barriere"."""
    first, last = within_filler(words, group("filler", "any"))
    told = words[first:last]
    return told[1:] if len(told) > 1 and told[0] in group("choice", "article") else told


def _begins_with_one(field: Field, said: str) -> bool:
    """ "gul, fordi vi venter": an answer and something else, which must not be lost."""
    clause, *rest = _CLAUSE.split(said, maxsplit=1)
    told = _told(spoken(clause)[:_MOST_WORDS])
    return bool(rest) and any(told in _phrases(option) for option in field.options)


def _readings(field: Field, words: Words, told: Words) -> Iterable[list[Option]]:
    """What fits, the most certain way of reading first. Raises Unread where options are weighed against each other."""
    options = field.options
    yield [one for one in options if {words, told} & _phrases(one)]
    if told:
        mentioned = _mentioned(options, told)
        if mentioned and not group("weighing", "words").isdisjoint(told):  # "måske gul" is no answer either
            raise Unread(several_fault(field, mentioned), is_near=True)
        yield mentioned
        yield _placed(options, told)
        yield [one for one in options if _is_part(told, spoken(one.label))]
        yield [one for one in options if len(told) == 1 and _is_near(told[0], one)]


def _phrases(option: Option) -> set[Words]:
    """All that says it: its label, also without the number that it begins with, its value, and its other names."""
    label = spoken(option.label)
    short = label[1:] if len(label) > 1 and label[0].isdecimal() else label
    return {phrase for phrase in (label, short, spoken(option.value), *map(spoken, option.also)) if phrase}


def _placed(options: Sequence[Option], told: Words) -> list[Option]:
    """By its number: the one that it begins with, else its place."""
    counted = [word for word in told if word not in group("choice", "number")]
    if len(counted) != 1:
        return []
    if counted[0] in group("choice", "last"):
        return [options[-1]]
    number = _number(counted[0])
    numbered = [one for one in options if spoken(one.label)[:1] and spoken(one.label)[0].isdecimal()]
    if numbered:
        return [one for one in numbered if int(spoken(one.label)[0]) == number]
    return [options[number - 1]] if number and 1 <= number <= len(options) else []


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 3 else None
    spelled = number_of_words(word)
    return int(spelled) if spelled is not None else place_of_word(word)


def _mentioned(options: Sequence[Option], told: Words) -> list[Option]:
    """Those said, where the words around them say nothing or weigh them."""
    rest = list(told)
    found = []
    for one in options:
        for phrase in _phrases(one):
            places = [at for at in range(len(told) - len(phrase) + 1) if told[at : at + len(phrase)] == phrase]
            if places:
                found.append(one)
            for at in places:
                rest[at : at + len(phrase)] = [""] * len(phrase)
    known = group("filler", "any") | group("weighing", "words") | {""}
    return list(dict.fromkeys(found)) if all(word in known for word in rest) else []


def _is_part(told: Words, label: Words) -> bool:
    """Every word is one of the label's, and the label's "ikke" is said."""
    denials = group("choice", "denial").intersection(label)
    return all(len(word) >= _SHORTEST_PART and word in label for word in told) and denials <= set(told)


def _is_near(word: str, option: Option) -> bool:
    """Misspelt, or written without æ, ø and å."""
    singles = [phrase[0] for phrase in _phrases(option) if len(phrase) == 1]
    return any(
        _loose(word) == _loose(one)
        or (min(len(word), len(one)) >= _SHORTEST_MENDED and OSA.distance(word, one, score_cutoff=1) <= 1)
        for one in singles
    )


def _loose(word: str) -> str:
    return word.replace("oe", "o").replace("ae", "a").replace("aa", "a")
