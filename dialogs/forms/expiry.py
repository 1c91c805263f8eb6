"""Forgets forms that were never handed in, and tells those who began them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from dialogs.forms.questions import QUESTION
from dialogs.remark import Remark
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import ForOne, for_one
from dialogs.turn.visit import Stores
from portfolio.drafts import KEPT, FormDraft


async def forget_drafts(stores: Stores, now: datetime, audience_for: Callable[[], Awaitable[Audience]]) -> int:
    """Remove the forms that nobody touched for 7 days, and tell those who had begun them; return how many."""
    audience = await audience_for()
    async with stores.together():
        old = await stores.drafts.expire(now - KEPT)
        forgotten = [draft for draft in old if draft.answers and draft.kind != QUESTION]
        for draft in forgotten:
            await _tell(stores, draft, audience)
    return len(forgotten)


async def _tell(stores: Stores, draft: FormDraft, audience: Audience) -> None:
    def notice(texts: Texts) -> ForOne:
        reader = replace(audience, texts=texts, scope=Scope.PERSONAL)
        title = texts.say(f"form_kind.{draft.kind}", title=audience.names.project(draft.subject))
        return for_one(Remark("expired", {"title": title}).reply(reader))

    await stores.courier.tell(draft.person, notice)
