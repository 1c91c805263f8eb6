"""Files know people by their addresses. Here they become the people whom the database knows by an id of ours."""

from __future__ import annotations

from typing import Any

from portfolio.identity import PersonId, new_person_id
from portfolio.organisation import Person, Standing
from portfolio.questions.answers import Vocabulary
from portfolio.whole import KnownPeople, with_people


class Identities:
    """Gives each address the id of its person; a new one to those whom the database doesn't know."""

    def __init__(self, vocabulary: Vocabulary, known: KnownPeople) -> None:
        listed = (*vocabulary.people, *vocabulary.others)
        self._known = {**known.addresses, **{person.email: person.id for person in listed if person.email}}
        self._new: dict[str, PersonId] = {}

    def of(self, address: str) -> PersonId:
        known = self._known.get(address) or self._new.get(address)
        if known is None:
            known = self._new[address] = new_person_id()
        return known

    def known_as(self, address: str) -> str:
        """Returns what tells a person from all others, without making somebody new: their id, else the address."""
        return self._known.get(address) or address

    def identified(self, record: Any, table: str) -> Any:
        """Returns a record that holds addresses as one that holds people."""
        return with_people(record, table, self.of)

    @property
    def new(self) -> tuple[Person, ...]:
        """Returns the people whom the database doesn't know, as far as an address tells who they are."""
        return tuple(
            Person(person, address, address, standing=Standing.MENTIONED) for address, person in self._new.items()
        )
