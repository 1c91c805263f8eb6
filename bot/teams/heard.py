"""Takes in what a message says: its own words, with the people mentioned in it by who they are."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from botbuilder.schema import Activity, Attachment, Entity

from bot.strict_json import MalformedJsonError, parse
from bot.teams.markup import Rich, message_quoted, own_words, rich_of
from bot.teams.principals import Principals
from dialogs.turn.beside import NOTHING_BESIDE, Beside, Mentioned, mention_word
from portfolio.conversations import thread_of

_SPACES = re.compile(r"[^\S\n]+")
# With the ending of "@Mettes projekter", which programs leave outside.
# One that isn't ended is nobody's.
_SPAN = re.compile(
    r"<at\b(?:[^<>]*[^<>/])?>(.{0,300}?)(?:</at\s*>|\Z)(?:['’´]?(s)(?!\w)|['’´](?!\w))?", re.IGNORECASE | re.DOTALL
)
# What would grow together with an e-mail.
_STICKS, _STICKS_BEHIND = re.compile(r"[\w.+@>-]"), re.compile(r"[\w@<-]")
_TAG = re.compile(r"<[^<>]*>")
_HTML, _REPLY, _CARDS = "text/html", "messagereference", "application/vnd.microsoft.card."
_BOT, _AS_HTML = "28:", "xml"
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


async def hear(activity: Activity, principals: Principals) -> Heard:
    attachments = activity.attachments or ()
    rich = rich_of(one.content for one in attachments if _kind(one) == _HTML)
    written = unicodedata.normalize("NFC", activity.text or "")
    if (activity.text_format or "").lower() == _AS_HTML:
        written, rich = "", rich_of([written])
    if len(written) > _LONGEST:
        return Heard(written, NOTHING_BESIDE)
    own = own_words(written, rich)
    mentions = _without_quoted(_mentions_of(activity), written, own, rich)
    text, mentioned, is_addressed = await _with_people(own, mentions, activity, principals)
    said = _SPACES.sub(" ", html.unescape(text)).strip()
    beside = Beside(mentioned, _reply_to(activity, written, rich), is_addressed, _has_files(activity, rich))
    return Heard(said, beside)


async def _with_people(
    text: str, mentions: Sequence[_Mention], activity: Activity, principals: Principals
) -> tuple[str, tuple[Mentioned, ...], bool]:
    """Puts in the place of each mention the word for who it is, never the letters shown, and takes the bot's own out.
    Somebody whose mention the text doesn't show is put at its end."""
    spans = list(_SPAN.finditer(text))
    placed = _placed([span[1] for span in spans], mentions)
    known: dict[str, Mentioned] = {}
    pieces: list[str] = []
    end, is_addressed = 0, False
    for at, (span, mention) in enumerate(zip(spans, placed, strict=True)):
        if at and mention and _goes_on(mention, placed[at - 1], text[end : span.start()], spans[at - 1][1], span[1]):
            end = span.end()
            pieces[-1] = f"{pieces[-1].rstrip()}{span[2] or ''}{_space(_STICKS_BEHIND, text[end : end + 1])}"
            continue
        pieces.append(text[end : span.start()])
        end = span.end()
        if _is_bot(activity, mention, span[1]):
            is_addressed = True
            pieces.append(" ")
            continue
        one = await _who(mention, span[1], activity, principals, known)
        before, after = _space(_STICKS, text[: span.start()][-1:]), _space(_STICKS_BEHIND, text[end : end + 1])
        pieces.append(f"{before}{one.word}{span[2] or ''}{after}")
    pieces.append(text[end:])
    for mention in mentions:
        is_bot = _is_bot(activity, mention, "")
        is_addressed = is_addressed or is_bot
        if not is_bot and mention.id not in known:
            one = await _who(mention, mention.name, activity, principals, known)
            pieces.append(f" {one.word}")
    return "".join(pieces), tuple(known.values()), is_addressed


def _space(sticks: re.Pattern[str], sign: str) -> str:
    return " " if sticks.search(sign) else ""


