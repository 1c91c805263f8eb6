"""The cast: the people whom the tests are about, each with one name and one address."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from portfolio.identity import PersonId
from portfolio.organisation import Person, Role, Standing


def id_of(email: str) -> PersonId:
    """The id that the tests give to whoever has that address."""
    return PersonId(uuid5(NAMESPACE_URL, email).hex)


def person(email: str, name: str, unit: str | None = None, *, role: Role | None = None, **more: Any) -> Person:
    return Person(id_of(email), name, email, unit, roles=() if role is None else (role,), **more)


def mentioned(email: str) -> Person:
    """Somebody of whom a file says the address alone."""
    return Person(id_of(email), email, email, standing=Standing.MENTIONED)


# The project lead whom most tests follow.
SOREN = person("soeren@birkefjord.example", "Søren Æbelø-Østergård", "Børn og Unge", role=Role.PROJECT_LEAD)
# His manager, who heads the department and owns some of his projects.
GRY = person("gry@birkefjord.example", "Gry Thorlund", "Børn og Unge", role=Role.HEAD)
# An owner of projects; her address has a letter that few mail systems know.
ASTRID = person("astrid.kjærulff@birkefjord.example", "Astrid Kjærulff", role=Role.HEAD)
# A colleague of Søren's, who stands in for him.
METTE = person("mette@birkefjord.example", "Mette Lindegaard", "Børn og Unge")
# A lead in another department.
AAGE = person("aage@birkefjord.example", "Åge Ørsted-Kjærgaard", "Teknik", role=Role.PROJECT_LEAD)
# The secretary of the board, who is the portfolio office.
INGE = person("inge@birkefjord.example", "Inge Sandal", role=Role.SECRETARY)
# A director, who is in the chair.
VAGN = person("vagn@birkefjord.example", "Vagn Holm", role=Role.DIRECTOR)
# A clerk without a part in any project.
IB = person("ib@birkefjord.example", "Ib Dam")

# A lead whose name would be a link and a mention if it were not made plain.
MARKUP_PERSON = person("bo@birkefjord.example", "[Bo](http://evil.example) <at>Alle</at>", role=Role.PROJECT_LEAD)
# The person with the longest name.
LONG_NAME = person("lang@birkefjord.example", "Æbelø " * 40)

# Namesakes: one shares Søren's first name, and two share all of theirs.
HOLM = person("holm@birkefjord.example", "Søren Holm")
ANDERS = tuple(person(f"anders{number}@birkefjord.example", "Anders Andersen") for number in (1, 2))
# A person whose name is often written with other letters.
AASE = person("aase@birkefjord.example", "Åse Bjerg")

# Colleagues in another municipality, known to Teams, who write and press over the wire: two leads and a secretary.
MAJA = person("maja.holm@kommune.example", "Maja Holm", "Ældre", role=Role.PROJECT_LEAD, entra_id="entra-maja")
OLE = person("ole.krag@kommune.example", "Ole Krag", "Ældre", role=Role.PROJECT_LEAD, entra_id="entra-ole")
IDA = person("ida.lund@kommune.example", "Ida Lund", "Ældre", role=Role.SECRETARY, entra_id="entra-ida")
