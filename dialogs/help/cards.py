"""Cards that say something and offer questions to ask: welcome, help, and "not yet"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Element, card_reply, line, section, stacked
from dialogs.questions.examples import LONGEST_NAME, example, examples, own_examples
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
    """The questions that can be asked, in groups. `waiting` says what waits for the reader."""

    waiting: str | None = None

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        lines = [*([self.waiting] if self.waiting else []), *_how_to_be_added(audience), say("help.intro")]
        body: list[Element] = [line(plain(text, 600)) for text in lines]
        for group, questions in _groups(audience).items():
            asked = [question for question in questions if question]
            body += [section(say(f"help.{group}")), *stacked([ask(question) for question in asked])]
            lines += [f"{say(f'help.{group}')}:", *(f"- {question}" for question in asked)]
        return card_reply(ForAll, say("help.heading"), lines, body, audience.texts)

    def document(self, _audience: Audience) -> Document:
        return Document("help")


@dataclass(frozen=True, slots=True)
class Introduction:
    """Says who Tovholder is, and what it is not."""

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        return notice(say("introduction.heading"), say("introduction.text"), examples(audience), audience)

    def document(self, _audience: Audience) -> Document:
        return Document("help", {"command": "who_are_you"})


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


def welcome(audience: Audience, waiting: str | None = None) -> Reply:
    """Says what Tovholder is for, and what waits for the reader."""
    texts = audience.texts
    text = texts.say("welcome.text" if audience.scope is Scope.PERSONAL else "welcome.group_text")
    said = (text, waiting, *_how_to_be_added(audience), texts.say("welcome.try"))
    explanation = " ".join(part for part in said if part)
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
        "files": [say("export.try_red"), say("export.try_how")],
    }
    own: list[str | None] = list(own_examples(audience))
    if own and audience.asker and audience.asker.id in audience.names.vocabulary.leads:
        own.insert(1, say("example.report"))
    return {"own": own, **groups} if own else groups


def _how_to_be_added(audience: Audience) -> tuple[str, ...]:
    """Tell a person whom nobody knows how to be added."""
    is_alone = audience.scope is Scope.PERSONAL
    return (audience.texts.say("unknown_person.text_short"),) if audience.asker is None and is_alone else ()


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
