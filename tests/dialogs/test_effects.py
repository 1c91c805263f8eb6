"""What comes of each order: something is shown, or done at once since it is one's own, or asked first since others hear
of it, it publishes, or it can't be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from dialogs.features import FEATURES
from dialogs.turn.audience import Scope
from dialogs.turn.orders import Effect
from dialogs.turn.visit import Stores
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.organisation import Person
from storage.database import Database
from storage.schema import metadata
from tests.dialogs.conftest import HERE
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import INGE, SOREN

Talking = Callable[..., Talk]
CHANNEL = "19:board@thread.tacv2;messageid=1"
# What is remembered of a conversation is nothing that was stored.
OF_CONVERSATION = {"drafts", "audit_head", "last_answers"}


@dataclass(frozen=True)
class Ordered:
    """An order as somebody says it who may, after what was said `before`."""

    words: str
    effect: Effect
    person: Person = SOREN
    before: tuple[str, ...] = ()
    scope: Scope = Scope.PERSONAL


SHOWS, AT_ONCE, ASKS = Effect
ORDERS: Mapping[str, Ordered] = {
    # Shown
    "show_deputies": Ordered("vis mine stedfortrædere", SHOWS),
    "my_reminders": Ordered("mine påmindelser", SHOWS),
    "preview": Ordered("forhåndsvisning af påmindelser", SHOWS),
    "show_sent": Ordered("hvad blev der sendt i denne uge", SHOWS),
    "show_channels": Ordered("kanaler", SHOWS),
    "show_round": Ordered("vis runden", SHOWS),
    "sum_up_round": Ordered("opsamling", SHOWS),
    "who_has_seen": Ordered("hvem har set mine oplysninger", SHOWS),
    "show_held": Ordered("mine data", SHOWS),
    "erase_mine": Ordered("slet mine data", SHOWS),
    "who_is": Ordered("hvem er jeg", SHOWS),
    "what_may_i": Ordered("hvad må jeg", SHOWS),
    "my_duties": Ordered("hvad mangler jeg", SHOWS),
    "who_is_away": Ordered("hvem er væk i dag", SHOWS),
    "explain": Ordered("hvad betyder gul", SHOWS),
    "contact": Ordered("hvad er mailen til Ib Dam", SHOWS),
    "tell_day": Ordered("hvilken dag er det i dag", SHOWS),
    "who_are_you": Ordered("hvem er du", SHOWS),
    "export": Ordered("lav et regneark med de røde projekter", SHOWS),
    # One's own
    "unchanged": Ordered("uændret på skærmbesøg", AT_ONCE),
    "take_back": Ordered("fortryd", AT_ONCE, before=("jeg er syg i dag",)),
    "speak": Ordered("svar på engelsk", AT_ONCE),
    "snooze": Ordered("mind mig om skærmbesøg på mandag", AT_ONCE),
    "absent": Ordered("jeg er syg i dag", AT_ONCE),
    "back": Ordered("jeg er tilbage", AT_ONCE, before=("jeg er syg i dag",)),
    "drop_absence": Ordered("aflys min ferie", AT_ONCE, before=("jeg er på ferie i uge 29",)),
    "reminders_off": Ordered("slå mødepåmindelser fra", AT_ONCE),
    "reminders_on": Ordered("slå mødepåmindelser til", AT_ONCE, before=("slå mødepåmindelser fra",)),
    "set_rhythm": Ordered("spørg om status på skærmbesøg hver uge", AT_ONCE),
    # Others'
    "report_status": Ordered("status på skærmbesøg: gul, logind driller", ASKS),
    "correct_status": Ordered("ret min status på skærmbesøg", ASKS, before=("uændret på skærmbesøg",)),
    "request_status": Ordered("bed Ib Dam om en status", ASKS, INGE),
    "close_project": Ordered("afslut skærmbesøg fordi det er i drift", ASKS),
    "stop_project": Ordered("stop skærmbesøg fordi pengene er brugt", ASKS),
    "reopen_project": Ordered("genåbn skærmbesøg", ASKS, INGE),
    "move_end": Ordered("flyt slutdatoen for skærmbesøg til 1. marts 2028", ASKS),
    "milestone_reached": Ordered("milepælen udbud er nået på skærmbesøg", ASKS),
    "move_milestone": Ordered("flyt milepælen udbud på skærmbesøg til 1. marts 2028", ASKS),
    "name_deputy": Ordered("Mette Lindegaard er min stedfortræder i næste uge", ASKS),
    "end_deputy": Ordered("stop Mette som stedfortræder",
    ASKS, before=("Mette Lindegaard er min stedfortræder i næste uge", "ja")),
    "hand_over": Ordered("overdrag skærmbesøg til Ib Dam", ASKS),
    "open_round": Ordered("åbn runde til Project Board", ASKS, INGE),
    "move_meeting": Ordered("flyt mødet i Project Board til den 22. juni kl. 10", ASKS, INGE),
    "cancel_meeting": Ordered("aflys mødet i Project Board", ASKS, INGE),
    "restore_meeting": Ordered("hold mødet i Project Board alligevel", ASKS, INGE, ("aflys mødet i Project Board",
    "ja")),
    "bind_channel": Ordered("dette er kanalen for Project Board", ASKS, INGE, scope=Scope.CHANNEL),
    "unbind_channel": Ordered(
        "dette er ikke længere kanalen for Project Board", ASKS, INGE, ("dette er kanalen for Project Board",
        "ja"), Scope.CHANNEL
    ),
    "stop_reminders": Ordered("stop alle påmindelser", ASKS, INGE),
    "pause": Ordered("pause til mandag", ASKS, INGE),
    "resume_reminders": Ordered("start påmindelser igen", ASKS, INGE, ("stop alle påmindelser", "ja")),
}  # fmt: skip
EFFECTS = {order.command: order.effect for feature in FEATURES for order in reversed([*feature.orders, *feature.shows])}
# What is said of others' projects is asked first, too.
OF_OTHERS = {"set_rhythm": INGE}


async def counted(database: Database) -> dict[str, int]:
    tables = [table for table in metadata.sorted_tables if table.name not in OF_CONVERSATION]
    async with database.connect() as connection:
        counts = {table: await connection.execute(select(func.count()).select_from(table)) for table in tables}
        return {table.name: rows.scalar_one() for table, rows in counts.items()}


@pytest.fixture
async def saying(talking: Talking, cast_stores: Stores) -> Callable[[Ordered], Talk]:
    reference = ConversationReference(
        "tenant", CHANNEL, ConversationKind.CHANNEL, "https://smba.trafficmanager.net/emea/", "28:bot", HERE
    )
    await cast_stores.reminding.conversations.save_reference(reference)

    def said_by(ordered: Ordered) -> Talk:
        where = {"conversation": CHANNEL} if ordered.scope is Scope.CHANNEL else {}
        return talking(ordered.person, scope=ordered.scope, **where)

    return said_by


def test_every_order_stands_in_the_table():
    assert {command: ordered.effect for command, ordered in ORDERS.items()} == EFFECTS


@pytest.mark.parametrize("command", [command for command, ordered in ORDERS.items() if ordered.effect is ASKS])
async def test_what_reaches_others_stores_nothing_and_tells_nobody_before_the_yes(
    command: str, saying: Callable[[Ordered], Talk], cast_database: Database, courier: FakeCourier
):
    ordered = ORDERS[command]
    talk = saying(ordered)
    for words in ordered.before:
        await talk.say(words)
    was, told = await counted(cast_database), len(courier.told)
    await talk.say(ordered.words)
    assert await counted(cast_database) == was
    assert len(courier.told) == told


@pytest.mark.parametrize("command", [command for command, ordered in ORDERS.items() if ordered.effect is AT_ONCE])
async def test_what_is_done_at_once_is_told_to_nobody_and_can_be_taken_back(
    command: str, saying: Callable[[Ordered], Talk], cast_stores: Stores, courier: FakeCourier
):
    ordered = ORDERS[command]
    talk = saying(ordered)
    for words in (*ordered.before, ordered.words):
        await talk.say(words)
    assert courier.told == []
    (last, *_) = await cast_stores.deeds.recent(ordered.person.id)
    ways = {kind: way for feature in FEATURES for kind, way in feature.undoing.items()}
    assert ways[last.kind].undo


@pytest.mark.parametrize("command", OF_OTHERS)
async def test_of_a_project_that_somebody_else_leads_it_is_asked_first(
    command: str, talking: Talking, cast_database: Database
):
    talk, was = talking(OF_OTHERS[command]), await counted(cast_database)
    asked = await talk.say(ORDERS[command].words)
    assert asked.text.endswith("Intet er ændret endnu.")
    assert await counted(cast_database) == was
    assert (await talk.say("ja")).text.startswith("Jeg spørger til status på Skærmbesøg i hjemmeplejen hver uge.")
