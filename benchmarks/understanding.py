"""Times the understanding of messages, ordinary and endless, with 100 names and with 10,000, in milliseconds.

Run: .venv/bin/python benchmarks/understanding.py
"""

from __future__ import annotations

import time
from datetime import date

from dialogs.features import understand
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.organisation import OrgUnit
from portfolio.projects.strategy import FocusArea
from portfolio.questions.answers import ProjectName, Vocabulary
from tests.world.people import person

TODAY = date(2026, 11, 22)
WORDS = (
    "digital",
    "skærm",
    "besøg",
    "klima",
    "data",
    "robot",
    "journal",
    "velfærd",
    "portal",
    "plan",
    "måler",
    "skole",
)
MESSAGES = {
    "a filter": "hvilke projekter er i fokusområde Klima og ressourcer",
    "a combination": "røde og gule projekter i Børn og Unge der slutter inden jul, dyreste først",
    "misspelt": "hvlike projketer er i klima og resurser",
    "not understood": "hvad koster en liter mælk i kantinen",
    "3,000 letters": "a" * 3000,
    "3,000 other letters": "".join(chr(97 + 7 * at % 26) + " " * (at % 25 == 0) for at in range(2700)),
    "120 strange words": "blåbærgrød " * 119,
    "120 negations": "undtagen klima og " * 35,
    "3,000 brackets": "<at>" * 750,
}


def vocabulary(size: int) -> Vocabulary:
    projects = tuple(
        ProjectName(f"P{number}", f"{WORDS[number % 12]}{WORDS[number // 12 % 12]}{_letters(number)}", (), False)
        for number in range(size)
    )
    people = tuple(
        person(f"navn{number}@example.org", f"Navn{number} Efternavn{number}") for number in range(size // 2)
    )
    areas = (FocusArea("Klima og ressourcer"), FocusArea("Bedre velfærd og styring med data"))
    leads = frozenset(person.id for person in people[:50])
    return Vocabulary(1, projects, people, leads, frozenset(), (OrgUnit("Børn og Unge"),), areas, ())


def _letters(number: int) -> str:
    """Letters of its own for each, so that no word is in two names."""
    return "".join("aeioudlmnr"[int(digit)] for digit in str(number))


def milliseconds(text: str, lexicon: Lexicon) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        understand(text, lexicon, None, TODAY)
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def main() -> None:
    small, large = (Lexicon.of(vocabulary(size)) for size in (100, 10_000))
    understand("hvilke projekter er røde", small, None, TODAY)
    print(f"{'message':<20}{'100 names':>12}{'10,000 names':>14}{'ratio':>8}")
    for name, text in MESSAGES.items():
        few, many = milliseconds(text, small), milliseconds(text, large)
        print(f"{name:<20}{few:>12.2f}{many:>14.2f}{many / few:>8.1f}")


if __name__ == "__main__":
    main()
