"""Buttons for Web Chat, which knows Action.Submit alone: an Action.Execute goes to the page as a marked Submit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.conversations import Activity

MARK = "tovholderExecute"
CARD = "application/vnd.microsoft.card.adaptive"
# The page sees to these by itself.
_OURS = frozenset({"refresh"})
_LOOKS = ("title", "iconUrl", "style", "tooltip", "mode", "isEnabled", "associatedInputs")


@dataclass(frozen=True, slots=True)
class Pressed:
    """`action` holds verb, id and data, with what was filled in on the card."""

    activity_id: str
    action: Activity


def for_web_chat(activity: Activity) -> Activity:
    """Returns a copy whose cards Web Chat can press."""
    attachments = [
        {**attachment, "content": _pressable(attachment.get("content"), activity["id"])}
        if attachment.get("contentType") == CARD
        else attachment
        for attachment in activity.get("attachments") or []
    ]
    return {**activity, "attachments": attachments} if attachments else activity


def pressed(value: Any) -> Pressed | None:
    """Reads a button of ours from what Web Chat sent as a message's value; None when it was none."""
    if not isinstance(value, Mapping) or not isinstance(value.get(MARK), Mapping):
        return None
    mark = value[MARK]
    inputs = {key: content for key, content in value.items() if key != MARK}
    action = {**mark["action"], "data": {**mark["action"].get("data", {}), **inputs}}
    return Pressed(str(mark["activity"]), action)


def _pressable(node: Any, activity_id: str) -> Any:
    if isinstance(node, list):
        return [_pressable(item, activity_id) for item in node]
    if not isinstance(node, Mapping):
        return node
    if node.get("type") == "Action.Execute":
        return _as_submit(node, activity_id)
    return {key: _pressable(item, activity_id) for key, item in node.items() if key not in _OURS}


def named_action(node: Mapping[str, Any]) -> Activity:
    """Returns what the bot is told of a pressed Action.Execute, without what was filled in."""
    return {key: node[key] for key in ("verb", "id", "data") if key in node}


def _as_submit(node: Mapping[str, Any], activity_id: str) -> Activity:
    looks = {key: node[key] for key in _LOOKS if key in node}
    mark = {"activity": activity_id, "action": named_action(node)}
    return {"type": "Action.Submit", **looks, "data": {MARK: mark}}
