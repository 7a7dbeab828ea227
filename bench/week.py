"""Lives a week in the playground, in Chromium, and takes README's pictures of what was asked in vain.

    python bench/week.py

(with the extra `plots`) asks in vain, has a week pass, adds a document, and sees the asker told and the old answer
corrected, each on the page; says how long that took. It writes bench/pictures/digest.png and insight.png, which is the
page of `quoth insight --html` over a made-up month of a holiday village.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from card_documents import SAUNA, change_quiet_hours
from card_documents import write as write_documents
from page_pictures import around, keep
from page_window import Window, window
from playwright.async_api import Locator

from bot import compose, settings
from tests.bot.insight.asked import GROUPS, Asking, vote, write

QUIET = "When do quiet hours begin?"
IN_VAIN = "When is the sauna heated?"
ROOT = Path(__file__).resolve().parents[1]
_WIDTH, _HEIGHT = 900, 1010
_MONTH, _QUESTIONS, _PEOPLE = 30, 260, 60
_CHARGING, _LATELY = 1, 2.0
"""The group that is asked more often lately, and by how much."""

_VILLAGE = {
    "pool.md": "# The pool\n\n## Opening hours\n\nThe pool is open from nine to eight.\n",
    "cabins.md": "# Your cabin\n\n## Water and heating\n\nThe boiler is in the hall.\n\n## Linen\n\nBeds are made.\n",
    "arrival.md": "# Arrival\n\n## Parking your car\n\nCabins have a place to park.\n\n## Wifi\n\nAsk at the desk.\n",
    "children.md": "# For children\n\n## The playground\n\nIt is behind the pool.\n",
    "booking.md": "# Booking\n\n## Cancelling\n\nYou can cancel until a week before.\n",
}
_ANSWERED = {0: 0.9, 1: 0.05, 2: 0.8, 3: 0.95, 4: 0.15, 5: 0.0, 6: 0.1, 7: 0.85}
"""How many questions of each group are answered."""


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        write_documents(documents)
        async with window(documents, width=1180, height=900, scale=1.5) as shown:
            began = time.monotonic()
            await _live(shown)
            print(f"a week in {time.monotonic() - began:.0f} s")
            await _insight(shown, Path(folder) / "village")


async def _live(shown: Window) -> None:
    await shown.become("Ada", "general")
    quoted = await _ask(shown, QUIET)
    refused = await _ask(shown, IN_VAIN)
    await refused.get_by_role("button", name="Tell me when the documents have it").click()
    await shown.page.get_by_text("I will tell you here, once").wait_for()
    number = await quoted.get_attribute("data-message-id")
    await shown.become("Kim", "general")
    await _ask(shown, IN_VAIN)
    await shown.become("Mo", "moderators")
    await shown.page.get_by_role("button", name="A week passes").click()
    digest = shown.page.locator("article", has_text="What was asked in the last 7 days")
    await digest.wait_for()
    await digest.get_by_text("2 people").first.wait_for()
    keep("digest", await around(shown, digest))
    (shown.documents / "sauna.md").write_text(SAUNA, "utf-8")
    change_quiet_hours(shown.documents)
    await shown.type("index rebuild")
    await shown.send()
    await shown.become("Ada", "general")
    await shown.page.locator("article", has_text="The documents have it now").wait_for(timeout=120_000)
    corrected = shown.page.locator(f'article[data-message-id="{number}"]')
    await corrected.get_by_text("The text changed on").wait_for(timeout=120_000)


async def _ask(shown: Window, question: str) -> Locator:
    await shown.type("ask", question)
    return await shown.answer(shown.send)


async def _insight(shown: Window, folder: Path) -> None:
    """The page that `quoth insight --html` writes."""
    documents, data = folder / "documents", folder / "data"
    documents.mkdir(parents=True)
    for name, text in _VILLAGE.items():
        (documents / name).write_text(text, "utf-8")
    chosen = settings.load(documents=documents, data=data)
    encoder = compose.encoder(chosen)
    compose.builder(chosen, encoder).build(documents, lambda *_: None)
    draw = random.Random(0)  # noqa: S311 -- a draw, no secret
    asked = [_asking(draw) for _ in range(_QUESTIONS)]
    write(data, asked, encoder)
    for text in GROUPS[2]:
        vote(data, text, draw.randrange(_PEOPLE) + 1, up=False)
    page = data / "insight.html"
    command = (sys.executable, "-m", "bot", "insight", "--html", str(page), "--data", str(data))
    written = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    if await written.wait():
        raise SystemExit("quoth insight failed.")
    await shown.page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
    await shown.page.goto(page.as_uri())
    keep("insight", await shown.page.screenshot())


def _asking(draw: random.Random) -> Asking:
    """Return a question of some day, of one group more often than of another."""
    number = min(int(draw.expovariate(0.3)), len(GROUPS) - 1)
    days = (_MONTH - 0.1) * draw.random() ** (_LATELY if number == _CHARGING else 1.0)
    text, person = draw.choice(GROUPS[number]), draw.randrange(_PEOPLE) + 1
    return Asking(text, person, days, answered=draw.random() < _ANSWERED[number])


if __name__ == "__main__":
    asyncio.run(main())
