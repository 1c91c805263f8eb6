"""Text from data, made safe for a card: it never turns into a link, a mention or a heading."""

from __future__ import annotations

import re
from urllib.parse import quote

from dialogs.values.letters import composed

# Where Markdown would read a sign: anywhere, or at the start of a line only. An underscore inside a word is harmless.
_ANYWHERE = re.compile(r"([\\`*\[\]<>~|]|(?<![^\W_])_|_(?![^\W_])|!(?=\[))")
_AT_LINE_START = re.compile(r"(?m)^(\s*)(?:([#+=-])|(\d{1,9})([.)]))")
# Most lines have none of these signs, and are known by one look.
_SUSPECT = re.compile(r"[\\`*\[\]<>~|_!{]|\A[#+=\-\d]")
# Adaptive Cards' own date function, and directions that would turn the rest of the card around.
_DATE_FUNCTION = re.compile(r"\{(?=\{)")
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
_CLEANED: dict[int, str | None] = {**dict.fromkeys(_CONTROLS, " "), **dict.fromkeys(_TURNING)}
_CHAT = "https://teams.microsoft.com/l/chat/0/0?users="
_ADDRESS = re.compile(r"[^\s@()<>\[\]\"'\\:;,]+@[^\s@()<>\[\]\"'\\:;,]+")


def plain(text: str, longest: int = 400) -> str:
    """Return the text on one line, cut to `longest` characters, safe inside a TextBlock."""
    return _escaped(one_line(text, longest))


def one_line(text: str, longest: int = 400) -> str:
    """Return the text on one line, cut to `longest`, for titles of buttons and plain text: Markdown is not escaped."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = " ".join(line.translate(_CLEANED).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def clean(text: str) -> str:
    """Remove characters that no client can show; line breaks stay, and nothing is cut or escaped. Letters in two parts
    become one."""
    lines = [" ".join(line.translate(_CLEANED).split()) for line in composed(text).splitlines()]
    return "\n".join(lines).strip()


def sentence(heading: str) -> str:
    """A heading as a line of its own, with a full stop unless it ends in a sign already."""
    return heading if heading.endswith((".", "?", "…")) else f"{heading}."


def paragraphs(text: str, longest: int = 1500) -> str:
    """A longer text with its own line breaks, safe inside a TextBlock."""
    cut = text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
    return "\n\n".join(line for line in (plain(part, longest) for part in cut.splitlines()) if line)


def chat_link(email: str, name: str) -> str:
    """Write a name that opens a chat in Teams; the bare name when the address could not stand in a link."""
    shown = plain(name, 120)
    return f"[{shown}]({_CHAT}{quote(email, safe='@.-_')})" if _ADDRESS.fullmatch(email) else shown


def mail_link(email: str) -> str:
    """Write an address that opens a mail; as it is when it could not stand in a link."""
    shown = plain(email, 120)
    return f"[{shown}](mailto:{quote(email, safe='@.-_')})" if _ADDRESS.fullmatch(email) else shown


def _escaped(line: str) -> str:
    if not _SUSPECT.search(line):
        return line
    signs = _ANYWHERE.sub(r"\\\1", line)
    starts = _AT_LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", signs)
    return _DATE_FUNCTION.sub("{ ", starts)
