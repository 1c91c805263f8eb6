"""Two readings: which one is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.cards.buttons import ask, show
from dialogs.cards.elements import Element, card, line, stacked
from dialogs.questions.examples import examples
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.readings import Choice, Clarify, Unclear
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.values import listed, near_day_words, value_words

MOST_CHOICES = 8
MOST_WORDS = 4
LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Ambiguous:
    clarify: Clarify

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        words = one_line(self.clarify.words, LONGEST_WORDS)
        heading = texts.say("clarify.heading", words=words) if words else texts.say("clarify.heading_open")
        choices = [(choice_words(choice, audience), choice) for choice in self.clarify.choices[:MOST_CHOICES]]
        buttons = stacked([show(words, choice.question) for words, choice in choices])
        text = "\n".join([heading, *(f"- {words}" for words, _ in choices)])
        body: list[Element] = [line(texts.say("clarify.choose")), *buttons]
        return Reply(card(plain(heading), body, audience.texts, text), text)

    def document(self) -> Document:
        return Document(
            "clarify",
            clarify=[
                {"field": choice.field, "value": choice.value, "understood": printed(choice.question)}
                for choice in self.clarify.choices
            ],
        )


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`asked_again`: it counts as an answer to a reminder, and nothing is asked again before that day."""

    unclear: Unclear
    asked_again: date | None = None

    def reply(self, audience: Audience) -> Reply:
        """What could not be placed, names that look like it, and questions that work."""
        texts = audience.texts
        words = _quoted(self.unclear.words, audience)
        heading = texts.say("unclear.heading_words", words=words) if words else texts.say("unclear.heading")
        near = [one_line(name, 100) for name in self.unclear.near[:3]]
        tried = examples(audience)
        lines = [sentence(heading)]
        body: list[Element] = []
        if self.asked_again:
            lines.append(texts.say("own_reminders.answered", day=near_day_words(self.asked_again, audience)))
            body.append(line(plain(lines[-1])))
        if near:
            body += [line(texts.say("unclear.near")), *stacked([ask(name) for name in near])]
            lines += [texts.say("unclear.near"), *(f"- {name}" for name in near)]
        body += [line(texts.say("unclear.examples")), *stacked([ask(question) for question in tried])]
        lines += [texts.say("unclear.examples"), *(f"- {question}" for question in tried)]
        text = "\n".join(lines)
        return Reply(card(plain(heading), body, audience.texts, text), text)

    def document(self) -> Document:
        return Document()


def choice_words(choice: Choice, audience: Audience) -> str:
    """ "Fokusområde: Klima og ressourcer" """
    field = f"field.{choice.field}"
    if not audience.texts.has(field):
        return one_line(choice.value, 120)
    value = value_words(choice.field, choice.value, audience)
    label = audience.texts.say("chip.label", field=audience.texts.say(field).capitalize(), value=value)
    return one_line(label, 120)


def _quoted(words: Sequence[str], audience: Audience) -> str:
    """Each word once, as "»biler« og »garagen«"; of many the first few, and how many more there are."""
    texts = audience.texts
    visible = list(dict.fromkeys(line for word in words if (line := one_line(word, LONGEST_WORDS))))
    quoted = [texts.say("unclear.word", word=word) for word in visible[:MOST_WORDS]]
    if more := len(visible) - len(quoted):
        quoted.append(texts.count("unclear.more_words", more))
    return listed(quoted, audience)
