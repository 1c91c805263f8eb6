"""However a conversation about a form goes, it ends in what the card would say, or in nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.forms.card import FormShown
from dialogs.forms.checking import faults
from dialogs.forms.fields import Answers, Field, Form, is_shown, value_of, whole
from dialogs.forms.said.reading import from_card
from dialogs.forms.said.words import StepWord, go_to
from dialogs.forms.steps import (
    Asked,
    Cancelled,
    Confirmed,
    OnCard,
    Repeated,
    Step,
    Unheard,
    asked_field,
    begin,
    hear,
    press,
)
from dialogs.turn.audience import Audience
from portfolio.drafts import SUMMARY, FormDraft
from tests.world import forms as world
from tests.world.forms import FORM, answers_to, audience, filled_in, forms, restarted, ways_to_say

SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ASIDES = ("hvilke projekter er røde?", "hvem leder skærmbesøg", "vis mine projekter")
WORDS = ("tilbage", "spring over", "flere felter", "ryd", "vis kort", "fortsæt")


class Conversation:
    """A person who has made up their mind about the `target`, and takes any way there."""

    def __init__(self, form: Form, target: Answers, draw: st.DataObject) -> None:
        self.form, self.target, self.draw = form, target, draw
        self.to: Audience = audience(draw.draw(st.sampled_from(["da", "en"])))
        self.draft = begin(world.draft(), form)
        self.outcome: Confirmed | Cancelled | None = None

    def take(self, step: Step) -> None:
        match step:
            case Asked(draft=draft):
                self.draft = draft
            case Repeated() | Unheard():
                pass
            case OnCard(draft=draft):
                self.draft = self.through_the_card(draft)
            case Confirmed() | Cancelled():
                self.outcome = step
        self.draft = restarted(self.draft)

    def through_the_card(self, draft: FormDraft) -> FormDraft:
        """Fills in some of it there, then goes on step by step."""
        assert draft.asking is None
        changes = self.draw.draw(answers_to(self.form))
        shown = FormShown(self.form, replace(draft, answers={**draft.answers, **changes})).reply(self.to)
        filled = from_card(self.form, filled_in(shown), self.to)
        assert filled.faults == ()
        return begin(replace(draft, answers={**draft.answers, **filled.answers}), self.form)

    def wander(self) -> None:
        """Anything at all."""
        field = asked_field(self.draft, self.form)
        kind = self.draw.draw(st.sampled_from(["word", "aside", "value", "jump", "button", "yes", "cancel"]))
        if kind == "word":
            self.take(hear(self.draft, self.form, self.draw.draw(st.sampled_from(WORDS)), self.to))
        elif kind == "aside" and (field is None or field.kind.value != "text"):
            step = hear(self.draft, self.form, self.draw.draw(st.sampled_from(ASIDES)), self.to)
            assert isinstance(step, Unheard)
            self.take(step)
        elif kind == "value" and field:
            self.say(field, self.draw.draw(world.values(field)))
        elif kind == "jump":
            self.take(
                press(self.draft, self.form, go_to(self.draw.draw(st.sampled_from(self.form.fields)).name), self.to)
            )
        elif kind == "button":
            words = [word for word in StepWord if word not in (StepWord.YES, StepWord.CANCEL)]
            self.take(press(self.draft, self.form, self.draw.draw(st.sampled_from(words)), self.to))
        elif kind == "yes" and self.draft.asking == SUMMARY:
            self.take(hear(self.draft, self.form, "ja tak", self.to))
        elif kind == "cancel" and self.draw.draw(st.integers(0, 9)) == 0:
            self.take(hear(self.draft, self.form, "annullér", self.to))

    def say(self, field: Field, value: str) -> None:
        said = self.draw.draw(st.sampled_from(ways_to_say(field, value, self.to)))
        self.take(hear(self.draft, self.form, said, self.to))

    def go_straight(self) -> None:
        """To the target: answers what is asked, mends what differs at the summary, and says yes."""
        for _ in range(6 * len(self.form.fields) + 6):
            if self.outcome is not None:
                return
            field = asked_field(self.draft, self.form)
            if field is not None:
                self.say(field, self.target.get(field.name, field.default))
            elif wrong := self.differing():
                self.take(hear(self.draft, self.form, f"ret {wrong.label}", self.to))
            else:
                self.take(hear(self.draft, self.form, "ja", self.to))

    def differing(self) -> Field | None:
        held = self.draft.answers
        return next(
            (
                field
                for field in self.form.fields
                if is_shown(field, self.form, held) and value_of(field, held) != value_of(field, self.target)
            ),
            None,
        )


@st.composite
def targets(draw: st.DrawFn, form: Form) -> dict[str, str]:
    return draw(answers_to(form, gaps=False))


def converse(form: Form, data: st.DataObject) -> None:
    target = data.draw(answers_to(form, gaps=False))
    assert faults(form, target, audience()) == ()
    talk = Conversation(form, target, data)
    for _ in range(data.draw(st.integers(0, 12))):
        if talk.outcome is None:
            talk.wander()
    if isinstance(talk.outcome, Confirmed):
        assert faults(form, talk.outcome.draft.answers, talk.to) == ()
        return
    talk.go_straight()
    assert talk.outcome is not None
    if isinstance(talk.outcome, Confirmed):
        assert whole(form, talk.outcome.draft.answers) == whole(form, target)


@SLOW
@given(st.data())
def test_lead_who_wanders_through_the_form_reports_what_the_card_would_say(data: st.DataObject):
    converse(FORM, data)


@SLOW
@given(st.data())
def test_any_form_asked_in_any_order_ends_in_what_its_card_would_say(data: st.DataObject):
    converse(data.draw(forms()), data)
