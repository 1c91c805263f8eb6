"""Read a message: an answerable question, a command, a choice between readings, or not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dialogs.turn.orders import Effect, Greet, Order, ProjectOrder, RepeatStatus, ReportStatus, Thank
from dialogs.turn.readings import (
    Asked,
    AskerUnknown,
    Choice,
    Clarify,
    HelpWanted,
    Reading,
    SpeechAct,
    Unclear,
    Wondered,
)
from dialogs.understanding.language.act import act_of, asks_where, speaks_of_oneself, words_told
from dialogs.understanding.language.lead_in import introduces, without_introduction, without_lead_in, without_request
from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.parsing import says_something, sentence_of
from dialogs.understanding.language.phrasebook import is_small, phrases_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.rules import Rule, order_told
from dialogs.understanding.questions.composing import Composer
from dialogs.understanding.questions.draft import Draft
from dialogs.understanding.questions.intent import Intent
from dialogs.understanding.questions.naming import Ambiguity
from dialogs.understanding.questions.targets import target_of
from dialogs.understanding.questions.unused import unused_words
from dialogs.understanding.status.line import read_line
from dialogs.understanding.status.sentences import line_of, status_told, told_by_the_way
from dialogs.values.letters import without_framing, without_mention, words_of
from portfolio.organisation import Person
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES
from portfolio.questions.question import Is, Question, Target, Test, which

LONGEST_TEXT = 3_000
CLAUSES_AT_MOST = 6
_CLAUSE_ENDS = re.compile(
    r"[.!?:;–—\n]+(?=\s|$)|\s[-–—]\s"
    r"|,\s+(?=(?:s(?:å|aa|a) )?(?:hvad|hva|hvilke|hvem|hvor|hvordan|hvornår|vis|find|giv|kan|må|vil|list|er der|har"
    r"|(?:s(?:å|aa|a) )?jeg|vi|i'm|we're|i've|we've|which|what|who|how|show|give|tell|can|could)\b)",
    re.IGNORECASE,
)
_CHOICES_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for one person: `asker` is who "mine" speaks of. Orders are read by the rules, the first that fits."""

    lexicon: Lexicon
    asker: Person | None
    today: date
    rules: Sequence[Rule]

    def understand(self, text: str) -> Reading:
        """Return the reading of the text. Never guesses: words that can't be placed make it Unclear, names that fit
        several things make it Clarify."""
        written = without_mention(text[:LONGEST_TEXT])
        if self.asker:
            written = without_introduction(written, self.asker.name)
            if introduces(written, self.lexicon.namesakes):
                return Unclear((written.split(",")[0].strip(),))  # whose "mine" is then said by nobody
        line = line_of(written, self.lexicon, self.today)
        if line and not _may_be_question(line, self.today):
            return line
        text = without_framing(written)
        request = (without_request(text) or "").rstrip(" ?")
        if request and isinstance(self._read(request, request), Order):
            text = written = request  # a question mark behind it asks nothing
        reading = self._read(text, written)
        if isinstance(reading, Order) and reading.effect is not Effect.SHOWS:
            is_status = isinstance(reading, ReportStatus | RepeatStatus)
            return (None if is_status else self._telling_clause(text)) or reading
        if isinstance(reading, Asked) and self._mixes(text, reading.question):
            return Unclear((text.strip(),))
        if isinstance(reading, Asked | Order | Wondered | HelpWanted):
            return reading
        after_all = self._led_up_to(text) or self._telling_clause(text) or line
        return after_all or (self._status_after_all(written) if isinstance(reading, Unclear) else None) or reading

    def _read(self, text: str, written: str) -> Reading:
        """`written` is the text with the signature below it, which is kept where it may be part of what is told."""
        sentence = sentence_of(text, self.lexicon, self.today)
        if sentence is None:
            return Unclear()
        if told := self._told(sentence, written) or self._denied(sentence):
            return told
        reading = _asked(sentence, self.asker)
        if not isinstance(reading, Asked):
            return reading
        if (speaks_of_oneself(sentence) or asks_where(sentence)) and _asks_nothing(sentence, reading):
            return Unclear((sentence.text.strip(),))
        return Unclear((own,)) if (own := self._own_in(sentence, reading)) else reading

    def _own_in(self, sentence: Sentence, asked: Asked) -> str | None:
        """ "hvilke projekter er jeg glad for" is not asked of all; "kan jeg se" only asks to see."""
        about = {value for test in asked.question.where if isinstance(test, Is) for value in test.values}
        told = next((at for at, tag in enumerate(sentence.tags) if tag.meanings or tag.entities), len(sentence))
        if self.asker and self.asker.id in about:
            return None
        words = [sentence.words[tag.start] for tag in sentence.tags[told + 1 :] if tag.is_one_word and not tag.meanings]
        before = dict(zip(sentence.words[1:], sentence.words, strict=False))
        own = (
            word
            for word in words
            if (is_small(word, "speaks_alone") and not is_small(before[word], "asks_leave"))
            or (is_small(word, "myself") and is_small(before[word], "beside_me"))
        )
        return next((word.text for word in own), None)

    def _mixes(self, text: str, question: Question) -> bool:
        """ "skærmbesøg er gul. hvor mange røde har vi": what two sentences say is not asked of one project."""
        of_one = question.values(catalogue.PROJECTS) and question.target in {Target.COUNT, Target.PROJECTS}
        if not of_one:
            return False
        clauses = [clause for clause in _CLAUSE_ENDS.split(text)[:CLAUSES_AT_MOST] if clause.strip()]
        return sum(says_something(clause, self.lexicon, self.today) for clause in clauses) > 1

    def _led_up_to(self, text: str) -> Reading | None:
        """Return what is asked behind words that lead up to it, and do nothing else."""
        rest = without_lead_in(text)
        reading = self._read(rest, rest) if rest else None
        if isinstance(reading, Order):
            return reading if reading.effect is Effect.SHOWS else None
        return reading if isinstance(reading, Asked | HelpWanted | Clarify) else None

    def _told(self, sentence: Sentence, written: str, *, is_denied: bool = False) -> Order | Asked | Wondered | None:
        order = order_told(sentence, self.asker, self.rules, is_denied=is_denied)
        return order or status_told(sentence, written, is_denied=is_denied)

    def _denied(self, sentence: Sentence) -> Wondered | None:
        """ "slå ikke mine påmindelser fra": what is told without the "not" is what isn't to be done."""
        no = next((word for word in sentence.words if is_small(word, "denies")), None)
        if no is None or act_of(sentence) is SpeechAct.ASKED:
            return None
        rest = f"{sentence.text[: no.first]} {sentence.text[no.last :]}"
        plain = sentence_of(rest, self.lexicon, self.today)
        told = self._told(plain, rest, is_denied=True) if plain else None
        return told if isinstance(told, Wondered) else None

    def _telling_clause(self, text: str) -> Reading | None:
        """ "Jeg sidder med budgettet. Hvilke projekter er røde?": the only clause that asks, where the others tell
        of who asks, and nothing of the portfolio."""
        clauses = [clause for clause in _CLAUSE_ENDS.split(text)[:CLAUSES_AT_MOST] if clause.strip()]
        if len(clauses) < 2:
            return None
        telling = [clause for clause in clauses if says_something(clause, self.lexicon, self.today)]
        readings = {clause: self._asked_in(clause) for clause in telling or clauses}
        asking = [clause for clause, reading in readings.items() if reading]
        if len(asking) != 1 or len(telling) > 1:
            return None
        pairs = zip(clauses, [*clauses[1:], ""], strict=True)
        beside = (self._may_stand_beside(clause, following) for clause, following in pairs if clause != asking[0])
        return readings[asking[0]] if all(beside) else None

    def _asked_in(self, clause: str) -> Reading | None:
        """Return what the clause asks, or has shown."""
        reading = self._read(clause, clause)
        reading = (self._led_up_to(clause) or reading) if isinstance(reading, Unclear) else reading
        shows = isinstance(reading, Order) and reading.effect is Effect.SHOWS and not isinstance(reading, Greet | Thank)
        return reading if shows or isinstance(reading, Asked | AskerUnknown) else None

    def _may_stand_beside(self, clause: str, following: str) -> bool:
        """Say whether a clause greets, tells of who asks, as "jeg sidder med budgettet" does, or is said again
        in other words behind it."""
        sentence, words = sentence_of(clause, self.lexicon, self.today), words_of(following)
        if sentence is None or (words and is_small(words[0], "restates")):
            return True
        says_nothing = all(
            tag.has("command", "greeting", "thanks") or (sentence.is_plain(at) and not sentence.word(at).is_number)
            for at, tag in enumerate(sentence.tags)
        )
        return says_nothing or is_small(words_told(sentence)[0], "teller")

    def _status_after_all(self, written: str) -> ProjectOrder | None:
        """ "P058 gul leverandøren har travlt": no question, and it begins as a status does."""
        telling = phrases_of("colour", "report_progress").words
        if all(word.stem not in telling for word in words_of(written)):
            return None
        sentence = sentence_of(written, self.lexicon, self.today)
        return told_by_the_way(sentence, written, is_no_question=True) if sentence else None


