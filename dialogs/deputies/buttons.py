"""The button that ends a deputy's time, with the verb that it sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dialogs.cards.elements import Element, button
from dialogs.turn.button import Button, Day, PersonRef, ProjectNumber
from portfolio.deputies import Deputy


@dataclass(frozen=True, slots=True)
class End(Button):
    verb: ClassVar[str] = "deputy_end"
    command: ClassVar[str] = "end_deputy"
    lead: PersonRef
    deputy: PersonRef
    first: Day
    last: Day
    project: ProjectNumber | None = None

    @property
    def meant(self) -> Deputy:
        return Deputy(self.lead, self.deputy, self.first, self.last, self.project)


def end(deputy: Deputy) -> End:
    return End(deputy.lead, deputy.deputy, deputy.first, deputy.last, deputy.project)


def end_deputy(title: str, deputy: Deputy) -> Element:
    return button(title, end(deputy))
