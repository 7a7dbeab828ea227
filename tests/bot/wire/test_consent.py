"""A message is kept as an answer only once its author, where that is no manager, agrees."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cards.buttons import Agree
from bot.cards.custom_ids import custom_id
from bot.client import QuothClient
from bot.handlers import kept
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from bot.standin.driver.said import Said
from bot.teaching.consents import FILE_NAME, Wish
from index.encode.encoder import Encoder
from index.errors import LibraryError
from index.library.additions import Additions
from index.library.library import CANARIES
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_adding import BUILT, asked
from tests.bot.wire.test_closed import press

WORDS = "Ring the *second* bell: the first one has been broken since the flood."
QUESTION = "Which bell do I ring at the back door?"


async def keep(mod: Person, said: Said, question: str = QUESTION) -> Seen:
    form = await mod.menu(said, "Keep as answer").modal()
    return await form.submit(question=question, until="").answer(BUILT)


async def answer_to(discord: StandIn, person: Person) -> str:
    answer = await person.slash(discord.channel, "ask", question=QUESTION).answer()
    return answer.text.replace("*", "")


def kept_in(chosen: Settings) -> list[str]:
    return Additions(chosen.data).sources("answers")


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_an_author_agrees_to_what_their_card_asks_and_to_nothing_that_was_asked_since(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person
) -> None:
    helper = discord.person("helper")
    said = helper.say(discord.channel, WORDS)
    await keep(mod, said)
    await keep(mod, said, "Which bell is broken?")
    first, second = [seen for seen in helper.sees(helper.direct) if "May I keep" in seen.text]
    for button in ("Yes, keep it", "No"):
        refused = await helper.click(first, button).answer(BUILT)
        assert "asked about that message anew since" in refused.text
        assert kept_in(chosen) == []
    thanks = await helper.click(second, "Yes, keep it").answer(BUILT)
    assert "Which bell is broken?" in thanks.text
    bot.services.consents.ask(Wish(7, discord.channel.id, discord.guild.id, QUESTION, "helpers", None), helper.user.id)
    early = await press(helper, second, custom_id(Agree(False, 7))).answer()
    assert "asked about that message anew since" in early.text, "the buttons of an earlier version say no more"


@pytest.mark.usefixtures("bot")
async def test_what_an_author_agrees_to_is_not_said_to_be_quoted_where_the_new_index_was_kept_aside(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    (chosen.documents / CANARIES).write_text('{"question": "When does the bakery open?", "source": "bakery.txt"}')
    (chosen.documents / "bakery.txt").unlink()
    await keep(mod, ada.say(discord.channel, WORDS))
    thanks = await ada.click(await asked(ada), "Yes, keep it").answer(BUILT)
    assert "once the index has been rebuilt" in thanks.text


async def test_an_author_is_asked_in_a_language_that_their_server_has_picked(
    discord: StandIn, bot: QuothClient, mod: Person
) -> None:
    helper = discord.person("helper")
    bot.services.preferences.stored.change(discord.guild.id, Name.LANGUAGES, ("de",), mod.user.id)
    await keep(mod, helper.say(discord.channel, WORDS))
    [card] = helper.sees(helper.direct)
    assert "Darf ich deine Nachricht als Antwort aufbewahren?" in card.text
    assert "als Wort von einem Mitglied" in card.text


async def test_a_wish_for_a_closed_folder_is_listed_for_those_alone_who_may_see_it(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    keys = discord.role("keys", Permission.MANAGE_GUILD)
    keeper = discord.person("keeper", keys)
    async with running(discord, also(chosen, access=f"answers/staff/=role:{keys.id}"), encoder) as bot:
        for number, folder in ((7, "staff"), (8, "")):
            wish = Wish(number, discord.channel.id, discord.guild.id, f"Which bell {number}?", "a", None, folder)
            bot.services.consents.ask(wish, keeper.user.id)
        listed = (await mod.slash(discord.channel, "source answers").answer()).text
        assert "Which bell 8?" in listed
        assert "Which bell 7?" not in listed
        assert "Which bell 7?" in (await keeper.slash(discord.channel, "source answers").answer()).text


@pytest.mark.usefixtures("bot")
async def test_a_question_without_a_word_keeps_nothing(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    said = ada.say(discord.channel, WORDS)
    for question in ("   ", "???"):
        assert "That is no question" in (await keep(mod, said, question)).text
    assert kept_in(chosen) == []


@pytest.mark.usefixtures("bot")
async def test_what_a_webhook_says_is_kept_as_what_a_bot_says_and_what_is_forwarded_where_it_was_written(
    discord: StandIn, ada: Person, mod: Person
) -> None:
    hook = discord.webhook(discord.channel, "Harbour office", WORDS)
    assert "was read as" in (await keep(mod, hook)).text
    forwarded = mod.forward(ada.say(discord.channel, "Ring twice."), discord.channel)
    refused = await mod.menu(forwarded, "Keep as answer").answer()
    assert "That message was forwarded: keep the one that it shows" in refused.text


@pytest.mark.usefixtures("bot")
async def test_nothing_is_kept_until_the_author_agrees_and_forgetting_removes_it(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    helper = discord.person("helper", discord.role("helpers"))
    said = helper.say(discord.channel, WORDS)
    reply = await keep(mod, said)
    assert "Its author is asked in private" in reply.text
    question = await asked(helper)
    assert "Ring the" in question.text
    assert "as said by helpers" in question.text
    assert kept_in(chosen) == []
    assert b"broken since the flood" not in everything_in(chosen.data)
    assert "waits for its author" in (await mod.slash(discord.channel, "source answers").answer()).text
    in_private = await ada.dm("When do quiet hours begin?").answer()
    refused = await press(ada, in_private, custom_id(Agree(True, said.message.id))).answer()
    assert "for the author" in refused.text
    thanks = await helper.click(question, "Yes, keep it").answer(BUILT)
    assert "answers “Which bell" in thanks.text
    assert "Ring the second bell" in await answer_to(discord, ada)
    with pytest.raises(Exception, match="button"):
        helper.click(question, "Yes, keep it")
    forgotten = await helper.slash(discord.channel, "forget-me").answer(BUILT)
    assert "I no longer quote your messages" in forgotten.text
    assert kept_in(chosen) == []
    assert "second bell" not in await answer_to(discord, ada)


async def test_what_is_kept_names_channels_and_roles_as_the_message_does(
    discord: StandIn, bot: QuothClient, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, and not only when it is compared with the message."""
    helper, role, additions = discord.person("helper"), discord.role("bellringers"), bot.services.additions
    await keep(mod, helper.say(discord.channel, f"The second bell is that of <#{discord.channel.id}>: <@&{role.id}>."))
    kept, real = [], additions.keep
    monkeypatch.setattr(additions, "keep", lambda name, text: kept.append(text) or real(name, text))
    await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
    assert f"that of #{discord.channel.name}: @bellringers." in kept[0]


