"""Joins the framework's turns to the Connector."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from bot.teams.codec import encode
from bot.teams.messenger import Messenger

Logic = Callable[[Any], Awaitable[None]]
OnError = Callable[[Any, Exception], Awaitable[None]]


class LeanTurnContext(TurnContext):  # type: ignore[misc]
    """A turn that addresses what it sends without copying it first: our activities are sent a single time."""

    async def send_activities(self, activities: Sequence[Activity]) -> list[ResourceResponse]:
        reference = TurnContext.get_conversation_reference(self.activity)
        for activity in activities:
            activity.type = activity.type or ActivityTypes.message
            TurnContext.apply_conversation_reference(activity, reference)
        self.responded = True
        sent: list[ResourceResponse] = await self.adapter.send_activities(self, activities)
        return sent


class TeamsAdapter(BotAdapter):  # type: ignore[misc]
    """Runs turns; a turn's failure goes to `on_error`, which answers instead."""

    def __init__(self, messenger: Messenger, on_error: OnError) -> None:
        super().__init__(on_error)
        self._messenger = messenger

    async def process(self, activity: Activity, logic: Logic) -> InvokeResponse | None:
        """Returns the answer to an invoke; None for every other activity."""
        context = LeanTurnContext(self, activity)
        await self.run_pipeline(context, logic)
        answer = context.turn_state.get(BotAdapter._INVOKE_RESPONSE_KEY)
        return answer.value if answer else None

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        return [await self._send(context, activity) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        raise NotImplementedError("the courier changes what was sent")

    async def delete_activity(self, _context: TurnContext, reference: ConversationReference) -> None:
        await self._messenger.delete(reference.service_url, reference.conversation.id, reference.activity_id)

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[BotAdapter._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse()
        sent = await self._messenger.reply(
            activity.service_url, activity.conversation.id, activity.reply_to_id, encode(activity)
        )
        return ResourceResponse(id=sent)
