"""Words for how long something is kept."""

from __future__ import annotations

from datetime import timedelta

from dialogs.texts import Texts
from portfolio.privacy.keeping import For, Kept

_YEAR, _DAY = timedelta(days=365), timedelta(days=1)


def how_long(table: str, kept: Kept, texts: Texts) -> str:
    """ "5 år efter fratrædelsen", "til det ophører, eller noget andet tager dets plads" """
    if isinstance(kept, For):
        return texts.say(f"data_time.{place_of(table, kept)}", time=period(kept.time, texts))
    return texts.name("data_while", kept)


def place_of(table: str, rule: For) -> str:
    """Names by what the texts know it: a table, or a part of one."""
    return f"{table}_{rule.part}" if rule.part else table


def period(time: timedelta, texts: Texts) -> str:
    if time >= _YEAR and not time % _YEAR:
        return texts.count("data_period.years", time // _YEAR)
    if time >= _DAY:
        return texts.count("data_period.days", time // _DAY)
    return texts.count("data_period.minutes", time // timedelta(minutes=1))
