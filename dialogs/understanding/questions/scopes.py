"""Read what "mine", "mit fagområde" and "mine medarbejderes" stand for, and whether closed projects come along."""

from __future__ import annotations

from itertools import takewhile

from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import LINKS, Sentence
from portfolio.organisation import Person
from portfolio.questions.answers import Vocabulary

_OF = frozenset({"af", "of"})
_ONESELF = frozenset({"jeg", "a", "selv", "i"})


def own_filters(scope: str, asker: Person | None, vocabulary: Vocabulary) -> tuple[str, list[str]] | None:
    """The filter and its values; None when it isn't known who asks, or they have no department or employees."""
    if asker is None:
        return None
    match scope:
        case "mine":
            return "lead", [asker.id]
        case "owned_by_me":
            return "owner", [asker.id]
        case "my_unit" | "our_unit" if asker.unit:
            return "org_units", [asker.unit]
        case "my_people":
            people: list[str] = [person.id for person in vocabulary.people if person.manager == asker.id]
            return ("lead", people) if people else None
        case _:
            return None


def is_owned(sentence: Sentence, position: int) -> bool:
    """ "hvor står jeg selv som projektejer": in the part that is said, where nobody else could have it."""
    tag = sentence.tags[position]
    is_oneself = any(word.key in _ONESELF for word in sentence.words[tag.start : tag.end])
    is_else = sentence.has("ask", "who") or any(one.names("lead") or one.names("owner") for one in sentence.tags)
    return is_oneself and sentence.has("role", "owner") and not (is_else or sentence.has("role", "lead"))


def is_everybodys(sentence: Sentence, position: int) -> bool:
    """ "hvor mange af vores projekter", "vores projekter i hele kommunen": the municipality's, whoever asks."""
    before = sentence.last_word(position - 1).key if position else ""
    return before in _OF or sentence.says_small("everybodys")


def closed_come_along(sentence: Sentence, position: int) -> bool:
    """ "også dem der er stoppet", "aktive og afsluttede": the closed ones too, not only."""
    small_words = [sentence.word(at).key for at in takewhile(sentence.is_plain, range(position - 1, -1, -1))]
    telling = sentence.tag(position - 1 - len(small_words))
    if small_words and small_words[0] in LINKS and telling.has("scope", "open"):
        return True
    after = sentence.word(position + 1).key if position + 2 == len(sentence) else ""
    return not phrasebook().also.isdisjoint(small_words) or after in {"med", "medregnet", "included", "too"}
