"""What a bot in many servers, and people who leave things open, must not break."""

from __future__ import annotations

import asyncio

import pytest

from bot.manners import open_forms
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import running

ASKED = "When do quiet hours begin?"
QUIET = "ten in the evening"
SERVERS = 50


async def test_each_of_fifty_servers_has_settings_of_its_own(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    world = discord.world
    guilds = [world.add_guild(f"Server {number}") for number in range(SERVERS - 1)]
    places = [world.add_channel(guild, "general") for guild in guilds]
    for guild in guilds:
        world.add_member(guild, ada.user, [])
    async with running(discord, chosen, encoder) as bot:
        preferences = bot.services.preferences
        for number, place in enumerate(places):
            picked = (str(place.id),) if number % 2 else ()
            preferences.stored.change(guilds[number].id, Name.CHANNELS, picked, ada.user.id)
            preferences.stored.change(guilds[number].id, Name.UNASKED_STRICTNESS, ("eager",), ada.user.id)
        for number, place in enumerate(places):  # one after another: there is a share for each person
            said = ada.say(place, ASKED)
            if number % 2:
                assert QUIET in (await said.answer()).text
            else:
                assert await said.unanswered(0.1)
        assert len({guild.id for guild in guilds} & bot.services.homes.ids) == SERVERS - 1
        assert QUIET in (await ada.ask(places[0], ASKED).answer()).text


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are waited for a moment, in place of an hour."""
    monkeypatch.setattr(open_forms, "OPEN_SECONDS", 0.3)


@pytest.mark.usefixtures("impatient")
async def test_a_form_left_open_for_too_long_is_told_and_changes_nothing(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, ada: Person
) -> None:
    said = ada.say(discord.channel, "The sauna opens at four on weekdays.")
    async with running(discord, chosen, encoder):
        form = await mod.menu(said, "Keep as answer").modal()
        await asyncio.sleep(0.8)
        reply = await form.submit(question="When does the sauna open?", until="").answer()
        assert "open for too long" in reply.text
        assert reply.ephemeral
        over = await mod.menu(said, "Keep as answer").modal()
    async with running(discord, chosen, encoder):
        reply = await over.submit(question="When does the sauna open?", until="").answer()
        assert "open for too long" in reply.text
    assert not (chosen.data / "library" / "answers").exists()


async def test_a_card_of_settings_left_open_shows_what_others_changed_meanwhile(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    other = discord.person("other", discord.role("managers", Permission.MANAGE_GUILD))
    async with running(discord, chosen, encoder):
        card = await mod.slash(discord.channel, "settings").answer()
        theirs = await other.slash(discord.channel, "settings").answer()
        await other.select(theirs, "7", custom_id="quoth:set:quotes").when(lambda seen: "✅" in seen.text)
    async with running(discord, chosen, encoder):  # the buttons need nothing that a restart loses
        use = mod.select(card, "yes", custom_id="quoth:set:threads")
        now = await use.when(lambda seen: "✅" in seen.text)
        quotes = next(select for select in now.selects if select["custom_id"] == "quoth:set:quotes")
        assert [option["value"] for option in quotes["options"] if option.get("default")] == ["7"]
