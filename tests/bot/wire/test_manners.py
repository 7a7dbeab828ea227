"""How the bot behaves among people who talk to each other."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress

import pytest

from bot.answering.limits import SHARE, TooSoonError
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Permission, Person, Response, Said, Seen, StandIn
from index.encode.encoder import Encoder
from tests.bot.manners.sayings import SMALL_TALK
from tests.bot.wire.conftest import also, running, until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
DOUBTFUL = "where is the rye bread from?"
"""Answered where it is asked, with a confidence of 0.54; not sure enough to be answered unasked."""
FAIR = "when can I buy bread in the morning?"
"""Answered with a block and a confidence of 0.39, by those who are strict as well."""

MANNERED = {
    "Merry christmas everyone! I love you all. Where is the rye bread from?": "Marta",
    "Thanks everyone, you are so kind! And when do quiet hours begin?": QUIET,
    "good morning my friends, what a lovely day. who bakes the rye bread": "Marta",
}


def reactions(said: Said) -> set[str]:
    return {emoji for emoji, users in said.message.reactions.items() if users}


def kept_exchanges(chosen: Settings) -> dict[int, int]:
    """Return which messages were answered by which, as far as that is kept."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
        return dict(database.execute("SELECT question, answer FROM exchanges"))
    return {}


def answers_of(person: Person, said: Said) -> list[Seen]:
    return [seen for seen in person.sees(said.channel) if seen.message.reference_id == said.message.id]


@pytest.mark.usefixtures("bot")
async def test_small_talk_gets_no_card(discord: StandIn, ada: Person) -> None:
    answer = await ada.ask(discord.channel, QUESTION).answer()
    said = [ada.reply(answer, text) for text in SMALL_TALK[:40]]
    said += [ada.ask(discord.channel, text) for text in SMALL_TALK[40:70]]
    said += [ada.dm(text) for text in SMALL_TALK[70:]]
    assert QUIET in (await discord.person("bob").ask(discord.channel, QUESTION).answer()).text
    await until(lambda: reactions(said[0]))
    assert reactions(said[0]) == {"😊"}
    assert [remark.message.body.content for remark in said if answers_of(ada, remark)] == []


@pytest.mark.usefixtures("bot")
async def test_a_few_words_are_answered_where_the_documents_have_them_and_wondered_at_elsewhere(
    discord: StandIn, ada: Person
) -> None:
    for asked in (ada.ask(discord.channel, "quiet hours"), ada.dm("quiet hours beginning")):
        assert QUIET in (await asked.answer()).text
    said = [ada.ask(discord.channel, "sweet build dude"), ada.dm("poggers vibes")]  # after questions
    await until(lambda: all(map(reactions, said)))
    assert [reactions(remark) for remark in said] == [{"🤔"}, {"🤔"}]
    assert [answers_of(ada, remark) for remark in said] == [[], []]


async def test_what_goes_wrong_is_searched_for_where_the_bot_is_told_and_gets_no_card_where_nothing_is_found(
    discord: StandIn, bot: QuothClient, ada: Person
) -> None:
    told = [ada.ask(discord.channel, "i only get a spinning wheel"), ada.dm("i only get a spinning wheel")]
    await until(lambda: all(map(reactions, told)))
    assert [reactions(report) for report in told] == [{"👀"}, {"👀"}]
    assert [answers_of(ada, report) for report in told] == [[], []]
    found = ada.ask(discord.channel, "i only see the hours when quiet hours begin")
    assert QUIET in (await found.answer()).text
    noted = await bot.services.journal.run(
        lambda database: database.execute("SELECT count(*) FROM questions").fetchone()
    )
    assert noted == (3,)  # two of them are gaps


@pytest.mark.usefixtures("bot")
async def test_what_goes_wrong_is_searched_with_what_was_asked_before_it(discord: StandIn, ada: Person) -> None:
    told = "i only see a closed door"
    alone = ada.ask(discord.channel, told)
    await until(lambda: reactions(alone))
    answer = await ada.ask(discord.channel, "When does the bakery open?").answer()
    assert "opens at six" in (await ada.reply(answer, told).answer()).text


