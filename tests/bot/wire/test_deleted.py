"""Channels and messages that are deleted under an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import discord as discord_py
import pytest

from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, Response, Said, Seen, StandIn
from bot.standin.posting.post import delete
from bot.standin.state.channel import Channel
from bot.teaching.consents import FILE_NAME
from tests.bot.wire.conftest import until
from tests.bot.wire.test_consent import keep, kept_in

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"

Use = Callable[[Person, Channel, Said, Seen], Response]

USES: dict[str, Use] = {
    "ask": lambda person, channel, *_: person.slash(channel, "ask", question=QUESTION),
    "private ask": lambda person, channel, *_: person.slash(channel, "ask", question=QUESTION, private=True),
    "show": lambda person, channel, *_: person.slash(channel, "source show", source="rules.md"),
    "list": lambda person, channel, *_: person.slash(channel, "source list"),
    "help": lambda person, channel, *_: person.slash(channel, "help"),
    "status": lambda person, channel, *_: person.slash(channel, "index status"),
    "answer": lambda person, _, said, __: person.menu(said, "Answer this"),
    "sources": lambda person, _, said, __: person.menu(said, "Find sources"),
    "context": lambda person, _, __, shown: person.click(shown, shown.buttons[0].label),
    "more": lambda person, _, __, shown: person.click(shown, "More"),
    "vote": lambda person, _, __, shown: person.click(shown, "👍"),
}


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the bot itself finds worth a warning."""
    return [
        record.message
        for record in caplog.records
        if record.levelno >= logging.WARNING and record.name.startswith("bot")
    ]


def requests(discord: StandIn) -> int:
    """Count what was sent; that the bot is typing is said only where an answer takes its time."""
    sent = [exchange for exchange in discord.api.log if exchange.method in {"POST", "PATCH"}]
    return len([exchange for exchange in sent if not exchange.path.endswith("/typing")])


async def still_answers(discord: StandIn, person: Person) -> bool:
    return QUIET in (await person.ask(discord.text_channel("elsewhere"), QUESTION).answer()).text


@pytest.mark.parametrize("way", USES)
async def test_a_channel_that_goes_before_the_first_response_is_one_line_in_the_log(
    discord: StandIn, bot: QuothClient, mod: Person, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    doomed = discord.text_channel("doomed")
    await until(lambda: bot.get_channel(doomed.id))
    said = mod.say(doomed, QUESTION)
    shown = await mod.slash(doomed, "ask", question=QUESTION).answer()
    before = requests(discord)
    response = USES[way](mod, doomed, said, shown)
    discord.world.delete_channel(doomed)
    await until(lambda: warned(caplog))
    assert response.interaction.reply is None
    assert requests(discord) == before + 1, "nothing is tried again"
    assert await still_answers(discord, mod)
    assert warned(caplog) == ["an answer had nowhere to go: its message or channel has been deleted"]


@pytest.mark.parametrize("way", USES)
async def test_a_channel_that_goes_while_somebody_waits_is_one_line_in_the_log(
    discord: StandIn, bot: QuothClient, mod: Person, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    doomed = discord.text_channel("doomed")
    await until(lambda: bot.get_channel(doomed.id))
    said = mod.say(doomed, QUESTION)
    shown = await mod.slash(doomed, "ask", question=QUESTION).answer()
    before = requests(discord)
    response = USES[way](mod, doomed, said, shown)
    await response.first()
    discord.world.delete_channel(doomed)
    await until(lambda: warned(caplog))
    assert requests(discord) == before + 2, "nothing is tried again"
    assert await still_answers(discord, mod)
    assert warned(caplog) == ["an answer had nowhere to go: its message or channel has been deleted"]


@pytest.mark.usefixtures("bot")
async def test_a_mention_in_a_channel_that_goes_is_one_line_in_the_log(
    discord: StandIn, bot: QuothClient, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    doomed = discord.text_channel("doomed")
    await until(lambda: bot.get_channel(doomed.id))
    before = requests(discord)
    ada.ask(doomed, QUESTION)
    discord.world.delete_channel(doomed)
    await until(lambda: warned(caplog))
    assert requests(discord) == before + 1, "nothing is tried again"
    assert await still_answers(discord, ada)
    assert len(warned(caplog)) == 1


@pytest.mark.usefixtures("bot")
async def test_buttons_of_a_message_that_goes_as_they_are_pressed_do_what_they_say(
    discord: StandIn, chosen: Settings, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    for button, expected in (("Context", "end at seven"), ("More", "Asked: When do quiet"), ("👍", "noted")):
        shown = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        pressed = ada.click(shown, next((part.label for part in shown.buttons if button in part.label), button))
        delete(discord.world, shown.message)
        assert expected in (await pressed.answer()).text
    assert warned(caplog) == []
    assert not (chosen.data / FILE_NAME).exists(), "nothing was kept of those messages"


@pytest.mark.usefixtures("bot")
async def test_an_answer_that_is_deleted_before_it_is_filled_in_stays_away(
    discord: StandIn, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """So does a page that somebody has dismissed before the next one comes."""
    held = discord.api.faults.fail("PATCH /webhooks/*", 429, retry_after=0.1)
    thinking = ada.slash(discord.channel, "ask", question=QUESTION)
    await until(lambda: held.hits)
    assert thinking.interaction.original is not None
    delete(discord.world, thinking.interaction.original)
    await until(lambda: warned(caplog))
    assert ada.sees(discord.channel) == []

    results = await ada.slash(discord.channel, "source find", name="quite hours").answer()
    opening = ada.click(results, results.buttons[0].label)
    delete(discord.world, results.message)
    await until(lambda: len(warned(caplog)) == 2)
    assert opening.seconds is not None
    assert ada.sees(discord.channel) == []
    assert ada.sees(ada.direct) == []
    assert await still_answers(discord, ada)
    assert set(warned(caplog)) == {"an answer had nowhere to go: its message or channel has been deleted"}


@pytest.fixture
def held(bot: QuothClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Have no build end from the call on: what is deleted must be gone all the same. Tell whether one is waited for."""
    waiting: list[bool] = []

    async def for_ever() -> None:
        waiting.append(True)
        await asyncio.Event().wait()

    def hold() -> bool:
        monkeypatch.setattr(bot.services.refreshes, "take_in", for_ever)
        return bool(waiting)

    return hold


async def test_an_answer_is_taken_back_before_a_build(
    discord: StandIn, chosen: Settings, mod: Person, held: Callable[[], bool]
) -> None:
    said = mod.ask(discord.channel, QUESTION)
    answer = await said.answer()
    await keep(mod, said)
    held()
    mod.delete(said)
    await until(lambda: answer.message.deleted)
    await until(held)
    assert kept_in(chosen) == []


async def test_of_messages_that_are_deleted_at_once_none_waits_for_the_build_of_another(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person, held: Callable[[], bool]
) -> None:
    gate = mod.say(discord.channel, "The gate of the old orchard is opened by pulling the chain.")
    bell = mod.say(discord.channel, "Ring the second bell at the back door.")
    await keep(mod, gate, "How is the gate of the old orchard opened?")
    await keep(mod, bell)
    held()
    numbers = [str(said.message.id) for said in (gate, bell)]
    payload = discord_py.RawBulkMessageDeleteEvent({"ids": numbers, "channel_id": str(discord.channel.id)})  # type: ignore[typeddict-item]
    deletion = asyncio.create_task(bot.on_raw_bulk_message_delete(payload))
    await until(lambda: not kept_in(chosen))
    deletion.cancel()
