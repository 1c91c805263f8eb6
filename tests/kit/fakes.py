"""What stands in for parts that a test is not about."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dialogs.assistant import Turn
from dialogs.texts import Texts
from dialogs.turn.files import Place
from dialogs.turn.readings import Reading, Unclear
from dialogs.turn.reply import Reply, UserError
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.second.asking import Enquiry
from portfolio.organisation import Person


class Readings:
    """Understands exactly the sentences that it was told the meaning of."""

    def __init__(self) -> None:
        self.meaning: dict[str, Reading] = {}

    def __call__(self, text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading:
        return self.meaning.get(text, Unclear((text,)))


@dataclass
class Speaker:
    """An assistant that gives one and the same reply, and keeps what it was asked."""

    reply: Reply
    asked: list[tuple[str, Turn]] = field(default_factory=list)

    async def ask(self, text: str, turn: Turn) -> Reply:
        self.asked.append((text, turn))
        return self.reply

    async def press(self, verb: str, _data: object, turn: Turn) -> Reply:
        return await self.ask(verb, turn)


@dataclass
class ScriptedModel:
    """A language model that gives one and the same answer, and keeps what it was sent. `meanwhile` is done before it
    answers."""

    says: object = None
    sent: list[Enquiry] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def answer(self, enquiry: Enquiry) -> object:
        self.sent.append(enquiry)
        if self.meanwhile:
            await self.meanwhile()
        return self.says

    @property
    def messages(self) -> list[str]:
        return [json.loads(enquiry.message)["message"] for enquiry in self.sent]


@dataclass
class FakeCourier:
    """Keeps what was told, said, and shown for the first time (posted) or in another's place (updated), in order.
    `members` are the ids of people in every conversation; those in `unreachable` can't be told, and nothing is shown
    while `is_down`."""

    members: dict[str, str] = field(default_factory=dict)
    unreachable: set[str] = field(default_factory=set)
    languages: dict[str, str] = field(default_factory=dict)
    is_down: bool = False
    told: list[tuple[str, Reply]] = field(default_factory=list)
    said: list[tuple[str, Reply]] = field(default_factory=list)
    posted: list[tuple[str, Reply]] = field(default_factory=list)
    updated: list[tuple[str, str, Reply]] = field(default_factory=list)

    async def tell(self, email: str, reply: Callable[[Texts], Reply], _otherwise: object = None) -> bool:
        if self.is_down or email in self.unreachable:
            return False
        self.told.append((email, reply(Texts.of(self.languages.get(email, "da")))))
        return True

    async def say(self, conversation: str, reply: Reply) -> None:
        self.said.append((conversation, reply))

    async def show(self, conversation: str, activity: str | None, reply: Reply) -> str | None:
        if self.is_down:
            return None
        if activity is None:
            self.posted.append((conversation, reply))
            return f"activity-{len(self.posted)}"
        self.updated.append((conversation, activity, reply))
        return activity

    async def accounts(self, conversation: str, emails: Sequence[str]) -> Mapping[str, str]:
        return {email: self.members[email] for email in emails if email in self.members}

    def heard_by(self, email: str) -> list[str]:
        """The texts that the person was told."""
        return [reply.text for told, reply in self.told if told == email]


@dataclass
class FakeFiles:
    """Keeps what was put where, and leads to the service at `address`; `error` is raised instead of putting."""

    place: Place = Place.TEAMS
    address: str | None = "https://tovholder.example"
    error: str | None = None
    kept: list[tuple[str, bytes]] = field(default_factory=list)

    def link(self, path: str) -> str | None:
        return f"{self.address}{path}" if self.address else None

    def may_hold(self, address: str) -> bool:
        return address.startswith("https://kommune-my.sharepoint.com/")

    async def put(self, address: str, content: bytes) -> None:
        if self.error:
            raise UserError(self.error)
        self.kept.append((address, content))
