"""The error of a text that is no value of a field."""

from __future__ import annotations

from dialogs.forms.fields import Fault


class Unread(Exception):  # noqa: N818 - a thing said of the text
    """`is_near`: it was meant as an answer, although it is none: "150", "gul eller rød". Otherwise it may be about
    something else."""

    def __init__(self, fault: Fault, *, is_near: bool = False) -> None:
        super().__init__(fault.key)
        self.fault = fault
        self.is_near = is_near
