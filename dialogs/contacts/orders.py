"""How people ask where a colleague can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dialogs.turn.orders import Effect, PeopleOrder
from dialogs.understanding.language.act import words_told
from dialogs.understanding.language.phrasebook import is_small, phrasebook
from dialogs.understanding.orders.grammar import BESIDE, PEOPLE, Grammar, Meanings, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class FindContact(PeopleOrder):
    """Tell where somebody can be reached: the `people`, or those who lead or, with `of_owner`, own the projects.
    `phone`: it is the number that is wanted."""

    command: ClassVar[str] = "contact"
    effect: ClassVar[Effect] = Effect.SHOWS
    of_owner: bool = False
    phone: bool = False


_ASKED = frozenset({"mail_word", "phone_word", "reaches"})
_REACHES = frozenset({"reaches"})
_WORDS = _ASKED | frozenset({"which", "everything", "shows", "sends", "mine"})
_BESIDE: Meanings = BESIDE | {"ask", "role", ("one", "status"), ("hint", "projects"), ("command", "hand_over")}


def _tells_contact(told: Told) -> bool:
    """ "hvad er mailen til Line", "hvordan får jeg fat i Jonas", "mailen til projektlederen på skærmbesøg"."""
    sentence, cues = told.sentence, told.cues
    if not _asks_for_it(told) or sentence.has("body") or is_small(words_told(sentence)[0], "puts_in"):
        return False
    if sentence.has("ask", "count") and not cues.has("phone_word"):
        return False
    if cues.has("remind"):  # "husk mig på at ringe til Line"
        return False
    if cues.has("sends") and not sentence.says_small("me"):
        return False
    is_of_project = sentence.has("role", "lead", "owner") and _names(told, "projects")
    return _names(told, "lead") or is_of_project or _is_own(told) or _names_stranger(told)


def _asks_for_it(told: Told) -> bool:
    """Say whether a mail or the like is spoken of by itself, rather than within a title: "Sikker mail og samtykke"."""
    named = [tag for tag in told.sentence.tags if tag.entities and not tag.is_one_word]
    spans = [(told.sentence.words[tag.start].first, told.sentence.words[tag.end - 1].last) for tag in named]
    said = [span for group in _ASKED for span in told.cues.spans.get(group, ())]
    return any(not any(first <= begins and ends <= last for first, last in spans) for begins, ends in said)


def _names(told: Told, field: str) -> bool:
    """Say whether it names one, beside the words that tell what is asked: "mailen" is part of a project's title."""
    words = told.sentence.words
    tags = (tag for tag in told.sentence.tags if tag.names(field))
    return any(not all(told.cues.covers(word, _ASKED) for word in words[tag.start : tag.end]) for tag in tags)


def _names_stranger(told: Told) -> bool:
    """ "mailen til Gustav", "hvordan får jeg fat i Gustav"; not "min telefon er gået i stykker"."""
    sentence, whose = told.sentence, phrasebook().small["whose"]
    joints = ((at, sentence.last_word(at - 1)) for at in range(1, len(sentence)))
    behind = (at for at, word in joints if word.key in whose or told.cues.covers(word, _REACHES))
    return any(sentence.tags[at].is_unknown and not told.cues.covers(sentence.word(at), _ASKED) for at in behind)


def _is_own(told: Told) -> bool:
    """ "hvad er min mail" """
    sentence = told.sentence
    strange = (word for tag in sentence.tags if tag.is_unknown for word in sentence.words[tag.start : tag.end])
    is_plain = all(told.cues.covers(word, _ASKED) for word in strange)
    return is_plain and told.cues.has("mail_word") and bool(told.sentence.keys & phrasebook().small["my_own"])


def _contact(named: Named) -> FindContact | None:
    people = tuple(dict.fromkeys((*named.people, *named.leads)))
    if not people and not named.projects and not named.unknown and named.asker:
        people = (named.asker.id,) if named.sentence.keys & phrasebook().small["my_own"] else ()
    of_owner = named.sentence.has("role", "owner")
    order = FindContact(*named.about, people, of_owner, phone=named.cues.has("phone_word"))
    return order if order.people or order.projects or order.unknown else None


_SAID = Grammar(PEOPLE, _WORDS, words=("oneself", "my_own"), beside=_BESIDE, may_be_unknown=True)
RULES = (Rule(_tells_contact, _SAID, _contact),)
