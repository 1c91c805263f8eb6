"""Who was not reached by a run, why in plain words, and what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_TITLE, name_words
from portfolio.deliveries import Missed
from portfolio.reminders.kinds import Outcome

# What a run could not do, the most urgent first.
NOT_REACHED = (Outcome.UNREACHABLE, Outcome.FAILED, Outcome.NOBODY, Outcome.LEFT, Outcome.EXPIRED)
_ORDER = {outcome: at for at, outcome in enumerate((*NOT_REACHED, Outcome.UNCERTAIN))}


def missed_words(missed: Sequence[Missed], audience: Audience) -> list[str]:
    """A sentence or two for each, in plain text; what is said of several things is said once, with how often."""
    in_order = sorted(missed, key=lambda one: _ORDER.get(one.outcome, len(_ORDER)))
    counted = Counter(_words(one, audience) for one in in_order)
    return [words if times == 1 else f"{words} ({times})" for words, times in counted.items()]


def _words(one: Missed, audience: Audience) -> str:
    title = one_line(one.title, LONGEST_TITLE) or one_line(one.subject, LONGEST_TITLE)
    name = name_words(one.who, audience) if one.who else audience.texts.say("run_report.nobody")
    return audience.texts.say(_key(one, audience), name=name, title=title, number=one_line(one.subject, LONGEST_TITLE))


def _key(one: Missed, audience: Audience) -> str:
    match one.outcome:
        case Outcome.NOBODY:
            is_project = audience.names.project(one.subject) != one.subject
            return "missed.nobody_project" if is_project else "missed.nobody_other"
        case Outcome.LEFT:
            return "missed.left"
        case Outcome.EXPIRED:
            return "missed.expired"
        case Outcome.UNCERTAIN:
            return "missed.no_answer"
        case _:
            return f"missed.{one.reason.value}" if one.reason else "missed.failed"
