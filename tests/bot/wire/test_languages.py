"""The commands in other languages, as Discord has them after the bot has logged in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.handlers.digest import post_due
from bot.settings import Settings
from bot.standin import Person, StandIn
from index.encode.encoder import Encoder
from tests.bot.insight.asked import GROUPS, Asking, write
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_correcting import noted, now, rewrite
from tests.bot.wire.test_insight import POOL, POOL_TEXT, build, followed

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
    assert len(names) == len(set(names)) == 37
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


@pytest.fixture
def greta(discord: StandIn) -> Person:
    """Somebody whose Discord is in German, in a server that is in English."""
    greta = discord.person("greta")
    greta.user.locale = "de"
    return greta


@pytest.mark.usefixtures("bot")
async def test_an_answer_its_buttons_and_its_context_are_in_the_language_of_whoever_asks(
    discord: StandIn, greta: Person, ada: Person
) -> None:
    use = greta.slash(discord.channel, "ask", question="When do quiet hours begin?")
    answer = await use.answer()
    assert "-# Gefragt: When do quiet hours begin?" in answer.text
    assert "ten in the evening" in answer.text
    labels = [button.label for button in answer.buttons]
    assert "Umfeld" in labels
    assert "Mehr" in labels
    context = await greta.click(answer, "Umfeld").answer()
    assert "wahrscheinlich" in context.text
    theirs = await ada.click(answer, "Umfeld").answer()
    assert "% probable" in theirs.text
    after = await greta.reply(answer, "And when do they end?").answer()
    assert not any(word in after.text for word in ("Asked", "should answer", "probably", "may not be"))


@pytest.mark.usefixtures("bot")
async def test_errors_help_and_privacy_are_in_the_language_of_whoever_asks(discord: StandIn, greta: Person) -> None:
    wrong = await greta.slash(discord.channel, "ask", question="Hunde?", source="nothing like it").answer()
    assert "Kein Dokument heißt" in wrong.text
    assert "/quelle liste" in wrong.text
    assert "**Zum Beispiel**" in (await greta.slash(discord.channel, "help").answer()).text
    assert "Was über dich gespeichert wird" in (await greta.slash(discord.channel, "privacy").answer()).text
    assert "2 Dokumente" in (await greta.slash(discord.channel, "source list").answer()).text


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("locale", ["tlh", "x-unknown", "", "ja"])
async def test_a_locale_that_is_unknown_is_answered_in_english(discord: StandIn, ada: Person, locale: str) -> None:
    ada.user.locale = locale
    answer = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
    assert "-# Asked: " in answer.text


async def test_a_server_in_another_language_is_answered_in_it_where_the_author_of_a_message_is_not_known(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    discord.guild.locale = "fr"
    async with running(discord, chosen, encoder):
        assert "Pose-moi une question" in (await ada.ask(discord.channel, "").answer()).text


async def test_what_the_bot_says_by_itself_is_in_the_language_of_whoever_it_is_for(
    discord: StandIn, chosen: Settings, encoder: Encoder, greta: Person, ada: Person
) -> None:
    """Whoever waits for an answer is told in their language, and a card is corrected in the one that it is in."""
    async with running(discord, chosen, encoder) as bot:
        refused = await greta.slash(discord.channel, "ask", question=POOL).answer()
        await greta.click(refused, "Sag mir, wenn es in den Dokumenten steht").answer()
        german = await greta.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
        english = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
        await noted(bot, 2)
        (chosen.documents / "pool.md").write_text(POOL_TEXT)
        rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
        await build(chosen, encoder, bot)
        await until(
            lambda: [seen for seen in greta.sees(discord.channel) if "steht es in den Dokumenten" in seen.text], 30
        )
        await followed(bot)
    assert "~~" in now(german)
    assert "~~" in now(english)
    assert "-# Der Text hat sich" in now(german)
    assert "-# The text changed on" in now(english)


async def test_a_digest_is_in_the_language_of_its_server(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    discord.guild.locale = "fr"
    digests = discord.text_channel("digests")
    write(
        chosen.data,
        [Asking(GROUPS[0][n], n) for n in range(4)],
        encoder,
        server=discord.guild.id,
        channel=discord.channel.id,
    )
    async with running(discord, also(chosen, digest_channel=digests.id), encoder) as bot:
        await post_due(bot, time.time())
        assert await post_due(bot, time.time() + 7 * 86_400.0)
    (shown,) = ada.sees(digests)
    assert "4 personnes" in shown.text
    assert "What was asked" not in shown.text
