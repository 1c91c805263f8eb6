"""Says who was not reached by a run, why in plain words, and what can be done about it."""

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
    in_order = sorted(missed, key=lambda reminder: _ORDER.get(reminder.outcome, len(_ORDER)))
    counted = Counter(_words(reminder, audience) for reminder in in_order)
    return [words if times == 1 else f"{words} ({times})" for words, times in counted.items()]


def _words(missed: Missed, audience: Audience) -> str:
    title = one_line(missed.title, LONGEST_TITLE) or one_line(missed.subject, LONGEST_TITLE)
    name = name_words(missed.who, audience) if missed.who else audience.texts.say("run_report.nobody")
    return audience.texts.say(
        _key(missed, audience), name=name, title=title, number=one_line(missed.subject, LONGEST_TITLE)
    )


def _key(missed: Missed, audience: Audience) -> str:
    match missed.outcome:
        case Outcome.NOBODY:
            is_project = audience.names.project(missed.subject) != missed.subject
            return "missed.nobody_project" if is_project else "missed.nobody_other"
        case Outcome.LEFT:
            return "missed.left"
        case Outcome.EXPIRED:
            return "missed.expired"
        case Outcome.UNCERTAIN:
            return "missed.no_answer"
        case _:
            return f"missed.{missed.reason.value}" if missed.reason else "missed.failed"
