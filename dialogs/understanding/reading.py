"""From a message to its reading: an answerable question, a command, a choice between readings, or not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from dialogs.readings import Asked, AskerUnknown, Choice, Clarify, Command, Commanded, HelpWanted, Reading, Unclear
from dialogs.understanding.composing import Composer
from dialogs.understanding.draft import Draft
from dialogs.understanding.intent import Intent
from dialogs.understanding.lexicon import Entity, Lexicon
from dialogs.understanding.naming import Ambiguity
from dialogs.understanding.sentence import Sentence
from dialogs.understanding.spelling import mended
from dialogs.understanding.tags import tagged
from dialogs.understanding.targets import target_of
from dialogs.understanding.times import with_dates
from dialogs.understanding.words import without_framing, words_of
from portfolio.organisation import Person
from portfolio.questions import Filters, Question, Target

LONGEST_TEXT = 3_000
MOST_WORDS = 120
CLAUSES_AT_MOST = 6
_CLAUSE_ENDS = re.compile(
    r"[.!?:;–—\n]+(?=\s|$)|\s[-–—]\s|,\s+(?=(?:hvad|hvilke|hvem|hvor|hvordan|hvornår|which|what|how)\b)"
)
_CHOICES_AT_MOST = 6
_NEAR_AT_MOST = 3
_NEAR_SCORE = 70


def understand(text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading:
    """One reading of the text. Never guesses: words that can't be placed make it Unclear, names that fit several
    things make it Clarify. `asker` is who "mine" speaks of."""
    text = without_framing(text[:LONGEST_TEXT])
    reading = _read(text, lexicon, asker, today)
    if not isinstance(reading, Asked | Commanded | HelpWanted) and (
        clause := _telling_clause(text, lexicon, asker, today)
    ):
        return clause
    return reading


def _telling_clause(text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading | None:
    """ "Jeg sidder med budgettet. Hvilke projekter er røde?": the only clause that asks, where no other says anything
    of the portfolio."""
    clauses = [clause for clause in _CLAUSE_ENDS.split(text)[:CLAUSES_AT_MOST] if clause.strip()]
    if len(clauses) < 2:
        return None
    telling = [clause for clause in clauses if _says_something(clause, lexicon, today)]
    readings = [_read(clause, lexicon, asker, today) for clause in telling or clauses]
    asked = [reading for reading in readings if isinstance(reading, Asked)]
    return asked[0] if len(asked) == 1 and len(telling) <= 1 else None


def _says_something(clause: str, lexicon: Lexicon, today: date) -> bool:
    """Names, colours, flags or kinds: what would narrow a question for projects."""
    sentence = _sentence(clause, lexicon, today)
    narrows = ("colour", "flag", "kind", "phase", "except", "compare")
    return any(
        any(entity.field != "bodies" for entity in tag.entities) or any(tag.has(section) for section in narrows)
        for tag in sentence.tags
    )


def _sentence(text: str, lexicon: Lexicon, today: date) -> Sentence:
    words = mended(with_dates(words_of(text), text, today, lexicon), lexicon)
    return Sentence.of(text, words, tagged(words, lexicon), today)


def _read(text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading:
    if not 0 < len(words_of(text)) <= MOST_WORDS:
        return Unclear()
    sentence = _sentence(text, lexicon, today)
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
    if target is None or (sentence.says("hvorfor", "why") and target is not Target.PROJECT):
        return Unclear()
    question = draft.question(target)
    if composer.naming.ambiguities:
        return _clarify(composer.naming.ambiguities[0], question)
    if target is Target.MEETINGS and (draft.flags or draft.amounts or draft.lacking):
        return Unclear()
    if target is Target.MEETINGS and any(draft.where.values()):
        return _own_meetings(question, lexicon) or _which_body(text, question, lexicon)
    return Asked(question)


def _spoken(intent: Intent, draft: Draft, composer: Composer) -> Reading | None:
    """What is said to Tovholder rather than asked of the portfolio."""
    sentence = composer.sentence
    is_bare = not draft.has_filter and draft.sort is None
    if _reports(sentence, draft):
        return None if composer.naming.ambiguities else Commanded(Command.REPORT_STATUS, tuple(draft.where["projects"]))
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


def _own_meetings(question: Question, lexicon: Lexicon) -> Reading | None:
    """ "mine møder", "Mettes møder": those of the bodies a person sits in."""
    if len(question.where.lead) != 1 or question.where.given().keys() != {"lead"}:
        return None
    (email,) = question.where.lead
    sits = [one.name for one in lexicon.vocabulary.bodies if email in (one.chair, one.secretary, *one.members)]
    return Asked(replace(question, where=Filters(), bodies=tuple(sits))) if sits else None


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
