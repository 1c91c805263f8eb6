"""Deputies without end, and buttons that hold what they please."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dialogs.deputies import handlers as deputies
from dialogs.deputies.cards import DeputyNamed, end_deputy
from dialogs.deputies.orders import NameDeputy
from dialogs.forms.card import FormShown
from dialogs.forms.chat_cards import FormSummed
from dialogs.forms.fields import whole
from dialogs.turn.answer import Answer
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Stores, Visit
from portfolio.deputies import Deputy
from storage.audit import audit
from storage.database import Database
from tests.kit.pressing import BUTTONS
from tests.kit.steps import said
from tests.world.people import AAGE, METTE, SOREN

FIRST, LAST, DAY = date(2026, 7, 1), date(2026, 7, 14), timedelta(days=1)
SUMMER = Deputy(SOREN.id, METTE.id, FIRST, LAST)


async def named(visit: Visit, deputy: Deputy) -> Answer:
    """What comes of naming the deputy, and of the yes to its summary."""
    order = NameDeputy(people=(deputy.deputy,), first=deputy.first, last=deputy.last)
    shown = await deputies.name_deputy(visit, order)
    assert isinstance(shown, FormSummed)
    opened = await deputies.open_form(visit, shown.draft)
    return await opened.hand_in(shown.draft, whole(opened.form, shown.draft.answers))


async def there(stores: Stores) -> list[Deputy]:
    return await stores.reporting.deputies_of(SOREN.id, date(2026, 6, 9))


@pytest.mark.parametrize("language", ["da", "en"])
async def test_who_names_deputies_without_end_is_told_to_end_one(language: str, visiting, cast_stores: Stores):
    visit: Visit = visiting(SOREN, language=language)
    most = deputies.MOST_DEPUTIES
    for number in range(most):
        other = replace(SUMMER, first=FIRST + number * DAY, last=LAST + number * DAY)
        await cast_stores.reporting.set_deputy(other, SOREN.id, visit.now)
    answer = await named(visit, replace(SUMMER, deputy=AAGE.id))
    assert isinstance(answer, FormShown)
    assert str(most) in said(answer, visit).text
    assert len(await there(cast_stores)) == most
    longer = replace(SUMMER, last=date(2026, 8, 31))
    assert isinstance(await named(visiting(SOREN, where="another chat"), longer), DeputyNamed)
    assert longer in await there(cast_stores)
    assert len(await there(cast_stores)) == most


@pytest.mark.parametrize(
    "forged",
    [{"lead": "010203-1234"}, {"deputy": "010203-1234"}, {"project": "010203-1234"}, {"first": "2026-07-02"}],
    ids=str,
)
async def test_forged_words_on_a_button_are_not_written_down(
    forged: Mapping[str, str], visiting, cast_stores: Stores, cast_database: Database
):
    visit: Visit = visiting(SOREN)
    await cast_stores.reporting.set_deputy(SUMMER, SOREN.id, visit.now)
    other = visiting(AAGE)
    answer = await BUTTONS.press(other, "deputy_end", {**end_deputy("", SUMMER)["data"], **forged})
    assert answer.reply(other.audience).refusal is Refusal.FORBIDDEN
    assert await there(cast_stores) == [SUMMER]
    async with cast_database.connect() as connection:
        written = list((await connection.execute(select(audit.c.detail).where(audit.c.by == AAGE.id))).scalars())
    assert [(detail["verb"], detail["reason"]) for detail in written] == [("deputy_end", "unknown")]
    assert "010203" not in str(written)
