"""Names in a sentence: what each stands for, in which role, and where it could be any of several."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialogs.understanding.language.lexicon import Entity
from dialogs.understanding.language.names import candidates, open_numbers, with_alike
from dialogs.understanding.questions.gathering import Gathering
from dialogs.understanding.questions.intent import Intent
from dialogs.values.letters import GENITIVE


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Words that may mean any of several things; the draft holds the first until the person chooses."""

    words: str
    choices: tuple[Entity, ...]
    negated: bool


@dataclass(slots=True)
class Naming:
    gathering: Gathering
    intent: Intent
    ambiguities: list[Ambiguity] = field(default_factory=list)
    _said_roles: set[int] = field(default_factory=set)

    def read(self, position: int) -> None:
        sentence = self.gathering.sentence
        entities = candidates(sentence.tags[position].entities, sentence, position, self.intent.preference(position))
        if not entities or self._is_someones(position):
            self.gathering.not_understood(position)
        elif (
            len(entities) > 1
            and entities[0].field == entities[-1].field == "projects"
            and (self.intent.lists_projects or sentence.says("alle", "all"))
        ):
            self.gathering.filter("projects", open_numbers(entities, sentence.lexicon), position)
        elif [entity.field for entity in entities] == ["projects"]:
            self.choose(with_alike(entities, sentence, position), position)
        else:
            self.choose(entities, position)

    def choose(self, entities: tuple[Entity, ...], position: int) -> None:
        if len(entities) > 1:
            written = self.gathering.sentence.written(position)
            self.ambiguities.append(Ambiguity(written, entities, self.gathering.negated))
        self._fill(entities[0], position)

    def _is_someones(self, position: int) -> bool:
        """ "hvad er Mettes løn" asks for something of hers, which no project is; "Mettes klimaprojekter" does not."""
        sentence = self.gathering.sentence
        owns = sentence.tag(position - 1).names("lead") and sentence.last_word(position - 1).key.endswith(GENITIVE)
        return owns and not sentence.has("target") and position == len(sentence) - 1

    def _fill(self, entity: Entity, position: int) -> None:
        if entity.field == "bodies":
            self.gathering.draft.bodies.append(entity.value)
            self.gathering.end_negation(position)
        elif entity.field == "lead":
            role = self._role_of(position)
            self.gathering.negated = self.gathering.negated or self._does_not(position)
            self.gathering.filter(role, [entity.value], position)
        else:
            self.gathering.filter(entity.field, [entity.value], position)

    def _does_not(self, position: int) -> bool:
        """ "som Nina Palm ikke leder"."""
        sentence = self.gathering.sentence
        after = sentence.next_telling(position + 1)
        role = sentence.next_telling(after + 1)
        if denies := sentence.tag(after).has("except") and sentence.tag(role).has("role"):
            self.gathering.skipped.add(after)
        return denies

    def _role_of(self, position: int) -> str:
        """The role said beside a person: "X som leder", "ejet af X", "X ejer"; each is said of one person."""
        sentence = self.gathering.sentence
        before = sentence.telling_before(position)
        after = sentence.next_telling(position + 1)
        as_said = sentence.word(after - 1).key in {"som", "as"}
        for at in (after, before) if as_said else (before, after):
            role = sentence.tag(at).value("role")
            if role in {"lead", "owner"} and at not in self._said_roles:
                self._said_roles.add(at)
                return role
        return "owner" if self.intent.asks_owner and not sentence.has("role", "lead") else "lead"
