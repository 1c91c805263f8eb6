"""The grammar of an order: the words that it is told in, and the projects, people, bodies and days that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dialogs.turn.readings import SpeechAct
from dialogs.understanding.language.act import words_of_act
from dialogs.understanding.language.lexicon import Entity
from dialogs.understanding.language.names import candidates, with_alike
from dialogs.understanding.language.numbers import count_at
from dialogs.understanding.language.phrasebook import is_small, phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import Time, length_at, open_ended, time_at
from dialogs.understanding.orders.cues import Cues
from dialogs.understanding.orders.days import Days, days_of
from dialogs.values.letters import GENITIVE, Word
from portfolio.dates import Unit, iso_week, start_of
from portfolio.identity import PersonId
from portfolio.organisation import Person

# Sections of the phrases, and single values of them.
Meanings = frozenset[str | tuple[str, str]]

PROJECTS, BODIES = frozenset({"projects"}), frozenset({"bodies"})
PEOPLE = frozenset({"lead", "projects"})
_SMALL_TALK = frozenset({("command", "thanks"), ("command", "greeting")})
_ALONGSIDE: Meanings = frozenset({"aside", "until", "when", "length", "hint", "one", ("scope", "mine"), *_SMALL_TALK})
# What may stand beside an order that is told by its cues, and beside one that is told by a command of the phrases.
BESIDE: Meanings = _ALONGSIDE | {"text", "limit"}
BESIDE_COMMAND: Meanings = _ALONGSIDE | {
    "command",
    "role",
    "attribute",
    "sortword",
    "steps",
    ("period", "active"),
}
ONESELF = ("oneself", "line_heads")
# What a question may be put into: "kan du fortælle mig, hvad …".
FRAME = "frame"
_ALL_PROJECTS = ("target", "projects")
_SINGULAR = frozenset({"projekt", "projektet", "project", "indsatsen", "indsats"})
_LAST_WEEK = 52
_BEFORE_LEADS = frozenset({"for", "of", "fra", "from", "efter", "after"})


# Returns the words that it took out, and the text with blanks in their place.
FreeReader = Callable[[Sentence], tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The parts of a sentence that tells an order. Any other word makes it something else.

    `cues` are groups of cues and `words` groups of small words: these are the order's own. `names` is what it may name:
    "projects", "bodies", "lead" (people), "org_units", "day" ("om 3 dage"), "length" ("i 3 dage"), "count" and "clock".
    `beside` are meanings that change nothing of it: a section of the phrases, or a section with its value.
    `may_be_unknown`: its answer speaks of a name that nothing has. `takes_namesakes`: a first name stands for all who
    have it. `free` readers take people's own words out, as a reason, before the rest is read. `is_exact`: of other
    small words only the particles may stand in it, and what a question may be put into.
    """

    names: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    beside: Meanings = BESIDE
    may_be_unknown: bool = False
    takes_namesakes: bool = False
    free: Mapping[str, FreeReader] = field(default_factory=dict)
    is_exact: bool = False

    @property
    def own_cues(self) -> frozenset[str]:
        return self.cues | {FRAME} if self.is_exact else self.cues

    def is_small(self, word: Word) -> bool:
        return is_small(word, *self.words, "particles" if self.is_exact else "ordering")

    def passes_over(self, word: Word) -> bool:
        return self.is_small(word) if self.is_exact else word.key in phrasebook().particles


