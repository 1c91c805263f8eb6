"""Tags into a draft: each kind of tag fills its part; what is left over is not understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dialogs.understanding.amounts import amount_range_at, beyond
from dialogs.understanding.draft import Draft
from dialogs.understanding.intent import Intent
from dialogs.understanding.lexicon import Entity, Lexicon
from dialogs.understanding.lights import Lights
from dialogs.understanding.names import candidates
from dialogs.understanding.numbers import count_at, counts_at
from dialogs.understanding.phrasebook import phrasebook
from dialogs.understanding.tags import Tag
from dialogs.understanding.times import Time, age_at, time_at
from dialogs.understanding.words import Word
from portfolio.bodies import BodyKind
from portfolio.organisation import Person
from portfolio.projects import CLOSED_PHASES, Phase, ProjectKind
from portfolio.questions import Attribute, Period, PeriodField, Sort, SortField
from portfolio.status import DEFAULT_RHYTHM_DAYS, Rag

_GOALS = range(1, 18)
_PRIORITIES = range(1, 6)
_NEAR = 3
_LINKS = frozenset({"og", "eller", ",", "samt", "and", "or", "nor"})
_HIGH, _LOW = (1, 2), (4, 5)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Words that may mean any of several things; the draft holds the first until the person chooses."""

    words: str
    choices: tuple[Entity, ...]
    negated: bool


