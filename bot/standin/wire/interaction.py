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


def interaction(world: World, one: Interaction, base: str) -> Json:
    """Return an interaction object, as the gateway sends it."""
    known: Json = {
        "id": str(one.id),
        "application_id": str(world.application.id),
        "type": int(one.kind),
        "token": one.token,
        "version": 1,
        "data": one.data,
        "channel_id": str(one.channel.id),
        "channel": partial(one.channel, one.user),
        "locale": one.user.locale,
        "entitlements": [],
        "attachment_size_limit": ATTACHMENT_BYTES,
        "app_permissions": str(one.channel.permissions(world.bot).value),
        "authorizing_integration_owners": one.owners,
        "context": one.context,
    }
    if one.message is not None:
        known["message"] = message(world, one.message, base)
    return known | _asker(one)


def metadata(one: Interaction) -> Json:
    """Return what a response says of the interaction that it answers."""
    known: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "user": people.user(one.user),
        "authorizing_integration_owners": one.owners,
    }
    if one.kind is InteractionKind.COMPONENT and one.message is not None:
        known["interacted_message_id"] = str(one.message.id)
    if one.kind is InteractionKind.MODAL and one.metadata is not None:
        known["triggering_interaction_metadata"] = one.metadata
    if "target_id" in one.data:
        known["target_message_id"] = one.data["target_id"]
    return known


def outcome(world: World, one: Interaction, base: str) -> Json:
    """Return what a first response is answered with where the bot asked for it (`with_response`)."""
    known: Json = {"id": str(one.id), "type": int(one.kind), "channel_id": str(one.channel.id)}
    if one.channel.guild is not None:
        known["guild_id"] = str(one.channel.guild.id)
    if one.original is None or one.reply is None:
        return {"interaction": known}
    known |= {
        "response_message_id": str(one.original.id),
        "response_message_loading": one.original.body.loading,
        "response_message_ephemeral": one.original.ephemeral,
    }
    # Discord's description knows these two types alone beside a message: a deferred one is told as what it will become
    shown_as = Reply.UPDATE if one.reply in {Reply.UPDATE, Reply.DEFERRED_UPDATE} else Reply.MESSAGE
    resource = {"type": int(shown_as), "message": message(world, one.original, base)}
    return {"interaction": known, "resource": resource}


def _asker(one: Interaction) -> Json:
    guild = one.channel.guild
    if guild is None:
        return {"user": people.user(one.user)}
    asker = people.member(guild.members[one.user.id], one.channel.permissions(one.user))
    return {
        "member": asker,
        "guild_id": str(guild.id),
        "guild": guilds.partial(guild),
        "guild_locale": guild.locale,
    }
