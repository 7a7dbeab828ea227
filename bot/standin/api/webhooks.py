"""What follows a first response: edits of it, more messages, for as long as the token lives."""

from __future__ import annotations

from bot.standin.api.call import DONE, Answer, Call, Route
from bot.standin.api.interactions import is_hidden, respond
from bot.standin.payload import Json
from bot.standin.posting.post import delete, edit
from bot.standin.refusal import Refusal, unknown
from bot.standin.state.interaction import Interaction, Reply, Standing
from bot.standin.state.message import Message
from bot.standin.wire.message import message as message_object

_ORIGINAL = "@original"


def _interaction(call: Call) -> Interaction:
    interaction = call.world.interactions.get(call.path["webhook_token"])
    if interaction is None or call.number("webhook_id") != call.world.application.id:
        raise unknown("Webhook")
    standing = interaction.standing(call.world.clock.now())
    if standing is Standing.OVER:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    if standing is not Standing.ANSWERED:
        raise unknown("Webhook")
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    wanted = call.path.get("message_id", _ORIGINAL)
    known = [interaction.original, *interaction.followups]
    for message in known:
        named = message is interaction.original if wanted == _ORIGINAL else str(message.id if message else "") == wanted
        if message is not None and named and not message.deleted:
            return message
    raise unknown("Message")


def _get(call: Call) -> Answer:
    return Answer(_shown(call, _message(call, _interaction(call))))


def _edit(call: Call) -> Answer:
    interaction = _interaction(call)
    message = _message(call, interaction)
    body = call.composer(interaction.channel, webhook=True).edited(call.object(), call.uploads, message)
    edit(call.world, message, body)
    return Answer(_shown(call, message))


def _delete(call: Call) -> Answer:
    delete(call.world, _message(call, _interaction(call)))
    return DONE


def _follow_up(call: Call) -> Answer:
    interaction, data = _interaction(call), call.object()
    original = interaction.original
    if (
        interaction.reply is Reply.DEFERRED_MESSAGE
        and original is not None
        and original.body.loading
        and not original.deleted
    ):
        # the first followup of a deferred response takes its place, ephemeral or not as it was deferred
        body = call.composer(interaction.channel, webhook=True).edited(data, call.uploads, original)
        edit(call.world, original, body)
        return Answer(_shown(call, original))
    body = call.composer(interaction.channel, webhook=True).new(data, call.uploads)
    message = respond(call, interaction, body, hidden=is_hidden(data), followup=True)
    interaction.followups.append(message)
    return Answer(_shown(call, message))


def _shown(call: Call, message: Message) -> Json:
    return message_object(call.world, message, call.base)


_HOOK = "/webhooks/{webhook_id}/{webhook_token}"
ROUTES = [Route("POST", _HOOK, _follow_up, open=True)]
for _place in (f"{_HOOK}/messages/@original", f"{_HOOK}/messages/{{message_id}}"):
    ROUTES += [
        Route("GET", _place, _get, open=True),
        Route("PATCH", _place, _edit, open=True),
        Route("DELETE", _place, _delete, open=True),
    ]