@pytest.mark.usefixtures("bot")
async def test_a_question_with_manners_around_it_is_answered(discord: StandIn, ada: Person) -> None:
    bob, quoth = discord.person("bob"), discord.world.bot.mention
    for said, found in MANNERED.items():
        assert found in (await ada.ask(discord.channel, said).answer()).text, said
        asked = bob.say(discord.channel, said)
        assert found in (await ada.reply(asked, f"{quoth} can you help him?").answer()).text, said


@pytest.mark.usefixtures("bot")
async def test_what_says_that_it_was_wrong_is_offered_a_thumb_down_that_counts_for_the_answer(
    discord: StandIn, bot: QuothClient, ada: Person
) -> None:
    answer = await ada.ask(discord.channel, QUESTION).answer()
    offer = await ada.reply(answer, "no, that's wrong").answer()
    assert [button.emoji for button in offer.buttons] == ["👎"]
    assert QUIET not in offer.text
    assert "noted" in (await ada.click(offer, "👎").answer()).text
    assert bot.services.votes.of(answer.message.id) == (0, 1)
    assert "changed" in (await ada.click(answer, "👍").answer()).text
    assert bot.services.votes.of(answer.message.id) == (1, 0)


@pytest.mark.usefixtures("bot")
async def test_an_objection_that_an_edit_makes_a_question_is_answered_in_place_of_the_offer(
    discord: StandIn, bot: QuothClient, ada: Person
) -> None:
    answer = await ada.ask(discord.channel, QUESTION).answer()
    objection = ada.reply(answer, "no, that's wrong")
    offer = await objection.answer()
    ada.edit(objection, "Who bakes the rye bread?")
    await until(lambda: "Marta" in answers_of(ada, objection)[0].text)
    (shown,) = answers_of(ada, objection)
    assert shown.message is offer.message
    await ada.click(shown, "👍").answer()
    assert bot.services.votes.of(shown.message.id) == (1, 0)
    assert bot.services.votes.of(answer.message.id) == (0, 0)


@pytest.mark.usefixtures("bot")
async def test_a_mention_in_reply_to_somebody_answers_what_they_asked(discord: StandIn, ada: Person) -> None:
    bob, quoth = discord.person("bob"), discord.world.bot.mention
    asked = bob.say(discord.channel, "Good evening, when do quiet hours begin here?")
    for said in (quoth, f"{quoth} can you help him?", f"{quoth} bitte"):
        assert QUIET in (await ada.reply(asked, said).answer()).text, said
    vague = bob.say(discord.channel, "Who is it baked by?")
    assert "Marta" in (await ada.reply(vague, f"{quoth} he means the rye bread of the bakery").answer()).text
    chat = bob.say(discord.channel, "I am back from lunch")
    assert "Dogs may come in" in (await ada.reply(chat, f"{quoth} May dogs come in?").answer()).text


@pytest.mark.usefixtures("bot")
async def test_the_mention_of_its_own_role_is_one_and_of_another_role_is_none(discord: StandIn, ada: Person) -> None:
    own = next(role for role in discord.guild.roles.values() if role.managed)
    other = discord.role("others")
    assert QUIET in (await ada.say(discord.channel, f"{own.mention} {QUESTION}").answer()).text
    assert await ada.say(discord.channel, f"{other.mention} {QUESTION}").unanswered()


@pytest.mark.usefixtures("bot")
async def test_forwarded_messages_are_read(discord: StandIn, ada: Person) -> None:
    bob = discord.person("bob")
    asked = bob.say(discord.channel, QUESTION)
    assert QUIET in (await ada.forward(asked, ada.direct).answer()).text
    forwarded = ada.forward(asked, discord.text_channel("elsewhere"))
    assert QUIET in (await ada.reply(forwarded, discord.world.bot.mention).answer()).text
    assert QUIET in (await ada.menu(forwarded, "Answer this").answer()).text


