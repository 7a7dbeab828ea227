"""Buttons after a restart, after a rebuild, and as they may come in from old or forged messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import discord as discord_py
import pytest

from bot import compose
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, Seen, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import running

QUESTION = "When do quiet hours begin?"
_SELECT = 3
QUIET = "Quiet hours begin at ten in the evening"


def label(seen: Seen, begins: str) -> str:
    return next(button.label for button in seen.buttons if button.label.startswith(begins))


async def test_they_work_after_a_restart(discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person) -> None:
    async with running(discord, chosen, encoder):
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        scoped = await ada.slash(discord.channel, "ask", question="when does it open?", source="bakery.txt").answer()
        follow_up = await ada.reply(answer, "and when do they end?").answer()
        mentioned = await ada.ask(discord.channel, QUESTION).answer()
        cards = (answer, scoped, follow_up, mentioned)
        assert ["Asked" in card.text for card in cards] == [True, True, False, False]
        assert [button.label for button in scoped.buttons if button.label] == ["Context"], "nothing else is in it"
        further = (answer, follow_up, mentioned)
        fresh = [(await ada.click(card, "More").answer()).text for card in further]
        await ada.click(answer, "👍").answer()
    async with running(discord, chosen, encoder):
        assert "end at seven" in (await ada.click(answer, label(answer, "Context")).answer()).text
        for card, before in zip(further, fresh, strict=True):
            more = await ada.click(card, "More").answer()
            assert more.ephemeral
            assert more.text == before
        assert "bakery opens" in (await ada.click(scoped, "Context").answer()).text
        assert "is changed" in (await ada.click(answer, "👎").answer()).text


async def test_a_question_too_long_to_be_repeated_is_forgotten_and_said_so(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    question = "When do the quiet hours begin? I ask as " + "the neighbours are very loud and " * 8
    async with running(discord, chosen, encoder):
        answer = await ada.slash(discord.channel, "ask", question=question).answer()
    async with running(discord, chosen, encoder):
        reply = await ada.click(answer, "More").answer()
        assert reply.ephemeral
        assert "no longer known" in reply.text


async def test_after_a_rebuild_a_quote_is_found_where_it_moved_to_and_never_another_shown(
    discord: StandIn, bot: QuothClient, documents: Path, encoder: Encoder, ada: Person
) -> None:
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    rules = documents / "rules.md"
    written = rules.read_text()
    builder = compose.builder(bot.services.settings, encoder)

    rules.write_text(written.replace("## Pets", "## Guests\n\nGuests are welcome at any time of the day.\n\n## Pets"))
    builder.build(documents, lambda *_: None)
    await bot.services.desk.refresh()
    moved = await ada.click(answer, label(answer, "Context")).answer()
    assert QUIET in moved.text
    assert "lines 5 to 18" in moved.text

    rules.write_text(written.replace("ten in the evening", "nine in the evening"))
    builder.build(documents, lambda *_: None)
    await bot.services.desk.refresh()
    changed = await ada.click(answer, label(answer, "Context")).answer()
    assert "no longer in the documents" in changed.text
    assert "nine" not in changed.text

    rules.unlink()
    builder.build(documents, lambda *_: None)
    await bot.services.desk.refresh()
    gone = await ada.click(answer, label(answer, "Context")).answer()
    assert "no longer in the documents" in gone.text


async def test_the_context_of_one_of_several_quotes_is_picked(
    discord: StandIn, bot: QuothClient, documents: Path, encoder: Encoder, ada: Person
) -> None:
    for name, keeper in (("north", "Ingrid Solberg"), ("south", "Olav Berg")):
        (documents / f"{name}.md").write_text(f"# The {name} light\n\nThe lighthouse keeper is called {keeper}.\n")
    compose.builder(bot.services.settings, encoder).build(documents, lambda *_: None)
    await bot.services.desk.refresh()
    answer = await ada.slash(discord.channel, "ask", question="What is the lighthouse keeper called?").answer()
    assert [button.label for button in answer.buttons if button.label] == ["More"]
    options = next(part for part in _parts(answer.components) if part["type"] == _SELECT)["options"]
    assert len(options) == 2
    for option, keeper in zip(
        options, ("Ingrid", "Olav") if "Ingrid" in options[0]["description"] else ("Olav", "Ingrid"), strict=True
    ):
        shown = await ada.select(answer, option["label"]).answer()
        assert shown.ephemeral
        assert keeper in shown.text


def _parts(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _parts(part.get("components", ()))


FORGED = [
    "quoth:",
    "quoth:\n",
    "quoth:" + "x" * 94,
    "quoth:context:" + "A" * 38,
    "quoth:context:" + "-" * 38 + ":f9999999999",
    "quoth:context:" + "A" * 38 + ":p999",
    "quoth:context:" + "A" * 38 + ":p07",
    "quoth:more:AAAAAAAAAAA:9999",
    "quoth:vote:up:AAAAAAAAAAA:" + "_" * 38,
    "quoth:part:" + "A" * 38 + ":t0",
    "quoth:open:AAAAAAAAAAA:AAAAAAAAAAA",
    "quoth:list:999999",
    "quoth:list:٣",
]


async def test_forged_and_malformed_ones_are_answered_to_whoever_pressed(
    discord: StandIn, bot: QuothClient, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    channel = bot.get_channel(discord.channel.id)
    assert isinstance(channel, discord_py.TextChannel)
    view = discord_py.ui.View(timeout=None)
    for number, custom_id in enumerate(FORGED):
        view.add_item(discord_py.ui.Button(label=str(number), custom_id=custom_id))
    view.add_item(discord_py.ui.Select(custom_id="quoth:select", options=[discord_py.SelectOption(label="one")]))
    view.add_item(discord_py.ui.Select(custom_id="quoth:pick", options=[discord_py.SelectOption(label="two")]))
    view.stop()
    await channel.send("old buttons", view=view)
    shown = ada.sees(discord.channel)[-1]
    for number in range(len(FORGED)):
        seen = await ada.click(shown, str(number)).answer()
        assert seen.ephemeral, FORGED[number]
        assert seen.text, FORGED[number]
    assert "not one of mine" in (await ada.select(shown, "one").answer()).text
    assert "not one of mine" in (await ada.select(shown, "two", custom_id="quoth:pick").answer()).text
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_the_surroundings_of_a_quote_are_paged_to_both_ends(
    discord: StandIn, bot: QuothClient, documents: Path, encoder: Encoder, ada: Person
) -> None:
    lines = [f"Remark {number} is about nothing in particular, and says so at some length." for number in range(200)]
    lines[100] = "The lighthouse keeper is called Ingrid Solberg."
    (documents / "long.txt").write_text("\n\n".join(lines))
    compose.builder(bot.services.settings, encoder).build(documents, lambda *_: None)
    await bot.services.desk.refresh()
    answer = await ada.slash(discord.channel, "ask", question="What is the lighthouse keeper called?").answer()
    page = await ada.click(answer, label(answer, "Context")).answer()
    assert "Ingrid Solberg" in page.text
    seen = [page.text]
    for way, end in (("Earlier", "Remark 0 "), ("Later", "Remark 199 ")):
        while end not in page.text:
            page = await ada.click(page, way).answer()
            seen.append(page.text)
        assert way not in [button.label for button in page.buttons]
    everything = "\n".join(seen)
    assert all(line in everything for line in lines)
    back = await ada.click(page, "Quote").answer()
    assert "Ingrid Solberg" in back.text
    assert len(ada.sees(discord.channel)) == 2, "the pages replace each other"
