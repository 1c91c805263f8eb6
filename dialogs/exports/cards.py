"""Replies to who wants a list as a file: here it is, how it is done, or why it isn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import ask, show
from dialogs.cards.elements import Element, card_reply, line, stacked
from dialogs.cards.files import consent_card, info_card
from dialogs.exports.buttons import LeaveFile, TakeFile
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForAll, ForOne, Reply
from dialogs.values.plain import one_line, plain
from portfolio.questions.question import Question

LONGEST_TITLE = 160
_DOCUMENT = Document("command", {"command": "export"}, total=0)


@dataclass(frozen=True, slots=True)
class Offered:
    """Teams asks the reader, in their own chat, whether the file may be put into their OneDrive."""

    title: str
    name: str
    size: int
    take: TakeFile

    def reply(self, audience: Audience) -> Reply:
        text = audience.texts.say("export.offered", title=one_line(self.title, LONGEST_TITLE))
        leave = LeaveFile(self.take.person)
        return ForOne(consent_card(self.name, text, self.size, self.take, leave), text)


@dataclass(frozen=True, slots=True)
class Taken:
    """The file lies where Teams said; `kind` is how its name ends."""

    name: str
    address: str
    file_id: str
    kind: str

    def reply(self, audience: Audience) -> Reply:
        text = audience.texts.say("export.taken", name=self.name)
        return ForOne(info_card(self.name, self.address, self.file_id, self.kind), text)


@dataclass(frozen=True, slots=True)
class Left:
    """Nobody wanted the file."""

    def reply(self, audience: Audience) -> Reply:
        return ForOne(None, audience.texts.say("export.left"))


@dataclass(frozen=True, slots=True)
class Linked:
    """A link to the file for all who read along, who may ask for the list themselves."""

    title: str
    name: str
    address: str
    question: Question

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        heading, words = say("export.linked", title=one_line(self.title, LONGEST_TITLE)), say("export.linked_text")
        fetch = {"type": "Action.OpenUrl", "title": say("export.fetch"), "url": self.address, "tooltip": self.name}
        actions = [fetch, show(say("export.show"), self.question)]
        return card_reply(ForAll, heading, [words, self.address], [line(plain(words))], audience.texts, actions)


@dataclass(frozen=True, slots=True)
class NoLink:
    """Nobody said at which address people reach the service."""

    def reply(self, audience: Audience) -> Reply:
        return _told("no_link", [], audience)


@dataclass(frozen=True, slots=True)
class InTerminal:
    """The command line writes files, also of this `question`."""

    question: Question

    def reply(self, audience: Audience) -> Reply:
        return _told("terminal", [], audience)

    def document(self, _audience: Audience) -> Document:
        return _DOCUMENT


@dataclass(frozen=True, slots=True)
class HowToExport:
    """Tells which lists can be a file and how to ask for one. `is_nothing`: no list was shown before."""

    is_nothing: bool = False

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        tries = [say(f"export.try_{one}") for one in ("portfolio", "red", "milestones")]
        return _told("nothing" if self.is_nothing else "how", tries, audience)

    def document(self, _audience: Audience) -> Document:
        return Document("help", {"command": "export"})


def _told(key: str, tries: Sequence[str], audience: Audience) -> Reply:
    heading, words = audience.texts.say(f"export.{key}"), audience.texts.say(f"export.{key}_text")
    lines = [words, *(f"- {sentence}" for sentence in tries)]
    body: list[Element] = [line(plain(words, 600)), *stacked([ask(sentence) for sentence in tries])]
    return card_reply(ForAll, heading, lines, body, audience.texts)