@pytest.mark.usefixtures("bot")
async def test_an_edited_question_is_answered_anew_by_an_edit(discord: StandIn, ada: Person) -> None:
    quoth = discord.world.bot.mention
    said = ada.ask(discord.channel, QUESTION)
    answer = await said.answer()
    ada.edit(said, f"{quoth} May dogs come in?")
    await until(lambda: "Dogs may come in" in ada.sees(discord.channel)[-1].text)
    assert ada.sees(discord.channel)[-1].message is answer.message
    ada.edit(said, f"{quoth} thanks!")
    discord.clock.advance(121)
    ada.edit(said, f"{quoth} Who bakes the rye bread?")
    await asyncio.sleep(0.5)
    assert "Dogs may come in" in ada.sees(discord.channel)[-1].text


@pytest.mark.usefixtures("bot")
async def test_where_the_question_is_deleted_so_is_the_answer(discord: StandIn, ada: Person) -> None:
    said = ada.ask(discord.channel, QUESTION)
    answer = await said.answer()
    other = await ada.ask(discord.channel, QUESTION).answer()
    ada.delete(said)
    await until(lambda: answer.message.deleted)
    early = ada.ask(discord.channel, QUESTION)
    ada.delete(early)
    await asyncio.sleep(1.0)
    assert [seen for seen in ada.sees(discord.channel) if seen.message.author is discord.world.bot] == [other]


@pytest.mark.usefixtures("bot")
async def test_whoever_asked_may_have_the_answer_taken_away_and_nobody_else(discord: StandIn, ada: Person) -> None:
    bob = discord.person("bob")
    shown = [
        await ada.ask(discord.channel, QUESTION).answer(),
        await ada.slash(discord.channel, "ask", question=QUESTION).answer(),
        await ada.dm(QUESTION).answer(),
    ]
    for answer in shown[:2]:
        bob.react(answer, "🗑️")
        ada.react(answer, "👍")
    await asyncio.sleep(0.5)
    assert not any(answer.message.deleted for answer in shown)
    for answer in shown:
        ada.react(answer, "🗑️")
    await until(lambda: all(answer.message.deleted for answer in shown))


async def test_after_a_restart_an_answer_still_knows_who_asked_for_it(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, chosen, encoder):
        shown = [
            await ada.ask(discord.channel, QUESTION).answer(),
            await ada.slash(discord.channel, "ask", question=QUESTION).answer(),
        ]
    async with running(discord, chosen, encoder):
        for answer in shown:
            discord.person("bob").react(answer, "🗑")
            ada.react(answer, "🗑")
        await until(lambda: all(answer.message.deleted for answer in shown))


@pytest.mark.usefixtures("bot")
async def test_a_message_that_an_edit_makes_a_question_is_answered(discord: StandIn, ada: Person) -> None:
    """Small talk, the bare mention, what was said to nobody, and what is said in private; once each."""
    quoth = discord.world.bot.mention
    greeting, bare = ada.ask(discord.channel, "thanks"), ada.ask(discord.channel, "")
    hint = await bare.answer()
    to_nobody, private = ada.say(discord.channel, QUESTION), ada.dm("thanks a lot")
    await until(lambda: reactions(greeting) and reactions(private))
    for said in (greeting, to_nobody, private):
        for _ in range(2):
            ada.edit(said, QUESTION if said is private else f"{quoth} {QUESTION}")
        assert QUIET in (await said.answer()).text
    ada.edit(bare, f"{quoth} {QUESTION}")
    await until(lambda: QUIET in answers_of(ada, bare)[0].text)
    assert answers_of(ada, bare)[0].message is hint.message
    await ada.ask(discord.channel, QUESTION).answer()
    assert [len(answers_of(ada, said)) for said in (greeting, bare, to_nobody, private)] == [1, 1, 1, 1]


@pytest.mark.usefixtures("bot")
async def test_a_message_without_an_answer_that_changes_late_is_left_alone(discord: StandIn, ada: Person) -> None:
    quoth = discord.world.bot.mention
    said = ada.ask(discord.channel, "thanks")
    discord.clock.advance(121)
    ada.edit(said, f"{quoth} {QUESTION}")
    assert await said.unanswered(0.5)


