"""Phrases that say something also with other words inside them."""

from __future__ import annotations

from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence


def flags_around(sentence: Sentence) -> list[str]:
    """ "mangler mine folk status": what a phrase says also with other words inside it."""
    stems = [word.stem for word in sentence.words]
    return [
        meaning.value
        for first, last, meaning in phrasebook().gapped
        if first in stems and last in stems[stems.index(first) + 1 :]
    ]
