"""Which of the six lights a colour is said of: "rød økonomi", "gul på tid og kvalitet", "økonomien er rød"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.understanding.tags import Tag

_NEAR = 3
_OVERALL = ("overall",)


@dataclass(frozen=True, slots=True)
class Lights:
    """`of_colour`: the lights of the colour at a tag. `bound`: the tags of lights that a colour is said of."""

    of_colour: dict[int, tuple[str, ...]]
    bound: frozenset[int]

    @classmethod
    def of(cls, tags: Sequence[Tag]) -> Lights:
        of_colour: dict[int, tuple[str, ...]] = {}
        bound: set[int] = set()
        for position, tag in enumerate(tags):
            if not tag.has("colour"):
                continue
            found = _beside(tags, position, 1, bound) or _beside(tags, position, -1, bound)
            bound.update(found)
            of_colour[position] = tuple(tags[at].value("light") or "" for at in found) or _of_neighbour(
                tags, position, of_colour
            )
        return cls(of_colour, frozenset(bound))


def _beside(tags: Sequence[Tag], position: int, step: int, bound: set[int]) -> list[int]:
    """The chain of lights on one side of the colour, with small words and other colours between."""
    found: list[int] = []
    since = 0
    for at in _indexes(tags, position, step):
        if tags[at].has("light") and at not in bound:
            found.append(at)
            since = 0
        elif since < _NEAR and (
            _is_small(tags[at]) or (not found and (tags[at].has("colour") or tags[at].has("except")))
        ):
            since += 1
        else:
            break
    return found


def _indexes(tags: Sequence[Tag], position: int, step: int) -> Iterator[int]:
    return iter(range(position + 1, len(tags)) if step > 0 else range(position - 1, -1, -1))


def _of_neighbour(tags: Sequence[Tag], position: int, of_colour: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
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