def _may_be_question(line: ProjectOrder, today: date) -> bool:
    """ "status på skærmbesøg: hvornår slutter det?"."""
    said = (isinstance(line, ReportStatus) and line.line) or ""
    return said.endswith("?") and not read_line(said, today).keys() - {"comment"}


def _asked(sentence: Sentence, asker: Person | None) -> Reading:
    intent, lexicon = Intent.of(sentence), sentence.lexicon
    composer = Composer(sentence, asker, intent)
    draft = composer.compose()
    if spoken := _spoken(intent, draft, composer):
        return spoken
    if (missing := _not_held(intent, composer)) or composer.unknown:
        return Unclear(tuple(composer.unknown), because=missing)
    if composer.asker_unknown:
        return AskerUnknown()
    target = target_of(intent, draft, composer.operators, asker)
    if target is None and composer.naming.ambiguities and draft.filters_only_by("lead"):
        return _clarify(composer.naming.ambiguities[0], draft.question(Target.PROJECTS))  # "hvem er Thea"
    if target is None or (sentence.says("hvorfor", "why") and target is not Target.PROJECT):
        return Unclear()
    question = draft.question(target)
    if unused := unused_words(question, sentence, composer.used):
        return Unclear(tuple(unused))
    if composer.naming.ambiguities:
        return _clarify(composer.naming.ambiguities[0], question)
    if target is Target.MEETINGS and (draft.flags or draft.amounts or draft.lacking):
        return Unclear()
    if target is Target.MEETINGS and any(draft.where.values()):
        return _own_meetings(question, lexicon) or _which_body(sentence.text, question, lexicon)
    return Asked(question) if question.is_sound else Unclear()


