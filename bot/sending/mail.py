"""Mail for those whom Teams can't reach."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

TIMEOUT_SECONDS = 15.0
_PORTS = {"smtp": 587, "smtps": 465}
_PERMANENT = 500
LONGEST_SUBJECT = 150

log = structlog.get_logger()


class MailRefusedError(Exception):
    """The server takes no mail to that address."""


class MailAwayError(Exception):
    """The server can't be reached, or says not now; nothing was sent."""


class MailUnsureError(Exception):
    """The server went away in the middle: the mail may have been sent."""


class SmtpMailer:
    """`url` is smtp://user:password@host:port, with STARTTLS where the server offers it, or smtps://…."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._sender = sender
        self._server = aiosmtplib.SMTP(
            hostname=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            timeout=TIMEOUT_SECONDS,
        )

    async def greet(self) -> None:
        """Connects, to see that the server answers and lets us in. Raises MailAwayError."""
        await self._connect()
        self._server.close()

    async def send(self, to: str, subject: str, text: str) -> None:
        """Raises MailRefusedError, MailAwayError and MailUnsureError."""
        await self._connect()
        try:
            await self._server.send_message(_message(self._sender, to, subject, text))
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as error:
            codes = _codes(error)
            log.warning("mail_not_taken", codes=codes)
            is_refused = all(code >= _PERMANENT for code in codes)
            raise (MailRefusedError if is_refused else MailAwayError) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail_broken_off", error=type(error).__name__)
            raise MailUnsureError from error
        finally:
            self._server.close()

    async def _connect(self) -> None:
        try:
            await self._server.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail_server_away", error=type(error).__name__)
            raise MailAwayError from error


def _message(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())[:LONGEST_SUBJECT]
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _codes(error: aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPResponseException) -> list[int]:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return [recipient.code for recipient in error.recipients]
    return [error.code]
