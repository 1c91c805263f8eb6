"""What people ask about themselves, and who a colleague is: what they may do, and what they owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Effect, Order, PeopleOrder, ProjectOrder
from dialogs.turn.readings import SpeechAct
from dialogs.understanding.language.act import act_of
from dialogs.understanding.orders.grammar import PROJECTS, Grammar, Meanings, Named
from dialogs.understanding.orders.rules import Rule, Told

# What of somebody is asked for; without one of these, all of it.
FACTS = ("unit", "manager", "roles", "bodies")


@dataclass(frozen=True, slots=True)
class ShowPerson(PeopleOrder):
    """Tell who somebody is here, by default the asker; `fact` is what of it is asked for."""

    command: ClassVar[str] = "who_is"
    effect: ClassVar[Effect] = Effect.SHOWS
    fact: str | None = None

    @property
    def tells_of_another(self) -> bool:
        return self.fact == "manager"


@dataclass(frozen=True, slots=True)
class ShowRights(Order):
    command: ClassVar[str] = "what_may_i"
    effect: ClassVar[Effect] = Effect.SHOWS


@dataclass(frozen=True, slots=True)
class ShowDuties(ProjectOrder):
    """Show what the asker owes and meets, from the first day to the last: without days, what waits now; of the projects
    alone where some are named."""

    command: ClassVar[str] = "my_duties"
    effect: ClassVar[Effect] = Effect.SHOWS
    first: date | None = None
    last: date | None = None


def _tells_me(told: Told) -> bool:
    return told.cues.has("who_am_i", *(f"my_{fact}" for fact in FACTS))


def _me(named: Named) -> ShowPerson:
    return ShowPerson(fact=next((fact for fact in FACTS if named.cues.has(f"my_{fact}")), None))


def _tells_person(told: Told) -> bool:
    """ "hvem er Oliver Skytte", "hvem er Olivers chef"; "er Oliver flink" asks for something else."""
    return told.cues.has("whose", *(f"their_{fact}" for fact in FACTS)) and told.sentence.says_small("asks_person")


def _person(named: Named) -> ShowPerson | None:
    """ "hvad er Line" asks for nothing."""
    people = dict.fromkeys((*named.people, *named.leads))
    fact = next((fact for fact in FACTS if named.cues.has(f"their_{fact}")), None)
    leads = fact == "manager" and named.sentence.says_small("asks_what")  # "hvad leder Anders"
    if len(people) != 1 or leads or not (fact or named.cues.has("whose")):
        return None
    return ShowPerson(people=tuple(people), fact=fact)


def _tells_duties(told: Told) -> bool:
    """ "hvad mangler jeg", "skal jeg noget i dag", "er der noget til mig", "mine opgaver"; "jeg skal til møde" isn't
    asked, and "jeg mangler en stol" speaks of something else."""
    cues, sentence = told.cues, told.sentence
    asks = act_of(sentence) is SpeechAct.ASKED or sentence.says_small("asks_duties")
    return cues.has("my_tasks", "waits_for_me") or (cues.has("i_owe", "i_have") and asks)


def _duties(named: Named) -> ShowDuties | None:
    """ "hvad har jeg" asks for duties only with a day; so does "hvad sker der for mig"."""
    first, last = named.days
    if first is None and last and not named.sentence.has("until", "before"):
        first = last - named.times[0].span  # the "til" of "er der noget til mig i dag" says no until
    says_enough = named.times or named.cues.has("i_owe", "to_do", "my_tasks", "waits_for_me")
    return ShowDuties(*named.about, first=first, last=last) if says_enough and not named.maybe else None


_SMALL: Meanings = frozenset({("command", "thanks"), ("command", "greeting")})
_OWED = frozenset({"i_owe", "i_have", "to_do", "my_tasks", "waits_for_me"})
RULES = (
    Rule(
        _tells_me,
        Grammar(cues=frozenset({"who_am_i", *(f"my_{fact}" for fact in FACTS)}), beside=_SMALL, is_exact=True),
        _me,
    ),
    Rule(
        _tells_person,
        Grammar(
            names=frozenset({"lead"}),
            cues=frozenset({"whose", *(f"their_{fact}" for fact in FACTS)}),
            words=("asks_person", "of_person"),
            beside=_SMALL,
            is_exact=True,
        ),
        _person,
    ),
    Rule(
        lambda told: told.cues.has("what_may_i"),
        Grammar(cues=frozenset({"what_may_i"}), beside=_SMALL, is_exact=True),
        lambda _named: ShowRights(),
    ),
    Rule(
        _tells_duties,
        Grammar(PROJECTS, _OWED, ("anything",), beside=_SMALL, is_exact=True),
        _duties,
    ),
)
