"""What may be ordered about deputies, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Effect, Order, PeopleOrder
from dialogs.understanding.orders.grammar import BESIDE_COMMAND, ONESELF, PEOPLE, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class NameDeputy(PeopleOrder):
    """Name a deputy, from the first day to the last. `people` are the deputy, then the lead."""

    command: ClassVar[str] = "name_deputy"
    effect: ClassVar[Effect] = Effect.ASKS
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class EndDeputy(PeopleOrder):
    """End a deputy's time. `people` are all who may be meant, as the deputy or the lead."""

    command: ClassVar[str] = "end_deputy"
    effect: ClassVar[Effect] = Effect.ASKS


@dataclass(frozen=True, slots=True)
class ShowDeputies(Order):
    command: ClassVar[str] = "show_deputies"
    effect: ClassVar[Effect] = Effect.SHOWS


def _tells_end(told: Told) -> bool:
    """ "jeg er tilbage, hvad skal jeg melde status på" ends nothing yet."""
    sentence = told.sentence
    if sentence.has("command", "end_deputy"):
        return not sentence.has("command", "report_status")
    return sentence.has("command", "name_deputy") and sentence.says_small("ends_deputy")


def _end(named: Named) -> EndDeputy | None:
    """Return None for "jeg er tilbage på mandag", which ends nothing today."""
    first, _ = named.days
    if first and first > named.today:
        return None
    return EndDeputy(*named.about, tuple(dict.fromkeys((*named.people, *named.leads))))


def _name(named: Named) -> NameDeputy:
    """ "jeg er stedfortræder for Søren" names the one who writes."""
    if named.asker and named.leads and not named.people and not named.unknown and named.sentence.says_small("speaker"):
        named.people.append(named.asker.id)
    return NameDeputy(*named.about, named.successor, *named.days)


RULES = (
    Rule(
        lambda told: told.sentence.has("command", "show_deputies"),
        Grammar(words=ONESELF, beside=BESIDE_COMMAND | {("ask", "who")}),
        lambda _named: ShowDeputies(),
    ),
    Rule(
        _tells_end, Grammar(PEOPLE, words=(*ONESELF, "ends_deputy"), beside=BESIDE_COMMAND, takes_namesakes=True), _end
    ),
    Rule(
        lambda told: told.sentence.has("command", "name_deputy") and not _tells_end(told),
        Grammar(PEOPLE, words=ONESELF, beside=BESIDE_COMMAND, may_be_unknown=True),
        _name,
    ),
)
