"""Text that comes from data stands on a card as what it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values.plain import chat_link, one_line, paragraphs, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[x](http://e.example)", r"\[x\](http://e.example)"),
        ("<at>Alle</at>", r"\<at\>Alle\</at\>"),
        ("**fed** og `kode`", r"\*\*fed\*\* og \`kode\`"),
        ("# overskrift", r"\# overskrift"),
        ("- punkt", r"\- punkt"),
        ("1. september 2026", r"1\. september 2026"),
        ("_nej_ men anne_marie", r"\_nej\_ men anne_marie"),
        ("{{DATE(2026-01-01,SHORT)}}", "{ {DATE(2026-01-01,SHORT)}}"),
        ("a\\b", r"a\\b"),
        ("Søren Æbelø-Østergård", "Søren Æbelø-Østergård"),
        ("to\nlinjer\tog\x00NUL", "to linjer og NUL"),
        ("vendt \u202eom", "vendt om"),
    ],
)
def test_markup_in_a_name_is_shown_as_text(text: str, shown: str):
    assert plain(text) == shown


@given(st.text())
def test_no_link_comes_of_any_text(text: str):
    unescaped = re.sub(r"\\.", "", plain(text))
    assert not re.search(r"[\[\]<>*`]|\{\{", unescaped)


@given(st.text(), st.integers(2, 50))
def test_long_texts_are_cut_to_one_line(text: str, longest: int):
    line = one_line(text, longest)
    assert len(line) <= longest
    assert "\n" not in line


def test_comment_keeps_its_lines():
    assert paragraphs("Først\n- så\n\n1. til sidst") == "Først\n\n\\- så\n\n1\\. til sidst"


def test_name_opens_a_mail():
    assert (
        chat_link("soeren@ex.dk", "Søren [x]")
        == r"[Søren \[x\]](https://teams.microsoft.com/l/chat/0/0?users=soeren@ex.dk)"
    )


@pytest.mark.parametrize("email", ["a@b.dk) [x](javascript:alert(1)", "a b@c.dk", "ingen", "a@b@c.dk", "a<b>@c.dk"])
def test_address_that_would_break_the_link_is_left_out(email: str):
    assert chat_link(email, "Bo") == "Bo"
