"""A sum, an average or a share, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from dialogs.cards.buttons import show
from dialogs.cards.elements import card_reply, line
from dialogs.questions.headings import projects_heading, projects_phrase
from dialogs.questions.understood_card import understood
from dialogs.turn.answer import Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import plain
from dialogs.wording.days import number_of
from dialogs.wording.values import amount_words, percent_words
from portfolio.questions import catalogue
from portfolio.questions.answers import Measure
from portfolio.questions.question import Figure, FigureKind, Question, Sort, Target


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A figure; `hits` counts the projects that fit the question, `among` those that a share is taken of."""

    question: Question
    measure: Measure
    hits: int
    among: int | None = None

    def reply(self, audience: Audience) -> Reply:
        asked = self.question.figure or Figure(FigureKind.SUM, catalogue.BUDGET)
        heading = _heading(asked, self, audience)
        body, lines = understood(self.question, audience)
        if asked.kind is not FigureKind.SHARE and self.measure.value is not None:
            made_of = _made_of(self, audience)
            lines.append(made_of)
            body.append(line(plain(made_of)))
        listing = show(audience.texts.say("count.show"), _listing(self.question, asked))
        return card_reply(ForAll, heading, lines, body, audience.texts, [listing])

    def shown(self) -> Shown:
        return Shown(total=self.hits)

    def document(self, audience: Audience) -> Document:
        kind, value = self.question.target.value, _plain_number(self.measure.value)
        return Document(kind, printed(self.question, audience.names), hits=self.question, value=value)


def _made_of(answer: FigureFound, audience: Audience) -> str:
    """Say of how many projects the figure was taken, and of how many it couldn't be."""
    projects, over = projects_heading(answer.question, answer.hits, audience), answer.measure.over
    if over == answer.hits:
        return audience.texts.say("figure.made_of", projects=projects)
    missing = answer.hits - over
    return audience.texts.count("figure.made_of_some", missing, over=number_of(over, audience), projects=projects)


def whole_of(question: Question) -> Question:
    """Ask for the projects that a share is taken of."""
    among = question.figure.among if question.figure else ()
    return Question(where=among, include_closed=question.include_closed)


def _heading(asked: Figure, answer: FigureFound, audience: Audience) -> str:
    if asked.kind is FigureKind.SHARE:
        return _share(asked, answer, audience)
    amount = asked.amount or catalogue.BUDGET
    name = audience.texts.say(f"amount.{amount.name}")
    if answer.measure.value is None:
        projects = projects_phrase(answer.question, answer.hits, audience)
        return audience.texts.say("figure.nothing", projects=projects, amount=name)
    value = amount_words(amount, answer.measure.value, audience, short=False)
    capital = name if asked.kind in (FigureKind.MIN, FigureKind.MAX) else name.capitalize()
    return audience.texts.say(f"figure.{asked.kind.value}", amount=capital, value=value)


def _share(asked: Figure, answer: FigureFound, audience: Audience) -> str:
    if answer.measure.value is None:
        return audience.texts.say("figure.share_of_none")
    part = projects_phrase(answer.question, answer.hits, audience)
    whole = projects_heading(whole_of(answer.question), answer.among or 0, audience)
    share = percent_words(answer.measure.value, audience)
    if asked.amount:
        amount = audience.texts.say(f"amount_whole.{asked.amount.name}")
        return audience.texts.say("figure.share_of_amount", value=share, amount=amount, part=part, whole=whole)
    return audience.texts.say("figure.share", value=share, part=part, whole=whole)


def _listing(question: Question, asked: Figure) -> Question:
    """Ask for the projects that the figure was made of, largest first."""
    by = asked.amount.sort if asked.amount else None
    sort = Sort(by, descending=True) if by else question.sort
    return replace(question, target=Target.PROJECTS, figure=None, sort=sort)


def _plain_number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(round(value, 2))