def _not_held(intent: Intent, composer: Composer) -> str | None:
    """Return the name of what it asks for, where that isn't held."""
    if _is_about_then(intent, composer):
        return "colours_then"
    return "money_in_time" if not composer.unknown and _is_money_in_time(intent, composer.draft) else None


def _is_about_then(intent: Intent, composer: Composer) -> bool:
    """ "hvor mange var røde i oktober", "hvordan så det ud i september": what the colours were isn't held."""
    sentence = intent.sentence
    if sentence.has("unsupported", "history", "then"):
        return True
    if composer.draft.where["projects"]:
        return False
    was = sentence.says("var", "havde", "was", "were", "had") and (
        sentence.has("colour") or sentence.has("flag", "late", "over_budget")
    )
    is_dated = intent.is_about_past or (bool(composer.unknown) and sentence.says("siden", "ago"))
    return (was and is_dated) or (sentence.says("skete", "happened") and intent.has_time)


def _is_money_in_time(intent: Intent, draft: Draft) -> bool:
    """ "hvor meget brugte vi i 3. kvartal": what was spent when isn't held, nor what is granted for a year."""
    sentence = intent.sentence
    is_money = sentence.has("amount", "budget", "spend", "remaining") and not draft.amounts and draft.sort is None
    of_running = any(period.attribute is catalogue.ACTIVE for period in draft.periods)
    return is_money and of_running and not sentence.has("period", "active") and not sentence.has("scope", "open")


