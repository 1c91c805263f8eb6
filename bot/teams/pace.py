"""Limits how often people and conversations are listened to: whoever is faster than anybody writes is asked to wait.
Each process counts for itself."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from botbuilder.schema import Activity

from bot.teams.activities import is_automatic

WINDOW_SECONDS = 10.0
# Far more than somebody in a hurry gets to press, or a meeting to write, in this time. Cards that are scrolled past ask
# by themselves, and count apart.
PERSON, CONVERSATION, VIEWS = 50, 200, 200
COUNTED = frozenset({"message", "messageUpdate", "invoke"})
REMEMBERED = 10_000


class TooFastError(Exception):
    """Not listened to. `is_news`: nobody was told so in this window yet."""

    def __init__(self, *, is_news: bool) -> None:
        super().__init__()
        self.is_news = is_news


@dataclass(slots=True)
class _Window:
    ends: float
    count: int = 0
    is_told: bool = False


class Pace:
    """Counts what comes in a window of time, by person and by conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: OrderedDict[tuple[str, str], _Window] = OrderedDict()

    def check(self, activity: Activity) -> None:
        """Counts the activity. Raises TooFastError, and doesn't count it, so that nobody uses up another's share."""
        if activity.type not in COUNTED:
            return
        windows = list(self._windows_of(activity))
        for window, most in windows:
            if window.count >= most:
                is_news, window.is_told = not window.is_told, True
                raise TooFastError(is_news=is_news)
        for window, _ in windows:
            window.count += 1

    def give_back(self, activity: Activity) -> None:
        """Doesn't count for its conversation what came from somebody who has no part in it."""
        if activity.type in COUNTED and not is_automatic(activity):
            window = self._window("conversation", _room(activity))
            window.count = max(0, window.count - 1)

    def _windows_of(self, activity: Activity) -> Iterator[tuple[_Window, int]]:
        """Gives the windows that it falls in, with what each may hold."""
        sender = activity.from_property.aad_object_id or activity.from_property.id
        if is_automatic(activity):
            yield self._window("views", sender), VIEWS
            return
        yield self._window("person", sender), PERSON
        yield self._window("conversation", _room(activity)), CONVERSATION

    def _window(self, kind: str, name: str) -> _Window:
        key, now = (kind, name), self._clock()
        window = self._windows.pop(key, None)
        if window is None or window.ends <= now:
            window = _Window(now + WINDOW_SECONDS)
        self._windows[key] = window
        if len(self._windows) > REMEMBERED:
            self._windows.popitem(last=False)
        return window


def _room(activity: Activity) -> str:
    """Counts a channel's threads together."""
    return str(activity.conversation.id).partition(";")[0]
