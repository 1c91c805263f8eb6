"""A message that goes on from the last answer, into a question that can be answered by itself."""

from __future__ import annotations

from dataclasses import replace

from dialogs.turn.orders import Effect, PeopleOrder, ProjectOrder
from dialogs.turn.readings import Asked, Choice, Clarify, EitherWay, Reading, Unclear
from dialogs.understanding.following.groups import (
    asked_anew,
    completed,
    first_by_other,
    in_order_of_days,
    of_one_group,
)
from dialogs.understanding.following.last import (
    ALONE,
    NOWHERE,
    OF_ONE,
    PARTS,
    PEOPLE,
    STRONG,
    THE_ONE,
    list_of,
    says_which,
)
from dialogs.understanding.following.manner import how, is_doubted
from dialogs.understanding.following.merging import CantTell, How, merged, says_how_they_do, taken_over
from dialogs.understanding.following.orders import ordered_of_them
from dialogs.understanding.following.picking import Picking
from dialogs.understanding.following.restated import fields_of, is_order_about
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.status.line import leads_off
from dialogs.values.letters import words_of
from portfolio.memory import Doubt, Item
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES
from portfolio.questions.question import Is, PeopleRole, Question, Target

_NUMBERS = frozenset({Target.COUNT, Target.FIGURE})
_OF_PROJECTS = frozenset({PeopleRole.LEAD, PeopleRole.OWNER})
_OF_BODIES = frozenset({PeopleRole.MEMBER, PeopleRole.CHAIR, PeopleRole.SECRETARY})
# Those are answered for by others than the leads.
_ANSWERED_FOR = frozenset({Target.BENEFITS, Target.OBSTACLES})


