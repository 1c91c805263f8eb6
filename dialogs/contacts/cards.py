"""Where somebody can be reached, and which of several is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.cards.buttons import ask, show
from dialogs.cards.elements import Element, card_reply, choice_reply, fact_set, line
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import mail_link, one_line, plain
from dialogs.wording.days import LONGEST_NAME
from dialogs.wording.values import more_words, person_link
from portfolio.organisation import Person
from portfolio.questions.question import Question, which

MOST_PEOPLE = 5
MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, and how many projects they lead."""

    person: Person
    leads: int = 0


@dataclass(frozen=True, slots=True)
class Contacts:
    """The people who were asked for. `phone`: their number was, which isn't held. `unknown` are words that name nobody,
    or several people."""

    contacts: tuple[Contact, ...]
    phone: bool = False
    unknown: str = ""

    def reply(self, audience: Audience) -> Reply:
        """The mail is the heading; a phone number is said not to be there first."""
        say, contacts = audience.texts.say, self.contacts[:MOST_PEOPLE]
        names = [one_line(one.person.name, LONGEST_NAME) for one in contacts]
        sentences = [say("contact.mail_instead")] if self.phone else []
        if self.unknown:
            sentences.append(say("contact.unknown", words=self.unknown))
        if self.phone:
            heading = say("contact.no_phone")
        elif len(contacts) == 1:
            address = contacts[0].person.address
            key = "contact.mail" if address else "contact.no_mail"
            heading = say(key, name=names[0], mail=one_line(address, LONGEST_NAME))
        else:
            heading = say("contact.several", count=len(contacts))
        body: list[Element] = [line(plain(text)) for text in sentences]
        lines = list(sentences)
        for one in contacts:
            body += _facts(one, audience)
            lines.append(_text(one, audience))
        return card_reply(ForAll, heading, lines, body, audience.texts, _actions(contacts, audience))

    def document(self, audience: Audience) -> Document:
        people = audience.names.addresses([one.person.id for one in self.contacts])
        kind = "unclear" if self.phone else "people"
        return Document(kind, {"command": "contact"}, total=len(people), more={"people": people})


@dataclass(frozen=True, slots=True)
class WhichPerson:
    """A choice between people of one name; `sentences` ask for each."""

    words: str
    people: tuple[Person, ...]
    sentences: tuple[str, ...]

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        buttons = [ask(sentence) for sentence in self.sentences[:MOST_CHOICES]]
        for button, person in zip(buttons, self.people, strict=False):
            unit = f" · {one_line(person.unit, LONGEST_NAME)}" if person.unit else ""
            button["title"] = f"{one_line(person.name, LONGEST_NAME)}{unit}"
        more = more_words(len(self.sentences) - MOST_CHOICES, audience, "clarify.more")
        heading = texts.say("clarify.heading", words=self.words)
        return replace(
            choice_reply(ForAll, heading, texts.say("clarify.choose"), buttons, texts, more), is_unclear=True
        )

    def document(self, audience: Audience) -> Document:
        choices = [{"people": audience.names.addresses([person.id]), "text": person.name} for person in self.people]
        return Document("clarify", {"command": "contact"}, clarify=choices, total=0)


@dataclass(frozen=True, slots=True)
class NobodyFound:
    """Nobody has that name, or nobody has that part."""

    key: str
    words: str

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        heading, text = say(f"contact.{self.key}", words=self.words), say("contact.nobody_text")
        return replace(card_reply(ForAll, heading, [text], [line(text)], audience.texts), is_unclear=True)

    def document(self, _audience: Audience) -> Document:
        return Document("unclear", {"command": "contact"}, total=0)


def _facts(contact: Contact, audience: Audience) -> list[Element]:
    facts = [(audience.texts.say(f"contact.{key}"), value) for key, value in _told(contact, audience, on_card=True)]
    return [line(f"**{person_link(contact.person.id, audience)}**", spacing="Medium"), fact_set(facts)]


def _text(contact: Contact, audience: Audience) -> str:
    told = [
        f"{audience.texts.say(f'contact.{key}')}: {value}" for key, value in _told(contact, audience, on_card=False)
    ]
    return f"- {one_line(contact.person.name, LONGEST_NAME)}: {' · '.join(told)}"


def _told(contact: Contact, audience: Audience, *, on_card: bool) -> list[tuple[str, str]]:
    person = contact.person
    address = person.address
    shown = plain if on_card else one_line
    told = [("address", (mail_link(address) if on_card else address) or audience.texts.say("contact.not_held"))]
    if person.unit:
        told.append(("unit", shown(person.unit, LONGEST_NAME)))
    if person.manager:
        name = one_line(audience.person(person.manager), LONGEST_NAME)
        told.append(("manager", person_link(person.manager, audience) if on_card else name))
    if contact.leads:
        told.append(("leads", audience.texts.count("people.projects", contact.leads)))
    return told


def _actions(contacts: Sequence[Contact], audience: Audience) -> list[Element]:
    if len(contacts) != 1 or not contacts[0].leads:
        return []
    return [show(audience.texts.say("contact.projects"), Question(where=which(lead=(contacts[0].person.id,))))]
