"""What the bot sent to Discord's API for one of its messages, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.standin.api.server import Exchange
from bot.standin.payload import Json
from bot.standin.state.interaction import Interaction
from bot.standin.state.message import Message
from bot.standin.state.world import World

_SHOWN_OF_TOKEN = 4
_API = "/api/v10"


def exchanges(world: World, log: Sequence[Exchange], message: Message) -> list[Json]:
    """Return the requests that made a message what it is, in order; tokens of interactions are shortened."""
    used = [one for one in world.interactions.values() if one.original is message or message in one.followups]
    tokens = [one.token for one in used]
    places = {place for one in used for place in _places(world.application.id, one, message)}
    return [_as_json(one, tokens) for one in log if one.path in places or _is_ordinary(one, message)]


def _places(application: int, one: Interaction, message: Message) -> tuple[str, ...]:
    """Return the paths by which an interaction is answered with a message, and by which that is changed.

    Those of its other messages are left out: one person alone may see them.
    """
    hook = f"{_API}/webhooks/{application}/{one.token}"
    if one.original is message:
        callback = f"{_API}/interactions/{one.id}/{one.token}/callback"
        return (callback, f"{hook}/messages/@original", f"{hook}/messages/{message.id}")
    return (hook, f"{hook}/messages/{message.id}")


def _is_ordinary(one: Exchange, message: Message) -> bool:
    """Tell whether a request posted a message without an interaction, or changed it as one."""
    place = f"{_API}/channels/{message.channel.id}/messages"
    if one.path == place:
        nonce = one.data.get("nonce") if isinstance(one.data, dict) else None
        return nonce is not None and nonce == message.nonce
    return one.path == f"{place}/{message.id}" or one.path.startswith(f"{place}/{message.id}/")


def _as_json(one: Exchange, tokens: Sequence[str]) -> Json:
    path = one.path.removeprefix(_API)
    for token in tokens:
        path = path.replace(token, f"{token[:_SHOWN_OF_TOKEN]}…")
    return {"method": one.method, "path": path, "body": one.data, "status": one.status, "at": round(1000 * one.at)}
