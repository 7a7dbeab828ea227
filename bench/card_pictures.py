"""Takes pictures of every kind of card, as the real bot sends it and the playground's page shows it on a phone.

    python bench/card_pictures.py [--only NAME ...]

(with the extra `plots`) writes bench/pictures/cards/NAME-{dark,light}.png, 390 pixels wide.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from card_documents import write
from card_scenes import Scene, Stage, after_changes, before_changes
from page_window import window
from PIL import Image
from playwright.async_api import Browser, Page

PICTURES = Path(__file__).parent / "pictures" / "cards"
WIDTH, HEIGHT = 390, 2400
COLOURS = 48
MOST_BYTES = 3_000_000
"""All of them together."""


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", metavar="NAME")
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder)
        write(documents)
        async with window(documents) as shown:
            stage = Stage(shown.running.game, shown.documents)
            browser = shown.page.context.browser
            if browser is None:
                raise SystemExit("The browser is gone.")
            address = shown.running.address.url
            await before_changes(stage)
            await _shoot(browser, address, [scene for scene in stage.scenes if not only or scene.name in only])
            done = len(stage.scenes)
            await after_changes(stage)
            await _shoot(browser, address, [scene for scene in stage.scenes[done:] if not only or scene.name in only])
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures, {total:,} bytes")
    if total > MOST_BYTES:
        raise SystemExit(f"They are larger than {MOST_BYTES:,} bytes.")


async def _shoot(browser: Browser, address: str, scenes: Sequence[Scene]) -> None:
    """Take the pictures of some cards, in both themes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme in ("dark", "light"):
        for viewer, channel in dict.fromkeys((scene.viewer.user.id, scene.channel.id) for scene in scenes):
            page = await _page(browser, address, theme, viewer, channel)
            for scene in scenes:
                if (scene.viewer.user.id, scene.channel.id) == (viewer, channel):
                    _keep(f"{scene.name}-{theme}", await _picture(page, scene))
            await page.context.close()


async def _page(browser: Browser, address: str, theme: str, viewer: int, channel: int) -> Page:
    """Open the page as somebody in a channel, who were there before."""
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        color_scheme="light" if theme == "light" else "dark",
        reduced_motion="reduce",
        locale="en-GB",
    )
    remembered = {"person": str(viewer), f"channel of {viewer}": str(channel)}
    await context.add_init_script(
        f"for (const [key, value] of Object.entries({json.dumps(remembered)})) sessionStorage.setItem(key, value);"
    )
    page = await context.new_page()
    await page.goto(address)
    await page.locator("article[data-message-id]").first.wait_for()
    return page


async def _picture(page: Page, scene: Scene) -> bytes:
    article = page.locator(f'article[data-message-id="{scene.message.id}"]')
    await article.wait_for()
    await article.scroll_into_view_if_needed()
    await page.mouse.move(0, 0)
    box = await article.bounding_box()
    if box is None:
        raise SystemExit(f"{scene.name} is not on the page.")
    return await page.screenshot(clip={"x": 0, "y": box["y"], "width": WIDTH, "height": box["height"] + 4})


def _keep(name: str, png: bytes) -> None:
    """Write a picture with few colours: as it looks, and a third as large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
