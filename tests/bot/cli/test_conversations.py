"""`tovholder chat --batch`: whole conversations from a file, as scripts hold them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.chatting import chat
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.world.municipality import CAST
from tests.world.people import IB, INGE, SOREN

NOW = "2026-06-09T10:00"
Told = tuple[int, list[dict[str, Any]]]
Held = Callable[..., Told]


@pytest.fixture
async def cast_url(database_url: str) -> str:
    database = open_database(database_url)
    await SqlPortfolioWriter(database).apply(CAST)
    await database.close()
    return database_url


@pytest.fixture
def held(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Held:
    """Holds conversations, on a SQLite database unless another one is set."""
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", sqlite_url)

    def hold(*lines: dict[str, Any] | bytes, **options: Any) -> Told:
        file = tmp_path / "conversations.jsonl"
        file.write_bytes(b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines))
        code = chat(batch=file, **options)
        written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, [document for document in written if "event" not in document]  # the tests' log

    return hold


@pytest.fixture
async def on_the_cast(held: Held, cast_url: str, monkeypatch: pytest.MonkeyPatch) -> Held:
    """Holds them on the small municipality, in a database of each kind in turn."""
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", cast_url)
    return held


def turns_of(told: Told) -> list[dict[str, Any]]:
    code, (document,) = told
    assert code == 0
    turns: list[dict[str, Any]] = document["turns"]
    return turns


def script(*turns: Any, **more: Any) -> dict[str, Any]:
    return {"as": SOREN.email, "now": NOW, "scope": "personal", "turns": list(turns), **more}


def test_lead_reports_by_the_form_and_takes_it_back(on_the_cast: Held):
    filled = {"Samlet status": "● Gul", "Hvad er der sket siden sidst?": "Vi venter", "fremdrift": 55}
    form, done, undone, nothing = turns_of(
        on_the_cast(
            script("meld status på Skærmbesøg", {"press": "Meld status", "fill": filled}, "fortryd", "hvem leder P002")
        )
    )
    assert (form["kind"], form["understood"]["command"], form["did"]) == ("command", "report_status", [])
    assert form["buttons"][-2:] == ["Meld status", "Gem kladde"]
    assert done["did"] == [
        {
            "action": "report_published",
            "subject": "P001",
            "detail": {"before": "green", "day": "2026-06-09", "overall": "amber", "version": "1"},
        }
    ]
    assert "55 %" in done["text"]
    assert [one["action"] for one in undone["did"]] == ["report_taken_back"]
    assert (nothing["kind"], nothing["people"], nothing["did"]) == ("field", [SOREN.email], [])


def test_conversations_know_nothing_of_each_other_and_leave_nothing(on_the_cast: Held):
    said = script("Skærmbesøg er gul: leverandøren er forsinket", "ja", "hvilke projekter er gule")
    for _ in range(2):
        code, (first, second, third) = on_the_cast(said, script("hvilke projekter er gule"), said)
        assert code == 0
        assert first["turns"][0]["kind"] == "confirm"
        assert [one["action"] for one in first["turns"][1]["did"]] == ["report_published"]
        assert first["turns"][2]["projects"] == ["P002", "P001"] == third["turns"][2]["projects"]
        assert second["turns"][0]["projects"] == ["P002"]


def test_absence_is_told_with_its_days_and_whose_it_is(on_the_cast: Held):
    away, back = turns_of(on_the_cast(script("jeg er på ferie i uge 26", "fortryd")))
    of_uge_26 = {"subject": SOREN.email, "detail": {"first": "2026-06-22", "last": "2026-06-28"}}
    assert away["did"] == [{"action": "absence_set", **of_uge_26}]
    assert back["did"] == [{"action": "absence_ended", **of_uge_26}]


def test_deputy_and_new_lead_are_told_by_address(on_the_cast: Held):
    asked, done = turns_of(on_the_cast(script("overdrag Digital post til Mette", "ja")))
    assert (asked["kind"], asked["did"]) == ("confirm", [])
    handed = {"from": SOREN.email, "to": "mette@birkefjord.example"}
    assert done["did"] == [{"action": "handed_over", "subject": "P002", "detail": handed}]


def test_what_is_refused_stands_by_itself(on_the_cast: Held):
    (denied,) = turns_of(on_the_cast(script("meld status på Skærmbesøg", **{"as": IB.email})))
    assert (denied["did"], denied["buttons"]) == ([], [])
    assert denied["refused"] == [{"action": "report_denied", "subject": "P001", "detail": {}}]


def test_people_take_turns_in_a_forums_channel(on_the_cast: Held):
    own, asked, done, other = turns_of(
        on_the_cast(
            script(
                "mine påmindelser",
                {"text": "aflys mødet", "as": INGE.email},
                {"press": "Ja, aflys", "as": INGE.email},
                {"press": "Ja, aflys mødet"},
                scope="channel:project board",
            )
        )
    )
    assert own["is_personal"]
    assert (asked["kind"], asked["understood"]) == ("confirm", {"command": "cancel_meeting"})
    assert done["did"] == [
        {"action": "meeting_cancelled", "subject": "Project Board", "detail": {"start": "2026-06-18T09:00:00+02:00"}}
    ]
    # Søren still has his own answer before him, and no button of hers.
    assert (other["kind"], other["buttons"]) == ("error", own["buttons"])


def test_group_reads_what_is_for_all_and_one_alone_what_is_theirs(on_the_cast: Held):
    for scope, is_own in (("group", False), ("personal", True)):
        red, mine, form = turns_of(
            on_the_cast(script("røde projekter", "mine påmindelser", "meld status", scope=scope))
        )
        assert [red["is_personal"], mine["is_personal"], form["is_personal"]] == [is_own, True, True]


def test_question_goes_on_from_its_buttons(on_the_cast: Held):
    listed, opened = turns_of(on_the_cast(script("mine projekter", {"press": "Åbn Digital post"})))
    assert sorted(listed["projects"]) == ["P001", "P002"]
    assert (opened["kind"], opened["projects"]) == ("project", ["P002"])


def test_label_that_is_not_there_ends_its_own_turn_and_names_those_that_are(on_the_cast: Held):
    form, missing, unknown, filled, still = turns_of(
        on_the_cast(
            script(
                "meld status på Skærmbesøg",
                {"press": "Send af sted"},
                {"press": "Meld status", "fill": {"Farve": "Gul"}},
                {"press": "Kassér kladden", "fill": {"Samlet status": "Gul"}},
                {"press": "gem"},
            )
        )
    )
    assert [one["kind"] for one in (missing, unknown, filled)] == ["error"] * 3
    assert "»Meld status«" in missing["text"]
    assert "»Samlet status" in unknown["text"]
    assert missing["buttons"] == form["buttons"]
    assert (still["kind"], still["did"]) == ("command", [])


def test_time_goes_on_when_the_script_says_so(on_the_cast: Held):
    *_, late = turns_of(on_the_cast(script("jeg er på ferie i uge 26", {"text": "fortryd", "now": "2026-06-09T10:11"})))
    assert late["did"] == []


def test_message_that_goes_wrong_ends_its_own_turn_and_stores_nothing(
    on_the_cast: Held, monkeypatch: pytest.MonkeyPatch
):
    from storage.deeds import SqlDeedStore

    async def broken(*_: Any) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(SqlDeedStore, "remember", broken)
    wrong, mine = turns_of(on_the_cast(script("jeg er på ferie i uge 26", "mine påmindelser")))
    assert (wrong["kind"], wrong["did"]) == ("error", [])
    assert "ValueError" in wrong["text"]
    assert "22. juni" not in mine["text"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"ikke json", "Linjen er ikke JSON."),
        (b'{"turns": ["r\xf8de"]}', "Linjen er ikke UTF-8."),
        (b"[1]", "Linjen skal være et objekt"),
        (b'{"turns": "hej"}', 'Linjen skal have "turns"'),
        (b'{"turns": [{"text": "a", "press": "b"}]}', "Hver tur"),
        (b'{"turns": [{"press": "b", "fill": {"a": null}}]}', '"fill" skal'),
        (b'{"turns": [7]}', "Hver tur"),
        (b'{"as": 7, "turns": []}', '"as" skal være en e-mail.'),
        (b'{"as": "ingen@x.example", "turns": ["hej"]}', "Der er ingen person med e-mailen »ingen@x.example«."),
        (b'{"now": "i morgen", "turns": []}', '"now" skal være et tidspunkt'),
        (b'{"scope": "chat", "turns": []}', '"scope" skal være'),
        (b'{"scope": "channel:Kantinen", "turns": []}', "Der er intet forum »Kantinen«. Fora er: "),
        (b'{"turns": ["' + b"a" * 1_000_000 + b'"]}', "Linjen er længere end"),
    ],
)
def test_script_is_told_which_line_is_no_conversation_and_gets_the_others(line: bytes, told: str, held: Held):
    code, documents = held(script("hej", **{"as": None}), b"", line, script("hej", **{"as": None}))
    assert code == 1
    assert [document.get("kind", "held") for document in documents] == ["held", "error", "held"]
    assert documents[1]["line"] == 3
    assert documents[1]["text"].startswith(told)


def test_file_saved_by_windows_and_an_empty_one_are_read(held: Held):
    code, documents = held(b"\xef\xbb\xbf" + json.dumps(script("hej", **{"as": None})).encode() + b"\r\n\r\n")
    assert (code, len(documents)) == (0, 1)
    assert held(b"") == (0, [])


def test_message_longer_than_is_read_is_answered_as_one(held: Held):
    (long,) = turns_of(held(script("a" * 500_000, **{"as": None})))
    assert "for lang" in long["text"]


def test_database_that_is_not_there_is_not_made(held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    missing = tmp_path / "missing.db"
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", f"sqlite+aiosqlite:///{missing}")
    assert turns_of(held({"turns": ["hej"]}))[0]["did"] == []
    assert not missing.exists()


def test_file_that_is_none_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert chat(batch=tmp_path / "mangler.jsonl") == 2
    assert "findes ikke" in capsys.readouterr().err
