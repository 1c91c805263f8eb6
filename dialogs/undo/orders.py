"""How people say that what was just done is to be taken back."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.turn.orders import TakeBack
from dialogs.understanding.orders.grammar import BESIDE_COMMAND, PROJECTS, Grammar, Named
from dialogs.understanding.orders.rules import Rule

# Groups of cues that name what is taken back begin so; the kind of deed follows.
_CUE = "undo_"


def rules_of(kinds: Iterable[str]) -> tuple[Rule, ...]:
    """The rule that tells it, where a deed of those kinds may be named."""
    cues = tuple(f"{_CUE}{kind}" for kind in kinds)

    def take_back(named: Named) -> TakeBack:
        return TakeBack(*named.about, tuple(cue.removeprefix(_CUE) for cue in cues if named.cues.has(cue)))

    grammar = Grammar(PROJECTS, frozenset({"undo", *cues}), beside=BESIDE_COMMAND | {"target"})
    return (Rule(lambda told: told.cues.has("undo"), grammar, take_back, may_be_asked=True),)
