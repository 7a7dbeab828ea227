"""Managers add files and answers from Discord, and take them away again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hostile_files import open_document

from bot import compose
from bot.client import QuothClient
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import ClientRefusesError, Permission, Person, Seen, StandIn
from index.encode.encoder import Encoder
from index.library.additions import Additions
from tests.bot.wire.conftest import also, running, until

POOL = b"# Pool\n\n## Opening\n\nThe pool is closed on Mondays for cleaning.\n"
ASKED = "When is the pool closed?"
CLOSED = "closed on Mondays"
BUILT = 150.0
"""Seconds that a build may take on a busy machine."""


async def ask(discord: StandIn, person: Person, question: str = ASKED) -> Seen:
    return await person.slash(discord.channel, "ask", question=question).answer()


async def add(discord: StandIn, person: Person, name: str, data: bytes) -> Seen:
    return await person.slash(discord.channel, "source add", file=(name, data)).answer(BUILT)


@pytest.mark.usefixtures("bot")
async def test_a_file_is_quoted_once_it_is_added_and_no_more_once_it_is_removed(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    added = await add(discord, mod, "../the pool.md", POOL)
    assert added.ephemeral
    assert "uploads/the_pool.md: was read as “Pool”" in added.text.replace("\\", "")
    answer = await ask(discord, ada)
    assert CLOSED in answer.text
    again = await add(discord, mod, "the_pool.md", b"# Other\n\nThe pool is never closed.\n")
    assert "There is a uploads/the_pool.md already" in again.text.replace("\\", "")
    offered = await mod.autocomplete(discord.channel, "source remove", "source", "POOL")
    assert offered == [("uploads/the_pool.md", "uploads/the_pool.md")]
    assert await ada.autocomplete(discord.channel, "source remove", "source", "") == []
    removed = await mod.slash(discord.channel, "source remove", source="uploads/the_pool.md").answer(BUILT)
    assert "is no longer quoted" in removed.text
    assert CLOSED not in (await ask(discord, ada)).text
    back = await mod.click(removed, "Undo").answer(BUILT)
    assert "was read as" in back.text
    assert CLOSED in (await ask(discord, ada)).text
    undone = await mod.click(added, "Undo").answer(BUILT)
    assert "is no longer quoted" in undone.text
    assert CLOSED not in (await ask(discord, ada)).text
    assert "not there any more" in (await mod.click(added, "Undo").answer()).text
    assert not list((chosen.data / "library" / "uploads").iterdir())


@pytest.mark.usefixtures("bot")
async def test_undo_leaves_what_somebody_else_has_added_since_under_the_same_name(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    added = await add(discord, mod, "pool.md", POOL)
    removed = await mod.slash(discord.channel, "source remove", source="uploads/pool.md").answer(BUILT)
    await add(discord, mod, "pool.md", POOL)
    refused = await mod.click(added, "Undo").answer(BUILT)
    assert "pool.md has been added anew since: it stays." in refused.text.replace("\\", "")
    assert "added again meanwhile" in (await mod.click(removed, "Undo").answer(BUILT)).text
    assert (chosen.data / "library" / "uploads" / "pool.md").read_bytes() == POOL


async def test_what_is_added_says_what_it_would_have_answered_before(
    discord: StandIn, bot: QuothClient, ada: Person, mod: Person
) -> None:
    for person in (ada, discord.person("bob")):
        for question in (ASKED, "Who won the cup final in 1998?"):
            assert "closed on Mondays" not in (await ask(discord, person, question)).text
    await bot.services.journal.written()
    assert "“When is the pool closed?”" in (await mod.slash(discord.channel, "insight").answer()).text
    added = await add(discord, mod, "pool.md", POOL)
    assert "Gaps that are closed: 1 of 2. What was asked in vain was asked again." in added.text
    assert "“When is the pool closed?”" not in (await mod.slash(discord.channel, "insight").answer()).text
    removed = await mod.click(added, "Undo").answer(BUILT)
    assert "Gaps" not in removed.text


async def test_what_a_server_does_not_take_for_an_answer_closes_no_gap_of_it(
    discord: StandIn, bot: QuothClient, ada: Person, mod: Person
) -> None:
    question = "Which animals may come into the house?"
    bot.services.preferences.stored.change(discord.guild.id, Name.STRICTNESS, ("strict",), mod.user.id)
    for person in (ada, discord.person("bob")):
        assert "This may not be it" in (await ask(discord, person, question)).text
    await bot.services.journal.written()
    added = await add(discord, mod, "ferry.md", b"# Ferry\n\nThe ferry is painted blue.\n")
    assert "Gaps that are closed: 0 of 1." in added.text


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "case",
    [
        ("song.mp3", b"la la", ".mp3 files are not read"),
        ("papers.zip", b"PK", "send the files that are in it, unpacked"),
        ("empty.md", b" \n", "it is empty"),
        ("broken.pdf", b"this is no PDF", "cannot be read, and was not kept"),
        ("notes", b"words", "files without an ending"),
    ],
)
async def test_what_cannot_be_read_is_told_and_not_kept(
    discord: StandIn, chosen: Settings, mod: Person, case: tuple[str, bytes, str]
) -> None:
    name, data, complaint = case
    answer = await add(discord, mod, name, data)
    assert complaint in answer.text.replace("\\", "")
    assert answer.text.startswith("**Nothing was added**")
    assert not answer.buttons
    uploads = chosen.data / "library" / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())


@pytest.mark.usefixtures("bot")
async def test_what_is_read_in_part_is_kept_and_it_is_told_what_was_not(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    plan = '<draw:frame svg:width="12cm" svg:height="8cm"><draw:image/></draw:frame>'
    page = open_document("text", f"<text:p>The pool is closed on Mondays for cleaning.{plan}</text:p>")
    added = await add(discord, mod, "pool.odt", page)
    assert "Ask about it now. Part of it was not read: holds a picture" in added.text
    assert CLOSED in (await ask(discord, ada)).text
    removed = await mod.click(added, "Undo").answer(BUILT)
    back = await mod.click(removed, "Undo").answer(BUILT)
    assert "Part of it was not read:" in back.text
    assert (chosen.data / "library" / "uploads" / "pool.odt").read_bytes() == page
    assert CLOSED in (await ask(discord, ada)).text


@pytest.mark.usefixtures("bot")
async def test_the_files_of_a_message_are_added_each_with_its_own_undoing(
    discord: StandIn, ada: Person, mod: Person
) -> None:
    said = ada.say(
        discord.channel, "Here they are.", [("pool.md", POOL), ("song.mp3", b"la"), ("gym.txt", b"The gym.")]
    )
    with pytest.raises(ClientRefusesError):
        ada.menu(said, "Add to sources")
    added = await mod.menu(said, "Add to sources").answer(BUILT)
    assert [button.label for button in added.buttons] == ["Undo uploads/pool.md", "Undo uploads/gym.txt"]
    assert "read as “Pool”, with 1 section." in added.text
    assert "read as “gym”. Ask about it now." in added.text
    assert CLOSED in (await ask(discord, ada)).text
    bare = ada.say(discord.channel, "No files here.")
    assert "no file with that message" in (await mod.menu(bare, "Add to sources").answer()).text


@pytest.mark.usefixtures("bot")
async def test_others_may_not_add_remove_or_list(discord: StandIn, chosen: Settings, ada: Person) -> None:
    refusals = [
        await add(discord, ada, "pool.md", POOL),
        await ada.slash(discord.channel, "source remove", source="rules.md").answer(),
        await ada.slash(discord.channel, "source answers").answer(),
    ]
    assert all("That is for those who may manage" in refused.text for refused in refusals)
    assert not (chosen.data / "library").exists()


@pytest.mark.usefixtures("bot")
async def test_two_managers_at_once_both_have_their_files_taken_in(discord: StandIn, ada: Person, mod: Person) -> None:
    other = discord.person("other", discord.role("janitors", Permission.MANAGE_GUILD))
    gym = b"# Gym\n\nThe gym opens at noon on Sundays.\n"
    both = await asyncio.gather(add(discord, mod, "pool.md", POOL), add(discord, other, "gym.md", gym))
    assert all("was read as" in answer.text for answer in both)
    assert CLOSED in (await ask(discord, ada)).text
    assert "noon on Sundays" in (await ask(discord, ada, "When does the gym open?")).text


async def test_what_is_added_is_closed_by_the_same_rules(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    staff = discord.role("staff", Permission.MANAGE_GUILD)
    keeper = discord.person("keeper", staff)
    async with running(discord, also(chosen, access=f"uploads/=role:{staff.id}"), encoder):
        await add(discord, keeper, "pool.md", POOL)
        assert CLOSED not in (await ask(discord, ada)).text
        seen = await keeper.slash(discord.channel, "ask", question=ASKED, private=True).answer()
        assert CLOSED in seen.text


async def test_a_message_is_kept_as_an_answer_word_for_word_with_its_link(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    helper = discord.person("helper", discord.role("helpers"))
    words = "Ring the *second* bell: the first one has been broken since the flood."
    said = helper.say(discord.channel, words)
    day = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    question = "Which bell should I ring at the back door?"
    async with running(discord, chosen, encoder):
        with pytest.raises(ClientRefusesError):
            ada.menu(said, "Keep as answer")
        form = await mod.menu(said, "Keep as answer").modal()
        reply = await form.submit(question="Which bell do I ring at the back door?", until=day).answer(BUILT)
        assert "Its author is asked" in reply.text
        await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
        [source] = kept_in(chosen)
        check_file(chosen.data / "library" / source, words)
        answer = await ask(discord, ada, question)
        assert "Ring the second bell" in answer.text.replace("*", "")
        link = f"discord.com/channels/{discord.guild.id}/{discord.channel.id}/{said.message.id}"
        assert link in str(answer.body.components)
        assert "Said by helpers, " in answer.text
        listed = (await mod.slash(discord.channel, "source answers").answer()).text.replace("\\", "")
        assert f"said by helpers · {datetime.now(UTC).date().isoformat()} · good until {day}" in listed
        removed = await mod.slash(discord.channel, "source remove", source=source).answer(BUILT)
        assert "no longer quoted" in removed.text
        assert "second bell" not in (await ask(discord, ada, question)).text.replace("*", "")
        assert "No answers are kept" in (await mod.slash(discord.channel, "source answers").answer()).text


async def test_a_kept_answer_changes_and_ends_with_its_message(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    helper = discord.person("helper")
    question = "Which bell should I ring at the back door?"
    said = helper.say(discord.channel, "Ring the second bell at the back door.")
    async with running(discord, chosen, encoder) as bot:
        form = await mod.menu(said, "Keep as answer").modal()
        await form.submit(question="Which bell do I ring at the back door?", until="").answer(BUILT)
        await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
        helper.edit(said, "Ring the third bell at the back door.")
        await until(lambda: bot.services.desk.generation.name.startswith("000003-"), BUILT)
        answer = (await ask(discord, helper, question)).text.replace("*", "")
        assert "third bell" in answer
        assert "second bell" not in answer
        helper.delete(said)
        await until(lambda: bot.services.desk.generation.name.startswith("000004-"), BUILT)
        assert "third bell" not in (await ask(discord, helper, question)).text.replace("*", "")
        assert kept_in(chosen) == []
        assert not [path for path in (chosen.data / "library").rglob("*.md") if path.is_file()]


async def asked(person: Person) -> Seen:
    """Return the question that the author of a message gets in private."""
    return await until(lambda: next((seen for seen in person.sees(person.direct) if "May I keep" in seen.text), None))


def kept_in(chosen: Settings) -> list[str]:
    return Additions(chosen.data).sources("answers")


def check_file(file: Path, words: str) -> None:
    text = file.read_text()
    assert words in text
    assert "title: Which bell do I ring at the back door?" in text
    assert "by: helpers\n" in text
    assert "helper\n" not in text, "never a name"


async def test_why_a_file_is_not_taken_is_told_in_the_language_that_is_spoken(
    discord: StandIn, bot: QuothClient, mod: Person
) -> None:
    bot.services.preferences.stored.change(discord.guild.id, Name.LANGUAGES, ("de",), mod.user.id)
    for name, reason in (
        ("song.mp3", ".mp3-Dateien werden nicht gelesen"),
        ("notes", "Dateien ohne Endung wie `.md`"),
    ):
        assert reason in (await add(discord, mod, name, b"la la")).text


@pytest.mark.usefixtures("bot")
async def test_a_day_that_is_past_or_none_is_told_and_keeps_nothing(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    said = ada.say(discord.channel, "Ring the second bell.")
    for day, complaint in (("next week", "is no day"), ("2020-02-03", "is past")):
        form = await mod.menu(said, "Keep as answer").modal()
        assert complaint in (await form.submit(question="Which bell?", until=day).answer()).text
    assert not (chosen.data / "library").exists()


def write(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Which bell?\nuntil: '2020-02-03'\n---\n\nRing the second bell.\n")


async def test_an_answer_that_has_lapsed_is_quoted_no_more(
    discord: StandIn, chosen: Settings, bot: QuothClient, mod: Person
) -> None:
    write(chosen.data / "library" / "answers" / "bell-1.md")
    listing = compose.library(bot.services.settings).listing()
    assert [left.reason for left in listing.left_out] == ["was good until 2020-02-03"]
    soon = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    file = chosen.data / "library" / "answers" / "bell-2.md"
    file.write_text(f"---\ntitle: Which other bell?\nuntil: '{soon}'\n---\n\nRing the third bell.\n")
    assert (
        f"good until {soon}: it lapses in 4 days" in (await mod.slash(discord.channel, "source answers").answer()).text
    )
    assert "was good until 2020-02-03" in (await mod.slash(discord.channel, "source answers").answer()).text
