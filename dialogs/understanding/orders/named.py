"""Read the projects, people, bodies and days that an order names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from dialogs.turn.orders import Command, DeputyOrder, HandoverOrder, Order, RoundOrder, StatusOrder
from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.names import candidates, containing, hint_at
from dialogs.understanding.language.numbers import count_at
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import Time, in_other_year, open_ended, time_at
from dialogs.understanding.orders.recognising import goes_along
from dialogs.values.letters import GENITIVE
from portfolio.bodies import BodyKind
from portfolio.dates import Unit, iso_week
from portfolio.organisation import Person

_PROJECTS, _BODIES = frozenset({"projects"}), frozenset({"bodies"})
_NAMED = {
    Command.REPORT_STATUS: _PROJECTS,
    Command.CORRECT_STATUS: _PROJECTS,
    Command.UNCHANGED: _PROJECTS,
    Command.NAME_DEPUTY: frozenset({"lead", "projects"}),
    Command.END_DEPUTY: frozenset({"lead", "projects"}),
    Command.SHOW_DEPUTIES: frozenset(),
    Command.HAND_OVER: frozenset({"lead", "projects"}),
    Command.OPEN_ROUND: _BODIES,
    Command.SHOW_ROUND: _BODIES,
    Command.SUM_UP_ROUND: _BODIES,
    Command.SNOOZE: frozenset({"bodies", "projects"}),
    Command.SET_RHYTHM: _PROJECTS,
    Command.BIND_CHANNEL: _BODIES,
    Command.UNBIND_CHANNEL: _BODIES,
    Command.SHOW_CHANNELS: _BODIES,
    Command.MOVE_MEETING: _BODIES,
    Command.CANCEL_MEETING: _BODIES,
}
# What is to be ended or shown is there already: an unknown name means something else.
_NAME_NOBODY_NEW = frozenset({Command.END_DEPUTY, Command.SHOW_DEPUTIES, Command.SHOW_ROUND, Command.SUM_UP_ROUND})
_ROUNDS = frozenset({Command.OPEN_ROUND, Command.SHOW_ROUND, Command.SUM_UP_ROUND})
# The words for what is to be done, beside the word for what it is done to: "stop Mette som stedfortræder".
_SAYS_WHAT_TO_DO = dict.fromkeys(_ROUNDS, "starts_round") | {Command.END_DEPUTY: "ends_deputy"}
_LAST_WEEK = 52
_FOR = frozenset({"for", "of"})
_FROM = frozenset({"fra", "from", "efter", "after"})


@dataclass(slots=True)
class Named:
    """The names of a command, as they are read. `leads` are people behind "for" or "fra": whose place is taken."""

    projects: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_someone_unclear: bool = False


def named_in(sentence: Sentence, command: Command, lexicon: Lexicon, asker: Person | None) -> Named | None:
    """Read all that the command names; None where the sentence says something that is no part of the command."""
    named = Named()
    position = 0
    while position < len(sentence):
        tag = sentence.tags[position]
        if sentence.word(position).key in phrasebook().small.get(_SAYS_WHAT_TO_DO.get(command, ""), ()):
            pass
        elif tag.entities or tag.is_unknown:
            add_name(sentence, position, command, lexicon, named)
        elif tag.has("body"):
            named.bodies.extend(bodies_of_kind(tag.value("body") or "", lexicon))
        elif time := time_at(sentence, position):
            named.times.append(open_ended(sentence, time))
            position = time.end
            continue
        elif named.times and (time := further_week(sentence, position, named.times[-1])):
            named.times.append(time)
        elif sentence.word(position).is_number or not (
            sentence.is_plain(position) or goes_along(sentence, position, command)
        ):
            return None
        position += 1
    if command in {Command.NAME_DEPUTY, Command.HAND_OVER}:
        _add_asker(sentence, command, asker, named)
    return named


def further_week(sentence: Sentence, position: int, time: Time) -> Time | None:
    """The 52 of "uge 51 og 52"."""
    counted = count_at(sentence, position)
    if counted is None or not sentence.is_link(position - 1) or time.unit is not Unit.WEEK or time.last is None:
        return None
    year, week, _ = time.last.isocalendar()
    if not 1 <= counted[0] <= _LAST_WEEK:
        return None
    days = iso_week(year if counted[0] > week else year + 1, counted[0])
    return replace(time, first=days.first, last=days.last)


def order_named(sentence: Sentence, command: Command, lexicon: Lexicon, asker: Person | None) -> Order | None:
    """Return the order with what it names; None for a sentence that means something else by those words."""
    named = named_in(sentence, command, lexicon, asker)
    if named is None or (named.unknown and command in _NAME_NOBODY_NEW):
        return None
    projects, maybe, unknown = tuple(named.projects), tuple(named.maybe), tuple(named.unknown)
    first, last = days_of(named.times, sentence.today)
    match command:
        case Command.CORRECT_STATUS:
            return StatusOrder(command, projects, maybe, unknown)
        case Command.END_DEPUTY if first and first > sentence.today:
            return None  # "jeg er tilbage på mandag" ends nothing today
        case Command.NAME_DEPUTY | Command.END_DEPUTY:
            return DeputyOrder(command, projects, maybe, unknown, _people(named, command), first, last)
        case Command.HAND_OVER:
            return HandoverOrder(command, projects, maybe, unknown, _people(named, command))
        case Command.OPEN_ROUND | Command.SHOW_ROUND | Command.SUM_UP_ROUND:
            return RoundOrder(command, tuple(dict.fromkeys(named.bodies)), first, last)
        case _:
            return Order(command)


def _people(named: Named, command: Command) -> tuple[str, ...]:
    """The one who takes over, then whose place it is; nobody where one of them is unclear."""
    if command is Command.END_DEPUTY:
        return tuple(dict.fromkeys((*named.people, *named.leads)))
    if named.is_someone_unclear or len(named.people) != 1 or len(named.leads) > 1:
        return ()
    return tuple(dict.fromkeys((*named.people, *named.leads)))


def _add_asker(sentence: Sentence, command: Command, asker: Person | None, named: Named) -> None:
    """ "jeg er stedfortræder for Søren", "jeg overtager skærmbesøg", "overdrag skærmbesøg til mig"."""
    if asker is None or named.people or named.unknown:
        return
    keys = [word.key for word in sentence.words]
    if command is Command.NAME_DEPUTY:
        takes = bool(named.leads) and "jeg" in keys
    else:
        takes = "jeg" in keys and not {"overtager", "overtage"}.isdisjoint(keys)
        takes = takes or any(pair in {("til", "mig"), ("to", "me")} for pair in pairwise(keys))
    if takes:
        named.people.append(asker.email)


def add_name(sentence: Sentence, position: int, command: Command, lexicon: Lexicon, named: Named) -> None:
    """Add the tag's name to what the command is about, or else to the unknown."""
    tag = sentence.tags[position]
    words, wanted = sentence.written(position), _NAMED.get(command, frozenset())
    entities = {entity for entity in _everybody(sentence, position, lexicon) if entity.field in wanted}
    found = candidates(entities, hint_at(sentence, position), "person", lexicon)
    if "projects" in wanted and (not found or found[0].field == "projects"):
        found = _with_alike(found, sentence, position, lexicon)
    if not found:
        if not (goes_along(sentence, position, command) and tag.entities and tag.meanings):
            named.unknown.append(words)
    elif found[0].field == "lead" and command is Command.END_DEPUTY:
        named.people.extend(entity.value for entity in found)  # of one first name, whoever is a deputy
    elif found[0].field == "lead":
        _person(sentence, position, found, named, lexicon)
    elif not tag.is_whole and position and sentence.tags[position - 1].is_unknown:
        named.unknown[-1:] = [sentence.written_to(position - 1, position + 1)]  # "Knud Børge" is no project
    elif found[0].field == "bodies":
        named.bodies.extend(entity.value for entity in found)
    elif len(found) == 1:
        named.projects.append(found[0].value)
    else:
        named.maybe.extend(entity.value for entity in found)


