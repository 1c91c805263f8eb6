"""The button that asks for a status, with the verb that it sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from dialogs.cards.elements import Element, button
from dialogs.turn.button import Button, Name

MOST_PROJECTS = 200


@dataclass(frozen=True, slots=True)
class Request(Button):
    """Ask for the status of these projects. It is asked first; the button is `sure` on the yes to that."""

    verb: ClassVar[str] = "status_request"
    projects: Annotated[tuple[Name, ...], Field(max_length=MOST_PROJECTS)]
    sure: bool = False

    def __post_init__(self) -> None:
        if not self.projects:
            raise ValueError("no projects")


def request_status(title: str, projects: Sequence[str], *, is_sure: bool = False) -> Element:
    return button(title, Request(tuple(projects), is_sure))
