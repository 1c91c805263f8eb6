"""Forms being filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from portfolio.drafts import FormDraft
from portfolio.identity import PersonId


class DraftStore(Protocol):
    """Forms that people are filling in. One open form for each person, conversation, kind and subject."""

    async def draft(self, draft_id: str) -> FormDraft | None: ...

    async def asking(self, person: PersonId, conversation: str | None) -> FormDraft | None:
        """The open form whose next answer is awaited there, or anywhere; the last touched, should there be several."""

    async def unfinished(self, person: PersonId, conversation: str | None) -> list[FormDraft]:
        """Lists the open forms there, or anywhere, the last touched first."""

    async def begin(self, draft: FormDraft) -> FormDraft:
        """Stores it; where there is one already for the same, that one is given back instead, untouched. A form that
        begins to ask makes the person's others in the conversation stop asking; one on a card makes those stop that
        wait for the yes. Of more than a hundred of the person's, those that are done are forgotten first, then those
        touched longest ago."""

    async def save(self, draft: FormDraft, at: datetime) -> FormDraft | None:
        """Stores it with a version one higher; None, and nothing stored, when it is done or was saved since `draft` was
        read. Saved in another conversation, it takes the place of the open one for the same there."""

    async def interrupt(self, draft: FormDraft) -> None:
        """Notes that something else was answered since, unless it was saved since; it keeps its version."""

    async def finish(self, draft_id: str, outcome: str) -> bool:
        """False when it was done already."""

    async def writing(self, conversation: str, since: datetime) -> frozenset[PersonId]:
        """The people with an open form on a card there, touched since then."""

    async def expire(self, before: datetime) -> list[FormDraft]:
        """Removes what was last touched before that, done or not; gives those back that were open."""
