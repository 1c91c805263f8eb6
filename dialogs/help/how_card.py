"""How something is ordered, for who only wondered about it: nothing was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from dialogs.help.cards import notice
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.orders import Order
from dialogs.turn.readings import SpeechAct, Wondered
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line

LONGEST_VALUE = 80
_DAY = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class How:
    """The order, told by what comes of it, with the sentence that tells it, to press."""

    wondered: Wondered

    def reply(self, audience: Audience) -> Reply:
        say, command = audience.texts.say, self.wondered.order.command
        untouched = say(f"how_sentence.{self.wondered.act.value}")
        explanation = f"{untouched} {say(f'how.{command}.text')} {say('how_sentence.say_it')}"
        return notice(say(f"how.{command}.heading"), explanation, [_sentence(self.wondered, audience)], audience)

    def document(self, _audience: Audience) -> Document:
        return Document("help", {"command": self.wondered.order.command}, total=0)


def _sentence(wondered: Wondered, audience: Audience) -> str:
    """Return a sentence that tells the order, with what was named where its text has room for that; of what is past or
    somebody else's, nothing is."""
    texts, command = audience.texts, wondered.order.command
    said = f"how_said.{command}"
    values = {} if wondered.act is SpeechAct.REPORTED else dict(_values(wondered.order, audience))
    if texts.has(said) and values.keys() >= _placeholders(texts.by_key[said]):
        return texts.say(said, **values).strip()
    return texts.say(f"how.{command}.example")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _values(order: Order, audience: Audience) -> Iterator[tuple[str, str]]:
    """Yield what the order names, as it is written in a sentence."""
    names, say = audience.names, audience.texts.say
    if projects := getattr(order, "projects", ()):
        yield "project", projects[0]
    if bodies := getattr(order, "bodies", ()):
        yield from (("body", one_line(bodies[0], LONGEST_VALUE)), ("days", ""))
    if people := getattr(order, "people", ()):
        yield "person", one_line(names.person(people[0]) or "", LONGEST_VALUE)
    if kinds := getattr(order, "kinds", ()):
        yield from (
            (("kind", say(f"reminder_kind.{kinds[0]}")),) if audience.texts.has(f"reminder_kind.{kinds[0]}") else ()
        )
    if language := getattr(order, "language", None):
        yield "language", say(f"how_sentence.{language}")
    first, last = getattr(order, "first", None), getattr(order, "last", None)
    if first and last and first != last:
        yield "days", say("how_sentence.from_to", first=f"{first:{_DAY}}", last=f"{last:{_DAY}}")
    elif day := first or last or getattr(order, "day", None):
        yield "days", say("how_sentence.on" if first or not last else "how_sentence.to", day=f"{day:{_DAY}}")
    if until := getattr(order, "until", None):
        yield "until", f"{until:{_DAY}}"
