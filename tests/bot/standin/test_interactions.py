from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from bot.standin import ClientRefusesError, NoAnswerError, Permission, Person, StandIn

from .client import Bot, card


@pytest.mark.usefixtures("bot")
async def test_a_command_is_deferred_and_then_answered(stand_in: StandIn, ada: Person) -> None:
    asked = ada.slash(stand_in.channel, "ask", question="why?")
    seen = await asked.answer()
    assert seen.text == "The answer to why?"
    assert [version.thinking for version in asked.versions] == [True, False]
    assert asked.seconds is not None


async def test_an_ephemeral_answer_is_seen_by_one_person_alone(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    bo = stand_in.person("bo")
    seen = await ada.slash(stand_in.channel, "ask", question="why?", private=True).answer()
    assert seen.ephemeral
    assert [message.text for message in ada.sees(stand_in.channel)] == [seen.text]
    assert bo.sees(stand_in.channel) == []
    with pytest.raises(ClientRefusesError):
        bo.click(seen, "Count 0")
    channel = bot.get_channel(stand_in.channel.id)
    assert isinstance(channel, discord.TextChannel)
    with pytest.raises(discord.NotFound) as refused:
        await channel.fetch_message(seen.message.id)
    assert refused.value.code == 10008
    assert [message async for message in channel.history()] == []


@pytest.mark.usefixtures("bot")
async def test_an_option_is_completed_and_a_subcommand_followed_up(stand_in: StandIn, ada: Person) -> None:
    choices = await ada.autocomplete(stand_in.channel, "source find", "title", "op")
    assert choices == [("op 0", "op-0"), ("op 1", "op-1"), ("op 2", "op-2")]
    response = ada.slash(stand_in.channel, "source find", title="op-1")
    assert (await response.answer()).text == "Found op-1"
    more = await response.followup()
    assert more.ephemeral
    assert more.text == "And more"


@pytest.mark.usefixtures("bot")
async def test_a_button_works_for_a_message_of_before(stand_in: StandIn, ada: Person) -> None:
    seen = await ada.slash(stand_in.channel, "ask", question="why?").answer()
    for number in (1, 2):
        seen = await ada.click(seen, f"Count {number - 1}").answer()
        assert seen.text == f"Counted to {number}"
    assert [button.custom_id for button in seen.buttons] == ["count:2"]


@pytest.mark.usefixtures("bot")
async def test_a_modal_is_filled_in(stand_in: StandIn, ada: Person) -> None:
    modal = await ada.slash(stand_in.channel, "comment").modal()
    assert modal.title == "Comment"
    with pytest.raises(ClientRefusesError):
        modal.submit(comment="x" * 51)
    with pytest.raises(ClientRefusesError):
        modal.submit()
    seen = await modal.submit(comment="Good.").answer()
    assert seen.text == "You wrote Good."
    assert seen.ephemeral


@pytest.mark.usefixtures("bot")
async def test_a_menu_shows_the_bot_what_it_points_at(stand_in: StandIn, ada: Person) -> None:
    said = ada.say(stand_in.channel, "the sea is blue")
    seen = await ada.menu(said, "Answer this").answer()
    assert seen.text == "It says the sea is blue"


@pytest.mark.usefixtures("bot")
async def test_files_come_with_an_answer(stand_in: StandIn) -> None:
    keeper = stand_in.person("keeper", stand_in.role("keepers", Permission.MANAGE_GUILD))
    seen = await keeper.slash(stand_in.channel, "rebuild").answer()
    assert seen.files == {"report.txt": b"All is well."}


@pytest.mark.usefixtures("stand_in", "bot")
async def test_commands_work_in_direct_messages(ada: Person) -> None:
    assert (await ada.slash(ada.direct, "ask", question="why?").answer()).text == "The answer to why?"
    assert "rebuild" not in ada.commands(ada.direct)


Act = Any


async def _acted(stand_in: StandIn, bot: Bot, ada: Person, act: Act) -> list[tuple[int, int]]:
    """Run `act` within a command; returns the status and code of what was refused."""
    done = asyncio.Event()

    async def run(interaction: discord.Interaction[Bot]) -> None:
        try:
            await act(interaction)
        finally:
            done.set()

    bot.act = run
    ada.slash(stand_in.channel, "act")
    await asyncio.wait_for(done.wait(), 30)
    await asyncio.sleep(0.02)
    refused = [error for error in bot.errors if isinstance(error, discord.HTTPException)]
    assert len(refused) == len(bot.errors), bot.errors
    bot.errors.clear()
    return [(error.status, error.code) for error in refused]


async def test_an_answer_after_three_seconds_comes_too_late(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def late(interaction: discord.Interaction[Bot]) -> None:
        stand_in.clock.advance(3.01)
        await interaction.response.defer()

    assert await _acted(stand_in, bot, ada, late) == [(404, 10062)]


async def test_an_interaction_is_answered_once(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def twice(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer()
        interaction.response._response_type = None
        await interaction.response.defer()

    assert await _acted(stand_in, bot, ada, twice) == [(400, 40060)]


async def test_a_token_dies_after_fifteen_minutes(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def slow(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer()
        stand_in.clock.advance(15 * 60 + 1)
        await interaction.edit_original_response(content="at last")

    assert await _acted(stand_in, bot, ada, slow) == [(401, 50027)]


async def test_nothing_follows_before_the_first_response(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def hasty(interaction: discord.Interaction[Bot]) -> None:
        await interaction.followup.send("first")

    assert await _acted(stand_in, bot, ada, hasty) == [(404, 10015)]


async def test_the_first_followup_takes_the_place_of_thinking(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def follow(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("in its place")
        await interaction.followup.send("after it")

    assert await _acted(stand_in, bot, ada, follow) == []
    assert [(message.text, message.ephemeral) for message in ada.sees(stand_in.channel)] == [
        ("in its place", True),
        ("after it", False),
    ]


async def test_a_deleted_answer_is_gone(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def vanish(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.send_message("soon gone")
        await interaction.delete_original_response()
        await interaction.edit_original_response(content="too late")

    assert await _acted(stand_in, bot, ada, vanish) == [(404, 10008)]


async def test_components_and_content_do_not_go_together(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def mixed(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.send_message("words")
        await interaction.edit_original_response(view=card("card"))

    assert await _acted(stand_in, bot, ada, mixed) == [(400, 50035)]


async def test_silence_is_told(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    async def silent(_: discord.Interaction[Bot]) -> None:
        stand_in.clock.advance(4)

    bot.act = silent
    asked = ada.slash(stand_in.channel, "act")
    with pytest.raises(NoAnswerError):
        await asked.first(0.1)
    assert asked.failed


@pytest.mark.usefixtures("bot")
async def test_a_file_comes_with_a_command_under_the_name_that_discord_gives_it(stand_in: StandIn, ada: Person) -> None:
    given = ("../my file (1).txt", b"What it says.")
    seen = await ada.slash(stand_in.channel, "read", file=given).answer()
    assert seen.text == "my_file_1_.txt (13, text/plain): What it says."
    for refused in (("big.txt", b"x" * (10 * 1024 * 1024 + 1)), "no file"):
        with pytest.raises(ClientRefusesError):
            ada.slash(stand_in.channel, "read", file=refused)
