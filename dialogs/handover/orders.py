"""What may be ordered about who leads a project, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from dialogs.turn.orders import Effect, PeopleOrder
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.orders.grammar import BESIDE_COMMAND, ONESELF, PEOPLE, Grammar, Named
from dialogs.understanding.orders.rules import Rule


@dataclass(frozen=True, slots=True)
class HandOver(PeopleOrder):
    """Hand a project over. `people` are the new lead, then the present one."""

    command: ClassVar[str] = "hand_over"
    effect: ClassVar[Effect] = Effect.ASKS


def _hand_over(named: Named) -> HandOver:
    """ "jeg overtager skærmbesøg", "overdrag skærmbesøg til mig" name the one who writes."""
    sentence, small = named.sentence, phrasebook().small
    is_to_me = any(first.key in small["to"] and then.key in small["me"] for first, then in pairwise(sentence.words))
    takes = is_to_me or (sentence.says_small("speaker") and sentence.says_small("takes_over"))
    if named.asker and takes and not named.people and not named.unknown:
        named.people.append(named.asker.id)
    return HandOver(*named.about, named.successor)


RULES = (
    Rule(
        lambda told: told.sentence.has("command", "hand_over"),
        Grammar(PEOPLE, words=ONESELF, beside=BESIDE_COMMAND, may_be_unknown=True),
        _hand_over,
    ),
)
