"""What nobody else understood may be read with a language model's help, which is marked, and orders nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from dialogs.turn.audience import Scope
from dialogs.turn.beside import Beside, Mentioned, mention_word
from dialogs.turn.visit import Stores
from dialogs.understanding.second.reading import SecondReader
from portfolio.deeds import Deed
from portfolio.organisation import Person
from portfolio.principal import speaking_as
from storage.database import Database
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.cards import heading
from tests.kit.fakes import ScriptedModel
from tests.kit.talk import Talk
from tests.world.people import AAGE, METTE, SOREN
from tests.world.portfolio import NOW

Talking = Callable[..., Talk]
# Nothing in it is known but the words for projects.
BURNING = "hvilke projekter står i flammer"
RED = {"target": "projects", "where": [{"overall": ["red"]}]}
MARK = "En sprogmodel har hjulpet med at forstå spørgsmålet."


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(RED)


@pytest.fixture
def helped(cast_stores: Stores, model: ScriptedModel) -> Assistant:
    return Assistant(cast_stores.reader, understand, cast_stores, read_again=SecondReader(model).read_again)


@pytest.fixture
def asking(talking: Talking, helped: Assistant) -> Talking:
    """Somebody's conversation, where a language model helps."""

    def talk(person: Person | None, **more: object) -> Talk:
        return replace(talking(person, **more), assistant=helped)

    return talk


@pytest.mark.parametrize("person", [SOREN, None])
async def test_question_that_was_unclear_is_answered_with_a_mark(
    person: Person | None, asking: Talking, model: ScriptedModel
):
    reply = await asking(person).say(BURNING)
    lines = reply.text.split("\n")
    assert (heading(reply), lines[1].startswith(MARK)) == ("1 rødt projekt", True)
    assert "Sådan forstod jeg spørgsmålet: samlet status: rød." in lines
    assert reply.card is not None
    assert reply.card["body"][1]["text"].startswith(MARK)
    assert MARK in reply.card["speak"]
    assert MARK in reply.card["fallbackText"]
    assert model.messages == [BURNING]


async def test_mark_is_in_the_language_of_the_question(asking: Talking):
    reply = await asking(SOREN).say("which projects are going down the drain")
    assert "A language model helped to understand the question." in reply.text


async def test_scripts_are_told_too(helped: Assistant, asking: Talking):
    turn = asking(SOREN).turn
    for document in (await helped.document(BURNING, turn), await helped.written(await helped.answer(BURNING, turn))):
        assert (document["kind"], document["projects"]) == ("projects", ["P003"])
        assert document["understood"] == {"overall": ["red"], "by_model": True}
    assert "by_model" not in (await helped.document("hvilke projekter er røde", turn))["understood"]


async def test_next_message_goes_on_from_the_answer_and_chips_work(asking: Talking, model: ScriptedModel):
    talk = asking(SOREN)
    await talk.say(BURNING)
    follows = await talk.say("og hvem leder dem")
    assert "Åge Ørsted-Kjærgaard" in follows.text
    assert MARK not in follows.text
    every = await talk.press("Fjern samlet status: rød", talk.replies[0])
    assert MARK not in every.text
    assert len(model.sent) == 1


@pytest.mark.parametrize(
    "text",
    [
        "hvilke projekter er røde",
        "hjælp",
        "tak",
        "meld status på skærmbesøg",
        "slå mine påmindelser fra",
        "kan man slå påmindelser fra",
        "skærmbesøg er gul",
        "hvor meget brugte vi i 3. kvartal",
        "gør skærmbesøg lilla",
        "slet alle de røde projekter",
        "jeg hader det her system",
        "flammehav",
        "kun dem der brænder",
        "hvem brænder hun for",
        "hvilke projekter har 010203-1234 i flammer",
        f"hvilke projekter {'virkelig ' * 40}står i flammer",
    ],
)
async def test_what_is_understood_ordered_told_or_points_back_is_not_sent(
    text: str, asking: Talking, model: ScriptedModel
):
    await asking(SOREN).say(text)
    assert model.sent == []


async def test_what_a_form_or_a_question_waits_for_is_not_sent(asking: Talking, model: ScriptedModel):
    talk = asking(SOREN)
    await talk.say("meld status")
    await talk.say("hvilke knaster ligger der")  # the choice of a project waits
    await talk.say("skærmbesøg er gul, vi mangler vikarer")
    await talk.say("hvilke knaster ligger der")  # the status waits for a yes
    assert model.sent == []


