"""What the cards offer to ask is understood when it is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.cards.buttons import Ask
from dialogs.features import understand
from dialogs.turn.reply import Reply
from storage.questions.reader import SqlPortfolioReader
from tests.kit.cards import elements_of


def offered(reply: Reply) -> list[str]:
    assert reply.card is not None
    actions = elements_of(reply.card, "Action.Execute")
    return [action["data"]["text"] for action in actions if action["verb"] == Ask.verb]


@pytest.fixture
def talking(reader: SqlPortfolioReader) -> Assistant:
    return Assistant(reader, understand)


@pytest.mark.parametrize(("language", "help_wanted"), [("da", "hjælp"), ("en", "help")])
async def test_every_example_is_understood(language: str, help_wanted: str, talking: Assistant, turn: Turn):
    asking = replace(turn, language=language)
    cards = [await talking.welcome(asking), *[await talking.ask(text, asking) for text in (help_wanted, "qwxz plk")]]
    questions = {question for card in cards for question in offered(card)}
    assert len(questions) >= 12
    documents = {question: await talking.document(question, asking) for question in questions}
    assert [question for question, told in documents.items() if told["kind"] in {"clarify", "unclear"}] == []