def _with_alike(found: Sequence[Entity], sentence: Sentence, position: int, lexicon: Lexicon) -> tuple[Entity, ...]:
    """ "robotten" may be the Cv-robot or the Fakturarobot, and "velfærdsteknologi" is a project's where no department
    can be meant."""
    tag = sentence.tags[position]
    if (tag.is_whole and found) or tag.end - tag.start > 1:
        return tuple(found)
    word = sentence.word(position)
    alike = containing(word.stem if found else word.key, lexicon)
    return tuple(dict.fromkeys((*found, *alike)))


def _everybody(sentence: Sentence, position: int, lexicon: Lexicon) -> frozenset[Entity]:
    """A first name is anybody's who has it, also of those who lead nothing yet."""
    tag = sentence.tags[position]
    if tag.is_whole or tag.end - tag.start > 1:
        return tag.entities
    return tag.entities | lexicon.namesakes.get(sentence.word(position).key, frozenset())


def _is_genitive(key: str, lexicon: Lexicon) -> bool:
    """ "Mettes stedfortræder"; "Jonas er min stedfortræder" has a name that ends so."""
    return key.endswith(GENITIVE) and key not in lexicon.namesakes


def _person(sentence: Sentence, position: int, found: Sequence[Entity], named: Named, lexicon: Lexicon) -> None:
    if len(found) > 1:
        named.unknown.append(sentence.written(position))
        named.is_someone_unclear = True
        return
    start = sentence.tags[position].start
    before = sentence.words[start - 1].key if start else ""
    following = sentence.tag(position + 1)
    owns = (
        following is not None and following.has("command") and _is_genitive(sentence.last_word(position).key, lexicon)
    )
    (named.leads if owns or before in _FOR | _FROM else named.people).append(found[0].value)


def bodies_of_kind(kind: str, lexicon: Lexicon) -> list[str]:
    return [body.name for body in lexicon.vocabulary.bodies if body.kind is BodyKind(kind)]


def days_of(times: Sequence[Time], today: date) -> tuple[date | None, date | None]:
    """Return the first day said and the last; without a year they lie ahead."""
    first = next((time.first for time in times if time.first), None)
    last = next((time.last for time in reversed(times) if time.last), None)
    edge = last or first
    if edge and edge < today and not any(time.has_year for time in times):
        first, last = (day and in_other_year(day, 1, times[0].unit) for day in (first, last))
    if first and last and last < first:
        is_weekdays = (first - last).days < 7 and all(time.has_year for time in times)  # "fra mandag til fredag"
        last += relativedelta(weeks=1) if is_weekdays else relativedelta(years=1)
    return first, last
