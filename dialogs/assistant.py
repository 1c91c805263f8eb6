"""Answers one turn of a conversation: a sentence or a button in, an answer out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from dialogs.cards.buttons import SORT_INPUT, Ask, Change, OpenProject, Show
from dialogs.cards.errors import Refused
from dialogs.feature import Feature
from dialogs.features import FEATURES
from dialogs.forms.filling import Forms
from dialogs.forms.questions import WaitingQuestion, asked_to_choose, end_waiting, end_waiting_at
from dialogs.forms.waiting import WaitingForm, answer_to_form, asks, waiting_form
from dialogs.help.cards import Done, Help, WhoAreYou, welcome
from dialogs.help.how_card import How
from dialogs.knowledge import Knowledge
from dialogs.memory.either_card import Either
from dialogs.memory.going_on import going_on, remember_answer
from dialogs.oneself.handlers import waiting_words
from dialogs.own_reminders.handlers import offer_later
from dialogs.own_reminders.replied import in_reply
from dialogs.pressing import Buttons, check_names, guarded, things_named
from dialogs.questions.answering import with_first_day
from dialogs.questions.by_model_card import ByModel
from dialogs.questions.chips import NARROWING, changed, chips, narrowed
from dialogs.questions.clarify_card import Ambiguous, NotUnderstood
from dialogs.questions.examples import examples, nearest
from dialogs.questions.understood_card import addition_input, chip_input
from dialogs.status.on_card import told_on_card
from dialogs.texts import Texts
from dialogs.turn.answer import Answer, Answered, Asking, Finding
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.beside import NOTHING_BESIDE, Beside
from dialogs.turn.button import Button
from dialogs.turn.orders import Order, ReportStatus
from dialogs.turn.payload import MalformedButton, sort_of
from dialogs.turn.readings import (
    Asked,
    AskerUnknown,
    Clarify,
    EitherWay,
    HelpWanted,
    Reading,
    Unclear,
    Wondered,
    of_channel,
    speaks_of_body,
)
from dialogs.turn.reply import Reply, UserError
from dialogs.turn.visit import Stores, Visit
from dialogs.understanding.following.said import Said
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.speech import plain_language
from dialogs.understanding.mentioned import nothing_said, with_people
from dialogs.understanding.second.reading import ReadAgain, unread
from dialogs.undo.correcting import corrected
from dialogs.undoable import with_button
from dialogs.values.calendar_words import Language
from dialogs.values.letters import composed
from portfolio.bodies import Meeting
from portfolio.memory import Item
from portfolio.organisation import Person
from portfolio.ports.questions import PortfolioReader
from portfolio.principal import Principal, speaking_as
from portfolio.questions.question import Question, about_project
from portfolio.rights import may_report

LONGEST_MESSAGE = 3000
# Of the questions that come nearest to what wasn't understood.
OFFERS = 2

A = TypeVar("A", bound=Answer)
Understand = Callable[[str, Lexicon, Person | None, date], Reading]  # as `features.understand` does


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a conversation: who asks, where and when. `now` carries the zone of the place; `beside` came along with
    the words. `is_automatic`: a program asks for a person's view of a card by itself. `account` is the asker's id in
    Teams."""

    principal: Principal
    language: str | None
    now: datetime
    scope: Scope = Scope.PERSONAL
    conversation: str = ""
    beside: Beside = NOTHING_BESIDE
    is_automatic: bool = False
    account: str = ""

    @property
    def person(self) -> Person | None:
        """None for a member of the organisation whom nobody imported."""
        return self.principal.person


@dataclass(frozen=True, slots=True)
class _Context:
    """A turn, and what is known while it is answered. `visit` is None where nobody known does anything; `orders` are
    those that it gave, in words or by a button; `written` is the language that its words are plainly in."""

    turn: Turn
    audience: Audience
    lexicon: Lexicon
    visit: Visit | None
    orders: list[Order | Button]
    written: Language | None

    def answered(self, answer: Answer) -> Answered:
        """Draws the answer, with a button that takes back what was stored."""
        answer = with_button(answer, self.visit)
        return Answered(answer, answer.reply(self.audience), self.audience, self.orders[-1] if self.orders else None)


