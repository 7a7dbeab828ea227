"""`/settings`: what managers set for their server, by Discord's own selects."""

from __future__ import annotations

import asyncio

import pytest

from bot.cli.checks import State, examine_discord
from bot.client import QuothClient
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import ClientRefusesError, Permission, Person, Seen, StandIn
from bot.standin.standin import TOKEN
from bot.standin.state.channel import Tag
from bot.standin.state.event import ChannelChanged
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until

ASKED = "When do quiet hours begin?"


def pick(name: str) -> str:
    return f"quoth:set:{name}"


async def opened(discord: StandIn, person: Person) -> Seen:
    return await person.slash(discord.channel, "settings").answer()


def picked(card: Seen, name: str) -> list[str]:
    """What a select shows as picked."""
    select = next(part for part in card.selects if part["custom_id"] == pick(name))
    if "options" in select:
        return [option["value"] for option in select["options"] if option.get("default")]
    return [default["id"] for default in select.get("default_values") or []]


@pytest.mark.usefixtures("bot")
async def test_all_can_be_set_by_selects_and_each_change_is_told_with_who_and_when(
    discord: StandIn, mod: Person
) -> None:
    helpers, forum = discord.role("helpers"), discord.forum("questions")
    forum.tags.append(Tag(991, "solved"))
    discord.world.tell(ChannelChanged(forum))
    card = await opened(discord, mod)
    assert card.ephemeral
    assert {select["custom_id"] for select in card.selects} >= {pick(name) for name in Name}
    chosen = {
        "channels": [str(discord.channel.id)],
        "threads": ["yes"],
        "strictness": ["eager"],
        "unasked_strictness": ["balanced"],
        "quotes": ["2"],
        "helper_role": [str(helpers.id)],
        "solved_tags": ["991"],
        "forum_silence": ["anyone"],
        "languages": ["de", "fr"],
        "digest_channel": [str(discord.channel.id)],
    }
    for name, values in chosen.items():
        use = mod.select(card, *values, custom_id=pick(name))
        now = await use.when(lambda seen: "✅" in seen.text or "Eingestellt" in seen.text)
        assert picked(now, name) == values
    again = await opened(discord, mod)
    assert {name: picked(again, name) for name in chosen} == chosen
    history = again.selects[-1]["options"]
    assert len(history) == len(chosen)
    told = [option["label"] for option in history]
    for words in ("Sprachen, die ich spreche: Deutsch, Französisch", "Antworten in Threads: An", "helpers", "solved"):
        assert any(words in label for label in told), told
    assert not any(raw in label for label in told for raw in (": yes", "eager", "balanced", "anyone"))
    assert all(mod.user.name in option["description"] and "UTC" in option["description"] for option in history)


async def test_what_is_set_holds_in_that_server(discord: StandIn, bot: QuothClient, ada: Person, mod: Person) -> None:
    assert await ada.say(discord.channel, ASKED).unanswered(1.0)
    card = await opened(discord, mod)
    await mod.select(card, str(discord.channel.id), custom_id=pick("channels")).when(lambda seen: "✅" in seen.text)
    await mod.select(card, "eager", custom_id=pick("unasked_strictness")).when(lambda seen: "✅" in seen.text)
    assert "ten in the evening" in (await ada.say(discord.channel, ASKED).answer()).text
    await mod.select(card, "yes", custom_id=pick("threads")).when(lambda seen: "✅" in seen.text)
    said = ada.ask(discord.channel, ASKED)
    await said.answer()
    assert said.message.thread is not None
    await mod.select(card, "fr", custom_id=pick("languages")).when(lambda seen: "✅" in seen.text)
    assert "Ce qu'on peut demander ici" in (await ada.slash(discord.channel, "help").answer()).text
    elsewhere = bot.services.preferences.of(12345)
    assert (elsewhere.channels, elsewhere.threads, len(elsewhere.languages)) == ((), False, 4)


