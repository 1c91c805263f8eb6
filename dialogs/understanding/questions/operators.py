"""Find what a sentence does with projects: divides, ranks or measures them, or asks for what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.questions.lights import Lights
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, FACTS, SORTS, Attribute
from portfolio.questions.question import Target

_NEAR = 3
_FAR = 8
# What may be said of the projects that are divided.
_DIVIDED = ("target", "colour", "flag", "scope", "light", "kind")
_NAMES = {"focus_areas": Target.FOCUS_AREAS, "org_units": Target.ORG_UNITS, "bodies": Target.BODIES}
_PARTS = {
    "milestones": Target.MILESTONES,
    "benefits": Target.BENEFITS,
    "obstacles": Target.OBSTACLES,
    "risks": Target.OBSTACLES,
    "barriers": Target.OBSTACLES,
}
# What may be said of each kind of part.
_SAID_OF = {
    Target.MILESTONES: frozenset({"missed", "reached", "unreached", "coming"}),
    Target.BENEFITS: frozenset(
        {
            *("realised", "unrealised", "economic", "quality", "citizen", "employee"),
            *("follow_up", "overdue", "coming", "responsible"),
        }
    ),
    Target.OBSTACLES: frozenset({"open", "shut", "severe", "worst", "impact", "responsible", "to_remove"}),
}


@dataclass(frozen=True, slots=True)
class Operators:
    """`used` are the tags that say it. `ranks` is True for the most first, False for the least, None where nothing is
    ranked. `names` asks which focus areas, departments or bodies there are. `said_of_parts` are what is said of the
    `parts`. `contrasts`: each of the things named is a group."""

    group_by: Attribute | None = None
    ranks: bool | None = None
    names: Target | None = None
    parts: Target | None = None
    obstacles: str | None = None
    said_of_parts: frozenset[str] = frozenset()
    impact: int | None = None
    measure: str | None = None
    fact: Attribute | None = None
    contrasts: bool = False
    used: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, sentence: Sentence, lights: Lights) -> Operators:
        if contrast := _tags(sentence, "contrast"):
            return Operators(contrasts=True, measure=_measure(sentence), used=frozenset(contrast))
        if not any(sentence.has(section) for section in ("noun", "part", "of_part", "fact")):
            return _measuring(sentence)
        if sentence.has("fact") and any(tag.names("projects") for tag in sentence.tags):
            return _fact(sentence)
        return _dividing(sentence) or _of_parts(sentence, lights) or _naming(sentence) or _fact(sentence)


def _measuring(sentence: Sentence) -> Operators:
    measured, ranked, measure = _tags(sentence, "measure"), _tags(sentence, "rank"), _measure(sentence)
    measured += [at for at in _tags(sentence, "each") if _averages(sentence, at)]
    if ranked and sentence.has("ask", "who"):  # "hvem har flest røde", "hvem ejer færrest"
        ranks = sentence.tags[ranked[0]].value("rank") == "most"
        who = catalogue.OWNER if sentence.has("role", "owner") else catalogue.LEAD
        return Operators(who, ranks, measure=measure, used=frozenset((*ranked[:1], *measured)))
    greatest = [at for at in _tags(sentence, "sort") if SORTS[_sort_of(sentence, at)].is_amount]
    if greatest and sentence.has("ask", "who") and not sentence.has("role") and not sentence.has("target", "projects"):
        return Operators(catalogue.LEAD, measure=measure, used=frozenset(measured))  # "hvem har det største budget"
    return Operators(measure=measure, used=frozenset(measured))


def _averages(sentence: Sentence, each: int) -> bool:
    """ "gennemsnitligt budget pr. projekt" """
    return sentence.has("ask", "average") and sentence.tag(each + 1).has("target", "projects")


def _sort_of(sentence: Sentence, at: int) -> str:
    return (sentence.tags[at].value("sort") or "").removeprefix("-")


def _measure(sentence: Sentence) -> str | None:
    """ "forbrugsprocent", "hvor stor en del af budgettet er brugt"; not "hvor stor en del af budgettet går til …"."""
    of_budget = sentence.has("ask", "share") and sentence.has("amount", "budget") and sentence.has("amount", "spend")
    return "ratio" if of_budget else sentence.value("measure")


def _tags(sentence: Sentence, section: str, *values: str) -> list[int]:
    if not sentence.has(section, *values):
        return []
    return [at for at, tag in enumerate(sentence.tags) if tag.has(section, *values)]


def _dividing(sentence: Sentence) -> Operators | None:
    """ "pr. fokusområde"; "hvilket fokusområde har flest røde", "top 3 fokusområder efter budget"."""
    marked = next(_marked(sentence), None)
    ranked = _tags(sentence, "rank")
    noun = marked[1] if marked else _noun_asked_for(sentence)
    if noun is None or (marked is None and not _is_divided(sentence, noun, ranked)):
        return None
    name = sentence.tags[noun].value("noun") or ""
    is_of_one = marked is None and any(tag.names_only("projects") for tag in sentence.tags)
    if name == "bodies" or is_of_one:
        return None
    rank = ranked[:1]
    ranks = sentence.tags[rank[0]].value("rank") == "most" if rank else True if _is_top(sentence, noun) else None
    used = frozenset((noun, *([marked[0]] if marked else []), *rank, *_tags(sentence, "measure")))
    return Operators(ATTRIBUTES[name], ranks, measure=_measure(sentence), used=used)


def _marked(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The places of "pr." and of what it divides by."""
    for at in _tags(sentence, "each"):
        behind = range(at + 1, min(len(sentence), at + 2 + _FAR))
        noun = next((one for one in behind if _is_noun(sentence, one)), None)
        if noun is not None and all(_may_stand_between(sentence, one) for one in range(at + 1, noun)):
            yield at, noun


