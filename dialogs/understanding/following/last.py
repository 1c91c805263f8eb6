"""The last answer, and whether a message could go on from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.turn.orders import Order, ProjectOrder, ReportStatus
from dialogs.turn.readings import Asked, Clarify, Reading, Unclear
from dialogs.understanding.following.said import Said
from portfolio.memory import Doubt, Item
from portfolio.projects.project import CLOSED_PHASES
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Kind, Subject
from portfolio.questions.question import Changed, Is, Mentions, PeopleRole, Question, Target, Test, which

STRONG = (
    *("narrow", "except", "widen", "correct", "replace", "them", "maybe_them", "there", "more", "person", "persons"),
)
# These stand alone: nothing of the last answer makes sense of them.
ALONE = frozenset({Target.PROPOSALS, Target.SYSTEMS, Target.FOCUS_AREAS, Target.ORG_UNITS, Target.BODIES})
PARTS = frozenset({Target.MILESTONES, Target.BENEFITS, Target.OBSTACLES})
OF_ONE = frozenset({Target.PROJECT, Target.FIELD, Target.TREND})
_OF_MANY = frozenset({Target.COUNT, Target.FIGURE, Target.PEOPLE})
# So short a message may be a question whose subject was named before.
_MOST_WORDS_ALONE = 8
THE_ONE = "projects"
# Whoever is meant by "han" is the lead of the project shown, or the one named.
PEOPLE = ("lead", "owner")
# The text for what points at something that wasn't named.
NOWHERE = "nothing_before"


@dataclass(frozen=True, slots=True)
class Last:
    """The last answer: see `portfolio.memory.LastAnswer`."""

    question: Question
    shown: tuple[Item, ...]
    listed: tuple[Item, ...]
    total: int | None
    offset: int
    before: Question | None = None
    doubt: Doubt | None = None

    @property
    def topic(self) -> Item | None:
        """The one project or body that it was about, or the unit whose manager was asked for."""
        which = {one for one in self.question.asked_of if one.subject is Subject.PROJECT or one is catalogue.BODIES}
        headed = [catalogue.ORG_UNITS] if self.question.people is PeopleRole.MANAGER else []
        for attribute in (catalogue.PROJECTS, catalogue.BODIES, *headed):
            values = self.question.values(attribute)
            if len(values) == 1 and which == {attribute}:
                return attribute.name, str(values[0])
        projects = [item for item in self.shown if item[0] == THE_ONE]
        return projects[0] if len(projects) == 1 and self.total == 1 else None

    @property
    def is_of_one_project(self) -> bool:
        topic = self.topic
        return topic is not None and topic[0] == THE_ONE

    @property
    def person(self) -> Item | None:
        """The one person that it named."""
        people = [item for item in self.shown if item[0] in PEOPLE]
        if len(people) == 1:
            return people[0]
        named = [value for name in PEOPLE for value in self.question.values(ATTRIBUTES[name])]
        return (PEOPLE[0], str(named[0])) if len(named) == 1 else None

    @property
    def as_shown(self) -> Question | None:
        """Asks for the projects shown, where those are all that was found."""
        numbers = tuple(str(value) for name, value in self.shown if name == THE_ONE)
        is_whole = numbers and self.total == len(numbers) == len(self.shown)
        return Question(where=which(projects=numbers), include_closed=True) if is_whole else None


def may_go_on(said: Said, reading: Reading) -> bool:
    """Say whether the message could go on from an answer, which then is worth looking up: not where it is a question of
    its own, with a subject."""
    if isinstance(reading, Order):
        return _may_be_of_something_before(said, reading)
    if said.has("more") or said.place is not None:
        return not (isinstance(reading, Asked) and says_which(reading.question))
    match reading:
        case Clarify():
            return said.has(*STRONG)
        case Unclear():
            return bool(said.cues) or len(said.words) <= _MOST_WORDS_ALONE
        case Asked(question):
            return _may_be_of_answer(said, question)
    return False


def _may_be_of_answer(said: Said, question: Question) -> bool:
    if said.is_of_all and not (said.points or said.says_everywhere):
        return said.says_we and _is_amount_alone(said, question)
    is_bare_list = not question.where and question.target is Target.PROJECTS
    may_be_listed = is_bare_list and (said.points or said.has("there") or said.asks_which)
    if said.has("person", "persons") or _is_of_whatever(question) or may_be_listed:
        return True  # "hvilket projekt er det"
    if said.tells_of_it:
        return True
    if said.has(*STRONG) and (not said.names_subject or said.begins_with(*set(STRONG) - {"except"})):
        return True  # "projekter, ikke dem i realisering" has them inside
    goes_on = said.has("those", "it", "after") or said.of_meeting
    if question.target is Target.MEETINGS and not question.where and goes_on:
        return True
    return not said.names_subject and (said.has("opening") or not _stands_alone(said, question))


def _may_be_of_something_before(said: Said, order: Order) -> bool:
    if not isinstance(order, ProjectOrder):
        return False
    points = (said.has("it", "them", "person") or said.place is not None) and not (order.projects or order.maybe)
    return points or (isinstance(order, ReportStatus) and said.begins_pointing)


def _is_amount_alone(said: Said, question: Question) -> bool:
    """ "hvor meget er vi over budget": an amount, and nothing of which projects it is of."""
    return question.target is Target.FIGURE and not said.names_subject and not _names_which(question)


def _stands_alone(said: Said, question: Question) -> bool:
    """Say whether it needs no subject from before: it names a project, or whose milestones it asks for, or asks for all
    that is so."""
    changed = question.changed
    is_of_changes = changed is not None and not (changed.to or changed.old or changed.way)
    is_alone = is_of_changes or question.target in {*ALONE, Target.MEETINGS, *OF_ONE}
    is_of_named = question.target in {*PARTS, Target.GROUPS, Target.FIGURE} and _names_which(question)
    is_of_all = said.asks_of_all and (says_which(question) or bool(question.any_of)) and not said.points
    return is_alone or is_of_named or is_of_all or bool(question.values(catalogue.PROJECTS))


def _names_which(question: Question) -> bool:
    return any(isinstance(test, Is) and test.attribute.kind in (Kind.NAME, Kind.PERSON) for test in question.where)


def is_of_projects(test: Test) -> bool:
    return isinstance(test, Mentions | Changed) or test.attribute.subject is Subject.PROJECT


def says_which(question: Question) -> bool:
    """Say whether it tests projects, rather than what belongs to them."""
    return any(map(is_of_projects, question.where))


def _is_of_whatever(question: Question) -> bool:
    """ "hvor mange projekter er det": it may be of those before, or of all."""
    return question.target in _OF_MANY and not question.where and not question.any_of and not question.include_closed


def pointing_at_nothing(said: Said, reading: Reading) -> Unclear | None:
    """ "hvem leder dem", "hvad koster den", "og budgettet", where nothing was said before that it could be of."""
    if said.has("back"):
        return Unclear(because=NOWHERE)
    if not isinstance(reading, Asked) or (said.is_of_all and not said.points):
        return None
    question = reading.question
    is_named = question.values(catalogue.PROJECTS) or question.values(catalogue.BODIES)
    is_bare = not question.where and not question.any_of and not said.names_subject
    if is_named or not (said.points or (is_bare and (said.goes_on or said.sorts))):
        return None
    return Unclear(because=NOWHERE)


def open_ones(question: Question) -> Question:
    """The same of projects that aren't closed: "og de åbne", after those that are."""
    where = tuple(test for test in question.where if not _is_of_closed(test))
    return replace(question, where=where, include_closed=False)


def _is_of_closed(test: Test) -> bool:
    if not isinstance(test, Is) or test.attribute is not catalogue.PHASES:
        return False
    return not test.denied and CLOSED_PHASES.issuperset(test.values)


def list_of(question: Question) -> Question:
    """The projects that it counts, adds up or asks the people of."""
    if question.target in {*ALONE, *OF_ONE, Target.MEETINGS} or not question.is_sound:
        return question
    where = tuple(test for test in question.where if is_of_projects(test))
    is_sorted = question.sort and question.sort.attribute.subject is Subject.PROJECT
    sort, limit = (question.sort, question.limit) if is_sorted or not question.sort else (None, None)
    return Question(Target.PROJECTS, where, question.any_of, sort, limit, question.include_closed)
