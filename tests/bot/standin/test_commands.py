from __future__ import annotations

from typing import Any

import pytest

from bot.standin import ClientRefusesError, Permission, Person, StandIn

from .client import Bot
from .raw import Raw


def slash(**more: Any) -> dict[str, Any]:
    return {"type": 1, "name": "ask", "description": "Ask."} | more


def option(name: str = "what", **more: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "What?"} | more


REFUSED = [
    (slash(name="Ask"), "0.name APPLICATION_COMMAND_INVALID_NAME"),
    (slash(name="ask me"), "0.name APPLICATION_COMMAND_INVALID_NAME"),
    (slash(name="x" * 33), "0.name BASE_TYPE_BAD_LENGTH"),
    (slash(description=""), "0.description BASE_TYPE_REQUIRED"),
    (slash(description="x" * 101), "0.description BASE_TYPE_BAD_LENGTH"),
    (slash(name_localizations={"xx": "ask"}), "0.name_localizations.xx ENUM_TYPE_COERCE"),
    (slash(name_localizations={"de": "Fragen"}), "0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME"),
    (slash(description_localizations={"de": "x" * 101}), "0.description_localizations.de BASE_TYPE_BAD_LENGTH"),
    (slash(options=[option(f"o{n}") for n in range(26)]), "0.options BASE_TYPE_BAD_LENGTH"),
    (slash(options=[option(), option()]), "0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_INVALID"),
    (
        slash(options=[option("a"), option("b", required=True)]),
        "0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (slash(options=[option(), option("sub", type=1)]), "0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    (
        slash(options=[option(choices=[{"name": "x" * 101, "value": "x"}])]),
        "0.options.0.choices.0.name BASE_TYPE_BAD_LENGTH",
    ),
    (
        slash(options=[option(choices=[{"name": f"{n}", "value": "x"} for n in range(26)])]),
        "0.options.0.choices BASE_TYPE_BAD_LENGTH",
    ),
    (
        slash(options=[option(autocomplete=True, choices=[{"name": "x", "value": "x"}])]),
        "0.options.0 APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID",
    ),
    (
        {"type": 3, "name": "Answer this", "description": "x"},
        "0.description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID",
    ),
]


@pytest.mark.parametrize(("command", "refusal"), REFUSED)
async def test_a_command_that_discord_would_not_register(raw: Raw, command: dict[str, Any], refusal: str) -> None:
    assert await raw.refused("PUT", f"{raw.application}/commands", [command]) == [f"50035 {refusal}"]
    assert raw.stand_in.world.commands == {}


async def test_names_are_unique_and_not_too_many(raw: Raw) -> None:
    path = f"{raw.application}/commands"
    assert await raw.refused("PUT", path, [slash(), slash()]) == ["50035 1.name APPLICATION_COMMANDS_DUPLICATE_NAME"]
    many = [slash(name=f"c{n}") for n in range(101)]
    assert await raw.refused("PUT", path, many) == ["50035  APPLICATION_COMMANDS_MAX_COUNT"]


async def test_a_command_that_is_sent_again_keeps_its_id(raw: Raw) -> None:
    path = f"{raw.application}/guilds/{raw.stand_in.guild.id}/commands"
    _, (first,) = await raw("PUT", path, [slash(options=[option()])])
    _, (second,) = await raw("PUT", path, [slash(description="Ask away.")])
    assert second["id"] == first["id"]
    assert second["version"] != first["version"]
    assert (await raw("GET", path))[1] == [second]


async def test_the_tree_is_registered(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    assert ada.commands(stand_in.channel) == ["ask", "act", "comment", "source", "read"]
    assert [command.name for command in await bot.tree.fetch_commands()] == [
        *("ask", "act", "rebuild", "comment", "source", "read", "Answer this")
    ]


@pytest.mark.usefixtures("bot")
async def test_a_command_is_offered_to_those_who_may(stand_in: StandIn, ada: Person) -> None:
    keeper = stand_in.person("keeper", stand_in.role("keepers", Permission.MANAGE_GUILD))
    assert "rebuild" in keeper.commands(stand_in.channel)
    with pytest.raises(ClientRefusesError):
        ada.slash(stand_in.channel, "rebuild")
    stand_in.channel.overwrite(stand_in.guild.everyone.id, deny=Permission.USE_APPLICATION_COMMANDS)
    assert ada.commands(stand_in.channel) == []


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("nothing", {}),
        ("source", {}),
        ("source lose", {}),
        ("ask", {}),
        ("ask", {"question": 3}),
        ("ask", {"question": "x" * 301}),
        ("ask", {"question": "x", "private": "yes"}),
        ("ask", {"question": "x", "more": "x"}),
    ],
)
async def test_a_client_sends_only_what_fits(
    stand_in: StandIn, ada: Person, command: str, options: dict[str, Any]
) -> None:
    with pytest.raises(ClientRefusesError):
        ada.slash(stand_in.channel, command, **options)
    assert stand_in.world.interactions == {}
