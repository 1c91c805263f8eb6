"""Gives everybody in the portfolio a chat, and the groups channels, before anybody has opened the page."""

from __future__ import annotations

from datetime import datetime

from bot.demo.cast import PERSONAL, Place, places_of
from bot.demo.conversations import BOT, Conversation, Conversations
from bot.demo.teams import LOCAL_TENANT, LOCALE
from bot.settings import Settings
from bot.wiring import Portfolio
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.identity import BY_ITSELF
from portfolio.organisation import Person
from portfolio.questions.answers import Vocabulary


def expect_everybody(conversations: Conversations, vocabulary: Vocabulary) -> list[tuple[Conversation, Person | Place]]:
    """Makes everybody's conversations; returns each with its person, or with its group's place."""
    own = [(conversations.expect(person, PERSONAL), person) for person in vocabulary.people]
    groups = [place for place in places_of(vocabulary) if place.body and place.people]
    return [*own, *((conversations.expect(place.people[0], place), place) for place in groups)]


async def reach_everybody(portfolio: Portfolio, settings: Settings, address: str, now: datetime) -> None:
    """Writes down where everybody is reached: at the chat page's own Connector. `address` is the service's."""
    reminding = portfolio.stores.reminding
    tenant = settings.app_tenant_id or LOCAL_TENANT
    vocabulary = await portfolio.reader.vocabulary()
    for conversation, whose in expect_everybody(Conversations(), vocabulary):
        is_personal = isinstance(whose, Person)
        reference = ConversationReference(
            tenant=tenant,
            conversation=conversation.id,
            kind=ConversationKind.PERSONAL if is_personal else ConversationKind.CHANNEL,
            service_url=f"{address}/chat/connector",
            bot=BOT["id"],
            seen_at=now,
            person=whose.id if isinstance(whose, Person) else None,
            locale=LOCALE if is_personal else None,
        )
        await reminding.conversations.save_reference(reference)
        if isinstance(whose, Place) and whose.body:
            await reminding.channels.bind(whose.body.name, reference, BY_ITSELF, now)
