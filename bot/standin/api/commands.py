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
    commands = call.world.commands.get(_scope(call), [])
    return Answer([_shown(call, command) for command in commands])


def _replace(call: Call) -> Answer:
    scope = _scope(call)
    sent: list[Json] = call.data or []
    check_commands(sent)
    before = {(command.kind, command.name): command for command in call.world.commands.get(scope, [])}
    call.world.commands[scope] = [_registered(call, payload, scope, before) for payload in sent]
    call.world.tell(CommandsChanged())
    return _list(call)


def _add(call: Call) -> Answer:
    scope = _scope(call)
    payload = call.object()
    known = call.world.commands.setdefault(scope, [])
    before = {(command.kind, command.name): command for command in known}
    others = [command for command in known if (command.kind, command.name) != (_kind(payload), payload.get("name"))]
    check_commands([*(command.payload for command in others), payload])
    added = _registered(call, payload, scope, before)
    call.world.commands[scope] = [*others, added]
    call.world.tell(CommandsChanged())
    return Answer(_shown(call, added), 200 if len(others) < len(known) else 201)


def _get(call: Call) -> Answer:
    return Answer(_shown(call, _command(call)))


def _delete(call: Call) -> Answer:
    call.world.commands[_scope(call)].remove(_command(call))
    call.world.tell(CommandsChanged())
    return DONE


def _command(call: Call) -> Command:
    for command in call.world.commands.get(_scope(call), []):
        if command.id == call.number("command_id"):
            return command
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


def _shown(call: Call, command: Command) -> Json:
    return command_object(command, call.world.application.id)


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