@pytest.mark.usefixtures("bot")
async def test_forgetting_removes_every_answer_that_one_message_was_kept_as(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    helper = discord.person("helper")
    said = helper.say(discord.channel, WORDS)
    for question in (QUESTION, "What has been broken since the flood?"):
        await keep(mod, said, question)
        await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
    await keep(mod, said, "Which bell is the right one?")
    assert "Nothing is kept" in (await helper.click(await asked(helper), "No").answer()).text
    assert len(kept_in(chosen)) == 2
    await helper.slash(discord.channel, "forget-me").answer(BUILT)
    assert kept_in(chosen) == []
    assert b"broken since the flood" not in everything_in(chosen.data / "library")


@pytest.mark.usefixtures("bot")
async def test_an_author_who_declines_or_whose_message_is_gone_keeps_it_to_themselves(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    helper = discord.person("helper")
    await keep(mod, helper.say(discord.channel, WORDS))
    first = await asked(helper)
    assert "Nothing is kept" in (await helper.click(first, "No").answer()).text
    said = helper.say(discord.channel, WORDS)
    await keep(mod, said)
    second = await asked(helper)
    helper.delete(said)
    await asyncio.sleep(0.3)
    assert "only for some days" in (await helper.click(second, "Yes, keep it").answer()).text
    assert kept_in(chosen) == []
    assert "waits for" not in (await mod.slash(discord.channel, "source answers").answer()).text


@pytest.mark.usefixtures("bot")
async def test_two_who_have_the_form_of_a_message_open_are_both_heard(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    """In either order, each with their own words."""
    said = mod.say(discord.channel, WORDS)
    first, second = [await mod.menu(said, "Keep as answer").modal() for _ in range(2)]
    assert "Kept as answer" in (await second.submit(question="Where does the cat sleep?", until="").answer(BUILT)).text
    assert "Kept as answer" in (await first.submit(question=QUESTION, until="").answer(BUILT)).text
    kept = everything_in(chosen.data / "library").decode()
    assert QUESTION in kept
    assert "Where does the cat sleep?" in kept


@pytest.mark.usefixtures("bot")
async def test_a_message_that_is_deleted_while_the_form_is_open_is_not_kept(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    """Neither a manager's own, nor is the author of another asked; and one that was edited is kept as it is by then."""
    for person in (mod, ada):
        said = person.say(discord.channel, WORDS)
        form = await mod.menu(said, "Keep as answer").modal()
        person.delete(said)
        reply = await form.submit(question=QUESTION, until="").answer(BUILT)
        assert "has been deleted: nothing is kept" in reply.text
    assert kept_in(chosen) == []
    assert ada.sees(ada.direct) == []
    said = mod.say(discord.channel, WORDS)
    form = await mod.menu(said, "Keep as answer").modal()
    mod.edit(said, "Ring the third bell.")
    await form.submit(question=QUESTION, until="").answer(BUILT)
    assert "third bell" in await answer_to(discord, ada)


@pytest.mark.usefixtures("bot")
async def test_an_author_who_takes_no_private_messages_is_asked_below_theirs_and_pinged_by_nothing(
    discord: StandIn, chosen: Settings, ada: Person, mod: Person
) -> None:
    helper = discord.person("helper")
    helper.user.accepts_dms = False
    said = helper.say(discord.channel, WORDS)
    assert "asked below the message" in (await keep(mod, said)).text
    question = await said.answer()
    assert not question.pings.users
    assert "for the author" in (await ada.click(question, "Yes, keep it").answer()).text
    await helper.click(question, "Yes, keep it").answer(BUILT)
    assert len(kept_in(chosen)) == 1


async def test_a_wish_outlives_a_restart_and_lapses_after_a_week(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    helper = discord.person("helper")
    said = helper.say(discord.channel, "Ring the first bell.")
    async with running(discord, chosen, encoder):
        await keep(mod, said)
        question = await asked(helper)
    helper.edit(said, "Ring the second bell.")
    async with running(discord, chosen, encoder):
        await helper.click(question, "Yes, keep it").answer(BUILT)
        [source] = kept_in(chosen)
        assert "Ring the second bell." in (chosen.data / "library" / source).read_text()
        later = helper.say(discord.channel, "Ring the third bell.")
        await keep(mod, later)
        with closing(sqlite3.connect(chosen.data / FILE_NAME)) as database, database:
            database.execute("UPDATE consents SET time = time - 8 * 86400")
        late = next(seen for seen in helper.sees(helper.direct) if "third bell" in seen.text)
        assert "only for some days" in (await helper.click(late, "Yes, keep it").answer()).text


async def test_without_the_message_content_intent_the_words_are_those_that_the_author_was_shown(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    discord.world.application.message_content = False
    helper = discord.person("helper")
    said = helper.say(discord.channel, WORDS)
    async with running(discord, chosen, encoder, content=False):
        await keep(mod, said)
        await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
        [source] = kept_in(chosen)
        assert WORDS in (chosen.data / "library" / source).read_text()


async def test_an_answer_can_be_put_into_a_folder_that_only_some_may_see(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    helper = discord.person("helper")
    said = helper.say(discord.channel, WORDS)
    staff = discord.role("staff")
    keeper = discord.person("keeper", staff)
    async with running(discord, also(chosen, access=f"answers/staff/=role:{staff.id}"), encoder):
        form = await mod.menu(said, "Keep as answer").modal()
        refused = await form.submit(question=QUESTION, until="", folder="../staff").answer(BUILT)
        assert "is no folder" in refused.text
        form = await mod.menu(said, "Keep as answer").modal()
        await form.submit(question=QUESTION, until="", folder="staff/").answer(BUILT)
        await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
        [source] = kept_in(chosen)
        assert source.startswith("answers/staff/")
        assert "second bell" not in await answer_to(discord, ada)
        seen = await keeper.slash(discord.channel, "ask", question=QUESTION, private=True).answer()
        assert "second bell" in seen.text.replace("*", "")


async def test_a_managers_own_message_is_kept_at_once(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person
) -> None:
    said = mod.say(discord.channel, WORDS)
    assert "was read as" in (await keep(mod, said)).text
    assert len(kept_in(chosen)) == 1
    assert bot.services.consents.waiting() == []


async def test_nothing_is_kept_where_it_cannot_be_noted_whose_words_it_is(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person
) -> None:
    said, path = mod.say(discord.channel, WORDS), chosen.data / FILE_NAME
    bot.services.consents.close()
    path.unlink(missing_ok=True)
    path.write_bytes(b"no database" * 1000)
    assert "could not be kept" in (await keep(mod, said)).text
    assert kept_in(chosen) == []
    path.unlink()
    await keep(mod, said)
    assert len(kept_in(chosen)) == 1
    assert "There is a answers/" in (await keep(mod, said)).text.replace("\\", "")
    assert bot.services.consents.forget(mod.user.id) == kept_in(chosen)


async def test_a_deleted_message_is_quoted_no_more_though_its_consent_cannot_be_forgotten(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person
) -> None:
    said, path = mod.say(discord.channel, WORDS), chosen.data / FILE_NAME
    await keep(mod, said)
    assert "second bell" in await answer_to(discord, ada)
    bot.services.consents.close()
    path.write_bytes(b"no database" * 1000)
    mod.delete(said)
    async with asyncio.timeout(BUILT):
        while "second bell" in await answer_to(discord, ada):  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def test_what_could_be_forgotten_is_quoted_no_more_where_the_rest_could_not(  # noqa: PLR0913, PLR0917
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(mod, mod.say(discord.channel, WORDS))
    gate = mod.say(discord.channel, "The gate of the old orchard is opened by pulling the chain.")
    await keep(mod, gate, "Which is the zealous gate of the old orchard?")
    [_, last], real = kept_in(chosen), bot.services.additions.expunge

    def expunge(source: str) -> None:
        if source == last:
            raise LibraryError("It could not be removed ({reason}): nothing has changed.", reason="it is busy")
        real(source)

    monkeypatch.setattr(kept, "_AGAIN", 0.0)
    monkeypatch.setattr(kept, "_EVERY", 0.2)
    with monkeypatch.context() as failing:
        failing.setattr(bot.services.additions, "expunge", expunge)
        told = await mod.slash(discord.channel, "forget-me").answer(BUILT)
        assert "could not be removed just now: I keep trying" in told.text
        assert kept_in(chosen) == [last]
        assert "second bell" not in await answer_to(discord, ada)
    await until(lambda: not kept_in(chosen))
    await until(lambda: not bot.services.consents.leaving())


async def test_a_kept_message_is_changed_and_removed_later_where_that_cannot_be_done_at_once(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise LibraryError("It could not be removed ({reason}): nothing has changed.", reason="it is busy")

    monkeypatch.setattr(kept, "_AGAIN", 0.0)
    monkeypatch.setattr(kept, "_EVERY", 0.2)
    said = mod.say(discord.channel, WORDS)
    await keep(mod, said)
    [source] = kept_in(chosen)
    path = chosen.data / "library" / source
    with monkeypatch.context() as failing:
        failing.setattr(bot.services.additions, "rewrite", refused)
        mod.edit(said, "Ring the third bell, and wait.")
        await until(lambda: bot.services.consents.outdated)
    await until(lambda: "third bell" in path.read_text())
    with monkeypatch.context() as failing:
        failing.setattr(bot.services.additions, "discard", refused)
        mod.delete(said)
        await until(bot.services.consents.leaving)
        assert path.exists()
    await until(lambda: not path.exists())
    await until(lambda: not bot.services.consents.leaving())
