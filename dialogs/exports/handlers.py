"""Hands lists over as files: made anew for whoever takes one, of what they may see then."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from dialogs.cards.buttons import Export
from dialogs.exports.buttons import ADDRESS, FILE_ID, NAME, WHERE, LeaveFile, TakeFile
from dialogs.exports.cards import HowToExport, InTerminal, Left, Linked, NoLink, Offered, Taken
from dialogs.exports.files import Exporter, File, Listing, name_of
from dialogs.help.cards import WhoAreYou
from dialogs.memory.going_on import remember_answer
from dialogs.questions.clarify_card import NotUnderstood
from dialogs.refusal import ForbiddenButton, Why
from dialogs.remark import Remark
from dialogs.texts import Texts
from dialogs.turn.answer import Answer, Asking, Finding
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.button import Thing
from dialogs.turn.files import Place
from dialogs.turn.orders import ExportList
from dialogs.turn.payload import MalformedButton, from_data, to_data
from dialogs.turn.readings import Unclear
from dialogs.turn.reply import UserError
from dialogs.turn.visit import Stores, Visit
from dialogs.values.plain import one_line
from portfolio.audit import Action, AuditEntry
from portfolio.exports import FileKind, LinkedList
from portfolio.identity import PersonId
from portfolio.questions.question import Question

# 192 bits, in letters that an address holds.
_TOKEN_BYTES = 24
LINKS = "/files/"
LONGEST_NAME = 120
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Exports:
    """`exporter` knows the tables of all features."""

    exporter: Exporter

    async def show(self, stores: Stores, _audience: Audience, order: ExportList) -> Finding:
        """Answer scripts, which are told how the command line does it, and strangers, whom no file is made for."""
        if order.words and order.question is None:
            return NotUnderstood(Unclear((order.words,)))
        if order.question is None:
            return HowToExport(is_nothing=not order.asks_how)
        return InTerminal(order.question) if stores.files.place is Place.TERMINAL else WhoAreYou()

    async def export(self, visit: Visit, order: ExportList) -> Answer:
        if order.question is None:
            return await self.show(visit.stores, visit.audience, order)
        answer = await self._handed_over(visit, order.question, order.kind)
        if order.words:
            await remember_answer(visit, order.question, answer)
        return answer

    async def pressed(self, visit: Visit, button: Export) -> Answer:
        return await self._handed_over(visit, button.question, FileKind.XLSX)

    async def _handed_over(self, visit: Visit, question: Question, kind: FileKind) -> Answer:
        """Offers the file in the own chat, and leads to it elsewhere. What lists nothing says so itself."""
        audience, files = visit.audience, visit.stores.files
        listing = await self.exporter.listing(Asking(question, visit.stores.reader, audience))
        if listing is None:
            return HowToExport(is_nothing=True)
        if not listing.table.rows:
            return listing.answer
        if files.place is Place.TERMINAL:
            return InTerminal(question)
        if files.place is not Place.TEAMS or audience.scope is not Scope.PERSONAL:
            return await self._linked(visit, listing, kind)
        file = await self.exporter.file(listing, kind, audience)
        take = TakeFile(listing.question, visit.person.id, kind, audience.texts.language)
        return Offered(listing.title, file.name, len(file.content), take)

    async def _linked(self, visit: Visit, listing: Listing, kind: FileKind) -> Answer:
        token, name = secrets.token_urlsafe(_TOKEN_BYTES), name_of(listing, kind, visit.audience)
        address = visit.stores.files.link(f"{LINKS}{token}/{quote(name)}")
        if address is None:
            return NoLink()
        language, person = visit.audience.texts.language, visit.person.id
        linked = LinkedList(person, to_data(listing.question), kind, language, visit.now)
        await visit.stores.exports.keep(token, linked)
        return Linked(listing.title, name, address, listing.question)

    async def take(self, visit: Visit, button: TakeFile) -> Answer:
        """Put the file where Teams says that it may lie. Raises ForbiddenButton and UserError."""
        _check_own(visit, button.person)
        files, audience = visit.stores.files, replace(visit.audience, texts=Texts.of(button.language))
        said = {name: value for name, value in button.inputs.items() if isinstance(value, str)}
        address, where = said.get(ADDRESS, ""), said.get(WHERE, "")
        if not (files.may_hold(address) and files.may_hold(where)):
            raise UserError("upload_forbidden")
        listing = await self.exporter.listing(Asking(button.question, visit.stores.reader, audience))
        if listing is None:
            raise MalformedButton("it lists nothing")
        file = await self.exporter.file(listing, button.kind, audience)
        await files.put(address, file.content)
        await note_export(visit.stores, audience.now, visit.person.id, listing)
        name = one_line(said.get(NAME) or file.name, LONGEST_NAME)
        return Taken(name, where, one_line(said.get(FILE_ID, ""), LONGEST_ID), button.kind.value)

    async def leave(self, visit: Visit, button: LeaveFile) -> Answer:
        """Raises ForbiddenButton."""
        _check_own(visit, button.person)
        return Left()


async def fetched(exporter: Exporter, stores: Stores, token: str, anybody: Audience) -> File | None:
    """Return the file that the link leads to, as whoever asked for it may see it now; None where it leads nowhere, or
    to nothing any more. Raises UserError."""
    linked = await stores.exports.linked(token)
    person = await stores.people.person(linked.person) if linked else None
    if linked is None or person is None or not person.is_here or linked.is_expired(anybody.now):
        return None
    audience = replace(anybody, texts=Texts.of(linked.language), asker=person)
    listing = await exporter.listing(Asking(from_data(dict(linked.question)), stores.reader, audience))
    if listing is None:
        return None
    file = await exporter.file(listing, linked.kind, audience)
    await note_export(stores, anybody.now, person.id, listing)
    return file


def _check_own(visit: Visit, person: PersonId) -> None:
    """Raises ForbiddenButton for a card that somebody else was shown."""
    if person != visit.person.id:
        raise ForbiddenButton(Thing.PERSON, Why.OTHERS, Remark("file_not_yours"))


async def note_export(stores: Stores, at: datetime, by: PersonId, listing: Listing) -> None:
    """Write down that a list left Tovholder, and of what it was. That names which all may see stand in it is no look at
    what is held on these people."""
    detail = {"kind": listing.question.target.value}
    await stores.audit.note(AuditEntry(at, by, Action.EXPORTED, detail=detail))
