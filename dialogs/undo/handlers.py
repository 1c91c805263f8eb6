"""Takes back the last thing that a person had stored, or the one whose receipt is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.cards.elements import Element, button, card_reply, line
from dialogs.forms.questions import asked_first, no_button
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.orders import AskToTakeBack, TakeBack
from dialogs.turn.reply import ForOne, Reply, for_one
from dialogs.turn.visit import Visit
from dialogs.undoable import Undo, WayBack
from dialogs.values.plain import plain
from portfolio.deeds import Deed
from portfolio.status.reporting import Overtaken, ProjectClosed


@dataclass(frozen=True, slots=True)
class _Privately:
    """An answer about taking back, for its author alone, also in a group: it may be about an absence."""

    answer: Answer

    def reply(self, audience: Audience) -> Reply:
        return for_one(self.answer.reply(audience))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question whether it is that which is to be taken back."""

    what: str
    deed: Deed

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        heading, text = say("undo.sure", what=self.what), say("undo.sure_text")
        actions = [no_button(audience), self.yes(audience)]
        return card_reply(ForOne, heading, [text], [line(plain(text))], audience.texts, actions)

    def yes(self, audience: Audience) -> Element:
        return button(audience.texts.say("undo.yes"), Undo(self.deed.id))


@dataclass(frozen=True, slots=True)
class TakingBack:
    """The ways back there are, by the kinds of deeds."""

    ways: Mapping[str, WayBack]

    async def take_back(self, visit: Visit, order: TakeBack) -> Answer:
        """Takes back the person's last deed, or the last that is named; says which was the last where none is meant."""
        return _Privately(await self._taken_back(visit, order))

    async def _taken_back(self, visit: Visit, order: TakeBack) -> Answer:
        done = await visit.stores.deeds.recent(visit.person.id)
        if not done or done[0].is_late(visit.now):
            return Remark("undo_nothing", tries=self._instead(visit, done[0] if done else None))
        is_asked = isinstance(order, AskToTakeBack)
        meant = next((deed for deed in done if _is_meant(deed, order) and not deed.is_late(visit.now)), None)
        if meant and order.is_doubted and not meant.is_undone and self.ways[meant.kind].undo:
            asked = _Asked(_name(visit, meant), meant)
            return await asked_first(visit, asked, asked.yes(visit.audience))
        if meant and not is_asked:
            return await self._undo(visit, meant)
        shown = meant or done[0]
        what = {"what": _name(visit, shown)}
        if shown.is_undone:
            return Remark("undo_done", what)
        tries = (visit.audience.texts.say("undo.sentence"),) if shown is done[0] else ()
        return Remark("undo_how", what, tries=tries) if is_asked else Remark("undo_other", what, tries=tries)

    async def pressed(self, visit: Visit, _button: Undo, deed: Deed) -> Answer:
        return await self._undo(visit, deed)

    async def _undo(self, visit: Visit, deed: Deed) -> Answer:
        what, way = {"what": _name(visit, deed)}, self.ways[deed.kind]
        if deed.is_undone:
            return Remark("undo_done", what)
        if way.undo is None:
            why = {"why": visit.audience.texts.say(f"undo_never.{deed.kind}")}
            return Remark("undo_never", {**what, **why}, tries=self._instead(visit, deed))
        if deed.is_late(visit.now):
            return Remark("undo_late", what, tries=self._instead(visit, deed))
        try:
            answer = await way.undo(visit, deed.data)
        except (Overtaken, ProjectClosed):
            return Remark("undo_overtaken", what, tries=self._instead(visit, deed))
        await visit.stores.deeds.undone(deed.id)
        return _Privately(answer)

    def _instead(self, visit: Visit, deed: Deed | None) -> tuple[str, ...]:
        if deed is None or deed.is_undone:
            return ()
        return self.ways[deed.kind].instead(visit.audience, deed.data)


def _is_meant(deed: Deed, order: TakeBack) -> bool:
    named = order.projects or order.maybe
    return (not order.kinds or deed.kind in order.kinds) and (not named or deed.data.get("project") in named)


def _name(visit: Visit, deed: Deed) -> str:
    return visit.audience.texts.say(f"undo_kind.{deed.kind}")
