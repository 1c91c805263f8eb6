"""What will be sent in the next days, and what stops it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogs.office.preview_card import Previewed
from dialogs.turn.reply import Reply
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import LadderRole, Reminder
from tests.kit.cards import LARGEST, elements_of, press_of, words_on
from tests.world.people import INGE, LONG_NAME, MARKUP_PERSON, SOREN
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE
from tests.world.told import (
    TUESDAY,
    at,
    in_channel,
    overdue,
    owed,
    reader,
    soon,
    status,
    titles_of,
    without_markup,
)

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
OFFICE = LadderRole.OFFICE
UNTIL = TUESDAY + timedelta(days=14)


def plan(day: date, *messages: tuple[Reminder, ...]) -> Plan:
    return Plan(at(day), tuple(Message(one[0].recipient, day.isoformat(), one) for one in messages))


PLANS = [
    plan(date(2026, 9, 23), (overdue("P001"), status("P002"))),
    plan(
        date(2026, 9, 25),
        (in_channel(soon()),),
        (
            overdue("P001", INGE, role=OFFICE, days=14),
            overdue("P002", INGE, role=OFFICE, days=14),
        ),
    ),
]


def ahead(plans: list[Plan], language: str = "da", *, is_office: bool = True, **more: object) -> Reply:
    return without_markup(Previewed(tuple(plans), UNTIL, is_office, **more).reply(reader(INGE, language)))


def test_office_sees_day_for_day_who_is_told_what():
    assert ahead(PLANS).text.splitlines() == [
        "3 beskeder de næste 14 dage.",
        "Sådan bliver det, hvis ingen gør noget inden da.",
        "Onsdag den 23. september (uge 39):",
        "- Søren Æbelø-Østergård: mangler status: Skærmbesøg i hjemmeplejen · status på Digital post",
        "Fredag den 25. september (uge 39):",
        "- Kanalen for Digitaliseringsstyregruppen: møde i Digitaliseringsstyregruppen",
        "- Inge Sandal: 2 projekter mangler status",
    ]


def test_office_stops_one_message_with_all_that_is_in_it():
    assert press_of(ahead(PLANS).card, "Stop") == (
        "stop",
        {
            "keys": [
                ["status_overdue", "P001", SOREN.id, False, "2026-09-25-3"],
                ["status_due", "P002", SOREN.id, False, "2026-09-25-3"],
            ]
        },
    )


def test_message_that_is_stopped_in_part_says_so_and_stops_the_rest():
    stopped = frozenset({status("P002").key})
    reply = ahead(PLANS, stopped=stopped)
    assert reply.text.splitlines()[0] == "3 beskeder de næste 14 dage."
    assert any(line.endswith("status på Digital post (1 er stoppet)") for line in reply.text.splitlines())
    assert [key[:2] for key in press_of(reply.card, "Stop")[1]["keys"]] == [["status_overdue", "P001"]]


def test_office_stops_all_or_starts_again():
    assert press_of(ahead(PLANS).card, "Stop alle") == ("stop", {"all": True})
    stopped = ahead(PLANS, all_stopped=True)
    assert press_of(stopped.card, "Start igen") == ("resume", {"all": True})
    assert "Intet bliver sendt, før du trykker »Start igen«." in stopped.text


def test_others_see_their_own_and_stop_nothing():
    reply = ahead(PLANS[:1], is_office=False)
    assert reply.text.startswith("Du får 1 besked de næste 14 dage.")
    assert elements_of(reply.card, "Action.Execute") == []


def test_others_are_told_when_everything_is_stopped():
    reply = ahead([], is_office=False, all_stopped=True)
    assert reply.text.startswith("Alle påmindelser er stoppet.")
    assert titles_of(reply) == []


def test_nothing_ahead_says_what_would_be_here():
    assert ahead([]).text.splitlines() == [
        "Ingen beskeder de næste 14 dage.",
        "Her står de påmindelser, der er på vej: status, frister og møder. Spørg igen, når der er kommet noget ind.",
    ]


def test_today_alone_is_called_today():
    assert Previewed(tuple(PLANS[:1]), TUESDAY, is_office=True).reply(reader(INGE)).text.startswith("1 besked i dag.")


def many(count: int, title: str = "Projekt") -> list[Plan]:
    return [plan(UNTIL, *((status(f"P{number}", title=f"{number} {title}"),) for number in range(count)))]


def test_office_turns_the_pages_until_all_were_seen():
    plans, seen, offset = many(30), [], 0
    while True:
        reply = ahead(plans, offset=offset)
        seen += [line for line in reply.text.splitlines() if line.startswith("- ")]
        if "Vis flere" not in "".join(titles_of(reply)):
            break
        offset = press_of(reply.card, "Vis flere")[1]["offset"]
    assert len(seen) == len(set(seen)) == 30
    assert titles_of(reply) == ["Forrige", "Stop alle"]


def test_page_beyond_the_end_is_the_last_one():
    assert "29 Projekt" in ahead(many(30), offset=500).text


def test_next_page_is_of_the_same_days():
    verb, data = press_of(ahead(many(30)).card, "Vis flere")
    assert (verb, data) == ("preview", {"offset": 8, "until": "2026-10-06"})


@pytest.mark.parametrize("title", ["Projekt", LONG_TITLE])
def test_message_of_very_much_is_stopped_as_far_as_a_button_carries(title: str):
    owing = tuple(owed(Origin.MILESTONE, f"{number} {title}", to=INGE) for number in range(300))
    card = ahead([plan(UNTIL, owing), *many(20)]).card
    title, (_, data) = next(one["title"] for one in elements_of(card, "Action.Execute")), press_of(card, "Stop")
    assert title == f"Stop {len(data['keys'])} af 300"
    assert (
        data["keys"] == [["deadline", one.subject, INGE.id, False, one.occasion] for one in owing][: len(data["keys"])]
    )


@LANGUAGES
@pytest.mark.parametrize("title", [LONG_TITLE, MARKUP_TITLE])
@pytest.mark.parametrize("is_office", [True, False])
def test_longest_names_and_markup_stay_names(language: str, title: str, is_office: bool):
    for person in (LONG_NAME, MARKUP_PERSON):
        message = (status("P004", person, title=title), overdue("P003", person, title=title), soon(title, person))
        channel = (in_channel(soon(title)),)
        reply = ahead([plan(UNTIL, *[message, channel] * 20)], language, is_office=is_office)
        assert len(reply.text.encode()) < LARGEST
        assert words_on(reply.card)
