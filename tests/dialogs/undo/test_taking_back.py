"""Whatever a person had stored is taken back with a word or a button, within ten minutes, and it is said what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.turn.audience import Scope
from dialogs.turn.reply import Refusal
from portfolio.organisation import Person
from storage.database import Database
from storage.deputies import deputies
from storage.meetings.tables import meetings
from storage.projects.tables import milestones, projects, reports, risks
from storage.reminders.tables import absences, snoozes, switched_off
from tests.dialogs.conftest import HERE
from tests.kit.cards import heading
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import GRY, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
_CHANGING = {"revision"}


@dataclass(frozen=True)
class Done:
    """What a person says, the last of it storing something, after what was said `before`; then what taking it back
    answers."""

    person: Person
    says: tuple[str, ...]
    answer: str
    before: tuple[str, ...] = ()


DEEDS = {
    "status": Done(
        SOREN, ("skærmbesøg er gul, leverandøren er forsinket", "ja"),
        "Din status på Skærmbesøg i hjemmeplejen er taget tilbage",
    ),
    "first status": Done(
        METTE,
        ("status på skolernes netværk: grøn, vi er i gang", "ja"),
        "Din status på Skolernes netværk er taget tilbage",
    ),
    "unchanged": Done(SOREN, ("uændret på skærmbesøg",), "Din status på Skærmbesøg i hjemmeplejen er taget tilbage"),
    "absence": Done(SOREN, ("jeg er på ferie fra 6. juli til 24. juli",), "Dit fravær er fortrudt"),
    "absence instead of others": Done(
        SOREN, ("jeg er på ferie fra 1. juli til 24. juli",), "Dit fravær er, som det var før",
        ("jeg er på ferie fra 6. juli til 8. juli", "jeg er på ferie fra 10. juli til 30. juli"),
    ),
    "longer absence": Done(
        SOREN, ("jeg er på ferie fra 6. juli til 24. juli",), "Dit fravær er, som det var før",
        ("jeg er på ferie fra 6. juli til 8. juli",),
    ),
    "back": Done(SOREN, ("jeg er tilbage",), "Dit fravær er, som det var før", ("jeg er syg i dag",)),
    "back, deputy and all": Done(
        SOREN, ("jeg er tilbage",), "Dit fravær er, som det var før",
        ("jeg er syg i dag", "mette lindegaard er min stedfortræder fra i dag til 20. juni", "ja"),
    ),
    "back earlier": Done(
        SOREN, ("jeg er tilbage den 10. juli",), "Dit fravær er, som det var før",
        ("jeg er på ferie fra 6. juli til 24. juli",),
    ),
    "snooze": Done(SOREN, ("mind mig om skærmbesøg på mandag",), "Udsættelsen er fortrudt"),
    "longer snooze": Done(
        SOREN, ("mind mig om skærmbesøg den 22. juni",), "Udsættelsen er fortrudt",
        ("mind mig om skærmbesøg på mandag",),
    ),
    "switched off": Done(SOREN, ("slå mødepåmindelser fra",), "Slået til: kommende møder"),
    "switched on": Done(
        SOREN, ("slå mødepåmindelser til",), "Slået fra: kommende møder", ("slå mødepåmindelser fra",)
    ),
    "rhythm": Done(
        SOREN, ("spørg om status på skærmbesøg hver uge",), "Jeg spørger til status på Skærmbesøg i hjemmeplejen"
    ),
    "another rhythm": Done(
        SOREN, ("spørg om status på skærmbesøg hver uge",),
        "Jeg spørger til status på Skærmbesøg i hjemmeplejen hver 4. uge",
        ("spørg om status på skærmbesøg hver måned",),
    ),
    "deputy": Done(
        SOREN, ("mette lindegaard er min stedfortræder fra 6. juli til 24. juli", "ja"),
        "Mette Lindegaard er ikke længere din stedfortræder",
    ),
    "deputy for longer": Done(
        SOREN, ("mette lindegaard er min stedfortræder fra 6. juli til 24. juli", "ja"),
        "Mette Lindegaard er din stedfortræder",
        ("mette lindegaard er min stedfortræder fra 6. juli til 10. juli", "ja"),
    ),
    "deputy ended": Done(
        SOREN, ("mette er ikke længere min stedfortræder", "ja"), "Mette Lindegaard er din stedfortræder",
        ("mette lindegaard er min stedfortræder fra 6. juli til 24. juli", "ja"),
    ),
    "handover": Done(
        SOREN, ("overdrag skærmbesøg til mette lindegaard", "ja"), "Skærmbesøg i hjemmeplejen ledes nu af dig"
    ),
    "handover of what nobody led": Done(
        GRY, ("overdrag herreløst arkiv til mette lindegaard", "ja"), "Herreløst arkiv har ingen projektleder"
    ),
    "held after all": Done(
        INGE, ("hold mødet i Project Board alligevel", "ja"),
        "Mødet i Project Board torsdag den 18. juni (uge 25) er afl",
        ("aflys mødet i Project Board", "ja"),
    ),
    "move": Done(
        INGE, ("flyt mødet i Project Board til den 22. juni kl. 10", "ja"), "Mødet i Project Board er flyttet til"
    ),
}  # fmt: skip


async def stored(database: Database) -> dict[str, list[dict[str, object]]]:
    """All that people can change, but for counts of changes."""
    tables = (absences, snoozes, switched_off, deputies, projects, reports, milestones, risks, meetings)
    async with database.connect() as connection:
        read = {
            table.name: (await connection.execute(select(table).order_by(*table.primary_key))).mappings().all()
            for table in tables
        }
    return {
        name: [{key: value for key, value in row.items() if key not in _CHANGING} for row in rows]
        for name, rows in read.items()
    }


async def _said(talking: Talking, done: Done) -> Talk:
    talk = talking(done.person)
    for text in done.says:
        await talk.say(text)
    return talk


async def _before(talking: Talking, done: Done) -> None:
    talk = talking(done.person)
    for text in done.before:
        await talk.say(text)


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("way", ["fortryd", "button"])
async def test_all_is_as_before(way: str, name: str, talking: Talking, cast_database: Database):
    done = DEEDS[name]
    await _before(talking, done)
    was = await stored(cast_database)
    talk = await _said(talking, done)
    assert await stored(cast_database) != was
    answer = await (talk.say("fortryd") if way == "fortryd" else talk.press("Fortryd"))
    assert heading(answer).startswith(done.answer)
    assert await stored(cast_database) == was


@pytest.mark.parametrize(
    "words",
    ["Fortryd", "fortryd det", "fortryd igen", "jeg fortryder", "hov, fortryd", "undo", "undo that", "take it back",
     "kan du fortryde det", "fortryd min ferie", "fortryd ferien", "fortryd fraværet", "nej fortryd", "fortryd tak",
     "fortyrd"],
)  # fmt: skip
async def test_many_words_take_it_back(words: str, talking: Talking, cast_database: Database):
    was = await stored(cast_database)
    talk = await _said(talking, DEEDS["absence"])
    assert heading(await talk.say(words)) in {"Dit fravær er fortrudt", "Your absence is undone"}
    assert await stored(cast_database) == was


@pytest.mark.parametrize(
    "words", ["fortryd status", "fortryd aflysningen", "fortryd status på digital post", "undo overdragelsen"]
)
async def test_what_is_named_must_be_the_last_thing(words: str, talking: Talking, cast_database: Database):
    talk = await _said(talking, DEEDS["absence"])
    was = await stored(cast_database)
    answer = await talk.say(words)
    assert heading(answer) == "Det var ikke det sidste, du gjorde"
    assert "Dit fravær" in answer.text
    assert await stored(cast_database) == was
    assert heading(await talk.press("fortryd")) == "Dit fravær er fortrudt"


async def test_status_is_named_with_its_project(talking: Talking):
    talk = await _said(talking, DEEDS["status"])
    assert "taget tilbage" in heading(await talk.say("fortryd status på skærmbesøg"))


@pytest.mark.parametrize("name", [name for name, done in DEEDS.items() if "before" not in name])
@pytest.mark.parametrize("way", ["fortryd", "button"])
async def test_after_ten_minutes_nothing_changes_and_the_way_is_said(
    way: str, name: str, talking: Talking, cast_database: Database
):
    done = DEEDS[name]
    await _before(talking, done)
    talk = await _said(talking, done)
    was, talk.now = await stored(cast_database), HERE + timedelta(minutes=10, seconds=1)
    answer = await (talk.say("fortryd") if way == "fortryd" else talk.press("Fortryd"))
    assert "Intet er ændret" in answer.text
    assert await stored(cast_database) == was


async def test_it_is_taken_back_once(talking: Talking, cast_database: Database):
    talk = await _said(talking, DEEDS["absence"])
    receipt = talk.replies[-1]
    await talk.say("fortryd")
    was = await stored(cast_database)
    assert heading(await talk.say("fortryd")) == "Det er allerede fortrudt: Dit fravær"
    assert heading(await talk.press("Fortryd", receipt)) == "Det er allerede fortrudt: Dit fravær"
    assert await stored(cast_database) == was


async def test_nothing_stored_is_nothing_to_take_back(talking: Talking):
    answer = await talking(SOREN).say("fortryd")
    assert heading(answer) == "Der er ikke noget at fortryde"


async def test_report_that_somebody_followed_up_stays(talking: Talking, cast_database: Database):
    talk = await _said(talking, DEEDS["status"])
    other = talking(GRY)
    await other.say("skærmbesøg er gul, vi har en ny leverandør")
    await other.say("ja")
    was = await stored(cast_database)
    answer = await talk.say("fortryd")
    assert heading(answer) == "Din statusmelding kan ikke fortrydes mere"
    assert await stored(cast_database) == was


async def test_nobody_takes_back_what_another_did(talking: Talking, cast_database: Database):
    talk = await _said(talking, DEEDS["handover"])
    was = await stored(cast_database)
    assert heading(await talking(METTE).say("fortryd")) == "Der er ikke noget at fortryde"
    pressed = await talking(METTE).press("Fortryd", talk.replies[-1])
    assert heading(pressed) == "Det kan kun den fortryde, der gjorde det"
    assert pressed.refusal is Refusal.FORBIDDEN
    assert await stored(cast_database) == was


@pytest.mark.parametrize("name", ["deputy", "handover"])
async def test_those_who_were_told_are_told_again(name: str, talking: Talking, courier: FakeCourier):
    talk = await _said(talking, DEEDS[name])
    told = [email for email, _ in courier.told]
    await talk.say("fortryd")
    assert [email for email, _ in courier.told[len(told) :]] == told


async def test_cancelled_meeting_is_held_after_all(talking: Talking, cast_database: Database):
    was = await stored(cast_database)
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    await talk.press("Ja, aflys mødet")
    assert heading(await talk.say("fortryd aflysningen")).endswith("holdes alligevel")
    assert await stored(cast_database) == was


async def test_fortryd_after_the_button_that_holds_the_meeting_does_not_cancel_it_again(
    talking: Talking, cast_database: Database
):
    was = await stored(cast_database)
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    await talk.say("ja")
    await talk.press("Fortryd: hold mødet")
    assert heading(await talk.say("fortryd")) == "Det er allerede fortrudt: Aflysningen af mødet"
    assert await stored(cast_database) == was


async def test_meeting_held_after_all_that_was_moved_since_is_not_cancelled_again(
    talking: Talking, cast_database: Database
):
    talk = talking(INGE)
    for said in ("aflys mødet i Project Board", "ja", "hold mødet i Project Board alligevel", "ja"):
        await talk.say(said)
    chair = talking(VAGN)
    for said in ("flyt mødet i Project Board til den 22. juni", "ja"):
        await chair.say(said)
    was = await stored(cast_database)
    assert "blevet noget andet siden" in (await talk.say("fortryd")).text
    assert await stored(cast_database) == was


async def test_what_cannot_be_taken_back_says_so_rather_than_taking_back_what_came_before(
    talking: Talking, cast_database: Database
):
    talk = talking(INGE)
    await talk.say("slå mødepåmindelser fra")
    await talk.say("start en statusrunde i Project Board")
    await talk.say("ja")
    was = await stored(cast_database)
    assert heading(await talk.say("fortryd")) == "Statusrunden kan ikke fortrydes"
    assert await stored(cast_database) == was


async def test_form_begun_since_is_discarded_and_nothing_else(talking: Talking, cast_database: Database):
    talk = await _said(talking, DEEDS["absence"])
    was, talk.now = await stored(cast_database), HERE + timedelta(minutes=1)
    await talk.say("meld status på skærmbesøg")
    answer = await talk.say("fortryd")
    assert heading(answer) == "Kladden er kasseret"
    assert await stored(cast_database) == was


async def test_form_left_open_before_does_not_stand_in_the_way(talking: Talking, cast_database: Database):
    was = await stored(cast_database)
    talk = talking(SOREN)
    await talk.say("meld status på digital post")
    talk.now = HERE + timedelta(minutes=1)
    await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    assert heading(await talk.say("fortryd")) == "Dit fravær er fortrudt"
    assert await stored(cast_database) == was


async def test_draft_left_over_from_a_sent_status_does_not_say_that_nothing_was_sent(talking: Talking):
    talk = talking(SOREN)
    form = await talk.say("meld status på skærmbesøg")
    await talk.say("uændret på skærmbesøg")
    answer = await talk.press("Kassér", form)
    assert "Intet er sendt" not in answer.text
    assert "står det uændret" in answer.text


async def test_used_card_of_a_status_that_was_taken_back_does_not_say_that_it_is_sent(talking: Talking):
    talk = talking(SOREN)
    await talk.say("skærmbesøg er gul, leverandøren er forsinket")
    summary = talk.replies[-1]
    await talk.say("ja")
    await talk.say("fortryd")
    assert heading(await talk.press("Meld status", summary)) == "Det er allerede fortrudt: Din statusmelding"


async def test_receipt_is_in_the_readers_language(talking: Talking):
    talk = replace(talking(SOREN), language="en-GB")
    await talk.say("i am on holiday from 6 july to 24 july")
    assert heading(await talk.press("Undo")) == "Your absence is undone"


async def test_in_a_group_nobody_else_sees_what_was_taken_back(talking: Talking):
    await _said(talking, DEEDS["absence"])
    in_group = talking(SOREN, conversation="19:group@thread.v2", scope=Scope.GROUP)
    answer = await in_group.say("fortryd")
    assert heading(answer) == "Dit fravær er fortrudt"
    assert answer.is_personal


@pytest.mark.parametrize("asked", ["kan man fortryde?", "hvordan fortryder jeg", "kan jeg fortryde min ferie?"])
async def test_question_whether_it_can_be_taken_back_takes_nothing_back(
    asked: str, talking: Talking, cast_database: Database
):
    talk = await _said(talking, DEEDS["absence"])
    was = await stored(cast_database)
    assert heading(await talk.say(asked)) == "Skriv »fortryd«, så er det taget tilbage"
    assert await stored(cast_database) == was
    assert heading(await talk.press("fortryd")) == "Dit fravær er fortrudt"


async def test_what_is_named_is_taken_back_though_something_else_was_done_since(talking: Talking):
    await _said(talking, DEEDS["absence"])
    talk = await _said(talking, DEEDS["unchanged"])
    assert heading(await talk.say("fortryd ferien")) == "Dit fravær er fortrudt"
    assert heading(await talk.say("fortryd")).endswith("er taget tilbage")
    assert heading(await talk.say("fortryd ferien")) == "Det er allerede fortrudt: Dit fravær"
