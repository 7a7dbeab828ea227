"""Takes README's pictures of the playground: real answers of the real bot over seeds/, as its page shows them.

    python bench/page_pictures.py

(with the extra `plots`) writes bench/pictures/{answer,lookup,rebuild,not-there}.png, each at most 200 KB.
"""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path

from page_window import Window, window
from PIL import Image
from playwright.async_api import Locator

HERE = Path(__file__).parent
MOST_BYTES = 200_000
COLOURS = 128
FRAME = 20
"""Pixels around what is shown."""

NEW = "# Opening hours\n\n## Library\n\nThe library opens at nine, on Sundays at eleven.\n\n" + "".join(
    f"## Room {number}\n\nRoom {number} seats {number + 4} people and can be booked for {number % 3 + 1} hours.\n\n"
    for number in range(1, 600)
)


async def main() -> None:
    async with window(HERE.parent / "seeds", width=1180, height=860, scale=1.5) as shown:
        await _answer(shown)
        await _lookup(shown)
        await _not_there(shown)
        await _rebuild(shown)


async def _answer(shown: Window) -> None:
    """The whole page, with an answer and what the bot did for it."""
    await shown.page.get_by_role("button", name="What the bot did").click()
    await shown.type("ask", "When will Xiaomi's electric car go on sale?")
    await shown.answer(shown.send)
    await shown.page.get_by_role("region", name="Why this quote").wait_for()
    await shown.page.mouse.move(0, 0)
    keep("answer", await shown.page.screenshot())
    await shown.page.get_by_role("button", name="Close the panel").click()


async def _lookup(shown: Window) -> None:
    await shown.become("Kim", "general")
    await shown.type("source find", "rebuilding")
    keep("lookup", await around(shown, await shown.answer(shown.send)))


async def _not_there(shown: Window) -> None:
    await shown.become("Ada", "general")
    await shown.type("ask", "Who won the cup final?")
    keep("not-there", await around(shown, await shown.answer(shown.send)))


async def _rebuild(shown: Window) -> None:
    """A rebuild while its bar moves."""
    (shown.documents / "hours.md").write_text(NEW, "utf-8")
    await shown.become("Mo", "moderators")
    await shown.type("index rebuild")
    rebuild = await shown.answer(shown.send)
    await rebuild.get_by_text(re.compile(r"[2-8]\d %")).first.wait_for(timeout=60_000)
    keep("rebuild", await around(shown, rebuild))


async def around(shown: Window, article: Locator) -> bytes:
    """Return a picture of a message with nothing else."""
    await shown.page.mouse.move(0, 0)
    await article.scroll_into_view_if_needed()
    box, card = await article.bounding_box(), await article.locator(".container").first.bounding_box()
    if box is None or card is None:
        raise SystemExit("The message is not on the page.")
    width = card["x"] + card["width"] - box["x"] + FRAME
    return await shown.page.screenshot(
        clip={"x": box["x"], "y": box["y"] - FRAME / 2, "width": width, "height": box["height"] + FRAME}
    )


def keep(name: str, png: bytes) -> None:
    """Write a picture with few colours: as it looks, and a third as large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = HERE / "pictures" / f"{name}.png"
    picture.save(path, optimize=True)
    size = path.stat().st_size
    print(path, f"{size:,} bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"{path} is larger than {MOST_BYTES:,} bytes.")


if __name__ == "__main__":
    asyncio.run(main())
