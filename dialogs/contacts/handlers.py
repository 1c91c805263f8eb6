"""Finds where a colleague can be reached: what everybody here may know of everybody."""

from __future__ import annotations

from dialogs.contacts.cards import Contact, Contacts, NobodyFound, WhichPerson
from dialogs.contacts.orders import FindContact
from dialogs.forms.questions import asked_which
from dialogs.remark import Remark
from dialogs.turn.answer import Answer, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.visit import Stores, Visit
from dialogs.values.letters import bare_words
from dialogs.values.plain import one_line
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.ports.questions import PortfolioReader
from portfolio.questions.question import Question, which

LONGEST_WORDS = 120


async def find(visit: Visit, order: FindContact) -> Answer:
    """Answers, and remembers which people of one name were offered, so that a name chooses one."""
    found = await show(visit.stores, visit.audience, order)
    if isinstance(found, WhichPerson):
        await asked_which(visit, Remark("request_whom", {"words": found.words}, tries=found.sentences))
    return found


async def show(stores: Stores, audience: Audience, order: FindContact) -> Finding:
    reader = stores.reader
    if order.people:
        return await _contacts(order.people, order, reader, audience)
    if order.projects:
        return await _of_projects(order, reader, audience)
    words = one_line(" ".join(order.unknown), LONGEST_WORDS)
    wanted = {word.removesuffix("s") for word in bare_words(words)}
    meant = [
        person
        for person, name in audience.names.people_by_words
        if wanted and wanted <= {word.removesuffix("s") for word in name}
    ]
    if not meant:
        return NobodyFound("nobody", words)
    names = {bare_words(person.name) for person in meant}
    if len(names) == 1:  # nothing but their address tells them apart
        return await _contacts(tuple(person.id for person in meant), order, reader, audience)
    sentences = tuple(_sentence(person, order, audience) for person in meant)
    return WhichPerson(words, tuple(meant), sentences)


def _sentence(person: Person, order: FindContact, audience: Audience) -> str:
    return audience.texts.say("contact.try_phone" if order.phone else "contact.try_mail", name=person.name)


async def _of_projects(order: FindContact, reader: PortfolioReader, audience: Audience) -> Finding:
    people = []
    for number in order.projects:
        detail = await reader.project(number)
        if detail:
            people.append(detail.project.owner if order.of_owner else detail.project.lead)
    named = tuple(dict.fromkeys(person for person in people if person))
    title = one_line(audience.names.project(order.projects[0]), LONGEST_WORDS)
    if not named:
        return NobodyFound("no_owner" if order.of_owner else "no_lead", title)
    return await _contacts(named, order, reader, audience)


async def _contacts(
    people: tuple[PersonId, ...], order: FindContact, reader: PortfolioReader, audience: Audience
) -> Finding:
    """Tell of the people who work here; of others no more than their name."""
    known = {person.id: person for person in audience.names.vocabulary.people}
    here = [known[person] for person in people if person in known]
    if not here:
        return NobodyFound("gone", one_line(audience.person(people[0]), LONGEST_WORDS))
    unknown = one_line(" ".join(order.unknown), LONGEST_WORDS) if order.people or order.projects else ""
    return Contacts(tuple([await _contact(person, reader, audience) for person in here]), order.phone, unknown)


async def _contact(person: Person, reader: PortfolioReader, audience: Audience) -> Contact:
    led = await reader.project_numbers(Question(where=which(lead=(person.id,))), audience.today)
    return Contact(person, len(led))
