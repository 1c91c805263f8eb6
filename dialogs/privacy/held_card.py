"""What is held on the reader: how much, what for and how long, and where all of it can be had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Part, card_reply, container, line, listed_part, small, together
from dialogs.privacy.held_words import kept_words
from dialogs.privacy.keeping_words import how_long
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import number_of
from dialogs.wording.values import listed, person_link
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.privacy.held import Holding, Holdings
from portfolio.privacy.keeping import Purpose

LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class HeldOnYou:
    """`guardians` are those who give the reader all of it."""

    held: Holdings
    guardians: tuple[PersonId, ...]

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        number = len(self.held.rows)
        heading = texts.count("held_on_you.heading", number, number=number_of(number, audience))
        about = _about(self.held.person, audience)
        body, lines = together(*_parts(self.held, audience))
        named, linked = whom_words(self.guardians, audience)
        ends = [texts.say("held_on_you.all", people=named), texts.say("held_on_you.why_texts")]
        links = [texts.say("held_on_you.all", people=linked), plain(ends[1], LONGEST_LINE)]
        questions = [ask(texts.say("held_on_you.seen")), ask(texts.say("held_on_you.erase"))]
        return card_reply(
            ForOne,
            heading,
            [about, *lines, *ends],
            [line(plain(about, LONGEST_LINE)), *body, *(line(end, spacing="Medium") for end in links)],
            texts,
            questions,
        )


def _about(person: Person, audience: Audience) -> str:
    """ "Søren Æbelø-Østergård · soeren@birkefjord.example · Børn og Unge · Projektleder" """
    roles = [audience.texts.name("role", role) for role in person.roles]
    return " · ".join(one_line(part, 120) for part in (person.name, person.address, person.unit, *roles) if part)


def _parts(held: Holdings, audience: Audience) -> Iterator[Part]:
    """Yields a part for each purpose: of what there is how much, and how long it is kept."""
    for purpose in Purpose:
        rows = [row for row in held.rows if row.purpose is purpose]
        words = list(_amounts(rows, audience))
        if purpose is Purpose.PROOF and held.log and held.log.number:
            kept, number = how_long("audit", held.log.kept, audience.texts), held.log.number
            words = [audience.texts.count("held_on_you.log", number, number=number_of(number, audience), kept=kept)]
        shown = [(container([small(plain(one, LONGEST_LINE))], spacing="None"), one) for one in words]
        yield listed_part(audience.texts.name("data_purpose", purpose), shown)


def _amounts(rows: Sequence[Holding], audience: Audience) -> Iterator[str]:
    """ "Projekt (3), statusmelding (9): så længe kommunen har det i porteføljen" """
    by_time: dict[str, Counter[str]] = {}
    for row in rows:
        by_time.setdefault(kept_words(row, audience), Counter())[row.table] += 1
    for kept, tables in by_time.items():
        amounts = [
            audience.texts.say("held_on_you.amount", what=audience.texts.say(f"held_table.{table}"), number=number)
            for table, number in tables.items()
        ]
        yield audience.texts.say("held_on_you.row", what=", ".join(amounts), kept=kept)


def whom_words(people: Sequence[PersonId], audience: Audience) -> tuple[str, str]:
    """Returns their names, and the same as links."""
    if not people:
        return (audience.texts.say("turn.office"),) * 2
    names = [one_line(audience.person(one), 120) for one in people]
    links = [person_link(one, audience) for one in people]
    return listed(names, audience, "heading.or"), listed(links, audience, "heading.or")
