"""Tell what a message is about as a whole, before its parts are read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import time_at
from dialogs.values.letters import GENITIVE
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Attribute

_PAST_VERBS = frozenset(
    {"sluttede", "startede", "begyndte", "udloeb", "koerte", "gik", "sluttet", "blev", "var", "naaede", "reached"}
)
_PAST_VERBS |= {"ended", "started", "began", "finished", "ran", "was", "were"}
_OF = frozenset({"af", "of"})
_SINGULAR = frozenset({"projekt", "projektet", "project", "projektets", "indsats", "indsatsen"})


@dataclass(frozen=True, slots=True)
class Intent:
    """`has_time`: some time is said; `is_about_past`: one that is over."""

    sentence: Sentence
    has_time: bool
    is_about_past: bool

    @classmethod
    def of(cls, sentence: Sentence) -> Intent:
        times = [time for at in range(len(sentence)) if (time := time_at(sentence, at))]
        return cls(sentence, bool(times), any(time.last and time.last <= sentence.today for time in times))

    @property
    def names_plural(self) -> bool:
        counted = ("projects",) if self.sentence.has("ask", "who") else ("projects", "people")  # "who leads …"
        named = [tag for tag in self.sentence.tags if tag.has("target", *counted)]
        return any(self.sentence.words[tag.start].key not in _SINGULAR for tag in named)

    @property
    def lists_people(self) -> bool:
        """ "projektlederne på de røde projekter": people are named before projects, or alone."""
        first = next((tag for tag in self.sentence.tags if tag.has("target", "projects", "people")), None)
        return first is not None and first.has("target", "people")

    @property
    def is_singular(self) -> bool:
        """ "det dyreste projekt", "hvilket er dyrest": one is asked for."""
        is_named = any(word.key in _SINGULAR for word in self.sentence.words)
        return not self.names_plural and (is_named or self._asks_which_one)

    @property
    def _asks_which_one(self) -> bool:
        """ "hvilket er dyrest", but not "hvilket fokusområde har det største budget"."""
        words, tags = self.sentence.words, self.sentence.tags
        pairs = [(words[tag.start].key, following) for tag, following in pairwise(tags) if tag.end == tag.start + 1]
        danish = any(key in {"hvilket", "hvilken"} and not following.has("noun") for key, following in pairs)
        return danish or any(key == "which" and words[following.start].key == "one" for key, following in pairs)

    @property
    def is_one(self) -> bool:
        """Say whether one project is asked about: "status på …", "hvem leder …", "hvornår slutter …"."""
        if self.names_plural or self.sentence.says("alle", "hvilke", "which"):
            return False
        return (
            self.sentence.has("one")
            or self.sentence.has("trend")
            or (self.sentence.has("ask", "who") and self.sentence.has("role", "lead", "owner"))
            or (self.sentence.has("ask", "when") and not self.sentence.has("target", "meetings"))
            or self.sentence.has("amount")
            or self.sentence.has("command", "report_status")
        )

    @property
    def lists_projects(self) -> bool:
        asks_parts = self.sentence.has("light") and not self.sentence.has("colour")
        return self.names_plural or (self.sentence.says("hvilke", "which") and not self.is_one and not asks_parts)

    @property
    def is_past(self) -> bool:
        """Late is what should have ended."""
        is_over = self.sentence.has("flag", "late") or not self.sentence.keys.isdisjoint(_PAST_VERBS)
        return is_over or self.is_done

    @property
    def is_done(self) -> bool:
        """ "blev afsluttet", "har vi lukket", "stoppede": told of what is over; not "skal være afsluttet"."""
        sentence = self.sentence
        says_over = sentence.has("phase", "closed", "stopped", "closed_or_stopped") or sentence.says(
            "stoppede", "lukkede"
        )
        tells = sentence.says("blev", "blevet", "har", "fik", "stoppede", "lukkede", "was", "were", "have", "did")
        coming = sentence.says("skal", "skulle", "bliver", "vil", "forventes", "kan", "will", "should", "must", "burde")
        return says_over and tells and not coming and not self.names_plural_after_phase

    @property
    def names_plural_after_phase(self) -> bool:
        """ "afsluttede projekter i 2025" tells which projects, not what happened."""
        at = next((at for at, tag in enumerate(self.sentence.tags) if tag.has("phase")), -1)
        return at >= 0 and self.sentence.tag(self.sentence.next_telling(at + 1)).has("target")

    @property
    def amounts(self) -> list[str]:
        """The amounts that are said; what is left of a budget, or spent of it, is no budget: "hvor meget budget er der
        tilbage"."""
        tags = self.sentence.tags
        said = {at: amount for at, tag in enumerate(tags) if (amount := tag.value("amount"))}
        is_left = "remaining" in said.values()
        of_it = {at for at in said if at and self.sentence.last_word(at - 1).key in _OF}
        kept = [one for at, one in said.items() if one != "budget" or not (is_left or at in of_it)]
        return kept or list(said.values()) or ([catalogue.BUDGET.name] if self._asks_for_money else [])

    @property
    def _asks_for_money(self) -> bool:
        """ "hvor mange penge er der i Teknik": those that are granted, where nothing else is said of them."""
        sums = (tag for tag in self.sentence.tags if tag.has("ask", "sum"))
        words = (word for tag in sums for word in self.sentence.words[tag.start : tag.end])
        return not self.sentence.has("flag") and any(is_small(word, "money") for word in words)

    @property
    def amount(self) -> str | None:
        return next(iter(self.amounts), None)

    @property
    def counts_in_all(self) -> bool:
        """ "røde i alt"; "alt i Teknik" is a list."""
        sums = (tag for tag in self.sentence.tags if tag.has("ask", "sum"))
        in_all = any(is_small(self.sentence.words[tag.end - 1], "in_all") for tag in sums)
        return in_all and not self._asks_for_money

    @property
    def asks_which_projects(self) -> bool:
        """ "hvilke projekter skal på styregruppemødet"."""
        tags = self.sentence.tags
        asked = (at for at, tag in enumerate(tags) if at and tag.has("target", "projects"))
        return any(is_small(self.sentence.last_word(at - 1), "which") for at in asked)

    @property
    def asks_owner(self) -> bool:
        return self.sentence.has("role", "owner") or any("ejer" in word.key for word in self.sentence.words)

    def preference(self, position: int) -> str:
        """Return the kind of name that is likely at this tag; see `names.PREFERENCES`."""
        following, last = self.sentence.tag(position + 1), self.sentence.last_word(position)
        owns = last.key.endswith(GENITIVE) and following.has("target", "projects")
        if owns or (following.has("role") and not self.is_one):
            return "person"
        if self.sentence.has("target", "meetings"):
            return "meetings"
        return "one" if self.is_one else "list"

    def period_field(self, position: int) -> Attribute:
        """Return the date that is spoken of: the nearest verb before the time, or else after it."""
        before = reversed(self.sentence.tags[: position + 1])
        for tag in (*before, *self.sentence.tags[position + 1 :]):
            if field := tag.value("period"):
                return ATTRIBUTES[field]
        names_body = self.sentence.has("body") or any(tag.names_only("bodies") for tag in self.sentence.tags)
        if self.sentence.has("target", "meetings") or names_body:
            return catalogue.MEETING
        if self.sentence.has("flag", "missing_status", "reported"):
            return catalogue.STATUS
        if self.is_done or self.sentence.has("phase", "closed", "stopped", "closed_or_stopped"):
            return catalogue.END
        if self.sentence.has("flag", "late"):
            return catalogue.END
        return catalogue.END if self.sentence.tags[position].has("until", "before", "by") else catalogue.ACTIVE
