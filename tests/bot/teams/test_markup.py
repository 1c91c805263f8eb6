"""Whatever is quoted in a message, in whichever way: what is left is what the person wrote."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from bot.teams.markup import own_words, rich_of

EMOJI = '<img itemtype="http://schema.skype.com/Emoji" alt="🟡">'
MENTION = '<span itemtype="http://schema.skype.com/Mention" itemid="0">Ole</span>'
RICH = {"🟡": EMOJI, "<at>Ole</at>": MENTION}
WORDS = st.sampled_from(["ja", "nej", "uændret", "på", "60", "%", "A&B", "x<y", "hej,", "*", *RICH])
SAID = st.lists(WORDS, min_size=1, max_size=4)


def plain(words: list[str]) -> str:
    """As the text has it."""
    return " ".join(word if word in RICH else html.escape(word) for word in words)


def rich(words: list[str]) -> str:
    """As the HTML has it."""
    return "&nbsp;".join(RICH.get(word, html.escape(word)) for word in words)


def letters(text: str) -> str:
    return "".join(html.unescape(text.replace("<at>", "").replace("</at>", "")).split())


@given(own=SAID, quoted=SAID, other=SAID)
def test_tags_in_the_text_are_left_out(own: list[str], quoted: list[str], other: list[str]) -> None:
    nested = f'{plain(quoted)}<quoted messageId="2"/>{rich(other)}<quoted>{plain(other)}</quoted>'
    quotes = (
        '<quoted messageId="1"/>',
        f'<quoted messageId="1">{plain(quoted)}</quoted>',
        f'<quoted messageId="1" preview="{" ".join(quoted)}"/>',
        f'<quoted messageId="1">{nested}</quoted>',
        f'<blockquote itemid="1"><p>{rich(quoted)}</p></blockquote>',
        f"> Bo {plain(quoted)}\n> Bo {plain(other)}\n\n",
    )
    for quote in quotes:
        assert letters(own_words(f"{quote}{plain(own)}", None)) == letters(plain(own))


@given(own=SAID, quoted=SAID, first=SAID)
def test_words_that_the_html_calls_a_quote_are_left_out(own: list[str], quoted: list[str], first: list[str]) -> None:
    quote, paragraph = f'<blockquote itemid="1"><p>{rich(quoted)}</p></blockquote>', f"<p>{rich(own)}</p>"
    before, after = f"{quote}{paragraph}", f"{paragraph}{quote}"
    ways = (
        (before, f"{plain(quoted)}\n\n{plain(own)}", own),
        (before, f"Bo: {plain(quoted)} …\n\n{plain(own)}", own),
        (before, f"{plain(quoted)}\n\n{plain(own)}".replace("🟡", ""), own),
        (before, plain(own), own),
        (before, "&nbsp;", own),
        (after, f"{plain(own)}\n\n{plain(quoted)}", own),
        (f"<p>{rich(first)}</p>{before}", f"{plain(first)}\n{plain(quoted)}\n{plain(own)}", [*first, *own]),
        (quote, plain(quoted), []),
    )
    for document, text, left in ways:
        assert letters(own_words(text, rich_of([document]))) == letters(plain(left))
