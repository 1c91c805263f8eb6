"""Find which of the six lights a colour is said of: "rød økonomi", "gul på tid og kvalitet", "økonomien er rød"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from dialogs.understanding.language.sentence import LINKS
from dialogs.understanding.language.tags import Tag
from dialogs.values.letters import Word

_NEAR = 3
_OVERALL = ("overall",)
_TURNS = frozenset({"men", "but"})


@dataclass(frozen=True, slots=True)
class Lights:
    """`of_colour`: the lights of the colour at a tag. `bound`: the tags of lights that a colour is said of."""

    of_colour: dict[int, tuple[str, ...]]
    bound: frozenset[int]

    @classmethod
    def of(cls, tags: Sequence[Tag], words: Sequence[Word]) -> Lights:
        of_colour: dict[int, tuple[str, ...]] = {}
        bound: set[int] = set()
        for position, tag in enumerate(tags):
            if not tag.has("colour"):
                continue
            left, right = (_beside(tags, words, position, step, bound) for step in (-1, 1))
            nearer = left if left and (not right or position - left[0] <= right[0] - position) else right
            bound.update(nearer)
            lights = tuple(tags[at].value("light") or "" for at in nearer)
            of_colour[position] = lights or _lights_of_neighbour(tags, position, of_colour)
        return cls(of_colour, frozenset(bound))


def _beside(tags: Sequence[Tag], words: Sequence[Word], position: int, step: int, bound: Set[int]) -> list[int]:
    """The chain of lights on one side of the colour: "tid og økonomi". To the right other colours of the same list
    may stand between ("gule eller røde på tid"); "men" begins something else."""
    chain: list[int] = []
    since = 0
    for at in range(position + 1, len(tags)) if step > 0 else range(position - 1, -1, -1):
        key = words[tags[at].start].key
        if tags[at].has("light") and at not in bound:
            chain.append(at)
            since = 0
        elif key in _TURNS or since == _NEAR or (key in LINKS and not _goes_on(tags, at, step, has_light=bool(chain))):
            break
        elif _is_small(tags[at]) or (not chain and (tags[at].has("except") or (step > 0 and tags[at].has("colour")))):
            since += 1
        else:
            break
    return chain


def _goes_on(tags: Sequence[Tag], link: int, step: int, *, has_light: bool) -> bool:
    """Say whether the list goes on behind the "og": with another light of the chain, or another colour before it."""
    section = "light" if has_light else "colour"
    beyond = range(link + step, link + step * (_NEAR + 1), step)
    nearest = next((tags[at] for at in beyond if 0 <= at < len(tags) and not _is_small(tags[at])), None)
    return nearest is not None and nearest.has(section) and (has_light or step > 0)


def _lights_of_neighbour(tags: Sequence[Tag], position: int, of_colour: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """ "tid er gul eller rød": the second colour is of the same light as the first."""
    for at in range(position - 1, max(-1, position - _NEAR), -1):
        if at in of_colour:
            return of_colour[at]
        if not _is_small(tags[at]):
            break
    return _OVERALL


def _is_small(tag: Tag) -> bool:
    """ "gult lys på risiko": words that sort or say what is lacked elsewhere are small here."""
    quiet = all(meaning.section in {"sortword", "attribute", "direction"} for meaning in tag.meanings)
    return quiet and not tag.entities and not tag.is_unknown
