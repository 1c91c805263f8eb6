"""Reads what files of people hold: addresses, sign-in names, Entra ids, names in either order, yes and no."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.importing.accounts import is_entra_id, is_upn, read_entra_id
from bot.importing.cells import address
from bot.importing.columns import Book, Choice, fold, sheets_of
from bot.importing.refusals import UnreadableCellError
from portfolio.organisation import Role

LONGEST_SHORT = 4
_REMARK = re.compile(r"\s*\([^()]*\)$")
_OUTSIDER = "#ext#@"
# The first part of "CN=Lund\, Asta,OU=Brugere,DC=birkefjord,DC=example".
_COMMON_NAME = re.compile(r"CN=((?:\\.|[^,\\])+),(?:CN|OU|DC|O)=", re.IGNORECASE)


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("people_file.toml").read_text(encoding="utf-8"))


@cache
def people_book() -> Book:
    sheets = sheets_of(_written()["sheets"])
    return Book(sheets, sheets["entries"])


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _written()["words"][kind])


def is_nothing(text: str) -> bool:
    """Says whether a system wrote that there is nothing."""
    return not text or text.casefold() in _words("nothing")


def is_tick(text: str) -> bool:
    return text.casefold() in _words("ticks")


def is_guest(text: str) -> bool:
    return text.casefold() in _words("guest")


def is_outsider(upn: str) -> bool:
    """Says whether a sign-in name is that of somebody whom another organisation vouches for."""
    return _OUTSIDER in upn


def is_yes_or_no(text: str) -> bool:
    return text.casefold() in _words("yes") | _words("no")


def read_email(text: str) -> str:
    """Raises UnreadableCellError, as all that read here."""
    email = address(text)
    if email is None:
        raise UnreadableCellError("not_an_address")
    return email


def read_yes_or_no(text: str) -> bool:
    if not is_yes_or_no(text):
        raise UnreadableCellError("not_yes_or_no")
    return text.casefold() in _words("yes")


def read_manager(text: str) -> str:
    """Returns an Entra id, an address or a sign-in name in lower case; what is none of them as it is written."""
    if is_yes_or_no(text):
        raise UnreadableCellError("not_a_manager")
    if is_entra_id(text):
        return read_entra_id(text)
    return address(text) or (text.lower() if is_upn(text) else text)


def read_roles(text: str, choice: Choice) -> tuple[Role, ...]:
    roles: list[Role] = []
    for part in re.split(r"[;,\n]", text):
        if not part.strip():
            continue
        meaning = choice.meanings.get(fold(part))
        if meaning is None:
            raise UnreadableCellError("not_a_choice", choices=", ".join(choice.shown))
        roles.append(Role(meaning))
    return tuple(dict.fromkeys(roles))


def read_name(text: str) -> str:
    """Returns the name as it is said: "Lund, Asta" is Asta Lund. What else may stand behind a name, such as "MBA" or a
    post, stays there."""
    name = without_brackets(text)
    remark = text.removeprefix(name)
    family, _, given = map(str.strip, name.partition(","))
    if not family or not given or "," in given or _is_no_name(given, family):
        return text
    return f"{given} {family}{remark}"


def without_brackets(name: str) -> str:
    """Returns a name without the remark behind it: "Gry Thorlund" of "Gry Thorlund (Skoler)"."""
    return _REMARK.sub("", name)


def _is_no_name(behind: str, name: str) -> bool:
    """Says whether it is a title or a post that stands behind a name: "MBA", "ph.d.", "M.Sc.", "konsulent"."""
    first, *_ = behind.split()
    is_short = behind.isupper() and not name.isupper() and 1 < len(behind) <= LONGEST_SHORT
    is_title = first.count(".") > 1 or ("." in first and not first.isupper())
    return first[0].islower() or is_title or (is_short and "." not in first)


def common_name(text: str) -> str | None:
    """Returns the name in a distinguished name, as Active Directory writes managers; None where it is none."""
    match = _COMMON_NAME.match(text)
    return read_name(re.sub(r"\\(.)", r"\1", match[1]).strip()) if match else None
