"""What was edited, deleted or closed while the bot was away is found once it is back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.client import QuothClient
from bot.handlers import following_channels
from bot.handlers import kept as kept_answers
from bot.handlers.channel_messages import text_of
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Permission, Person, Said, StandIn
from bot.standin.state.channel import Channel, Tag
from bot.standin.state.event import ChannelChanged
from bot.teaching.consents import FILE_NAME
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import running, until
from tests.bot.wire.test_adding import BUILT, asked, kept_in
from tests.bot.wire.test_channels import ABOUT_FERRY, ASKED, FERRY, MILL, SOLVED, ask, homely  # noqa: F401
from tests.bot.wire.test_consent import QUESTION, keep

STAIRS = "The key of the mill hangs below the stairs."


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_channels, "_EVERY", 0.3)
    monkeypatch.setattr(following_channels, "_QUIET", 1.0)
    monkeypatch.setattr(kept_answers, "_EVERY", 0.3)


async def answers(discord: StandIn, person: Person, question: str, *, without: str) -> str:
    """Ask until an answer does not hold some words any more, and return it."""
    async with asyncio.timeout(BUILT):
        while without in (text := (await ask(discord, person, question)).text.replace("*", "")):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        return text


async def test_messages_of_channels_and_posts_are_compared_after_a_start(
    discord: StandIn,
    homely: Settings,  # noqa: F811
    encoder: Encoder,
    ada: Person,
    mod: Person,
) -> None:
    notes, forum = discord.text_channel("notes"), discord.forum("help")
    forum.tags.append(Tag(SOLVED, "solved"))
    ferry = mod.say(notes, FERRY)
    for number in range(150):  # more than a page
        mod.say(notes, f"Boat {number} is in the harbour.")
    post = ada.post(forum, "Key of the mill", ASKED)
    mill = mod.say(post.channel, MILL)
    post.channel.applied_tags = [SOLVED]
    async with running(discord, homely, encoder) as bot:
        bot.services.preferences.stored.change(discord.guild.id, Name.SOLVED_TAGS, (str(SOLVED),), 1)
        await until(lambda: bot.get_channel(forum.id) and bot.get_channel(notes.id))
        for channel in (notes, forum):
            await mod.slash(discord.channel, "source add", channel=channel).answer(BUILT)
        assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
    mod.delete(ferry)
    mod.edit(mill, STAIRS)
    async with running(discord, homely, encoder):
        assert "noon on Fridays" not in await answers(discord, ada, ABOUT_FERRY, without="noon on Fridays")
        assert "below the stairs" in await answers(discord, ada, ASKED, without="behind the clock")
    files = "\n".join(path.read_text() for path in (homely.data / "library").rglob("*.md"))
    assert "Boat 149 is" in files
    assert "Boat 0 is" in files


async def test_messages_are_compared_after_a_session_was_lost(
    discord: StandIn,
    homely: Settings,  # noqa: F811
    encoder: Encoder,
    ada: Person,
    mod: Person,
) -> None:
    notes = discord.text_channel("notes")
    ferry, mill = mod.say(notes, FERRY), mod.say(notes, MILL)
    async with running(discord, homely, encoder) as bot:
        await until(lambda: bot.get_channel(notes.id))
        await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)
        discord.gateway.admits.clear()
        discord.gateway.sessions.clear()
        await discord.gateway.drop()
        mod.delete(ferry)
        mod.edit(mill, STAIRS)
        discord.gateway.admits.set()
        await until(lambda: discord.gateway.sessions)
        assert "below the stairs" in await answers(discord, ada, ASKED, without="behind the clock")
        await answers(discord, ada, ABOUT_FERRY, without="noon on Fridays")


async def test_a_history_that_the_bot_may_not_read_any_more_is_not_taken_for_an_empty_one(  # noqa: PLR0913, PLR0917
    discord: StandIn,
    homely: Settings,  # noqa: F811
    encoder: Encoder,
    mod: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Discord answers with empty pages then, and the bot may hear of it later."""
    monkeypatch.setattr(following_channels, "_AGAIN", 0.3)
    notes = discord.text_channel("notes")
    said = [mod.say(notes, FERRY), mod.say(notes, MILL)]
    [bot_role] = [role for role in discord.guild.roles.values() if role.managed]
    async with running(discord, homely, encoder) as bot:
        channels = bot.services.channels
        await until(lambda: bot.get_channel(notes.id))
        await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)
        notes.overwrite(bot_role.id, deny=Permission.READ_MESSAGE_HISTORY)
        channels.activity.compared.clear()
        await until(lambda: "a channel could not be compared" in caplog.text)
        assert set(channels.store.texts(notes.id).values()) == {FERRY, MILL}
        notes.overwrite(bot_role.id, allow=Permission.READ_MESSAGE_HISTORY)
        for message in said:
            message.message.deleted = True  # while the bot does not hear of it
        await until(lambda: not channels.store.texts(notes.id))


