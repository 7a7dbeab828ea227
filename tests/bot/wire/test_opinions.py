"""Votes that count: the lead of an answer that several disliked gives way to one that is nearly as good."""

from __future__ import annotations

from pathlib import Path

from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, StandIn
from bot.standin.driver.seen import Seen
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running
from tests.bot.wire.test_insight import build

QUESTION = "When does the sauna open?"
FIRST, SECOND = "The sauna opens at nine on weekdays.", "The sauna opens at ten on Sundays."


def lead(seen: Seen) -> str:
    return "nine" if seen.text.find("nine on") < seen.text.find("ten on") else "ten"


async def write_sauna(chosen: Settings, encoder: Encoder, bot: QuothClient) -> None:
    for name, text in (("weekdays", FIRST), ("sundays", SECOND)):
        (Path(chosen.documents) / f"{name}.md").write_text(f"# Sauna on {name}\n\n{text}\n")
    await build(chosen, encoder, bot)


async def test_several_dislikes_count_and_context_says_so(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, chosen, encoder) as bot:
        await write_sauna(chosen, encoder, bot)
        count = bot.services.desk.votes_count
        before = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        for number in range(16):
            assert "noted" in (await discord.person(f"voter{number}").click(before, "👎").answer()).text
        await bot.services.journal.written()
        count.refresh()
        after = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert lead(after) != lead(before)
        first = next(part for part in after.parts if part.get("options"))["options"]
        pages = [(await ada.select(after, option["value"]).answer()).text for option in first]
        assert any("0 👍 and 16 👎" in page for page in pages)
    async with running(discord, also(chosen, count_votes=False), encoder) as bot:
        bot.services.desk.votes_count.refresh()
        same = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert lead(same) == lead(before)


async def test_votes_stay_with_the_words_that_they_were_on(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Not with their place, where another sentence stands now; where they are gone, votes are on nothing."""
    sauna = Path(chosen.documents) / "sauna.md"
    sauna.write_text(f"# Sauna\n\n## Weekdays\n\n{FIRST}\n\n## Sundays\n\n{SECOND}\n")
    await build(chosen, encoder, bot)
    count = bot.services.desk.votes_count
    before = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    voted = FIRST if lead(before) == "nine" else SECOND
    for number in range(16):
        await discord.person(f"voter{number}").click(before, "👎").answer()
    await bot.services.journal.written()
    count.refresh()

    def votes_on(sentence: str) -> tuple[int, int] | None:
        generation = bot.services.desk.generation
        start = generation.catalogue.document("sauna.md").text.index(sentence)
        return count.votes_for(generation.name, "sauna.md", start, len(sentence))

    assert votes_on(voted) == (0, 16)
    above = "The lake is cold on weekdays and on Sundays, too.\n\n" * 2
    sauna.write_text(f"# Sauna\n\n{above}## Weekdays\n\n{FIRST}\n\n## Sundays\n\n{SECOND}\n")
    await build(chosen, encoder, bot)
    assert votes_on(voted) == (0, 16)
    assert votes_on(SECOND if voted is FIRST else FIRST) is None
    after = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    assert lead(after) != lead(before)
    sauna.write_text(sauna.read_text().replace(voted, voted.replace("sauna opens", "sauna closes")))
    await build(chosen, encoder, bot)
    assert votes_on(voted.replace("sauna opens", "sauna closes")) is None
    sauna.write_text(sauna.read_text().replace("sauna closes", "sauna opens"))
    await build(chosen, encoder, bot)
    assert votes_on(voted) == (0, 16), "they are back"
