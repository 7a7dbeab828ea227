"""Commands: registered as a whole or one by one, everywhere or in one server."""

from __future__ import annotations

from bot.standin.api.call import DONE, Answer, Call, Route
from bot.standin.payload import Json
from bot.standin.refusal import unknown
from bot.standin.rules.command import check_commands
from bot.standin.state.command import Command, CommandKind
from bot.standin.state.event import CommandsChanged
from bot.standin.wire.command import command as command_object


def _scope(call: Call) -> int | None:
    if call.number("application_id") != call.world.application.id:
        raise unknown("Application")
    return call.guild().id if "guild_id" in call.path else None


def _list(call: Call) -> Answer:
    found = call.world.commands.get(_scope(call), [])
    return Answer([_shown(call, one) for one in found])


def _replace(call: Call) -> Answer:
    scope = _scope(call)
    sent: list[Json] = call.data or []
    check_commands(sent)
    before = {(one.kind, one.name): one for one in call.world.commands.get(scope, [])}
    call.world.commands[scope] = [_registered(call, payload, scope, before) for payload in sent]
    call.world.tell(CommandsChanged())
    return _list(call)


def _add(call: Call) -> Answer:
    scope = _scope(call)
    payload = call.object()
    known = call.world.commands.setdefault(scope, [])
    before = {(one.kind, one.name): one for one in known}
    others = [one for one in known if (one.kind, one.name) != (_kind(payload), payload.get("name"))]
    check_commands([*(one.payload for one in others), payload])
    added = _registered(call, payload, scope, before)
    call.world.commands[scope] = [*others, added]
    call.world.tell(CommandsChanged())
    return Answer(_shown(call, added), 200 if len(others) < len(known) else 201)


def _get(call: Call) -> Answer:
    return Answer(_shown(call, _found(call)))


def _delete(call: Call) -> Answer:
    call.world.commands[_scope(call)].remove(_found(call))
    call.world.tell(CommandsChanged())
    return DONE


def _found(call: Call) -> Command:
    for one in call.world.commands.get(_scope(call), []):
        if one.id == call.number("command_id"):
            return one
    raise unknown("application command")


def _registered(
    call: Call, payload: Json, scope: int | None, before: dict[tuple[CommandKind, str], Command]
) -> Command:
    kind, name = _kind(payload), str(payload["name"])
    known = before.get((kind, name))
    version = call.world.ids.make()
    return Command(known.id if known else call.world.ids.make(), version, kind, name, payload, scope)


def _kind(payload: Json) -> CommandKind:
    return CommandKind(payload.get("type") or CommandKind.SLASH)


def _shown(call: Call, one: Command) -> Json:
    return command_object(one, call.world.application.id)


_EVERYWHERE = "/applications/{application_id}/commands"
_IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
ROUTES = [
    route
    for place in (_EVERYWHERE, _IN_GUILD)
    for route in (
        Route("GET", place, _list),
        Route("PUT", place, _replace),
        Route("POST", place, _add),
        Route("GET", f"{place}/{{command_id}}", _get),
        Route("DELETE", f"{place}/{{command_id}}", _delete),
    )
]
