"""The Connector of the chat page: where the bot's replies and its own messages arrive."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.demo.conversations import BOT, Activity, Conversation, Conversations, Member
from bot.demo.refreshing import Refreshing

LARGEST_PAGE = 500


class Connector:
    """Handlers for the part of the Connector's REST interface that the bot uses."""

    def __init__(self, conversations: Conversations, refreshing: Refreshing) -> None:
        self._conversations = conversations
        self._refreshing = refreshing

    def routes(self) -> list[web.RouteDef]:
        base = "/connector/v3/conversations"
        conversation = base + "/{conversation}"
        return [
            web.post(base, self.create),
            web.post(conversation + "/activities", self.send),
            web.post(conversation + "/activities/{activity}", self.send),
            web.put(conversation + "/activities/{activity}", self.update),
            web.get(conversation + "/pagedmembers", self.paged_members),
            web.get(conversation + "/members/{member}", self.member),
        ]

    async def create(self, request: web.Request) -> web.Response:
        document = await request.json()
        member_ids = [str(member.get("id")) for member in document.get("members") or []]
        conversation = self._conversations.personal_with(member_ids[0]) if member_ids else None
        if conversation is None:
            raise _not_found("ConversationNotFound")
        return web.json_response({"id": conversation.id}, status=HTTPStatus.CREATED)

    async def send(self, request: web.Request) -> web.Response:
        conversation = self._conversation(request)
        activity_id = await conversation.say(await request.json(), BOT)
        self._refreshing.posted(request, conversation, activity_id)
        return web.json_response({"id": activity_id}, status=HTTPStatus.CREATED)

    async def update(self, request: web.Request) -> web.Response:
        activity_id = request.match_info["activity"]
        conversation = self._conversation(request)
        if not await conversation.replace(activity_id, await request.json()):
            raise _not_found("ActivityNotFoundInConversation")
        self._refreshing.posted(request, conversation, activity_id)
        return web.json_response({"id": activity_id})

    async def paged_members(self, request: web.Request) -> web.Response:
        """Answers with a page of members; the token is where the next page begins."""
        accounts = [_account(member) for member in self._conversation(request).members.values()]
        begin, size = _number(request, "continuationToken", 0), _number(request, "pageSize", LARGEST_PAGE)
        end = begin + max(1, min(size, LARGEST_PAGE))
        following = {"continuationToken": str(end)} if end < len(accounts) else {}
        return web.json_response({"members": accounts[begin:end]} | following)

    async def member(self, request: web.Request) -> web.Response:
        member = self._conversation(request).member(request.match_info["member"])
        if member is None:
            raise _not_found("MemberNotFoundInConversation")
        return web.json_response(_account(member))

    def _conversation(self, request: web.Request) -> Conversation:
        conversation = self._conversations.get(request.match_info["conversation"])
        if conversation is None:
            raise _not_found("ConversationNotFound")
        return conversation


def _account(member: Member) -> Activity:
    person = member.person
    given, _, family = person.name.rpartition(" ")
    return {
        "id": member.id,
        "name": person.name,
        "givenName": given,
        "surname": family,
        "objectId": member.entra_id,
        "aadObjectId": member.entra_id,
        "email": person.email,
        "userPrincipalName": person.upn or person.email,
        "userRole": "user",
    }


def _number(request: web.Request, name: str, otherwise: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isdecimal() else otherwise


def _not_found(code: str) -> web.HTTPNotFound:
    error = {"error": {"code": code, "message": "Not found."}}
    return web.HTTPNotFound(text=web.json_response(error).text, content_type="application/json")
