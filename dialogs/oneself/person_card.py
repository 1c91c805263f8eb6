"""Who somebody is here: department, manager and roles, what they lead and own, where they sit, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.cards.buttons import ask
from dialogs.cards.elements import card_reply, fact_set, line
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import LONGEST_TITLE, days_words, name_words
from dialogs.wording.values import listed
from portfolio.bodies import Body
from portfolio.deputies import Deputy
from portfolio.organisation import Person

MOST_NAMED = 4
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Known:
    """`fact` is what is asked for, and is said first; None for who the person is. `led` and `owned` are projects, and
    `covered` those that the person reports on in a lead's place."""

    person: Person
    fact: str | None
    led: tuple[str, ...]
    owned: tuple[str, ...]
    covered: tuple[str, ...]
    deputies: tuple[Deputy, ...]

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        facts = dict(self._facts(audience))
        is_asker = audience.asker is not None and audience.asker.id == self.person.id
        rows = [(say(f"me.{key}"), value) for key, value in facts.items()]
        lines = [f"{label}: {value}" for label, value in rows]
        body = [fact_set([(plain(label), plain(value, LONGEST)) for label, value in rows])] if rows else []
        if is_asker and (missing := [key for key in ("unit", "manager") if key not in facts]):
            words = " ".join([*(sentence(say(f"me.no_{key}")) for key in missing), say("me.missing")])
            lines.append(words)
            body.append(line(plain(words, LONGEST)))
        asks = [ask(say(f"me.ask_{key}")) for key in ("duties", "rights")] if is_asker else []
        heading = self._heading(facts, audience, is_asker=is_asker)
        return card_reply(ForOne, heading, lines, body, audience.texts, asks)

    def _heading(self, facts: Mapping[str, str], audience: Audience, *, is_asker: bool) -> str:
        """The fact that was asked for, or who it is."""
        say, values = audience.texts.say, {"name": one_line(self.person.name, LONGEST_TITLE)}
        if self.fact is None:
            return say("me.heading", **values) if is_asker else values["name"]
        is_known = "is" if self.fact in facts else "no"
        key = f"me.{is_known}_{self.fact}" if is_asker else f"them.{is_known}_{self.fact}"
        return say(key, value=facts.get(self.fact, ""), **values)

    def document(self, audience: Audience) -> Document:
        whom = self.person.manager if self.fact == "manager" else self.person.id
        understood = {"command": "who_is", **({"fact": self.fact} if self.fact else {})}
        people = audience.names.addresses([whom])
        return Document("people", understood, projects=self.led, total=len(people), more={"people": people})

    def _facts(self, audience: Audience) -> list[tuple[str, str]]:
        """Returns the facts that are known, in order, each with its title."""
        person = self.person
        roles = [audience.texts.name("role", role).lower() for role in person.roles]
        facts = {
            "unit": one_line(person.unit, LONGEST_TITLE) if person.unit else "",
            "manager": name_words(person.manager, audience) if person.manager else "",
            "roles": listed(roles, audience),
            "led": _projects(self.led, audience),
            "owned": _projects(self.owned, audience),
            "bodies": listed([_seat(body, person, audience) for body in _bodies(person, audience)], audience),
            "deputies": listed([_deputy(one, audience) for one in self.deputies], audience),
            "covered": _projects(self.covered, audience),
            "address": person.address,
        }
        return [(key, value) for key, value in facts.items() if value]


def _projects(numbers: Sequence[str], audience: Audience) -> str:
    """ "Skærmbesøg i hjemmeplejen og Digital post"; of many the first few, and how many more."""
    titles = [one_line(audience.names.project(number), LONGEST_TITLE) for number in numbers[:MOST_NAMED]]
    if more := len(numbers) - len(titles):
        titles.append(audience.texts.count("me.more", more))
    return listed(titles, audience)


def _bodies(person: Person, audience: Audience) -> list[Body]:
    return [body for body in audience.names.vocabulary.bodies if body.has(person.id)]


def _seat(body: Body, person: Person, audience: Audience) -> str:
    """ "Project Board (formand)" """
    seats = {"chair": body.chair, "secretary": body.secretary}
    held = [audience.texts.say(f"me.seat_{seat}") for seat, who in seats.items() if who == person.id]
    name = one_line(body.name, LONGEST_TITLE)
    return audience.texts.say("me.seat", body=name, seat=listed(held, audience)) if held else name


def _deputy(one: Deputy, audience: Audience) -> str:
    days = days_words(one.first, one.last, audience)
    return audience.texts.say("me.deputy", name=name_words(one.deputy, audience), days=days)
