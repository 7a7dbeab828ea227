"""Looking sources up."""

from __future__ import annotations

import pytest

from bot.playground import Person, StandIn

pytestmark = pytest.mark.usefixtures("bot")


async def test_documents_are_listed_found_and_shown_to_the_asker_alone(discord: StandIn, ada: Person) -> None:
    listed = await ada.slash(discord.channel, "source list").answer()
    assert listed.ephemeral
    assert "House rules" in listed.text
    found = await ada.slash(discord.channel, "source find", name="quite hours").answer()
    assert "House rules › Quiet hours" in found.text
    opened = await ada.click(found, found.buttons[0].label or "").answer()
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


async def test_help_says_what_can_be_asked_and_what_is_kept(discord: StandIn, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "help").answer()
    assert seen.ephemeral
    assert "House rules" in seen.text
    assert "not stored" in seen.text
