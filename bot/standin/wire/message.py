"""Messages on the wire, in full or blanked for a bot that may not read what others write."""

from __future__ import annotations

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.rules.intents import may_read
from bot.standin.state.message import Attachment, Message, MessageFlag
from bot.standin.state.user import User
from bot.standin.state.world import World
from bot.standin.wire import user as people
from bot.standin.wire.channel import channel


def message(world: World, one: Message, base: str, *, reads_all: bool = True) -> Json:
    """Return a message object; `base` is where files are served.

    Without `reads_all` (the message content intent) what others wrote is blanked, as `may_read` has it.
    """
    known = _frame(world, one) | _referring(world, one, base, reads_all=reads_all)
    known |= _body(one, base) if reads_all or may_read(world.bot, one) else _BLANK
    if one.thread is not None:
        known["thread"] = channel(one.thread, world.bot)
    if one.reactions:
        known["reactions"] = reactions(one, world.bot)
    return known


def reactions(one: Message, user: User) -> list[Json]:
    """Return the reactions under a message, those of `user` told from those of others."""
    return [_reaction(emoji, users, user) for emoji, users in one.reactions.items() if users]


def gateway_message(world: World, one: Message, base: str, *, reads_all: bool) -> Json:
    """Return a message as the gateway sends it: with the server's id and what its author is there."""
    known = message(world, one, base, reads_all=reads_all)
    guild = one.channel.guild
    if guild is None:
        return known
    known["guild_id"] = str(guild.id)
    if one.author.id in guild.members and not one.webhook:
        known["member"] = people.bare_member(guild.members[one.author.id])
    return known


def attachment(one: Attachment, base: str, *, ephemeral: bool = False) -> Json:
    """Return an attachment object."""
    url = f"{base}/attachments/{one.id}/{one.filename}"
    known: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.content),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
    }
    if one.description is not None:
        known["description"] = one.description
    return known | ({"ephemeral": True} if ephemeral else {})


_BLANK: Json = {"content": "", "embeds": [], "components": [], "attachments": []}


def _body(one: Message, base: str) -> Json:
    body = one.body
    return {
        "content": body.content,
        "embeds": list(body.embeds),
        "components": list(body.components),
        "attachments": [attachment(file, base, ephemeral=one.ephemeral) for file in body.attachments],
    }


def _frame(world: World, one: Message) -> Json:
    body = one.body
    thread_flag = MessageFlag.HAS_THREAD if one.thread is not None else MessageFlag(0)
    known: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "channel_id": str(one.channel.id),
        "author": people.user(one.author),
        "timestamp": iso(one.versions[0].at),
        "edited_timestamp": None if one.edited_at is None else iso(one.edited_at),
        "flags": int(body.flags | thread_flag),
        "mentions": [_mentioned(world.users[user_id], one) for user_id in sorted(body.pings.users)],
        "mention_roles": [str(role_id) for role_id in sorted(body.pings.roles)],
        "mention_everyone": body.pings.everyone,
        "pinned": False,
        "tts": False,
    }
    if one.nonce is not None:
        known["nonce"] = one.nonce
    if one.webhook:
        known |= {"webhook_id": str(world.application.id), "application_id": str(world.application.id)}
    if one.webhook_id is not None:
        known["webhook_id"] = str(one.webhook_id)
    if one.interaction is not None:
        known["interaction_metadata"] = one.interaction
    return known


def _mentioned(user: User, one: Message) -> Json:
    guild = one.channel.guild
    known = people.user(user)
    if guild is not None and user.id in guild.members:
        known["member"] = people.bare_member(guild.members[user.id])
    return known


def _referring(world: World, one: Message, base: str, *, reads_all: bool) -> Json:
    if one.forwards is not None:
        return _forwarding(one.forwards, base, reads_all=reads_all or may_read(world.bot, one))
    if one.reference_id is None:
        return {}
    reference: Json = {"type": 0, "channel_id": str(one.channel.id), "message_id": str(one.reference_id)}
    if one.channel.guild is not None:
        reference["guild_id"] = str(one.channel.guild.id)
    known: Json = {"message_reference": reference, "referenced_message": None}
    target = one.reference
    if target is not None and not target.deleted:
        body = _body(target, base) if reads_all or may_read(world.bot, target) else _BLANK
        known["referenced_message"] = _frame(world, target) | body
    return known


def _forwarding(origin: Message, base: str, *, reads_all: bool) -> Json:
    """Return what a message says that forwards another: a snapshot of it, without its author."""
    reference: Json = {"type": 1, "channel_id": str(origin.channel.id), "message_id": str(origin.id)}
    if origin.channel.guild is not None:
        reference["guild_id"] = str(origin.channel.guild.id)
    snapshot: Json = {
        "type": int(origin.kind),
        "timestamp": iso(origin.versions[0].at),
        "edited_timestamp": None if origin.edited_at is None else iso(origin.edited_at),
        "flags": int(origin.body.flags),
        "mentions": [],
        "mention_roles": [],
    } | (_body(origin, base) if reads_all else _BLANK)
    return {"message_reference": reference, "message_snapshots": [{"message": snapshot}]}


def _reaction(emoji: str, users: set[int], user: User) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me": user.id in users,
        "me_burst": False,
    }
