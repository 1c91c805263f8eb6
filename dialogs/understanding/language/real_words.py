"""The common words of each language, which are themselves and no misspelt other words."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from dialogs.understanding.language.phrasebook import LANGUAGES
from dialogs.values.letters import fold


def is_real_word(key: str) -> bool:
    """Say whether the folded word is an everyday one, in Danish or English."""
    return key in _real_words()


@lru_cache(maxsize=1)
def _real_words() -> frozenset[str]:
    folder = resources.files("dialogs.understanding") / "words"
    lines = (
        line for language in LANGUAGES for line in (folder / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(fold(line) for line in lines if not line.startswith("#"))
