"""What the board reads when a round of status is summed up."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta

import pytest

from dialogs.rounds import handlers as rounds
from dialogs.rounds.card import RoundShown
from dialogs.rounds.summary_card import RoundSummed
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.visit import Stores, Visit
from portfolio.bodies import Meeting
from portfolio.projects.project import Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.rounds import Round, RoundEntry, RoundView
from portfolio.status.decisions import Decision
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import checked
from tests.kit.fakes import FakeCourier
from tests.kit.pressing import press
from tests.kit.steps import follow, opened, publish, report, said
from tests.world.municipality import MEETING, crowd
from tests.world.people import AAGE, IB, INGE, MARKUP_PERSON, SOREN

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


async def summed(visiting) -> tuple[str, Visit]:
    """A round in which two got worse, one better, one did not answer."""
    group = visiting(INGE, scope=Scope.GROUP)
    round_id = await opened(group)
    await report(visiting(SOREN), "P001", Rag.RED, comment="Udbuddet er gået om", decision_wanted="Skal vi stoppe?")
    await report(visiting(SOREN), "P002", Rag.AMBER)
    await report(visiting(AAGE), "P003", Rag.AMBER)
    return round_id, group


async def test_board_reads_what_changed_first_and_the_worst_of_it_foremost(visiting):
    round_id, group = await summed(visiting)
    lines = said(await press(group, "round_sum_up", {"round": round_id}), group).text.splitlines()
    assert lines == [
        "Opsamling: Status til Project Board uge 25.",
        "3 af 4 har svaret.",
        "Foreløbig: der kan svares til torsdag den 18. juni kl. 9.",
        "Rød 1 · Gul 2",
        "Ændret siden sidst (2):",
        "- ● Rød, før ● Grøn: Skærmbesøg i hjemmeplejen (Søren Æbelø-Østergård): Udbuddet er gået om",
        "- ● Gul, før ● Rød: Byggesager på nettet (Åge Ørsted-Kjærgaard)",
        "Fortsat gule (1):",
        "- ● Gul: Digital post (Søren Æbelø-Østergård)",
        "Mangler (1):",
        f"- {lines[10].removeprefix('- ')}",
        "Til beslutning (2):",
        "- Ønske: Skal vi stoppe? (Skærmbesøg i hjemmeplejen · meldt i dag)",
        "- Barriere: Ingen hjemmel (Byggesager på nettet · meldt i dag)",
    ]
    assert "[Bo](http://evil.example)" in lines[10]


async def test_what_waits_for_a_decision_is_told_with_its_age(visiting):
    earlier = visiting(SOREN, now=visiting(SOREN).now - timedelta(days=3))
    barrier = Risk("P001", "Ingen jurist", RiskKind.BARRIER, 3, 3)
    await report(earlier, "P001", Rag.AMBER, decision_wanted="Skal vi stoppe?", obstacle=barrier)
    group = visiting(INGE, scope=Scope.GROUP)
    round_id = await opened(group)
    await report(visiting(SOREN), "P001", Rag.AMBER, decision_wanted="Skal vi stoppe?")
    text = said(await press(group, "round_sum_up", {"round": round_id}), group).text
    assert "Ønske: Skal vi stoppe? (Skærmbesøg i hjemmeplejen · meldt for 3 dage siden)" in text
    assert "Barriere: Ingen jurist (Skærmbesøg i hjemmeplejen · meldt for 3 dage siden)" in text


async def test_summary_before_the_deadline_closes_nothing(visiting, cast_stores: Stores, courier: FakeCourier):
    round_id, group = await summed(visiting)
    await press(group, "round_sum_up", {"round": round_id})
    assert (await cast_stores.rounds.round(round_id)).closed_at is None
    assert len(courier.posted) == 1


async def closed(visiting, stores: Stores, after: timedelta = timedelta(minutes=1)) -> int:
    visit = visiting(IB, now=(MEETING + after).astimezone(visiting(IB).now.tzinfo))

    async def audience() -> Audience:
        return visit.audience

    count = await rounds.close_due(stores, visit.now, audience)
    await rounds.catch_up(stores, visit.now, audience)
    return count


async def test_round_is_closed_and_summed_up_after_the_deadline(visiting, cast_stores: Stores, courier: FakeCourier):
    _, group = await summed(visiting)
    assert await closed(visiting, cast_stores, timedelta(minutes=-1)) == 0
    assert await closed(visiting, cast_stores) == 1
    ((conversation, summary),) = courier.said
    assert conversation == group.conversation
    assert checked(summary).text.startswith(
        "Opsamling: Status til Project Board uge 25.\n3 af 4 har svaret.\nRød 1 · Gul 2"
    )
    card = checked(courier.updated[-1][2])
    assert "Runden blev lukket torsdag den 18. juni kl. 9.01." in card.text
    assert [one["title"] for one in card.card["actions"]] == ["Opsamling"]
    assert await closed(visiting, cast_stores) == 0


async def test_of_several_replicas_one_sums_up(visiting, cast_stores: Stores, courier: FakeCourier):
    await summed(visiting)
    counts = await asyncio.gather(*(closed(visiting, cast_stores) for _ in range(5)))
    assert sorted(counts) == [0, 0, 0, 0, 1]
    assert len(courier.said) == 1


async def test_report_after_the_deadline_leaves_the_round_as_it_was(
    visiting, cast_stores: Stores, courier: FakeCourier
):
    round_id, group = await summed(visiting)
    await closed(visiting, cast_stores)
    before = len(courier.updated)
    late = visiting(MARKUP_PERSON, now=(MEETING + timedelta(days=1)).astimezone(group.now.tzinfo))
    await report(late, "P004", Rag.GREEN)
    assert len(courier.updated) == before
    shown = await press(late, "round_view", {"round": round_id})
    assert len(shown.view.answered) == 3


@LANGUAGES
async def test_board_with_seventy_projects_gets_cards_that_teams_takes(
    language: str, visiting, cast_database: Database, cast_stores: Stores, courier: FakeCourier
):
    many = crowd(70)
    await SqlPortfolioWriter(cast_database).apply(many)
    courier.members = {person.id: f"29:{'x' * 110}{at}" for at, person in enumerate(many.people)}
    visit = visiting(INGE, scope=Scope.GROUP, language=language)
    round_id = await opened(visit)
    posted = checked(courier.posted[0][1])
    assert len(posted.card["refresh"]["userIds"]) == 60
    assert ("og 60 projektledere mere" if language == "da" else "and 60 more project leads") in posted.text
    for at, project in enumerate(many.projects[:60]):
        colour = (Rag.RED, Rag.AMBER, Rag.GREEN)[at % 3]
        obstacle = Risk(project.number, f"{at} {project.title}", RiskKind.BARRIER, 5, 5)
        await publish(
            visit, project.number, colour, comment=project.title, obstacle=obstacle, decision_wanted=project.title
        )
    await rounds.leave_cards_behind(visit, project.number)
    await follow(visit)
    answer = await press(visit, "round_sum_up", {"round": round_id})
    assert isinstance(answer, RoundSummed)
    summary = said(answer, visit)
    assert len(answer.decisions) == 120
    left_out = re.findall(r"og (\d+) mere" if language == "da" else r"and (\d+) more", summary.text)
    assert any(100 < int(number) < 120 for number in left_out)
    said(await press(visit, "round_view", {"round": round_id}), visit)
    checked(courier.updated[-1][2])


@LANGUAGES
async def test_summary_with_much_of_everything_is_a_card_that_teams_takes(language: str, visiting):
    visit = visiting(INGE, scope=Scope.GROUP, language=language)
    entries = []
    for at, project in enumerate(crowd(60).projects):
        before, now = ((Rag.GREEN, Rag.RED), (Rag.RED,) * 2, (Rag.AMBER,) * 2, (Rag.GREEN,) * 2, (Rag.RED, None))[
            at % 5
        ]
        given = StatusReport(project.number, date(2026, 6, 9), now, comment=project.title) if now else None
        entries.append(
            RoundEntry(project, project.title, StatusReport(project.number, date(2026, 5, 1), before), given)
        )
    asked = Decision("L001", entries[0].project.title, entries[0].project.title, date(2026, 5, 1), is_barrier=True)
    one = Round("r", Meeting(entries[0].project.title, MEETING), visit.now, MEETING, INGE.id, "c")
    reply = said(RoundSummed(RoundView(one, tuple(entries)), (asked,) * 20), visit)
    assert len(reply.card["body"]) > 30
    said(RoundShown(RoundView(one, tuple(entries))), visit)
