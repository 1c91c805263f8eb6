"""Every text that the code asks for is there, and every text is asked for.

Keys that the code puts together are listed here with all that can be put in, so that a missing one is found.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.model.client import Silence
from bot.pages import ModelUse
from dialogs.features import FEATURES
from dialogs.forms.fields import FieldKind
from dialogs.oneself.orders import FACTS as FACTS_OF_ONESELF
from dialogs.privacy import words as privacy
from dialogs.project_changes.orders import Doing
from dialogs.status.form import CORRECTION, STATUS
from dialogs.texts import Texts
from dialogs.turn.orders import Effect
from dialogs.turn.table import Column
from dialogs.understanding.orders.cues import groups_called
from portfolio.audit import Action, Seen
from portfolio.audit_chain import Wrong
from portfolio.bodies import BodyKind
from portfolio.deliveries import Reason, Via
from portfolio.organisation import Role, Standing
from portfolio.privacy.held import Fate
from portfolio.projects.project import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.projects.status import Light, Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, FLAGS, SORTS, Kind
from portfolio.questions.question import FigureKind, PeopleRole
from portfolio.reminders.kinds import Kind as ReminderKind
from portfolio.reminders.kinds import Outcome
from portfolio.rights import Act, Part
from portfolio.status.reminders import RHYTHMS
from portfolio.status.unchanged import Guard
from portfolio.status_requests import Spared
from storage.audit import audit
from storage.data_map import DATA_MAP, Erased, Purpose, Shown, While, Whose
from storage.retention import times
from tests.kit.source import nodes_of

ROOT = Path(__file__).parents[3]


@cache
def code() -> tuple[ast.AST, ...]:
    """Every piece of the code that says texts."""
    files = [*(ROOT / "dialogs").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]
    return tuple(
        node for file in files for node in nodes_of(file) if isinstance(node, ast.Call | ast.Constant | ast.JoinedStr)
    )


def handed_to(name: str, place: int) -> Iterator[str]:
    """The strings that stand as one argument of the calls to a class: "gone" of `UserError("gone")`."""
    for node in code():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            found = ast.walk(node.args[place]) if len(node.args) > place else ()
            yield from (one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str))


EVENTS = ("closed", "stopped", "reopened", "end", "due", "reached", "unreached")
WORDS_EXPLAINED = [word.removeprefix("word_") for word in groups_called("word_")]
OF_ONESELF = [f"{is_known}_{fact}" for is_known in ("is", "no") for fact in FACTS_OF_ONESELF]
OWN_PARTS = [part for part in Part if part is not Part.OFFICE]
POSTS = [role for role in PeopleRole if role not in (PeopleRole.LEAD, PeopleRole.OWNER)]
WHOSE = ("", "_yours", "_you")
FACTS = ("owner", "focus_areas", "priority", "dates", "economy", "goals", "case_number", "aliases")
HELD_BY_CHIPS = ("lacking", "text", "limit", "match_all", "include_closed", "bodies")
COMMAND_PAGES = (
    *(*COMMANDS, "tovholder", "import_portfolio", "import_people", "sync_people", "person_show"),
    *("person_erase", "person_unlink", "audit_show", "audit_verify"),
)
REFUSALS = [action for action in Action if action.name.endswith("_DENIED")]
REMARKS = (*handed_to("Remark", 0), *handed_to("OpenRemark", 0), *REFUSALS, "channel_moved", "channel_bound")
FAULTS = (
    *(key for key in handed_to("Fault", 1) if key != "required_"),
    *(f"required_{kind.value}" for kind in FieldKind),
    *("date", "day", "time"),
    *("range_between", "range_least", "range_most", "person_several", "person_too_many"),
    *("date_season", "date_ambiguous", "date_none_such", "date_order", "date_weekday"),
    *("meeting_past", "meeting_same", "meeting_taken"),
)

# The orders that aren't done by who only wonders about them, and those of them that can be told with what was named.
NOT_SHOWN = {order.command for feature in FEATURES for order in feature.orders if order.effect is not Effect.SHOWS}
CONFIRMED = set(handed_to("Confirming", 0))
NAMED = NOT_SHOWN - {"drop_absence", "resume_reminders", "name_deputy", "end_deputy", "take_back"}

TIMES = {f"{line.table.name}_{rule.part}" if rule.part else line.table.name for line, rule in times()}

ENUMERATIONS: dict[str, type[StrEnum]] = {
    "audit_action": Action,
    "data_erased": Erased,
    "data_purpose": Purpose,
    "column": Column,
    "data_shown": Shown,
    "data_while": While,
    "data_whose": Whose,
    "seen": Seen,
    "colour": Rag,
    "kind": ProjectKind,
    "phase": Phase,
    "role": Role,
    "standing": Standing,
    "benefit_kind": BenefitKind,
    "risk_kind": RiskKind,
    "body_kind": BodyKind,
    "light": Light,
    "outcome": Outcome,
    "explained_outcome": Outcome,
    "explained_reason": Reason,
}

NAMES = {kind: [one.name for one in ATTRIBUTES.values() if one.kind is kind] for kind in Kind}
DAYS = [one.name for one in ATTRIBUTES.values() if one.kind is Kind.DAYS and one is not catalogue.MEETING]
PEOPLE = NAMES[Kind.PERSON]
OF_BELONGINGS = [name for name in NAMES[Kind.FLAG] if ATTRIBUTES[name] not in FLAGS]
FACTS_OF_PROJECTS = list(catalogue.FACTS)
# The kinds whose values are chips of their own.
CHIPS = (Kind.NAME, Kind.PERSON, Kind.CODE, Kind.COLOUR, Kind.NUMBER, Kind.FLAG)

# The log is told line by line, and what follows from other words not at all.
SHOWN = [line for line in DATA_MAP if line.shown is not Shown.NEVER and line.table is not audit]
SHOWN = [line for line in SHOWN if line.erased is not Erased.REMADE]

# Every key that is put together, "{}" for what is put in, and all that can be.
ASSEMBLED: Mapping[str, Iterable[object]] = {
    "backup.{}": ("empty", "damaged", "full", "disk", "no_place", "not_overwritten", "no_program", "program_failed",
                  "failed", "not_alone"),
    "amount.{}": NAMES[Kind.MONEY] + NAMES[Kind.PERCENT],
    "amount_whole.{}": NAMES[Kind.MONEY] + NAMES[Kind.PERCENT],
    "attribute.{}": [one.name for one in ATTRIBUTES.values() if one.may_lack],
    "audit_detail.{}": privacy.DETAILS,
    "away.{}_back": ("one", "you"),
    "away.{}_here": ("one", "you"),
    "away.{}_later": ("one", "you"),
    "away.{}_until": ("one", "you"),
    "audit_fault.{}": Wrong,
    "audit_who.{}": privacy.STANDS_FOR.values(),
    "calendar.{}": ("today", "tomorrow", "yesterday"),
    "belonging_flag.{}": OF_BELONGINGS,
    "belonging_flag.not_{}": OF_BELONGINGS,
    "belongings.{}": ("milestones", "benefits", "obstacles", *RiskKind),
    "no_belongings.{}": ("milestones", "benefits", "obstacles", *RiskKind),
    "benefit_adjective.{}": BenefitKind,
    "colour.{}": Rag,
    "change.{}": ("better", "worse"),
    "chip.{}": ("yes", "no"),
    "colour_of.{}": Rag,
    "command.{}": [order.command for feature in FEATURES for order in (*feature.orders, *feature.shows)],
    "command_help.{}.does": COMMAND_PAGES,
    "command_help.{}.example": COMMAND_PAGES,
    "contact.{}": ("address", "unit", "manager", "leads", "nobody", "gone", "no_lead", "no_owner"),
    "confirm.{}.heading": CONFIRMED,
    "confirm.{}.text": CONFIRMED,
    "confirm.{}.yes": CONFIRMED,
    "correction.{}": ("comment", "next_step", "decision_wanted"),
    "data_kept.{}": TIMES,
    "data_table.{}": ("what", "how_long", "columns", "whose", "shown", "erased"),
    "data_time.{}": TIMES,
    "departures.{}": ("leads", "owns", "risks", "benefits", "bodies", "departments", "roles"),
    "deputy.{}{}": [f"{what}{whose}" for what in ("ended", "named") for whose in WHOSE],
    "deputy.{}": ("lead", "deputy", "first", "last", "one_project", "somebody_else"),
    "data_model.{}": ModelUse,
    "doctor.{}": ("nothing_ran", "due_too_long"),
    "doctor.model_{}": Silence,
    "duties.next_{}": set(ReminderKind) - {ReminderKind.MEETING_CHANGED},
    "error.{}": (*handed_to("UserError", 0), *handed_to("Refused", 0), *handed_to("refusal", 0)),
    "example.{}": ("project", "lead", "in_unit", "unit_red", "focus_area", "led_by", "body", "unit", "count_area", *Rag,
                   "late", "missing", "over_budget", "disputed"),
    "explained_sent.{}": Via,
    "export.{}": ("how", "nothing", "no_link", "terminal"),
    "export.{}_text": ("how", "nothing", "no_link", "terminal"),
    "export.try_{}": ("portfolio", "red", "milestones"),
    "field.{}": [*(name for kind in CHIPS for name in NAMES[kind]), *HELD_BY_CHIPS],
    "fact.{}": FACTS_OF_PROJECTS,
    "fact_told.{}{}": [f"{fact}{tense}" for fact in ("start", "end", "expected_end") for tense in ("", "_past")]
                      + ["lead", "owner", "end_closed"],
    "figure.{}": set(FigureKind) - {FigureKind.COUNT},
    "form.hint_{}": ("number", "date", "day", "time", "person"),
    "form.how_{}": (*FieldKind, "day"),
    "form_fault.{}": FAULTS,
    "form_kind.{}": [kind for feature in FEATURES for kind in feature.forms],
    "glossary.{}.ask": WORDS_EXPLAINED,
    "glossary.{}.heading": WORDS_EXPLAINED,
    "glossary.{}.text": WORDS_EXPLAINED,
    "goal.{}": range(1, 18),
    "graph.{}": set(handed_to("GraphError", 0)),
    "group.{}": ("most", "fewest", "greatest", "least"),
    "group_by.{}": [one.name for one in ATTRIBUTES.values() if one.groups],
    "guard.{}": Guard,
    "guard_short.{}": set(Guard) - {Guard.NEVER_REPORTED},
    "heading.period_{}{}": [f"{denied}{name}" for denied in ("", "not_") for name in DAYS],
    "heading.{}": (*(flag.name for flag in FLAGS if flag is not catalogue.LATE), *PEOPLE, "lacking", "known"),
    "heading.not_{}": [flag.name for flag in FLAGS],
    "heading.{}_you": PEOPLE,
    "erasing.{}": Fate,
    "held_column.{}": {line.column.name for line in SHOWN},
    "held_table.{}": {line.table.name for line in SHOWN},
    "help.{}": ("own", "status", "history", "strategy", "economy", "people", "files"),
    "how.{}.example": NOT_SHOWN,
    "how.{}.heading": NOT_SHOWN,
    "how.{}.text": NOT_SHOWN,
    "how_said.{}": NAMED,
    "how_sentence.{}": ("wondered", "doubted", "reported", "denied", "da", "en"),
    "kind_of.{}": ProjectKind,
    "list.{}": ("budget", "spend", "progress", "consumption"),
    "may.{}": Act,
    "may.all_{}": ("projects", "bodies", "people"),
    "may.by_{}": OWN_PARTS,
    "may.many_by_{}": OWN_PARTS,
    "me.{}": ("unit", "manager", "roles", "led", "owned", "bodies", "deputies", "covered", "address"),
    "me.ask_{}": ("duties", "rights"),
    "me.no_{}": ("unit", "manager"),
    "me.{}_{}": OF_ONESELF,
    "me.seat_{}": ("chair", "secretary"),
    "meeting.on_{}": ("holiday", "weekend"),
    "meeting.{}": ("move", "cancel", "restore_named", "moved", "to_cancel", "cancelled", "restored"),
    "measure.{}": FigureKind,
    "missed.{}": Reason,
    "not_held.{}": ("money_in_time", "colours_then", "nothing_before"),
    "names.{}": ("focus_areas", "org_units", "bodies"),
    "moment.{}": ("today", "yesterday", "tomorrow"),
    "moving.{}": ("empty", "unknown_target", "target_away", "not_blank", "running", "not_alone", "differs", "failed",
                  "disk"),
    "own_reminders.away_{}": ("today", "week"),
    "own_reminders.switch_{}": ("on", "off"),
    "own_reminders.{}": ("is_fixed", "is_on", "is_off", "gone", "everything", "on", "off", "off_none"),
    "own_reminders.{}_text": ("on", "off"),
    "people.{}s": (PeopleRole.LEAD, PeopleRole.OWNER),
    "period_field.{}{}": [f"{denied}{name}" for denied in ("", "not_") for name in DAYS] + ["meeting"],
    "phase_of.{}": ("closed", "stopped"),
    "preview.heading{}{}": ("", "_today", "_own", "_own_today"),
    "preview.none{}{}": ("", "_today", "_own", "_own_today"),
    "project_change.effect_{}": Doing,
    "project_change.form_{}": Doing,
    "project_change.is_{}": EVENTS,
    "project_change.row_{}": EVENTS,
    "project_change.submit_{}": Doing,
    "project_change.try_{}": Doing,
    "project_change.{}": ("end", "reached", "due"),
    "project.milestone_{}": ("missed", "upcoming"),
    "project.{}": (*FACTS, "milestones", "benefits", "risks", "changes", "history", "comment", "next_step",
                   "decision_wanted", "led_by", "owned_by"),
    "project.{}_nobody": ("led_by", "owned_by"),
    "receipt.{}": ("published", "corrected", "unchanged"),
    "reminder_kind.{}": ReminderKind,
    "remark.{}.heading": REMARKS,
    "remark.{}.text": REMARKS,
    "restoring.{}": ("no_file", "no_backup", "damaged", "too_new", "from_sqlite", "from_postgresql", "file_not_blank",
                     "not_blank", "replaces_files_alone", "same_file", "running", "full", "disk", "no_program",
                     "program_failed", "unfinished", "failed", "not_alone", "unreadable_list"),
    "rhythm.{}": RHYTHMS,
    "roster.{}": POSTS,
    "roster.{}_heading": POSTS,
    "roster.{}_vacant": POSTS,
    "round.{}": ("opened_here", "exists"),
    "round_summary.{}": ("changed", "still_red", "still_amber"),
    "run_report.{}": ("sent", "not_reached", "uncertain"),
    "run_report.in{}": ("", "_own"),
    "run_report.none_sent_in{}": ("", "_own"),
    "sort.{}": [*SORTS, "usual", "label"],
    "sort_descending.{}": [*SORTS],
    "status_form.means_{}": Rag,
    "status_request.spared_{}": Spared,
    "status_request.{}_many": ("ask", "yes", "done"),
    "status_request.{}_person": ("ask", "yes", "done"),
    "status_form.obstacle_{}": RiskKind,
    "status_form.scale_{}": range(1, 6),
    "status_form.title_{}": (STATUS, CORRECTION),
    "status_form.{}": ("comment", "progress", "next_step", "decision_wanted", "obstacle_title", "probability", "impact",
                       "handling"),
    "status_form.{}_help": ("comment", "next_step", "decision_wanted", "obstacle_title", "handling"),
    "them.{}_{}": OF_ONESELF,
    "undo_kind.{}": [kind for feature in FEATURES for kind in feature.undoing],
    "undo_never.{}": [kind for feature in FEATURES for kind, way in feature.undoing.items() if way.undo is None],
    "weekday.{}": range(7),
}  # fmt: skip


def assembled(pattern: str) -> list[str]:
    return [pattern.replace("{}{}", "{}").replace("{}_{}", "{}").format(part) for part in ASSEMBLED[pattern]]


def missing(keys: Iterable[str]) -> list[str]:
    there = Texts.of("da").by_key
    return [key for key in keys if not {key, f"{key}.one"} & set(there)]


def sections() -> set[str]:
    return {key.split(".")[0] for key in Texts.of("da").by_key}


def whole_keys() -> set[str]:
    """The strings that look like a text's key, but for those that begin one that is put together."""
    strings = {node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    keys = {one for one in strings if re.fullmatch(r"\w+\.\w*[^\W_]", one)}
    return {key for key in keys if key.split(".")[0] in sections()}


def assembled_in_code() -> set[str]:
    """The f-strings that begin with a section of the texts."""
    strings = (
        "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        for node in code()
        if isinstance(node, ast.JoinedStr)
    )
    return {one for one in strings if re.fullmatch(r"\w+\.[\w.{}]+", one) and one.split(".")[0] in sections()}


def enumerated_in_code() -> set[str]:
    """The sections that `Texts.name` is asked for."""
    calls = (node for node in code() if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    named = [call.args[0] for call in calls if call.func.attr == "name" and call.args]
    return {one.value for first in named for one in ast.walk(first) if isinstance(one, ast.Constant)}


def test_every_text_that_code_asks_for_is_there():
    assert missing(whole_keys()) == []


def test_every_key_that_is_put_together_is_listed_here():
    assert assembled_in_code() == set(ASSEMBLED)


@pytest.mark.parametrize("pattern", ASSEMBLED)
def test_text_is_there_whatever_its_key_is_put_together_of(pattern: str):
    assert assembled(pattern)
    assert missing(assembled(pattern)) == []


def test_every_enumeration_that_is_named_is_listed_here():
    assert enumerated_in_code() - set(ENUMERATIONS) == set()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("section", "members"), ENUMERATIONS.items())
def test_every_member_of_an_enumeration_has_a_name(language: str, section: str, members: type[StrEnum]):
    assert all(Texts.of(language).name(section, member) for member in members)


def test_every_text_is_said_somewhere():
    asked = whole_keys().union(*map(assembled, ASSEMBLED))
    there = {key.removesuffix(".one").removesuffix(".other") for key in Texts.of("da").by_key}
    assert {key for key in there - asked if key.split(".")[0] not in ENUMERATIONS} == set()