def _goes_on(mention: _Mention, before: _Mention | None, between: str, shown_before: str, shown: str) -> bool:
    """Says whether it is another part of the name before it, which programs let people mention in parts."""
    is_same = before is not None and mention.id != "" and before.id == mention.id
    return is_same and not html.unescape(between).strip() and _plainly(shown) != _plainly(shown_before)


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
    mention: _Mention | None, shown: str, activity: Activity, principals: Principals, known: dict[str, Mentioned]
) -> Mentioned:
    """Finds out who is mentioned, each once. Where Teams doesn't say whom it means, that is nobody we know."""
    key = (mention and mention.id) or f"?{_plainly(shown)}"
    if key not in known:
        is_looked_up = mention and len(known) < _MOST_MENTIONED
        person = (
            await principals.mentioned(activity, mention.id, mention.entra_id) if mention and is_looked_up else None
        )
        name = " ".join(html.unescape(_TAG.sub("", shown)).split()) or (mention.name if mention else "") or "?"
        if person:
            known[key] = Mentioned(mention_word(person.id), person.name)
        else:
            known[key] = Mentioned(mention_word(str(len(known) + 1)), name, is_stranger=True)
    return known[key]


def _mentions_of(activity: Activity) -> list[_Mention]:
    mentions = [mention for entity in activity.entities or () if (mention := _mention(entity))]
    return mentions[: 5 * _MOST_MENTIONED]


def _without_quoted(mentions: list[_Mention], written: str, own: str, rich: Rich | None) -> list[_Mention]:
    """Leaves out those that only the message replied to has; that stands first."""
    all_names = Counter(_plainly(span[1]) for span in _SPAN.finditer(written))
    own_names = Counter(_plainly(span[1]) for span in _SPAN.finditer(own))
    quoted = (all_names - own_names) | Counter(map(_plainly, rich.quoted_mentions if rich else ()))
    left = list(mentions)
    for name, times in quoted.items():
        named = [mention for mention in left if name in mention.texts]
        for mention in named[: max(0, min(times, len(named) - own_names[name]))]:
            left.remove(mention)
    return left


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
    names = mention.texts | ({_plainly(bot.name)} if bot.name else set())
    if shown and names and not any(set(_plainly(shown).split()) & set(name.split()) for name in names):
        return False  # somebody's whose own mention didn't come
    return mention.id.casefold().removeprefix(_BOT) == str(bot.id).casefold().removeprefix(_BOT)


def _plainly(text: str) -> str:
    bare = html.unescape(_TAG.sub("", text)).strip().lstrip("@")
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def _reply_to(activity: Activity, text: str, rich: Rich | None) -> str | None:
    """The message replied to: quoted, or the one that the thread in a channel is below."""
    about = [entity.additional_properties or {} for entity in activity.entities or () if _is_reply(entity)]
    quotes = [told.get("quotedReply", told) for told in about]
    quotes += [_content_of(one) for one in activity.attachments or () if _kind(one) == _REPLY]
    ids = (quote.get("messageId") for quote in quotes if isinstance(quote, dict))
    told = next((str(one) for one in ids if isinstance(one, str | int) and one), None)
    return message_quoted(text, rich) or told or activity.reply_to_id or thread_of(activity.conversation.id)


def _is_reply(entity: Entity) -> bool:
    return (entity.type or "").lower() == "quotedreply"


def _has_files(activity: Activity, rich: Rich | None) -> bool:
    kinds = [_kind(attachment) for attachment in activity.attachments or ()]
    return any(kind not in (_HTML, _REPLY) and not kind.startswith(_CARDS) for kind in kinds) or bool(
        rich and rich.has_pictures
    )


def _kind(attachment: Attachment) -> str:
    return (attachment.content_type or "").partition(";")[0].strip().lower()


def _content_of(attachment: Attachment) -> Any:
    """Reads the content, which some programs write as text."""
    try:
        return parse(attachment.content.encode()) if isinstance(attachment.content, str) else attachment.content
    except MalformedJsonError:
        return None
