"""Mail, to a real server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from structlog.testing import capture_logs

from bot.sending.mail import MailAwayError, MailRefusedError, MailUnsureError, SmtpMailer

SENDER = "tovholder@birkefjord.example"
TEXT = "2 projekter mangler status\nSkærmbesøg i hjemmeplejen: senest fredag den 25. september (uge 39)"


class Postbox:
    """Takes mail, unless it was told what to answer."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.to_recipient = ""
        self.to_mail = ""

    async def handle_RCPT(  # noqa: N802 - the server looks for it by this name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.to_mail == "hang up":
            server.transport.close()
        if self.to_mail:
            return self.to_mail
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.got.append(found)
        return "250 OK"


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def mailer(postbox: Postbox, unused_tcp_port: int) -> Iterator[SmtpMailer]:
    controller = Controller(postbox, hostname="127.0.0.1", port=unused_tcp_port)
    controller.start()
    yield SmtpMailer(f"smtp://127.0.0.1:{unused_tcp_port}", SENDER)
    controller.stop()


async def test_somebody_without_teams_gets_the_whole_text_by_mail(mailer: SmtpMailer, postbox: Postbox) -> None:
    await mailer.send("soeren@birkefjord.example", "2 projekter\nmangler status", TEXT)
    (mail,) = postbox.got
    assert (mail["From"], mail["To"]) == (SENDER, "soeren@birkefjord.example")
    assert mail["Subject"] == "2 projekter mangler status"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().split() == TEXT.split()


async def test_address_that_nobody_has_is_refused(mailer: SmtpMailer, postbox: Postbox) -> None:
    postbox.to_recipient = "550 No such user"
    with capture_logs() as logged, pytest.raises(MailRefusedError):
        await mailer.send("nobody@birkefjord.example", "Status", TEXT)
    assert logged == [{"event": "mail_not_taken", "codes": [550], "log_level": "warning"}]


@pytest.mark.parametrize("answer", ["450 Mailbox busy", "451 Greylisted, come back later"])
async def test_server_that_says_not_now_is_asked_again(mailer: SmtpMailer, postbox: Postbox, answer: str) -> None:
    postbox.to_recipient = answer
    with pytest.raises(MailAwayError):
        await mailer.send("soeren@birkefjord.example", "Status", TEXT)


async def test_server_that_is_not_there_is_asked_again(unused_tcp_port: int) -> None:
    with pytest.raises(MailAwayError):
        await SmtpMailer(f"smtp://127.0.0.1:{unused_tcp_port}", SENDER).send("a@b.example", "Status", TEXT)


async def test_server_that_hangs_up_in_the_middle_may_have_taken_it(mailer: SmtpMailer, postbox: Postbox) -> None:
    postbox.to_mail = "hang up"
    with pytest.raises(MailUnsureError):
        await mailer.send("soeren@birkefjord.example", "Status", TEXT)


async def test_many_mails_at_once_go_out_one_after_another(mailer: SmtpMailer, postbox: Postbox) -> None:
    addresses = [f"{at}@birkefjord.example" for at in range(8)]
    await asyncio.gather(*(mailer.send(one, "Status", TEXT) for one in addresses))
    assert sorted(str(mail["To"]) for mail in postbox.got) == addresses
