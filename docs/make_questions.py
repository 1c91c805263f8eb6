"""Writes docs/questions.md, what can be asked: `docs/questions.toml` joined with the catalogue and the texts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogs.texts import Texts
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute, Kind, Subject

DOCUMENT = Path(__file__).with_name("questions.md")
SECTIONS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))["section"]
LANGUAGES = ("da", "en")
_OF_PROJECTS = catalogue.of_subject(Subject.PROJECT)
# The attributes that a frame gives one example for each of.
_OF: dict[str, Callable[[Attribute], bool]] = {
    "flags": lambda one: one.kind is Kind.FLAG,
    "amounts": lambda one: one.is_amount,
    "lacking": lambda one: one.may_lack,
    "groups": lambda one: one.groups,
    "facts": lambda one: one.fact is not None,
}
_HEAD = """# What can be asked

Made by `docs/make_questions.py` from the catalogue (`portfolio/questions/catalogue.py`), the texts and
`docs/questions.toml`; a test asks each example of the example portfolio. *Kind* is that of `tovholder ask --json`.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A question in both languages, and the kind of its answer. `after` is what was asked before it, where it goes on
    from that."""

    kind: str
    danish: str
    english: str
    after: tuple[str, str] | None = None


def examples(section: dict[str, Any]) -> Iterator[Example]:
    for kind, danish, english in section.get("goes_on", ()):
        yield Example(kind, danish, english, tuple(section["after"]))
    for danish, english in section.get("examples", ()):
        yield Example(section["kind"], danish, english)
    for frame in section.get("frames", ()):
        for one in filter(_OF[frame["of"]], _OF_PROJECTS):
            if _name(frame, one) in frame.get("except", ()):
                continue  # said in another way
            yield Example(section["kind"], *(_framed(frame, one, language) for language in LANGUAGES))


def _name(frame: dict[str, Any], one: Attribute) -> str | None:
    return one.fact if frame["of"] == "facts" else one.name


def _framed(frame: dict[str, Any], one: Attribute, language: str) -> str:
    bound = "20 %" if one.kind is Kind.PERCENT else "100.000 kr."
    return str(frame[language]).format(
        word=Texts.of(language).say(f"{frame['words']}.{_name(frame, one)}"), bound=bound
    )


def document() -> str:
    return "\n".join([_HEAD, *(line for section in SECTIONS for line in _written(section))])


def _written(section: dict[str, Any]) -> Iterator[str]:
    yield f"## {section['da']} · {section['en']}\n"
    says = f"{section['says_da']} *{section['says_en']}*"
    if "goes_on" in section:
        yield f"{says}\n"
        yield "| dansk | English | kind |\n|---|---|---|"
        yield from (f"| {one.danish} | {one.english} | `{one.kind}` |" for one in examples(section))
    else:
        yield f"{says} Kind: `{section['kind']}`.\n"
        yield "| dansk | English |\n|---|---|"
        yield from (f"| {one.danish} | {one.english} |" for one in examples(section))
    yield ""


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