class Assistant:
    """Answers from the portfolio, and does as people order; without stores it only answers."""

    def __init__(
        self,
        reader: PortfolioReader,
        understand: Understand,
        stores: Stores | None = None,
        features: Sequence[Feature] = FEATURES,
        read_again: ReadAgain = unread,
    ) -> None:
        self._reader = reader
        self._understand = understand
        self._second_reading = read_again
        self._stores = stores
        self._knowledge = Knowledge(reader)
        self._answers = {target: answer for feature in features for target, answer in feature.answers.items()}
        self._orders = {order: handler for feature in features for order, handler in feature.orders.items()}
        self._shows = {order: show for feature in features for order, show in feature.shows.items()}
        self._ways = {kind: way for feature in features for kind, way in feature.undoing.items()}
        presses = {kind: press for feature in features for kind, press in feature.presses.items()}
        kinds = {kind: form for feature in features for kind, form in feature.forms.items()}
        self._forms = Forms(kinds, Buttons(presses))
        self._questions: Mapping[type[Button], Callable[[Any, _Context], Awaitable[Answer]]] = {
            Show: self._show,
            Change: self._change,
            OpenProject: self._open,
            Ask: self._ask,
        }
        self._buttons = Buttons({**presses, **self._forms.presses, **self._questions})

    async def ask(self, text: str, turn: Turn) -> Reply:
        return (await self.answer(text, turn)).reply

    async def answer(self, text: str, turn: Turn) -> Answered:
        context = await self._context(turn, text)
        return context.answered(await _answer_or_refusal(self._answer_message(composed(text), context)))

    async def press(self, verb: object, data: object, turn: Turn) -> Reply:
        return (await self.answer_press(verb, data, turn)).reply

    async def answer_press(self, verb: object, data: object, turn: Turn) -> Answered:
        """Answers a button on one of our cards; `data` holds what the card's inputs hold too."""
        context = await self._context(turn)
        pressed = guarded(context.visit, self._buttons.kind(verb), self._answer_press(verb, data, context))
        return context.answered(await _answer_or_refusal(pressed))

    async def welcome(self, turn: Turn) -> Reply:
        context = await self._context(turn)
        return welcome(context.audience, await self._waiting(context))

    async def document(self, text: str, turn: Turn) -> dict[str, Any]:
        """Returns what `ask --json` prints."""
        return await self.written(await self.looked_up(text, turn))

    async def looked_up(self, text: str, turn: Turn) -> Answered:
        """Answers as the command line does: nothing is done, whatever the message orders."""
        context = replace(await self._context(turn, text), visit=None)
        return context.answered(await _answer_or_refusal(self._look_up_message(composed(text), context)))

    async def written(self, answered: Answered) -> dict[str, Any]:
        """Writes an answer for scripts: the very one that its card is made of, with every hit's number."""
        audience, document = answered.audience, answered.document
        hits = document.hits
        numbers = await self._reader.project_numbers(hits, audience.today) if hits else document.projects
        meetings: Sequence[Meeting] = ()
        if document.meetings:
            page = await self._reader.meetings(document.meetings, audience.now, size=document.total or 0)
            meetings = page.meetings
        return document.written(numbers, meetings, answered.reply.text, audience.now.tzinfo)

    async def audience(self, now: datetime, language: str | None) -> Audience:
        """Returns an audience for what is said without having been asked."""
        return (await self._context(Turn(speaking_as(None), language, now))).audience

    async def _answer_message(self, text: str, context: _Context) -> Answer:
        """Gives the message to the form that waits, where it is for that; else answers what it means by itself."""
        reading, visit = self._read(text, context), context.visit
        if visit is None:
            return await self._answer_reading(await self._read_again(reading, text, context), context)
        reading = await self._in_reply(reading, text, visit, context)
        waiting = await waiting_form(visit, self._forms)
        if isinstance(waiting, WaitingQuestion) and not isinstance(reading, Order):
            if chosen := waiting.chosen(text, reading, visit.now):
                return await guarded(visit, self._buttons.kind(chosen[0]), self._answer_press(*chosen, context))
            completed = waiting.completed(text, visit.now)
            order = self._read(completed, context) if completed else reading
            reading = order if isinstance(order, Order) else reading
        # "hvad er næste milepæl på den" is a question in the middle of a form too.
        is_of_before = isinstance(waiting, WaitingForm) and asks(text)
        if is_of_before:
            reading = await self._going_on(reading, text, visit, context)
        if answer := await answer_to_form(visit, self._forms, waiting, text, reading):
            return answer
        await end_waiting(visit, waiting.draft if waiting else None)
        if not is_of_before:
            reading = await self._going_on(reading, text, visit, context)
        reading = reading if waiting else await self._read_again(reading, text, context)
        answer = await offer_later(visit, await self._answer_reading(reading, context))
        # Below an answer that all read, nothing is said of what somebody is filling in.
        return waiting.beside(answer) if waiting and context.turn.scope is Scope.PERSONAL else answer

    async def _going_on(self, reading: Reading, text: str, visit: Visit, context: _Context) -> Reading:
        """Reads the message after what was just done, begun or answered."""
        said, read = Said.of(text, context.written), partial(self._read, context=context)
        if not isinstance(reading, Order):
            reading = await corrected(visit, said, self._ways, read) or await told_on_card(visit, text) or reading
        return await going_on(visit, reading, said, context.lexicon, read)

    async def _in_reply(self, reading: Reading, text: str, visit: Visit, context: _Context) -> Reading:
        """Reads the message once more where it replies to a reminder."""
        beside = context.turn.beside
        if beside.reply_to is None or any(one.is_stranger for one in beside.mentioned):
            return reading
        keys = await visit.stores.reminding.deliveries.reminded_in(beside.reply_to, visit.person.id)
        understand = partial(self._read, context=context)
        replied = in_reply(reading, text, keys, visit.today, understand) if keys else reading
        return with_people(replied, beside.mentioned)

    async def _answer_reading(self, reading: Reading, context: _Context) -> Answer:
        """Does as it is told, where there are stores to do it in; else looks it up. In its channel a body is meant."""
        visit = context.visit
        if visit and visit.audience.scope is not Scope.PERSONAL and speaks_of_body(reading):
            body = await visit.stores.reminding.channels.body_of(visit.conversation)
            reading = of_channel(reading, body) if body else reading
        do = self._orders.get(type(reading)) if isinstance(reading, Order) else None
        is_shown = visit is None and type(reading) in self._shows
        if self._stores is None or do is None or not isinstance(reading, Order) or is_shown:
            return await asked_to_choose(visit, await self._look_up(reading, context))
        context.orders.append(reading)
        return await asked_to_choose(visit, await do(visit, reading)) if visit else WhoAreYou()

    async def _look_up_message(self, text: str, context: _Context) -> Finding:
        return await self._look_up(await self._read_again(self._read(text, context), text, context), context)

    async def _read_again(self, reading: Reading, text: str, context: _Context) -> Reading:
        return await self._second_reading(reading, text, context.lexicon, context.audience)

    async def _look_up(self, reading: Reading, context: _Context) -> Finding:
        match reading:
            case Asked(question, offset, listed):
                answer = await self._answer_question(question, context, offset, listed=listed)
                return ByModel(answer) if reading.by_model else answer
            case ReportStatus(projects=(number,), by_the_way=True) if not await self._may_report(context, number):
                return await self._answer_question(about_project(number), context)
            case Order():
                show = self._shows.get(type(reading))
                shown = await show(self._stores, context.audience, reading) if show and self._stores else Done(reading)
                return self._with_offers(shown, context)
            case Wondered():
                return How(reading)
            case HelpWanted():
                return Help(await self._waiting(context))
            case AskerUnknown():
                return WhoAreYou()
            case Clarify():
                return Ambiguous(reading)
            case EitherWay():
                return Either(reading)
            case Unclear():
                return self._with_offers(NotUnderstood(reading), context)

    def _with_offers(self, answer: Finding, context: _Context) -> Finding:
        """Offers the two nearest questions that are understood, where the message wasn't."""
        if not isinstance(answer, NotUnderstood):
            return answer
        audience = context.audience
        tried = (*nearest(answer.unclear, audience), *examples(audience))
        working = (sentence for sentence in dict.fromkeys(tried) if self._is_understood(sentence, context))
        return replace(answer, offers=tuple(islice(working, OFFERS)))

    def _is_understood(self, sentence: str, context: _Context) -> bool:
        reading = self._understand(sentence, context.lexicon, context.turn.person, context.audience.today)
        return isinstance(reading, Asked | Order | HelpWanted)

    async def _waiting(self, context: _Context) -> str | None:
        """Says what waits for the asker, where nobody reads along."""
        audience = context.audience
        if self._stores is None or audience.asker is None or audience.scope is not Scope.PERSONAL:
            return None
        return await waiting_words(self._stores, audience, audience.asker)

    async def _may_report(self, context: _Context, number: str) -> bool:
        reportable = await self._stores.reporting.reportable(number) if self._stores else None
        person, today = context.turn.person, context.audience.today
        if reportable is None or person is None:
            return False
        return may_report(person, reportable.detail.project, reportable.deputies, today)

    async def _answer_question(
        self,
        question: Question,
        context: _Context,
        offset: int = 0,
        back: Question | None = None,
        listed: tuple[Item, ...] = (),
    ) -> Finding:
        asking = await with_first_day(Asking(question, self._reader, context.audience, offset, back))
        answer = await self._answers[question.target](asking)
        if context.visit:
            await remember_answer(context.visit, asking.question, answer, listed)
        return answer

    def _read(self, text: str, context: _Context) -> Reading:
        beside = context.turn.beside
        if not text.strip():
            return nothing_said(beside, context.audience.texts)
        if len(text) > LONGEST_MESSAGE:
            raise UserError("too_long", limit=LONGEST_MESSAGE)
        reading = self._understand(text, context.lexicon, context.turn.person, context.audience.today)
        return with_people(reading, beside.mentioned)

    async def _answer_press(self, verb: object, data: object, context: _Context) -> Answer:
        """Raises MalformedButton and ForbiddenButton."""
        button, visit = self._buttons.read(verb, data), context.visit
        if button.command:
            context.orders.append(button)
        check_names(button, context.audience.names)
        if visit and not visit.is_automatic:
            await end_waiting_at(visit, button)
        if answer := self._questions.get(type(button)):
            return await answer(button, context)
        if self._stores is None:
            raise MalformedButton("nothing is done here")
        if visit is None:
            return WhoAreYou()
        if visit.is_automatic and not button.is_view:
            raise MalformedButton("nobody pressed it")
        things = await things_named(visit, button)
        return await asked_to_choose(visit, await self._buttons.do(visit, button, things))

    async def _show(self, button: Show, context: _Context) -> Answer:
        return await self._answer_question(button.question, context, button.offset, button.back)

    async def _change(self, button: Change, context: _Context) -> Answer:
        """Applies every filter that the form offered another value for, then the order."""
        audience, question = context.audience, button.question
        chosen = {name: str(token) for name, token in button.inputs.items() if token is not None}
        for position, chip in enumerate(chips(question, audience)):
            if (value := chosen.get(chip_input(position))) is not None:
                question = changed(question, chip, value, audience)
        for attribute in NARROWING:
            if (value := chosen.get(addition_input(attribute))) is not None:
                question = narrowed(question, attribute, value, audience)
        if (order := chosen.get(SORT_INPUT)) is not None:
            question = replace(question, sort=sort_of(order))
        return await self._answer_question(replace(question, inherited=frozenset()), context)

    async def _open(self, button: OpenProject, context: _Context) -> Answer:
        return await self._answer_question(about_project(button.project), context, back=button.question)

    async def _ask(self, button: Ask, context: _Context) -> Answer:
        return await self._answer_reading(self._read(button.text, context), context)

    async def _context(self, turn: Turn, text: str = "") -> _Context:
        """The answer's language is that of the text where it is plain, else the one that the person asked for, else
        that of the program they use."""
        known = await self._knowledge.now()
        asked_for = known.names.language(turn.person.id if turn.person else None)
        written = plain_language(text[:LONGEST_MESSAGE], known.lexicon)
        language = written or asked_for or turn.language
        mentioned = turn.beside.mentioned
        audience = Audience(Texts.of(language), known.names, turn.now, turn.person, turn.scope, mentioned)
        visit = None
        if self._stores and turn.person:
            visit = Visit(self._stores, turn.person, audience, turn.conversation, turn.is_automatic, turn.account)
        return _Context(turn, audience, known.lexicon, visit, [], written)


async def _answer_or_refusal(answer: Awaitable[A]) -> A | Refused:
    """Turns what the person can do something about into an answer too."""
    try:
        return await answer
    except UserError as refusal:
        return Refused(refusal.key, tuple(refusal.values.items()))
