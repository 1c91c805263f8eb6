"""Replies as Teams takes them, and the language of the program that shows them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes, Attachment

from dialogs.cards.files import CONSENT, INFO, is_file
from dialogs.texts import LANGUAGES
from dialogs.turn.reply import Refusal, Reply
from dialogs.values.calendar_words import Language

CARD = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
SUMMARY = 200
_FILE_CARDS = {
    CONSENT: "application/vnd.microsoft.teams.card.file.consent",
    INFO: "application/vnd.microsoft.teams.card.file.info",
}


def as_activity(reply: Reply) -> Activity:
    """Sends the card alone, its text as the summary for notifications: both at once would be two messages."""
    if reply.card is None:
        return Activity(type=ActivityTypes.message, text=reply.text, text_format="plain")
    return Activity(type=ActivityTypes.message, attachments=[_attachment(reply.card)], summary=reply.text[:SUMMARY])


def _attachment(card: dict[str, Any]) -> Attachment:
    """A file is handed over by a card of Teams' own kind, beside which its name stands."""
    kind = _FILE_CARDS.get(card["type"])
    if kind is None:
        return Attachment(content_type=CARD, content=card)
    beside = {"name": card["name"], "content_url": card.get("contentUrl")}
    return Attachment(content_type=kind, content=card["content"], **beside)


def as_invoke_response(reply: Reply) -> InvokeResponse:
    """A card takes the place of the old one; a refusal, or a sentence alone, leaves that as it is."""
    match reply.refusal:
        case Refusal.MALFORMED:
            return card_error(HTTPStatus.BAD_REQUEST, "BadRequest", reply.text)
        case Refusal.FORBIDDEN:
            return card_error(HTTPStatus.FORBIDDEN, "Forbidden", reply.text)
    if reply.refusal or reply.card is None or is_file(reply.card):
        return toast(reply)
    return _invoke_response(HTTPStatus.OK, CARD, reply.card)


def toast(reply: Reply) -> InvokeResponse:
    """A sentence that leaves the card as it is."""
    return _invoke_response(HTTPStatus.OK, TOAST, reply.text)


def card_error(status: HTTPStatus, code: str, message: str) -> InvokeResponse:
    """An error as cards expect it: the request itself went well, or Teams would show nothing."""
    return _invoke_response(status, ERROR, {"code": code, "message": message})


def _invoke_response(status: HTTPStatus, kind: str, value: str | dict[str, Any]) -> InvokeResponse:
    body = {"statusCode": status.value, "type": kind, "value": value}
    return InvokeResponse(status=HTTPStatus.OK.value, body=body)


def language_of(locale: str | None, otherwise: Language) -> Language:
    """Returns the locale's language where we speak it."""
    tag = (locale or "").lower()
    return next((language for language in LANGUAGES if tag.startswith(language)), otherwise)
