"""Tell a sentence that asks from others."""

from __future__ import annotations

from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence


def asks(sentence: Sentence) -> bool:
    """Say whether it is a question: "hvem overtager skærmbesøg", "er skærmbesøg uændret"; not "kan du overdrage …?" nor
    "hvordan overdrager jeg …?"."""
    small = phrasebook().small
    first = next((at for at in range(len(sentence)) if not _leads_up(sentence, at)), len(sentence) - 1)
    spoken = [word.key for word in sentence.words[sentence.tags[first].start :]]
    if spoken[0] in small["manners"] and not small["doers"].isdisjoint(spoken[1:4]):
        return False
    return (
        spoken[0] in small["asks"]
        or sentence.text.rstrip().endswith("?")
        or any(sentence.has("ask", value) for value in ("who", "when", "count", "share"))
    )


def _leads_up(sentence: Sentence, position: int) -> bool:
    tag = sentence.tags[position]
    return tag.has("command", "greeting") or tag.has("command", "thanks") or sentence.word(position).text == ","
