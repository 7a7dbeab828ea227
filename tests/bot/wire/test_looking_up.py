"""Looking sources up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import compose
from bot.client import QuothClient
from bot.standin import Person, StandIn
from index.encode.encoder import Encoder

pytestmark = pytest.mark.usefixtures("bot")


async def test_documents_are_listed_found_and_shown_to_the_asker_alone(discord: StandIn, ada: Person) -> None:
    listed = await ada.slash(discord.channel, "source list").answer()
    assert listed.ephemeral
    assert "House rules" in listed.text
    results = await ada.slash(discord.channel, "source find", name="quite hours").answer()
    assert "House rules › Quiet hours" in results.text
    opened = await ada.click(results, results.buttons[0].label or "").answer()
    assert "Quiet hours begin at ten" in opened.text
    section = await ada.slash(discord.channel, "source show", source="rules.md", section="Pets").answer()
    assert "Dogs may come in on a leash" in section.text
    assert "ten in the evening" not in section.text
    line = await ada.slash(discord.channel, "source show", source="House rules", line=14).answer()
    assert "Quiet hours begin at ten" in line.text


async def test_names_are_completed_while_one_types(discord: StandIn, ada: Person) -> None:
    every = await ada.autocomplete(discord.channel, "source show", "source", "")
    assert {value for _, value in every} == {"rules.md", "bakery.txt"}
    typed = await ada.autocomplete(discord.channel, "source show", "source", "hous")
    assert [name for name, _ in typed] == ["House rules"]
    sections = await ada.autocomplete(discord.channel, "source show", "section", "qui", source="rules.md")
    assert [value for _, value in sections][:1] == ["Quiet hours"]


async def test_what_is_not_there_is_one_sentence(discord: StandIn, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "source show", source="nowhere").answer()
    assert "No document goes by the name" in seen.text
    seen = await ada.slash(discord.channel, "source show", source="rules.md", line=99).answer()
    assert "There is no line 99" in seen.text


async def test_help_says_what_can_be_asked_and_what_is_kept(discord: StandIn, bot: QuothClient, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "help").answer()
    assert seen.ephemeral
    assert "Pets: what should I know?" in seen.text
    answer = await ada.slash(discord.channel, "ask", question="Pets: what should I know?").answer()
    assert "Dogs may come in on a leash" in answer.text
    ids = {command.name: command.id for command in await bot.tree.fetch_commands()}
    for name, command in (("ask", "ask"), ("source list", "source"), ("forget-me", "forget-me")):
        assert f"</{name}:{ids[command]}>" in seen.text
    assert len(seen.text) < 900
    assert not seen.pings


async def test_many_documents_are_listed_on_pages_and_long_names_can_be_picked(
    discord: StandIn, bot: QuothClient, documents: Path, encoder: Encoder, ada: Person
) -> None:
    for number in range(58):
        (documents / f"note-{number:02}.txt").write_text(f"Note {number}.\n")
    deep = documents / ("a" * 90) / ("b" * 90)
    deep.mkdir(parents=True)
    heading = "A heading that goes on and on " * 6
    (deep / "long.md").write_text(f"# {'Long title ' * 200}\n\n## {heading}\n\nThe well is forty feet deep.\n")
    (documents / "twin").mkdir()
    (documents / "twin" / "rules.md").write_text("# House rules\n\nThe other house has none.\n")
    compose.builder(bot.services.settings, encoder).build(documents, lambda *_: None)
    await bot.services.desk.refresh()

    page = await ada.slash(discord.channel, "source list").answer()
    assert "62 documents" in page.text
    pages = [page.text]
    while "Later" in [button.label for button in page.buttons]:
        page = await ada.click(page, "Later").answer()
        pages.append(page.text)
    everything = "\n".join(pages)
    assert all(f"note-{number:02}" in everything for number in range(58))
    assert "Earlier" in [button.label for button in page.buttons]

    every = await ada.autocomplete(discord.channel, "ask", "source", "")
    assert len(every) == 25
    twins = await ada.autocomplete(discord.channel, "ask", "source", "House rules")
    assert len({name for name, _ in twins}) == len(twins)
    assert {"rules.md", "twin/rules.md"} <= {value for _, value in twins}
    [(name, value), *_] = await ada.autocomplete(discord.channel, "ask", "source", "long title")
    assert len(name) <= 100
    assert len(value) <= 100
    answer = await ada.slash(discord.channel, "ask", question="How deep is the well?", source=value).answer()
    assert "forty feet deep" in answer.text
    [(name, section)] = await ada.autocomplete(discord.channel, "source show", "section", "heading", source=value)
    assert len(name) <= 100
    shown = await ada.slash(discord.channel, "source show", source=value, section=section).answer()
    assert "forty feet deep" in shown.text
