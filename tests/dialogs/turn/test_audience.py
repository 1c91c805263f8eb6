"""How people and projects are called."""

from __future__ import annotations

from dialogs.turn.audience import Names
from portfolio.questions.answers import ProjectName, Vocabulary


def names(*projects: ProjectName) -> Names:
    return Names(Vocabulary(1, projects, (), frozenset(), frozenset(), (), (), ()))


def project(number: str, title: str, org_unit: str | None = None) -> ProjectName:
    return ProjectName(number, title, (), is_closed=False, org_unit=org_unit)


def test_projects_of_one_title_are_told_apart_by_number_and_department():
    called = names(
        project("G1", "GCdocs", "Børn og Unge"), project("G2", "gcdocs"), project("P1", "Skærmbesøg", "Sundhed")
    )
    assert called.project("G1") == "GCdocs (G1, Børn og Unge)"
    assert called.project("G2") == "gcdocs (G2)"
    assert called.project("P1") == "Skærmbesøg"
    assert called.project("P404") == "P404"
