"""Responses that get lost: Discord carries a request out, and the bot does not hear of it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.client import QuothClient
from bot.standin import Person, Response, StandIn
from bot.standin.api.faults import NO_RESPONSE, Fault
from tests.bot.wire.conftest import until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"

Use = Callable[[StandIn, Person], Response]

USES: dict[str, tuple[Use, str]] = {
    "ask": (lambda discord, person: person.slash(discord.channel, "ask", question=QUESTION), QUIET),
    "find": (lambda discord, person: person.slash(discord.channel, "source find", name="quite"), "Quiet hours"),
    "show": (lambda discord, person: person.slash(discord.channel, "source show", source="rules.md"), "on a leash"),
    "list": (lambda discord, person: person.slash(discord.channel, "source list"), "House rules"),
    "help": (lambda discord, person: person.slash(discord.channel, "help"), "What can be asked"),
    "answer": (lambda discord, person: person.menu(person.say(discord.channel, QUESTION), "Answer this"), QUIET),
    "sources": (
        lambda discord, person: person.menu(person.say(discord.channel, QUESTION), "Find sources"),
        "Quiet hours",
    ),
    "error": (
        lambda discord, person: person.slash(discord.channel, "source show", source="nowhere"),
        "No document goes",
    ),
}


def said_by_the_bot(discord: StandIn, person: Person) -> list[str]:
    """Return what a person, alone or among others, is shown by the bot: in the channel, then in private."""
    shown = [*person.sees(discord.channel), *person.sees(person.direct)]
    return [seen.text for seen in shown if seen.message.author.bot]


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the bot itself finds worth a warning."""
    return [
        record.message
        for record in caplog.records
        if record.levelno >= logging.WARNING and record.name.startswith("bot")
    ]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("pattern", ["POST /interactions/*", "PATCH /webhooks/*"])
@pytest.mark.parametrize("how", [{"after": True}, {"after": False}, {"status": 502, "after": True}], ids=str)
async def test_everyone_is_answered_once(
    discord: StandIn, pattern: str, how: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    fault = discord.api.faults.add(Fault(pattern, **{"status": NO_RESPONSE, "times": len(USES), **how}))
    people = {way: discord.person(way) for way in USES}
    used = {way: use(discord, people[way]) for way, (use, _) in USES.items()}
    for way, (_, expected) in USES.items():
        assert expected in (await used[way].answer()).text, way
    assert fault.hits == len(USES)
    messages = discord.world.messages[discord.channel.id].values()
    assert len([message for message in messages if message.author.bot]) == len(USES)
    assert warned(caplog) == []


@pytest.mark.usefixtures("bot")
async def test_what_discord_has_lost_sight_of_is_shown_in_private_where_it_is_for_one_alone(discord: StandIn) -> None:
    discord.api.faults.fail("POST /interactions/*", 502, times=1000)
    private = {way: discord.person(way) for way in USES if way not in {"ask", "answer", "error"}}
    for way, person in private.items():
        USES[way][0](discord, person)
    for way, person in private.items():
        await until(lambda person=person: person.sees(person.direct))
        assert USES[way][1] in person.sees(person.direct)[0].text
        assert len(said_by_the_bot(discord, person)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_mention_is_answered_once_whatever_breaks(
    discord: StandIn, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    for after in (True, False):
        discord.api.faults.add(Fault("POST /channels/*/messages", NO_RESPONSE, after=after))
        asked = ada.ask(discord.channel, QUESTION)
        assert QUIET in (await asked.answer()).text
    assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text
    assert len(said_by_the_bot(discord, ada)) == 3
    assert warned(caplog) == []


@pytest.mark.usefixtures("bot")
async def test_where_every_connection_breaks_it_is_one_line_in_the_log(
    discord: StandIn, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    discord.api.faults.add(Fault("* /[!g]*", NO_RESPONSE, times=None))
    ada.ask(discord.channel, QUESTION)
    await until(lambda: "an answer could not be sent" in caplog.text)
    discord.api.faults.clear()
    assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text
    assert warned(caplog) == ["an answer could not be sent: `quoth doctor` says what to click"]


async def test_buttons_and_completions_go_on_after_a_broken_connection(
    discord: StandIn, bot: QuothClient, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    context = next(button.label for button in answer.buttons if button.label.startswith("Context"))
    for label, expected in (
        (context, "end at seven"),
        ("More", "Asked: When do quiet"),
        ("👍", "noted"),
        ("👎", "changed"),
    ):
        for pattern in ("POST /interactions/*", "PATCH /webhooks/*"):
            discord.api.faults.lose(pattern)
        assert expected in (await ada.click(answer, label).answer()).text
    discord.api.faults.lose("POST /interactions/*")
    assert await ada.autocomplete(discord.channel, "ask", "source", "hous") == [("House rules", "rules.md")]
    assert await ada.autocomplete(discord.channel, "ask", "source", "bak") != []
    assert warned(caplog) == []
    assert bot.services.votes.of(answer.message.id) == (0, 1)


@pytest.mark.usefixtures("bot")
async def test_what_comes_of_a_rebuild_is_shown(
    discord: StandIn, documents: Path, mod: Person, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.move(documents, documents.with_name("elsewhere"))
    discord.api.faults.lose("POST /interactions/*")
    discord.api.faults.lose("PATCH /webhooks/*")
    rebuild = mod.slash(discord.channel, "index rebuild")
    await rebuild.answer()
    discord.api.faults.lose("PATCH /webhooks/*", times=2)
    assert "The log says why" in (await rebuild.when(lambda seen: "did not finish" in seen.text, 20)).text
    assert len(said_by_the_bot(discord, mod)) == 1
    assert "a rebuild did not finish" in warned(caplog)
