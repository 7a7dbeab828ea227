"""What the bot keeps in memory of what it has sent: nothing, or a busy bot would grow with every answer."""

from __future__ import annotations

from bot.client import QuothClient
from bot.standin import Person, StandIn

QUESTION = "When do quiet hours begin?"


async def test_no_card_is_kept_once_it_is_sent(discord: StandIn, bot: QuothClient, ada: Person) -> None:
    """Its buttons work all the same: what they need stands in their `custom_id`."""
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    await ada.slash(discord.channel, "ask", question=QUESTION, private=True).answer()
    await ada.ask(discord.channel, QUESTION).answer()
    await ada.dm(QUESTION).answer()
    await ada.slash(discord.channel, "source list").answer()
    await ada.slash(discord.channel, "help").answer()
    assert (await ada.click(answer, "More").answer()).ephemeral
    assert "noted" in (await ada.click(answer, "👍").answer()).text
    assert list(bot.persistent_views) == []
    assert bot._connection._view_store._views == bot._connection._view_store._synced_message_views == {}
