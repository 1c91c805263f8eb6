"""The channels of bodies, where their meetings are told."""

from __future__ import annotations

from dialogs.refusal import refused
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Scope
from dialogs.turn.orders import ChannelOrder, Order
from dialogs.turn.visit import Visit
from dialogs.wording.values import listed
from portfolio.audit import Action
from portfolio.bodies import Body
from portfolio.rights import may_bind_channel


async def bind(visit: Visit, order: ChannelOrder) -> Answer:
    """Makes the channel where it is said the body's."""
    if visit.audience.scope is Scope.PERSONAL:
        return Remark("channel_where")
    found = _body_ordered(visit, order)
    if isinstance(found, Remark):
        return found
    if not may_bind_channel(visit.person, found):
        return await _refuse(visit, found)
    reference = await visit.desk.reminding.conversations.reference(visit.conversation)
    if reference is None:
        return Remark("channel_where")
    before = await visit.desk.reminding.channels.bind(found.name, reference, visit.person.email, visit.now)
    key = "channel_moved" if before else "channel_bound"
    return Remark(key, {"body": found.name}, tries=(visit.audience.texts.say("channel.unbind", body=found.name),))


async def unbind(visit: Visit, order: ChannelOrder) -> Answer:
    here = await visit.desk.reminding.channels.body_of(visit.conversation)
    named = [body for body in _bodies(visit) if body.name == here] if here and not order.bodies else None
    found = named[0] if named else _body_ordered(visit, order)
    if isinstance(found, Remark):
        return found
    if not may_bind_channel(visit.person, found):
        return await _refuse(visit, found)
    if not await visit.desk.reminding.channels.unbind(found.name, visit.person.email, visit.now):
        return Remark("channel_none", {"body": found.name})
    undo = (visit.audience.texts.say("channel.bind", body=found.name),) if here == found.name else ()
    return Remark("channel_unbound", {"body": found.name}, tries=undo)


async def show(visit: Visit, _order: Order) -> Answer:
    """Says whose channel this is, and which bodies have one."""
    bound = [channel.body for channel in await visit.desk.reminding.channels.channels()]
    here = await visit.desk.reminding.channels.body_of(visit.conversation)
    with_one = listed(bound, visit.audience) if bound else visit.audience.texts.say("channel.nobody")
    values = {"bodies": with_one}
    return Remark("channel_here", {"body": here, **values}) if here else Remark("channels_known", values)


def _body_ordered(visit: Visit, order: ChannelOrder) -> Body | Remark:
    """Return the body that is named, or ask which."""
    found = [body for body in _bodies(visit) if body.name in order.bodies]
    if len(found) == 1:
        return found[0]
    texts = visit.audience.texts
    among = [body for body in found or _bodies(visit) if may_bind_channel(visit.person, body)]
    return Remark("channel_whose", tries=tuple(texts.say("channel.bind", body=body.name) for body in among[:5]))


def _bodies(visit: Visit) -> tuple[Body, ...]:
    return visit.audience.names.vocabulary.bodies


async def _refuse(visit: Visit, body: Body) -> Remark:
    body_name = {"body": body.name}
    return await refused(visit, Action.CHANNEL_DENIED, body_name, (body.secretary,), detail=body_name)
