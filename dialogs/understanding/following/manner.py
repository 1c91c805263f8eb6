"""The manner in which a message goes on: of those before, besides them, in their place; or in doubt."""

from __future__ import annotations

from dialogs.understanding.following.last import PARTS
from dialogs.understanding.following.merging import How, says_how_they_do
from dialogs.understanding.following.said import Said
from portfolio.questions.question import During, Question, Target

_HOW = {
    "replace": How.INSTEAD,
    "widen": How.ALSO,
    "narrow": How.ONLY,
    "except": How.ONLY,
    "correct": How.MEANT,
    "them": How.AMONG,
    "there": How.AMONG,
}


def how(said: Said, fragment: Question) -> How:
    """The way that is said, or that the form of the fragment tells."""
    for name, how in _HOW.items():
        if said.has(name):
            return how
    if said.has("opening") and fragment.where:
        return How.INSTEAD
    if said.has("those"):
        return How.ONLY if _is_article(said) else How.AMONG
    return How.OPEN if said.asks else How.BARE


def is_doubted(said: Said, fragment: Question) -> bool:
    """Say whether it may as well be a question of its own: it names which projects it is of, or when, and doesn't
    say that it goes on."""
    if said.has("them", "replace", "correct", "widen", "narrow", "except") or _is_pronoun(said):
        return False
    if fragment.target is Target.COUNT and said.has("it") and not fragment.where:
        return False  # "hvor mange projekter er det"
    if fragment.target in PARTS and said.says_definite_parts:
        return False
    if said.has("maybe_them") or said.names_subject:
        return True
    if said.has("opening"):
        return False
    if fragment.target in PARTS or (fragment.target is Target.GROUPS and not said.has("it")):
        return True
    when_only = all(says_how_they_do(test) or isinstance(test, During) for test in fragment.where)
    return not when_only or (bool(fragment.periods) and not said.lists)


def _is_pronoun(said: Said) -> bool:
    """ "hvilke barrierer har de" """
    return any(cue.name == "those" and cue.end == len(said.words) for cue in said.cues)


def _is_article(said: Said) -> bool:
    """ "de gule", but not "er de gule" nor "hvornår slutter de"."""
    cue = next(cue for cue in said.cues if cue.name == "those")
    begins = cue.first == 0 or any(other.end == cue.first for other in said.cues)
    return cue.end < len(said.words) and (begins or said.words[cue.first - 1].key in {"vis", "ikke"})
