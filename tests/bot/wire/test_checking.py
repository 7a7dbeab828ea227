"""*Check this*: what the documents say to a message, for whoever asks alone until they share it."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.standin import Person, Seen, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_closed import press

SAID = "Quiet hours begin at nine in the evening. Dogs may come in on a leash. Horses graze in the yard. Really? Yes."


def _parts(text: str) -> list[str]:
    return text.replace("\n\n", "\n").split("\\. “")[1:]


@pytest.mark.usefixtures("bot")
async def test_each_statement_of_a_message_is_held_against_the_documents(discord: StandIn, ada: Person) -> None:
    bob = discord.person("bob")
    seen = await ada.menu(bob.say(discord.channel, SAID), "Check this").answer()
    assert seen.ephemeral
    quiet, dogs, horses = _parts(seen.text)
    assert "speaks against this:\n> Quiet hours begin at ten in the evening" in quiet
    assert "supports this:\n> Dogs may come in on a leash." in dogs
    assert "for you to read" in horses
    assert "speaks against" not in horses
    shown = await ada.click(seen, "Context 1").answer()
    assert "> **Quiet hours begin at ten" in shown.text
    nothing = await ada.menu(bob.say(discord.channel, "Really?"), "Check this").answer()
    assert "no statement" in nothing.text


@pytest.mark.usefixtures("bot")
async def test_it_is_shown_to_others_once_it_is_shared(discord: StandIn, ada: Person) -> None:
    bob = discord.person("bob")
    seen = await ada.menu(bob.say(discord.channel, SAID), "Check this").answer()
    before = len(bob.sees(discord.channel))
    await ada.click(seen, "Share").answer()
    (shared,) = bob.sees(discord.channel)[before:]
    assert not shared.ephemeral
    assert _parts(shared.text)[0] == _parts(seen.text)[0]
    assert "Shared by ada" in shared.text
    assert not shared.pings
    assert "Share" not in [button.label for button in shared.buttons]
    assert "ten in the evening" in (await bob.click(shared, "Context 1").answer()).text


async def test_what_is_closed_to_others_is_not_shared_with_them(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    role = discord.role("staff")
    member, other = discord.person("member", role), discord.person("other")
    closed = also(chosen, access=f"rules.md=role:{role.id}")
    async with running(discord, closed, encoder):
        said = other.say(discord.channel, "Dogs may come in on a leash.")
        seen = await member.menu(said, "Check this").answer()
        assert "supports this" in seen.text
        before = len(other.sees(discord.channel))
        refused = await member.click(seen, "Share").answer()
        assert refused.ephemeral
        assert "cannot be shared here" in refused.text
        elsewhere = await member.slash(discord.channel, "source show", source="rules.md").answer()
        forged = await press(member, elsewhere, "quoth:share").answer()
        assert "cannot be shared here" in forged.text
        assert len(other.sees(discord.channel)) == before


@pytest.mark.usefixtures("bot")
async def test_a_long_message_is_checked_to_its_end_on_several_cards(discord: StandIn, ada: Person) -> None:
    bob = discord.person("bob")
    filler = " ".join(f"The lighthouse has {number} windows that face the sea." for number in range(2, 11))
    said = f"{filler} Dogs may come in on a leash. Quiet hours begin at nine in the evening."
    await ada.menu(bob.say(discord.channel, said), "Check this").answer()

    def cards() -> list[Seen]:
        return [seen for seen in ada.sees(discord.channel) if "Held against the documents" in seen.text]

    def parts() -> list[str]:
        return [part for seen in cards() for part in _parts(seen.text)]

    await until(lambda: len(parts()) == 11)
    assert len(cards()) > 1
    assert all(seen.ephemeral for seen in cards())
    assert "supports this:\n> Dogs may come in on a leash." in parts()[-2]
    assert "speaks against this:\n> Quiet hours begin at ten" in parts()[-1]
    assert "not looked at" not in "".join(seen.text for seen in cards())
    await ada.click(cards()[-1], "Share").answer()
    assert "Shared by ada" in bob.sees(discord.channel)[-1].text
