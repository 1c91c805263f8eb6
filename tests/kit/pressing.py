"""Pressing a button by its verb and data, as they come from a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.cards.buttons import Ask, Change, OpenProject, Show
from dialogs.features import FEATURES
from dialogs.forms.filling import Forms
from dialogs.pressing import Buttons, check_names, things_named
from dialogs.turn.answer import Answer
from dialogs.turn.button import Button
from dialogs.turn.visit import Visit

_PRESSES = {kind: press for feature in FEATURES for kind, press in feature.presses.items()}
_FORMS = Forms({kind: form for feature in FEATURES for kind, form in feature.forms.items()}, Buttons(_PRESSES))
BUTTONS = Buttons({**_PRESSES, **_FORMS.presses})
# All buttons there are, by their verbs; the assistant answers these itself.
KINDS: Mapping[str, type[Button]] = {**BUTTONS.kinds, **{kind.verb: kind for kind in (Show, Change, OpenProject, Ask)}}


async def press(visit: Visit, verb: str, data: Mapping[str, Any]) -> Answer:
    """Raises MalformedButton and ForbiddenButton."""
    button = BUTTONS.read(verb, data)
    check_names(button, visit.audience.names)
    return await BUTTONS.do(visit, button, await things_named(visit, button))
