"""How people say that what was just done is to be taken back."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.turn.orders import AskToTakeBack, TakeBack
from dialogs.turn.readings import SpeechAct
from dialogs.understanding.orders.grammar import BESIDE_COMMAND, PROJECTS, Grammar, Meanings, Named
from dialogs.understanding.orders.rules import Rule, Told

# Groups of cues that name what is taken back begin so; the kind of deed follows.
_CUE = "undo_"
# What is taken back, too, where it is to be cancelled: "annuller min status". Leave and meetings are cancelled as such.
_RECALLED = (f"{_CUE}status", f"{_CUE}hand_over")
_SMALL_TALK: Meanings = frozenset({"aside", ("command", "thanks")})


def rules_of(kinds: Iterable[str]) -> tuple[Rule, ...]:
    """The rule that tells it, where a deed of those kinds may be named."""
    cues = tuple(f"{_CUE}{kind}" for kind in kinds)

    def take_back(named: Named) -> TakeBack:
        """ "hvordan fortryder jeg" asks, "kan du fortryde det" tells."""
        kinds = tuple(cue.removeprefix(_CUE) for cue in cues if named.cues.has(cue))
        is_told = named.act in {SpeechAct.TOLD, SpeechAct.DENIED}
        return (TakeBack if is_told else AskToTakeBack)(*named.about, kinds)

    grammar = Grammar(PROJECTS, frozenset({"undo", "you", *cues}), beside=BESIDE_COMMAND | {"target", "ask"})
    recalling = Grammar(PROJECTS, frozenset({"cancel", "drops", "mine", *cues}), beside=BESIDE_COMMAND)
    return (
        Rule(lambda told: told.cues.has("undo"), grammar, take_back),
        Rule(lambda told: told.cues.has("cancel", "drops") and told.cues.has(*_RECALLED), recalling, take_back),
        _alone("undo_it", TakeBack(), cues),
        _alone("undo_maybe", TakeBack(is_doubted=True), cues),
    )


def _alone(group: str, order: TakeBack, kinds: tuple[str, ...]) -> Rule:
    """The rule for words that tell it where nothing else is said: "annuller det", but not "annuller det møde" nor
    "cancel my holiday"."""
    grammar = Grammar(cues=frozenset({group}), beside=_SMALL_TALK)

    def is_told(told: Told) -> bool:
        return told.cues.has(group) and not told.cues.has(*kinds)

    return Rule(is_told, grammar, lambda named: None if named.times else order)
