"""What comes along with the words of a message."""

from __future__ import annotations

from dataclasses import dataclass


def mention_word(who: str) -> str:
    """Write a word that means one person in a message, and that nobody types."""
    return f"{who}@mention.invalid"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody mentioned. `word` stands for them in the message, as `mention_word` writes it; that of somebody who
    `is_stranger` is no one's. `name` is what others read."""

    word: str
    name: str
    is_stranger: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """`mentioned` are the people mentioned, `reply_to` the id of the message replied to. `is_addressed`: Tovholder was
    mentioned. `has_files`: there are files or pictures, which are not read."""

    mentioned: tuple[Mentioned, ...] = ()
    reply_to: str | None = None
    is_addressed: bool = False
    has_files: bool = False


NOTHING_BESIDE = Beside()


def with_names(text: str, mentioned: tuple[Mentioned, ...]) -> str:
    """The text as others are to read it, with the names of those mentioned."""
    for one in sorted(mentioned, key=lambda one: -len(one.word)):
        text = text.replace(one.word, one.name)
    return text
