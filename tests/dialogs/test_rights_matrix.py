"""Who may do what, in each part, wherever they are: every order is tried by everybody, and every button that somebody
was shown is pressed by somebody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from dialogs.features import FEATURES
from dialogs.turn.audience import Scope
from dialogs.turn.reply import ForOne
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.deputies import Deputy
from portfolio.organisation import Person
from portfolio.rights import RIGHTS, Act, Part
from storage.audit import audit
from storage.database import Database
from tests.dialogs.conftest import HERE
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, IB, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
# Whoever has the part in "Skærmbesøg" or "Project Board"; the board's secretary is the portfolio office too.
PARTS: Mapping[Person, frozenset[Part]] = {
    INGE: frozenset({Part.OFFICE, Part.SECRETARY}),
    SOREN: frozenset({Part.LEAD}),
    METTE: frozenset({Part.DEPUTY}),
    GRY: frozenset({Part.OWNER}),
    VAGN: frozenset({Part.CHAIR}),
    AAGE: frozenset(),  # a member of the board, who leads another project
    IB: frozenset(),
}
NAMES = {person: person.name.split()[0] for person in PARTS}
STAYS = timedelta(days=3)


@dataclass(frozen=True)
class Probe:
    """A sentence that orders it, of which act it is, and the code of what a refusal writes down."""

    words: str
    act: Act | None = None
    denied: Action | None = None


# Every order, by its command. Without an act it is everybody's own, or a question.
ORDERS: Mapping[str, Probe] = {
    "report_status": Probe("status på skærmbesøg: gul, logind driller", Act.REPORT, Action.REPORT_DENIED),
    "correct_status": Probe("ret min status på skærmbesøg", Act.REPORT, Action.REPORT_DENIED),
    "unchanged": Probe("uændret status på skærmbesøg", Act.REPORT, Action.REPORT_DENIED),
    "request_status": Probe("bed om status på skærmbesøg", Act.REQUEST_STATUS, Action.REQUEST_DENIED),
    "hand_over": Probe("overdrag skærmbesøg til Ib Dam", Act.HAND_OVER, Action.HAND_OVER_DENIED),
    "close_project": Probe("afslut skærmbesøg", Act.CHANGE_PROJECT, Action.CHANGE_DENIED),
    "stop_project": Probe("stop skærmbesøg, leverandøren trak sig", Act.CHANGE_PROJECT, Action.CHANGE_DENIED),
    "reopen_project": Probe("genåbn skærmbesøg", Act.CHANGE_PROJECT, Action.CHANGE_DENIED),
    "move_end": Probe("flyt slutdatoen for skærmbesøg til 1. marts", Act.CHANGE_PROJECT, Action.CHANGE_DENIED),
    "milestone_reached": Probe("milepælen udbud på skærmbesøg er nået", Act.CHANGE_PROJECT, Action.CHANGE_DENIED),
    "move_milestone": Probe(
        "flyt milepælen udbud på skærmbesøg til 1. april", Act.CHANGE_PROJECT, Action.CHANGE_DENIED
    ),
    "set_rhythm": Probe("spørg om status på skærmbesøg hver 14. dag", Act.SET_RHYTHM, Action.RHYTHM_DENIED),
    "name_deputy": Probe(
        "Ib Dam er stedfortræder for Søren Æbelø-Østergård i næste uge", Act.NAME_DEPUTY, Action.DEPUTY_DENIED
    ),
    "open_round": Probe("åbn runde til Project Board", Act.RUN_ROUND, Action.ROUND_DENIED),
    "move_meeting": Probe(
        "flyt mødet i Project Board den 18. juni til den 19. juni kl. 10", Act.CHANGE_MEETING, Action.MEETING_DENIED
    ),
    "cancel_meeting": Probe("aflys mødet i Project Board den 18. juni", Act.CHANGE_MEETING, Action.MEETING_DENIED),
    "stop_reminders": Probe("stop alle påmindelser", Act.STEER_REMINDERS, Action.REMINDERS_DENIED),
    "resume_reminders": Probe("genoptag alle påmindelser", Act.STEER_REMINDERS, Action.REMINDERS_DENIED),
    "preview": Probe("forhåndsvisning af påmindelser", Act.SEE_OTHERS_REMINDERS),
    "show_sent": Probe("hvad blev der sendt i denne uge", Act.SEE_OTHERS_REMINDERS),
}
# What everybody does for themselves, asks, or is asked back about; the channel's are tried where a channel is.
EVERYBODYS = {
    *("show_deputies", "end_deputy", "take_back", "greeting", "thanks", "wonder", "restore_meeting", "show_channels"),
    *("pause", "show_round", "sum_up_round", "speak", "snooze", "absent", "back", "drop_absence", "reminders_off"),
    *("reminders_on", "my_reminders", "bind_channel", "unbind_channel", "who_has_seen"),
    *("show_held", "erase_mine", "contact", "export"),
    *("who_is", "what_may_i", "my_duties", "who_is_away", "explain", "tell_day", "who_are_you"),
}
SCOPES = [Scope.PERSONAL, Scope.GROUP, Scope.CHANNEL]
GUARDED = {command: probe for command, probe in ORDERS.items() if probe.denied}


@pytest.fixture
async def with_deputy(cast_database: Database, cast_stores: Stores) -> Stores:
    """Mette reports in Søren's place these days."""
    today = HERE.date()
    deputy = Deputy(SOREN.id, METTE.id, today - STAYS, today + STAYS)
    await cast_stores.reporting.set_deputy(deputy, SOREN.id, HERE)
    return cast_stores


async def written_down(database: Database) -> list[tuple[str, Action]]:
    rows = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.by, row.action) for row in rows]


def test_every_order_has_its_row():
    commands = {order.command for feature in FEATURES for order in (*feature.orders, *feature.shows)}
    assert commands - ORDERS.keys() - EVERYBODYS == set()
    assert {probe.act for probe in ORDERS.values()} | {Act.BIND_CHANNEL} == set(Act) == RIGHTS.keys()


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("person", PARTS, ids=NAMES.get)
@pytest.mark.parametrize("command", GUARDED)
async def test_order_is_for_those_whose_part_it_is(
    with_deputy: Stores, cast_database: Database, talking: Talking, command: str, person: Person, scope: Scope
):
    probe = GUARDED[command]
    before = await written_down(cast_database)
    reply = await talking(person, scope=scope).say(probe.words)
    denied = (person.id, probe.denied)
    noted = (await written_down(cast_database))[len(before) :]
    assert probe.act is not None
    if PARTS[person] & RIGHTS[probe.act]:
        assert denied not in noted
    else:
        assert noted == [denied]
        assert isinstance(reply, ForOne)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("person", PARTS, ids=NAMES.get)
async def test_others_reminders_are_shown_to_the_office_alone(talking: Talking, person: Person, scope: Scope):
    shown = (await talking(person, scope=scope).say(ORDERS["preview"].words)).text
    others = [name for other, name in NAMES.items() if other is not person and other.name in shown]
    assert bool(others) == (Part.OFFICE in PARTS[person])


@pytest.mark.parametrize("command", GUARDED)
async def test_somebody_whom_nobody_imported_orders_nothing(cast_database: Database, talking: Talking, command: str):
    await talking(None).say(GUARDED[command].words)
    assert await written_down(cast_database) == []
