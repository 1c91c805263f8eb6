"""What is somebody's own is said to them alone, wherever they write; only what is listed here is for all who read."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import dialogs
from dialogs.turn.audience import Scope
from dialogs.turn.reply import ForAll, ForOne, Reply
from tests.kit.cards import words_on
from tests.kit.talk import Talk
from tests.world.people import INGE, METTE, SOREN

Talking = Callable[..., Talk]
ROOM = Path(dialogs.__file__).parent
# The answers to questions on the portfolio, which all may read; the rounds of a group; help, what words mean, and that
# something wasn't understood or can't be done; what a body's channel is reminded of.
FOR_ALL = {
    *(f"questions/{name}_card.py" for name in ("list", "count", "figure", "people", "changes", "clarify", "group")),
    *("projects/card.py", "history/trend_card.py", "meetings/list_card.py", "memory/either_card.py"),
    *(f"questions/{name}_card.py" for name in ("fact", "belongings", "names")),
    *("rounds/card.py", "rounds/summary_card.py", "help/cards.py", "remark.py", "cards/errors.py"),
    *("reminders/message.py", "contacts/cards.py", "glossary/card.py", "calendar/handlers.py"),
    "exports/cards.py",  # a link to a list, how to get one
    "forms/questions.py",  # whether to open a round, where it is to be shown
}
GROUPS = pytest.mark.parametrize("scope", [Scope.GROUP, Scope.CHANNEL])
COMMENT = "logind driller"
OWN = [
    "meld status",
    "meld status på skærmbesøg",
    "meld status på skærmbesøg trin for trin",
    f"status på skærmbesøg: gul, {COMMENT}",
    "uændret status på skærmbesøg",
    "mine påmindelser",
    "jeg er væk i næste uge",
    "mind mig om skærmbesøg på torsdag",
    "slå kommende møder fra",
    "mine stedfortrædere",
    "Mette Lindegaard er min stedfortræder i næste uge",
    "gør Mette Lindegaard til min stedfortræder",
    "overdrag skærmbesøg til Mette Lindegaard",
    "fortryd",
    "hvad får jeg påmindelser om",
    "jeg er syg fra i morgen",
    "jeg er tilbage",
    "mind mig igen på mandag",
    "annuller min stedfortræder",
    "send det",
    "hvad ved du om mig",
    "slet mine data",
    "hvem er jeg",
    "hvad må jeg",
    "hvad mangler jeg",
    "hvem er væk i dag",
]
OFFICES = ["forhåndsvisning af påmindelser", "stop alle påmindelser", "hvad blev der sendt i denne uge"]


def _said_to_all(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == ForAll.__name__ for node in ast.walk(tree))


def test_only_these_speak_to_all():
    kit = {"turn/reply.py", "turn/courier.py", "rounds/handlers.py", "cards/elements.py"}
    found = {
        str(file.relative_to(ROOM)) for file in ROOM.rglob("*.py") if _said_to_all(ast.parse(file.read_text("utf-8")))
    }
    assert found - kit == FOR_ALL


def test_no_reply_is_for_nobody_in_particular():
    with pytest.raises(TypeError, match="abstract"):
        Reply(None, "Hej.")  # type: ignore[abstract]


@GROUPS
@pytest.mark.parametrize("sentence", OWN)
async def test_what_a_lead_does_is_said_to_them_alone(talking: Talking, scope: Scope, sentence: str):
    assert isinstance(await talking(SOREN, scope=scope).say(sentence), ForOne)


@GROUPS
@pytest.mark.parametrize("sentence", OFFICES)
async def test_what_the_office_looks_at_is_said_to_it_alone(talking: Talking, scope: Scope, sentence: str):
    assert isinstance(await talking(INGE, scope=scope).say(sentence), ForOne)


@GROUPS
async def test_draft_asked_for_step_by_step_is_shown_to_nobody_else(talking: Talking, scope: Scope):
    private = talking(SOREN, conversation="own")
    await private.say(f"status på skærmbesøg: gul, {COMMENT}")
    there = talking(SOREN, scope=scope, conversation="group")
    for words in ("trin for trin", "fortsæt", "hvilke projekter er røde", "meld status på skærmbesøg", "trin for trin"):
        reply = await there.say(words)
        assert isinstance(reply, ForOne) or COMMENT not in reply.text + words_on(reply.card or {})


@GROUPS
async def test_others_question_is_answered_without_what_somebody_is_filling_in(talking: Talking, scope: Scope):
    there = talking(SOREN, scope=scope, conversation="group")
    await there.say(f"status på skærmbesøg: gul, {COMMENT}")
    reply = await there.say("hvilke projekter er røde")
    assert isinstance(reply, ForAll)
    assert "Meld status" not in words_on(reply.card or {})


async def test_what_a_group_asked_may_be_answered_in_the_own_chat(talking: Talking):
    there = talking(SOREN, scope=Scope.GROUP, conversation="group")
    asked = await there.say(f"status på skærmbesøg: gul, {COMMENT}")
    assert isinstance(asked, ForOne)
    done = await talking(SOREN, conversation="own").say("ja")
    assert done.text.startswith("Status er meldt på Skærmbesøg")


async def test_what_is_asked_of_one_is_not_answered_by_another(talking: Talking):
    await talking(SOREN, scope=Scope.GROUP, conversation="group").say(f"status på skærmbesøg: gul, {COMMENT}")
    done = await talking(METTE, scope=Scope.GROUP, conversation="group").say("ja")
    assert "Status er meldt" not in done.text
