"""Activities as Teams would send them to the bot when a person does something on the chat page."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.demo.conversations import BOT, Activity, Conversation, Member

LOCALE = "da-DK"
TIMEZONE = "Europe/Copenhagen"
LOCAL_TENANT = "00000000-0000-4000-8000-000000000000"
_MENTION = re.compile(r"@tovholder\b[:,]?", re.IGNORECASE)
_BOT = {"id": BOT["id"], "name": BOT["name"]}
_MARK = f"<at>{BOT['name']}</at>"


@dataclass(frozen=True, slots=True)
class Envelope:
    conversation: Conversation
    member: Member
    service_url: str
    tenant: str

    def message(self, activity: Mapping[str, Any], activity_id: str) -> Activity | None:
        """Returns None for a message that the bot doesn't get: in a channel it only hears what mentions it."""
        content = {key: activity[key] for key in ("value", "replyToId") if activity.get(key) is not None}
        text = activity.get("text")
        entities: list[Activity] = []
        if text is not None:
            text, mentions = _MENTION.subn(_MARK, str(text))
            entities = [{"type": "mention", "mentioned": _BOT, "text": _MARK}] * mentions
            if not (mentions or self.conversation.is_personal):
                return None
            content |= {"text": text, "textFormat": "plain"}
        return self._activity("message", activity_id, entities) | content

    def press(self, activity_id: str, action: Mapping[str, Any], trigger: str = "manual") -> Activity:
        """Presses an Action.Execute on the card of an activity, by the person or by the program itself."""
        value = {"action": {"type": "Action.Execute", **action}, "trigger": trigger}
        about = {"name": "adaptiveCard/action", "value": value, "replyToId": activity_id}
        return self._activity("invoke", f"f:{secrets.token_hex(8)}") | about

    def installation(self) -> Activity:
        """Adds the bot, by the person in the personal chat or to the team."""
        added = [{"id": BOT["id"]}]
        return self._activity("conversationUpdate", f"f:{secrets.token_hex(8)}") | {"membersAdded": added}

    def _activity(self, kind: str, activity_id: str, entities: list[Activity] | None = None) -> Activity:
        person = self.member.person
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        client = {"type": "clientInfo", "locale": LOCALE, "country": "DK", "platform": "Web", "timezone": TIMEZONE}
        return {
            "type": kind,
            "id": activity_id,
            "timestamp": now,
            "localTimezone": TIMEZONE,
            "locale": LOCALE,
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": self.member.id, "name": person.name, "aadObjectId": self.member.entra_id},
            "recipient": _BOT,
            "conversation": self._conversation(),
            "entities": [client, *(entities or [])],
            "channelData": self._channel_data(),
        }

    def _conversation(self) -> Activity:
        about = {"id": self.conversation.id, "tenantId": self.tenant}
        if self.conversation.is_personal:
            return about | {"conversationType": "personal"}
        return about | {"conversationType": "channel", "isGroup": True, "name": self.conversation.place.label}

    def _channel_data(self) -> Activity:
        tenant = {"tenant": {"id": self.tenant}}
        if self.conversation.is_personal:
            return tenant
        channel = {"id": self.conversation.id, "name": self.conversation.place.label}
        return tenant | {"team": channel, "channel": channel}
