"""One person's visit in a conversation, and the stores that Tovholder works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime

from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.courier import Courier
from dialogs.turn.files import Files
from portfolio.organisation import Person
from portfolio.ports.audit import AuditLog
from portfolio.ports.conversations import ConversationStore
from portfolio.ports.deeds import DeedStore
from portfolio.ports.exports import ExportStore
from portfolio.ports.forms import DraftStore
from portfolio.ports.meetings import ChannelStore, MeetingStore
from portfolio.ports.memory import MemoryStore
from portfolio.ports.people import PeopleStore
from portfolio.ports.privacy import HeldReader
from portfolio.ports.projects import ProjectChangeStore
from portfolio.ports.questions import PortfolioReader
from portfolio.ports.reminders import ReminderStore
from portfolio.ports.rounds import RoundStore
from portfolio.ports.sending import DeliveryStore
from portfolio.ports.status import ReportingStore
from portfolio.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Reminding:
    """The stores behind reminders, and `work`, the times when people may be reminded."""

    store: ReminderStore
    channels: ChannelStore
    meetings: MeetingStore
    deliveries: DeliveryStore
    conversations: ConversationStore
    work: WorkingTime


@dataclass(frozen=True, slots=True)
class Stores:
    """All stores, with the courier that reaches people, and where files are handed over. What is stored and told within
    `together` is so all at once."""

    reader: PortfolioReader
    reporting: ReportingStore
    drafts: DraftStore
    deeds: DeedStore
    memory: MemoryStore
    rounds: RoundStore
    audit: AuditLog
    courier: Courier
    people: PeopleStore
    reminding: Reminding
    held: HeldReader
    changes: ProjectChangeStore
    exports: ExportStore
    files: Files
    together: Callable[[], AbstractAsyncContextManager[object]]


@dataclass(frozen=True, slots=True)
class Visit:
    """A known person in one conversation, at one moment. `is_automatic`: nobody did anything, a program asks for the
    person's view of a card by itself. `account` is their id in Teams."""

    stores: Stores
    person: Person
    audience: Audience
    conversation: str
    is_automatic: bool = False
    account: str = ""
    undoable: list[str] = field(default_factory=list)  # ids of the deeds that its answer has a button to take back

    @property
    def heard_in(self) -> str | None:
        """The conversation whose forms and questions a message here may answer; None for all: what is asked in a group
        is put to the person in their own chat."""
        return None if self.audience.scope is Scope.PERSONAL else self.conversation

    @property
    def now(self) -> datetime:
        return self.audience.now

    @property
    def today(self) -> date:
        return self.audience.today


# A button's handler: of the visit, the button's own type, and the things that it names; a test holds them together.
Pressed = Callable[..., Awaitable[Answer]]
