"""What is asked of oneself, of others, of words and of days is asked in so many words: any other word changes it."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.calendar import CALENDAR
from dialogs.features import understand
from dialogs.glossary import GLOSSARY
from dialogs.oneself import ONESELF
from dialogs.presence import PRESENCE
from dialogs.understanding.language.lexicon import Lexicon
from tests.dialogs.understanding.check import questions

SHOWS = tuple(order for feature in (ONESELF, PRESENCE, GLOSSARY, CALENDAR) for order in feature.shows)
ASKED = [one for one in questions() if one["group"] == "oneself_and_words" and one["kind"] != "unclear"]
# Words that say something, wherever they stand; all but the last are small words that a question elsewhere passes over.
TELLING = ("kun", "aldrig", "andre", "flere", "vores", "hans", "penge", "nej", "undtagen", "cykel")


@pytest.mark.parametrize("word", TELLING)
def test_no_word_that_says_something_is_passed_over(word: str, lexicon: Lexicon) -> None:
    asker, passed_over = next(iter(lexicon.vocabulary.people)), []
    for asked in ASKED:
        words, today = asked["text"].split(), date.fromisoformat(asked["today"])
        plain = understand(asked["text"], lexicon, asker, today)
        for at in range(len(words) + 1):
            text = " ".join((*words[:at], word, *words[at:]))
            if isinstance(plain, SHOWS) and understand(text, lexicon, asker, today) == plain:
                passed_over.append(text)
    assert passed_over == []
