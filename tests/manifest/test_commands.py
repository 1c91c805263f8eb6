"""What Teams offers in its command menu, the bot understands."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.features import understand
from dialogs.rounds.orders import OpenRound
from dialogs.turn.orders import ReportStatus
from dialogs.turn.readings import Asked, HelpWanted
from dialogs.understanding.language.lexicon import Lexicon
from manifest.app_package import DEFAULT_LANGUAGE, OTHER_LANGUAGES, read_texts
from portfolio.bodies import Body, BodyKind
from portfolio.organisation import OrgUnit, Role
from portfolio.projects.status import Rag
from portfolio.projects.strategy import FocusArea
from portfolio.questions.answers import ProjectName, Vocabulary
from portfolio.questions.question import Question, Sort, Target, unless, which
from tests.world.people import person

LEAD = person("signe.holm@birkefjord.example", "Signe Holm", unit="Børn og Unge", role=Role.PROJECT_LEAD)
VOCABULARY = Vocabulary(
    version=1,
    projects=(ProjectName("P001", "Digital byggesag", (), is_closed=False),),
    people=(LEAD,),
    leads=frozenset({LEAD.id}),
    owners=frozenset(),
    org_units=(OrgUnit("Børn og Unge"),),
    focus_areas=(FocusArea("Klima og ressourcer"),),
    bodies=(Body("Styregruppen for digitalisering", BodyKind.STEERING_GROUP),),
)
MEANT = {
    "my_projects": Question(where=which(lead=(LEAD.id,))),
    "my_department": Question(where=which(org_units=("Børn og Unge",))),
    "red": Question(where=which(overall=(Rag.RED,))),
    "missing_status": Question(where=which(missing_status=True)),
    "late": Question(where=which(late=True)),
    "over_budget": Question(where=which(over_budget=True)),
    "disputed": Question(where=which(disputed=True)),
    "oldest_status": Question(where=unless(overall=(Rag.NONE,)), sort=Sort("status_age", descending=True), limit=5),
    "meetings": Question(Target.MEETINGS),
}


@pytest.mark.parametrize("language", [DEFAULT_LANGUAGE, *OTHER_LANGUAGES])
def test_lead_who_picks_a_command_is_understood(language: str):
    commands = read_texts(language)["commands"]
    readings = {
        name: understand(command["title"], Lexicon.of(VOCABULARY), LEAD, date(2026, 11, 22))
        for name, command in commands.items()
    }
    orders = {"report_status": ReportStatus(), "round": OpenRound()}
    assert readings == {"help": HelpWanted(), **orders} | {name: Asked(question) for name, question in MEANT.items()}
