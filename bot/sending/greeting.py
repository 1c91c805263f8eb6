"""Tells people by mail that a Teams account has become theirs, so that they can say if it isn't."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.sending.mail import MailAwayError, MailRefusedError, MailUnsureError, SmtpMailer
from dialogs.texts import Texts
from dialogs.values.calendar_words import Language
from portfolio.organisation import Person

log = structlog.get_logger()


def greeting_by(mailer: SmtpMailer | None, language: Language) -> Callable[[Person], Awaitable[None]] | None:
    """Returns None where mail is not set up. A mail that can't be sent is logged, and not tried again."""
    if mailer is None:
        return None

    async def greet(person: Person) -> None:
        if person.email is None:
            return
        texts = Texts.of(person.language or language)
        try:
            await mailer.send(person.email, texts.say("account.subject"), texts.say("account.linked", name=person.name))
        except (MailAwayError, MailRefusedError, MailUnsureError) as error:
            log.warning("greeting_not_sent", reason=type(error).__name__)

    return greet
