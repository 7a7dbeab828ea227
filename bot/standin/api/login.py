"""What a bot asks when it logs in, and of itself."""

from __future__ import annotations

from bot.standin.api.call import Answer, Call, Route
from bot.standin.payload import Json
from bot.standin.wire import user as people
from bot.standin.wire.application import application


def _me(call: Call) -> Answer:
    return Answer(people.own_user(call.bot))


def _application(call: Call) -> Answer:
    return Answer(application(call.world.application, len(call.world.bot_guilds)))


def _gateway(call: Call) -> Answer:
    return Answer({"url": call.gateway})


def _gateway_bot(call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return Answer({"url": call.gateway, "shards": call.world.application.shards, "session_start_limit": limit})


def _guilds(call: Call) -> Answer:
    listed: list[Json] = [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(guild.permissions(guild.members[call.bot.id]).value),
            "features": [],
        }
        for guild in call.world.bot_guilds
    ]
    return Answer(listed)


ROUTES = [
    Route("GET", "/users/@me", _me),
    Route("GET", "/users/@me/guilds", _guilds),
    Route("GET", "/oauth2/applications/@me", _application),
    Route("GET", "/applications/@me", _application),
    Route("GET", "/gateway", _gateway, open=True),
    Route("GET", "/gateway/bot", _gateway_bot),
]
