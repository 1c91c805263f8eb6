"""The reader of an answer: language, day, and the names of this portfolio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from dialogs.texts import Texts
from dialogs.turn.beside import Mentioned
from dialogs.values.letters import bare_words
from portfolio.bodies import Body
from portfolio.identity import is_person_id
from portfolio.organisation import Person
from portfolio.questions.answers import Vocabulary


class Scope(StrEnum):
    """The kind of conversation that the answer is read in."""

    PERSONAL = "personal"
    GROUP = "group"
    CHANNEL = "channel"


class Names:
    """The names in a vocabulary, looked up by identity."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @cached_property
    def _people(self) -> dict[str, str]:
        return {person.id: person.name for person in self._everybody}

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {person.id: person.address for person in self._everybody}

    @cached_property
    def _here(self) -> frozenset[str]:
        return frozenset(person.id for person in self.vocabulary.people)

    @property
    def _everybody(self) -> tuple[Person, ...]:
        return (*self.vocabulary.people, *self.vocabulary.others)

    @cached_property
    def _languages(self) -> dict[str, str]:
        return {person.id: person.language for person in self.vocabulary.people if person.language}

    def language(self, person: str | None) -> str | None:
        """The language that the person asked for; None where they never did."""
        return self._languages.get(person) if person else None

    @cached_property
    def _times_named(self) -> Counter[tuple[str, ...]]:
        return Counter(words for _, words in self.people_by_words)

    @cached_property
    def people_by_words(self) -> tuple[tuple[Person, tuple[str, ...]], ...]:
        """All people, each with the folded words of the name."""
        return tuple((person, bare_words(person.name)) for person in self.vocabulary.people)

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The titles by number; those that several projects have with what tells them apart."""
        times = Counter(bare_words(project.title) for project in self.vocabulary.projects)
        return {
            project.number: project.title
            if times[bare_words(project.title)] == 1
            else f"{project.title} ({', '.join(filter(None, (project.number, project.org_unit)))})"
            for project in self.vocabulary.projects
        }

    def person(self, person: str) -> str | None:
        """The name; None when it is no known person's id."""
        return self._people.get(person)

    def address(self, person: str) -> str:
        """The e-mail or UPN, for scripts and links; "" where there is none, or the person is erased."""
        return self._addresses.get(person, "")

    def addresses(self, people: Iterable[str | None]) -> list[str]:
        """Lists the addresses that there are."""
        return [address for person in people if person and (address := self.address(person))]

    def recipient(self, who: str) -> str:
        """Names a recipient as scripts know them: a person's address, the name of a body."""
        return self._addresses.get(who) or who

    def is_person(self, person: str) -> bool:
        """Say whether it is somebody who works here."""
        return person in self._here

    def is_known(self, person: str) -> bool:
        """Say whether it is somebody at all: who works here, did, or is only named."""
        return person in self._people

    def is_one(self, name: str) -> bool:
        """Say whether exactly one person has that name."""
        words = bare_words(name)
        return bool(words) and "@" not in name and self._times_named[words] == 1

    def is_project(self, number: str) -> bool:
        return number in self._titles

    def project(self, number: str) -> str:
        """The project's title, with number and department where another one has the same; the number itself when there
        is no such project any more."""
        return self._titles.get(number, number)

    def body(self, name: str) -> Body | None:
        return next((body for body in self.vocabulary.bodies if body.name == name), None)


@dataclass(frozen=True, slots=True)
class Audience:
    """`now` carries the zone that times are told in; `asker` is None for someone who is not known. `mentioned` are
    those whom the asker's message mentions."""

    texts: Texts
    names: Names
    now: datetime
    asker: Person | None = None
    scope: Scope = Scope.PERSONAL
    mentioned: tuple[Mentioned, ...] = ()

    @property
    def today(self) -> date:
        return self.now.date()

    def person(self, person: str) -> str:
        """The name; that of whoever is erased is gone. What is no person's id is given back as it is."""
        name = self.names.person(person)
        return name or (self.texts.say("person.erased") if is_person_id(person) else person)
