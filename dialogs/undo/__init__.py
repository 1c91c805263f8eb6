"""Taking back what was just stored, whichever feature stored it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.feature import Feature
from dialogs.turn.orders import AskToTakeBack, TakeBack
from dialogs.undo.handlers import TakingBack
from dialogs.undo.orders import rules_of
from dialogs.undoable import Undo


def undo_of(features: Iterable[Feature]) -> Feature:
    """The feature that takes back what the others store."""
    taking = TakingBack({kind: way for feature in features for kind, way in feature.undoing.items()})
    return Feature(
        name="undo",
        orders={TakeBack: taking.take_back, AskToTakeBack: taking.take_back},
        rules=rules_of(taking.ways),
        presses={Undo: taking.pressed},
    )
