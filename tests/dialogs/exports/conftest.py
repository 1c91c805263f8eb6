"""People who want a list as a file, wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dialogs.assistant import Assistant
from dialogs.features import understand
from dialogs.turn.visit import Stores
from portfolio.organisation import Person
from tests.dialogs.conftest import HERE
from tests.kit.fakes import FakeFiles
from tests.kit.talk import Talk


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def served(cast_stores: Stores, files: FakeFiles) -> Stores:
    """The cast's stores, with somewhere for files to go."""
    return replace(cast_stores, files=files)


@pytest.fixture
def wanting(served: Stores) -> Callable[..., Talk]:
    """Somebody's conversation; by default in their own chat in Teams, on a Tuesday morning."""
    assistant = Assistant(served.reader, understand, served)

    def talk(person: Person | None, **more: Any) -> Talk:
        return Talk(assistant, person, **{"now": HERE, "conversation": f"of-{person and person.id}", **more})

    return talk
