"""What is told of reminders, absence, channels and meetings is done only where nothing else was said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.features import understand
from dialogs.meetings import MEETINGS
from dialogs.office import OFFICE
from dialogs.own_reminders import OWN_REMINDERS
from dialogs.own_reminders.orders import (
    BeAbsent,
    SetRhythm,
    SnoozeReminders,
)
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.orders.days import without_clock
from portfolio.status.reminders import RHYTHMS
from tests.dialogs.understanding.check import questions

TUESDAY = date(2026, 6, 9)
THEIRS = tuple(order for feature in (MEETINGS, OFFICE, OWN_REMINDERS) for order in feature.orders)
TOLD = [one for one in questions() if one["group"] == "reminder_orders"]
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")


def test_each_of_them_is_told_in_more_than_a_few_ways() -> None:
    ways = {order.command: sum(one["understood"]["command"] == order.command for one in TOLD) for order in THEIRS}
    assert len(TOLD) >= 120
    assert min(ways.values()) >= 4, ways


@pytest.mark.parametrize(
    "text",
    [
        # Others, and other things
        "hvem er på ferie",
        "er Mette syg i dag",
        "Mette er på ferie til fredag",
        "hvornår er Mette tilbage fra ferie",
        "jeg var på ferie i sidste uge",
        "kan jeg få fri på fredag?",
        "er der ferie i uge 29",
        "ferie",
        "sommerferie",
        "projekter der slutter i sommerferien",
        "der er fri bar på fredag",
        "vi flytter kontor i næste uge",
        "mind mig om at ringe til Mette på mandag",
        "mind Mette om skærmbesøg",
        "minder skærmbesøg om P012",
        "spørg Mette",
        "hvem skal jeg spørge om skærmbesøg",
        "hvem svarer i morgen",
        "svar",
        "pause",
        # Projects
        "hvor meget er der tilbage på skærmbesøg",
        "flyt skærmbesøg til 2027",
        "udsæt skærmbesøg til mandag",
        "P012 er udskudt til næste år",
        "hvilke projekter er flyttet til 2027",
        "hvilke projekter har flyttet sig siden sidste måned",
        "hvad har flyttet sig",
        "hvilke projekter er aflyst",
        "hvilke projekter holder pause",
        "vis mig projekter på pause",
        "projekter om digitale kanaler",
        "hvilke projekter handler om kanaler",
        "hvilken kanal bruger borgerne",
        "projekter med rytme",
        "hvilke projekter melder status hver måned",
        "hvad er deadline på skærmbesøg",
        "hvilke milepæle er der i næste uge",
        "send mig en liste over røde projekter",
        "har Mette fået en påmindelse",
        "mangler der en påmindelse på skærmbesøg",
        # Meetings
        "hvilke møder er der næste uge",
        "hvornår er næste styregruppemøde",
        "vis de kommende møder",
        "kommende møder i styregruppen",
        "er styregruppemødet flyttet",
        "er mødet i project board aflyst?",
        "mødet i dag var godt",
        # Reports, rounds and deputies
        "status på skærmbesøg: gul, jeg er på ferie til mandag",
        "ingen ændringer, jeg er på ferie",
        "meld status på skærmbesøg i morgen",
        "sæt skærmbesøg til gul",
        "aflys runden",
        "stop runden",
        "hvem har ikke svaret",
        "stop Mette som stedfortræder",
        "jeg holder ferie i uge 51, Mette Overlykke er stedfortræder",
        "jeg er på barsel fra 1/1 til 1/8 og freja mølholt dækker mig",
        "så er jeg tilbage fra barsel hvad skal jeg melde status på",
        "hvad sker der i næste uge",
    ],
)
def test_what_is_said_of_something_else_tells_nothing(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TUESDAY)
    assert not isinstance(reading, THEIRS)


@given(ahead=st.integers(1, 300))
@settings(max_examples=80)
def test_a_date_is_understood_whenever_it_is(ahead: int, lexicon: Lexicon) -> None:
    day = TUESDAY + timedelta(days=ahead)
    written = f"{day.day}/{day.month} {day.year}" if ahead % 2 else f"{day:%d.%m.%Y}"
    later = understand(f"mind mig igen den {written}", lexicon, None, TUESDAY)
    away = understand(f"jeg er på ferie til {written}", lexicon, None, TUESDAY)
    assert later == SnoozeReminders(day=day)
    assert away == BeAbsent(first=TUESDAY, last=day)


@given(today=st.dates(date(2026, 1, 1), date(2027, 12, 31)), weekday=st.integers(0, 4))
@settings(max_examples=80)
def test_a_weekday_is_the_next_one(today: date, weekday: int, lexicon: Lexicon) -> None:
    reading = understand(f"mind mig om det på {WEEKDAYS[weekday]}", lexicon, None, today)
    assert isinstance(reading, SnoozeReminders)
    assert reading.day is not None
    assert reading.day.weekday() == weekday
    assert 1 <= (reading.day - today).days <= 7


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), sign=st.sampled_from(".:"))
def test_a_time_of_day_is_taken_out_of_the_sentence(hour: int, minute: int, sign: str) -> None:
    said, rest = without_clock(f"flyt mødet til torsdag kl. {hour}{sign}{minute:02} i kantinen")
    assert said == f"{hour:02}.{minute:02}"
    assert " ".join(rest.split()) == "flyt mødet til torsdag i kantinen"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kl 9", "09.00"),
        ("klokken 13", "13.00"),
        ("kl. 9-11", "09.00"),
        ("at 1 pm", "13.00"),
        ("at 12 am", "00.00"),
        ("kl. 24", None),
        ("9.30", None),
        ("til 14:15", "14.15"),
        ("to 2 pm", "14.00"),
        ("to 2.15 pm", "14.15"),
        ("til 14.12", None),
        ("to 14 June", None),
        ("til 3", None),
    ],
)
def test_times_of_day_are_read_as_people_write_them(written: str, said: str | None) -> None:
    assert without_clock(f"til torsdag {written}")[0] == said


@pytest.mark.parametrize("days", RHYTHMS)
def test_every_rhythm_can_be_asked_for(days: int, lexicon: Lexicon) -> None:
    reading = understand(f"spørg om status på P012 hver {days // 7}. uge", lexicon, None, TUESDAY)
    assert reading == SetRhythm(("P012",), every=days)


@given(said=st.text(max_size=200))
@settings(max_examples=150)
def test_nothing_that_is_written_is_too_much(said: str, lexicon: Lexicon) -> None:
    understand(f"mind mig om det {said}", lexicon, None, TUESDAY)
    understand(f"flyt mødet kl. {said}", lexicon, None, TUESDAY)
