"""Cards that say something and offer questions to ask: welcome, help, and "not yet"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Element, card_reply, line, section, stacked
from dialogs.questions.examples import LONGEST_NAME, example, examples
from dialogs.turn.answer import Asking, Document, of_order
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.orders import Greet, Order, ProjectOrder, Thank
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from portfolio.questions.question import Question, Target


@dataclass(frozen=True, slots=True)
class NotHeld:
    """The answer to a question on proposals or systems, which the portfolio does not hold."""

    question: Question

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        if self.question.target is Target.PROPOSALS:
            return notice(say("not_yet.proposals_heading"), say("not_yet.proposals"), [_body(audience)], audience)
        return notice(say("not_yet.systems_heading"), say("not_yet.systems"), examples(audience), audience)

    def document(self, audience: Audience) -> Document:
        return Document(self.question.target.value, printed(self.question, audience.names))


@dataclass(frozen=True, slots=True)
class Help:
    """The questions that can be asked, in groups."""

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        lines = [say("help.intro")]
        body: list[Element] = [line(say("help.intro"))]
        for group, questions in _groups(audience).items():
            asked = [question for question in questions if question]
            body += [section(say(f"help.{group}")), *stacked([ask(question) for question in asked])]
            lines += [f"{say(f'help.{group}')}:", *(f"- {question}" for question in asked)]
        return card_reply(ForAll, say("help.heading"), lines, body, audience.texts)

    def document(self, _audience: Audience) -> Document:
        return Document("help")


@dataclass(frozen=True, slots=True)
class Done:
    """An order where there is nobody to do it for."""

    order: Order

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        match self.order:
            case Thank():
                return ForAll(None, texts.say("welcome.thanks"))
            case Greet():
                return _greeting(audience)
            case _:
                return _elsewhere(self, audience)

    def document(self, _audience: Audience) -> Document:
        return of_order(self.order)


@dataclass(frozen=True, slots=True)
class WhoAreYou:
    """The answer to someone who asks for what is theirs, but who is not known, or whose department isn't."""

    def reply(self, audience: Audience) -> Reply:
        say, questions = audience.texts.say, examples(audience)
        if audience.asker is None:
            return notice(say("unknown_person.heading"), say("unknown_person.text"), questions, audience)
        return notice(say("own_unknown.heading"), say("own_unknown.text"), questions, audience)

    def document(self, _audience: Audience) -> Document:
        return Document()


def notice(heading: str, explanation: str, questions: Sequence[str], audience: Audience) -> Reply:
    """A card that explains something and offers questions; `heading` and `explanation` in plain text."""
    lines = [explanation, *(f"- {question}" for question in questions)]
    body: list[Element] = [line(plain(explanation, 1000)), *stacked([ask(question) for question in questions])]
    return card_reply(ForAll, heading, lines, body, audience.texts)


def welcome(audience: Audience) -> Reply:
    texts = audience.texts
    text = texts.say("welcome.text" if audience.scope is Scope.PERSONAL else "welcome.group_text")
    explanation = f"{text} {texts.say('welcome.try')}"
    return notice(texts.say("welcome.heading"), explanation, examples(audience), audience)


def _groups(audience: Audience) -> dict[str, list[str | None]]:
    """The questions of each group; None for an example that this portfolio has no name for."""
    say = audience.texts.say
    groups: dict[str, list[str | None]] = {
        "status": [
            example("example.project", audience),
            say("example.red"),
            say("example.missing"),
            say("example.late"),
        ],
        "history": [example("example.trend", audience), say("example.disputed"), say("example.changed")],
        "strategy": [example("example.focus_area", audience), example("example.unit", audience)],
        "economy": [say("example.dearest"), say("example.budget"), say("example.over_budget")],
        "people": [example("example.lead", audience), say("example.leads"), _body(audience)],
    }
    if audience.asker is None:
        return groups
    groups["status"].insert(0, say("example.mine"))
    return {"report": [say("example.report"), say("example.round")], **groups}


def _body(audience: Audience) -> str:
    return example("example.body", audience) or audience.texts.say("example.meetings")


def _elsewhere(answer: Done, audience: Audience) -> Reply:
    """Say what was understood and where it can be done, since there is nobody here to do it for."""
    texts = audience.texts
    projects = answer.order.projects if isinstance(answer.order, ProjectOrder) else ()
    names = [_asked_name(number, audience) for number in projects[:3]]
    heading = texts.say(f"command.{answer.order.command}")
    questions = [texts.say("example.project", name=name) for name in names] or [texts.say("example.missing")]
    return notice(heading, texts.say("command.elsewhere"), questions, audience)


def _asked_name(number: str, audience: Audience) -> str:
    """Return the title, or the number where the title is too long for a sentence."""
    title = one_line(audience.names.project(number))
    return title if len(title) <= LONGEST_NAME else number


def _greeting(audience: Audience) -> Reply:
    texts, asker = audience.texts, audience.asker
    name = one_line(asker.name, 80) if asker else None
    heading = texts.say("welcome.hello", name=name) if name else texts.say("welcome.hello_you")
    return notice(heading, texts.say("welcome.try"), examples(audience), audience)


async def answer_not_held(asking: Asking) -> NotHeld:
    return NotHeld(asking.question)
