"""Cards for a message with several readings, and for one with none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dialogs.cards.buttons import ask, show
from dialogs.cards.elements import Element, card_reply, choice_reply, line, section, stacked
from dialogs.questions.examples import NAMED, examples, named
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import canonical, printed
from dialogs.turn.readings import Choice, Clarify, Unclear
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.letters import fold
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import listed, more_words, value_words
from portfolio.questions.catalogue import ATTRIBUTES

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
        more = more_words(len(self.clarify.choices) - MOST_CHOICES, audience, "clarify.more")
        reply = choice_reply(ForAll, heading, texts.say("clarify.choose"), self.choices(audience), texts, more)
        return replace(reply, is_unclear=True)

    def choices(self, audience: Audience) -> list[Element]:
        shown = self.clarify.choices[:MOST_CHOICES]
        return [show(choice_words(choice, audience), choice.question) for choice in shown]

    def document(self, audience: Audience) -> Document:
        choices = [
            {
                "field": choice.field,
                "value": _canonical(choice, audience),
                "understood": printed(choice.question, audience.names),
            }
            for choice in self.clarify.choices
        ]
        return Document("clarify", clarify=choices)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A message that fits nothing. `offers` are questions that work for its reader. After a reminder, `later` is the
    day on which it may be asked for again."""

    unclear: Unclear
    offers: tuple[str, ...] = ()
    later: date | None = None

    def reply(self, audience: Audience) -> Reply:
        """Quotes the words that fit nothing, says what was understood, and offers the questions."""
        texts = audience.texts
        words = _quoted(self.unclear.words, audience)
        heading = texts.say("unclear.heading_words", words=words) if words else texts.say("unclear.heading")
        lines: list[str] = []
        if self.unclear.because:
            heading = texts.say(f"not_held.{self.unclear.because}")
        lines += _grasped(self.unclear, audience)
        body: list[Element] = [line(plain(text, 600)) for text in lines]
        if self.later:
            again = texts.say("own_reminders.remind_on", day=f"{self.later:%d/%m/%Y}")
            waits = texts.say("own_reminders.not_answered")
            lines += [waits, f"- {again}"]
            body += [line(plain(waits)), *stacked([ask(again)])]
        questions = self.offers or examples(audience)
        title = texts.say("unclear.nearest")
        lines += [f"{title}:", *(f"- {question}" for question in questions)]
        body += [section(title), *stacked([ask(question) for question in questions])]
        help_wanted = [ask(texts.say("example.help"))]
        return replace(card_reply(ForAll, heading, lines, body, texts, help_wanted), is_unclear=True)

    def document(self, _audience: Audience) -> Document:
        return Document()


def _canonical(choice: Choice, audience: Audience) -> str | int | None:
    return None if choice.value is None else canonical(ATTRIBUTES[choice.field], choice.value, audience.names)


def choice_words(choice: Choice, audience: Audience) -> str:
    """ "Fokusområde: Klima og ressourcer", "Uden fokusområde" """
    field = f"field.{choice.field}"
    if choice.value is None:
        return audience.texts.say("group.none", what=audience.texts.say(f"attribute.{choice.field}"))
    if not audience.texts.has(field):
        return one_line(choice.value, 120)
    value = value_words(ATTRIBUTES[choice.field], choice.value, audience)
    label = audience.texts.say("chip.label", field=audience.texts.say(field).capitalize(), value=value)
    return one_line(label, 120)


def _quoted(words: Sequence[str], audience: Audience) -> str:
    """Quote each word once: "»biler« og »garagen«"; of many the first few, and how many more there are."""
    texts = audience.texts
    visible = list(dict.fromkeys(line for word in words if (line := one_line(word, LONGEST_WORDS))))
    quoted = [texts.say("unclear.word", word=word) for word in visible[:MOST_WORDS]]
    if more := len(visible) - len(quoted):
        quoted.append(texts.count("unclear.more_words", more))
    return listed(quoted, audience)


def _grasped(unclear: Unclear, audience: Audience) -> list[str]:
    """ "Jeg forstod »teknik« som Teknik, Erhverv og Kultur, men ikke hele sætningen." """
    texts = audience.texts
    parts = []
    for one in unclear.grasped:
        if one.field in ("ask", "word") or one.words in unclear.words:
            continue
        words = texts.say("unclear.word", word=one_line(one.words, LONGEST_WORDS))
        name = one_line(named(one, audience), 120)
        is_so_called = fold(name) == fold(one.words) or one.field not in NAMED
        parts.append(words if is_so_called else texts.say("unclear.grasped_as", words=words, name=name))
    return [texts.say("unclear.grasped", parts=listed(list(dict.fromkeys(parts)), audience))] if parts else []