@dataclass(slots=True)
class Named:
    """The things that a sentence names. `own` are the groups of cues that are the order's own words; `leads` are people
    behind "for" or "fra": whose place is taken; `length` is in days, `clock` as "13.00"; `free` are people's own words,
    by the names of their readers; `act` is what the sentence does with it."""

    sentence: Sentence
    cues: Cues = field(default_factory=Cues)
    own: frozenset[str] = frozenset()
    asker: Person | None = None
    clock: str | None = None
    free: Mapping[str, str] = field(default_factory=dict)
    projects: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    people: list[PersonId] = field(default_factory=list)
    leads: list[PersonId] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    length: int | None = None
    unknown: list[str] = field(default_factory=list)
    is_someone_unclear: bool = False
    act: SpeechAct = SpeechAct.TOLD

    def is_own_word(self, word: Word) -> bool:
        return self.cues.covers(word, self.own)

    @property
    def says_no(self) -> bool:
        """Say whether a "not" stands in it that is none of the order's own words: "start ikke en runde"."""
        told = [tag for tag in self.sentence.tags if tag.has("command")]
        own = {word.first for tag in told for word in self.sentence.words[tag.start : tag.end]}
        own |= words_of_act(self.sentence)  # "kan du ikke …"
        denied = (word for word in self.sentence.words if is_small(word, "denies"))
        return any(not self.is_own_word(word) and word.first not in own for word in denied)

    @property
    def today(self) -> date:
        return self.sentence.today

    @property
    def about(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The fields of an order about projects."""
        return tuple(dict.fromkeys(self.projects)), tuple(self.maybe), tuple(self.unknown)

    @property
    def all_bodies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.bodies))

    @property
    def days(self) -> Days:
        return days_of(self.times, self.today)

    @property
    def day(self) -> date | None:
        """The first day of a week, the last of "om 3 dage" and "til mandag", and the Monday of "mandag i næste uge"."""
        first, last = self.days
        weeks = [time.first for time in self.times if time.first and time.last == time.first + timedelta(days=6)]
        days = [time.first for time in self.times if time.first and time.first == time.last]
        if weeks and days:
            return weeks[0] + timedelta(days=days[0].weekday())
        if first is None and last:  # "til næste uge" is to its beginning
            unit, span = self.times[0].unit, self.times[0].span
            return last - span if unit is Unit.DAY else max(start_of(last, unit), self.today)
        return first if first and (first > self.today or last is None) else last

    @property
    def successor(self) -> tuple[PersonId, ...]:
        """The one who takes over, then whose place it is; nobody where one of them is unclear."""
        if self.is_someone_unclear or len(self.people) != 1 or len(self.leads) > 1:
            return ()
        return tuple(dict.fromkeys((*self.people, *self.leads)))


def names_in(named: Named, grammar: Grammar) -> Named | None:
    """Read into it all that its sentence names; None where that says something that is no part of the grammar."""
    position = 0
    while position < len(named.sentence):
        step = 1 if _is_own(position, grammar, named) else _take(position, grammar, named)
        if step is None:
            return None
        position += step
    return None if named.unknown and not grammar.may_be_unknown else named


def _is_own(position: int, grammar: Grammar, named: Named) -> bool:
    """Say whether all words of the tag are the order's own, or small ones."""
    sentence = named.sentence
    tag = sentence.tags[position]
    if not tag.entities and not tag.meanings and grammar.is_small(sentence.word(position)):
        return True
    words = sentence.words[tag.start : tag.end]
    if tag.is_unknown and words[0].first in words_of_act(sentence):
        return True
    covered = [named.cues.covers(word, grammar.own_cues) for word in words]
    if tag.entities or tag.has("body") or not any(covered):
        return all(covered)
    return all(own or grammar.passes_over(word) for own, word in zip(covered, words, strict=True))


def _take(position: int, grammar: Grammar, named: Named) -> int | None:
    """Read what is named there, and return how many tags it was; None where it says something else."""
    sentence = named.sentence
    tag = sentence.tags[position]
    if tag.entities or tag.is_unknown:
        _add_name(position, grammar, named)
        return 1
    if tag.has("body"):
        bodies = sentence.lexicon.bodies_of(tag.value("body"))
        named.bodies.extend(bodies)
        return 1 if ("bodies" in grammar.names and bodies) or goes_along(sentence, position, grammar) else None
    is_skipped = grammar.is_exact and sentence.is_plain(position)  # a time is found behind small words, too
    if not is_skipped and (period := time_at(sentence, position)):
        named.times.append(open_ended(sentence, period))
        return period.end - position
    if named.times and (period := _further_week(sentence, position, named.times[-1])):
        named.times.append(period)
        return 1
    if not grammar.names.isdisjoint({"day", "length"}) and (spell := length_at(sentence, position)):
        if "day" in grammar.names:
            named.times.append(spell)
        else:
            named.length = (spell.last - sentence.today).days if spell.last else None
        return spell.end - position
    if sentence.word(position).is_number:
        return 1 if "count" in grammar.names and count_at(sentence, position) else None
    is_passed_over = sentence.is_plain(position) and not grammar.is_exact
    return 1 if is_passed_over or goes_along(sentence, position, grammar) else None


def goes_along(sentence: Sentence, position: int, grammar: Grammar) -> bool:
    """Say whether the tag is part of the order, or changes nothing of it."""
    tag, word = sentence.tags[position], sentence.word(position)
    if tag.has(*_ALL_PROJECTS) and _ALL_PROJECTS not in grammar.beside:
        return word.key in _SINGULAR and not grammar.is_exact
    changes_nothing = any(
        meaning.section in grammar.beside or (meaning.section, meaning.value) in grammar.beside
        for meaning in tag.meanings
    )
    words = sentence.words[tag.start : tag.end]
    return changes_nothing or word.key == "tovholder" or all(map(grammar.is_small, words))


def _further_week(sentence: Sentence, position: int, time: Time) -> Time | None:
    """The 52 of "uge 51 og 52"."""
    number, _ = count_at(sentence, position) or (0, 0)
    is_week = sentence.is_link(position - 1) and time.unit is Unit.WEEK and 1 <= number <= _LAST_WEEK
    if not is_week or time.last is None:
        return None
    year, week, _ = time.last.isocalendar()
    days = iso_week(year if number > week else year + 1, number)
    return replace(time, first=days.first, last=days.last)


def _add_name(position: int, grammar: Grammar, named: Named) -> None:
    """Add the tag's name to what the order is about, or else to the unknown."""
    sentence, wanted = named.sentence, grammar.names
    tag = sentence.tags[position]
    entities = {entity for entity in _everybody(sentence, position) if entity.field in wanted}
    # Beside the words of an exact grammar no other kind of name is meant: "hvilken afdeling sidder Jonas i".
    found = candidates(entities, sentence, position, "person") or (tuple(entities) if grammar.is_exact else ())
    if "projects" in wanted and (not found or found[0].field == "projects"):
        found = with_alike(found, sentence, position)
    if not found:
        if not (goes_along(sentence, position, grammar) and tag.entities and tag.meanings):
            _add_unknown(position, named)
    elif found[0].field == "lead" and grammar.takes_namesakes:
        named.people.extend(PersonId(entity.value) for entity in found)  # of one first name, whoever is a deputy
    elif found[0].field == "lead":
        _person(position, found, named)
    elif not tag.is_whole and _is_behind_unknown(position, named):
        named.unknown[-1:] = [sentence.written(position - 1, position + 1)]  # "Knud Børge" is no project
    elif found[0].field == "bodies":
        named.bodies.extend(entity.value for entity in found)
    elif found[0].field == "org_units":
        named.units.extend(entity.value for entity in found)
    elif len(found) == 1:
        named.projects.append(PersonId(found[0].value))
    else:
        named.maybe.extend(entity.value for entity in found)


def _is_behind_unknown(position: int, named: Named) -> bool:
    """Say whether the word before is one that is unknown, and none of the order's own: "genåbn skærmbesøg"."""
    return bool(position and named.unknown) and named.unknown[-1].endswith(named.sentence.written(position - 1))


def _add_unknown(position: int, named: Named) -> None:
    """Add the words, with those before them that aren't known either: "Knud Børge" is one person."""
    sentence = named.sentence
    first = position
    while first and named.unknown and sentence.tags[position].is_unknown and sentence.tags[first - 1].is_unknown:
        first -= 1
    named.unknown[len(named.unknown) - (first < position) :] = [sentence.written(first, position + 1)]


def _everybody(sentence: Sentence, position: int) -> frozenset[Entity]:
    """A first name is anybody's who has it, also of those who lead nothing yet."""
    tag = sentence.tags[position]
    if tag.is_whole or not tag.is_one_word:
        return tag.entities
    return tag.entities | sentence.lexicon.namesakes.get(sentence.word(position).key, frozenset())


def _person(position: int, found: Sequence[Entity], named: Named) -> None:
    """Add somebody: "Mettes stedfortræder" takes her place; "Jonas er min stedfortræder" has a name that ends so."""
    sentence = named.sentence
    if len(found) > 1:
        named.unknown.append(sentence.written(position))
        named.is_someone_unclear = True
        return
    start = sentence.tags[position].start
    before = sentence.words[start - 1].key if start else ""
    following, key = sentence.tag(position + 1), sentence.last_word(position).key
    is_genitive = key.endswith(GENITIVE) and key not in sentence.lexicon.namesakes
    owns = is_genitive and following.has("command")
    (named.leads if owns or before in _BEFORE_LEADS else named.people).append(PersonId(found[0].value))
