"""Takes the @mention that called the bot out of what a person wrote."""

from __future__ import annotations

import html
import re
from typing import Any

from botbuilder.schema import Activity

_SPACES = re.compile(r"[^\S\n]+")


def text_of(activity: Activity) -> str:
    """Takes mentions of the bot out by their entity's id, never by name; other people's become their names."""
    text: str = activity.text or ""
    bot = activity.recipient.id if activity.recipient else None
    for entity in activity.entities or ():
        span, mentioned, name = _mention(entity)
        if span and mentioned:
            text = text.replace(span, " " if mentioned == bot else name)
    return _SPACES.sub(" ", html.unescape(text)).strip()


def _mention(entity: Any) -> tuple[str, str, str]:
    """Returns the span in the text, the id and the name; empty where the entity is no sound mention."""
    fields = entity.additional_properties
    account = fields.get("mentioned")
    span = fields.get("text")
    if (entity.type or "").lower() != "mention" or not isinstance(account, dict) or not isinstance(span, str):
        return "", "", ""
    mentioned, name = account.get("id"), account.get("name")
    return span, mentioned if isinstance(mentioned, str) else "", name if isinstance(name, str) else ""
