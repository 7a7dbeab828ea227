"""The commands in other languages, as Discord has them after the bot has logged in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.standin import StandIn

LOCALES = ("de", "es-ES", "fr")


def each(parts: list[dict[str, Any]], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for part in parts:
        yield f"{path}/{part['name']}", part
        yield from each(part.get("options") or [], f"{path}/{part['name']}")


async def test_every_command_option_and_description_is_there_in_german_spanish_and_french(
    discord: StandIn, bot: object
) -> None:
    del bot
    commands = [command.payload for command in discord.world.commands[None]]
    names = [path for path, _ in each(commands)]
    assert len(names) == len(set(names)) == 29
    for path, part in each(commands):
        for locale in LOCALES:
            assert part["name_localizations"][locale], path
            if part.get("description"):
                assert part["description_localizations"][locale], path


async def test_no_two_commands_or_options_side_by_side_have_one_name_in_any_language(
    discord: StandIn, bot: object
) -> None:
    del bot
    commands = [command.payload for command in discord.world.commands[None]]
    beside = [commands, *(part["options"] for _, part in each(commands) if part.get("options"))]
    for locale in LOCALES:
        for parts in beside:
            names = [(part.get("type", 1), part["name_localizations"][locale]) for part in parts]
            assert len(set(names)) == len(names)
