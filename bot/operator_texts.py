"""The operator reads Danish, whatever language `TOVHOLDER_LANGUAGE` gives the people in Teams."""

from __future__ import annotations

from dialogs.texts import Texts

TEXTS = Texts.of("da")
say = TEXTS.say
count = TEXTS.count
