"""What "mine", "mit fagområde" and "mine medarbejderes" stand for."""

from __future__ import annotations

from portfolio.answers import Vocabulary
from portfolio.organisation import Person


def own_filters(scope: str, asker: Person | None, vocabulary: Vocabulary) -> tuple[str, list[str]] | None:
    """The filter and its values; None when it isn't known who asks, or they have no department or employees."""
    if asker is None:
        return None
    match scope:
        case "mine":
            return "lead", [asker.email]
        case "owned_by_me":
            return "owner", [asker.email]
        case "my_unit" | "our_unit" if asker.unit:
            return "org_units", [asker.unit]
        case "my_people":
            people = [person.email for person in vocabulary.people if person.manager == asker.email]
            return ("lead", people) if people else None
        case _:
            return None
