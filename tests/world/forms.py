"""A form with every kind of field, random forms, values for their fields, and ways to say them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dialogs.forms.fields import NO, YES, Field, FieldKind, Form, Option, When, date_value, time_value
from dialogs.forms.writing import written
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names
from dialogs.turn.reply import Reply
from dialogs.values.plain import clean
from portfolio.dates import PlanDate, Unit, in_unit, span
from portfolio.drafts import FormDraft
from portfolio.organisation import Person
from portfolio.questions.answers import Vocabulary
from tests.kit.cards import inputs_on
from tests.world.people import AASE, ANDERS, HOLM, SOREN

NOW = datetime(2026, 6, 9, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
TODAY = NOW.date()
PEOPLE = (SOREN, HOLM, AASE, *ANDERS)
_RED = When("overall", frozenset({"red"}))
_OBSTACLE = When("obstacle", frozenset({"risk", "barrier"}))
COLOURS = (
    Option("green", "● Grøn", ("grøn", "grønt", "green")),
    Option("amber", "● Gul", ("gul", "gult", "gule", "yellow", "amber")),
    Option("red", "● Rød", ("rød", "rødt", "røde", "red")),
)
FORM = Form(
    kind="test",
    title="Meld status på Skærmbesøg",
    submit="Meld status",
    intro=("Sidst: ● Gul, 8 dage gammel.",),
    fields=(
        Field("overall", FieldKind.CHOICE, "Samlet status", options=COLOURS, is_required=True),
        Field("comment", FieldKind.TEXT, "Hvad er der sket siden sidst?", help="Skal udfyldes ved gul og rød.",
              required_when=(When("overall", frozenset({"amber", "red"})),)),
        Field("progress", FieldKind.NUMBER, "Fremdrift", at_least=Decimal(0), at_most=Decimal(100), unit="%",
              default="40"),
        Field("next_step", FieldKind.TEXT, "Næste skridt", longest=120),
        Field("reached", FieldKind.YES_NO, "Er milepælen »Udbud sendt« nået?", default=NO, is_extra=True),
        Field("obstacle", FieldKind.CHOICE, "Ny forhindring", is_extra=True, required_when=(_RED,), options=(
            Option("risk", "Risiko, som vi håndterer", ("risiko",)),
            Option("barrier", "Barriere, som styregruppen skal fjerne", ("barriere",)))),
        Field("obstacle_title", FieldKind.TEXT, "Hvad er forhindringen?", is_extra=True, shown_when=(_OBSTACLE,),
              required_when=(_OBSTACLE,), longest=120),
        Field("probability", FieldKind.CHOICE, "Sandsynlighed", is_extra=True, shown_when=(_OBSTACLE,), options=tuple(
            Option(str(step), f"{step} {word}")
            for step, word in enumerate(("meget lille", "lille", "middel", "stor", "meget stor"), start=1))),
        Field("responsible", FieldKind.PERSON, "Ansvarlig", is_extra=True, shown_when=(_OBSTACLE,)),
        Field("expected_end", FieldKind.DATE, "Forventet slut", is_extra=True),
        Field("meeting", FieldKind.DATE, "Næste møde", is_extra=True, is_day=True),
        Field("saved", FieldKind.NUMBER, "Høstet indtil nu", is_extra=True, unit="kr."),
    ),
)  # fmt: skip


def audience(language: str = "da", people: tuple[Person, ...] = PEOPLE, asker: Person | None = AASE) -> Audience:
    vocabulary = Vocabulary(1, (), people, frozenset(), frozenset(), (), (), ())
    return Audience(Texts.of(language), Names(vocabulary), NOW, asker)


def draft(asking: str | None = None, **answers: str) -> FormDraft:
    return FormDraft("Qh3k-8_x91LmA0b2", "test", AASE.id, "chat", "P001", NOW, answers, asking)


def restarted(kept: FormDraft) -> FormDraft:
    """Gives it as it comes back from the store."""
    columns = json.loads(json.dumps({**asdict(kept), "touched_at": kept.touched_at.isoformat()}))
    return FormDraft(**{**columns, "touched_at": datetime.fromisoformat(columns["touched_at"])})


def filled_in(reply: Reply, **changed: str) -> dict[str, Any]:
    """What the program that shows the card sends for its first button: inputs that are empty are left out."""
    assert reply.card is not None
    shown = {element["id"]: element.get("value", "") for element in inputs_on(reply.card)}
    sent = {**shown, **{f"form.{name}": value for name, value in changed.items()}}
    return {**reply.card["actions"][0]["data"], **{name: value for name, value in sent.items() if value}}


_WORDS = ("Leverandøren", "venter", "på", "udbud", "æøå", "3.", "juni", "*vigtigt*", "[link](x)", "100 %", "🙂", "nyt")
_DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
texts = st.lists(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=6).map(" ".join), min_size=1, max_size=3).map(
    lambda lines: clean("\n".join(lines))
)


@st.composite
def plan_dates(draw: st.DrawFn, *, is_day: bool = False) -> PlanDate:
    unit = Unit.DAY if is_day else draw(st.sampled_from(Unit))
    one, other = (in_unit(draw(_DAYS), unit) for _ in range(2))
    return one if is_day or draw(st.booleans()) else span(min(one, other), max(one, other))


def numbers(field: Field) -> st.SearchStrategy[str]:
    low = -(10**9) if field.at_least is None else int(field.at_least)
    high = 10**9 if field.at_most is None else int(field.at_most)
    decimals = st.decimals(low, high, places=3, allow_nan=False, allow_infinity=False)
    return decimals.map(lambda value: f"{value:f}".rstrip("0").rstrip(".")).map(
        lambda said: "0" if said == "-0" else said
    )


def values(field: Field) -> st.SearchStrategy[str]:
    """Every canonical value that is something."""
    match field.kind:
        case FieldKind.TEXT:
            return texts.map(lambda text: clean(text[: field.longest]))
        case FieldKind.NUMBER:
            return numbers(field)
        case FieldKind.CHOICE:
            return st.sampled_from([option.value for option in field.options])
        case FieldKind.DATE:
            return plan_dates(is_day=field.is_day).map(date_value)
        case FieldKind.TIME:
            return st.times().map(time_value)
        case FieldKind.YES_NO:
            return st.sampled_from([YES, NO])
        case FieldKind.PERSON:
            return st.sampled_from([person.id for person in PEOPLE])


def answers_to(form: Form, *, gaps: bool = True) -> st.SearchStrategy[dict[str, str]]:
    """Canonical answers to all fields; what may have to be filled in is. With `gaps` some are left out."""
    each = {
        field.name: values(field) if field.is_required or field.required_when else values(field) | st.just("")
        for field in form.fields
    }
    return st.fixed_dictionaries({} if gaps else each, optional=each if gaps else {})


_LABELS = ("Farve", "Bemærkning", "Andel", "Møde", "Ansvar", "Nået", "Plan", "Gevinst")


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any fields, which depend on earlier ones in any way."""
    fields: list[Field] = []
    for position, label in enumerate(_LABELS[: draw(st.integers(1, 7))]):
        kind = draw(st.sampled_from(FieldKind))
        bare = Field(
            f"f{position}",
            kind,
            label,
            options=draw(st.sampled_from([COLOURS, COLOURS[:2]])) if kind is FieldKind.CHOICE else (),
            help=draw(st.none() | st.just("Kort hjælp til feltet.")),
            is_required=draw(st.booleans()),
            is_extra=draw(st.booleans()),
            at_least=draw(st.none() | st.just(Decimal(0))),
            at_most=draw(st.none() | st.just(Decimal(1000))),
            is_day=draw(st.booleans()),
        )
        whens = [draw(_whens(fields)) for _ in range(2)] if fields else [(), ()]
        default = draw(st.just("") | values(bare))
        fields.append(replace(bare, default=default, shown_when=whens[0], required_when=whens[1]))
    return Form("test", "Tilfældig formular", "Send", tuple(fields))


