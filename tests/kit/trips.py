"""Stores that write down each trip to the database, for tests of how many there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from dialogs.turn.visit import Stores
from portfolio.bodies import Meeting
from portfolio.drafts import FormDraft
from portfolio.questions.answers import MeetingPage
from portfolio.questions.question import Question
from portfolio.status.reporting import Publication, Reportable, Submission
from storage.database import Database
from storage.forms import SqlDraftStore
from storage.meetings.changes import SqlMeetingStore
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore


class Trips(list[str]):
    """The names of the trips since they were looked at last, in order."""

    def taken(self) -> list[str]:
        trips = list(self)
        self.clear()
        return trips


def watched(stores: Stores, database: Database, trips: Trips) -> Stores:
    """The same stores, whose reading of projects and meetings, and writing of forms and reports, is written down."""
    return replace(
        stores,
        reader=_Reader(database, trips),
        reporting=_Reporting(database, trips),
        drafts=_Drafts(database, trips),
        reminding=replace(stores.reminding, meetings=_Meetings(database, trips)),
    )


class _Reader(SqlPortfolioReader):
    def __init__(self, database: Database, trips: Trips) -> None:
        super().__init__(database)
        self._trips = trips

    async def project_numbers(self, question: Question, today: date) -> list[str]:
        self._trips.append("numbers")
        return await super().project_numbers(question, today)

    async def meetings(self, question: Question, now: datetime, *, offset: int = 0, size: int = 10) -> MeetingPage:
        self._trips.append("meetings")
        return await super().meetings(question, now, offset=offset, size=size)


class _Meetings(SqlMeetingStore):
    def __init__(self, database: Database, trips: Trips) -> None:
        super().__init__(database)
        self._trips = trips

    async def meeting(self, meeting_id: int) -> Meeting | None:
        self._trips.append("meeting")
        return await super().meeting(meeting_id)


class _Reporting(SqlReportingStore):
    def __init__(self, database: Database, trips: Trips) -> None:
        super().__init__(database)
        self._trips = trips

    async def reportable(self, number: str) -> Reportable | None:
        self._trips.append("project")
        return await super().reportable(number)

    async def publish(self, submission: Submission, draft: str | None = None) -> Publication:
        self._trips.append("publish")
        return await super().publish(submission, draft)

    async def hand_over(self, number: str, lead: str, revision: int, by: str, at: datetime) -> None:
        self._trips.append("hand over")
        await super().hand_over(number, lead, revision, by, at)


class _Drafts(SqlDraftStore):
    def __init__(self, database: Database, trips: Trips) -> None:
        super().__init__(database)
        self._trips = trips

    async def begin(self, draft: FormDraft) -> FormDraft:
        self._trips.append("begin")
        return await super().begin(draft)

    async def save(self, draft: FormDraft, at: datetime) -> FormDraft | None:
        self._trips.append("save")
        return await super().save(draft, at)

    async def finish(self, draft_id: str, outcome: str) -> bool:
        self._trips.append("finish")
        return await super().finish(draft_id, outcome)
