"""Focus areas, departments and bodies: the names that there are."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.cards.buttons import export, show
from dialogs.cards.elements import Element, card_reply, container, link_text, small
from dialogs.turn.answer import Asking, Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import Is, Question, Target, meetings_of

LONGEST_NAME = 120
_ATTRIBUTES = {Target.FOCUS_AREAS: catalogue.FOCUS_AREAS, Target.ORG_UNITS: catalogue.ORG_UNITS}


@dataclass(frozen=True, slots=True)
class NameRow:
    """`detail` says something of what has the name."""

    name: str
    detail: str
    opens: Question


@dataclass(frozen=True, slots=True)
class NameList:
    question: Question
    rows: tuple[NameRow, ...]

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        heading = texts.count(f"names.{self.question.target.value}", len(self.rows))
        body: list[Element] = []
        for row in self.rows:
            name = one_line(row.name, LONGEST_NAME)
            opening = show(texts.say("names.show", name=name), row.opens)
            words = [link_text(plain(name)), *([small(plain(row.detail))] if row.detail else [])]
            body.append(container(words, selectAction=opening, separator=True, spacing="Small"))
        body += export(self.question, len(self.rows), audience)
        lines = [f"- {row.name}{f': {row.detail}' if row.detail else ''}" for row in self.rows]
        return card_reply(ForAll, heading, lines, body, texts)

    def document(self, _audience: Audience) -> Document:
        names = [row.name for row in self.rows]
        return Document(self.question.target.value, total=len(names), more={"names": names})


async def answer_names(asking: Asking) -> NameList:
    """Answer with the names; of focus areas those that no later one replaces."""
    question, audience = asking.question, asking.audience
    vocabulary = audience.names.vocabulary
    if question.target is Target.BODIES:
        bodies = [
            NameRow(body.name, _chair(body.chair, audience), meetings_of(body.name)) for body in vocabulary.bodies
        ]
        return NameList(question, tuple(bodies))
    attribute = _ATTRIBUTES[question.target]
    if attribute is catalogue.FOCUS_AREAS:
        names = [area.name for area in vocabulary.focus_areas if not area.replaced_by]
    else:
        names = [unit.name for unit in vocabulary.org_units]
    return NameList(question, tuple([await _counted(name, attribute, asking) for name in names]))


async def _counted(name: str, attribute: Attribute, asking: Asking) -> NameRow:
    theirs = Question(where=(Is(attribute, (name,)),))
    count = await asking.reader.count(theirs, asking.audience.today)
    return NameRow(name, asking.audience.texts.count("people.projects", count), theirs)


def _chair(chair: str | None, audience: Audience) -> str:
    return audience.texts.say("names.chair", name=audience.person(chair)) if chair else ""
