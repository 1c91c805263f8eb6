"""What somebody may do here, and to what: read from the table of rights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Element, card_reply, container, line, small, stacked, strong
from dialogs.questions.examples import examples
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_TITLE
from dialogs.wording.values import listed
from portfolio.rights import Act, Part, allowed

MOST_NAMED = 3
LONGEST = 600
_OF_BODIES = frozenset({Part.CHAIR, Part.SECRETARY})
# What the office may do it to.
_ALL = {
    **dict.fromkeys((Act.REPORT, Act.HAND_OVER, Act.SET_RHYTHM, Act.NAME_DEPUTY), "projects"),
    **dict.fromkeys((Act.REQUEST_STATUS, Act.CHANGE_PROJECT), "projects"),
    **dict.fromkeys((Act.RUN_ROUND, Act.CHANGE_MEETING, Act.BIND_CHANNEL), "bodies"),
    **dict.fromkeys((Act.STEER_REMINDERS, Act.SEE_OTHERS_REMINDERS), "people"),
}


@dataclass(frozen=True, slots=True)
class Rights:
    """`things` are the projects and bodies in which somebody has each part."""

    things: Mapping[Part, Sequence[str]]

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        rows = [(where, listed(acts, audience)) for where, acts in self._acts_by_place(audience).items()]
        everybody = [say("may.everybody"), say("may.others")]
        asks = [ask(question) for question in examples(audience)]
        lines = [*(f"- {where}: {acts}" for where, acts in rows), *everybody, *(f"- {one['title']}" for one in asks)]
        body: list[Element] = [
            container([strong(plain(where, LONGEST)), small(plain(acts, LONGEST))], spacing="Small")
            for where, acts in rows
        ]
        body += [*(line(text, spacing="Medium") for text in everybody), *stacked(asks)]
        heading = say("may.heading") if rows else say("may.heading_none")
        return card_reply(ForOne, heading, lines, body, audience.texts)

    def _acts_by_place(self, audience: Audience) -> Mapping[str, list[str]]:
        """Groups what may be done by what it may be done to."""
        by_place: dict[str, list[str]] = defaultdict(list)
        for act, parts in self._acts.items():
            where = self._where(act, parts, audience)
            by_place[where[:1].upper() + where[1:]].append(audience.texts.say(f"may.{act}"))
        return by_place

    def document(self, _audience: Audience) -> Document:
        return Document("help", {"command": "what_may_i", "acts": [act.value for act in self._acts]})

    @property
    def _acts(self) -> Mapping[Act, tuple[Part, ...]]:
        return allowed(self.things.keys())

    def _where(self, act: Act, parts: Sequence[Part], audience: Audience) -> str:
        """ "de 2 projekter, du leder, og det projekt, du ejer" """
        if Part.OFFICE in parts:
            return audience.texts.say(f"may.all_{_ALL[act]}")
        return listed([self._by(part, audience) for part in parts], audience)

    def _by(self, part: Part, audience: Audience) -> str:
        things = self.things[part]
        names = [name if part in _OF_BODIES else audience.names.project(name) for name in things]
        shown = listed([one_line(name, LONGEST_TITLE) for name in names[:MOST_NAMED]], audience)
        key = f"may.by_{part}" if len(things) <= MOST_NAMED else f"may.many_by_{part}"
        return audience.texts.say(key, names=shown, count=len(things))
