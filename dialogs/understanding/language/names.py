"""Choose among the things that could be meant by a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.phrasebook import is_small, phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.letters import stem
from portfolio.organisation import with_all_below

Fields = frozenset[str]

_SHORTEST_STEM = 4
_SHORTEST_INSIDE = 5
_AREAS = frozenset({"focus_areas", "org_units"})
_PEOPLE = frozenset({"lead"})
_PROJECTS = frozenset({"projects"})
_BODIES = frozenset({"bodies"})

# What goes before what, by what the sentence is about. Fields in one set are equally likely.
PREFERENCES: dict[str, Sequence[Fields]] = {
    "list": (_AREAS, _PEOPLE, _BODIES, _PROJECTS),
    "one": (_PROJECTS, _BODIES, _AREAS, _PEOPLE),
    "meetings": (_BODIES, _AREAS, _PEOPLE, _PROJECTS),
    "person": (_PEOPLE, _AREAS, _PROJECTS, _BODIES),
}


def candidates(entities: Iterable[Entity], sentence: Sentence, position: int, preference: str) -> tuple[Entity, ...]:
    """Return what may be meant at that tag, most likely field only, by name; nothing where a kind is named beside it of
    which there is none."""
    likely, hint, lexicon = frozenset(entities), _hint_at(sentence, position), sentence.lexicon
    if all(entity.field == "projects" for entity in likely) and _is_any_such(sentence, position, preference):
        return ()
    if all(entity.field in _AREAS for entity in likely) and _asks_what_it_is(sentence, position):
        return ()  # "hvad er kunstig intelligens" asks for no projects of the area that is called so
    hinted = frozenset(entity for entity in likely if entity.field in (_AREAS if hint == "area" else {hint}))
    # "projektet i Børn og Unge" and "området" say less than "fokusområdet …": they don't rule the rest out.
    if hint in _AREAS and not hinted and not _is_asked_of(sentence, position):
        return ()
    likely = hinted or likely
    for fields in PREFERENCES[preference]:
        if preferred := frozenset(entity for entity in likely if entity.field in fields):
            likely = preferred
            break
    likely = _topmost(_current(likely, lexicon), lexicon)
    return tuple(sorted(likely, key=lambda entity: (entity.field, lexicon.places.get(entity.value, 0), entity.value)))


def _is_any_such(sentence: Sentence, position: int, preference: str) -> bool:
    """Say whether the word is said of such things in general: "hvad koster et kaldeanlæg", "hvad er kunstig
    intelligens"; not of the project that is called so."""
    tag = sentence.tags[position]
    before = [word.key for word in sentence.words[: tag.start]]
    small = phrasebook().small
    is_one_of_them = preference == "one" and bool(before) and before[-1] in small["indefinite"]
    return is_one_of_them or (_asks_what_it_is(sentence, position) and not tag.is_whole)


def _asks_what_it_is(sentence: Sentence, position: int) -> bool:
    """ "hvad er …", and nothing else."""
    tag, small = sentence.tags[position], phrasebook().small
    before = [word.key for word in sentence.words[: tag.start]]
    asks = len(before) == 2 and before[0] in small["asks_what"] and before[1] in small["is"]
    return asks and tag.end == len(sentence.words)


def _hint_at(sentence: Sentence, position: int) -> str | None:
    """Return the kind of name that is said to follow, or did: "fokusområdet Klima", "klimaområdet"."""
    stands_behind = position > 0 and not sentence.is_plain(position - 1)
    near = (position - 1,) if stands_behind else (position - 1, position - 2, position + 1)
    return next((hint for at in near if (hint := sentence.tag(at).value("hint"))), None)


def _is_asked_of(sentence: Sentence, position: int) -> bool:
    """ "hvilket fagområde hører skærmbesøg under", "fokusområde på skærmbesøg": the kind is asked, and not named."""
    asks = position > 2 and is_small(sentence.word(position - 3), "which")
    return asks or (position > 0 and is_small(sentence.word(position - 1), "of"))


def containing(key: str, lexicon: Lexicon) -> tuple[Entity, ...]:
    """The projects with the word inside one of theirs, "booking" for Rumbooking; none for short words."""
    if len(key) < _SHORTEST_INSIDE or len(stem(key)) < _SHORTEST_STEM:  # "anden" is not in "handicap"
        return ()
    named = [lexicon.parts[part] for part in lexicon.parts_with(stem(key))]
    projects = {entity for entities in named for entity in entities if entity.field == "projects"}
    return tuple(sorted(projects, key=lambda entity: entity.value))


def with_alike(found: Sequence[Entity], sentence: Sentence, position: int) -> tuple[Entity, ...]:
    """ "robotten" may be the Cv-robot or the Fakturarobot, and "velfærdsteknologi" is a project's where no department
    can be meant."""
    tag, word = sentence.tags[position], sentence.word(position)
    if (tag.is_whole and found) or not tag.is_one_word:
        return tuple(found)
    return tuple(dict.fromkeys((*found, *containing(word.stem if found else word.key, sentence.lexicon))))


def open_numbers(projects: Sequence[Entity], lexicon: Lexicon) -> list[str]:
    """The numbers of the projects that are not closed; of all where all are."""
    closed = {project.number for project in lexicon.vocabulary.projects if project.is_closed}
    numbers = [project.value for project in projects]
    return [number for number in numbers if number not in closed] or numbers


def _current(entities: frozenset[Entity], lexicon: Lexicon) -> frozenset[Entity]:
    """Leave out the focus areas of earlier periods, where anything else could be meant."""
    replaced = {area.name for area in lexicon.vocabulary.focus_areas if area.replaced_by}
    kept = frozenset(entity for entity in entities if entity.field != "focus_areas" or entity.value not in replaced)
    return kept or entities


def _topmost(entities: frozenset[Entity], lexicon: Lexicon) -> frozenset[Entity]:
    """Keep one department for all where the others lie below it: it includes them anyway."""
    units = {entity.value for entity in entities if entity.field == "org_units"}
    if len(units) < 2:
        return entities
    for name in units:
        if units <= with_all_below([name], lexicon.vocabulary.org_units):
            return frozenset(entity for entity in entities if entity.field != "org_units" or entity.value == name)
    return entities
