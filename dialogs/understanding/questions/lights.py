"""Find which of the six lights a colour is said of: "rød økonomi", "gul på tid og kvalitet", "økonomien er rød"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from dialogs.understanding.language.sentence import LINKS, Sentence
from dialogs.understanding.language.tags import Tag

_NEAR = 3
_OVERALL = ("overall",)
_TURNS = frozenset({"men", "but"})


@dataclass(frozen=True, slots=True)
class Lights:
    """`of_colour`: the lights of the colour at a tag, `spans` from the first of them to the last. `bound`: the tags of
    lights that a colour is said of."""

    of_colour: dict[int, tuple[str, ...]]
    spans: dict[int, range]
    bound: frozenset[int]

    @classmethod
    def of(cls, sentence: Sentence) -> Lights:
        of_colour: dict[int, tuple[str, ...]] = {}
        spans: dict[int, range] = {}
        bound: set[int] = set()
        for position, tag in enumerate(sentence.tags):
            if not tag.has("colour"):
                continue
            left, right = (_beside(sentence, position, step, bound) for step in (-1, 1))
            nearer = left if left and (not right or position - left[0] <= right[0] - position) else right
            bound.update(nearer)
            spans[position] = range(min(nearer, default=0), max(nearer, default=0))
            lights = tuple(sentence.tags[at].value("light") or "" for at in nearer)
            of_colour[position] = lights or _lights_of_neighbour(sentence, position, of_colour)
        return cls(of_colour, spans, frozenset(bound))


def _beside(sentence: Sentence, position: int, step: int, bound: Set[int]) -> list[int]:
    """The chain of lights on one side of the colour: "tid og økonomi". To the right other colours of the same list
    may stand between ("gule eller røde på tid"); "men" begins something else."""
    chain: list[int] = []
    since = 0
    for at in range(position + 1, len(sentence)) if step > 0 else range(position - 1, -1, -1):
        tag, key = sentence.tags[at], sentence.word(at).key
        ends = key in LINKS and not _goes_on(sentence, at, step, has_light=bool(chain))
        if tag.has("light") and at not in bound:
            chain.append(at)
            since = 0
        elif key in _TURNS or since == _NEAR or ends:
            break
        elif _is_small(tag) or (not chain and (tag.has("except") or (step > 0 and tag.has("colour")))):
            since += 1
        else:
            break
    return chain


def _goes_on(sentence: Sentence, link: int, step: int, *, has_light: bool) -> bool:
    """Say whether the list goes on behind the "og": with another light of the chain, or another colour before it."""
    section = "light" if has_light else "colour"
    beyond = range(link + step, link + step * (_NEAR + 1), step)
    nearest = next((tag for at in beyond if not _is_small(tag := sentence.tag(at))), None)
    return nearest is not None and nearest.has(section) and (has_light or step > 0)


def _lights_of_neighbour(sentence: Sentence, position: int, of_colour: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """ "tid er gul eller rød": the second colour is of the same light as the first."""
    for at in range(position - 1, max(-1, position - _NEAR), -1):
        if at in of_colour:
            return of_colour[at]
        if not _is_small(sentence.tags[at]):
            break
    return _OVERALL


def _is_small(tag: Tag) -> bool:
    """ "gult lys på risiko": words that sort or say what is lacked elsewhere are small here."""
    quiet = all(
        meaning.section in {"sortword", "attribute", "direction", "noun", "part", "of_part", "rank"}
        for meaning in tag.meanings
    )
    return quiet and not tag.entities and not tag.is_unknown
