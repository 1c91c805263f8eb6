"""A message that may go on from the answer before it: what it says, and what it points at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogs.understanding.following.cues import Cue, cues_in, small_words
from dialogs.understanding.language.phrasebook import LANGUAGES, phrases_of, read_phrases, spelled_phrases
from dialogs.values.calendar_words import Language
from dialogs.values.letters import Word, fold, words_of

_ENGLISH_IT = frozenset({"it", "it's"})
_SAY_NOTHING = frozenset({"opening", "correct", "narrow", "replace", "others", "back_to", "on_list"})
# What belongs to a thing that may have been named before.
_BELONG = frozenset({"people", "milestones", "benefits", "obstacles"})
# Nobody goes on from an answer in more words.
_MOST_WORDS = 40
_LAST = "last"


@dataclass(frozen=True, slots=True)
class Said:
    """A message, with its cues from left to right."""

    text: str
    words: Sequence[Word]
    cues: Sequence[Cue]

    @classmethod
    def of(cls, text: str, language: Language | None) -> Said:
        """Read it in its language where that is known, since "it" is IT in another."""
        words = words_of(text)
        return cls(text, words, cues_in(words, language) if len(words) <= _MOST_WORDS else ())

    @property
    def free(self) -> Sequence[Word]:
        """The words that are no cue."""
        return [word for at, word in enumerate(self.words) if not self._is_in_cue(at)]

    def has(self, *names: str) -> bool:
        return any(cue.name in names for cue in self.cues)

    @property
    def place(self) -> int | None:
        """The place on the list that is pointed at, from 1 on; -1 for the last."""
        named = next((cue.name for cue in self.cues if cue.name == _LAST or cue.name.isdigit()), None)
        return -1 if named == _LAST else int(named) if named else None

    @property
    def is_of_all(self) -> bool:
        """Say whether the whole portfolio is asked about: "alle", "har vi", but not "dem alle"."""
        free = [at for at in range(len(self.words)) if not self._is_in_cue(at)]
        return any(self.words[at].key in small_words("whole") and not self._sums(at) for at in free)

    @property
    def says_everywhere(self) -> bool:
        """ "og i hele porteføljen", "hvad med alle": goes on, and says only that."""
        keys = {word.key for word in self.free if word.text not in ",?"}
        says_so = keys <= small_words("everywhere") | small_words("around_everywhere")
        is_named = not keys.isdisjoint(small_words("everywhere"))
        return says_so and is_named and self.has("opening", "replace", "correct")

    @property
    def says_we(self) -> bool:
        """ "hvor meget er vi over": all together, or those that were shown."""
        return any(word.key in small_words("we") for word in self.words)

    def _sums(self, at: int) -> bool:
        """ "i alt" """
        return at > 0 and self.words[at - 1].key in {"i", "in"}

    @property
    def lists(self) -> bool:
        """Say whether it asks for a list: "hvilke er røde", "vis de gule"."""
        return any(word.key in small_words("lists") for word in self.words)

    @property
    def names_subject(self) -> bool:
        """Say whether it names what is asked about, as a question of its own does: "projekter", "klimaprojekter"; not
        what belongs to something: "milepæle"."""
        free = self.free
        stems = [word.stem for word in free]
        found = (phrases_of("target").longest(stems, at) for at in range(len(stems)))
        is_named = any(meaning.value not in _BELONG for match in found if match for meaning in match[1])
        return is_named or any(word.key.endswith(_subjects()) for word in free)

    def begins_with(self, *names: str) -> bool:
        """Say whether one of these cues stands before all that it says: "vis kun …", "og hvad med …"."""
        first = next((cue.first for cue in self.cues if cue.name in names), None)
        before = range(first) if first is not None else ()
        return first is not None and all(
            self._is_in_cue(at) or self.words[at].key in small_words("shows") | {","} for at in before
        )

    @property
    def points(self) -> bool:
        """Say whether it is of something that it doesn't name: "hvad koster den", "er den forsinket", "kun mine"; but
        not "hvad er det samlede budget", where a word that points may be an article."""
        if self.has("them", "person", "persons", "replace") or (self.has("narrow", "widen") and not self.names_subject):
            return True
        return any(cue.name == "it" and self._is_pronoun(cue) for cue in self.cues)

    def _is_pronoun(self, cue: Cue) -> bool:
        before = [word.key for at, word in enumerate(self.words[: cue.first]) if not self._is_in_cue(at)]
        is_last = all(word.key in small_words("trailing") or word.text in ".,?!" for word in self.words[cue.end :])
        is_asked_of = len(before) == 1 and before[0] in small_words("is")
        is_told_of = not before and any(word.key in small_words("is") for word in self.words[cue.end : cue.end + 1])
        is_never_article = self._asks_how_far or self.words[cue.first].key in small_words("pronoun")
        return cue.end - cue.first > 1 or is_last or is_asked_of or is_told_of or is_never_article

    @property
    def points_at_one(self) -> bool:
        """ "hvad koster den"; "hvor meget er det" may be of all."""
        return any(
            cue.name == "it"
            and self._is_pronoun(cue)
            and (self._asks_whose or self._asks_how_far or self.words[cue.first].key not in small_words("of_it_all"))
            for cue in self.cues
        )

    @property
    def _asks_whose(self) -> bool:
        """ "hvem ejer det", but not "hvem er det"."""
        free = (word.key for word in self.free)
        return self.asks_who and any(key not in small_words("who") | small_words("is") for key in free)

    @property
    def _asks_how_far(self) -> bool:
        """ "hvor langt er det over budget", where no article stands"""
        return any(word.key in small_words("far") for word in self.words)

    @property
    def begins_pointing(self) -> bool:
        """ "meld den grøn": one word, and then that which was shown."""
        at = next((cue.first for cue in self.cues if cue.name == "it"), None)
        return at is not None and sum(not self._is_in_cue(before) for before in range(at)) == 1

    @property
    def tells_of_it(self) -> bool:
        """ "den er grøn", "it's green": of that which was shown, whatever follows."""
        first = self.cues[0] if self.cues and self.cues[0].name == "it" and self.cues[0].first == 0 else None
        is_verb_in = first is not None and self.words[0].key == "it's"
        after = self.words[first.end : first.end + 1] if first else ()
        return is_verb_in or any(word.key in small_words("is") for word in after)

    @property
    def goes_on(self) -> bool:
        """Say whether its first word joins it to something before."""
        return bool(self.words) and self.words[0].key in small_words("joins")

    @property
    def says_it(self) -> bool:
        """Say whether it points with the English "it", which is a department in Danish."""
        return any(cue.name == "it" and self.words[cue.first].key in _ENGLISH_IT for cue in self.cues)

    @property
    def asks_for_something(self) -> bool:
        """Say whether a word asks: "hvornår kommer de"."""
        return any(word.key in small_words("who") | small_words("what") | small_words("lists") for word in self.words)

    @property
    def asks_when(self) -> bool:
        return any(word.key in small_words("when") for word in self.words)

    @property
    def asks_who_answers(self) -> bool:
        return self.asks_who and any(word.key in small_words("answers_for") for word in self.words)

    @property
    def of_meeting(self) -> bool:
        return any(word.key in small_words("of_meeting") for word in self.words)

    def only_says(self, group: str) -> bool:
        """Say whether it says one of these small words, and nothing else: "og i procent"."""
        free = [word.key for word in self.free]
        small = small_words("which_one") | small_words("shows") | {","}
        said = [key for key in free if key not in small]
        return bool(said) and all(key in small_words(group) for key in said)

    @property
    def says_number(self) -> bool:
        """ "og antal projekter", of the same groups; "hvor mange projekter" may be of all."""
        return self.goes_on and any(word.key in small_words("number") for word in self.words) and not self.sums_up

    @property
    def asking_which(self) -> str:
        """The message with "which" in the place of its "who"."""
        who = next((word for word in self.words if word.key in small_words("who")), None)
        which = min(small_words("which"))
        return self.text if who is None else f"{self.text[: who.first]}{which}{self.text[who.last :]}"

    @property
    def says_how_much(self) -> bool:
        return any(word.key in small_words("much") for word in self.words)

    @property
    def says_both(self) -> bool:
        return any(word.key in small_words("both") for word in self.words)

    @property
    def says_definite_parts(self) -> bool:
        """ "hvad er barriererne", after projects: theirs."""
        return any(word.key in small_words("definite_parts") for word in self.words)

    @property
    def changes(self) -> bool:
        """Say whether it says in what way it changes what was answered last."""
        return self.has("narrow", "except", "widen", "replace", "correct", "others")

    @property
    def counts(self) -> bool:
        """ "hvor mange pr. fagområde" """
        return any(word.key in small_words("counts") for word in self.words)

    @property
    def says_nothing(self) -> bool:
        """Say whether it only takes back what was said: "nej vent"."""
        return all(cue.name == "correct" for cue in self.cues) and all(map(self._is_in_cue, range(len(self.words))))

    @property
    def asks_who(self) -> bool:
        return any(word.key in small_words("who") for word in self.words)

    @property
    def asks(self) -> bool:
        """Say whether it has a question's form: "hvilke er røde", "sorter efter budget"; not "gule", "Social"."""
        first = next((word.key for word in self.free), "")
        return first in small_words("asks") or bool(spelled_phrases("act_begins").get((first,)))

    @property
    def asks_of_all(self) -> bool:
        """Say whether it asks what there is at all: "hvad er forsinket", "hvad har vi i Social"; not "hvilke er …"."""
        keys = [word.key for word in self.free]
        is_how_much = len(keys) > 1 and keys[1] in small_words("much")
        return bool(keys) and keys[0] in small_words("what") and not is_how_much

    @property
    def sums_up(self) -> bool:
        """Say whether it wants one figure for all: "i alt"."""
        return any(word.key in small_words("in_all") for word in self.words)

    @property
    def sorts(self) -> bool:
        """Say whether it asks for an order, rather than for what is first in one."""
        return any(word.key.startswith(("sort", "order")) for word in self.words)

    @property
    def only_shows(self) -> bool:
        """Say whether it asks to see something, and says nothing of what."""
        free = self.free
        return all(word.key in small_words("shows") or word.text == "," for word in free)

    @property
    def asks_which(self) -> bool:
        """ "hvilke", "og hvilke projekter", "vis": says nothing of what is to be listed."""
        keys = {word.key for word in self.free}
        is_bare = all(cue.name == "opening" for cue in self.cues) and self.only_shows
        return is_bare and bool(keys & small_words("lists") - small_words("is"))

    @property
    def shows(self) -> bool:
        return any(word.key in small_words("shows") for word in self.words)

    def written(self, *names: str) -> str:
        """The last of these cues, as it is written."""
        cue = [cue for cue in self.cues if cue.name in names][-1]
        return self.text[self.words[cue.first].first : self.words[cue.end - 1].last]

    @property
    def written_cues(self) -> frozenset[str]:
        return frozenset(self.text[self.words[cue.first].first : self.words[cue.end - 1].last] for cue in self.cues)

    @property
    def rest(self) -> str:
        """The message without the cues that only say how it goes on."""
        return self._with(lambda cue: "" if cue.name in _SAY_NOTHING else None)

    @property
    def plainest(self) -> str:
        """The message without any cue."""
        return self._with(lambda _: "")

    def without(self, group: str) -> str:
        """The words that are no cue and none of the group of small words."""
        free = self.free
        return " ".join(word.text for word in free if word.key not in small_words(group))

    @property
    def turns(self) -> bool:
        """Say whether it turns to something else than what was answered last: "og den anden", "hvad med Mette"."""
        return self.place is not None or self.has("replace", "correct", "others", "back_to")

    def with_names(self, names: Mapping[str, str]) -> str:
        """The message with a name in the place of each cue that has one here."""
        return self._with(lambda cue: names.get(cue.name, "" if cue.name in _SAY_NOTHING else None))

    def naming(self, name: str, *cues: str) -> str:
        """The message with the name in the place of the last of these cues."""
        named = [cue for cue in self.cues if cue.name in cues]
        if not named:
            return f"{self.rest} {name}"
        is_gone = _SAY_NOTHING
        return self._with(lambda cue: name if cue is named[-1] else "" if cue.name in is_gone else None)

    def _with(self, instead: Callable[[Cue], str | None]) -> str:
        """The message with each cue as `instead` says; None leaves it as it is."""
        parts: list[str] = []
        at = 0
        for cue in self.cues:
            if (words := instead(cue)) is not None:
                is_verb_too = words and self.words[cue.first].key == "it's"
                parts += [self.text[at : self.words[cue.first].first], f"{words} is" if is_verb_too else words]
                at = self.words[cue.end - 1].last
        return " ".join("".join([*parts, self.text[at:]]).strip(" ,.:;-–").split())

    def _is_in_cue(self, at: int) -> bool:
        return any(cue.first <= at < cue.end for cue in self.cues)


@lru_cache(maxsize=1)
def _subjects() -> tuple[str, ...]:
    """The words for projects, which others may be put together with."""
    named = (read_phrases(language)["target"]["projects"] for language in LANGUAGES)
    words = {fold(phrase) for phrases in named for phrase in phrases if " " not in phrase}
    return tuple(sorted(word for word in words if word.startswith(("projekt", "project", "indsats"))))
