"""What the portfolio office reads about a run: sums that add up, and who was not reached and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.office.approval_card import approval
from dialogs.office.report_card import Sent, missed_words, run_report
from dialogs.texts import Texts
from dialogs.turn.reply import Reply
from portfolio.deliveries import Held, Missed, Reason, RunReport
from portfolio.reminders.kinds import Outcome
from tests.kit.cards import elements_of, press_of, words_on
from tests.world.people import INGE, LONG_NAME, MARKUP_PERSON, METTE, SOREN
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE
from tests.world.told import STEERING, TUESDAY, at, reader, titles_of, without_markup

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
COUNTS = {Outcome.SENT: 37, Outcome.ANSWERED: 3, Outcome.SNOOZED: 1, Outcome.UNREACHABLE: 1}
UNREACHED = Missed(Outcome.UNREACHABLE, METTE.id, reason=Reason.NO_CHAT)
REPORT = RunReport(4, at(TUESDAY), COUNTS, 21, by_mail=2, missed=(UNREACHED,))


def told(report: RunReport, language: str = "da") -> Reply:
    return without_markup(run_report(report, reader(INGE, language, at(TUESDAY, 8, 3))))


def test_office_reads_what_was_sent_and_who_was_not_reached():
    assert told(REPORT).text.splitlines() == [
        "42 påmindelser: 37 sendt, 1 ikke nået.",
        "Det blev 21 beskeder, heraf 2 med mail. Udsendelsen er fra i dag kl. 8.",
        "- Sendt: 37",
        "- Kunne ikke nås: 1",
        "- Havde svaret allerede: 3",
        "- Bad om at vente: 1",
        "- I alt: 42",
        "Hvem der ikke blev nået, og hvorfor:",
        "- Mette Lindegaard har ikke Tovholder i Teams. Bed IT om at installere den for alle, eller sig det selv.",
    ]


def test_what_there_was_none_of_is_left_out():
    assert "Nyt projekt" not in words_on(told(REPORT).card)


@given(st.dictionaries(st.sampled_from(Outcome), st.integers(0, 5000)))
def test_every_reminder_is_in_the_sum(counts: dict[Outcome, int]):
    reply = without_markup(run_report(replace(REPORT, counts=counts), reader(INGE)))
    figures = [one["columns"][0]["items"][0]["text"] for one in elements_of(reply.card, "ColumnSet")]
    *parts, total = (int(figure.replace(".", "")) for figure in figures)
    assert sum(parts) == total == sum(counts.values())


def sent(*reports: RunReport, language: str = "da", is_own: bool = False) -> Reply:
    first, last = date(2026, 9, 14), date(2026, 9, 20)
    return without_markup(Sent(reports, first, last, is_own).reply(reader(INGE, language, at(TUESDAY, 8, 3))))


def test_office_reads_what_the_runs_of_a_week_came_to_together():
    assert sent(REPORT, replace(REPORT, run=5)).text.splitlines()[:3] == [
        "84 påmindelser: 74 sendt, 2 ikke nået.",
        "Det blev 42 beskeder i uge 38 2026.",
        "- Sendt: 74",
    ]


def test_reader_is_told_what_they_got_or_that_there_was_nothing():
    own = RunReport(4, at(TUESDAY), {Outcome.SENT: 2}, 1)
    assert sent(own, is_own=True).text.splitlines()[1] == "Du fik 1 besked i uge 38 2026."
    assert sent(is_own=True).text.startswith("Du har ikke fået påmindelser i uge 38 2026.")
    assert sent(language="en").text.startswith("No reminders were sent in week 38 2026.")


@pytest.mark.parametrize(
    ("report", "needs"),
    [
        (REPORT, True),
        (replace(REPORT, missed=()), False),
        (replace(REPORT, missed=(Missed(Outcome.EXPIRED, METTE.id),)), False),
        (replace(REPORT, missed=(Missed(Outcome.UNCERTAIN, METTE.id),)), True),
        (replace(REPORT, missed=(Missed(Outcome.RESTORED, METTE.id),)), True),
        (replace(REPORT, missed=(), decided_by=INGE.id), True),
        (replace(REPORT, missed=(), counts={Outcome.STOPPED: 4}, decided_by=INGE.id), False),
    ],
)
def test_office_is_told_at_once_only_of_what_somebody_has_to_do_or_was_promised(report: RunReport, needs: bool):
    assert report.needs_somebody is needs


def test_run_that_sent_nothing_says_so():
    report = RunReport(4, at(TUESDAY), {Outcome.NOBODY: 2}, 0)
    assert told(report).text.startswith("2 påmindelser: ingen sendt, 2 ikke nået.")


def test_what_is_uncertain_is_not_counted_as_sent_or_missed():
    report = replace(REPORT, counts={Outcome.SENT: 1, Outcome.UNCERTAIN: 2})
    assert told(report).text.startswith("3 påmindelser: 1 sendt, 2 uvisse.")


def test_what_was_perhaps_sent_before_a_restore_is_uncertain_and_its_people_are_named():
    missed = (Missed(Outcome.RESTORED, METTE.id, "P001", "Skærmbesøg"),) * 2
    text = told(replace(REPORT, counts={Outcome.RESTORED: 2}, missed=missed)).text
    assert text.startswith("2 påmindelser: ingen sendt, 2 uvisse.")
    assert "- Måske sendt, før databasen blev gendannet: 2" in text
    assert f"{METTE.name}: databasen er gendannet" in text


def test_report_says_who_said_yes():
    assert "Inge Sandal sagde ja til at sende." in told(replace(REPORT, decided_by=INGE.id)).text


def test_report_of_a_run_that_was_turned_down_claims_no_yes():
    report = replace(REPORT, counts={Outcome.STOPPED: 600}, decided_by=INGE.id, missed=())
    text = told(report).text
    assert "sagde ja" not in text
    assert "Inge Sandal tog stilling" in text


def test_report_of_late_reminders_says_that_they_came_to_nothing():
    assert "for sent til at være til nytte" in told(replace(REPORT, is_late=True)).text


@LANGUAGES
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("reason", [None, *Reason])
def test_every_way_of_not_being_reached_is_told_in_words(language: str, outcome: Outcome, reason: Reason | None):
    missed = Missed(outcome, METTE.id, "P001", "Skærmbesøg", reason)
    (words,) = missed_words([missed], reader(INGE, language))
    assert words.endswith(".")
    assert "{" not in words
    assert outcome is Outcome.NOBODY or "Mette Lindegaard" in words


@LANGUAGES
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_name(language: str, outcome: Outcome):
    assert Texts.of(language).name("outcome", outcome)


def test_project_without_anybody_is_told_by_its_name_with_what_to_do():
    missed = Missed(Outcome.NOBODY, "", "P002", "Digital post")
    assert missed_words([missed], reader(INGE)) == [
        (
            "Digital post (P002) mangler en projektleder eller en ejer. Er det lederen, så skriv »overdrag P002 til« "
            "og et navn."
        )
    ]


def test_milestone_of_nobody_is_told_by_its_title():
    missed = Missed(Outcome.NOBODY, "", "milestone:P002:Udbud", "Udbud")
    assert missed_words([missed], reader(INGE))[0].startswith("»Udbud« har ingen ansvarlig.")


def test_channel_that_is_gone_is_told_by_its_body():
    missed = Missed(Outcome.UNREACHABLE, STEERING, reason=Reason.NOT_FOUND)
    assert missed_words([missed], reader(INGE))[0].startswith("Digitaliseringsstyregruppen: samtalen")


def test_same_word_twice_is_said_once_with_its_count():
    assert missed_words([UNREACHED, UNREACHED], reader(INGE))[0].endswith("(2)")


def test_those_who_could_not_be_reached_stand_before_what_came_too_late():
    late = Missed(Outcome.EXPIRED, SOREN.id, "P001", "Skærmbesøg")
    assert "Mette" in missed_words([late, UNREACHED], reader(INGE))[0]


@LANGUAGES
@pytest.mark.parametrize("title", [LONG_TITLE, MARKUP_TITLE])
def test_hundreds_who_were_not_reached_are_counted_beyond_the_first_ten(language: str, title: str):
    many = [Missed(Outcome.EXPIRED, f"{number}@birkefjord.example", "P4", title) for number in range(300)]
    names = [Missed(Outcome.LEFT, one.id, title, title) for one in (LONG_NAME, MARKUP_PERSON)]
    reply = told(replace(REPORT, missed=(*names, *many), decided_by=LONG_NAME.id), language)
    assert reply.text.splitlines()[-1] in ("og 292 til", "and 292 more")


def test_office_looks_ahead_from_the_report():
    assert press_of(told(REPORT).card, "De næste 14 dage") == ("preview", {})


def asked(held: Held, language: str = "da") -> Reply:
    return without_markup(approval(held, reader(INGE, language)))


def test_office_is_asked_before_a_great_many_are_sent():
    reply = asked(Held(7, at(TUESDAY), 1240, 2600, 31.4))
    assert reply.text.splitlines() == [
        "1.240 beskeder, ca. 31 sekunder: send?",
        (
            "Det er flere, end jeg sender på én gang uden at spørge. Det sker for eksempel efter en import eller et "
            "længere stop."
        ),
        "De rummer 2.600 påmindelser, lagt til rette i dag kl. 8.",
        "Intet er sendt endnu. Siger du nej, bliver de heller ikke sendt senere.",
    ]
    assert titles_of(reply) == ["Send", "Send ikke"]
    assert press_of(reply.card, "Send ikke") == ("run_discard", {"run": 7})
    assert press_of({"type": "AdaptiveCard", "body": reply.card["actions"][:1]}, "Send") == (
        "run_release",
        {"run": 7},
    )


def test_long_sending_is_told_in_minutes():
    assert asked(Held(7, at(date(2026, 9, 21)), 20000, 20000, 500)).text.startswith("20.000 beskeder, ca. 8 minutter")


@LANGUAGES
def test_approval_is_asked_in_both_languages(language: str):
    asked(Held(7, at(TUESDAY), 1, 1, 0.02), language)
