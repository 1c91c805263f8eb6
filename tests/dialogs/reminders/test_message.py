"""What people read when they are reminded: why, by when, how long it takes, and what to press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reminders.message import reminder_message
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from portfolio.organisation import Person
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import LadderRole, MeetingChanged, Reminder
from portfolio.working_time import WorkingTime
from tests.kit.cards import LARGEST, elements_of, press_of, words_on
from tests.world.people import ASTRID, INGE, LONG_NAME, MARKUP_PERSON, METTE, SOREN
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE
from tests.world.told import (
    FRIDAY,
    STEERING,
    TUESDAY,
    ZONE,
    at,
    changed,
    in_channel,
    overdue,
    owed,
    reader,
    soon,
    status,
    titles_of,
    without_markup,
)

WORK = WorkingTime(ZONE)
OWNER, OFFICE = LadderRole.OWNER, LadderRole.OFFICE
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


def tomorrow(day: date) -> date:
    return WORK.on_or_after(day + timedelta(days=1))


def told(*reminders: Reminder, to: Person | None = SOREN, audience: Audience | None = None) -> Reply:
    audience = audience or reader(to)
    return without_markup(
        reminder_message(reminders, audience, planned_for=audience.now, next_day=tomorrow(audience.today))
    )


def heading(*reminders: Reminder, to: Person | None = SOREN) -> str:
    return told(*reminders, to=to).text.splitlines()[0]


def milestone(**more: object) -> Reminder:
    return owed(Origin.MILESTONE, "Udbud sendt", **more)


def benefit(**more: object) -> Reminder:
    return owed(Origin.BENEFIT, "Sparet tid", to=ASTRID, **more)


def answer_owed(**more: object) -> Reminder:
    return owed(Origin.ROUND, "Skærmbesøg i hjemmeplejen", **more)


def test_lead_of_two_projects_reads_why_by_when_and_how_long_it_takes():
    assert told(status("P001"), status("P002", newest=None)).text.splitlines() == [
        "2 projekter skal have status senest fredag i uge 39.",
        "Du får beskeden, fordi du leder projekterne. Det tager cirka et minut for hvert.",
        "- Skærmbesøg i hjemmeplejen: senest fredag den 25. september (uge 39) · sidst meldt for 31 dage siden",
        "- Digital post: senest fredag den 25. september (uge 39) · aldrig meldt",
        "Du kan også skrive »mind mig om det på torsdag« eller »jeg er på ferie til 2. oktober«.",
    ]


def test_lead_of_one_project_reports_with_one_press_and_waits_with_another():
    reply = told(status("P001"))
    assert titles_of(reply) == ["Meld status", "Mind mig i morgen"]
    assert press_of(reply.card, "Meld status") == ("report", {"project": "P001"})
    assert press_of(reply.card, "Mind mig") == ("snooze", {"until": "2026-09-23"})


def test_lead_of_several_projects_reports_on_each():
    card = told(status("P001"), status("P002")).card
    rows = [action for actions in elements_of(card, "ActionSet") for action in actions["actions"]]
    assert [(one["title"], one["data"]["project"]) for one in rows] == [
        ("Meld status", "P001"),
        ("Meld status", "P002"),
    ]
    assert rows[1]["tooltip"] == "Meld status på Digital post"


def test_status_that_is_missing_is_told_without_blame():
    text = told(overdue("P001")).text
    assert text.splitlines()[0] == "Skærmbesøg i hjemmeplejen mangler status."
    assert "fristen var fredag i uge 38 · sidst meldt for 31 dage siden" in text


def test_what_is_due_and_what_is_missing_are_told_together_with_the_missing_first():
    lines = told(overdue("P002"), status("P001")).text.splitlines()
    assert lines[0] == "2 projekter venter på status."
    assert lines.index("Mangler status (1):") < lines.index("Status skal meldes (1):")


def test_owner_reads_how_it_stands_and_can_hand_the_project_over():
    reply = told(overdue("P001", to=ASTRID, role=OWNER, days=7), to=ASTRID)
    assert reply.text.splitlines()[:3] == [
        "Skærmbesøg i hjemmeplejen, som du ejer, mangler status.",
        (
            "Du får beskeden, fordi du ejer projektet. Du kan minde projektlederen om det, selv melde status eller "
            "give projektet videre."
        ),
        (
            "- Skærmbesøg i hjemmeplejen: fristen var fredag i uge 38 · sidst meldt for 31 dage siden · "
            "projektleder: Søren Æbelø-Østergård"
        ),
    ]
    assert titles_of(reply) == ["Vis projektet", "Mind mig i morgen"]
    assert press_of(reply.card, "Vis projektet") == ("open", {"project": "P001"})
    assert press_of(reply.card, "Overdrag") == ("hand_over", {"project": "P001"})


def test_owner_of_a_project_without_a_lead_reads_that_it_has_none():
    assert "ingen projektleder" in told(overdue("P001", to=ASTRID, role=OWNER, days=7, lead=None), to=ASTRID).text


def test_office_reads_the_same_in_short():
    reply = told(*(overdue(number, to=INGE, role=OFFICE, days=14) for number in ("P001", "P002")), to=INGE)
    assert reply.text.splitlines()[0] == "2 projekter mangler stadig status."
    assert "porteføljekontoret" in reply.text
    assert press_of(reply.card, "Vis projektet") == ("open", {"project": "P001"})


def test_lead_who_is_in_the_office_too_is_asked_for_their_own():
    text = told(overdue("P001", to=INGE, lead=INGE.id, days=14), to=INGE).text
    assert "fordi du leder projektet" in text


def test_deputy_reads_in_whose_place_they_report():
    reply = told(status("P001", to=METTE, in_place_of=SOREN.id), to=METTE)
    assert "Du melder i stedet for Søren Æbelø-Østergård. Det tager cirka et minut." in reply.text
    assert titles_of(reply)[0] == "Meld status"


def test_deputy_with_a_project_of_their_own_sees_which_is_whose():
    own, others = status("P001", to=METTE, lead=METTE.id), status("P002", to=METTE, in_place_of=SOREN.id)
    lines = told(own, others, to=METTE).text.splitlines()
    assert "fordi du leder projekterne eller er stedfortræder" in lines[1]
    assert "i stedet for" not in lines[2]
    assert lines[3].endswith("i stedet for Søren Æbelø-Østergård")


def test_member_reads_when_and_where_the_meeting_is():
    reply = told(soon())
    assert reply.text.splitlines() == [
        "Møde i Digitaliseringsstyregruppen tirsdag den 29. september (uge 40).",
        "Du får beskeden, fordi du er med i Digitaliseringsstyregruppen.",
        (
            "- Digitaliseringsstyregruppen: tirsdag den 29. september kl. 9-11 (uge 40) · om 7 dage · Mødelokale Ærø · "
            "Budget"
        ),
    ]
    assert titles_of(reply) == []


def test_meeting_tomorrow_is_said_to_be_tomorrow():
    assert heading(soon(day=date(2026, 9, 23))) == "Møde i Digitaliseringsstyregruppen i morgen."


def test_channel_reads_why_it_stands_there_and_has_nothing_to_put_off():
    reply = told(in_channel(soon()), to=None)
    assert "Beskeden står her, fordi det er kanalen for Digitaliseringsstyregruppen." in reply.text
    assert "snooze" not in str(reply.card)
    assert "mind mig" not in reply.text.lower()


def test_moved_meeting_is_told_with_both_days():
    lines = told(changed()).text.splitlines()
    assert lines[0] == "Mødet i Digitaliseringsstyregruppen er flyttet til torsdag den 3. december (uge 49)."
    assert lines[2] == (
        "- Digitaliseringsstyregruppen: flyttet fra tirsdag den 29. september kl. 9 (uge 40) til "
        "torsdag den 3. december kl. 13.30-15 (uge 49) · Byrådssalen"
    )


def test_cancelled_meeting_is_told_in_the_heading():
    assert heading(changed(moved_to=None)) == (
        "Mødet i Digitaliseringsstyregruppen tirsdag den 29. september (uge 40) er aflyst."
    )


def test_cancelled_meeting_that_is_held_after_all_is_told_so():
    back = changed(moved_to=date(2026, 9, 29))
    held = replace(back, about=MeetingChanged(back.deadline, back.about_a(MeetingChanged).meeting))
    lines = told(held).text.splitlines()
    assert lines[0] == "Mødet i Digitaliseringsstyregruppen tirsdag den 29. september (uge 40) holdes alligevel."
    assert "holdes alligevel: tirsdag den 29. september kl. 13.30-15 (uge 40) · Byrådssalen" in "\n".join(lines)


def test_meetings_that_changed_stand_before_those_that_come():
    lines = told(soon("Project Board"), changed()).text.splitlines()
    assert lines[0] == "Nyt om 2 møder."
    assert lines.index("Ændrede møder (1):") < lines.index("Kommende møder (1):")


def test_each_kind_of_deadline_is_told_in_its_own_words():
    assert heading(milestone()) == "Milepælen »Udbud sendt« skal være nået senest fredag i uge 39."
    assert heading(benefit(), to=ASTRID) == "Gevinsten »Sparet tid« skal følges op senest fredag i uge 39."
    assert heading(answer_owed()) == (
        "Statusrunden venter på svar om Skærmbesøg i hjemmeplejen senest fredag i uge 39."
    )


def test_each_kind_of_deadline_has_the_button_that_meets_it():
    assert titles_of(told(milestone()))[0] == "Meld status"
    assert titles_of(told(answer_owed()))[0] == "Meld status"
    assert titles_of(told(benefit(), to=ASTRID)) == ["Vis projektet", "Mind mig i morgen"]


def test_answer_to_a_round_is_owed_by_the_hour():
    assert "senest fredag den 25. september (uge 39) kl. 16 · statusrunde" in told(answer_owed()).text


def test_deadlines_of_several_kinds_begin_with_the_first():
    assert heading(milestone(), answer_owed(day=date(2026, 9, 23))) == "2 frister, den første i morgen."


def test_benefit_of_the_day_is_due_today():
    assert "senest i dag, tirsdag den 22. september (uge 39)" in told(benefit(day=TUESDAY), to=ASTRID).text


def test_everything_of_a_day_comes_in_one_message():
    reply = told(changed(), overdue("P001"), status("P002"), milestone(), soon("Project Board"))
    assert reply.text.splitlines()[0] == "5 ting venter på dig."
    headings = [line for line in reply.text.splitlines() if line.endswith("(1):")]
    assert headings == [
        "Ændrede møder (1):", "Mangler status (1):", "Status skal meldes (1):", "Frister (1):", "Kommende møder (1):",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "until", "label"),
    [
        (date(2026, 9, 22), "2026-09-23", "Mind mig i morgen"),
        (date(2026, 9, 25), "2026-09-28", "Mind mig på mandag"),
        (date(2026, 9, 26), "2026-09-28", "Mind mig på mandag"),
        (date(2026, 9, 27), "2026-09-28", "Mind mig i morgen"),
        (date(2027, 3, 24), "2027-03-30", "Mind mig tirsdag den 30. marts"),  # before Easter
    ],
)
def test_button_puts_off_to_the_next_working_day(day: date, until: str, label: str):
    reply = told(status(day=day + timedelta(days=7)), audience=reader(now=at(day)))
    assert press_of(reply.card, label) == ("snooze", {"until": until})


def test_no_holiday_is_suggested():
    reply = told(status(day=date(2027, 1, 8)), audience=reader(now=at(date(2026, 12, 23))))
    assert "»mind mig om det på mandag«" in reply.text


def test_who_asked_to_be_reminded_again_is_told_so():
    again = status(is_again=True, occasion="2026-09-25-3~2026-09-22")
    assert "Du bad mig minde dig igen." in told(again, status("P002")).text


def test_status_put_off_until_after_its_deadline_is_told_as_missing():
    again = status(is_again=True, occasion="2026-09-25-3~2026-09-28")
    reply = told(again, audience=reader(now=at(date(2026, 9, 28))))
    assert reply.text.startswith("Skærmbesøg i hjemmeplejen mangler status.")
    assert "fristen var fredag i uge 39" in reply.text


def test_who_comes_back_is_welcomed():
    assert "Velkommen tilbage." in told(status(is_again=True, occasion="2026-09-25-3^2026-09-22")).text


def test_late_message_says_when_it_should_have_come():
    reply = reminder_message([status()], reader(), planned_for=at(date(2026, 9, 21)), next_day=FRIDAY)
    assert without_markup(reply).text.splitlines()[1] == "Beskeden er forsinket: den skulle være sendt i går kl. 8."


def test_message_of_the_same_morning_is_not_called_late():
    audience = reader(now=at(TUESDAY, 9, 59))
    assert "forsinket" not in reminder_message([status()], audience, planned_for=at(TUESDAY), next_day=FRIDAY).text


def many(count: int, title: str = "Projekt", **more: object) -> list[Reminder]:
    return [status(f"P{number:03}", title=f"{number} {title}", **more) for number in range(100, 100 + count)]


def test_lead_of_many_projects_sees_the_first_and_a_way_to_the_others():
    reply = told(*many(20))
    assert "og 12 til" in words_on(reply.card)
    assert press_of(reply.card, "Se alle, du melder status på") == ("report", {})
    assert sum(line.startswith("- ") for line in reply.text.splitlines()) == 20


def test_office_with_many_finds_all_that_lack_a_status():
    reply = told(*(overdue(f"P{number}", to=INGE, role=OFFICE, days=14) for number in range(100, 400)), to=INGE)
    assert press_of(reply.card, "Hvilke projekter")[0] == "ask"
    assert reply.text.splitlines()[-2] == "og 260 til"


def test_many_of_one_kind_leave_room_for_the_others():
    words = words_on(told(*many(20), milestone(), soon()).card)
    assert "Udbud sendt" in words
    assert "Mødelokale Ærø" in words


def every_kind(to: Person, title: str) -> list[Reminder]:
    """Gives one of each kind, of someone who is lead, deputy, owner and the office at once."""
    number = "P004" if title == LONG_TITLE else "P003"
    same = {"title": title, "to": to}
    others = {**same, "lead": MARKUP_PERSON.id}
    return [
        replace(changed(title, to), title=title), changed(title, to, None),
        overdue(number, **same, lead=to.id), overdue(number, **same, in_place_of=LONG_NAME.id),
        overdue(number, **others, role=OWNER, days=7), overdue(number, **others, role=OFFICE, days=14),
        status(number, **same),
        owed(Origin.ROUND, title, number, to=to), owed(Origin.MILESTONE, title, number, to=to),
        owed(Origin.BENEFIT, title, number, to=to), soon(title, to, topic=title),
    ]  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize("title", [LONG_TITLE, MARKUP_TITLE])
def test_longest_names_and_markup_stay_names_in_every_kind(language: str, title: str):
    audience = reader(LONG_NAME, language)
    reminders = every_kind(LONG_NAME, title)
    for one in reminders:
        told(one, audience=audience)
        told(*[one] * 2, audience=audience)
        told(*[one] * 12, audience=audience)
    told(*reminders, audience=audience)
    reply = told(*chain.from_iterable([reminders] * 30), audience=audience)
    assert len(reply.text.encode()) < LARGEST


@LANGUAGES
def test_channel_reads_meetings_in_its_language(language: str):
    told(*(in_channel(one) for one in (soon(), changed(), changed(moved_to=None))), audience=reader(None, language))


def test_english_reader_is_reminded_in_english():
    text = told(status(), audience=reader(language="en")).text.splitlines()
    assert text[0] == "Skærmbesøg i hjemmeplejen needs a status by Friday in week 39."
    assert text[2].endswith("by Friday 25 September (week 39) · last reported 31 days ago")


def test_deadline_in_another_year_has_its_year():
    assert "26. marts 2027" in heading(milestone(day=FRIDAY + timedelta(days=182)))
    assert "2. april 2027" in heading(milestone(day=FRIDAY + timedelta(days=189)))


def test_week_53_is_week_53():
    audience = reader(now=at(date(2026, 12, 28)))
    assert "(uge 53)" in told(status(day=date(2027, 1, 1)), audience=audience).text
    assert STEERING in told(soon(day=date(2026, 12, 30)), audience=audience).text


KINDS = [
    status("P001"), status("P002", day=TUESDAY), overdue("P001"), overdue("P002", in_place_of=METTE.id),
    overdue("P001", days=7, lead=METTE.id), overdue("P002", days=14, lead=None), milestone(), benefit(),
    answer_owed(), soon(), changed(), changed(moved_to=None),
]  # fmt: skip


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=30), st.sampled_from(["da", "en"]))
def test_whatever_comes_together_is_all_told(reminders: list[Reminder], language: str):
    lines = told(*reminders, audience=reader(language=language)).text.splitlines()
    assert sum(line.startswith("- ") for line in lines) == len(reminders)
