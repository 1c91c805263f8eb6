"""From a message to its reading: an answerable question, a command, a choice between readings, or not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from dialogs.readings import Asked, AskerUnknown, Choice, Clarify, Command, Commanded, HelpWanted, Reading, Unclear
from dialogs.understanding.composing import Ambiguity, Composer
from dialogs.understanding.draft import Draft
from dialogs.understanding.intent import Intent
from dialogs.understanding.lexicon import Entity, Lexicon
from dialogs.understanding.sentence import Sentence
from dialogs.understanding.spelling import mended
from dialogs.understanding.tags import tagged
from dialogs.understanding.targets import target_of
from dialogs.understanding.times import with_dates
from dialogs.understanding.words import without_mention, words_of
from portfolio.organisation import Person
from portfolio.questions import Filters, Question, Target

LONGEST_TEXT = 3_000
MOST_WORDS = 120
_CHOICES_AT_MOST = 6
_NEAR_AT_MOST = 3
_NEAR_SCORE = 70


def understand(text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading:
    """One reading of the text. Never guesses: words that can't be placed make it Unclear, names that fit several
    things make it Clarify. `asker` is who "mine" speaks of."""
    text = without_mention(text[:LONGEST_TEXT])
    words = words_of(text)
    if not words or len(words) > MOST_WORDS:
        return Unclear()
    words = mended(with_dates(words, text, today, lexicon), lexicon)
    sentence = Sentence(text, words, tagged(words, lexicon), today)
    intent = Intent.of(sentence)
    composer = Composer(sentence, lexicon, asker, intent)
    draft = composer.compose()
    if spoken := _spoken(intent, draft, composer):
        return spoken
    if composer.unknown:
        return Unclear(tuple(composer.unknown), _near(composer.unknown, lexicon))
    if composer.asker_unknown:
        return AskerUnknown()
    target = target_of(intent, draft)
    if target is None:
        return Unclear()
    question = draft.question(target)
    if composer.ambiguities:
        return _clarify(composer.ambiguities[0], question)
    if target is Target.MEETINGS and any(draft.where.values()):
        return _which_body(text, question, lexicon)
    return Asked(question)


def _spoken(intent: Intent, draft: Draft, composer: Composer) -> Reading | None:
    """What is said to Tovholder rather than asked of the portfolio."""
    sentence = composer.sentence
    is_bare = not draft.has_filter and draft.sort is None
    if _reports(sentence, draft):
        return None if composer.ambiguities else Commanded(Command.REPORT_STATUS, tuple(draft.where["projects"]))
    if sentence.has("help") and is_bare and not intent.names_plural:
        return HelpWanted()
    if composer.unknown or not is_bare or sentence.has("target") or sentence.has("ask"):
        return None
    if sentence.has("command", "thanks"):
        return Commanded(Command.THANKS)
    return Commanded(Command.GREETING) if sentence.has("command", "greeting") else None


def _reports(sentence: Sentence, draft: Draft) -> bool:
    """ "jeg vil melde status", "status på skærmbesøg: gul …", or "status" alone."""
    if sentence.has("ask", "who") or draft.flags:
        return False
    if sentence.has("command", "report_status"):
        return True
    one_line = sentence.has("one") and ":" in sentence.text and bool(draft.where["overall"] and draft.where["projects"])
    return one_line or (len(sentence.words) == 1 and sentence.says("status"))


def _clarify(ambiguity: Ambiguity, question: Question) -> Clarify:
    choices = [
        Choice(entity.field, entity.value, _instead(question, ambiguity, entity))
        for entity in ambiguity.choices[:_CHOICES_AT_MOST]
    ]
    return Clarify(ambiguity.words, tuple(choices))


def _which_body(text: str, question: Question, lexicon: Lexicon) -> Clarify:
    """ "digitaliseringsmøde" names no body; which of them is meant?"""
    bodies = [body.name for body in lexicon.vocabulary.bodies][:_CHOICES_AT_MOST]
    choices = (Choice("bodies", name, replace(question, where=Filters(), bodies=(name,))) for name in bodies)
    return Clarify(text.strip(), tuple(choices))


def _instead(question: Question, ambiguity: Ambiguity, entity: Entity) -> Question:
    """The question with another entity in place of the first one."""
    first = ambiguity.choices[0]
    target = question.target
    if target in {Target.PROJECT, Target.PROJECTS} and {first.field, entity.field} & {"projects"}:
        target = Target.PROJECT if entity.field == "projects" else Target.PROJECTS
    if entity.field == "bodies":
        return replace(question, bodies=(entity.value,))
    side = "without" if ambiguity.negated else "where"
    filters = getattr(question, side)
    kept = tuple(value for value in getattr(filters, first.field) if value != first.value)
    filters = replace(filters, **{first.field: kept})
    filters = replace(filters, **{entity.field: (*getattr(filters, entity.field), entity.value)})
    return replace(question, target=target, **{side: filters})


def _near(unknown: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Names in the portfolio that look like what was written."""
    vocabulary = lexicon.vocabulary
    names = [area.name for area in vocabulary.focus_areas] + [unit.name for unit in vocabulary.org_units]
    names += [project.title for project in vocabulary.projects]
    found = process.extract(" ".join(unknown)[:60], names, scorer=WRatio, score_cutoff=_NEAR_SCORE, limit=_NEAR_AT_MOST)
    return tuple(dict.fromkeys(name for name, _, _ in found))
