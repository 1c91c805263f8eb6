"""Remembers what a person was answered, and reads what they say next as it goes on from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from dialogs.turn.answer import Answer, Pointable, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.orders import SMALL_TALK, BodyOrder, ExportList, Order, PeopleOrder, ProjectOrder
from dialogs.turn.payload import MalformedQuestion, from_data, to_data
from dialogs.turn.readings import Asked, Clarify, EitherWay, HelpWanted, Reading, Unclear, Wondered
from dialogs.turn.visit import Visit
from dialogs.understanding.following.going_on import GoingOn
from dialogs.understanding.following.groups import ranks, says_open
from dialogs.understanding.following.last import Last, may_go_on, open_ones, pointing_at_nothing
from dialogs.understanding.following.said import Said
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.parsing import says_something
from dialogs.understanding.status.line import leads_off
from dialogs.wording.values import value_words
from portfolio.memory import Doubt, Item, LastAnswer
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Kind
from portfolio.questions.question import Question, about_project, meetings_of, which


async def going_on(
    visit: Visit, reading: Reading, said: Said, lexicon: Lexicon, read: Callable[[str], Reading]
) -> Reading:
    """Return what the message means after the person's last answer here; the reading itself where it stands alone."""
    if isinstance(reading, Asked) and said.says_it:
        reading = read(said.with_names({"it": "the project"}))  # not the department that is called so
    if isinstance(reading, Unclear) and said.has("opening") and isinstance(alone := read(said.rest or "?"), Asked):
        reading = alone  # "godt. hvor mange projekter har vi"
    if said.says_nothing and said.words:
        reading = Unclear()  # "nej vent"
    elif may_go_on(said, reading) or (isinstance(reading, Unclear) and leads_off(said.text, visit.today)):
        last = await _last(visit)
        if last is None:
            reading = pointing_at_nothing(said, reading) or reading
        else:
            reading = _gone_on(visit, said, reading, last, lexicon, read)
    if isinstance(reading, ExportList):
        return await _exported(visit, reading, lexicon, read)
    if isinstance(reading, Order) and not isinstance(reading, SMALL_TALK):
        await _remember_order(visit, reading)
    if isinstance(reading, EitherWay | Clarify):
        doubt = Doubt.SUBJECT if isinstance(reading, EitherWay) else Doubt.ALL
        await visit.stores.memory.doubt(visit.person.id, visit.conversation, doubt)
    if isinstance(reading, Unclear) and not said.says_nothing:
        await _change_subject(visit, reading, said)
    return reading


async def _exported(visit: Visit, order: ExportList, lexicon: Lexicon, read: Callable[[str], Reading]) -> Reading:
    """The list that is to be a file: the one said, which may go on from the last answer too, or that itself."""
    if order.asks_how:
        return order
    if not order.words:
        last = await _last(visit)
        return replace(order, question=last.question) if last else order
    said = Said.of(order.words, visit.audience.texts.language)
    meant = await going_on(visit, read(order.words), said, lexicon, read)
    match meant:
        case Asked(question):
            return replace(order, question=question)
        case Order() | Wondered() | HelpWanted():
            return Unclear((order.words,))
    return meant


def _gone_on(
    visit: Visit, said: Said, reading: Reading, last: Last, lexicon: Lexicon, read: Callable[[str], Reading]
) -> Reading:
    name = partial(_name, audience=visit.audience)
    if says_open(said):
        last = replace(last, question=open_ones(last.question))
    says = partial(says_something, lexicon=lexicon, today=visit.today)
    return GoingOn(said, reading, last, read, name, says, visit.today).resolved() or reading


