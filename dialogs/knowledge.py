"""The names of the portfolio that messages are read with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache

from dialogs.turn.audience import Names
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.ports.questions import PortfolioReader


@dataclass(frozen=True, slots=True)
class Known:
    """The names and the lexicon of one version of the portfolio."""

    version: int
    names: Names
    lexicon: Lexicon


class Knowledge:
    """Holds the portfolio's names, which are read again only when it has changed."""

    def __init__(self, reader: PortfolioReader) -> None:
        self._reader = reader
        self._known: Known | None = None
        self._learning = asyncio.Lock()

    async def now(self) -> Known:
        """Learns the names once for each version; those who ask meanwhile wait for it."""
        version = await self._reader.version()
        if self._known is None or self._known.version != version:
            async with self._learning:
                if self._known is None or self._known.version != version:
                    vocabulary = await self._reader.vocabulary()
                    lexicon = await asyncio.to_thread(_lexicon_of, vocabulary)
                    self._known = Known(vocabulary.version, Names(vocabulary), lexicon)
        return self._known


# A status that is published makes a new version of the same names.
_lexicon_of = lru_cache(maxsize=2)(Lexicon.of)