@dataclass(slots=True)
class Composer:
    words: Sequence[Word]
    tags: Sequence[Tag]
    text: str
    lexicon: Lexicon
    asker: Person | None
    today: date
    intent: Intent
    draft: Draft = field(default_factory=Draft)
    ambiguities: list[Ambiguity] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    asker_unknown: bool = False
    _negated: bool = False
    _loose_lights: list[str] = field(default_factory=list)
    lights: Lights = field(init=False)

    def __post_init__(self) -> None:
        self.lights = Lights.of(self.tags)

    def compose(self) -> Draft:
        position = 0
        while position < len(self.tags):
            position = self._read(position)
        self._gapped()
        if len(self.draft.where["projects"]) != 1:
            self.unknown.extend(self._loose_lights)
        if self.words[-1].key in _LINKS:
            self.unknown.append(self.words[-1].text)
        return self.draft

    def _gapped(self) -> None:
        """ "mangler mine folk status": what a phrase says also with other words inside it."""
        stems = [word.stem for word in self.words]
        for first, last, meaning in phrasebook().gapped:
            if meaning.value not in self.draft.flags and first in stems and last in stems[stems.index(first) + 1 :]:
                self.draft.flag(meaning.value, value=True)

    def _read(self, position: int) -> int:
        """Reads what begins at the tag `position`; returns where to go on."""
        tag = self.tags[position]
        for reader in (
            self._lacking,
            self._text,
            self._age,
            self._time,
            self._goals,
            self._priority,
            self._amounts,
            self._limit,
        ):
            if (end := reader(position)) is not None:
                return end
        if tag.has("except"):
            self._negated = True
        elif tag.entities and position not in self.lights.bound:
            self._name(tag, position)
            self._stop_negating(position)
        elif tag.meanings:
            self._phrase(tag, position)
        elif self._word(tag).is_case_number:
            self.draft.text = self._word(tag).text
        elif tag.is_unknown or self._word(tag).is_number:
            self.unknown.append(self._written(tag))
        elif self._word(tag).key in {"men", "but"}:
            self._negated = False
        return position + 1

    def _phrase(self, tag: Tag, position: int) -> None:
        readers: dict[str, Callable[[str, int], None]] = {
            "flag": self._flag,
            "colour": self._colour,
            "kind": lambda value, at: self._filter("kinds", ProjectKind(value), at),
            "phase": self._phase,
            "scope": self._scope,
            "sort": self._sort,
            "sortby": self._sort_by,
            "body": self._body,
            "light": self._light,
            "length": self._leftover,
            "unit": self._leftover_unit,
        }
        for section, reader in readers.items():
            if value := tag.value(section):
                reader(value, position)
                return

    # --- one reader for each kind of tag ---

    def _flag(self, value: str, position: int) -> None:
        name, truth = {
            "reported": ("missing_status", False),
            "on_time": ("late", False),
            "within_budget": ("over_budget", False),
        }.get(value, (value, True))
        self.draft.flag(name, value=truth is not self._negated)
        self._stop_negating(position)

    def _colour(self, value: str, position: int) -> None:
        for light in self.lights.of_colour[position]:
            self._filter(light, Rag(value), position, stop=False)
        self._stop_negating(position)

    def _light(self, value: str, position: int) -> None:
        """A light without a colour asks something we don't know, unless it is one project's."""
        if position not in self.lights.bound and value != "overall":
            self._loose_lights.append(self._written(self.tags[position]))

    def _phase(self, value: str, position: int) -> None:
        if self.tags[position].has("period", "end") and self.intent.has_time and not self._is_past():
            return
        if value == "closed_or_stopped":
            for phase in (Phase.CLOSED, Phase.STOPPED):
                self._filter("phases", phase, position, stop=False)
            self._stop_negating(position)
            return
        self._filter("phases", Phase(value), position)

    def _is_past(self) -> bool:
        return any(
            (time := time_at(self.tags, self.words, at, self.today)) and time.last and time.last <= self.today
            for at in range(len(self.tags))
        )

    def _scope(self, value: str, position: int) -> None:
        match value:
            case "all":
                self.draft.include_closed = not self._negated
            case "open":
                self._open()
            case "mine":
                self._mine("lead", position)
            case "owned_by_me":
                self._mine("owner", position)
            case "my_unit":
                self._my_unit(position)
            case "my_people":
                self._my_people(position)

    def _open(self) -> None:
        if self._negated:
            for phase in sorted(CLOSED_PHASES):
                self.draft.add("phases", phase)
            self._negated = False
        else:
            self.draft.include_closed = False
        self.draft.last_filter = "open"

    def _mine(self, name: str, position: int) -> None:
        if self.asker is None:
            self.asker_unknown = True
        else:
            self._filter(name, self.asker.email, position)

    def _my_unit(self, position: int) -> None:
        if self.asker is None or self.asker.unit is None:
            self.asker_unknown = True
        else:
            self._filter("org_units", self.asker.unit, position)

    def _my_people(self, position: int) -> None:
        people = [one.email for one in self.lexicon.vocabulary.people if self.asker and one.manager == self.asker.email]
        if not people:
            self.asker_unknown = True
        for email in people:
            self._filter("lead", email, position, stop=False)
        self._stop_negating(position)

    def _sort(self, value: str, _position: int) -> None:
        self.draft.sort = Sort(SortField(value.removeprefix("-")), descending=value.startswith("-"))
        if self.draft.limit is None and self.intent.is_singular:
            self.draft.limit = 1

    def _sort_by(self, _value: str, position: int) -> None:
        for at in range(position + 1, min(len(self.tags), position + 1 + _NEAR)):
            if value := self.tags[at].value("sortword") or self.tags[at].value("sort"):
                self._sort(value, position)
                self.draft.limit = None
                break
        if self.draft.sort and (way := self._direction()):
            self.draft.sort = Sort(self.draft.sort.field, descending=way == "down")

    def _direction(self) -> str | None:
        return next((way for tag in self.tags if (way := tag.value("direction"))), None)

    def _body(self, value: str, _position: int) -> None:
        named = [body.name for body in self.lexicon.vocabulary.bodies if body.kind is BodyKind(value)]
        self.draft.bodies.extend(name for name in named if name not in self.draft.bodies)
        if not named:
            self.unknown.append(self._written(self.tags[_position]))

    def _leftover(self, _value: str, position: int) -> None:
        """A stray "uge" or "måneder" belongs to a time that could not be read."""
        if self._word(self.tags[position]).key not in {"dag", "day"}:
            self.unknown.append(self._written(self.tags[position]))

    def _leftover_unit(self, value: str, position: int) -> None:
        if value not in {"percent", "kroner"}:
            self.unknown.append(self._written(self.tags[position]))

    # --- what takes several tags ---

    def _text(self, position: int) -> int | None:
        """ "der handler om robotter": the words to the end of the text, or to the next thing we understand."""
        if not self.tags[position].has("text", "about"):
            return None
        end = position + 1
        while end < len(self.tags) and self._may_be_text(self.tags[end]):
            end += 1
        taken = self.tags[position + 1 : end]
        if not any(tag.is_unknown for tag in taken):
            return position + 1
        first = next(index for index, tag in enumerate(taken) if not self._is_plain(tag))
        self.draft.text = self.text[self._word(taken[first]).first : self.words[taken[-1].end - 1].last]
        return end

    def _may_be_text(self, tag: Tag) -> bool:
        return tag.is_unknown or (self._is_plain(tag) and not tag.is_whole) or bool(tag.entities and not tag.is_whole)

    def _lacking(self, position: int) -> int | None:
        """ "uden projektleder", "mangler et budget"."""
        if not self.tags[position].has("lack"):
            return None
        following = next((at for at in range(position + 1, len(self.tags)) if not self._is_plain(self.tags[at])), None)
        if following is None or not (attribute := self.tags[following].value("attribute")):
            return None
        after = self.tags[following + 1] if following + 1 < len(self.tags) else None
        if after and after.entities:
            return None
        self.draft.lacking.append(Attribute(attribute))
        return following + 1

    def _age(self, position: int) -> int | None:
        """ "status ældre end 60 dage", "nyere end 2 uger"."""
        found = age_at(self.tags, self.words, position, self.today)
        if found is None:
            return None
        self.draft.period = Period(PeriodField.STATUS, found.first, found.last)
        return found.end

    def _time(self, position: int) -> int | None:
        time = time_at(self.tags, self.words, position, self.today)
        if time is None:
            return None
        if self._negated:
            self.unknown.append(self._written(self.tags[position]))
        which = self.intent.period_field(position)
        if which is PeriodField.STATUS and self.intent.has("flag", "missing_status"):
            self._not_since(time)
            return time.end
        self.draft.period = self._in_likely_year(which, time)
        return time.end

    def _not_since(self, time: Time) -> None:
        """ "ikke meldt status de sidste 60 dage": the newest report is older. 28 days is what missing means anyway."""
        if time.first and (self.today - time.first).days != DEFAULT_RHYTHM_DAYS:
            self.draft.period = Period(PeriodField.STATUS, None, time.first - timedelta(days=1))
            self.draft.flags.pop("missing_status", None)

    def _in_likely_year(self, which: PeriodField, time: Time) -> Period:
        """Ends and starts without a year lie ahead, reports behind us, unless the verb says otherwise."""
        first, last = time.first, time.last
        shift = 0
        if not time.has_year:
            edge = last or first
            if which is PeriodField.STATUS and first and first > self.today:
                shift = -1
            elif which is not PeriodField.STATUS and not self.intent.is_past and edge and edge < self.today:
                shift = 1
        if which is PeriodField.END and first is None and last and last >= self.today and not self.intent.is_past:
            first = self.today
        return Period(which, _moved(first, shift), _moved(last, shift))

    def _goals(self, position: int) -> int | None:
        if not self.tags[position].has("goal"):
            return None
        numbers, end = counts_at(self.tags, self.words, position + 1)
        if not numbers:
            return None
        for number in numbers:
            if number not in _GOALS:
                self.unknown.append(str(number))
            self._filter("goals", number, position, stop=False)
        self._stop_negating(end - 1)
        return end

    def _priority(self, position: int) -> int | None:
        tag = self.tags[position]
        if tag.has("priority", "word"):
            numbers, end = counts_at(self.tags, self.words, position + 1)
            if not numbers:
                return None
        elif tag.has("priority"):
            numbers, end = _HIGH if tag.has("priority", "high") else _LOW, position + 1
        else:
            return None
        for number in numbers:
            if number not in _PRIORITIES:
                self.unknown.append(str(number))
            self._filter("priority", number, position, stop=False)
        self._stop_negating(end - 1)
        return end

    def _amounts(self, position: int) -> int | None:
        if (found := amount_range_at(self.tags, self.words, position)) is None:
            return None
        amounts, end = found
        self.draft.amounts.append(beyond(amounts) if self._negated else amounts)
        self._negated = False
        return end

    def _limit(self, position: int) -> int | None:
        """ "top 5", "de fem dyreste", "5 projekter"."""
        start = position + 1 if self.tags[position].has("limit", "top") else position
        counted = count_at(self.tags, self.words, start)
        if counted is None or counted[0] == 0:
            return None
        number, end = counted
        is_digit = self._word(self.tags[start]).is_number
        following = next((tag for tag in self.tags[end:] if not self._is_plain(tag)), None)
        sorts = any(tag.has("sort") for tag in self.tags[end:]) and not (following and following.has("length"))
        lists = following is not None and following.has("target") and (is_digit or number > 1)
        if start > position or lists or (sorts and (is_digit or number > 1)):
            self.draft.limit = number
            return end
        return end if not is_digit and number == 1 else None

    # --- names ---

    def _name(self, tag: Tag, position: int) -> None:
        hint = self._hint(position)
        found = candidates(tag.entities, hint, self.intent.preference(position), self.lexicon)
        if not found:
            self.unknown.append(self._written(tag))
        elif len(found) > 1 and all(one.field == "projects" for one in found) and self.intent.lists_projects:
            self._projects_alike(found, position)
        else:
            if len(found) > 1:
                self.ambiguities.append(Ambiguity(self._written(tag), found, self._negated))
            self._fill(found[0], position)

    def _hint(self, position: int) -> str | None:
        for at in (position - 1, position - 2, position + 1):
            if not 0 <= at < len(self.tags):
                continue
            if hint := self.tags[at].value("hint"):
                return hint
            if at == position - 1 and not self._is_plain(self.tags[at]):
                break
        return None

    def _projects_alike(self, found: Sequence[Entity], position: int) -> None:
        """Several projects with the words in their name, where a list was asked for: these. Closed ones as usual."""
        closed = {project.number for project in self.lexicon.vocabulary.projects if project.is_closed}
        still_open = [one for one in found if one.value not in closed]
        for entity in still_open or found:
            self._filter("projects", entity.value, position, stop=False)

    def _fill(self, entity: Entity, position: int) -> None:
        if entity.field == "bodies":
            self.draft.bodies.append(entity.value)
        else:
            name = "owner" if entity.field == "lead" and self.intent.asks_owner else entity.field
            self._filter(name, entity.value, position, stop=False)

    # --- small things ---

    def _filter(self, name: str, value: object, position: int, *, stop: bool = True) -> None:
        self.draft.add(name, value, negated=self._negated)
        if stop:
            self._stop_negating(position)

    def _stop_negating(self, position: int) -> None:
        """ "ikke" reaches as far as the list it begins: "hverken røde eller gule", "undtagen lokale og nationale"."""
        ahead = self.tags[position + 1 : position + 2]
        if not (ahead and self._word(ahead[0]).key in _LINKS):
            self._negated = False

    def _is_plain(self, tag: Tag) -> bool:
        return not tag.meanings and not tag.entities and not tag.is_unknown and self._word(tag).date is None

    def _word(self, tag: Tag) -> Word:
        return self.words[tag.start]

    def _written(self, tag: Tag) -> str:
        return self.text[self.words[tag.start].first : self.words[tag.end - 1].last]


def _moved(day: date | None, years: int) -> date | None:
    if day is None or years == 0:
        return day
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)