def _asks_nothing(sentence: Sentence, asked: Asked) -> bool:
    """ "jeg er til møde på torsdag" names but a day, and "jeg er gul" nothing that is in the portfolio."""
    question = asked.question
    names_nothing = not sentence.has("target") and question.target is Target.PROJECTS
    return names_nothing or question.having_not(*question.periods) == Question(question.target)


def _spoken(intent: Intent, draft: Draft, composer: Composer) -> Reading | None:
    """Read what is said to Tovholder rather than asked of the portfolio."""
    sentence = composer.sentence
    is_bare = not draft.has_filter and draft.sort is None
    if sentence.has("help") and is_bare and not intent.names_plural:
        return HelpWanted()
    if composer.unknown or not is_bare or sentence.has("target") or sentence.has("ask"):
        return None
    if sentence.has("command", "thanks"):
        return Thank()
    return Greet() if sentence.has("command", "greeting") else None


def _clarify(ambiguity: Ambiguity, question: Question) -> Clarify:
    choices = [
        Choice(entity.field, entity.value, _instead(question, ambiguity, entity))
        for entity in ambiguity.choices[:_CHOICES_AT_MOST]
    ]
    return Clarify(ambiguity.words, tuple(choices))


def _own_meetings(question: Question, lexicon: Lexicon) -> Reading | None:
    """ "mine møder", "Mettes møder": those of the bodies a person sits in."""
    people = question.values(catalogue.LEAD)
    if len(people) != 1 or question.asked_of - {catalogue.MEETING, catalogue.BODIES} != {catalogue.LEAD}:
        return None
    (person,) = people
    sits = [body.name for body in lexicon.vocabulary.bodies if person in (body.chair, body.secretary, *body.members)]
    return Asked(_at_bodies(question, *sits)) if sits else None


def _at_bodies(question: Question, *bodies: str) -> Question:
    """The question for meetings of these bodies, in the days that it names."""
    return replace(question, where=(*which(bodies=bodies), *question.periods))


def _which_body(text: str, question: Question, lexicon: Lexicon) -> Clarify:
    """ "digitaliseringsmøde" names no body; which of them is meant?"""
    bodies = [body.name for body in lexicon.vocabulary.bodies][:_CHOICES_AT_MOST]
    choices = (Choice("bodies", name, _at_bodies(question, name)) for name in bodies)
    return Clarify(text.strip(), tuple(choices))


def _instead(question: Question, ambiguity: Ambiguity, entity: Entity) -> Question:
    """The question with another entity in place of the first one."""
    first = ambiguity.choices[0]
    target = question.target
    if target in {Target.PROJECT, Target.PROJECTS} and {first.field, entity.field} & {"projects"}:
        target = Target.PROJECT if entity.field == "projects" else Target.PROJECTS
    changed = question.changed
    if entity.field == "bodies" and changed and changed.since_meeting:
        return question.having_not(changed).having(replace(changed, since_meeting=entity.value))
    if entity.field == "bodies":
        return question.having_instead(Is(catalogue.BODIES, (entity.value,)))
    tests = [_exchanged(test, first, entity) for test in question.where]
    kept = tuple(test for test in tests if test is not None)
    if kept == question.where:
        return replace(question, target=target)
    if first.field != entity.field:
        kept = (*kept, Is(ATTRIBUTES[entity.field], (entity.value,), denied=ambiguity.negated))
    return replace(question, target=target, where=kept)


def _exchanged(test: Test, old: Entity, new: Entity) -> Test | None:
    """The test with the new name in the old one's place, or without the old one where that is of another kind."""
    if not isinstance(test, Is) or test.attribute.name != old.field or old.value not in test.values:
        return test
    values = tuple(
        new.value if value == old.value else value
        for value in test.values
        if value != old.value or new.field == old.field
    )
    return replace(test, values=values) if values else None
