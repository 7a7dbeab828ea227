"""What may go wrong at Discord while the bot runs: rights, deletions, refusals, failures, lost connections."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.cli.checks import State, examine_discord
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import TOKEN, Permission, Person, StandIn
from bot.standin.posting.post import delete
from bot.standin.state.event import ChannelChanged
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"


def deny(discord: StandIn, denied: Permission) -> None:
    """Take a right away from the bot in the channel."""
    discord.channel.overwrite(discord.world.bot.id, deny=denied)
    discord.world.tell(ChannelChanged(discord.channel))


async def still_answers(discord: StandIn, person: Person) -> bool:
    seen = await person.slash(discord.text_channel("elsewhere"), "ask", question=QUESTION).answer()
    return QUIET in seen.text


@pytest.mark.usefixtures("bot")
async def test_without_the_right_to_send_it_is_logged_and_commands_are_answered(
    discord: StandIn, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    deny(discord, Permission.SEND_MESSAGES)
    assert await ada.ask(discord.channel, QUESTION).unanswered()
    await until(lambda: "an answer could not be sent" in caplog.text)
    assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.usefixtures("bot")
async def test_without_the_right_to_read_the_history_it_answers_with_no_reply(discord: StandIn, ada: Person) -> None:
    deny(discord, Permission.READ_MESSAGE_HISTORY)
    seen = await ada.ask(discord.channel, QUESTION).answer()
    assert QUIET in seen.text
    assert seen.message.reference_id is None


async def test_a_question_or_a_channel_may_be_deleted_before_the_answer_comes(
    discord: StandIn, bot: QuothClient, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    asked = ada.ask(discord.channel, QUESTION)
    ada.delete(asked)
    assert await asked.unanswered(2.0)
    doomed = discord.text_channel("doomed")
    await until(lambda: bot.get_channel(doomed.id))
    ada.ask(doomed, QUESTION)
    discord.world.delete_channel(doomed)
    thinking = ada.slash(discord.channel, "ask", question=QUESTION)
    await thinking.first()
    if thinking.interaction.original is not None:
        delete(discord.world, thinking.interaction.original)
    assert await still_answers(discord, ada)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_commands_that_discord_refuses_leave_mentions_answered(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    discord.api.faults.fail("PUT /applications/*/commands", 400, times=10)
    async with running(discord, chosen, encoder):
        assert "Discord refused the commands" in caplog.text
        assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text


@pytest.mark.usefixtures("bot")
async def test_no_answer_is_lost_or_doubled_when_requests_fail_before_or_after_they_were_carried_out(
    discord: StandIn, ada: Person
) -> None:
    people = [discord.person(f"person{number}") for number in range(8)]
    for pattern, status, after in (
        ("POST /channels/*/messages", 429, False),
        ("POST /channels/*/messages", 503, False),
        ("POST /channels/*/messages", 502, True),
        ("POST /channels/*/messages", 503, True),
        ("POST /interactions/*", 502, False),
        ("POST /interactions/*", 502, True),
        ("PATCH /webhooks/*", 500, True),
        ("PATCH /webhooks/*", 429, False),
    ):
        fault = discord.api.faults.fail(pattern, status)
        fault.after = after
    said = [person.ask(discord.channel, QUESTION) for person in people]
    used = [person.slash(discord.channel, "ask", question=QUESTION) for person in people]
    for mention in said:
        assert QUIET in (await mention.answer()).text
    for response in used:
        assert QUIET in (await response.answer()).text
    replies = Counter(seen.message.reference_id for seen in ada.sees(discord.channel) if QUIET in seen.text)
    assert replies.pop(None) == len(people)
    assert replies == Counter(mention.message.id for mention in said)


@pytest.mark.usefixtures("bot")
async def test_an_interaction_that_discord_has_lost_sight_of_is_answered_in_the_channel(
    discord: StandIn, ada: Person
) -> None:
    discord.api.faults.fail("POST /interactions/*", 502, times=5)
    asked = ada.slash(discord.channel, "ask", question=QUESTION)

    def is_answered() -> bool:
        return [QUIET in seen.text for seen in ada.sees(discord.channel)] == [True]

    await until(is_answered, 40)
    assert asked.seconds is None, "no first response came through"
    discord.api.faults.fail("POST /interactions/*", 502, times=5)
    ada.slash(discord.channel, "ask", question=QUESTION, private=True)
    await until(lambda: ada.sees(ada.direct), 40)
    assert QUIET in ada.sees(ada.direct)[0].text
    assert len(ada.sees(discord.channel)) == 1


@pytest.mark.usefixtures("bot")
async def test_after_a_lost_connection_and_a_session_that_is_over_it_goes_on(discord: StandIn, ada: Person) -> None:
    await discord.gateway.drop()
    missed = ada.ask(discord.channel, QUESTION)
    assert QUIET in (await missed.answer()).text
    assert discord.gateway.resumed == 1
    discord.gateway.invalidate()
    await until(lambda: discord.gateway.identified == 2)
    assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text
    assert len([seen for seen in ada.sees(discord.channel) if QUIET in seen.text]) == 2


async def test_the_doctor_finds_what_is_wrong_and_says_what_to_click(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    async def examine(token: str = TOKEN) -> dict[str, tuple[State, str]]:
        settings = also(chosen, discord_token=token)
        return {finding.what: (finding.state, finding.message) async for finding in examine_discord(settings)}

    assert (await examine())["commands"][0] is State.WARNING
    discord.world.application.public = discord.world.application.user_install = False
    async with running(discord, chosen, encoder):
        good = await examine()
    assert {state for state, _ in good.values()} == {State.GOOD}, good
    asked_for = Permission(int(good["invite link"][1].partition("permissions=")[2]))
    switched_on_later = Permission.CREATE_PUBLIC_THREADS | Permission.MANAGE_THREADS | Permission.ADD_REACTIONS
    assert switched_on_later in asked_for
    assert Permission.MANAGE_GUILD not in asked_for
    assert set(good) == {
        "token",
        "message content intent",
        "public bot",
        "user install",
        "commands",
        "invite link",
        "settings of Harbour",
        "home servers",
        "permissions on Harbour",
    }

    wrong = await examine("not.the.one")
    assert wrong["token"][0] is State.BAD
    assert "page Bot" in wrong["token"][1]
    assert "not.the.one" not in str(wrong)

    discord.world.application.message_content = False
    deny(discord, Permission.SEND_MESSAGES)
    lacking = await examine()
    assert "Message Content Intent" in lacking["message content intent"][1]
    assert lacking["permissions on Harbour"][0] is State.WARNING
    assert "#general: Send Messages" in lacking["permissions on Harbour"][1]

    discord.world.guilds.clear()
    alone = await examine()
    assert alone["servers"][0] is State.BAD
    assert f"client_id={discord.world.application.id}" in alone["servers"][1]
    assert "applications.commands" in alone["servers"][1]


async def test_the_doctor_warns_of_what_lets_strangers_in(discord: StandIn, chosen: Settings, encoder: Encoder) -> None:
    async def examine() -> dict[str, tuple[State, str]]:
        settings = also(chosen, discord_token=TOKEN)
        return {finding.what: (finding.state, finding.message) async for finding in examine_discord(settings)}

    assert (await examine())["home servers"][0] is State.WARNING
    async with running(discord, chosen, encoder):
        pass
    application = discord.world.application
    application.endpoint_url = "https://example.org/interactions"
    discord.world.add_guild("Abroad")
    findings = await examine()
    for what in ("public bot", "user install", "interactions endpoint URL", "home servers"):
        assert findings[what][0] is State.WARNING, what
    assert "Harbour" in findings["home servers"][1]
    assert "also in Abroad" in findings["home servers"][1]
    assert f"client_id={application.id}" in findings["invite link"][1]
    assert "scope=bot+applications.commands" in findings["invite link"][1]
