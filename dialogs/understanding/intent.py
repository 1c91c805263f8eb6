"""What a message is about as a whole, seen before its parts are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.understanding.tags import Tag
from dialogs.understanding.times import time_at
from dialogs.understanding.words import Word
from portfolio.questions import PeriodField

_PAST_VERBS = frozenset(
    [
        "sluttede",
        "startede",
        "begyndte",
        "udloeb",
        "koerte",
        "gik",
        "sluttet",
        "blev",
        "var",
        "ended",
        "started",
        "began",
        "finished",
        "ran",
        "was",
        "were",
    ]
)
_SINGULAR = frozenset({"projekt", "projektet", "project", "projektets", "indsats", "indsatsen"})
_GENITIVE = ("s", "'", "’")


@dataclass(frozen=True, slots=True)
class Intent:
    words: Sequence[Word]
    tags: Sequence[Tag]
    has_time: bool

    @classmethod
    def of(cls, tags: Sequence[Tag], words: Sequence[Word], today: date) -> Intent:
        return cls(words, tags, any(time_at(tags, words, position, today) for position in range(len(tags))))

    def has(self, section: str, value: str | None = None) -> bool:
        return any(tag.has(section, value) for tag in self.tags)

    def says(self, *keys: str) -> bool:
        return any(word.key in keys for word in self.words)

    @property
    def names_plural(self) -> bool:
        return any(
            (tag.has("target", "projects") or tag.has("target", "people"))
            and self.words[tag.start].key not in _SINGULAR
            for tag in self.tags
        )

    @property
    def is_singular(self) -> bool:
        """ "det dyreste projekt": one is asked for."""
        return not self.names_plural and any(word.key in _SINGULAR for word in self.words)

    @property
    def is_one(self) -> bool:
        """Whether one project is asked about: "status på …", "hvem leder …", "hvornår slutter …"."""
        if self.names_plural or self.says("alle", "hvilke", "which"):
            return False
        asks_role = self.has("role", "lead") or self.has("role", "owner")
        return (
            self.has("one")
            or (self.has("ask", "who") and asks_role)
            or (self.has("ask", "when") and not self.has("target", "meetings"))
            or self.has("amount")
            or self.has("command", "report_status")
        )

    @property
    def lists_projects(self) -> bool:
        return self.names_plural or (self.says("hvilke", "which") and not self.is_one)

    @property
    def is_past(self) -> bool:
        return any(word.key in _PAST_VERBS for word in self.words)

    @property
    def asks_owner(self) -> bool:
        return self.has("role", "owner")

    def preference(self, position: int) -> str:
        """What kind of name is likely at this tag; see `names.PREFERENCES`."""
        last = self.words[self.tags[position].end - 1]
        following = self.tags[position + 1] if position + 1 < len(self.tags) else None
        if last.key.endswith(_GENITIVE) and following and following.has("target", "projects"):
            return "person"
        if following and following.has("role") and not self.is_one:
            return "person"
        if self.has("target", "meetings"):
            return "meetings"
        return "one" if self.is_one else "list"

    def period_field(self, position: int) -> PeriodField:
        """Which date is spoken of: the nearest verb before the time, or else after it."""
        before = [tag for tag in reversed(self.tags[: position + 1]) if tag.has("period")]
        after = [tag for tag in self.tags[position + 1 :] if tag.has("period")]
        for tag in before + after:
            return PeriodField(tag.value("period") or "")
        if self.has("target", "meetings") or self.has("body"):
            return PeriodField.MEETING
        if self.has("flag", "missing_status") or self.has("flag", "reported"):
            return PeriodField.STATUS
        until = self.tags[position].value("until")
        return PeriodField.END if until in {"before", "by"} else PeriodField.ACTIVE
