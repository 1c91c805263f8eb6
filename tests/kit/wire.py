"""People in Teams who report status: what they write and press goes over the signed wire, as their programs send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Phase, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Publication
from portfolio.whole import Portfolio
from tests.kit.bench import Bench
from tests.kit.cards import answers_on, checked, elements_of, press_of
from tests.kit.teams import BOT, CHANNEL, GROUP, FakeTeams, personal
from tests.world.people import IDA, MAJA, OLE

START = datetime(2026, 6, 15, 8, 30, tzinfo=UTC)  # Monday, half past ten in Denmark
TODAY = START.date()
MEETING = START + timedelta(days=3)
VISITS, HEATING, ARCHIVE = "Skærmbesøg i hjemmeplejen", "Varmestyring på skolerne", "Digitalt arkiv"
PORTFOLIO = Portfolio(
    projects=(
        Project(
            "P001",
            VISITS,
            lead=MAJA.id,
            owner=OLE.id,
            phase=Phase.EXECUTION,
            org_unit="Ældre",
            aliases=("Skærmbesøg",),
        ),
        Project("P002", HEATING, lead=OLE.id, phase=Phase.EXECUTION, org_unit="Ældre", aliases=("Varmestyring",)),
        Project("P003", ARCHIVE, lead=OLE.id, phase=Phase.PLANNING, org_unit="Ældre"),
    ),
    reports=(
        StatusReport("P001", date(2026, 6, 1), Rag.GREEN, comment="Alle kan logge på", next_step="Flere skærme"),
        StatusReport("P002", date(2026, 6, 3), Rag.GREEN, comment="Følere er sat op"),
        StatusReport("P003", date(2026, 6, 4), Rag.GREEN, comment="Udbuddet er sendt"),
    ),
    people=(MAJA, OLE, IDA),
    org_units=(OrgUnit("Ældre"),),
    bodies=(
        Body(
            "Project Board",
            BodyKind.PROJECT_BOARD,
            chair=IDA.id,
            secretary=IDA.id,
            members=(MAJA.id, OLE.id),
        ),
    ),
    meetings=(Meeting("Project Board", MEETING),),
)


@dataclass
class Moment:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, time: timedelta) -> None:
        self.now += time


@dataclass
class InTeams:
    """One person in one conversation; `where` is None in their own chat with the bot. What they do is counted."""

    bench: Bench
    sender: str = "maja"
    where: Mapping[str, Any] | None = None
    done: int = 0

    @property
    def teams(self) -> FakeTeams:
        return self.bench.teams

    @property
    def here(self) -> str:
        return str((self.where or personal(self.sender))["id"])

    @property
    def own_chat(self) -> str:
        return str(personal(self.sender)["id"])

    def message(self, text: str) -> Any:
        """Writes with the mention that a group asks for."""
        if self.where is None:
            return self.teams.message(text, self.sender)
        mention = {"type": "mention", "text": "<at>Tovholder</at>", "mentioned": BOT}
        return self.teams.message(f"<at>Tovholder</at> {text}", self.sender, self.where, entities=[mention])

    async def say(self, text: str) -> None:
        self.done += 1
        assert await self.bench.post(self.message(text)) == 200
        await self.bench.all_is_said()

    def pressing(self, card: Any, title: str, **filled: str) -> dict[str, Any]:
        """The invoke of a button, with the card's inputs as they stand, but for those filled in."""
        verb, data = press_of(card, title)
        action = {"verb": verb, "data": {**data, **answers_on(card, filled)}}
        return self.teams.press(action, sender=self.sender, where=self._place_of(card))

    async def press(self, card: Any, title: str, **filled: str) -> Any:
        """What stands in the card's place from then on, for this person alone."""
        self.done += 1
        status, body = await self.bench.answer(self.pressing(card, title, **filled))
        assert (status, body["statusCode"]) == (200, 200)
        assert body["type"] == "application/vnd.microsoft.card.adaptive", body
        await self.bench.all_is_said()
        return checked(body["value"])

    async def refused(self, card: Any, title: str, **filled: str) -> str:
        """What is said instead, while the card stays as it is."""
        self.done += 1
        status, body = await self.bench.answer(self.pressing(card, title, **filled))
        assert status == 200
        assert body["type"] != "application/vnd.microsoft.card.adaptive"
        value = body["value"]
        return str(value["message"] if isinstance(value, dict) else value)

    async def submit(self, card: Any, title: str, **filled: str) -> None:
        """The same on a program that knows only Action.Submit: a message without text."""
        self.done += 1
        presses = (one for one in elements_of(card, "Action.Execute") if one["title"].startswith(title))
        value = {**next(presses)["fallback"]["data"], **answers_on(card, filled)}
        sent = self.teams.activity("message", self.sender, self._place_of(card), value=value)
        assert await self.bench.post(sent) == 200
        await self.bench.all_is_said()

    async def looks_at(self, card: Any) -> Any:
        """What the program fetches by itself for somebody whom the card names."""
        action = card["refresh"]["action"]
        asked = self.teams.press(
            {"verb": action["verb"], "data": action["data"]}, "automatic", sender=self.sender, where=self.where
        )
        _, body = await self.bench.answer(asked)
        return checked(body["value"])

    @property
    def told(self) -> str:
        """The latest sentence without a card that was said here."""
        return str(self.teams.said_in(self.here)[-1].activity["text"])

    @property
    def shown(self) -> Any:
        """The latest card that was said to them: here, or, for them alone, in their own chat."""
        said = [
            one for one in self.teams.sent if one.method == "POST" and one.conversation in (self.here, self.own_chat)
        ]
        return checked([one.card for one in said if "attachments" in one.activity][-1])

    @property
    def shown_here(self) -> Any:
        """The latest card here, which all can see."""
        return checked(self.teams.said_in(self.here)[-1].card)

    def _place_of(self, card: Any) -> Mapping[str, Any] | None:
        """Where the card stands, and its buttons are pressed."""
        apart = [one.card for one in self.teams.said_in(self.own_chat) if "attachments" in one.activity]
        return None if card in apart else self.where

    @property
    def shown_apart(self) -> Any:
        """The latest card in the person's own chat."""
        return checked(self.teams.said_in(self.own_chat)[-1].card)


async def newest(bench: Bench, number: str = "P001") -> StatusReport:
    found = await bench.service.portfolio.stores.reporting.reportable(number)
    assert found is not None
    assert found.newest is not None
    return found.newest


async def publications(bench: Bench, number: str = "P001") -> tuple[Publication, ...]:
    found = await bench.service.portfolio.stores.reporting.reportable(number)
    assert found is not None
    return found.publications


async def met(bench: Bench, *senders: str) -> None:
    """Each has written to the bot once, in a chat of their own, and is a member of the group and the channel."""
    bench.teams.join(GROUP, *senders)
    bench.teams.join(CHANNEL, *senders)
    for sender in senders:
        await InTeams(bench, sender).say("hej")
    bench.teams.sent.clear()
