"""Random histories of a directory: however it is told, the same people come of it, and nobody becomes somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.directory import DirectoryEntry
from portfolio.directory_changes import PeopleChanges, changes_of, needs_whole
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person, Standing

UNITS = (OrgUnit("Skoler", aliases=("S",)), OrgUnit("Teknik"))
ACCOUNTS = [str(uuid5(NAMESPACE_URL, str(at))) for at in range(6)]
ADDRESSES = [f"{letter}@birkefjord.example" for letter in "abcdefgh"]
State = Mapping[str, DirectoryEntry]


@st.composite
def states(draw: st.DrawFn, *, names_ids: bool = False) -> State:
    """A directory at a moment, in which each address is one account's. Managers are named by ids alone, as feeds do,
    or by addresses too."""
    ids = draw(st.lists(st.sampled_from(ACCOUNTS), unique=True))
    emails, upns = draw(st.permutations(ADDRESSES)), draw(st.permutations(ADDRESSES))
    return {
        account: DirectoryEntry(
            entra_id=account,
            upn=upns[at],
            email=draw(st.sampled_from([emails[at], ""])),
            name=draw(st.sampled_from(["Asta", "Bo"])),
            department=draw(st.sampled_from(["", "Skoler", "s", "Teknik", "Havnen"])),
            manager=draw(st.sampled_from(["", *ids, *([] if names_ids else upns[: len(ids)]), "hvem"])),
            is_active=draw(st.booleans()),
        )
        for at, account in enumerate(ids)
    }


@dataclass
class World:
    """People as they are stored; ids are numbered as they come."""

    people: dict[str, Person]
    accounts: dict[str, str]

    def take(self, changes: PeopleChanges) -> None:
        for change in changes.all:
            self.people[change.after.id] = change.after

    def check(self) -> None:
        """Nobody is twice, and an id is one account's for ever."""
        everybody = list(self.people.values())
        for name in ("email", "upn", "entra_id"):
            values = [value for one in everybody if (value := getattr(one, name))]
            assert len(values) == len(set(values)), name
        for one in everybody:
            if one.entra_id:
                assert self.accounts.setdefault(one.id, one.entra_id) == one.entra_id
        assert len(set(self.accounts.values())) == len(self.accounts)

    @property
    def seen(self) -> set[tuple[object, ...]]:
        """Those who are here, without ids of ours."""
        account = {one.id: one.entra_id for one in self.people.values()}
        return {
            (one.entra_id, one.email, one.upn, one.name, one.unit, one.manager and account[one.manager])
            for one in self.people.values()
            if one.is_here
        }


def compare(world: World, state: State, **more: object) -> PeopleChanges:
    numbers = count(len(world.people))
    entries = list(state.values())
    return changes_of(
        entries,
        list(world.people.values()),
        UNITS,
        new_id=lambda: PersonId(str(next(numbers))),
        **more,  # type: ignore[arg-type]
    )


def told_since(before: State, after: State) -> Iterator[DirectoryEntry]:
    """What a feed tells: of each account that changed, what did."""
    for account, entry in after.items():
        old = before.get(account)
        if old is None:
            yield entry
        elif old != entry:
            names = ("upn", "email", "name", "department", "manager", "is_active")
            differing = {name: getattr(entry, name) for name in names if getattr(entry, name) != getattr(old, name)}
            yield DirectoryEntry(entra_id=account, **differing)


@settings(max_examples=300, deadline=None)
@given(st.lists(states(), min_size=1, max_size=5))
def test_full_readings_leave_nobody_twice_and_nobodys_id_to_another(history: list[State]) -> None:
    world = World({}, {})
    for state in history:
        world.take(compare(world, state, is_full=True))
        world.check()
        assert {one[0] for one in world.seen} == {account for account, entry in state.items() if entry.is_active}
        again = compare(world, state, is_full=True)
        assert again.all == ()
        assert again.conflicts == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(states(names_ids=True), min_size=1, max_size=5))
def test_what_changed_comes_to_the_same_as_everything(history: list[State]) -> None:
    """All is read again where that is asked for, or what was told before couldn't be taken as it was told."""
    fully, by_changes = World({}, {}), World({}, {})
    before: State | None = None
    for state in history:
        fully.take(compare(fully, state, is_full=True))
        entries = None if before is None else list(told_since(before, state))
        if entries is None or needs_whole(entries, list(by_changes.people.values())):
            changes = compare(by_changes, state, is_full=True)
        else:
            removed = (before or {}).keys() - state.keys()
            changes = compare(
                by_changes, {str(at): one for at, one in enumerate(entries)}, is_full=False, removed=removed
            )
        by_changes.take(changes)
        by_changes.check()
        before = None if changes.leaves_over else state
        if before is not None:
            assert by_changes.seen == fully.seen


@settings(max_examples=200, deadline=None)
@given(states(), st.lists(st.sampled_from(ADDRESSES), unique=True), st.booleans())
def test_who_was_mentioned_is_the_one_who_has_the_address(state: State, named: list[str], is_full: bool) -> None:
    ghosts = {
        f"m{at}": Person(PersonId(f"m{at}"), email, email, standing=Standing.MENTIONED)
        for at, email in enumerate(named)
    }
    world = World(dict(ghosts), {})
    world.take(compare(world, state, is_full=is_full))
    world.check()
    for ghost in ghosts.values():
        now = world.people[ghost.id]
        assert now.standing is not Standing.LEFT
        theirs = [entry for entry in state.values() if entry.is_active and ghost.email in (entry.email, entry.upn)]
        if not theirs:
            assert now == ghost


@settings(max_examples=200, deadline=None)
@given(st.lists(states(), min_size=2, max_size=4))
def test_files_without_entra_ids_leave_nobody_twice(history: list[State]) -> None:
    world = World({}, {})
    for state in history:
        bare = {account: replace(entry, entra_id=None, manager=None) for account, entry in state.items()}
        world.take(compare(world, bare, is_full=True))
        world.check()
        assert compare(world, bare, is_full=True).all == ()
