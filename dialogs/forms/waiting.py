"""A message while a form may be asking: an answer to it, or something else in between."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from dialogs.answers import Answer
from dialogs.desk.outcomes import Aside, FormAsked, FormShown, FormSummed, Remark
from dialogs.forms import filling
from dialogs.forms.opening import Way, shown
from dialogs.forms.said.words import StepWord, word_of
from dialogs.turn.audience import Scope
from dialogs.turn.readings import Asked, Clarify, Command, Commanded, HelpWanted, Reading, Unclear
from dialogs.turn.visit import Visit

_SMALL_TALK = frozenset({Command.THANKS, Command.GREETING})
# So that a comment such as "røde projekter i naboområdet" is a comment, and "hvilke projekter er røde" a question.
_ASKS = re.compile(r"(?:hvad|hvem|hvilke[nt]?|hvor\w*|vis|what|which|who|how|when|show)\b", re.IGNORECASE)


async def talked(visit: Visit, text: str, reading: Reading, otherwise: Callable[[], Awaitable[Answer]]) -> Answer:
    """`otherwise` answers what the message means by itself."""
    draft = await visit.desk.drafts.asking(visit.person.email, visit.conversation)
    if draft is None or draft.is_expired(visit.now):
        return await _of_card(visit, text) or await _of_nothing(visit, text, reading) or await otherwise()
    form = await filling.form_of(visit, draft)
    if not _is_something_else(text, reading, is_free=filling.asks_for_text(form, draft)):
        answer = await filling.heard(visit, form, draft, text, must_be=not _says_something(reading))
        if answer is not None:
            return answer
    answer = await otherwise()
    # Another form, or the same one anew, is where the conversation goes on.
    return answer if isinstance(answer, FormShown | FormAsked | FormSummed) else Aside(answer, form.title, draft)


async def _of_card(visit: Visit, text: str) -> Answer | None:
    """A word about the form that the person has on a card, or had; None where it is none, or there is none. In their
    own chat the card may be of a form that was begun in a group."""
    word = word_of(text, at_summary=False)
    if word is None:
        return None
    here = None if visit.audience.scope is Scope.PERSONAL else visit.conversation
    unfinished = await visit.desk.drafts.unfinished(visit.person.email, here)
    open_ones = [draft for draft in unfinished if not draft.is_expired(visit.now)]
    if pressed := _ON_CARD.get(word):
        return await pressed(visit, {"draft": open_ones[0].id}) if open_ones else Remark("nothing_begun")
    return None if open_ones or word not in _ONLY_OF_FORMS else Remark("nothing_begun")


async def _of_nothing(visit: Visit, text: str, reading: Reading) -> Answer | None:
    """A yes or no where nothing was asked: to the form on the card, if there is one, else to nothing."""
    if not isinstance(reading, Unclear) or word_of(text, at_summary=True) not in {StepWord.YES, StepWord.CHANGE}:
        return None
    begun = await visit.desk.drafts.unfinished(visit.person.email, visit.conversation)
    here = [draft for draft in begun if not draft.is_expired(visit.now)]
    if not here:
        return Remark("nothing_begun")
    form = await filling.form_of(visit, here[0])
    notice = visit.audience.texts.say("form_notice.on_card", submit=form.submit)
    return await shown(visit, form, here[0], Way.CARD, notice=notice)


_ON_CARD = {
    StepWord.STEPS: filling.stepped,
    StepWord.GO_ON: filling.gone_on,
    StepWord.CARD: filling.put_on_card,
    StepWord.CANCEL: filling.discarded,
}
_ONLY_OF_FORMS = frozenset({StepWord.BACK, StepWord.SKIP})


def _is_something_else(text: str, reading: Reading, *, is_free: bool) -> bool:
    """Whether it is clear before the form is asked: a command with what it is about, or, where any words could be the
    answer, a question in the form of one."""
    match reading:
        case Commanded(command=command):
            return command not in _SMALL_TALK and bool(reading.projects or reading.maybe or reading.people)
        case HelpWanted():
            return True
        case Asked() | Clarify():
            return is_free and (text.rstrip().endswith("?") or _ASKS.match(text.lstrip()) is not None)
        case _:
            return False


def _says_something(reading: Reading) -> bool:
    return isinstance(reading, Asked | Clarify | HelpWanted) or (
        isinstance(reading, Commanded) and reading.command not in _SMALL_TALK
    )
