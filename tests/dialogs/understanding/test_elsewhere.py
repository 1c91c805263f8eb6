"""Questions asked of other municipalities' portfolios than the one the product was made with.

The workbooks and the questions were written by examiners who had not seen the code, for municipalities that don't
exist. The answers held here are those that agreed with what the examiners worked out from the workbooks by themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from portfolio.principal import speaking_as
from storage.database import open_database
from storage.organisation import SqlPeopleStore
from tests.kit.fakes import FakeCourier
from tests.kit.stores import sql_stores

ZONE = ZoneInfo("Europe/Copenhagen")
FOLDER = Path(__file__).parent / "elsewhere"
MUNICIPALITIES = sorted(path.stem for path in FOLDER.glob("*.xlsx"))


def asked_in(municipality: str) -> Iterator[dict[str, Any]]:
    for line in (FOLDER / f"{municipality}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def faults(question: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    if answer["kind"] != question["kind"]:
        yield f"kind: {answer['kind']}, should be {question['kind']}"
        return
    for field in ("projects", "people"):
        right = set(question.get(field, ()))
        got = set(answer[field] or ()) if field in question else right
        if got != right:
            extra, missing = " ".join(sorted(got - right)), " ".join(sorted(right - got))
            yield f"{field}: too many: {extra or '-'}; missing: {missing or '-'}"
    if "value" in question and answer["value"] != pytest.approx(question["value"], abs=0.05):
        yield f"value: {answer['value']}, should be {question['value']}"
    if "meetings" in question and answer["total"] != question["meetings"]:
        yield f"meetings: {answer['total']}, should be {question['meetings']}"


async def faults_of_all(municipality: str, url: str) -> list[str]:
    database = open_database(url)
    try:
        stores, people = sql_stores(database, ZONE, FakeCourier()), SqlPeopleStore(database)
        assistant = Assistant(stores.reader, understand, stores)
        found = []
        for question in asked_in(municipality):
            asker = await people.person_by_address(question["as"]) if "as" in question else None
            now = datetime.combine(date.fromisoformat(question["today"]), time(12), ZONE)
            answer = await assistant.document(question["text"], Turn(speaking_as(asker), "da", now))
            found += [f"{question['text']}: {fault}" for fault in faults(question, answer)]
        return found
    finally:
        await database.close()


@pytest.fixture(scope="session", params=MUNICIPALITIES)
def elsewhere(request: pytest.FixtureRequest, imported: Callable[[Path], str]) -> tuple[str, str]:
    """A municipality's name, and the URL of the database that holds its portfolio."""
    return request.param, imported(FOLDER / f"{request.param}.xlsx")


async def test_people_elsewhere_are_answered_from_their_own_portfolio(elsewhere: tuple[str, str]) -> None:
    found = await faults_of_all(*elsewhere)
    assert not found, "\n".join(found)