def _may_stand_between(sentence: Sentence, at: int) -> bool:
    """ "fordel de røde projekter i Teknik på …"."""
    tag = sentence.tags[at]
    return sentence.is_plain(at) or bool(tag.entities) or any(map(tag.has, _DIVIDED))


def _is_noun(sentence: Sentence, at: int) -> bool:
    return sentence.tag(at).has("noun") and not is_named(sentence, at)


def is_named(sentence: Sentence, at: int) -> bool:
    """Say whether a name or a number stands behind the noun: "fokusområdet Klima", "prioritet 1", "fasen drift"."""
    after = sentence.tag(at + 1)
    is_number = at + 1 < len(sentence) and sentence.word(at + 1).is_number
    return is_number or bool(after.entities or sentence.tags[at].entities) or after.has("kind") or after.has("phase")


def _noun_asked_for(sentence: Sentence) -> int | None:
    """The noun behind "hvilket" or "hvilke", or that begins the question, or is counted: "top 3 fokusområder"."""
    for at in _tags(sentence, "noun"):
        if is_named(sentence, at):
            continue
        before = sentence.word(at - 1) if at else None
        is_asked = before is not None and is_small(before, "which")
        begins = all(_may_begin(sentence, one) for one in range(at))
        if is_asked or begins or _is_top(sentence, at) or _is_inside_ask(sentence, at):
            return at
    return None


def _may_begin(sentence: Sentence, at: int) -> bool:
    """ "top 3 …", "vis alle …", "hvor mange …", "liste over …"."""
    tag = sentence.tags[at]
    if tag.has("compare") and tag.is_one_word:
        return True
    return sentence.is_plain(at) or tag.has("limit", "top") or tag.has("scope", "all") or tag.has("ask", "count")


def _is_inside_ask(sentence: Sentence, at: int) -> bool:
    """ "hvilken projektleder" is one phrase."""
    tag = sentence.tags[at]
    return any(is_small(word, "which") for word in sentence.words[tag.start : tag.end])


def _is_top(sentence: Sentence, at: int) -> bool:
    return any(sentence.tag(one).has("limit", "top") for one in range(max(0, at - _NEAR), at))


def _is_divided(sentence: Sentence, noun: int, ranked: list[int]) -> bool:
    """Say whether it is asked how the groups are, and not which there are."""
    if sentence.tags[noun].value("noun") not in {one.name for one in ATTRIBUTES.values() if one.groups}:
        return False
    if ranked or _is_top(sentence, noun) or any(tag.has("sort") for tag in sentence.tags[noun + 1 :]):
        return True
    says = ("colour", "flag", "phase", "kind", "compare", "lack", "amount")
    return any(tag.has(section) for tag in sentence.tags[noun + 1 :] for section in says)


