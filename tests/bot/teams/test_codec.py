"""Our codec against the framework's own, on activities of every shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from botbuilder.schema import Activity, ChannelAccount, Entity, Mention
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.codec import MalformedActivityError, decode, encode

TEXT = st.text(max_size=12)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
).filter(lambda value: value is not None)
MOMENT = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.isoformat().replace("+00:00", "Z")
)
ACCOUNT = st.fixed_dictionaries(
    {"id": TEXT}, optional={"name": TEXT, "aadObjectId": TEXT, "role": TEXT, "properties": ANYTHING}
)
ENTITY = st.fixed_dictionaries({"type": TEXT}, optional={"text": TEXT, "mentioned": ACCOUNT})
MEANING = st.fixed_dictionaries({"id": TEXT, "entities": st.dictionaries(TEXT, ENTITY)})
CONVERSATION = st.fixed_dictionaries({"id": TEXT}, optional={"isGroup": st.booleans(), "conversationType": TEXT})
CARD_ACTION = st.fixed_dictionaries({"type": TEXT}, optional={"title": TEXT, "value": ANYTHING})
ACTIVITY = st.fixed_dictionaries(
    {"type": TEXT, "id": TEXT},
    optional={
        "timestamp": MOMENT,
        "serviceUrl": TEXT,
        "from": ACCOUNT,
        "recipient": ACCOUNT,
        "conversation": CONVERSATION,
        "membersAdded": st.lists(ACCOUNT, max_size=2),
        "reactionsAdded": st.lists(st.fixed_dictionaries({"type": TEXT}), max_size=2),
        "text": TEXT,
        "value": ANYTHING,
        "channelData": ANYTHING,
        "historyDisclosed": st.booleans(),
        "suggestedActions": st.fixed_dictionaries({"to": st.lists(TEXT), "actions": st.lists(CARD_ACTION, max_size=2)}),
        "attachments": st.lists(st.fixed_dictionaries({"contentType": TEXT, "content": ANYTHING}), max_size=2),
        "entities": st.lists(ENTITY, max_size=2),
        "listenFor": st.lists(TEXT, max_size=2),
        "textHighlights": st.lists(st.fixed_dictionaries({"text": TEXT, "occurrence": st.integers(0, 9)}), max_size=2),
        "relatesTo": st.fixed_dictionaries({"conversation": CONVERSATION, "bot": ACCOUNT}),
        "semanticAction": MEANING,
        "somethingNew": ANYTHING,
    },
)


def _plain(value: Any) -> Any:
    """Models as nested dictionaries of all their attributes, so that they can be compared."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "_attribute_map"):
        fields = {name: _plain(getattr(value, name)) for name in value._attribute_map}
        return fields | {"more": _plain(value.additional_properties or {})}
    return value


@given(ACTIVITY)
def test_activities_are_read_as_the_framework_reads_them(document: dict[str, Any]) -> None:
    assert _plain(decode(document)) == _plain(Activity.deserialize(document))


@given(ACTIVITY)
def test_nothing_is_lost_on_the_way_in_and_out(document: dict[str, Any]) -> None:
    written = encode(decode(document))
    assert encode(decode(written)) == written
    for key in document.keys() - {"timestamp"}:
        assert written.get(key) == document[key]


@pytest.mark.parametrize(
    "field",
    [
        {"type": ["message"]},
        {"text": 7},
        {"from": "maja"},
        {"conversation": []},
        {"membersAdded": {}},
        {"membersAdded": [None]},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-02-30T10:00:00Z"},
        {"timestamp": 20260101},
        {"historyDisclosed": "yes"},
        {"attachments": [{"contentType": {}}]},
        {"semanticAction": {"entities": []}},
    ],
)
def test_fields_of_a_wrong_kind_are_refused(field: dict[str, Any]) -> None:
    with pytest.raises(MalformedActivityError):
        decode({"type": "message"} | field)


@pytest.mark.parametrize("document", [None, [], "message", 7])
def test_what_is_no_object_is_refused(document: object) -> None:
    with pytest.raises(MalformedActivityError):
        decode(document)


def test_seven_decimals_and_local_times_are_read() -> None:
    activity = decode({"timestamp": "2026-06-15T10:00:00.1234567Z", "localTimestamp": "2026-06-15T12:00:00+02:00"})
    assert activity.timestamp == datetime(2026, 6, 15, 10, 0, 0, 123456, UTC)
    assert activity.local_timestamp == datetime(2026, 6, 15, 10, tzinfo=UTC)


def test_mentions_and_new_kinds_of_entity_are_sent_whole() -> None:
    label = Entity(type="https://schema.org/Message")
    label.additional_properties = {"additionalType": ["AIGeneratedContent"]}
    mention = Mention(type="mention", text="<at>Maja</at>", mentioned=ChannelAccount(id="29:maja"))
    assert encode(Activity(type="message", entities=[label, mention]))["entities"] == [
        {"type": "https://schema.org/Message", "additionalType": ["AIGeneratedContent"]},
        {"type": "mention", "text": "<at>Maja</at>", "mentioned": {"id": "29:maja"}},
    ]
