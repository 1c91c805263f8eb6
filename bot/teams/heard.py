"""Takes in what a message says: its own words, with the people mentioned in it by who they are."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from botbuilder.schema import Activity

from bot.teams.markup import Rich, message_quoted, rich_of, with_emoji, without_quote
from bot.teams.people import People
from dialogs.turn.beside import NOTHING_BESIDE, Beside, Mentioned
from portfolio.conversations import thread_of

_SPACES = re.compile(r"[^\S\n]+")
# With the ending of "@Mettes projekter", which programs leave outside.
_SPAN = re.compile(r"<at\b[^<>]*>(.{0,300}?)</at\s*>(?:['’´]?(s)(?!\w)|['’´](?!\w))?", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_HTML, _CARDS = "text/html", "application/vnd.microsoft.card."
_BOT = "28:"
# A message beyond this is too long, whatever is taken out of it; of those mentioned no more are looked up.
_LONGEST, _MOST_MENTIONED = 20_000, 20


@dataclass(frozen=True, slots=True)
class Heard:
    """A message's words, which may be none, and what came along with them."""

    text: str
    beside: Beside


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention as Teams tells of it; `texts` are the ways in which it may be written."""

    id: str
    entra_id: str | None
    name: str
    texts: frozenset[str]


async def hear(activity: Activity, people: People) -> Heard:
    attachments = activity.attachments or ()
    rich = rich_of(attachment.content for attachment in attachments if attachment.content_type == _HTML)
    written = activity.text or ""
    if len(written) > _LONGEST:
        return Heard(written, NOTHING_BESIDE)
    own = with_emoji(without_quote(written, rich), rich)
    text, mentioned, is_addressed = await _with_people(own, activity, people)
    said = unicodedata.normalize("NFC", _SPACES.sub(" ", html.unescape(text)).strip())
    beside = Beside(mentioned, _reply_to(activity, written, rich), is_addressed, _has_files(activity, rich))
    return Heard(said, beside)


async def _with_people(text: str, activity: Activity, people: People) -> tuple[str, tuple[Mentioned, ...], bool]:
    """Puts in the place of each mention the word for who it is, never the letters shown, and takes the bot's own out.
    Somebody whose mention the text doesn't show is put at its end."""
    mentions = [mention for entity in activity.entities or () if (mention := _mention(entity))]
    mentions = mentions[: 5 * _MOST_MENTIONED]
    spans = list(_SPAN.finditer(text))
    placed = _placed([span[1] for span in spans], mentions)
    known: dict[str, Mentioned] = {}
    pieces, end, is_addressed = [], 0, False
    for span, mention in zip(spans, placed, strict=True):
        pieces.append(text[end : span.start()])
        end = span.end()
        if _is_bot(activity, mention, span[1]):
            is_addressed = True
            pieces.append(" ")
            continue
        one = await _who(mention, span[1], activity, people, known)
        pieces.append(f" {one.word}{span[2] or ''} ")
    pieces.append(text[end:])
    for mention in mentions:
        is_bot = _is_bot(activity, mention, "")
        is_addressed = is_addressed or is_bot
        if not is_bot and mention.id not in known:
            one = await _who(mention, mention.name, activity, people, known)
            pieces.append(f" {one.word}")
    return "".join(pieces), tuple(known.values()), is_addressed


def _placed(spans: Sequence[str], mentions: Sequence[_Mention]) -> list[_Mention | None]:
    """Gives each span its mention: by what is written, else, where as many are left of both, in their order."""
    left = list(mentions)
    placed: list[_Mention | None] = []
    for span in spans:
        written = _plainly(span)
        found = next((mention for mention in left if written in mention.texts), None)
        if found:
            left.remove(found)
        placed.append(found or next((mention for mention in mentions if written in mention.texts), None))
    empty = [at for at, mention in enumerate(placed) if mention is None]
    if len(empty) == len(left):
        for at, mention in zip(empty, left, strict=True):
            placed[at] = mention
    return placed


async def _who(
    mention: _Mention | None, shown: str, activity: Activity, people: People, known: dict[str, Mentioned]
) -> Mentioned:
    """Finds out who is mentioned, each once. Where Teams doesn't say whom it means, that is nobody we know."""
    key = mention.id if mention else f"?{_plainly(shown)}"
    if key not in known:
        is_looked_up = mention and len(known) < _MOST_MENTIONED
        person = await people.mentioned(activity, mention.id, mention.entra_id) if mention and is_looked_up else None
        name = " ".join(html.unescape(_TAG.sub("", shown)).split()) or (mention.name if mention else "") or "?"
        if person:
            known[key] = Mentioned(person.email, person.name)
        else:
            known[key] = Mentioned(f"{len(known) + 1}@mention.invalid", name, is_stranger=True)
    return known[key]


def _mention(entity: Any) -> _Mention | None:
    """Reads a mention; None where the entity is something else."""
    fields = entity.additional_properties or {}
    account = fields.get("mentioned")
    if (entity.type or "").lower() != "mention" or not isinstance(account, dict):
        return None
    texts = [value for value in (fields.get("text"), account.get("name")) if isinstance(value, str)]
    name, entra_id = account.get("name"), account.get("aadObjectId")
    return _Mention(
        account["id"] if isinstance(account.get("id"), str) else "",
        entra_id if isinstance(entra_id, str) else None,
        name if isinstance(name, str) else _plainly(texts[0]) if texts else "",
        frozenset(_plainly(text) for text in texts),
    )


def _is_bot(activity: Activity, mention: _Mention | None, shown: str) -> bool:
    """Says whether it is the bot by its id; by its name only where there is no mention at all to go by."""
    bot = activity.recipient
    if bot is None:
        return False
    if mention is None:
        return bool(bot.name) and _plainly(shown) == _plainly(bot.name)
    return mention.id.removeprefix(_BOT) == str(bot.id).removeprefix(_BOT)


def _plainly(text: str) -> str:
    bare = html.unescape(_TAG.sub("", text)).strip().lstrip("@")
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def _reply_to(activity: Activity, text: str, rich: Rich | None) -> str | None:
    """The message replied to: quoted, or the one that the thread in a channel is below."""
    quotes = (
        (entity.additional_properties or {}).get("quotedReply")
        for entity in activity.entities or ()
        if (entity.type or "").lower() == "quotedreply"
    )
    ids = (quote.get("messageId") for quote in quotes if isinstance(quote, dict))
    told = next((one for one in ids if isinstance(one, str) and one), None)
    return message_quoted(text, rich) or told or activity.reply_to_id or thread_of(activity.conversation.id)


def _has_files(activity: Activity, rich: Rich | None) -> bool:
    kinds = [attachment.content_type or "" for attachment in activity.attachments or ()]
    return any(kind != _HTML and not kind.startswith(_CARDS) for kind in kinds) or bool(rich and rich.has_pictures)
