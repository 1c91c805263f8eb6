"""Known spellings, looked up by one that is nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONGEST = 40


@dataclass(frozen=True, slots=True, repr=False)
class Spellings:
    """Spellings by their length with their first letter, and with their second: of those that differ little from a key,
    one of these is mostly the same, or has moved by one."""

    by_first: Mapping[tuple[int, str], tuple[str, ...]]
    by_second: Mapping[tuple[int, str], tuple[str, ...]]

    @classmethod
    def of(cls, spellings: Iterable[str]) -> Spellings:
        first: dict[tuple[int, str], list[str]] = defaultdict(list)
        second: dict[tuple[int, str], list[str]] = defaultdict(list)
        for spelling in dict.fromkeys(spellings):
            if 1 < len(spelling) <= _LONGEST:
                first[len(spelling), spelling[0]].append(spelling)
                second[len(spelling), spelling[1]].append(spelling)
        return cls({at: tuple(some) for at, some in first.items()}, {at: tuple(some) for at, some in second.items()})

    def near(self, key: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield spellings with at most so many letters other than the key's, and how many: the nearest of each kind."""
        if not 1 < len(key) <= _LONGEST:
            return
        for length in range(max(2, len(key) - most), len(key) + most + 1):
            for places, letter in (
                (self.by_first, key[0]), (self.by_first, key[1]), (self.by_second, key[1]), (self.by_second, key[0]),
            ):  # fmt: skip
                some = places.get((length, letter), ())
                for spelling, distance, _ in process.extract(
                    key, some, scorer=OSA.distance, score_cutoff=most, limit=3
                ):
                    yield spelling, int(distance)
