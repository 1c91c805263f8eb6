"""Activities as Teams was seen to send them, with invented people, fitted to the Teams of the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.kit.teams import FakeTeams

PAYLOADS = Path(__file__).parent.parent / "bot" / "over_the_wire" / "payloads"


def payload(teams: FakeTeams, name: str, **changes: Any) -> dict[str, Any]:
    """The activity in the file of that name; `changes` replace its fields."""
    activity = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    fitting = teams.activity(activity["type"])
    same = {key: fitting[key] for key in ("id", "timestamp", "channelId", "serviceUrl", "locale")}
    return activity | same | changes
