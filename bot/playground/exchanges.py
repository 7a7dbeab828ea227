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
    used = [
        interaction
        for interaction in world.interactions.values()
        if interaction.original is message or message in interaction.followups
    ]
    tokens = [interaction.token for interaction in used]
    places = {place for interaction in used for place in _places(world.application.id, interaction, message)}
    return [
        _as_json(exchange, tokens) for exchange in log if exchange.path in places or _is_ordinary(exchange, message)
    ]


def _places(application: int, interaction: Interaction, message: Message) -> tuple[str, ...]:
    """Return the paths by which an interaction is answered with a message, and by which that is changed.

    Those of its other messages are left out: one person alone may see them.
    """
    hook = f"{_API}/webhooks/{application}/{interaction.token}"
    if interaction.original is message:
        callback = f"{_API}/interactions/{interaction.id}/{interaction.token}/callback"
        return (callback, f"{hook}/messages/@original", f"{hook}/messages/{message.id}")
    return (hook, f"{hook}/messages/{message.id}")


def _is_ordinary(exchange: Exchange, message: Message) -> bool:
    """Tell whether a request posted a message without an interaction, or changed it as one."""
    place = f"{_API}/channels/{message.channel.id}/messages"
    if exchange.path == place:
        nonce = exchange.data.get("nonce") if isinstance(exchange.data, dict) else None
        return nonce is not None and nonce == message.nonce
    return exchange.path == f"{place}/{message.id}" or exchange.path.startswith(f"{place}/{message.id}/")


def _as_json(exchange: Exchange, tokens: Sequence[str]) -> Json:
    path = exchange.path.removeprefix(_API)
    for token in tokens:
        path = path.replace(token, f"{token[:_SHOWN_OF_TOKEN]}…")
    return {
        "method": exchange.method,
        "path": path,
        "body": exchange.data,
        "status": exchange.status,
        "at": round(1000 * exchange.at),
    }
