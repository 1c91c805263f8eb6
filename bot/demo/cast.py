"""The choices of the chat page: an example person of each role from the portfolio, and where they can talk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.operator_texts import TEXTS, say
from portfolio.bodies import Body, BodyKind
from portfolio.identity import PersonId
from portfolio.organisation import Person, Role
from portfolio.ports.questions import PortfolioReader
from portfolio.questions.answers import Vocabulary
from portfolio.questions.question import Question

WORKING_GROUPS = (BodyKind.PROGRAMME_GROUP, BodyKind.PROJECT_BOARD, BodyKind.STEERING_GROUP)
STRANGER = Person(PersonId("stranger"), say("demo_cast.stranger"), "ny.medarbejder@kommune.example")


@dataclass(frozen=True, slots=True)
class Example:
    """`key` is what the page's address says, `label` what its chooser shows."""

    key: str
    label: str
    person: Person


@dataclass(frozen=True, slots=True)
class Place:
    """`body` is None for the personal chat; `people` are those who belong to it."""

    key: str
    label: str
    body: Body | None = None
    people: tuple[Person, ...] = ()


PERSONAL = Place("personlig", say("demo_cast.personal"))


@dataclass(frozen=True, slots=True)
class Cast:
    examples: tuple[Example, ...]
    places: tuple[Place, ...]

    def example(self, key: str) -> Example | None:
        return next((example for example in self.examples if example.key == key), None)

    def place(self, key: str) -> Place | None:
        return next((place for place in self.places if place.key == key), None)


async def choose_cast(portfolio: PortfolioReader, today: date) -> Cast:
    vocabulary = await portfolio.vocabulary()
    summaries = await portfolio.leads(Question(), today)
    led = Counter({summary.lead: len(summary.projects) for summary in summaries if summary.lead})
    return Cast(_examples(vocabulary, led), places_of(vocabulary))


def _examples(vocabulary: Vocabulary, led: Counter[PersonId]) -> tuple[Example, ...]:
    """Picks for each role the person with most to show: projects led, people managed, groups served or taken part in;
    two leads, who can hand a project over."""
    managed = Counter(person.manager for person in vocabulary.people if person.manager)
    served = Counter(body.secretary for body in vocabulary.bodies if body.secretary)
    present = Counter(member for body in vocabulary.bodies for member in body.members)
    busy = frozenset(led) | frozenset(served)
    employees = [person for person in _with_role(vocabulary, Role.EMPLOYEE) if person.id not in busy]
    first = _foremost(_with_role(vocabulary, Role.PROJECT_LEAD), led)
    others = [person for person in _with_role(vocabulary, Role.PROJECT_LEAD) if person != first and person.id in led]
    chosen = (
        ("projektleder", Role.PROJECT_LEAD, first),
        ("projektleder-2", Role.PROJECT_LEAD, _foremost(others, led)),
        ("leder", Role.MANAGER, _foremost(_with_role(vocabulary, Role.MANAGER), managed)),
        ("sekretaer", Role.SECRETARY, _foremost(_with_role(vocabulary, Role.SECRETARY), served)),
        ("medarbejder", Role.EMPLOYEE, _foremost(employees or _with_role(vocabulary, Role.EMPLOYEE), present)),
    )
    examples = tuple(Example(key, TEXTS.name("role", role), person) for key, role, person in chosen if person)
    return examples or (Example("ukendt", say("demo_cast.unknown"), STRANGER),)


def _with_role(vocabulary: Vocabulary, role: Role) -> list[Person]:
    return [person for person in vocabulary.people if role in (person.roles or (Role.EMPLOYEE,))]


def _foremost(people: list[Person], weight: Counter[PersonId]) -> Person | None:
    return min(people, key=lambda person: (-weight[person.id], person.name), default=None)


def places_of(vocabulary: Vocabulary) -> tuple[Place, ...]:
    groups = [body for kind in WORKING_GROUPS for body in vocabulary.bodies if body.kind is kind]
    channels = (
        Place(f"kanal-{number}", body.name, body, _members(body, vocabulary))
        for number, body in enumerate(groups, start=1)
    )
    return (PERSONAL, *channels)


def _members(body: Body, vocabulary: Vocabulary) -> tuple[Person, ...]:
    ids = {body.chair, body.secretary, *body.members}
    return tuple(person for person in vocabulary.people if person.id in ids)
