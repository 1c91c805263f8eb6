"""The channels of bodies, where their meetings are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.forms.questions import Confirming, confirm
from dialogs.meetings.buttons import SetChannel
from dialogs.refusal import refuse
from dialogs.remark import OpenRemark, Remark
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.orders import BodyOrder, Order
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.wording.values import listed
from portfolio.audit import Action
from portfolio.bodies import Body
from portfolio.rights import may_bind_channel


async def bind(visit: Visit, order: BodyOrder) -> Answer:
    """Asks before it makes the channel where it is said the body's."""
    if visit.audience.scope is Scope.PERSONAL:
        return OpenRemark("channel_where")
    body = _body_ordered(visit, order)
    if isinstance(body, Remark):
        return body
    if not may_bind_channel(visit.person, body):
        return await _refuse(visit, body)
    bound = await visit.stores.reminding.channels.channels()
    has_one, yes = any(channel.body == body.name for channel in bound), SetChannel(body.name, bound=True)
    named = {"body": body.name}
    if has_one:
        return await confirm(visit, Confirming("bind_other_channel", named, yes, is_for_all=True))
    return await confirm(visit, Confirming("bind_channel", named, yes, is_for_all=True))


async def unbind(visit: Visit, order: BodyOrder) -> Answer:
    """Asks before it takes the channel from the body that is named, else from the body whose channel this is."""
    here = await visit.stores.reminding.channels.body_of(visit.conversation)
    own = visit.audience.names.body(here) if here and not order.bodies else None
    body = own or _body_ordered(visit, order)
    if isinstance(body, Remark):
        return body
    if not may_bind_channel(visit.person, body):
        return await _refuse(visit, body)
    if all(channel.body != body.name for channel in await visit.stores.reminding.channels.channels()):
        return OpenRemark("channel_none", {"body": body.name})
    yes = SetChannel(body.name, bound=False)
    return await confirm(visit, Confirming("unbind_channel", {"body": body.name}, yes, is_for_all=True))


async def set_pressed(visit: Visit, button: SetChannel) -> Answer:
    """Does as the yes says, in the channel where it is pressed."""
    body = visit.audience.names.body(button.body)
    if body is None or not may_bind_channel(visit.person, body):
        return await _refuse(visit, body) if body else OpenRemark("channel_none", {"body": button.body})
    return await (_bind(visit, body) if button.bound else _unbind(visit, body))


async def _bind(visit: Visit, body: Body) -> Answer:
    reference = await visit.stores.reminding.conversations.reference(visit.conversation)
    if visit.audience.scope is Scope.PERSONAL or reference is None:
        return OpenRemark("channel_where")
    before = await visit.stores.reminding.channels.bind(body.name, reference, visit.person.id, visit.now)
    key = "channel_moved" if before else "channel_bound"
    await remember(visit, "channel", {"body": body.name, "is_bound": True}, has_button=False)
    return OpenRemark(key, {"body": body.name}, tries=(visit.audience.texts.say("channel.unbind", body=body.name),))


async def _unbind(visit: Visit, body: Body) -> Answer:
    here = await visit.stores.reminding.channels.body_of(visit.conversation)
    if not await visit.stores.reminding.channels.unbind(body.name, visit.person.id, visit.now):
        return OpenRemark("channel_none", {"body": body.name})
    await remember(visit, "channel", {"body": body.name, "is_bound": False}, has_button=False)
    undo = (visit.audience.texts.say("channel.bind", body=body.name),) if here == body.name else ()
    return OpenRemark("channel_unbound", {"body": body.name}, tries=undo)


def instead_of_undoing(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (audience.texts.say("channel.unbind" if data["is_bound"] else "channel.bind", body=data["body"]),)


async def show(visit: Visit, _order: Order) -> Answer:
    """Says whose channel this is, and which bodies have one."""
    bound = [channel.body for channel in await visit.stores.reminding.channels.channels()]
    here = await visit.stores.reminding.channels.body_of(visit.conversation)
    with_one = listed(bound, visit.audience) if bound else visit.audience.texts.say("channel.nobody")
    values = {"bodies": with_one}
    return OpenRemark("channel_here", {"body": here, **values}) if here else OpenRemark("channels_known", values)


def _body_ordered(visit: Visit, order: BodyOrder) -> Body | Remark:
    """Return the body that is named, or ask which."""
    bodies = [body for body in _bodies(visit) if body.name in order.bodies]
    if len(bodies) == 1:
        return bodies[0]
    texts = visit.audience.texts
    choices = [body for body in bodies or _bodies(visit) if may_bind_channel(visit.person, body)]
    if not choices:
        people = tuple(dict.fromkeys(body.secretary for body in bodies or _bodies(visit) if body.secretary))
        return OpenRemark("channel_not_yours", people=people[:5], is_refusal=True)
    return OpenRemark("channel_whose", tries=tuple(texts.say("channel.bind", body=body.name) for body in choices[:5]))


def _bodies(visit: Visit) -> tuple[Body, ...]:
    return visit.audience.names.vocabulary.bodies


async def _refuse(visit: Visit, body: Body) -> Remark:
    body_name = {"body": body.name}
    return await refuse(visit, Action.CHANNEL_DENIED, body_name, (body.secretary,), detail=body_name)
