"""Compares the answers of `tovholder ask --batch` with the right ones.

Write the questions for the batch:  python tests/dialogs/understanding/check.py --write-batch questions.jsonl
Check what it answered:             python tests/dialogs/understanding/check.py answers.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.dialogs.understanding import oracle_of_more as more
from tests.dialogs.understanding.oracle import answer as right_projects
from tests.dialogs.understanding.oracle import figure, hits, meetings, people
from tests.dialogs.understanding.workbook import Book, load

QUESTIONS = Path(__file__).parent / "questions"
CONFIDENT = {"projects", "project", "count", "figure", "groups", "field", "people", "meetings", "proposals", "systems",
             "milestones", "benefits", "obstacles", "focus_areas", "org_units", "bodies"}  # fmt: skip

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`faults` is empty for an exact answer. Wrongly confident: something was answered, and not the right thing."""

    question: Document
    faults: tuple[str, ...]
    wrongly_confident: bool


def questions(folder: Path = QUESTIONS) -> Iterator[Document]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield {"group": path.stem, **json.loads(line)}


def judge(question: Document, answer: Document, book: Book) -> Verdict:
    faults = list(_content_faults(question, answer, book))
    confident = answer["kind"] in CONFIDENT and bool(faults)
    faults += _understood_faults(question.get("understood", {}), answer.get("understood") or {})
    return Verdict(question, tuple(faults), confident)


def _content_faults(question: Document, answer: Document, book: Book) -> Iterator[str]:
    kinds = question["kind"] if isinstance(question["kind"], list) else [question["kind"]]
    today = date.fromisoformat(question["today"])
    if answer["kind"] not in kinds:
        yield f"kind: {answer['kind']}, should be {' or '.join(kinds)}"
    elif "people" in question:
        yield from _differ("people", set(answer.get("people") or ()), people(book, question["people"], today))
    elif "meetings" in question:
        yield from _meeting_faults(question["meetings"], answer, book, today)
    elif MORE & question.keys() and answer["kind"] in CONFIDENT:
        yield from _more_faults(question, answer, book, today)
    elif answer["kind"] == "figure":
        yield from _number_faults(answer["value"], figure(book, question["figure"], today))
    elif answer["kind"] == "count":
        yield from _number_faults(answer["value"], hits(book, question["want"], today).size)
    elif answer["kind"] == "clarify" and len(answer["clarify"]) < 2:
        yield f"clarify: {answer['clarify']}, should be two readings or more"
    elif "want" in question:
        right = [question[want] for want in ("want", "or_want") if want in question]
        faults = [list(_project_faults(want, list(answer["projects"]), book, today)) for want in right]
        yield from faults[0] if all(faults) else ()


def _more_faults(question: Document, answer: Document, book: Book, today: date) -> Iterator[str]:
    """Yield the faults of groups, single facts, what belongs to projects, and names."""
    if "groups" in question:
        yield from _group_faults(more.groups(book, question["groups"], today), answer["groups"], question["groups"])
    elif "field" in question:
        right, asked = more.fact(book, question["field"], today), question["field"]
        if (answer["value"], answer["understood"]["field"]) != (right, asked["name"]):
            yield f"{answer['understood']['field']} {answer['value']!r}, should be {asked['name']} {right!r}"
        yield from _differ("projects", set(answer["projects"]), {asked["of"]})
    elif "parts" in question:
        right_ones = {f"{number} {title}" for number, title in more.belongings(
            book, answer["kind"], question["parts"], today)}  # fmt: skip
        got = {f"{row['project']} {row['title']}" for row in answer["rows"]}
        limit = question["parts"].get("limit")
        if limit is None:
            yield from _differ("rows", got, right_ones)
        elif not got <= right_ones or len(got) != min(limit, len(right_ones)):
            yield f"rows: {len(got)}, should be {limit} of {len(right_ones)}"
    elif "ratio" in question:
        yield from _number_faults(
            answer["value"], more.ratio(book, right_projects(book, question["ratio"], today)) or 0
        )
    else:
        yield from _differ("names", set(answer["names"]), more.names(book, question["names"]))


MORE = {"groups", "field", "parts", "names", "ratio"}


