"""Names for accounts that are none of ours, by which nobody finds out whose they are."""

from __future__ import annotations

import hmac
import secrets
from datetime import date

from bot.clock import Clock

_LETTERS = 16


class Pseudonyms:
    """Gives an account the same pseudonym all day, so that it is seen how often one was refused. The key is in this
    process's memory alone, and a new one takes its place each day: then nobody can tell any more whose it was."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._day: date | None = None
        self._key = b""

    def of(self, account: str) -> str:
        today = self._clock().date()
        if today != self._day:
            self._day, self._key = today, secrets.token_bytes(32)
        return hmac.digest(self._key, account.encode("utf-8", "surrogatepass"), "sha256").hex()[:_LETTERS]
