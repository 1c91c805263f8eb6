"""Somebody who is asked a form step by step."""

from __future__ import annotations

from dialogs.forms.fields import Form
from dialogs.forms.steps import Asked, Repeated, Step, Unheard, begin, hear, press
from portfolio.drafts import FormDraft
from tests.world.forms import FORM, audience, draft, restarted


class Chat:
    def __init__(self, form: Form = FORM, language: str = "da", **answers: str) -> None:
        self.form, self.to = form, audience(language)
        self.draft: FormDraft = begin(draft(**answers), form)
        self.last: Step = Asked(self.draft)

    def say(self, *texts: str) -> str | None:
        for text in texts:
            self._take(hear(self.draft, self.form, text, self.to))
        return self.draft.asking

    def press(self, value: str) -> str | None:
        self._take(press(self.draft, self.form, value, self.to))
        return self.draft.asking

    def _take(self, step: Step) -> None:
        self.last = step
        if isinstance(step, Asked):
            self.draft = restarted(step.draft)

    @property
    def fault(self) -> str:
        assert isinstance(self.last, Repeated | Unheard)
        return self.last.fault.key
