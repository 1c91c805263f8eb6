"""Asks the portfolio office before a great many messages are sent at once."""

from __future__ import annotations

from dialogs.cards.elements import button, card_reply, line, stacked
from dialogs.office.buttons import Discard, Release, show_preview
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import plain
from dialogs.wording.days import duration_words, number_of
from dialogs.wording.values import moment_words
from portfolio.deliveries import Held


def approval(held: Held, audience: Audience) -> Reply:
    texts = audience.texts
    time, messages = duration_words(held.seconds, audience), number_of(held.messages, audience)
    heading = texts.count("approval.heading", held.messages, number=messages, time=time)
    when, reminders = moment_words(held.at, audience), number_of(held.reminders, audience)
    what = texts.count("approval.what", held.reminders, number=reminders, when=when)
    sentences = [texts.say("approval.why"), what, texts.say("approval.waits")]
    looking = show_preview(texts.say("approval.preview"))
    body = [*(line(plain(text)) for text in sentences), *stacked([looking])]  # a third button is cut on a phone
    actions = [
        button(texts.say("approval.send"), Release(held.run)),
        button(texts.say("approval.discard"), Discard(held.run)),
    ]
    return card_reply(ForOne, heading, sentences, body, texts, actions)
