"""Reads what Teams tells of somebody who takes or leaves a file: a button, and the place where the file may lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botbuilder.schema import Activity

from dialogs.exports.buttons import ADDRESS, FILE_ID, NAME, WHERE, LeaveFile, TakeFile

_VERBS = {"accept": TakeFile.verb, "decline": LeaveFile.verb}
_PLACE = {"uploadUrl": ADDRESS, "contentUrl": WHERE, "name": NAME, "uniqueId": FILE_ID}


def consent_in(activity: Activity) -> tuple[str, dict[str, Any]]:
    """Returns verb and data of the button. What is none has a verb that nobody knows, and is refused as such."""
    value = activity.value if isinstance(activity.value, dict) else {}
    place = _object(value.get("uploadInfo"))
    said = {_PLACE[name]: told for name, told in place.items() if name in _PLACE}
    return _VERBS.get(str(value.get("action")), ""), {**_object(value.get("context")), **said}


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