def _group_faults(right: more.Groups, got: list[Document], asked: Document) -> Iterator[str]:
    """Groups that stand equal may change places."""
    values = {group["key"]: group["value"] for group in got}
    yield from _differ("groups", set(map(str, values)), {str(key) for key, _ in right})
    for key, value in right:
        if key in values and (values[key] is None or value is None or abs(values[key] - value) > 0.05):
            yield f"{key}: {values[key]}, should be {value}"
    order = [group["value"] for group in got if group["key"] is not None and group["value"] is not None]
    if order != sorted(order, reverse=asked.get("sort") != "value"):
        yield f"order of the groups: {order}"


def _project_faults(want: Document, got: list[str], book: Book, today: date) -> Iterator[str]:
    """Where several projects stand equal in the order asked for, any of them may come first, or make the cut."""
    right = hits(book, want, today)
    if not right.keys:
        yield from _differ("projects", set(got), set(right.numbers))
    elif not set(got) <= set(right.numbers) or len(set(got)) != len(got):
        yield from _differ("projects", set(got), set(right.numbers[: right.size]))
    elif [right.keys[number] for number in got] != [right.keys[number] for number in right.numbers[: right.size]]:
        yield f"order: {' '.join(got)}, should be {' '.join(right.numbers[: right.size])}"


def _meeting_faults(spec: Document, answer: Document, book: Book, today: date) -> Iterator[str]:
    """Who asks for the next meeting may be shown those after it too."""
    totals = {len(meetings(book, spec, today)), len(meetings(book, {**spec, "limit": None}, today))}
    if answer["total"] not in totals:
        yield f"meetings: {answer['total']}, should be {' or '.join(map(str, sorted(totals)))}"


def _number_faults(got: object, right: float) -> Iterator[str]:
    if not isinstance(got, int | float) or abs(got - right) > 0.05:
        yield f"value: {got}, should be {right:.2f}"


def _differ(what: str, got: set[str], right: set[str]) -> Iterator[str]:
    if got != right:
        extra, missing = " ".join(sorted(got - right)), " ".join(sorted(right - got))
        yield f"{what}: {len(got)}, should be {len(right)}; too many: {extra or '-'}; missing: {missing or '-'}"


def _understood_faults(right: Document, got: Document) -> Iterator[str]:
    for field, value in right.items():
        found = got.get(field)
        same = sorted(map(str, found or ())) == sorted(map(str, value)) if isinstance(value, list) else found == value
        if not same:
            yield f"understood {field}: {found}, should be {value}"


def write_batch(path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        for question in questions():
            asked = {key: question[key] for key in ("text", "as", "today") if key in question}
            out.write(json.dumps(asked, ensure_ascii=False) + "\n")


def check(answers: Path) -> int:
    book, asked = load(), list(questions())
    given = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    verdicts = [judge(question, answer, book) for question, answer in zip(asked, given, strict=True)]
    wrong = [verdict for verdict in verdicts if verdict.faults]
    for verdict, answer in zip(verdicts, given, strict=True):
        if verdict.faults:
            sys.stdout.write(_block(verdict, answer))
    confident = sum(verdict.wrongly_confident for verdict in verdicts)
    exact = 1 - len(wrong) / len(asked)
    sys.stdout.write(f"{len(asked)} questions: {exact:.1%} exact, {confident / len(asked):.1%} wrongly confident\n")
    return 1 if wrong else 0


def _block(verdict: Verdict, answer: Document) -> str:
    asked = verdict.question
    asker = f" (as {asked['as']})" if "as" in asked else ""
    mark = "WRONGLY CONFIDENT" if verdict.wrongly_confident else "inexact"
    lines = [f"[{asked['group']}] {asked['text']!r}{asker}: {mark}", *(f"    {fault}" for fault in verdict.faults)]
    return "\n".join([*lines, f"    understood: {json.dumps(answer.get('understood'), ensure_ascii=False)}", "", ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("answers", type=Path, nargs="?", help="what ask --batch wrote, one document a line")
    task.add_argument("--write-batch", type=Path, metavar="FILE", help="write the questions instead")
    options = parser.parse_args()
    if options.write_batch:
        write_batch(options.write_batch)
        return 0
    return check(options.answers)


if __name__ == "__main__":
    sys.exit(main())
