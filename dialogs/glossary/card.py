"""What words of the portfolio mean, with the limits that hold, and questions to try with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Element, card_reply, line, stacked, strong
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import plain, sentence
from dialogs.wording.values import listed, money_words, percent_words
from portfolio.projects.signals import AMBER_MONTHS, RED_KRONER, RED_MONTHS, RED_SHARE
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS
from portfolio.status.reminders import BOARD_RHYTHM, RHYTHMS
from portfolio.status.reporting import CORRECTION_TIME

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Explained:
    """`words` by their names in the texts."""

    words: tuple[str, ...]

    def reply(self, audience: Audience) -> Reply:
        say, limits = audience.texts.say, _limits(audience)
        headings = [say(f"glossary.{word}.heading", **limits) for word in self.words]
        texts = [say(f"glossary.{word}.text", **limits) for word in self.words]
        questions = list(dict.fromkeys(say(f"glossary.{word}.ask") for word in self.words))
        heading, *others = headings
        lines, body = [texts[0]], [line(plain(texts[0], LONGEST))]
        for other, text in zip(others, texts[1:], strict=True):
            lines.append(f"{sentence(other)} {text}")
            body += [strong(plain(other, LONGEST)), line(plain(text, LONGEST), spacing="Small")]
        return card_reply(
            ForAll,
            heading,
            [*lines, *(f"- {question}" for question in questions)],
            [*body, *_tries(questions)],
            audience.texts,
        )

    def document(self, _audience: Audience) -> Document:
        return Document("help", {"command": "explain", "words": list(self.words)})


def _tries(questions: list[str]) -> list[Element]:
    return stacked([ask(question) for question in questions])


def _limits(audience: Audience) -> Mapping[str, object]:
    """The limits as the rules have them."""
    return {
        "days": DEFAULT_RHYTHM_DAYS,
        "board_days": BOARD_RHYTHM,
        "rhythms": listed([str(days) for days in RHYTHMS], audience, "heading.or"),
        "share": percent_words(RED_SHARE * 100, audience),
        "kroner": money_words(RED_KRONER, audience),
        "amber_months": AMBER_MONTHS,
        "red_months": RED_MONTHS,
        "hours": int(CORRECTION_TIME.total_seconds() // 3600),
    }
