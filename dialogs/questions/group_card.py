"""Projects divided by what they have in common: a bar for each group, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dialogs.cards.buttons import export, show
from dialogs.cards.elements import Element, card_reply, column, columns, container, link_text, small, strong
from dialogs.questions.headings import projects_heading, projects_words
from dialogs.questions.understood_card import understood
from dialogs.turn.answer import Asking, Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import canonical, printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import amount_words, listed, number_words, percent_words, value_words
from portfolio.questions.answers import Group
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import Figure, FigureKind, Is, Question, Target

MOST_GROUPS = 12
LONGEST_NAME = 120
COUNTED = Figure(FigureKind.COUNT)
_PERCENT = frozenset({FigureKind.SHARE, FigureKind.RATIO})


@dataclass(frozen=True, slots=True)
class Groups:
    """`groups` in the order asked for; `hits` counts the projects in all of them once."""

    question: Question
    groups: tuple[Group, ...]
    hits: int

    def reply(self, audience: Audience) -> Reply:
        heading = _heading(self, audience)
        body, lines = understood(self.question, audience)
        greatest = max((group.value for group in self.groups if group.value is not None), default=Decimal(0))
        for group in self.groups[:MOST_GROUPS]:
            body += _row(group, greatest, self, audience)
        lines += [f"- {group_name(group, self, audience)}: {_value(group, self, audience)}" for group in self.groups]
        notes = _notes(self, audience)
        body += [small(plain(note)) for note in notes]
        body += export(self.question, len(self.groups), audience)
        listing = show(audience.texts.say("count.show"), _listing(self.question))
        return card_reply(ForAll, heading, [*lines, *notes], body, audience.texts, [listing])

    def shown(self) -> Shown:
        """The groups that have a name, in their order."""
        by = divided_by(self.question)
        is_named = by.kind in (Kind.NAME, Kind.PERSON)
        return Shown(tuple((by.name, group.key) for group in self.groups[:MOST_GROUPS]) if is_named else ())

    def document(self, audience: Audience) -> Document:
        groups = [
            {
                "key": None if group.key is None else canonical(divided_by(self.question), group.key, audience.names),
                "value": _plain(group.value),
                "projects": list(group.projects),
            }
            for group in self.groups
        ]
        kind, written = self.question.target.value, printed(self.question, audience.names)
        return Document(kind, written, hits=_listing(self.question), more={"groups": groups})


async def answer_groups(asking: Asking) -> Groups:
    question, reader, today = asking.question, asking.reader, asking.audience.today
    groups = await reader.groups(question, today)
    return Groups(question, tuple(groups), len({number for group in groups for number in group.projects}))


def divided_by(question: Question) -> Attribute:
    if question.group_by is None:
        raise ValueError("The question divides nothing")
    return question.group_by


def _figure(question: Question) -> Figure:
    return question.figure or COUNTED


def _listing(question: Question) -> Question:
    return replace(question, target=Target.PROJECTS, figure=None, group_by=None, sort=None, limit=None)


def _heading(answer: Groups, audience: Audience) -> str:
    """Name the first group where they are ranked; else say what is divided by what."""
    texts, question = audience.texts, answer.question
    figure = _figure(question)
    if not answer.groups:
        return projects_heading(_listing(question), 0, audience)
    if question.sort is not None and answer.groups[0].value is not None:
        return _ranked(answer, audience)
    by = texts.say(f"group_by.{divided_by(question).name}")
    if figure.kind is FigureKind.COUNT:
        projects = projects_heading(_listing(question), answer.hits, audience)
        return texts.say("group.count", projects=projects, by=by)
    what = measure_words(figure, audience)
    return texts.say("group.measured", what=what[:1].upper() + what[1:], by=by)


def _ranked(answer: Groups, audience: Audience) -> str:
    """ "Flest røde projekter: Velfærd på tværs (4)" """
    texts, question = audience.texts, answer.question
    first = [group for group in answer.groups if group.value == answer.groups[0].value]
    names = listed([group_name(group, answer, audience) for group in first[:3]], audience)
    way = "most" if question.sort and question.sort.descending else "fewest"
    figure = _figure(question)
    value = _value(answer.groups[0], answer, audience)
    if figure.kind is FigureKind.COUNT:
        words = projects_words(_listing(question), audience)
        return texts.say(f"group.{way}", what=words, names=names, value=value)
    way = "greatest" if way == "most" else "least"
    return texts.say(f"group.{way}", what=measure_words(figure, audience), names=names, value=value)


def measure_words(figure: Figure, audience: Audience) -> str:
    """ "budget i alt", "fremdrift i gennemsnit" """
    texts = audience.texts
    if figure.amount is None or figure.kind is FigureKind.RATIO:
        return texts.say(f"measure.{figure.kind.value}", amount="")
    return texts.say(f"measure.{figure.kind.value}", amount=texts.say(f"amount.{figure.amount.name}"))


def group_name(group: Group, answer: Groups, audience: Audience) -> str:
    by = divided_by(answer.question)
    if group.key is None:
        return audience.texts.say("group.none", what=audience.texts.say(f"attribute.{by.name}"))
    return one_line(value_words(by, group.key, audience), LONGEST_NAME)


def _value(group: Group, answer: Groups, audience: Audience) -> str:
    figure = _figure(answer.question)
    if group.value is None:
        return audience.texts.say("group.no_value")
    if figure.kind is FigureKind.COUNT:
        return number_words(group.value, audience)
    if figure.kind in _PERCENT or figure.amount is None:
        return percent_words(group.value, audience)
    return amount_words(figure.amount, group.value, audience)


def _row(group: Group, greatest: Decimal, answer: Groups, audience: Audience) -> list[Element]:
    """The name and the value, which open the group's projects, above a bar that says the same."""
    name, value = group_name(group, answer, audience), _value(group, answer, audience)
    by = divided_by(answer.question)
    test = Is(by) if group.key is None else Is(by, (group.key,))
    theirs = _listing(answer.question).having(test) if test.values or by.may_lack else _listing(answer.question)
    title = audience.texts.say("group.show", name=name, value=value)
    words = columns(column([link_text(plain(name))]), column([strong(plain(value))], "auto"))
    row = container([words], selectAction=show(one_line(title, LONGEST_NAME), theirs), spacing="Medium")
    return [row] if group.value is None or greatest <= 0 else [row, bar(group.value, greatest)]


def bar(value: Decimal, whole: Decimal, **more: Any) -> Element:
    """A thin bar that shows what stands in words beside it; a client that doesn't know it leaves it out."""
    share = max(0, min(100, round(100 * value / whole))) if whole else 0
    return {"type": "ProgressBar", "value": share, "max": 100, "spacing": "Small", "fallback": "drop", **more}


def _notes(answer: Groups, audience: Audience) -> list[str]:
    """Say what isn't drawn, and that some projects stand in several groups."""
    texts, left = audience.texts, len(answer.groups) - MOST_GROUPS
    notes = [texts.count("group.more", left)] if left > 0 else []
    if sum(len(group.projects) for group in answer.groups) > answer.hits:
        notes.append(texts.say("group.several"))
    return notes


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(round(value, 2))