async def _change_subject(visit: Visit, unclear: Unclear, said: Said) -> None:
    """Forgets the answer before a message that wasn't understood, where that named something else: what follows may
    go on from the message. The one project or person that it named can be asked about, and so can the project that was
    shown, where it named none. Where it named nothing, what points next is in doubt."""
    named = [(one.field, one.value) for one in unclear.grasped if one.field in ATTRIBUTES]
    projects = [item for item in named if item[0] == catalogue.PROJECTS.name]
    people = [item for item in named if ATTRIBUTES[item[0]].kind is Kind.PERSON]
    if len(named) == len(projects) == 1:
        await _remember(visit, about_project(named[0][1]), Shown(tuple(projects), 1))
        return
    last = await _last(visit) if named else None
    topic = last.topic if last and last.is_of_one_project and not projects else None
    if topic:
        await _remember(visit, about_project(str(topic[1])), Shown((topic, *people), 1))
    elif len(named) == len(people) == 1:
        await _remember(visit, Question(where=which(lead=(named[0][1],))), Shown(tuple(people)))
    elif named:
        await visit.stores.memory.forget(visit.person.id, visit.conversation)
    elif doubt := _doubt_by(said, unclear):
        await visit.stores.memory.doubt(visit.person.id, visit.conversation, doubt)


def _doubt_by(said: Said, unclear: Unclear) -> Doubt | None:
    """ "og den anden" turns to something else, and "hvornår kommer de" asks for something else of the same."""
    turns = said.turns or said.has("narrow", "except", "widen") or ranks(said)
    is_of_the_same = said.has("it", "them", "those", "person", "persons", "there")
    asks_anew = turns or said.asks_for_something or not unclear.words
    if turns or not is_of_the_same:
        return Doubt.ALL if asks_anew else Doubt.SUBJECT
    return Doubt.ASKED if asks_anew else None


async def _remember_order(visit: Visit, order: Order) -> None:
    """The one project, person or body that an order is about can be asked about next; any other order changes the
    subject."""
    if isinstance(order, PeopleOrder) and order.tells_of_another:
        await visit.stores.memory.doubt(visit.person.id, visit.conversation, Doubt.SUBJECT)
        return
    projects = order.projects if isinstance(order, ProjectOrder) else ()
    people = order.people if isinstance(order, PeopleOrder) else ()
    shown = tuple((catalogue.LEAD.name, str(person)) for person in people) if len(people) == 1 else ()
    if len(projects) == 1:
        await _remember(visit, about_project(projects[0]), Shown(((catalogue.PROJECTS.name, projects[0]), *shown), 1))
    elif shown and not projects:
        await _remember(visit, Question(where=which(lead=people)), Shown(shown))
    elif isinstance(order, BodyOrder) and len(order.bodies) == 1:
        await _remember(visit, replace(meetings_of(*order.bodies), limit=1), Shown())
    else:
        await visit.stores.memory.forget(visit.person.id, visit.conversation)


async def remember_answer(visit: Visit, question: Question, answer: Answer, listed: tuple[Item, ...] = ()) -> None:
    await _remember(visit, question, answer.shown() if isinstance(answer, Pointable) else Shown(), listed)


async def _remember(visit: Visit, question: Question, shown: Shown, listed: tuple[Item, ...] = ()) -> None:
    answered = LastAnswer(
        visit.person.id,
        visit.conversation,
        to_data(question),
        shown=shown.items,
        listed=listed,
        total=shown.total,
        offset=shown.offset,
        at=visit.now,
    )
    await visit.stores.memory.remember(answered)


async def _last(visit: Visit) -> Last | None:
    answer = await visit.stores.memory.last(visit.person.id, visit.conversation)
    if answer is None or answer.is_forgotten(visit.now):
        return None
    try:
        question = from_data(dict(answer.question))
        before = from_data(dict(answer.before)) if answer.before else None
    except MalformedQuestion:  # of another version
        return None
    return Last(question, answer.shown, answer.listed, answer.total, answer.offset, before, answer.doubt)


def _name(item: Item, audience: Audience) -> str:
    """The thing as people write it: a project by its number, which is no other's, "nr. 14" where that is bare."""
    name, value = item
    attribute = ATTRIBUTES[name]
    if attribute is catalogue.PROJECTS and str(value).isdigit():
        return f"nr. {value}"
    if value is None or attribute in (catalogue.PROJECTS, catalogue.BODIES):
        return str(value or "")
    return audience.person(str(value)) if attribute.kind is Kind.PERSON else value_words(attribute, value, audience)
