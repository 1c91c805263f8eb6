"""A desk on a real database."""

from __future__ import annotations

from datetime import tzinfo

from dialogs.turn.courier import Courier
from dialogs.turn.visit import Desk, Reminding
from portfolio.working_time import WorkingTime
from storage.channels import SqlChannelStore
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.deliveries import SqlDeliveryStore
from storage.drafts import SqlDraftStore
from storage.meeting_changes import SqlMeetingStore
from storage.portfolio_reader import SqlPortfolioReader
from storage.reminders import SqlReminderStore
from storage.reporting import SqlReportingStore
from storage.rounds import SqlRoundStore


def sql_desk(database: Database, zone: tzinfo, courier: Courier) -> Desk:
    work = WorkingTime(zone)
    return Desk(
        SqlPortfolioReader(database),
        SqlReportingStore(database),
        SqlDraftStore(database),
        SqlRoundStore(database, zone),
        courier,
        Reminding(
            SqlReminderStore(database, work),
            SqlChannelStore(database),
            SqlMeetingStore(database),
            SqlDeliveryStore(database),
            SqlConversationStore(database),
            work,
        ),
    )
