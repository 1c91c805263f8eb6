"""Orders about all that was shown: "bed dem om en status"."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.turn.orders import Effect, PeopleOrder, ProjectOrder
from dialogs.turn.readings import Reading
from dialogs.understanding.following.last import PEOPLE, THE_ONE, Last
from dialogs.understanding.following.said import Said
from portfolio.memory import Item
from portfolio.questions import catalogue
from portfolio.questions.question import Is

_MISSING = Is(catalogue.MISSING_STATUS, (True,))


def ordered_of_them(
    said: Said, last: Last, read: Callable[[str], Reading], name: Callable[[Item], str]
) -> ProjectOrder | None:
    """Return the order with those that were shown named in so many words, where all that were found were shown, and
    what it does is shown first; None where it is no such order."""
    shown = [item for item in last.shown if item[1] is not None]  # nobody leads some of them
    if not said.has("them") or not shown or last.total != len(last.shown) or len({item[0] for item in shown}) > 1:
        return None
    names = ", ".join(map(name, shown))
    is_missing = shown[0][0] in PEOPLE and _MISSING in last.question.where
    meant = read(said.naming(f"{names} der mangler status" if is_missing else names, "them"))
    if not isinstance(meant, ProjectOrder) or meant.effect is not Effect.ASKS:
        return None
    values = {value for _, value in shown}
    if shown[0][0] == THE_ONE:
        return meant if set(meant.projects) == values else None
    is_of_people = isinstance(meant, PeopleOrder) and set(meant.people) == values
    return meant if shown[0][0] in PEOPLE and is_of_people and not meant.projects else None
