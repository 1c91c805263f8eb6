"""What a directory changes among the people whom we know: who joins, leaves, moves, or is told of otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from portfolio.departures import Departure
from portfolio.directory import DirectoryEntry
from portfolio.identity import PersonId, new_person_id
from portfolio.organisation import OrgUnit, Person, Role, Standing

# Of more than this share of all people, a leaving isn't believed at once.
LARGEST_SHARE = 0.2
# Fewer may leave at once where each of them is told of by name.
FEW = 5
MOVING = frozenset({"unit", "manager"})
ADDRESSES = ("email", "upn")
# How an entry is held to a person, the surest first: a field of the entry, and one of the person.
_ROUNDS = (("entra_id", "entra_id"), ("upn", "upn"), ("email", "email"), ("upn", "email"), ("email", "upn"))


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Somebody as they are to be, and as they were; `before` is None for somebody new."""

    after: Person
    before: Person | None = None

    @property
    def fields(self) -> frozenset[str]:
        """Names the fields that differ; none for somebody new."""
        names = () if self.before is None else [one.name for one in fields(Person)]
        return frozenset(name for name in names if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class Conflict:
    """The entry at place `at` isn't taken, as its `value` is `holder`'s, or, with None, another entry's too."""

    at: int
    field: str
    value: str
    holder: Person | None = None


@dataclass(frozen=True, slots=True)
class PeopleChanges:
    """`joined` were unknown, only mentioned, or away; `left` are not here any more; `changed` are here before and
    after. `gave_up` aren't here, and their address is somebody else's now; `merged` were mentioned by such an address,
    and are that person. `vouched` are all whom the directory speaks for, and `here` is how many were here before. `at`
    a place among the entries, `unknown_managers` are what it calls the manager."""

    joined: tuple[PersonChange, ...] = ()
    left: tuple[PersonChange, ...] = ()
    changed: tuple[PersonChange, ...] = ()
    gave_up: tuple[PersonChange, ...] = ()
    merged: Mapping[PersonId, PersonId] = field(default_factory=dict)
    vouched: frozenset[PersonId] = frozenset()
    here: int = 0
    conflicts: tuple[Conflict, ...] = ()
    unknown_units: Mapping[str, int] = field(default_factory=dict)
    unknown_managers: Mapping[int, str] = field(default_factory=dict)

    @property
    def moved(self) -> tuple[PersonChange, ...]:
        return tuple(change for change in self.changed if change.fields & MOVING)

    @property
    def altered(self) -> tuple[PersonChange, ...]:
        """Lists those who changed in more than where they work."""
        return tuple(change for change in self.changed if change.fields - MOVING)

    @property
    def all(self) -> tuple[PersonChange, ...]:
        return (*self.gave_up, *self.left, *self.changed, *self.joined)

    @property
    def leaves_over(self) -> bool:
        """Says whether something was told that could not be taken as it was told."""
        return bool(self.conflicts or self.unknown_units or self.unknown_managers)

    def are_too_many_leaving(self, *, tells_each: bool) -> bool:
        """Says whether more leave than is believed at once; of a few who are told of by name, it is."""
        few = FEW - 1 if tells_each else 0
        return len(self.left) > max(self.here * LARGEST_SHARE, few)


@dataclass(frozen=True, slots=True)
class Synced:
    """Tells what was stored, or would be, and what stays behind of those who leave. `addresses` are everybody's."""

    changes: PeopleChanges
    departures: tuple[Departure, ...] = ()
    addresses: Mapping[PersonId, str] = field(default_factory=dict)


def changes_of(
    entries: Sequence[DirectoryEntry],
    people: Sequence[Person],
    units: Sequence[OrgUnit],
    *,
    is_full: bool,
    removed: Collection[str] = (),
    new_id: Callable[[], PersonId] = new_person_id,
) -> PeopleChanges:
    """Finds what the entries, one a person, change. Where they are `is_full`, whoever is in none of them has left; so
    have those whose Entra id is `removed`. What an entry doesn't speak of stays."""
    return _Comparison(entries, people, units, is_full, frozenset(removed), new_id).changes()


def needs_whole(entries: Sequence[DirectoryEntry], people: Sequence[Person]) -> bool:
    """Says whether entries that tell of changes alone speak of somebody of whom more must be known: one who is here
    anew, or again."""
    found, _ = _matched(entries, people)
    return any(
        (entry.is_active and person.standing is Standing.LEFT)
        if (person := found.get(at))
        else (entry.is_active is not False and not _tells_all(entry))
        for at, entry in enumerate(entries)
    )


def _tells_all(entry: DirectoryEntry) -> bool:
    told = (entry.upn, entry.email, entry.name, entry.department, entry.manager, entry.is_active)
    return all(one is not None for one in told)


def _matched(
    entries: Sequence[DirectoryEntry], people: Sequence[Person]
) -> tuple[dict[int, Person], frozenset[PersonId]]:
    """Returns whose each entry is, by its place, and those of whom several entries could be."""
    found: dict[int, Person] = {}
    taken: set[PersonId] = set()
    claimed: set[PersonId] = set()
    for of_entry, of_person in _ROUNDS:
        known = {value: person for person in people if (value := getattr(person, of_person))}
        claims: dict[PersonId, list[int]] = defaultdict(list)
        for at, entry in enumerate(entries):
            person = None if at in found else known.get(getattr(entry, of_entry) or "")
            if person and person.id not in taken and _may_be(entry, person, of_entry, of_person):
                claims[person.id].append(at)
                found[at] = person
        for claimant, places in claims.items():
            taken.add(claimant)
            if len(places) > 1:
                claimed.add(claimant)
                for at in places:
                    del found[at]
    return found, frozenset(claimed)


def _may_be(entry: DirectoryEntry, person: Person, of_entry: str, of_person: str) -> bool:
    """Says whether somebody with the same address is the same person: an address may have become somebody else's, so
    whoever left is known again by their Entra id alone."""
    if of_entry == "entra_id":
        return True
    if person.standing is Standing.LEFT and entry.is_active is not False:
        return False
    if entry.entra_id and person.entra_id and entry.entra_id != person.entra_id:
        return False
    if of_entry == of_person:
        return of_entry == "upn" or not (entry.upn and person.upn and entry.upn != person.upn)
    return not getattr(person, of_entry) and (of_entry == "upn" or not entry.upn)


def _without(person: Person, address: str) -> Person:
    return replace(person, email=None) if address == "email" else replace(person, upn=None)


class _Comparison:
    def __init__(
        self,
        entries: Sequence[DirectoryEntry],
        people: Sequence[Person],
        units: Sequence[OrgUnit],
        is_full: bool,
        removed: frozenset[str],
        new_id: Callable[[], PersonId],
    ) -> None:
        self._entries = entries
        self._people = {person.id: person for person in people}
        self._is_full = is_full
        self._matched, self._claimed = _matched(entries, people)
        self._places = {person.id: at for at, person in self._matched.items()}
        self._unit_of = {name.casefold(): unit.name for unit in reversed(units) for name in (*unit.aliases, unit.name)}
        self._unknown_units: Counter[str] = Counter()
        # Everybody as they are to be, and the places of the entries that say so.
        self._after = dict(self._people)
        self._said_by: dict[PersonId, int] = {}
        self._conflicts: list[Conflict] = []
        self._gave_up: dict[PersonId, Person] = {}
        self._merged: dict[PersonId, PersonId] = {}
        for at, entry in enumerate(entries):
            self._take(at, entry, new_id)
        for person in self._leaving(removed):
            self._after[person.id] = replace(person, standing=Standing.LEFT)

    def _take(self, at: int, entry: DirectoryEntry, new_id: Callable[[], PersonId]) -> None:
        person = self._matched.get(at)
        if entry.is_active is False:
            if person and person.is_here:
                known = entry.entra_id or person.entra_id
                self._after[person.id] = replace(person, entra_id=known, standing=Standing.LEFT)
            return
        if person and person.standing is Standing.LEFT and entry.is_active is None and not self._is_full:
            return
        before = person or Person(new_id(), entry.email or entry.upn or entry.entra_id or "")
        self._after[before.id] = self._told(before, entry)
        self._said_by[before.id] = at

    def _leaving(self, removed: frozenset[str]) -> Iterator[Person]:
        for person in self._people.values():
            is_unseen = self._is_full and person.id not in self._places and person.id not in self._claimed
            is_removed = person.entra_id in removed and person.id not in self._said_by
            if person.is_here and (is_unseen or is_removed):
                yield person

    def _told(self, person: Person, entry: DirectoryEntry) -> Person:
        roles = person.roles if entry.roles is None else entry.roles
        return replace(
            person,
            entra_id=entry.entra_id or person.entra_id,
            upn=entry.upn or person.upn,
            email=person.email if entry.email is None else entry.email or None,
            name=entry.name or person.name,
            unit=self._unit(person, entry),
            roles=tuple(role for role in roles if role is not Role.EMPLOYEE or entry.roles is None),
            standing=Standing.HERE,
        )

    def _unit(self, person: Person, entry: DirectoryEntry) -> str | None:
        """Returns the department; the one that was known where the directory's isn't one of ours."""
        if not entry.department:
            return person.unit if entry.department is None else None
        known = self._unit_of.get(entry.department.casefold())
        if known is None:
            self._unknown_units[entry.department] += 1
        return known or person.unit

    def changes(self) -> PeopleChanges:
        while self._refuse_conflicts():
            pass
        unknown_managers = dict(self._set_managers())
        changes = [PersonChange(after, self._people.get(person)) for person, after in self._after.items()]
        differing = [change for change in changes if change.after != change.before]
        by_presence: dict[tuple[bool, bool], list[PersonChange]] = defaultdict(list)
        for change in differing:
            by_presence[change.before is not None and change.before.is_here, change.after.is_here].append(change)
        return PeopleChanges(
            joined=tuple(by_presence[False, True]),
            left=tuple(by_presence[True, False]),
            changed=tuple(by_presence[True, True]),
            gave_up=tuple(by_presence[False, False]),
            merged=self._merged,
            vouched=frozenset(self._said_by),
            here=sum(person.is_here for person in self._people.values()),
            conflicts=tuple(sorted(self._conflicts, key=lambda conflict: conflict.at)),
            unknown_units=dict(self._unknown_units),
            unknown_managers=unknown_managers,
        )

    # Addresses are one person's

    def _refuse_conflicts(self) -> bool:
        """Lets those who aren't here give up what is somebody else's now. Takes back what was told of people whose
        address stays another's, and says whether that was so, since more may follow from it."""
        holders: dict[tuple[str, str], list[PersonId]] = defaultdict(list)
        for person in self._after.values():
            for name in ADDRESSES:
                if value := getattr(person, name):
                    holders[name, value].append(person.id)
        shared = {address: several for address, several in holders.items() if len(several) > 1}
        refused: dict[PersonId, Conflict] = {}
        for (name, value), several in shared.items():
            here = [person for person in several if self._after[person].is_here]
            if len(here) > 1:
                refused |= self._claims(name, value, here)
        for claimant, conflict in refused.items():
            self._conflicts.append(conflict)
            self._take_back(claimant)
        if not refused:
            self._give_up(shared)
        return bool(refused)

    def _claims(self, name: str, value: str, here: Sequence[PersonId]) -> Iterator[tuple[PersonId, Conflict]]:
        keeps = [person for person in here if person in self._people and getattr(self._people[person], name) == value]
        holder = self._people[keeps[0]] if keeps else None
        for person in here:
            if person not in keeps:
                yield person, Conflict(self._said_by[person], name, value, holder)

    def _take_back(self, person: PersonId) -> None:
        del self._said_by[person]
        if person in self._people:
            self._after[person] = self._people[person]
        else:
            del self._after[person]

    def _give_up(self, shared: Mapping[tuple[str, str], Sequence[PersonId]]) -> None:
        for (name, _), several in shared.items():
            owners = [person for person in several if self._after[person].is_here]
            for person in several:
                if owners and person not in owners:
                    if self._after[person].standing is Standing.MENTIONED:
                        self._merged[person] = owners[0]
                    self._after[person] = _without(self._after[person], name)

    # Managers

    def _set_managers(self) -> Iterator[tuple[int, str]]:
        """Finds who the managers are, and yields the places of the entries whose manager nobody knows."""
        called = self._called()
        for person, at in self._said_by.items():
            reference = self._entries[at].manager
            if reference is None:
                continue
            meant = called.get(reference.strip().casefold(), set())
            found = next(iter(meant)) if len(meant) == 1 else None
            if reference and found is None:
                yield at, reference
            manager = None if found == person else found
            self._after[person] = replace(self._after[person], manager=manager)

    def _called(self) -> dict[str, set[PersonId | None]]:
        """Returns whom each address and Entra id may mean, as it is to be: None is somebody of whom we keep nothing."""
        called: dict[str, set[PersonId | None]] = defaultdict(set)
        for person in self._after.values():
            for name in (*ADDRESSES, "entra_id"):
                if value := getattr(person, name):
                    called[value].add(self._merged.get(person.id, person.id))
        person_at = {at: person.id for at, person in self._matched.items()}
        person_at |= {at: person for person, at in self._said_by.items()}
        for at, entry in enumerate(self._entries):
            for _, value in entry.keys:
                called[value.casefold()].add(person_at.get(at))
        return called