@st.composite
def _whens(draw: st.DrawFn, earlier: list[Field]) -> tuple[When, ...]:
    chosen = draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=lambda field: field.name))
    return tuple(When(one.name, frozenset(draw(st.lists(values(one), min_size=1, max_size=2)))) for one in chosen)


def ways_to_say(field: Field, value: str, to: Audience) -> list[str]:
    """Texts that must be read as the value."""
    plain = written(field, value, to)
    if not value:
        return ["ryd"]
    match field.kind:
        case FieldKind.CHOICE:
            names = [option.value for option in field.options]
            option = next(option for option in field.options if option.value == value)
            return [option.label, option.label.upper(), f"den er {option.label} nu", str(names.index(value) + 1)]
        case FieldKind.YES_NO:
            return ["ja tak", "jo", "Ja.", "yes"] if value == YES else ["nej tak", "Nej", "no", "ikke endnu"]
        case FieldKind.NUMBER:
            return [plain, f"cirka {plain}", f"det er {plain}", f" {plain} "]
        case FieldKind.DATE:
            return [plain, f"det er {plain}", plain.upper()]
        case FieldKind.TIME:
            return [plain, value, f"kl. {plain}", f"det er klokken {plain}", value.replace(":", "")]
        case FieldKind.PERSON:
            address = to.names.address(value)
            return [plain, f"det er {plain}", address, address.upper(), value]
        case FieldKind.TEXT:
            return [plain, f"  {plain}\n"]


def days_on(days: int) -> date:
    return TODAY + timedelta(days=days)