async def test_a_change_can_be_taken_back_unless_somebody_has_changed_it_again(
    discord: StandIn, bot: QuothClient, mod: Person
) -> None:
    other = discord.person("other", discord.role("managers", Permission.MANAGE_GUILD))
    card, theirs = await opened(discord, mod), await opened(discord, other)
    await mod.select(card, "eager", custom_id=pick("strictness")).when(lambda seen: "✅" in seen.text)
    before = await opened(discord, mod)
    await asyncio.gather(
        other.select(theirs, "strict", custom_id=pick("strictness")).when(lambda seen: "✅" in seen.text),
        mod.select(card, "3", custom_id=pick("quotes")).when(lambda seen: "✅" in seen.text),
    )
    server = discord.guild.id
    changes = bot.services.preferences.stored.changes(server, 10)
    assert len(changes) == 3
    last, first = (change for change in changes if change.name is Name.STRICTNESS)
    assert first.after == last.before
    refused = await mod.select(before, f"quoth:unset:{first.id}", custom_id="quoth:pick").answer()
    assert "changed again meanwhile" in refused.text
    now = await opened(discord, mod)
    assert len(now.selects[-1]["options"]) == 2, "what cannot be taken back any more is not offered"
    back = mod.select(now, f"quoth:unset:{last.id}", custom_id="quoth:pick")
    await back.when(lambda seen: "Taken back" in seen.text)
    assert bot.services.preferences.stored.of(server)[Name.STRICTNESS] == first.after
    assert bot.services.preferences.stored.of(server)[Name.QUOTES] == ("3",)


async def test_a_change_that_was_not_the_last_stays_though_the_value_is_the_same_again(
    discord: StandIn, bot: QuothClient, mod: Person
) -> None:
    stored, server = bot.services.preferences.stored, discord.guild.id
    cards = []
    for number in ("3", "5", "3"):
        stored.change(server, Name.QUOTES, (number,), mod.user.id)
        cards.append((await opened(discord, mod), stored.last_changes(server)[0].id))
    (old, oldest), _, (now, last) = cards
    refused = await mod.select(old, f"quoth:unset:{oldest}", custom_id="quoth:pick").answer()
    assert "changed again meanwhile" in refused.text
    assert stored.of(server)[Name.QUOTES] == ("3",)
    back = mod.select(now, f"quoth:unset:{last}", custom_id="quoth:pick")
    assert picked(await back.when(lambda seen: "Taken back" in seen.text), "quotes") == ["5"]


async def test_a_setting_is_put_back_to_its_default(discord: StandIn, bot: QuothClient, mod: Person) -> None:
    card = await opened(discord, mod)
    assert "quoth:pick:defaults" not in {select["custom_id"] for select in card.selects}
    for number in ("3", "5"):
        await mod.select(card, number, custom_id=pick("quotes")).when(lambda seen: "✅" in seen.text)
    card = await opened(discord, mod)
    back = mod.select(card, "quoth:reset:quotes", custom_id="quoth:pick:defaults")
    now = await back.when(lambda seen: "Back to the default: Quotes in an answer" in seen.text)
    assert picked(now, "quotes") == [str(bot.services.settings.quotes)]
    assert bot.services.preferences.stored.of(discord.guild.id) == {}
    again = mod.select(now, now.selects[-1]["options"][0]["value"], custom_id="quoth:pick")
    assert picked(await again.when(lambda seen: "Taken back" in seen.text), "quotes") == ["5"]


