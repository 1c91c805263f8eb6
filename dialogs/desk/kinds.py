"""The kinds of forms there are, in one list: what each asks, and what handing it in does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from dialogs.answers import Answer
from dialogs.deputies import handlers as deputies
from dialogs.forms.fields import Answers, Form
from dialogs.handover import handlers as handing_over
from dialogs.meetings import handlers as meetings
from dialogs.status import handlers as reporting
from dialogs.status.form import CORRECTION, STATUS
from dialogs.turn.visit import Visit
from portfolio.drafts import FormDraft


@dataclass(frozen=True, slots=True)
class Kind:
    """`form` raises UserError where it can't be filled in any more. `hand_in` takes whole answers without faults;
    `again` says what came of a form that is done, when it is handed in once more."""

    form: Callable[[Visit, FormDraft], Awaitable[Form]]
    hand_in: Callable[[Visit, FormDraft, Answers], Awaitable[Answer]]
    again: Callable[[Visit, FormDraft], Awaitable[Answer]]


KINDS: Mapping[str, Kind] = {
    STATUS: Kind(reporting.form_of, reporting.hand_in, reporting.again),
    CORRECTION: Kind(reporting.form_of, reporting.hand_in, reporting.again),
    deputies.DEPUTY: Kind(deputies.form_of, deputies.hand_in, deputies.again),
    handing_over.HAND_OVER: Kind(handing_over.form_of, handing_over.hand_in, handing_over.again),
    meetings.MOVE_MEETING: Kind(meetings.form_of, meetings.hand_in, meetings.again),
}
