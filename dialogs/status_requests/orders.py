"""What may be ordered about others' statuses, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Effect, PeopleOrder
from dialogs.understanding.orders.cues import OFTEN
from dialogs.understanding.orders.grammar import BESIDE, PEOPLE, Grammar, Meanings, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class RequestStatus(PeopleOrder):
    """Ask for the status of the projects, or of those that the `people` lead, within the `units` where these are said;
    `is_missing`: of those whose status is missing alone; `is_all`: of all there are. `day` is the one that was said,
    which can't be chosen."""

    command: ClassVar[str] = "request_status"
    effect: ClassVar[Effect] = Effect.ASKS
    units: tuple[str, ...] = ()
    is_missing: bool = False
    is_all: bool = False
    day: date | None = None


_MISSING = (("flag", "missing_status"), ("lack", "words"))
_BESIDE: Meanings = BESIDE | {
    *_MISSING,
    *(("role", "lead"), ("target", "people"), ("target", "projects"), ("scope", "all")),
    *(("command", "report_status"), ("sortword", "colour"), ("period", "status")),
}
_WORDS = frozenset(
    {"chases", "asks_for", "gets", "how_it_goes", "unreported", "status", "asks_status", "reminders", "sends", "all"}
)
_NAMES = PEOPLE | {"org_units"}


def _tells_request(told: Told) -> bool:
    """ "ryk Jonas", "bed Jonas om en status", "få Jonas til at melde status", "send en påmindelse til dem der mangler";
    not "få status på skærmbesøg", nor "jeg vil bede om en status", which ask Tovholder."""
    sentence, cues = told.sentence, told.cues
    if cues.has(OFTEN, "every", "stop", "off", "resume", "mine", "meetings", "deadlines", "channel"):
        return False
    if sentence.has("body") or sentence.has("round") or any(tag.names("bodies") for tag in sentence.tags):
        return False
    names_lead = any(tag.names("lead") for tag in sentence.tags)
    is_others = names_lead or _is_missing(told) or sentence.has("role", "lead")
    if cues.has("chases"):
        return is_others or _names_project(told) or cues.has("status", "all")
    says_status = cues.has("status", "how_it_goes") or sentence.has("command", "report_status")
    if cues.has("sends") and cues.has("reminders"):
        return is_others
    if cues.has("asks_for") and says_status:
        return is_others or not sentence.says_small("speaker")
    return cues.has("gets") and is_others and sentence.has("command", "report_status")


def _is_missing(told: Told) -> bool:
    return told.cues.has("unreported") or any(told.sentence.has(*meaning) for meaning in _MISSING)


def _names_project(told: Told) -> bool:
    return any(tag.names("projects") for tag in told.sentence.tags)


def _request(named: Named) -> RequestStatus | None:
    """Return None for "ryk skærmbesøg til marts", which is said of the project itself."""
    says_status = named.cues.has("status", "how_it_goes", "reminders") or named.sentence.has("command", "report_status")
    people = tuple(dict.fromkeys((*named.people, *named.leads)))
    is_missing = named.cues.has("unreported") or any(named.sentence.has(*meaning) for meaning in _MISSING)
    if named.times and not (says_status or people or is_missing):
        return None
    is_chased = named.cues.has("chases", "reminders") and not (named.projects or named.maybe)
    is_all = named.sentence.has("role", "lead") or named.cues.has("all") or bool(named.units)
    return RequestStatus(
        *named.about,
        people,
        tuple(dict.fromkeys(named.units)),
        is_missing=is_missing or is_chased,
        is_all=is_all and not (people or named.projects or named.maybe),
        day=named.day,
    )


_SAID = Grammar(_NAMES, _WORDS, beside=_BESIDE | {("ask", "who")}, may_be_unknown=True)
RULES = (Rule(_tells_request, _SAID, _request),)