async def test_what_the_environment_fixes_is_told_and_cannot_be_set(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    async with running(discord, also(chosen, quotes=3, threads=False), encoder) as client:
        card = await opened(discord, mod)
        names = {select["custom_id"] for select in card.selects}
        assert pick("quotes") not in names
        assert pick("threads") not in names
        assert "**Quotes in an answer, at most**: 3" in card.text
        assert "fixed by whoever runs me" in card.text
        client.services.preferences.stored.change(discord.guild.id, Name.QUOTES, ("9",), mod.user.id)
        assert client.services.preferences.of(discord.guild.id).quotes == 3


@pytest.mark.usefixtures("bot")
async def test_a_role_a_channel_or_a_tag_that_was_deleted_is_told_and_ends_nothing(
    discord: StandIn, mod: Person, ada: Person
) -> None:
    helpers, side, forum = discord.role("helpers"), discord.text_channel("side"), discord.forum("questions")
    card = await opened(discord, mod)
    assert "No forum here has tags yet" in card.text
    await mod.select(card, str(helpers.id), custom_id=pick("helper_role")).when(lambda seen: "✅" in seen.text)
    await mod.select(card, str(side.id), custom_id=pick("channels")).when(lambda seen: "✅" in seen.text)
    discord.world.delete_role(discord.guild, helpers)
    discord.world.delete_channel(side)
    discord.world.delete_channel(forum)
    await asyncio.sleep(0.3)
    after = await opened(discord, mod)
    assert after.text.count("has been deleted") == 2
    assert picked(after, "helper_role") == picked(after, "channels") == []
    assert "ten in the evening" in (await ada.slash(discord.channel, "ask", question=ASKED).answer()).text


async def test_tags_of_several_forums_are_picked_in_several_selects_and_none_lets_go_of_those_of_another(
    discord: StandIn, bot: QuothClient, mod: Person
) -> None:
    """A forum has up to 20 tags, and a select 25 options: the tags of two forums do not fit into one."""
    stored, server = bot.services.preferences.stored, discord.guild.id
    await tagged_forums(discord, bot, 100, 200)
    stored.change(server, Name.SOLVED_TAGS, ("999",), mod.user.id)
    card = await opened(discord, mod)
    assert "do not fit here" not in card.text
    for values, name in ((["100", "119"], "solved_tags"), (["210"], "solved_tags:1"), (["100"], "solved_tags")):
        card = await mod.select(card, *values, custom_id=pick(name)).when(lambda seen: "✅" in seen.text)
    assert stored.of(server)[Name.SOLVED_TAGS] == ("100", "210"), "of those that there are"
    stored.change(server, Name.SOLVED_TAGS, ("319",), mod.user.id)
    await tagged_forums(discord, bot, 300)
    card = await opened(discord, mod)
    assert "10 more do not fit here" in card.text
    assert picked(card, "solved_tags") == ["319"], "what is picked is listed, wherever it stands"


@pytest.mark.usefixtures("bot")
async def test_tags_that_were_deleted_are_shown_no_more_and_those_that_are_left_hold(
    discord: StandIn, mod: Person
) -> None:
    forum = discord.forum("questions about everything that has to do with the harbour")
    forum.tags += [Tag(991, "solved"), Tag(992, "answered")]
    discord.world.tell(ChannelChanged(forum))
    await asyncio.sleep(0.3)
    card = await opened(discord, mod)
    options = next(part for part in card.selects if part["custom_id"] == pick("solved_tags"))["options"]
    assert [option["label"].endswith((": solved", ": answered")) for option in options] == [True, True]
    card = await mod.select(card, "991", "992", custom_id=pick("solved_tags")).when(lambda seen: "✅" in seen.text)
    await opened(discord, mod)
    del forum.tags[0]
    discord.world.tell(ChannelChanged(forum))
    await asyncio.sleep(0.3)
    after = await opened(discord, mod)
    assert "deleted: pick" not in after.text
    assert (picked(after, "solved_tags"), "991" in str(after.body.components)) == (["992"], False)
    assert "Tags of posts that are solved: (deleted), answered" in str(after.body.components)
    stale = await mod.select(card, "991", custom_id=pick("solved_tags")).answer()
    assert "open `/settings` anew" in stale.text
    forum.tags.clear()
    discord.world.tell(ChannelChanged(forum))
    await asyncio.sleep(0.3)
    after = await opened(discord, mod)
    assert "What was picked here has been deleted" in after.text
    assert "Tags of posts that are solved: (deleted)" in str(after.body.components)
    added = await mod.slash(discord.channel, "source add", channel=forum).answer()
    assert "pick their tags in `/settings` first" in added.text


async def tagged_forums(discord: StandIn, bot: QuothClient, *firsts: int) -> None:
    """Add forums with 20 tags each, and wait until the bot knows them."""
    for first in firsts:
        forum = discord.forum(f"forum-{first}")
        forum.tags += [Tag(first + number, f"tag-{first + number}") for number in range(20)]
        discord.world.tell(ChannelChanged(forum))
    await until(lambda: {first + 19 for first in firsts} <= _known_tags(discord, bot))


def _known_tags(discord: StandIn, bot: QuothClient) -> set[int]:
    guild = bot.get_guild(discord.guild.id)
    return {tag.id for forum in guild.forums for tag in forum.available_tags} if guild is not None else set()


@pytest.mark.usefixtures("bot")
async def test_a_channel_that_the_bot_may_not_write_in_is_told(discord: StandIn, mod: Person) -> None:
    side = discord.text_channel("side")
    side.overwrite(discord.guild.everyone.id, deny=Permission.SEND_MESSAGES)
    discord.world.tell(ChannelChanged(side))
    await asyncio.sleep(0.2)
    card = await opened(discord, mod)
    use = mod.select(card, str(side.id), custom_id=pick("channels"))
    assert "Send Messages" in (await use.when(lambda seen: "✅" in seen.text)).text


async def test_what_solved_and_the_helpers_lack_is_told_by_the_card_and_by_the_doctor(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person
) -> None:
    helpers, forum, other = discord.role("helpers"), discord.forum("questions"), discord.forum("gallery")
    forum.tags.append(Tag(991, "solved"))
    for channel in (forum, other):
        discord.world.tell(ChannelChanged(channel))
    card = await opened(discord, mod)
    untagged = mod.select(card, str(helpers.id), custom_id=pick("helper_role"))
    assert "Manage Threads" not in (await untagged.when(lambda seen: "✅" in seen.text)).text
    tagged = mod.select(card, "991", custom_id=pick("solved_tags"))
    seen = await tagged.when(lambda seen: "✅" in seen.text)
    assert f"In <#{forum.id}> I lack these permissions: Manage Threads." in seen.text
    assert "I cannot mention this role" in seen.text

    async def permissions() -> tuple[State, str]:
        settings = also(chosen, discord_token=TOKEN)
        findings = {finding.what: finding async for finding in examine_discord(settings)}
        found = findings["permissions on Harbour"]
        return found.state, found.message

    state, message = await permissions()
    assert state is State.WARNING
    assert "#questions: Manage Threads" in message
    assert "#gallery" not in message
    assert "@helpers, the role of the helpers, cannot be mentioned" in message
    helpers.mentionable = True
    own = next(role for role in discord.guild.roles.values() if role.managed)
    own.permissions |= Permission.MANAGE_THREADS
    assert await permissions() == (State.GOOD, "in every channel")
    assert bot.services.preferences.of(discord.guild.id).solved_tags == {991}


async def test_nobody_else_may_whatever_they_send(discord: StandIn, bot: QuothClient, ada: Person, mod: Person) -> None:
    with pytest.raises(ClientRefusesError):
        ada.slash(discord.channel, "settings")
    refused = await ada.forge(discord.channel, "settings").answer()
    assert "may manage this server" in refused.text
    card = await opened(discord, mod)
    part = next(select for select in card.selects if select["custom_id"] == pick("quotes"))
    part["options"].append({"label": "99", "value": "99"})
    reply = await mod.select(card, "99", custom_id=pick("quotes")).answer()
    assert "cannot be picked here" in reply.text
    assert bot.services.preferences.stored.changes(discord.guild.id, 9) == []


async def test_who_made_a_change_is_forgotten_with_them(discord: StandIn, bot: QuothClient, mod: Person) -> None:
    card = await opened(discord, mod)
    await mod.select(card, "3", custom_id=pick("quotes")).when(lambda seen: "✅" in seen.text)
    await mod.slash(discord.channel, "forget-me").answer()
    (change,) = bot.services.preferences.stored.changes(discord.guild.id, 9)
    assert change.person is None
    assert "somebody" in (await opened(discord, mod)).selects[-1]["options"][0]["description"]


async def test_the_doctor_shows_what_is_set_and_what_is_gone(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    settings = also(chosen, discord_token=TOKEN, quotes=3)

    async def message() -> tuple[State, str]:
        findings = {finding.what: finding async for finding in examine_discord(settings)}
        return findings["settings of Harbour"].state, findings["settings of Harbour"].message

    assert await message() == (State.GOOD, "nothing: the settings of the environment hold")
    async with running(discord, chosen, encoder) as bot:
        stored, server = bot.services.preferences.stored, discord.guild.id
        stored.change(server, Name.CHANNELS, (str(discord.channel.id),), 77)
        stored.change(server, Name.QUOTES, ("2",), 77)
        state, text = await message()
        assert state is State.GOOD
        assert "channels: #general" in text
        assert "quotes: 2 (not in force: QUOTH_QUOTES fixes it)" in text
        assert "last changed by 77 on 20" in text
        stored.change(server, Name.HELPER_ROLE, ("123456789012345678",), 77)
        state, text = await message()
        assert state is State.WARNING
        assert "helper role: 123456789012345678 (deleted)" in text
