"""Forms that nobody touched for long are forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from dialogs.remark import Remark
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Desk
from portfolio.drafts import KEPT, FormDraft


async def forget_drafts(desk: Desk, now: datetime, audience_for: Callable[[], Awaitable[Audience]]) -> int:
    """Remove the forms that nobody touched for 7 days, tell those who began to fill them in, and return how many."""
    forgotten = [draft for draft in await desk.drafts.expire(now - KEPT) if draft.answers]
    if forgotten:
        audience = await audience_for()
        for draft in forgotten:
            await _tell(desk, draft, audience)
    return len(forgotten)


async def _tell(desk: Desk, draft: FormDraft, audience: Audience) -> None:
    def notice(texts: Texts) -> Reply:
        reader = replace(audience, texts=texts, scope=Scope.PERSONAL)
        title = texts.say(f"form_kind.{draft.kind}", title=audience.names.project(draft.subject))
        return Remark("expired", {"title": title}).reply(reader)

    await desk.courier.tell(draft.person, notice)