async def both_kept(discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person) -> tuple[Said, Said]:
    """Have two messages kept as answers, by a bot that is then stopped."""
    bell = mod.say(discord.channel, "Ring the second bell at the back door.")
    gate = mod.say(discord.channel, "The gate of the old orchard is opened by pulling the chain.")
    async with running(discord, chosen, encoder):
        await keep(mod, bell)
        await keep(mod, gate, "How is the gate of the old orchard opened?")
    return bell, gate


async def test_kept_answers_are_compared_after_a_start(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    bell, gate = await both_kept(discord, chosen, encoder, mod)
    mod.delete(bell)
    mod.edit(gate, "The gate of the old orchard is opened by turning the wheel.")
    async with running(discord, chosen, encoder):
        await answers(discord, ada, QUESTION, without="second bell")
        question = "How is the gate of the old orchard opened?"
        assert "turning the wheel" in await answers(discord, ada, question, without="pulling the chain")
    assert len(kept_in(chosen)) == 1


def close(discord: StandIn, channel: Channel) -> None:
    """Close a channel to all but the bot and those who manage."""
    channel.overwrite(discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
    for role in discord.guild.roles.values():
        if role.id != discord.guild.everyone.id:
            channel.overwrite(role.id, allow=Permission.VIEW_CHANNEL)
    discord.world.tell(ChannelChanged(channel))


def is_shut(bot: QuothClient, channel: Channel) -> bool:
    known = bot.get_channel(channel.id)
    return not known.permissions_for(known.guild.default_role).view_channel  # type: ignore[union-attr]


async def test_what_not_everybody_may_see_is_not_kept_and_ends_when_it_is_closed(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person
) -> None:
    staff, porch = discord.text_channel("staff"), discord.text_channel("porch")
    await until(lambda: bot.get_channel(staff.id) and bot.get_channel(porch.id))
    close(discord, staff)
    await until(lambda: is_shut(bot, staff))
    secret = mod.say(staff, "Ring the second bell at the back door.")
    refused = await mod.menu(secret, "Keep as answer").answer()
    assert "Not everybody here may see" in refused.text
    inner = mod.open_thread(porch, "inner", private=True)
    whispered = mod.say(inner, "Ring the second bell at the back door.")
    assert "Not everybody here may see" in (await mod.menu(whispered, "Keep as answer").answer()).text
    said = mod.say(porch, "Ring the second bell at the back door.")
    await keep(mod, said)
    assert "second bell" in (await ask(discord, ada, QUESTION)).text
    close(discord, porch)
    await answers(discord, ada, QUESTION, without="second bell")
    assert kept_in(chosen) == []


async def test_nothing_is_kept_where_the_channel_was_closed_or_deleted_before_its_author_agreed(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person
) -> None:
    helper, porch, attic = discord.person("helper"), discord.text_channel("porch"), discord.text_channel("attic")
    await until(lambda: bot.get_channel(attic.id))
    await keep(mod, helper.say(porch, "Ring the second bell at the back door."))
    question = await asked(helper)
    close(discord, porch)
    await until(lambda: is_shut(bot, porch))
    assert "Not everybody here may see" in (await helper.click(question, "Yes, keep it").answer(BUILT)).text
    await keep(mod, mod.say(attic, "Ring the third bell at the back door."))
    assert len(kept_in(chosen)) == 1
    discord.world.delete_channel(attic)
    await answers(discord, ada, QUESTION, without="third bell")
    assert kept_in(chosen) == []


async def test_mentions_in_a_kept_message_are_shown_as_names_are(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person
) -> None:
    said = mod.say(discord.channel, f"Ask {ada.mention} in <#{discord.channel.id}> <:bell:123456789012345678>.")
    await keep(mod, said)
    [source] = kept_in(chosen)
    file = chosen.data / "library" / source
    assert f"Ask @somebody in #{discord.channel.name} :bell:." in file.read_text()
    mod.edit(said, f"Do not ask {ada.mention}.")
    await until(lambda: "Do not ask @somebody." in file.read_text())
    assert text_of(await bot.get_channel(discord.channel.id).fetch_message(said.message.id)) == "Do not ask @somebody."  # type: ignore[union-attr]


async def test_what_the_bot_may_not_read_any_more_ends_after_days_and_is_not_asked_for_again_and_again(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks(monkeypatch)
    porch = discord.text_channel("porch")
    thread = mod.open_thread(porch, "bells")
    [bot_role] = [role for role in discord.guild.roles.values() if role.managed]
    said = mod.say(thread, "Ring the second bell at the back door.")
    above = mod.say(porch, "The gate of the old orchard is opened by pulling the chain.")
    async with running(discord, chosen, encoder):
        await keep(mod, said)
        await keep(mod, above, "How is the gate of the old orchard opened?")
    thread.archived = True
    porch.overwrite(bot_role.id, deny=Permission.VIEW_CHANNEL)
    async with running(discord, chosen, encoder):
        await until(lambda: any(asked.path.endswith(f"/channels/{thread.id}") for asked in discord.api.log))
        await looks.more(8)
        refused = [asked.path for asked in discord.api.log if asked.method == "GET" and asked.status == 403]
        assert len(refused) == len(set(refused))
        assert len(kept_in(chosen)) == 2
    monkeypatch.setattr(kept_answers, "_PATIENCE", 0.1)
    async with running(discord, chosen, encoder):
        await until(lambda: not kept_in(chosen))


async def test_what_can_be_read_again_stays_and_is_compared(
    discord: StandIn, chosen: Settings, bot: QuothClient, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "_REFUSED", 0.1)
    porch = discord.text_channel("porch")
    [bot_role] = [role for role in discord.guild.roles.values() if role.managed]
    await until(lambda: bot.get_channel(porch.id))
    said = mod.say(porch, "Ring the second bell at the back door.")
    await keep(mod, said)
    [source] = kept_in(chosen)
    porch.overwrite(bot_role.id, deny=Permission.READ_MESSAGE_HISTORY)
    discord.world.tell(ChannelChanged(porch))
    await until(lambda: unread_in(chosen))
    with monkeypatch.context() as patched:
        patched.setattr(discord.world, "listeners", [])  # the bot hears nothing of it
        mod.edit(said, "Ring the third bell at the back door.")
    porch.overwrite(bot_role.id, allow=Permission.READ_MESSAGE_HISTORY)
    discord.world.tell(ChannelChanged(porch))
    await until(lambda: "third bell" in (chosen.data / "library" / source).read_text())
    await until(lambda: not unread_in(chosen))


async def test_one_message_that_cannot_be_fetched_keeps_no_other_waiting(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bell, gate = await both_kept(discord, chosen, encoder, mod)
    mod.delete(bell)
    mod.delete(gate)
    discord.api.faults.fail("GET /channels/{channel_id}/messages/{message_id}", 400)
    async with running(discord, chosen, encoder):
        await until(lambda: len(kept_in(chosen)) == 1)
    monkeypatch.setattr(kept_answers, "_AGAIN", 0.3)
    discord.api.faults.fail("GET /channels/{channel_id}/messages/{message_id}", 400)
    async with running(discord, chosen, encoder):
        await until(lambda: not kept_in(chosen))


@pytest.mark.usefixtures("bot")
async def test_what_becomes_of_a_message_while_the_form_is_open_counts(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    gone = mod.say(discord.channel, "Ring the second bell at the back door.")
    changed = mod.say(discord.channel, "The gate of the old orchard is opened by pulling the chain.")
    forms = [await mod.menu(said, "Keep as answer").modal() for said in (gone, changed)]
    mod.delete(gone)
    mod.edit(changed, "The gate of the old orchard is opened by turning the wheel.")
    for form, question in zip(forms, (QUESTION, "How is the gate of the old orchard opened?"), strict=True):
        await form.submit(question=question, until="").answer(BUILT)
    [source] = await until(lambda: sources if len(sources := kept_in(chosen)) == 1 else None)
    file = chosen.data / "library" / source
    await until(lambda: "turning the wheel" in file.read_text())


async def test_what_was_deleted_after_its_answer_was_taken_away_is_not_put_back(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks(monkeypatch)
    said = mod.say(discord.channel, "Ring the second bell at the back door.")
    async with running(discord, chosen, encoder):
        await keep(mod, said)
        [source] = kept_in(chosen)
        await mod.slash(discord.channel, "source remove", source=source).answer(BUILT)
    mod.delete(said)
    async with running(discord, chosen, encoder) as bot:
        await looks.more(2)
        bot.services.additions.restore(source)
        await until(lambda: not kept_in(chosen))


@pytest.mark.usefixtures("bot")
async def test_a_kept_message_that_is_edited_to_no_words_ends(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    said = mod.say(discord.channel, "Ring the second bell at the back door.", [("bell.png", b"\x89PNG")])
    await keep(mod, said)
    mod.edit(said, "")
    await until(lambda: not kept_in(chosen))
    await answers(discord, ada, QUESTION, without="second bell")


def unread_in(chosen: Settings) -> list[object]:
    with closing(sqlite3.connect(chosen.data / FILE_NAME)) as database:
        return database.execute("SELECT * FROM unread").fetchall()


class Looks:
    """Counts the looks at what is kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._count, real = 0, kept_answers._origins

        def counted(*given: Any) -> list[Any]:
            self._count += 1
            return real(*given)

        monkeypatch.setattr(kept_answers, "_origins", counted)

    async def more(self, looks: int) -> None:
        """Wait until so many more have been begun."""
        last = self._count + looks
        await until(lambda: self._count >= last)
