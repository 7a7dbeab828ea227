"""Interactions on the wire."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.state.interaction import Interaction, InteractionKind, Reply
from bot.standin.state.world import World
from bot.standin.wire import guild as guilds
from bot.standin.wire import user as people
from bot.standin.wire.channel import partial
from bot.standin.wire.message import message

ATTACHMENT_BYTES = 10 * 1024 * 1024  # what a server without boosts takes


def interaction(world: World, action: Interaction, base: str) -> Json:
    """Return an interaction object, as the gateway sends it."""
    known: Json = {
        "id": str(action.id),
        "application_id": str(world.application.id),
        "type": int(action.kind),
        "token": action.token,
        "version": 1,
        "data": action.data,
        "channel_id": str(action.channel.id),
        "channel": partial(action.channel, action.user),
        "locale": action.user.locale,
        "entitlements": [],
        "attachment_size_limit": ATTACHMENT_BYTES,
        "app_permissions": str(action.channel.permissions(world.bot).value),
        "authorizing_integration_owners": action.owners,
        "context": action.context,
    }
    if action.message is not None:
        known["message"] = message(world, action.message, base)
    return known | _asker(action)


def metadata(action: Interaction) -> Json:
    """Return what a response says of the interaction that it answers."""
    known: Json = {
        "id": str(action.id),
        "type": int(action.kind),
        "user": people.user(action.user),
        "authorizing_integration_owners": action.owners,
    }
    if action.kind is InteractionKind.COMPONENT and action.message is not None:
        known["interacted_message_id"] = str(action.message.id)
    if action.kind is InteractionKind.MODAL and action.metadata is not None:
        known["triggering_interaction_metadata"] = action.metadata
    if "target_id" in action.data:
        known["target_message_id"] = action.data["target_id"]
    return known


def outcome(world: World, action: Interaction, base: str) -> Json:
    """Return what a first response is answered with where the bot asked for it (`with_response`)."""
    known: Json = {"id": str(action.id), "type": int(action.kind), "channel_id": str(action.channel.id)}
    if action.channel.guild is not None:
        known["guild_id"] = str(action.channel.guild.id)
    if action.original is None or action.reply is None:
        return {"interaction": known}
    known |= {
        "response_message_id": str(action.original.id),
        "response_message_loading": action.original.body.loading,
        "response_message_ephemeral": action.original.ephemeral,
    }
    # Discord's description knows these two types alone beside a message: a deferred one is told as what it will become
    shown_as = Reply.UPDATE if action.reply in {Reply.UPDATE, Reply.DEFERRED_UPDATE} else Reply.MESSAGE
    resource = {"type": int(shown_as), "message": message(world, action.original, base)}
    return {"interaction": known, "resource": resource}


def _asker(action: Interaction) -> Json:
    guild = action.channel.guild
    if guild is None:
        return {"user": people.user(action.user)}
    asker = people.member(guild.members[action.user.id], action.channel.permissions(action.user))
    return {
        "member": asker,
        "guild_id": str(guild.id),
        "guild": guilds.partial(guild),
        "guild_locale": guild.locale,
    }