def _naming(sentence: Sentence) -> Operators | None:
    """ "hvilke fokusområder har vi": the names themselves."""
    noun = _noun_asked_for(sentence)
    value = sentence.tags[noun].value("noun") if noun is not None else None
    if noun is None or value is None:
        return None
    if any(tag.entities for tag in sentence.tags):
        is_of_one = value in _NAMES or any(tag.names("projects") for tag in sentence.tags)
        fact = ATTRIBUTES[value] if value != "bodies" else None
        return Operators(fact=fact, used=frozenset({noun})) if fact and is_of_one else None
    said = (at for at in range(noun) if sentence.tags[at].has("scope", "all") or sentence.tags[at].has("ask", "count"))
    return Operators(names=_NAMES[value], used=frozenset({noun, *said})) if value in _NAMES else None


def _of_parts(sentence: Sentence, lights: Lights) -> Operators | None:
    """Milestones, benefits, risks or barriers, where they are what is asked for and not what projects have."""
    parts = [at for at in _tags(sentence, "part") if at not in lights.bound]
    whole = [at for at in _tags(sentence, "of_part", "missed") if _names_milestones(sentence, at)]
    at = next(iter((*parts, *whole)), None)
    if at is None or _is_had(sentence, at):
        return None
    value = sentence.tags[at].value("part") or "milestones"
    target = _PARTS[value]
    of_part = [one for one in _tags(sentence, "of_part", *_SAID_OF[target]) if not sentence.tags[one].entities]
    said = frozenset(v for one in of_part if (v := sentence.tags[one].value("of_part")))
    tops = _tags(sentence, "limit", "top")  # "top 10 risici": the number reads it
    obstacles = {"risks": "risk", "barriers": "barrier"}.get(value)
    if len({sentence.tags[one].value("part") for one in parts} & {"risks", "barriers"}) > 1:
        obstacles = None
    impact = _impact(sentence) if target is Target.OBSTACLES else None
    used = {at, *parts, *of_part, *(_removers(sentence) if "to_remove" in said else ()), *([impact] if impact else [])}
    number = int(sentence.word(impact).text) if impact else None
    return Operators(
        parts=target, obstacles=obstacles, said_of_parts=said, impact=number, used=frozenset(used - set(tops))
    )


def _impact(sentence: Sentence) -> int | None:
    """The tag of the number in "konsekvens 5", "konsekvensen er 4"."""
    said = next(iter(_tags(sentence, "of_part", "impact")), None)
    ahead = range(said + 1, min(said + 1 + _NEAR, len(sentence))) if said is not None else ()
    possible = set(map(str, catalogue.IMPACT.possible))
    return next((at for at in ahead if sentence.word(at).text in possible), None)


def _removers(sentence: Sentence) -> list[int]:
    """ "barrierer, vi beder styregruppen fjerne" are the open ones, whoever is to remove them."""
    return [at for at, tag in enumerate(sentence.tags) if tag.has("body") or tag.names_only("bodies")]


def _names_milestones(sentence: Sentence, at: int) -> bool:
    tag = sentence.tags[at]
    return any(word.key.startswith(("milep", "mileston")) for word in sentence.words[tag.start : tag.end])


def _is_had(sentence: Sentence, at: int) -> bool:
    """Say whether projects have it: "projekter med milepæl i juni", "projekter uden risici"."""
    named = [one for one in _tags(sentence, "target", "projects") if one < at]
    before = sentence.telling_before(at)
    lacks = sentence.tag(before).has("lack") and sentence.tag(at).has("attribute")
    return bool(named) or lacks


def _fact(sentence: Sentence) -> Operators:
    """ "næste skridt på skærmbesøg": of one project."""
    at = next((at for at in _tags(sentence, "fact") if not _is_numbered(sentence, at)), None)
    measuring = _measuring(sentence)
    if at is None:
        return measuring
    fact = FACTS[sentence.tags[at].value("fact") or ""]
    return Operators(fact=fact, measure=measuring.measure, used=measuring.used | {at})


def _is_numbered(sentence: Sentence, at: int) -> bool:
    """ "sagsnummer S2026-0350" says which project is meant."""
    return any(word.is_case_number for word in sentence.words[sentence.tags[at].end :][:2])
