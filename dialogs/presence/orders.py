"""What people ask of others' absence: who is away, whether somebody is, and when they are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Effect, Order
from dialogs.turn.readings import SpeechAct
from dialogs.understanding.language.act import act_of
from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.orders.grammar import FRAME, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told
from portfolio.identity import PersonId


@dataclass(frozen=True, slots=True)
class ShowAbsences(Order):
    """Show who is away from the first day to the last, today where no days are said; of `people` whether they are, and
    with `asks_when` until when."""

    command: ClassVar[str] = "who_is_away"
    effect: ClassVar[Effect] = Effect.SHOWS
    people: tuple[PersonId, ...] = ()
    first: date | None = None
    last: date | None = None
    asks_when: bool = False


def _is_told(told: Told) -> bool:
    """ "er Jonas på ferie", "hvem er væk"; "kan jeg få fri på fredag" asks for something else."""
    sentence, cues = told.sentence, told.cues
    if sentence.says_small("since_then"):  # "hvem har meldt siden sommerferien"
        return False
    asks = act_of(sentence) is SpeechAct.ASKED or is_small(sentence.words[0], "asks_absence") or cues.has(FRAME)
    return asks and cues.has("away", "back", "at_work") and not sentence.says_small("was")


def _absences(named: Named) -> ShowAbsences | None:
    """Return None where nobody is named or asked for; "hvem er på arbejde" nobody knows."""
    sentence, asker = named.sentence, named.asker
    is_oneself = named.cues.has("oneself_there") and not sentence.says_small("who_is")  # "hvem er jeg" asks for a name
    people = (*named.people, *((asker.id,) if is_oneself and asker else ()))
    if not people and not (sentence.says_small("who_is") and not named.cues.has_beside("at_work", "away")):
        return None
    first, last = named.days
    asks_when = sentence.has("ask", "when") or sentence.says_small("how_long")
    return ShowAbsences(tuple(dict.fromkeys(people)), first, last, asks_when)


RULES = (
    Rule(
        _is_told,
        Grammar(
            names=frozenset({"lead"}),
            cues=frozenset({"away", "back", "back_from", "at_work", "holds", "oneself_there"}),
            words=("who_is", "how_long", "absent_verbs"),
            beside=frozenset({("command", "thanks"), ("command", "greeting"), ("ask", "who"), ("ask", "when")}),
            takes_namesakes=True,
            is_exact=True,
        ),
        _absences,
    ),
)
