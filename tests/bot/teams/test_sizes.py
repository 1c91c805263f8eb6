"""The whole message that leaves, however long the names, is one that Teams takes."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.teams.codec import encode
from bot.teams.courier import addressed
from bot.teams.rendering import as_activity
from dialogs.cards.elements import LARGEST, card, line, size_of
from dialogs.texts import Texts
from dialogs.turn.reply import ForAll
from portfolio.conversations import ConversationKind, ConversationReference
from tests.kit.cards import AROUND
from tests.kit.cards import LARGEST as TAKEN

THERE = ConversationReference(
    "2" * 36, f"19:{'x' * 60}@thread.tacv2;messageid=1700000000001", ConversationKind.CHANNEL,
    "https://smba.trafficmanager.net/emea/2222/", f"28:{'1' * 36}", datetime(2026, 6, 15, tzinfo=UTC),
)  # fmt: skip


def test_addresses_and_summary_find_room_beside_the_largest_card():
    for letter in ("x", "æ", "🙂"):
        shown = card("Overskrift", [line("x")], Texts.of("da"), letter * 2000)
        reply = ForAll(shown, letter * 2000)
        around = size_of(addressed(reply, THERE)) - size_of(shown)
        assert around <= AROUND
        assert LARGEST + AROUND <= TAKEN
        assert len(encode(as_activity(reply))["summary"]) == 200
