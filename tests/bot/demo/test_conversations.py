"""What the chat page is shown of a conversation."""

from __future__ import annotations

from bot.demo.cast import PERSONAL
from bot.demo.conversations import MOST_SHOWN, Conversations, Member
from tests.world.people import SOREN


async def test_page_that_is_opened_late_gets_the_newest_and_then_all_that_comes():
    conversation = Conversations().join(SOREN, PERSONAL)
    member = Member(SOREN)
    for number in range(3 * MOST_SHOWN):
        await conversation.say({"type": "message", "text": str(number)}, {"id": member.id})
    shown = conversation.seen_by(member, 0)
    assert [one["text"] for one in shown] == [str(number) for number in range(2 * MOST_SHOWN, 3 * MOST_SHOWN)]
    await conversation.say({"type": "message", "text": "nyt"}, {"id": member.id})
    assert [one["text"] for one in conversation.seen_by(member, 3 * MOST_SHOWN)] == ["nyt"]