async def test_strangers_who_are_mentioned_are_not_told_of(helped: Assistant, asking: Talking, model: ScriptedModel):
    stranger = Mentioned(mention_word("stranger"), "Gertrud Hansen", is_stranger=True)
    colleague = Mentioned(mention_word(AAGE.id), AAGE.name)
    for mentioned in ((stranger,), (colleague, stranger)):
        text = f"hvilke projekter ulmer hos {' og '.join(one.word for one in mentioned)}"
        await helped.ask(text, replace(asking(SOREN).turn, beside=Beside(mentioned)))
    assert model.sent == []


async def test_colleague_who_is_mentioned_is_hidden_and_put_back(
    helped: Assistant, asking: Talking, model: ScriptedModel
):
    model.says = {"target": "projects", "where": [{"lead": ["PERSON1"]}]}
    turn = replace(asking(SOREN).turn, beside=Beside((Mentioned(mention_word(AAGE.id), AAGE.name),)))
    reply = await helped.ask(f"hvilke projekter ulmer hos {mention_word(AAGE.id)}", turn)
    assert model.messages == ["hvilke projekter ulmer hos PERSON1"]
    assert "Byggesager på nettet" in reply.text


async def test_signature_is_not_sent(asking: Talking, model: ScriptedModel):
    await asking(SOREN).say(f"{BURNING}? Mvh Ingolf fra IT")
    assert model.messages == [BURNING]


async def test_names_are_sent_only_where_they_may_be(cast_stores: Stores, asking: Talking, model: ScriptedModel):
    model.says = {"target": "projects", "where": [{"lead": ["Åge"]}]}
    text = "hvilke projekter ulmer hos Åge"
    assert MARK not in (await asking(SOREN).say(text)).text
    may_see = SecondReader(model, may_see_names=True).read_again
    assistant = Assistant(cast_stores.reader, understand, cast_stores, read_again=may_see)
    assert MARK in (await replace(asking(SOREN), assistant=assistant).say(text)).text
    assert model.messages == ["hvilke projekter ulmer hos PERSON1", text]


@pytest.mark.parametrize(
    "says",
    [
        None,
        {"target": "none"},
        {"target": "reminders_off"},
        {"target": "projects", "where": [{"focus_areas": ["Klima"]}]},
        {"verb": "switch_off", "data": {}},
        [[[]]],
    ],
)
async def test_anything_else_that_it_says_is_as_without_it(
    says: object, talking: Talking, asking: Talking, model: ScriptedModel, cast_database: Database
):
    model.says, was = says, await stored(cast_database)
    reply = await asking(SOREN).say(BURNING)
    assert len(model.sent) == 1
    assert reply == await talking(SOREN).say(BURNING)
    assert reply.is_unclear
    assert await stored(cast_database) == was


async def test_in_the_channel_of_a_body_its_meetings_are_marked_too(
    asking: Talking, model: ScriptedModel, cast_stores: Stores, helped: Assistant
):
    model.says = {"target": "meetings", "where": [{"meeting": {"first": "2026-06-01"}}]}
    reply = await asking(METTE, scope=Scope.GROUP, conversation="group").say("hvornår bliver folk kaldt ind")
    assert MARK in reply.text
    assert not reply.is_personal


async def test_others_may_store_something_while_it_is_asked(cast_stores: Stores, asking: Talking, model: ScriptedModel):
    deed = Deed("deed", METTE.id, "kind", {}, NOW)

    async def store() -> None:
        await asyncio.wait_for(asyncio.create_task(cast_stores.deeds.remember(deed)), 5)

    model.meanwhile = store
    async with cast_stores.together():
        assert MARK in (await asking(SOREN).say(BURNING)).text
    assert await cast_stores.deeds.deed("deed") == deed


async def test_without_one_nothing_is_read_again(talking: Talking):
    assert (await talking(SOREN).say(BURNING)).is_unclear


async def test_turn_by_itself_is_read_as_by_anybody(helped: Assistant, asking: Talking, model: ScriptedModel):
    """Whoever isn't known may ask general questions, in words of their own too."""
    turn: Turn = replace(asking(SOREN).turn, principal=speaking_as(None))
    assert MARK in (await helped.ask(BURNING, turn)).text
    assert len(model.sent) == 1
