"""Every question people ask gets the answer worked out from the workbook, on the way that `ask --json` goes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from portfolio.principal import speaking_as
from storage.database import Database
from storage.organisation import SqlPeopleStore
from tests.dialogs.understanding.check import judge, questions
from tests.dialogs.understanding.workbook import Book
from tests.kit.fakes import FakeCourier
from tests.kit.stores import sql_stores

ZONE = ZoneInfo("Europe/Copenhagen")


async def answered(question: dict[str, Any], assistant: Assistant, people: SqlPeopleStore) -> dict[str, Any]:
    asker = await people.person_by_address(question["as"]) if question.get("as") else None
    now = datetime.combine(date.fromisoformat(question["today"]), time(12), ZONE)
    return await assistant.document(question["text"], Turn(speaking_as(asker), "da", now))


async def test_every_question_is_answered_as_a_colleague_would(example: Database, book: Book) -> None:
    stores, people = sql_stores(example, ZONE, FakeCourier()), SqlPeopleStore(example)
    assistant = Assistant(stores.reader, understand, stores)
    faults = [
        f"{question['text']}: {'; '.join(verdict.faults)}"
        for question in questions()
        if (verdict := judge(question, await answered(question, assistant, people), book)).faults
    ]
    assert not faults, "\n".join(faults)


async def test_there_are_more_than_1300_questions_and_each_field_is_asked_for() -> None:
    asked = list(questions())
    assert len({question["text"] for question in asked}) >= 1300
    fields = {name for question in asked for name in question.get("understood", {})}
    assert fields >= {"focus_areas", "org_units", "overall", "lead", "missing_status", "late", "over_budget"}
