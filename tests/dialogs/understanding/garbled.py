"""Messages as nobody means them: those of the question sets with their words shuffled, cut, doubled, joined and mixed;
and orders that are doubted, told of or quoted. `benchmarks/garbled.py` says many of them."""

from __future__ import annotations

import json
import traceback
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.on_card import Input, choices, inputs
from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from dialogs.turn.answer import Answered
from dialogs.turn.audience import Scope
from dialogs.turn.courier import Nobody
from dialogs.turn.visit import Stores
from portfolio.audit import LOOKS, REFUSALS
from portfolio.organisation import Person
from portfolio.principal import speaking_as
from tests.dialogs.understanding.check import questions
from tests.kit.databases import Original
from tests.kit.stores import sql_stores

ZONE = ZoneInfo("Europe/Copenhagen")
# An order goes on for so many turns, of which so many are presses.
MOST_FOLLOWING, PRESSES = 5, 0.5
_ODD = (
    "uge 53", "uge 99", "31/2", "31-12-9999", "1. januar 1", "i 9999999999 dage", "om 400000 uger", "kl. 25", "25:61",
    "0", "-1", "12,5 %", "1e9", "9999999999999", "§", "»«", "😀", "x" * 200, "\u200b", "4. kvartal 9999", "siden sidst",
)  # fmt: skip
_ANSWERS = (
    "ja", "nej", "fortryd", "tilbage", "spring over", "rød", "60", "i morgen", "trin for trin", "vis kort", "kassér",
    "Jonas", "2", "ingen", "…", *_ODD,
)  # fmt: skip
# What is said around an order makes it none.
_DOUBTS = (
    "{}?", "hvordan {}", "kan man {}", "hvis {}", "måske {}", "skal jeg {}", "må jeg {}", "mon {}", "tror du {}",
    "jeg overvejer at {}", "jeg ved ikke om jeg {}", "det ville være rart hvis {}", "hvad sker der hvis jeg {}",
    "ikke {}", "{} ikke", "du skal ikke {}", "jeg vil ikke {}", "lad være med at {}", "glem {}", "{} eller nej",
    "{} nej vent", "{} eller ej", "{} eller hvad", "{} hvis det går", "{} er det rigtigt", "{} var en fejl",
    "jeg kom til at skrive {}", "»{}« sagde han", "Line siger: {}", "Line spørger om {}", "jeg har {}", "i går {}",
    "vi {} sidste år", "how do I {}", "should I {}", "what if I {}", "I might {}", "don't {}", "yesterday {}",
    "\"{}\" she said", "{} or not", "{} if possible",
)  # fmt: skip
_JOINED = (" ", ", ", " og ", " men ", ". ", "? ", "\n", " eller ")
Question = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A message, who says it, on which day and where. `is_ordering`: its words are of an order, in part at least."""

    text: str
    asker: str | None
    today: date
    scope: Scope
    is_ordering: bool


@dataclass(frozen=True, slots=True)
class Fault:
    said: Said
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {self.said.text!r} ({self.said.asker}, {self.said.today}, {self.said.scope})"


def garbled(random: Random, count: int) -> Iterator[Said]:
    """Garble questions, and as many orders and messages that go on, of which there are fewer."""
    asked, ordered = [], []
    for question in questions():
        (ordered if "command" in question["kind"] else asked).append(question)
    said = (asked, ordered, _going_on())
    for _ in range(count):
        one, other = random.choice(random.choice(said)), random.choice(random.choice(said))
        text = one["text"]
        ways = random.choices(_GARBLING, k=random.randint(1, 3))
        for garble in ways:
            text = garble(random, text, other["text"])
        # What asks how an order is told may tell it, once the words that ask are gone.
        orders = {"command", "help"} if _TAKING.intersection(ways) else {"command"}
        today, is_ordering = date.fromisoformat(one["today"]), not orders.isdisjoint((*_kinds(one), *_kinds(other)))
        yield Said(text, random.choice((one, other)).get("as"), today, random.choice(list(Scope)), is_ordering)


def _going_on() -> list[Question]:
    """What is said after an answer, and may mean something after any other."""
    lines = (Path(__file__).parent / "following" / "conversations.jsonl").read_text("utf-8").splitlines()
    turns = (turn for line in lines for turn in json.loads(line)["turns"])
    return [{"text": text, "kind": kind, "today": "2026-11-23"} for text, kind, *_ in turns]


def doubted(random: Random, count: int) -> Iterator[Said]:
    """Orders in words that make them none, so that nothing is stored."""
    orders = [question for question in questions() if question["kind"] == "command"]
    for _ in range(count):
        order = random.choice(orders)
        text = random.choice(_DOUBTS).format(order["text"].rstrip("?.! "))
        today, scope = date.fromisoformat(order["today"]), random.choice(list(Scope))
        yield Said(text, order.get("as"), today, scope, is_ordering=False)


def _kinds(question: Question) -> Sequence[str]:
    kinds: str | list[str] = question["kind"]
    return [kinds] if isinstance(kinds, str) else kinds


def _shuffled(random: Random, text: str, _other: str) -> str:
    words = text.split()
    random.shuffle(words)
    return " ".join(words)


def _cut(random: Random, text: str, _other: str) -> str:
    words = text.split()
    first = random.randrange(len(words)) if words else 0
    return " ".join(words[first : random.randint(first, len(words))] or words[:1])


def _doubled(random: Random, text: str, _other: str) -> str:
    return " ".join(word for word in text.split() for _ in range(random.choice((1, 1, 1, 2))))


def _joined(random: Random, text: str, other: str) -> str:
    return f"{text}{random.choice(_JOINED)}{other}"


def _mixed(random: Random, text: str, other: str) -> str:
    words = text.split()
    for word in random.sample(other.split(), k=min(len(other.split()), random.randint(1, 3))):
        words.insert(random.randint(0, len(words)), word)
    return " ".join(words)


def _swapped(random: Random, text: str, _other: str) -> str:
    if len(text) < 2:
        return text
    at = random.randrange(len(text) - 1)
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"


def _without_one(random: Random, text: str, _other: str) -> str:
    words = text.split()
    del words[random.randrange(len(words)) if words else 0 :][:1]
    return " ".join(words) or text


def _odd(random: Random, text: str, _other: str) -> str:
    words = text.split()
    words.insert(random.randint(0, len(words)), random.choice(_ODD))
    return " ".join(words)


_TAKING = frozenset({_shuffled, _cut, _without_one})
_GARBLING = (_shuffled, _cut, _doubled, _joined, _mixed, _swapped, _without_one, _odd)


async def say_all(messages: Sequence[Said], original: Original, random: Random) -> list[Fault]:
    """Says each for itself, on the portfolio as it was, and goes on for a few turns where it was an order. Faults are
    what fails, and what a message stores that orders nothing."""
    faults: list[Fault] = []
    waiting = list(messages)
    while waiting:
        async with original.copied() as database:
            talk = _Talk(sql_stores(database, ZONE, Nobody()), random, faults)
            while waiting and await talk.leaves_no_trace(waiting.pop()):
                pass
    return faults


class _Talk:
    def __init__(self, stores: Stores, random: Random, faults: list[Fault]) -> None:
        self._stores = stores
        self._random = random
        self._faults = faults
        self._assistant = Assistant(stores.reader, understand, stores)
        self._people: dict[str | None, Person | None] = {None: None}

    async def leaves_no_trace(self, said: Said) -> bool:
        """Says the message, and what may follow; False where something may be stored now."""
        if said.asker and said.asker not in self._people:
            self._people[said.asker] = await self._stores.people.person_by_address(said.asker)
        now = datetime.combine(said.today, time(10), ZONE)
        turn = Turn(speaking_as(self._people[said.asker]), "da", now, said.scope, conversation="here")
        before = (await self._stores.audit.head()).number
        answered = await self._answered(said, self._assistant.answer(said.text, turn))
        if answered is None:
            return False
        records = [record async for record in self._stores.audit.records(after=before)]
        done = [record.action for record in records if record.action not in REFUSALS | LOOKS]
        if done and (answered.order is None or not said.is_ordering):
            self._faults.append(Fault(said, f"stored {', '.join(done)}"))
        if answered.order:
            await self._follow(answered, said, turn)
        return answered.order is None

    async def _follow(self, answered: Answered | None, said: Said, turn: Turn) -> None:
        for step in range(1, MOST_FOLLOWING):
            if answered is None:
                return
            turn = replace(turn, now=turn.now + timedelta(minutes=step**2))
            buttons = list(choices(answered.reply.card))
            if buttons and self._random.random() < PRESSES:
                pressed = self._random.choice(buttons)
                filled = (
                    {one.name: self._fill(one) for one in inputs(answered.reply.card)} if pressed.takes_inputs else {}
                )
                said = replace(said, text=f"{said.text} | [{pressed.title}] {filled or ''}")
                data = {**pressed.data, **{name: value for name, value in filled.items() if value}}
                answered = await self._answered(said, self._assistant.answer_press(pressed.verb, data, turn))
            else:
                text = self._random.choice((*_ANSWERS, _garbled_text(self._random)))
                said = replace(said, text=f"{said.text} | {text}")
                answered = await self._answered(said, self._assistant.answer(text, turn))

    def _fill(self, one: Input) -> str:
        return self._random.choice(
            (one.value, one.value, *one.options.values(), *_ANSWERS, _garbled_text(self._random))
        )

    async def _answered(self, said: Said, answer: Awaitable[Answered]) -> Answered | None:
        """None where it fails, which is a fault."""
        try:
            answered = await answer
            await self._assistant.written(answered)
        except Exception as error:  # noqa: BLE001 - whatever fails is what is looked for
            self._faults.append(Fault(said, _where(error)))
            return None
        return answered


def _garbled_text(random: Random) -> str:
    return next(garbled(random, 1)).text


def _where(error: Exception) -> str:
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno} ({error})"
