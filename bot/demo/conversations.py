"""The conversations of the chat page, kept in memory: who takes part, and everything said."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.clock import Clock, real_clock
from bot.demo.cast import Place
from portfolio.organisation import Person

Activity = dict[str, Any]

PLACE = "tovholder:place"
MOST_SHOWN = 40
BOT = {"id": "28:tovholder", "name": "Tovholder", "role": "bot"}


@dataclass(frozen=True, slots=True)
class Member:
    """A person with the ids that Teams would give, which in local mode are made of ours."""

    person: Person

    @property
    def id(self) -> str:
        return f"29:{self.person.id}"

    @property
    def entra_id(self) -> str:
        return self.person.id


@dataclass(frozen=True, slots=True)
class Entry:
    """Something for the page to show; it replaces an earlier entry with the same activity id. `viewer` is the only
    member who sees it, None means all."""

    activity: Activity
    viewer: str | None = None


@dataclass(eq=False)
class Conversation:
    """`present` are the ids of the members who have opened the page here."""

    id: str
    place: Place
    members: dict[str, Member] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    clock: Clock = real_clock
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def is_personal(self) -> bool:
        return self.place.body is None

    def member(self, who: str) -> Member | None:
        """Finds the member by their id or their Entra id."""
        return next((member for member in self.members.values() if who in (member.id, member.entra_id)), None)

    async def say(self, activity: Mapping[str, Any], sender: Mapping[str, Any], viewer: str | None = None) -> str:
        """Appends the activity, with an id and a time of its own. Returns the id."""
        activity_id = str(activity.get("id") or _new_id())
        moment = self.clock().isoformat(timespec="milliseconds")
        position = {"webchat:sequence-id": len(self.entries) + 1}
        message = {**activity, "id": activity_id, "timestamp": moment, "from": dict(sender)}
        message["channelData"] = {**(activity.get("channelData") or {}), **position}
        await self._append(Entry(message, viewer))
        return activity_id

    async def replace(self, activity_id: str, activity: Mapping[str, Any], viewer: str | None = None) -> bool:
        """Shows `activity` where the other stood; False when there is no other."""
        old = self.find(activity_id)
        if old is None:
            return False
        kept = {key: old[key] for key in ("id", "timestamp", "from", "channelData")}
        await self._append(Entry({**activity, **kept}, viewer))
        return True

    def find(self, activity_id: str) -> Activity | None:
        return next((entry.activity for entry in self.entries if entry.activity["id"] == activity_id), None)

    def for_all(self) -> dict[str, Activity]:
        """Returns what everybody sees now, by id."""
        return {entry.activity["id"]: entry.activity for entry in self.entries if entry.viewer is None}

    def view_of(self, activity_id: str, member: Member) -> Activity | None:
        """Returns the activity as the member sees it now."""
        views = [entry.activity for entry in self.entries if entry.viewer in (None, member.id)]
        return next((view for view in reversed(views) if view["id"] == activity_id), None)

    def seen_by(self, member: Member, watermark: int) -> list[Activity]:
        """Returns the activities from `watermark` on that the member sees, each with its place among all, and of many
        the latest: a page that draws hundreds of cards keeps people waiting. Typing counts only as the newest."""
        begin = max(watermark, len(self.entries) - MOST_SHOWN)
        return [
            _with_place(_with_names(entry.activity, member), place)
            for place, entry in enumerate(self.entries[begin:], begin)
            if entry.viewer in (None, member.id) and (entry.activity["type"] != "typing" or entry is self.entries[-1])
        ]

    async def wait_beyond(self, watermark: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.entries) > watermark)

    async def _append(self, entry: Entry) -> None:
        async with self._changed:
            self.entries.append(entry)
            self._changed.notify_all()


class Conversations:
    """The page's conversations, by id. A person has a single personal conversation; a group's channel is shared, and
    all who belong to the group are members of it."""

    def __init__(self, clock: Clock = real_clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Conversation] = {}

    def join(self, person: Person, place: Place) -> Conversation:
        """Returns the conversation of somebody who opens the page there."""
        conversation = self.expect(person, place)
        conversation.present.add(Member(person).id)
        return conversation

    def expect(self, person: Person, place: Place) -> Conversation:
        """Returns the conversation, which is there for them whether they have opened the page or not."""
        member = Member(person)
        conversation_id = _channel_id(place) if place.body else f"a:{member.id.removeprefix('29:')}"
        conversation = self._by_id.setdefault(conversation_id, Conversation(conversation_id, place, clock=self._clock))
        conversation.members |= {other.id: other for other in map(Member, place.people)} | {member.id: member}
        return conversation

    def get(self, conversation_id: str) -> Conversation | None:
        return self._by_id.get(conversation_id)

    def personal_with(self, who: str) -> Conversation | None:
        """Finds the person's own conversation, by their id or their Entra id."""
        own = (conversation for conversation in self._by_id.values() if conversation.is_personal)
        return next((conversation for conversation in own if conversation.member(who)), None)


def _with_names(activity: Activity, member: Member) -> Activity:
    """Writes names into the text: Web Chat tells its own user from all others, but not the others apart."""
    sender = activity["from"]
    if sender["id"] in (member.id, BOT["id"]):
        return activity
    return {**activity, "from": {**sender, "role": "bot"}, "text": f"**{sender['name']}:** {activity.get('text', '')}"}


def _with_place(activity: Activity, place: int) -> Activity:
    """Tells the page the place in the conversation: of two activities with the same id, it shows the later."""
    return {**activity, "channelData": {**activity["channelData"], PLACE: place}}


def _channel_id(place: Place) -> str:
    return f"19:{uuid5(NAMESPACE_URL, place.label).hex}@thread.tacv2"


def _new_id() -> str:
    return f"{int(datetime.now(UTC).timestamp() * 1000)}-{secrets.token_hex(4)}"
