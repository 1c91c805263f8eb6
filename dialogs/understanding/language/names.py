"""Which of the things that could be meant by a name are meant here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.letters import stem
from portfolio.organisation import with_all_below

Fields = frozenset[str]

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
_HINTED: dict[str, Fields] = {
    "focus_areas": frozenset({"focus_areas"}),
    "org_units": frozenset({"org_units"}),
    "area": _AREAS,
    "projects": _PROJECTS,
    "bodies": _BODIES,
    "lead": _PEOPLE,
}
# "projektet i Børn og Unge" and "området" say less than "fokusområdet …": they don't rule the rest out.
_LOOSE = frozenset({"area", "projects", "bodies", "lead"})


def candidates(entities: Iterable[Entity], hint: str | None, preference: str, lexicon: Lexicon) -> tuple[Entity, ...]:
    """What may be meant, most likely field only, by name. Empty when the hint names a kind of which there is none."""
    found = frozenset(entities)
    if hint:
        hinted = frozenset(entity for entity in found if entity.field in _HINTED[hint])
        if not hinted and hint not in _LOOSE:
            return ()
        found = hinted or found
    for fields in PREFERENCES[preference]:
        if picked := frozenset(entity for entity in found if entity.field in fields):
            found = picked
            break
    found = _topmost(_current(found, lexicon), lexicon)
    return tuple(sorted(found, key=lambda entity: (entity.field, entity.value)))


def hint_at(sentence: Sentence, position: int) -> str | None:
    """What kind of name is said to follow, or did: "fokusområdet Klima", "klimaområdet"."""
    for at in (position - 1, position - 2, position + 1):
        if tag := sentence.tag(at):
            if hint := tag.value("hint"):
                return hint
            if at == position - 1 and not sentence.is_plain(at):
                break
    return None


def containing(key: str, lexicon: Lexicon) -> tuple[Entity, ...]:
    """The projects with the word inside one of theirs, "booking" for Rumbooking; none for short words."""
    if len(key) < _SHORTEST_INSIDE:
        return ()
    named = [entities for one, entities in lexicon.parts.items() if stem(key) in one]
    found = {entity for entities in named for entity in entities if entity.field == "projects"}
    return tuple(sorted(found, key=lambda entity: entity.value))


def still_open(found: Sequence[Entity], lexicon: Lexicon) -> list[str]:
    """The numbers of those projects that are not closed; of all where all are."""
    closed = {project.number for project in lexicon.vocabulary.projects if project.is_closed}
    return [one.value for one in found if one.value not in closed] or [one.value for one in found]


def _current(found: frozenset[Entity], lexicon: Lexicon) -> frozenset[Entity]:
    """Without the focus areas of earlier periods, where anything else could be meant."""
    replaced = {area.name for area in lexicon.vocabulary.focus_areas if area.replaced_by}
    kept = frozenset(one for one in found if one.field != "focus_areas" or one.value not in replaced)
    return kept or found


def _topmost(found: frozenset[Entity], lexicon: Lexicon) -> frozenset[Entity]:
    """One department for all where the others lie below it: it includes them anyway."""
    units = {one.value for one in found if one.field == "org_units"}
    if len(units) < 2:
        return found
    for name in units:
        if units <= with_all_below([name], lexicon.vocabulary.org_units):
            return frozenset(one for one in found if one.field != "org_units" or one.value == name)
    return found