async def test_a_question_that_came_too_soon_is_answered_where_it_is_edited(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    quoth = discord.world.bot.mention
    async with running(discord, also(chosen, cooldown_seconds=60), encoder) as bot:
        await ada.ask(discord.channel, "Who bakes the rye bread?").answer()
        said = ada.ask(discord.channel, QUESTION)
        refusal = await said.answer()
        assert QUIET not in refusal.text
        bot.services.limits._last.clear()  # a minute later
        ada.edit(said, f"{quoth} Tell me, when do quiet hours begin?")
        await until(lambda: QUIET in answers_of(ada, said)[0].text)
        assert [seen.message for seen in answers_of(ada, said)] == [refusal.message]


async def test_a_post_that_an_edit_makes_a_question_is_answered_by_what_it_says_then(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    forum = discord.forum("help")
    async with running(discord, also(chosen, channels=[forum.id]), encoder):
        post = ada.post(forum, "Help", "Who won the cup final in 1998?")
        assert await post.unanswered(3.5)
        ada.edit(post, QUESTION)
        assert QUIET in (await post.answer()).text
        assert "Cats stay" in (await ada.say(post.channel, "Do cats stay outside at all times?").answer()).text


async def test_after_a_restart_a_deleted_question_takes_its_answer_along_and_an_edited_one_changes_it(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """By ids that are kept with a hash, until they are forgotten."""
    bob = discord.person("bob")
    async with running(discord, chosen, encoder):
        deleted, edited, forgotten = (person.ask(discord.channel, QUESTION) for person in (ada, ada, bob))
        shown = [await said.answer() for said in (deleted, edited, forgotten)]
        kept = await until(lambda: len(kept := kept_exchanges(chosen)) == len(shown) and kept)
        assert set(kept.values()) == {seen.message.id for seen in shown}
        await bob.slash(discord.channel, "forget-me").answer()
    async with running(discord, chosen, encoder):
        bob.delete(forgotten)
        ada.delete(deleted)
        await until(lambda: shown[0].message.deleted)
        ada.edit(edited, f"{discord.world.bot.mention} May dogs come in?")
        await until(lambda: "Dogs may come in" in answers_of(ada, edited)[0].text)
        assert answers_of(ada, edited)[0].message is shown[1].message
        await until(lambda: list(kept_exchanges(chosen)) == [edited.message.id])
    assert not shown[2].message.deleted


async def test_after_a_restart_whoever_asked_may_have_an_answer_in_a_thread_taken_away(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Even where nothing is kept: below a message, and below a command."""
    bob = discord.person("bob")
    without = also(chosen, threads=True, journal_days=0)
    async with running(discord, without, encoder):
        below = await ada.ask(discord.channel, QUESTION).answer()
        opening = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        thread = await until(lambda: opening.message.thread)
        found = await until(lambda: [seen for seen in ada.sees(thread) if QUIET in seen.text])
    shown = [below, found[-1]]
    assert not (chosen.data / "journal.sqlite").exists()
    async with running(discord, without, encoder):
        for answer in shown:
            bob.react(answer, "🗑")
        await bob.ask(discord.channel, QUESTION).answer()
        assert not any(answer.message.deleted for answer in shown)
        for answer in shown:
            ada.react(answer, "🗑")
        await until(lambda: all(answer.message.deleted for answer in shown))


@pytest.mark.usefixtures("bot")
async def test_ids_are_shown_as_names_and_not_searched_for(discord: StandIn, ada: Person) -> None:
    bob = discord.person("bob")
    marked = f"<:wave:333333333333333333> hey {bob.mention}, in {discord.channel.mention}, {QUESTION} <t:1714852800:R>"
    for seen in (
        await ada.ask(discord.channel, marked).answer(),
        await ada.slash(discord.channel, "ask", question=marked).answer(),
    ):
        assert QUIET in seen.text
        assert not any(mark in seen.text for mark in ("<@", "<#", "<t:", "333333333333333333"))
    assert "#general" in seen.text, "a slash command's answer repeats the question"
    assert "2024-05-04" in seen.text


async def test_unasked_the_bar_is_higher_than_asked(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    channels = [discord.channel.id]
    for strictness in ("balanced", "strict"):
        async with running(discord, also(chosen, channels=channels, strictness=strictness), encoder):
            unasked = [ada.say(discord.channel, text) for text in (DOUBTFUL, FAIR)]
            for text in (DOUBTFUL, FAIR):
                assert "bakery opens at six" in (await ada.ask(discord.channel, text).answer()).text
            assert QUIET in (await ada.say(discord.channel, QUESTION).answer()).text
            assert all([await said.unanswered(1.0) for said in unasked])
    async with running(discord, also(chosen, channels=channels, unasked_strictness="balanced"), encoder):
        assert "bakery opens at six" in (await ada.say(discord.channel, DOUBTFUL).answer()).text
    close = {"threshold": 0.52, "unasked_strictness": "eager"}
    for given in ({"threshold": 0.0}, close):
        async with running(discord, also(chosen, channels=channels, **given), encoder):
            assert await ada.say(discord.channel, DOUBTFUL).unanswered(1.0)
            assert "bakery opens at six" in (await ada.ask(discord.channel, DOUBTFUL).answer()).text


async def test_webhooks_are_never_answered(discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person) -> None:
    async with running(discord, also(chosen, channels=[discord.channel.id]), encoder):
        for text in (QUESTION, f"{discord.world.bot.mention} {QUESTION}"):
            assert await discord.webhook(discord.channel, "bridge", text).unanswered(0.5)
        assert QUIET in (await ada.say(discord.channel, QUESTION).answer()).text


MALFORMED = [
    ("MESSAGE_CREATE", {}),
    ("MESSAGE_CREATE", None),
    ("MESSAGE_CREATE", {"id": "x", "channel_id": "y"}),
    ("MESSAGE_UPDATE", {"id": None}),
    ("MESSAGE_DELETE", {"id": "12"}),
    ("MESSAGE_REACTION_ADD", {"emoji": None}),
    ("INTERACTION_CREATE", {"id": "1"}),
    ("INTERACTION_CREATE", []),
    ("GUILD_CREATE", {"id": "7"}),
    ("GUILD_UPDATE", "nothing"),
    ("THREAD_CREATE", {"guild_id": "seven"}),
    ("CHANNEL_DELETE", 7),
    ("NO_SUCH_EVENT", {"a": 1}),
]


@pytest.mark.usefixtures("bot")
async def test_a_malformed_event_costs_that_event_alone(discord: StandIn, ada: Person) -> None:
    for name, data in MALFORMED:
        discord.gateway.dispatch(name, data)
    assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text
    assert (discord.gateway.identified, discord.gateway.resumed) == (1, 0)


async def test_one_person_who_presses_and_writes_without_end_keeps_nobody_else_waiting(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """What they have beyond their share is refused to them, and leaves room for others: there is some for four."""
    eve = discord.person("eve")
    async with running(discord, also(chosen, channels=[discord.channel.id], questions_at_once=4), encoder):
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        presses = [eve.click(answer, "More") for _ in range(6)]
        for _ in range(4):
            eve.say(discord.channel, QUESTION)
        seen = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert QUIET in seen.text
        texts = [(await press.answer()).text for press in presses]
        assert sum("still at what you asked" in text for text in texts) >= 1
        assert not any("Many people" in text for text in texts)


async def test_whatever_a_person_uses_counts_against_their_share(
    discord: StandIn, bot: QuothClient, mod: Person, ada: Person
) -> None:
    """While as much is under way as one person may have, a command, a menu, a button and a select are refused."""
    card = await mod.slash(discord.channel, "settings").answer()
    said = mod.say(discord.channel, QUESTION)
    answer = await mod.slash(discord.channel, "ask", question=QUESTION).answer()
    ways: list[Callable[[], Response]] = [
        lambda: mod.select(card, "3", custom_id="quoth:set:quotes"),
        lambda: mod.click(answer, "Context"),
        lambda: mod.menu(said, "Check this"),
        lambda: mod.slash(discord.channel, "help"),
        lambda: mod.slash(discord.channel, "index status"),
        lambda: mod.slash(discord.channel, "index rollback"),
        lambda: mod.slash(discord.channel, "source list"),
        lambda: mod.slash(discord.channel, "source find", name="rules"),
        lambda: mod.slash(discord.channel, "source show", source="rules.md"),
    ]
    with ExitStack() as under_way:

        def take_part() -> bool:
            with suppress(TooSoonError):  # what was shown may not have ended yet
                under_way.enter_context(bot.services.limits.share(mod.user.id))
                return True
            return False

        for _ in range(SHARE):
            await until(take_part)
        refused = [(await use().answer()).text for use in ways]
        assert ["still at what you asked" in text for text in refused] == [True] * len(ways), refused
        assert "What can be asked" in (await ada.slash(discord.channel, "help").answer()).text
    allowed = [(await use().answer()).text for use in ways]
    assert not any("still at what you asked" in text for text in allowed)
    assert bot.services.preferences.of(discord.guild.id).quotes == 3


class TestForums:
    """Posts in a forum of the settings."""

    async def test_the_title_is_part_of_the_question_and_what_comes_soon_after(
        self, discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
    ) -> None:
        forum = discord.forum("help")
        async with running(discord, also(chosen, channels=[forum.id]), encoder):
            titled = ada.post(forum, "When do quiet hours begin?", "Thank you all.")
            post = ada.post(forum, "Baking", "I would like to know something.")
            last = ada.say(post.channel, "Who bakes the rye bread?")
            assert QUIET in (await titled.answer()).text
            answer = await last.answer()
            assert "Marta" in answer.text
            shown = [seen for seen in ada.sees(post.channel) if seen.message.author is discord.world.bot]
            assert len(shown) == 1

    async def test_only_its_author_is_answered(
        self, discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
    ) -> None:
        forum, bob = discord.forum("help"), discord.person("bob")
        async with running(discord, also(chosen, channels=[forum.id]), encoder):
            post = ada.post(forum, "Quiet hours", QUESTION)
            assert QUIET in (await post.answer()).text
            helping = bob.say(post.channel, "Who bakes the rye bread?")
            assert await helping.unanswered(3.5)
            assert "Marta" in (await bob.ask(post.channel, "Who bakes the rye bread?").answer()).text
            assert "Cats stay" in (await ada.say(post.channel, "Do cats stay outside at all times?").answer()).text
            assert await ada.say(post.channel, "thanks a lot").unanswered(3.5)

    @pytest.mark.parametrize("silence", ["staff", "anyone"])
    async def test_it_falls_silent_once_others_have_answered(
        self, discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, silence: str
    ) -> None:
        forum, bob = discord.forum("help"), discord.person("bob")
        staff = discord.person("staff", discord.role("helpers", Permission.MANAGE_MESSAGES))
        async with running(discord, also(chosen, channels=[forum.id], forum_silence=silence), encoder):
            by_bob = ada.post(forum, "Quiet hours", QUESTION)
            bob.say(by_bob.channel, "At ten, I think.")
            by_staff = ada.post(forum, "Quiet hours", QUESTION)
            staff.say(by_staff.channel, "At ten.")
            if silence == "staff":
                assert QUIET in (await by_bob.answer()).text
            assert await by_staff.unanswered(3.5)
            assert bool(by_bob.answers()) is (silence == "staff")
        async with running(discord, also(chosen, channels=[forum.id], forum_silence=silence), encoder):
            assert await ada.say(by_staff.channel, "Who bakes the rye bread?").unanswered(3.5)
            asked = ada.ask(by_staff.channel, "Who bakes the rye bread?")
            assert "Marta" in (await asked.answer()).text
