"""Read one of several options as it is said: "den er gul", "2", "den anden", a part of its label; and yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from dialogs.forms.checking import Unread, options_fault, several_fault
from dialogs.forms.fields import NO, YES, Fault, Field, Option
from dialogs.forms.said.words import group, named_in, spoken, within_filler
from dialogs.values.number_words import number_of_words, place_of_word

Words = tuple[str, ...]
_CLAUSE = re.compile(r"[,.;:]")
_SHORTEST_MENDED = 5
_SHORTEST_PART = 3
_MOST_WORDS = 24


def read_option(field: Field, text: str) -> str:
    """Return the value of the one option that is said. Raises Unread."""
    said = text.strip()
    for option in field.options:
        if said == option.value:
            return option.value
    words = spoken(said)[:_MOST_WORDS]
    options = _options_said(field, words)
    if len(options) == 1:
        return options[0].value
    if options:
        raise Unread(several_fault(field, options), is_near=True)
    raise Unread(options_fault(field), is_near=_begins_with_option(field, said))


def is_exactly(field: Field, text: str) -> bool:
    """Say whether the text is one of the options and nothing else."""
    words = spoken(text)
    return bool(words) and any(words in _phrases(option) for option in field.options)


def read_yes_no(field: Field, text: str) -> str:
    """Return YES or NO. Raises Unread."""
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


def _bare(words: Words) -> Words:
    """Leave out the small words around: "det er en barriere"."""
    first, last = within_filler(words, group("filler", "any"))
    core = words[first:last]
    return core[1:] if len(core) > 1 and core[0] in group("choice", "article") else core


def _begins_with_option(field: Field, said: str) -> bool:
    """ "gul, fordi vi venter": an answer and something else, which must not be lost."""
    clause, *rest = _CLAUSE.split(said, maxsplit=1)
    words = _bare(spoken(clause)[:_MOST_WORDS])
    return bool(rest) and any(words in _phrases(option) for option in field.options)


def _options_said(field: Field, words: Words) -> list[Option]:
    """Return the options that fit by the most certain way of reading that any fits by. Raises Unread where options are
    weighed against each other."""
    options, core = field.options, _bare(words)
    if whole := [option for option in options if {words, core} & _phrases(option)]:
        return whole
    if not core:
        return []
    mentioned = _mentioned(options, core)
    if mentioned and not group("weighing", "words").isdisjoint(core):  # "måske gul" is no answer either
        raise Unread(several_fault(field, mentioned), is_near=True)
    return (
        mentioned
        or _numbered(options, core)
        or [option for option in options if _is_part(core, spoken(option.label))]
        or [option for option in options if len(core) == 1 and _is_near(core[0], option)]
    )


def _phrases(option: Option) -> set[Words]:
    """Return all that says the option: its label, with and without the number before it, its value and other names."""
    label = spoken(option.label)
    short = label[1:] if len(label) > 1 and label[0].isdecimal() else label
    return {phrase for phrase in (label, short, spoken(option.value), *map(spoken, option.also)) if phrase}


def placed(options: Sequence[Option], text: str) -> list[Option]:
    """Return the option whose number or place is said: "2", "nr 2", "den sidste"."""
    return _numbered(options, _bare(spoken(text)[:_MOST_WORDS]))


def _numbered(options: Sequence[Option], words: Words) -> list[Option]:
    """Return the option with the number said: the one that its label begins with, else its place."""
    counted = [word for word in words if word not in group("choice", "number")]
    if len(counted) != 1:
        return []
    if counted[0] in group("choice", "last"):
        return [options[-1]]
    number = _number(counted[0])
    numbered = [option for option in options if spoken(option.label)[:1] and spoken(option.label)[0].isdecimal()]
    if numbered:
        return [option for option in numbered if int(spoken(option.label)[0]) == number]
    return [options[number - 1]] if number and 1 <= number <= len(options) else []


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 3 else None
    spelled = number_of_words(word)
    return int(spelled) if spelled is not None else place_of_word(word)


def _mentioned(options: Sequence[Option], words: Words) -> list[Option]:
    """Return the options said, where the words around them say nothing or weigh them."""
    rest = list(words)
    mentioned = []
    for option in options:
        for phrase in _phrases(option):
            places = [at for at in range(len(words) - len(phrase) + 1) if words[at : at + len(phrase)] == phrase]
            if places:
                mentioned.append(option)
            for at in places:
                rest[at : at + len(phrase)] = [""] * len(phrase)
    known = group("filler", "any") | group("weighing", "words") | {""}
    return list(dict.fromkeys(mentioned)) if all(word in known for word in rest) else []


def _is_part(words: Words, label: Words) -> bool:
    """Say whether every word is one of the label's, and the label's "ikke" is said."""
    denials = group("choice", "denial").intersection(label)
    return all(len(word) >= _SHORTEST_PART and word in label for word in words) and denials <= set(words)


def _is_near(word: str, option: Option) -> bool:
    """Say whether the word is one of the option's misspelt, or written without æ, ø and å."""
    singles = [phrase[0] for phrase in _phrases(option) if len(phrase) == 1]
    return any(
        _loose(word) == _loose(single)
        or (min(len(word), len(single)) >= _SHORTEST_MENDED and OSA.distance(word, single, score_cutoff=1) <= 1)
        for single in singles
    )


def _loose(word: str) -> str:
    return word.replace("oe", "o").replace("ae", "a").replace("aa", "a")
