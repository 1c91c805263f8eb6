"""The people at the open chat pages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from aiohttp import web

from bot.demo.cast import Example, Place
from bot.demo.conversations import Conversation, Conversations, Member
from bot.operator_texts import say

SESSION_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Session:
    token: str
    member: Member
    conversation: Conversation


class Sessions:
    """Keeps sessions until the service stops: a page's token stands for a person in a conversation."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._by_token: dict[str, Session] = {}

    def open(self, example: Example, place: Place) -> Session:
        conversation = self._conversations.join(example.person, place)
        session = Session(secrets.token_urlsafe(24), Member(example.person), conversation)
        self._by_token[session.token] = session
        return session

    def of(self, request: web.Request) -> Session:
        """Finds the session by the bearer token, or by the stream's address, since a browser's WebSocket sends no
        headers of ours. Raises HTTPForbidden, which makes Web Chat give the token up."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or request.query.get("t", "")
        session = self._by_token.get(token)
        if session is None or request.match_info.get("conversation") not in (None, session.conversation.id):
            raise web.HTTPForbidden(text=say("chat_page.unknown_conversation"))
        return session
