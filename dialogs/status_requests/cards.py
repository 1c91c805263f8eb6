"""A request for status: what it comes to before the yes, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dialogs.cards.elements import Element, Part, card_reply, line, listed_part, small, together
from dialogs.forms.questions import no_button
from dialogs.status_requests.buttons import request_status
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_TITLE, name_words, number_of
from dialogs.wording.values import listed, more_words, near_day_words
from portfolio.identity import PersonId
from portfolio.reminders.kinds import Reminder, StatusRequest
from portfolio.status_requests import Inquiry, Spared, numbers_of

MOST_PEOPLE = 12
MOST_TITLES = 4
MOST_SPARED = 8


@dataclass(frozen=True, slots=True)
class _Summary:
    """A request and what it comes to. `requests` are the earlier ones, by the project's number, and `free` the days on
    which these projects may be asked for again."""

    inquiry: Inquiry
    requests: Mapping[str, StatusRequest] = field(default_factory=dict)
    free: Mapping[str, date] = field(default_factory=dict)

    def _heading(self, what: str, audience: Audience) -> str:
        by_recipient = self.inquiry.by_recipient
        if len(by_recipient) > 1:
            return audience.texts.say(f"status_request.{what}_many", count=number_of(len(by_recipient), audience))
        ((who, theirs),) = by_recipient.items()
        title = _title(theirs[0], audience)
        return audience.texts.count(
            f"status_request.{what}_person", len(theirs), name=name_words(who, audience), title=title
        )

    def _parts(self, audience: Audience, *sentences: str) -> Part:
        said: Part = ([line(plain(sentence, 400)) for sentence in sentences], list(sentences))
        return together(self._people(audience), said, self._spared(audience))

    def _people(self, audience: Audience) -> Part:
        by_recipient = list(self.inquiry.by_recipient.items())
        if len(self.inquiry.reminders) < 2 and not any(one.in_place_of for one in self.inquiry.reminders):
            return [], []
        rows = [_row(who, theirs, audience) for who, theirs in by_recipient[:MOST_PEOPLE]]
        more = more_words(len(by_recipient) - MOST_PEOPLE, audience, "status_request.more")
        return [*(line(plain(row, 600)) for row in rows), *map(small, more)], [*(f"- {row}" for row in rows), *more]

    def _spared(self, audience: Audience) -> Part:
        spared = list(self.inquiry.spared.items())
        said = [self._why(number, reason, audience) for number, reason in spared[:MOST_SPARED]]
        rows = [(line(plain(words, 400), spacing="Small"), words) for words in said]
        more = more_words(len(spared) - MOST_SPARED, audience, "status_request.more_projects")
        return listed_part(audience.texts.say("status_request.spared"), rows, more)

    def _why(self, number: str, reason: Spared, audience: Audience) -> str:
        say, request = audience.texts.say, self.requests.get(number)
        title = one_line(audience.names.project(number), LONGEST_TITLE)
        if reason is not Spared.REQUESTED or request is None:
            return say(f"status_request.spared_{reason}", title=title)
        days = {
            "day": near_day_words(request.at.astimezone(audience.now.tzinfo).date(), audience),
            "again": near_day_words(self.free[number], audience),
        }
        return say("status_request.spared_requested", title=title, name=name_words(request.by, audience), **days)

    def _when(self, key: str, audience: Audience) -> str:
        return audience.texts.say(key, day=near_day_words(self.inquiry.day, audience))


@dataclass(frozen=True, slots=True)
class RequestAsked(_Summary):
    """A question whether to ask them. `is_other_day`: a day was said, which can't be chosen. `unknown` are words that
    name nothing."""

    is_other_day: bool = False
    unknown: str = ""

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        other = [say("status_request.no_day")] if self.is_other_day else []
        unknown = [say("status_request.unknown", words=self.unknown)] if self.unknown else []
        sentences = [*unknown, self._when("status_request.when", audience), *other, say("status_request.nothing_yet")]
        body, lines = self._parts(audience, *sentences)
        actions = [no_button(audience), self.yes(audience)]
        heading = self._heading("ask", audience)
        return card_reply(ForOne, heading, lines, body, audience.texts, actions)

    def yes(self, audience: Audience) -> Element:
        title = self._heading("yes", audience)
        return request_status(title, numbers_of(self.inquiry.reminders), is_sure=True)


@dataclass(frozen=True, slots=True)
class Requested(_Summary):
    """The receipt of who asked, once they are asked."""

    def reply(self, audience: Audience) -> Reply:
        body, lines = self._parts(audience, self._when("status_request.sent", audience))
        return card_reply(ForOne, self._heading("done", audience), lines, body, audience.texts)


@dataclass(frozen=True, slots=True)
class NobodyToAsk(_Summary):
    """A request of which all are spared."""

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        body, lines = self._parts(audience, say("status_request.nobody_text"))
        return card_reply(ForOne, say("status_request.nobody"), lines, body, audience.texts)


def _row(who: PersonId, reminders: Sequence[Reminder], audience: Audience) -> str:
    """ "Mette Lindegaard (i stedet for Søren): Skærmbesøg og Digital post" """
    say, name = audience.texts.say, name_words(who, audience)
    leads = dict.fromkeys(one.in_place_of for one in reminders if one.in_place_of)
    if leads:
        name = say(
            "status_request.in_place", name=name, lead=listed([name_words(one, audience) for one in leads], audience)
        )
    titles = [_title(one, audience) for one in reminders[:MOST_TITLES]]
    more = more_words(len(reminders) - MOST_TITLES, audience, "status_request.more_projects")
    return f"{name}: {', '.join([*titles, *more])}"


def _title(reminder: Reminder, audience: Audience) -> str:
    return one_line(audience.names.project(reminder.subject), LONGEST_TITLE)
