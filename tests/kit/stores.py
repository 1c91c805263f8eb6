"""All stores on a real database."""

from __future__ import annotations

from datetime import tzinfo

from dialogs.turn.courier import Courier
from dialogs.turn.files import Files, NoFiles
from dialogs.turn.visit import Reminding, Stores
from portfolio.working_time import WorkingTime
from storage.audit import SqlAuditLog
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.deeds import SqlDeedStore
from storage.exports import SqlExportStore
from storage.forms import SqlDraftStore
from storage.meetings.changes import SqlMeetingStore
from storage.meetings.channels import SqlChannelStore
from storage.memory import SqlMemoryStore
from storage.organisation import SqlPeopleStore
from storage.privacy.store import SqlPrivacyStore
from storage.projects.changes import SqlProjectChangeStore
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.rounds.store import SqlRoundStore
from storage.sending.store import SqlDeliveryStore
from storage.status.store import SqlReportingStore


def sql_stores(database: Database, zone: tzinfo, courier: Courier, files: Files | None = None) -> Stores:
    work = WorkingTime(zone)
    return Stores(
        SqlPortfolioReader(database),
        SqlReportingStore(database),
        SqlDraftStore(database),
        SqlDeedStore(database),
        SqlMemoryStore(database),
        SqlRoundStore(database, zone),
        SqlAuditLog(database),
        courier,
        SqlPeopleStore(database),
        Reminding(
            SqlReminderStore(database, work),
            SqlChannelStore(database),
            SqlMeetingStore(database),
            SqlDeliveryStore(database),
            SqlConversationStore(database),
            work,
        ),
        SqlPrivacyStore(database, None, "tidligere medarbejder"),
        SqlProjectChangeStore(database),
        SqlExportStore(database),
        files or NoFiles(),
        database.together,
    )
