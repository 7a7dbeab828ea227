"""Application commands on the wire."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.state.command import Command


def command(registered: Command, application_id: int) -> Json:
    """Return a command object, as it is answered when it is registered."""
    sent = {key: value for key, value in registered.payload.items() if value is not None and key != "id"}
    known: Json = {"description": "", "default_member_permissions": None, "nsfw": False} | sent
    if known["default_member_permissions"] is not None:
        known["default_member_permissions"] = str(known["default_member_permissions"])
    known |= {
        "id": str(registered.id),
        "application_id": str(application_id),
        "version": str(registered.version),
        "type": int(registered.kind),
        "name": registered.name,
    }
    if "options" in known:
        known["options"] = [_option(option) for option in known["options"]]
    return known if registered.guild_id is None else known | {"guild_id": str(registered.guild_id)}


def _option(sent: Json) -> Json:
    known = {key: value for key, value in sent.items() if value is not None}
    if "options" in known:
        known["options"] = [_option(option) for option in known["options"]]
    return known