class GoingOn(Picking):
    """A message that may go on from the last answer, in one of several ways; the first that fits is taken."""

    def resolved(self) -> Reading | None:
        """Return what the message means after the last answer; None where it doesn't go on from it."""
        is_of_two = self.said.says_both and self.said.has("them")
        if is_of_two and self.last.total != 2:
            return Unclear(because=NOWHERE)
        ways = (
            self._back, self._next_page, self._next_meeting, self._ordered_anew, self._another_first, self._picked,
            self._of_person, self._answered_for, self._of_topic, self._which_of_them, self._ordered_of_them,
            self._of_a_group, self._listed, self._which_one, self._joined,
        )  # fmt: skip
        if self.said.has("others") and not self.said.has("person", "persons"):
            return Unclear((self.said.text.strip(),))  # "hvem leder de øvrige": not those that were shown
        meant = next((meant for way in ways if (meant := way()) is not None), None)
        if self.last.doubt and isinstance(meant, Asked) and not self.said.has("back"):
            return self._in_doubt(meant)
        if isinstance(meant, Asked) and not meant.question.is_sound:
            meant = None
        if isinstance(meant, Asked) and isinstance(self.reading, Asked) and self.said.says_we and not self.said.points:
            return EitherWay(meant.question, self.reading.question, self.last.total)
        if meant is None and (self.said.has("narrow", "widen", "them") or self._is_of_nothing()):
            return Unclear((self.said.text.strip(),))  # rather than answered for all
        return meant

    def _is_of_nothing(self) -> bool:
        """Say whether it is asked of something shown that no projects are: "hvor mange er det" of a body's members; or
        of the one project, but in words that only tell of many: "hvor langt er den bagud"."""
        if not isinstance(self.reading, Asked):
            return False
        question = self.reading.question
        if question.where and all(map(says_how_they_do, question.where)):
            return self.last.is_of_one_project and self.said.points_at_one
        if question.where or question.any_of:
            return False
        of_projects = {Target.COUNT, Target.PROJECTS, Target.PEOPLE, Target.FIGURE}
        return self.said.points and question.target in of_projects

    def _in_doubt(self, meant: Asked) -> Reading:
        """Return the reading where something that wasn't understood was said in between: asks first where the message
        names nothing that it is about, or asks what was asked before."""
        topic = self.last.topic
        if self.last.doubt is not Doubt.ASKED and self._names_nothing() and not self.said.changes:
            if topic and meant.question.values(ATTRIBUTES[topic[0]]) == (topic[1],):
                return Clarify(self.said.text.strip(), (Choice(topic[0], str(topic[1]), meant.question),))
            is_plain = isinstance(self.reading, Asked) and self.reading.question.is_sound
            alone = self.reading.question if isinstance(self.reading, Asked) and is_plain else Question()
            return EitherWay(meant.question, alone, self.last.total)
        if self.last.doubt is not Doubt.SUBJECT and self._takes_over(meant.question):
            return self.reading if isinstance(self.reading, Asked) else Unclear(because=NOWHERE)
        return meant

    def _takes_over(self, question: Question) -> bool:
        """Say whether what is asked is what was asked before: "og i Teknik" after a sum."""
        is_own = isinstance(self.reading, Asked) and self.reading.question.target is question.target
        is_list = question.target in {Target.PROJECTS, Target.PROJECT}
        return question.target is self.last.question.target and not (is_own or is_list or self.said.turns)

    def _names_nothing(self) -> bool:
        """Say whether what it is of was named before, if at all."""
        if isinstance(self.reading, Clarify):
            return False
        if isinstance(self.reading, Asked):
            return self.said.points or all(map(says_how_they_do, self.reading.question.where))
        return self.said.points or not self.says(self.said.plainest)

    def _ordered_anew(self) -> Reading | None:
        question = asked_anew(self.said, self.last.question, self.read)
        if question is None and isinstance(self.reading, Unclear):
            question = in_order_of_days(self.said, self.last.question)
        return Asked(question) if question else None

    def _back(self) -> Reading | None:
        """ "tilbage": to what was answered before the last answer, or to that itself where it was the first."""
        return Asked(self.last.before or self.last.question) if self.said.has("back") else None

    def _next_page(self) -> Reading | None:
        """ "vis flere" """
        if not self.said.has("more"):
            return None
        following = self.last.offset + len(self.last.shown)
        if self.last.shown and (self.last.total or 0) > following:
            return Asked(self.last.question, offset=following)
        return None

    def _next_meeting(self) -> Reading | None:
        """ "og det efter det": one meeting more of those that were shown."""
        last = self.last.question
        names = isinstance(self.reading, Asked) and bool(self.reading.question.where)
        if names or not self.said.has("after") or last.target is not Target.MEETINGS or last.limit is None:
            return None
        return Asked(replace(last, limit=last.limit + 1, inherited=fields_of(last)))

    def _of_person(self) -> Reading | None:
        """ "hvilke projekter har hun", "hvad laver hun ellers", "hvad er mailen til hende" """
        person = self.last.person
        if not self.said.has("person", "persons"):
            return None
        if person is None or self.last.doubt in (Doubt.SUBJECT, Doubt.ALL):
            return Unclear(because=NOWHERE)
        if self.said.has("it") and (of_both := self._of_both()):
            return of_both
        name, is_whose = self.name(person), self.said.has("persons")
        named = self.said.naming(f"{name}s" if is_whose else name, "persons" if is_whose else "person")
        meant = self._read(named)
        if isinstance(meant, PeopleOrder) and self.last.is_of_one_project and self.last.topic:
            of_it = self._read(f"{named} på {self.name(self.last.topic)}")  # "bed hende om en status"
            meant = of_it if isinstance(of_it, PeopleOrder) and of_it.people == meant.people else meant
        if isinstance(meant, Clarify) or (isinstance(meant, PeopleOrder) and meant.people == (person[1],)):
            return meant
        question = meant.question if isinstance(meant, Asked) else Question()
        if self.said.has("others") and self.last.is_of_one_project and question.target is Target.PROJECTS:
            question = question.having(
                Is(catalogue.PROJECTS, self.last.question.values(catalogue.PROJECTS), denied=True)
            )
        held = [one for one in PEOPLE if person[1] in question.values(ATTRIBUTES[one])]
        return Asked(replace(question, inherited=frozenset(held))) if held else Unclear((self.said.text.strip(),))

    def _answered_for(self) -> Reading | None:
        """ "hvem har ansvaret for dem", of risks: they are shown with whoever answers for each."""
        is_of_parts = self.last.question.target in _ANSWERED_FOR and self.said.points
        return Asked(self.last.question) if is_of_parts and self.said.asks_who_answers else None

    def _of_both(self) -> Reading | None:
        """ "hvor mange penge har hun brugt på den": of the project, whoever leads it."""
        if not self.last.is_of_one_project or self.last.topic is None:
            return None
        meant = self._read(self.said.with_names({"it": self.name(self.last.topic), "person": "man"}))
        if not isinstance(meant, Asked) or meant.question.values(catalogue.PROJECTS) != (self.last.topic[1],):
            return None
        return Asked(replace(meant.question, inherited=frozenset({THE_ONE})))

    def _of_topic(self) -> Reading | None:
        """ "hvornår slutter det", "og hvem ejer den": of the one project or body that it was about."""
        topic = self.last.topic
        is_narrowed = self.said.has("narrow") and self.last.question.target not in PARTS
        if topic is None or is_narrowed or self.said.has("widen", "them", "maybe_them"):
            return None
        if isinstance(self.reading, ProjectOrder):
            return self._ordered(topic, "it")
        if self.said.has("replace", "correct", "opening") and (other := self._other_topic(topic)):
            return other
        if topic[0] == catalogue.ORG_UNITS.name:
            return None
        asked = self.reading if isinstance(self.reading, Asked) else self._read(self.said.rest)
        if isinstance(asked, Asked) and self._is_of_others(asked.question):
            return None
        is_list = isinstance(asked, Asked) and asked.question.target is Target.PROJECTS
        is_of_project = topic[0] == THE_ONE
        if (is_list and not self.said.has("it")) or (
            self.said.names_subject and (is_of_project or not self.said.has("it", "those"))
        ):
            return None
        points_only = isinstance(asked, Unclear) and self._points_only(asked) and not self.says(self.said.plainest)
        if isinstance(asked, Unclear) and not (points_only or self.said.has("it")):
            return self._ordered_on(topic)  # else it is of something else, or nothing that we know
        meant = self._about(topic, "på " if is_of_project else "i ", "it", "those", "there")
        return meant or (self._ordered_on(topic) if isinstance(asked, Unclear) else None)

    def _is_of_others(self, question: Question) -> bool:
        """Say whether it says itself which projects it is of; "hvor meget er vi over budget" says how they do."""
        is_amount = question.target is Target.FIGURE and all(map(says_how_they_do, question.where))
        return says_which(question) and not is_amount and not self.said.has("it")

    def _ordered_on(self, topic: Item) -> Reading | None:
        """ "flyt slutdatoen til 18. juni": what is shown before it is done may be taken to be of the topic."""
        texts = [f"{self.said.rest} på {self.name(topic)}"]
        if not self.said.text.rstrip().endswith("?") and leads_off(self.said.text, self.today):
            texts.append(f"{self.name(topic)}: {self.said.text}")  # "rød igen, kablerne mangler"
        for text in texts:
            meant = self._read(text)
            if isinstance(meant, ProjectOrder) and meant.effect is Effect.ASKS and is_order_about(topic, meant):
                return meant
        return None

    def _ordered_of_them(self) -> Reading | None:
        return ordered_of_them(self.said, self.last, self.read, self.name)

    def _which_of_them(self) -> Reading | None:
        """ "hvad koster den", where several were shown: each is asked about."""
        shown = [item for item in self.last.shown if item[0] == THE_ONE]
        if self.last.topic or not self.said.points_at_one:
            return None
        asked = {item: self._about(item, "på ", "it") for item in shown}
        choices = [Choice(THE_ONE, str(item[1]), one.question) for item, one in asked.items() if isinstance(one, Asked)]
        return Clarify(self.said.written("it"), tuple(choices)) if len(choices) > 1 else Unclear(because=NOWHERE)

    def _points_only(self, unclear: Unclear) -> bool:
        """Say whether only the cues weren't understood by themselves, and words that may have a place beside a name:
        "og hvem er formand"."""
        cues, book = self.said.written_cues, phrasebook()
        left = [words for words in unclear.words if words not in cues]
        parts = [word for words in left for word in words_of(words)]
        return all(word.text in cues or word.key in book.particles or word.stem in book.words for word in parts)

    def _other_topic(self, topic: Item) -> Reading | None:
        """ "hvad med grøn kørsel": the same, asked of another project."""
        meant = self._fragment()
        if meant is None:
            return None
        question, attribute = meant, ATTRIBUTES[topic[0]]
        if len(question.values(attribute)) != 1 or topic[1] not in self.last.question.values(attribute):
            return None
        if question.target not in (Target.PROJECT, Target.PROJECTS, Target.MEETINGS) or self.said.asks_when:
            return Asked(question, listed=self.last.listed)
        if self.said.names_subject and not self.said.has("replace", "correct"):
            return None
        new = next(test for test in question.where if isinstance(test, Is) and test.attribute is attribute)
        other = self.last.question.having_instead(new)
        return Asked(replace(other, inherited=taken_over(other, question, self.last.question)), 0, self.last.listed)

    def _listed(self) -> Reading | None:
        """ "vis dem": the projects that were counted, added up or led; "hvilke", of a number."""
        points = self.said.has("them", "those", "it", "maybe_them") and self.said.shows
        points = points or (self.last.question.target in _NUMBERS and self.said.asks_which)
        if not points or not self.said.only_shows or self.last.is_of_one_project:
            return None
        last = self.last.question
        if last.target in {*ALONE, Target.MEETINGS} or not last.is_sound:
            return None
        listed = list_of(last)
        target = Target.PEOPLE if self.said.asks_who else listed.target
        return Asked(replace(listed, target=target, inherited=fields_of(listed)))

    def _of_a_group(self) -> Reading | None:
        return of_one_group(self.said, self.last, self.reading, self._only)

    def _which_one(self) -> Reading | None:
        """ "hvem af dem er dyrest", of projects: one of them, and not its lead."""
        is_of_leads = isinstance(self.reading, Asked) and self.reading.question.target is Target.GROUPS
        of_projects = any(name == THE_ONE for name, _ in self.last.shown)
        if not (is_of_leads and of_projects and self.said.asks_who and self.said.has("them")):
            return None
        meant = self._read(self.said.asking_which)
        if not isinstance(meant, Asked) or meant.question.target is not Target.PROJECTS:
            return None
        joined = merged(meant.question, list_of(self.last.question), How.AMONG, self.last.as_shown)
        return joined if isinstance(joined, Asked) else None

    def _joined(self) -> Reading | None:
        """ "kun de gule", "og hvem leder dem": of all that was found before."""
        last = self.last.question
        is_of_one = last.target in OF_ONE and len(last.values(catalogue.PROJECTS)) == 1
        readings = self._readings() if last.target not in ALONE and not is_of_one else None
        if isinstance(readings, Clarify):
            return self._either_name(readings)
        if readings is None or readings.people not in _OF_PROJECTS or _is_of_members(last):
            return None
        if last.target in _ANSWERED_FOR and readings.target is Target.PEOPLE:
            return None if readings.where else Unclear((self.said.text.strip(),))
        if self._says_of_which(readings):
            return None
        if self.said.lists or last.people not in _OF_PROJECTS:
            last = list_of(last)
        joined = merged(readings, last, how(self.said, readings), self.last.as_shown)
        if isinstance(joined, CantTell):
            return Unclear((self.said.text.strip(),)) if self.said.has(*STRONG, "those") else None
        if isinstance(joined, Asked) and replace(joined.question, inherited=frozenset()) == readings:
            return Asked(readings)
        if isinstance(joined, Asked) and is_doubted(self.said, readings):
            joined = EitherWay(joined.question, readings)
        return replace(joined, found=self.last.total) if isinstance(joined, EitherWay) else joined

    def _says_of_which(self, question: Question) -> bool:
        """Say whether it is of others than those before: of a project that it names, "projekterne i Social", or
        departments compared, where one was asked about."""
        if question.group_by and len(self.last.question.values(question.group_by)) == 1 and not self.said.points:
            return True
        if question.values(catalogue.PROJECTS) and not self.said.has("narrow", "them"):
            return True
        return self.said.has("maybe_them") and not all(map(says_how_they_do, question.where))

    def _another_first(self) -> Reading | None:
        last = self.last.question
        is_again = last.sort and last.limit and self.said.has("opening", "replace") and not self.said.sorts
        fragment = self._fragment() if is_again else None
        other = first_by_other(fragment, last) if fragment else None
        return Asked(other) if other else None

    def _readings(self) -> Question | Clarify | None:
        meant = self._alone()
        return completed(meant, self.last.question, self.said, self.today) if isinstance(meant, Question) else meant

    def _alone(self) -> Question | Clarify | None:
        """The question of the message by itself: as it was read, where that is a question, for "også afsluttede"."""
        is_of_parts = self.last.question.target in PARTS and isinstance(self.reading, Asked | Clarify | Unclear)
        is_of_parts = is_of_parts and not self.said.asks_who
        if is_of_parts and not self.said.names_subject and (of_them := self._fragment()):
            return of_them
        if isinstance(self.reading, Asked) and not self.said.has("replace", "correct"):
            return self.reading.question
        meant = self._read(self.said.rest)
        if isinstance(meant, Clarify):
            return meant
        return self._fragment()

    def _either_name(self, meant: Clarify) -> Reading | None:
        """A name that may be several things is asked about, each as it goes on from the last answer."""
        choices = []
        for choice in meant.choices:
            joined = merged(choice.question, self.last.question, how(self.said, choice.question), self.last.as_shown)
            if not isinstance(joined, Asked):
                return meant
            choices.append(replace(choice, question=joined.question))
        return Clarify(meant.words, tuple(choices))


def _is_of_members(question: Question) -> bool:
    """Say whether it asks for a body's members, of whom nothing is known but who they are."""
    return question.target is Target.PEOPLE and question.people in _OF_BODIES
