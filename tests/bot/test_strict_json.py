"""JSON that others would let through, and JSON that needs cleaning."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.strict_json import MAX_DEPTH, MalformedJsonError, parse

DOCUMENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"a": "\xe6"}',
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "line\nbreak"}',
        b"[" * 9_000,
        b"[" + b"{}," * 28_000 + b"{}]",
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    ],
)
def test_odd_json_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedJsonError):
        parse(body)


def test_deepest_allowed_document_is_read() -> None:
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert len(parse(b"[" + b"[],{}," * 500 + b"[]]")) == 1001


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"a\u0000b\u001b\u007f"', "ab"),
        (r'"\ud800x\udc00"', "x"),
        (r'"\ud83d\ude00 æøå"', "😀 æøå"),
        (r'"a\tb\nc\rd"', "a\tb\nc\rd"),
        (r'"\u202egnp.exe"', "gnp.exe"),
        ('"\u202egnp\x7f\u0085"', "gnp"),
        (r'{"k\u0000": ["\u0007"]}', {"k": [""]}),
    ],
)
def test_dirty_text_is_cleaned(written: str, read: object) -> None:
    assert parse(written.encode("utf-8", "surrogatepass")) == read


@given(DOCUMENTS)
def test_what_python_wrote_is_read_without_controls(document: object) -> None:
    read = parse(json.dumps(document).encode())
    json.dumps(read, ensure_ascii=False).encode()
    assert parse(json.dumps(read).encode()) == read


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        parse(body)
    except MalformedJsonError:
        return
