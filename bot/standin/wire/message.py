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


def message(world: World, posted: Message, base: str, *, reads_all: bool = True) -> Json:
    """Return a message object; `base` is where files are served.

    Without `reads_all` (the message content intent) what others wrote is blanked, as `may_read` has it.
    """
    known = _frame(world, posted) | _referring(world, posted, base, reads_all=reads_all)
    known |= _body(posted, base) if reads_all or may_read(world.bot, posted) else _BLANK
    if posted.thread is not None:
        known["thread"] = channel(posted.thread, world.bot)
    if posted.reactions:
        known["reactions"] = reactions(posted, world.bot)
    return known


def reactions(posted: Message, user: User) -> list[Json]:
    """Return the reactions under a message, those of `user` told from those of others."""
    return [_reaction(emoji, users, user) for emoji, users in posted.reactions.items() if users]


def gateway_message(world: World, posted: Message, base: str, *, reads_all: bool) -> Json:
    """Return a message as the gateway sends it: with the server's id and what its author is there."""
    known = message(world, posted, base, reads_all=reads_all)
    guild = posted.channel.guild
    if guild is None:
        return known
    known["guild_id"] = str(guild.id)
    if posted.author.id in guild.members and not posted.webhook:
        known["member"] = people.bare_member(guild.members[posted.author.id])
    return known


def attachment(file: Attachment, base: str, *, ephemeral: bool = False) -> Json:
    """Return an attachment object."""
    url = f"{base}/attachments/{file.id}/{file.filename}"
    known: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.content),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
    }
    if file.description is not None:
        known["description"] = file.description
    return known | ({"ephemeral": True} if ephemeral else {})


_BLANK: Json = {"content": "", "embeds": [], "components": [], "attachments": []}


def _body(posted: Message, base: str) -> Json:
    body = posted.body
    return {
        "content": body.content,
        "embeds": list(body.embeds),
        "components": list(body.components),
        "attachments": [attachment(file, base, ephemeral=posted.ephemeral) for file in body.attachments],
    }


def _frame(world: World, posted: Message) -> Json:
    body = posted.body
    thread_flag = MessageFlag.HAS_THREAD if posted.thread is not None else MessageFlag(0)
    known: Json = {
        "id": str(posted.id),
        "type": int(posted.kind),
        "channel_id": str(posted.channel.id),
        "author": people.user(posted.author),
        "timestamp": iso(posted.versions[0].at),
        "edited_timestamp": None if posted.edited_at is None else iso(posted.edited_at),
        "flags": int(body.flags | thread_flag),
        "mentions": [_mentioned(world.users[user_id], posted) for user_id in sorted(body.pings.users)],
        "mention_roles": [str(role_id) for role_id in sorted(body.pings.roles)],
        "mention_everyone": body.pings.everyone,
        "pinned": posted.pinned,
        "tts": False,
    }
    if posted.nonce is not None:
        known["nonce"] = posted.nonce
    if posted.webhook:
        known |= {"webhook_id": str(world.application.id), "application_id": str(world.application.id)}
    if posted.webhook_id is not None:
        known["webhook_id"] = str(posted.webhook_id)
    if posted.interaction is not None:
        known["interaction_metadata"] = posted.interaction
    return known


def _mentioned(user: User, posted: Message) -> Json:
    guild = posted.channel.guild
    known = people.user(user)
    if guild is not None and user.id in guild.members:
        known["member"] = people.bare_member(guild.members[user.id])
    return known


def _referring(world: World, posted: Message, base: str, *, reads_all: bool) -> Json:
    if posted.forwards is not None:
        return _forwarding(posted.forwards, base, reads_all=reads_all or may_read(world.bot, posted))
    if posted.reference_id is None:
        return {}
    reference: Json = {"type": 0, "channel_id": str(posted.channel.id), "message_id": str(posted.reference_id)}
    if posted.channel.guild is not None:
        reference["guild_id"] = str(posted.channel.guild.id)
    known: Json = {"message_reference": reference, "referenced_message": None}
    target = posted.reference
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
