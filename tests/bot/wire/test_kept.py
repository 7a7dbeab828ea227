"""What the bot keeps in memory of what it has sent: nothing, or a busy bot would grow with every answer."""

from __future__ import annotations

import gc

from discord.ui.view import BaseView

from bot.client import QuothClient
from bot.standin import Person, StandIn
from tests.bot.wire.conftest import until

QUESTION = "When do quiet hours begin?"


def _views() -> int:
    """Return how many views of discord.py are in memory, which keeps those that may still be interacted with."""
    gc.collect()
    return sum(issubclass(type(instance), BaseView) for instance in gc.get_objects())


async def test_no_card_is_kept_once_it_is_sent(discord: StandIn, bot: QuothClient, ada: Person) -> None:
    """Its buttons work all the same: what they need stands in their `custom_id`."""
    before = _views()
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    await ada.slash(discord.channel, "ask", question=QUESTION, private=True).answer()
    await ada.ask(discord.channel, QUESTION).answer()
    await ada.dm(QUESTION).answer()
    await ada.slash(discord.channel, "source list").answer()
    await ada.slash(discord.channel, "help").answer()
    assert (await ada.click(answer, "More").answer()).ephemeral
    assert "noted" in (await ada.click(answer, "👍").answer()).text
    assert list(bot.persistent_views) == []
    await until(lambda: _views() == before)
