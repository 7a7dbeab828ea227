"""Somebody at the page: they read, type, click and press keys."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .installed import Browser, Locator, Page, expect

PATIENCE = 20_000
"""Milliseconds to wait for what must come."""

_NEWEST = """() => [...document.querySelectorAll("article")].at(-1)?.dataset.id ?? "0" """

_ANSWER = """last => {
    const after = (one, other) => one.length - other.length || (one > other ? 1 : -1);
    const answer = [...document.querySelectorAll("article[data-message-id]")].find(
        article => after(article.dataset.id, last) > 0 && article.querySelector(".badge")
            && article.getAttribute("aria-busy") === "false"
    );
    return answer?.dataset.id;
}"""


class Visitor:
    """One page in a window of its own."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if line.type in {"error", "warning"} else None)

    async def arrive(self) -> None:
        """Open the page and wait until it can be used."""
        await self.page.goto(self.address)
        await expect(self.log).to_have_attribute("aria-label", re.compile("^Messages in "))
        await expect(self.log).not_to_have_attribute("aria-busy", "true")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        """Where messages are written."""
        return self.page.get_by_role("textbox", name=re.compile(r"^Message [#@]?\S"))

    @property
    def articles(self) -> Locator:
        return self.log.get_by_role("article")

    @property
    def last(self) -> Locator:
        return self.articles.last

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary", name="What the bot did")

    @property
    def suggestions(self) -> Locator:
        """What is offered above the box while one types."""
        return self.page.get_by_role("listbox").get_by_role("option")

    def person(self, name: str) -> Locator:
        return self.page.get_by_role("radio", name=name)

    def channel(self, name: str) -> Locator:
        """An entry of the list of channels, which a phone hides."""
        channels = self.page.get_by_role("navigation", name="Channels", include_hidden=True)
        return channels.get_by_role("button", name=f"{name},", include_hidden=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def become(self, name: str) -> None:
        await self.person(name).click()
        await expect(self.person(name)).to_be_checked()
        await expect(self.log).to_have_attribute("aria-label", re.compile("^Messages in "))

    async def go(self, channel: str) -> None:
        await self.channel(channel).click()
        await expect(self.channel(channel)).to_have_attribute("aria-current", "page")
        await expect(self.page.get_by_role("heading", level=1, name=channel)).to_be_visible()

    async def begin(self, command: str) -> Locator:
        """Type a slash command up to its options, and return its form."""
        await self.box.press_sequentially(f"/{command} ")
        return self.page.get_by_role("group", name=f"/{command}", exact=True)

    async def say(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    @asynccontextmanager
    async def answer(self) -> AsyncIterator[Answer]:
        """Give, at the end, what the bot has answered to what is done within."""
        coming = Answer()
        newest = await self.page.evaluate(_NEWEST)
        yield coming
        handle = await self.page.wait_for_function(_ANSWER, arg=newest)
        coming.locator = self.log.locator(f'article[data-id="{await handle.json_value()}"]')

    async def ask(self, question: str) -> Locator:
        """Use /ask, and return the answer."""
        async with self.answer() as answer:
            await self.begin("ask")
            await self.page.keyboard.insert_text(question)
            await self.page.keyboard.press("Enter")
        return answer.shown

    async def use(self, command: str) -> Locator:
        """Use a command without options, and return the answer."""
        async with self.answer() as answer:
            await self.begin(command)
            await self.page.keyboard.press("Enter")
        return answer.shown

    async def press(self, where: Locator, name: str) -> Locator:
        """Press a button of the bot's under a message, and return what it answers."""
        async with self.answer() as answer:
            await where.get_by_role("button", name=name, exact=True).click()
        return answer.shown

    async def menu(self, message: Locator) -> Locator:
        """Open the menu of a message."""
        await message.focus()
        await message.press("Enter")
        return self.page.get_by_role("menu", name="Message")


class Answer:
    """A message that is waited for."""

    locator: Locator | None = None

    @property
    def shown(self) -> Locator:
        assert self.locator is not None
        return self.locator


@asynccontextmanager
async def visiting(
    browser: Browser, address: str, *, width: int = 1280, height: int = 800, theme: str = "dark"
) -> AsyncIterator[Visitor]:
    """Open the page in a window of its own, with nothing remembered; nothing may go wrong in it."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light" if theme == "light" else "dark",
        reduced_motion="reduce",
        locale="en-GB",
    )
    visitor = Visitor(await context.new_page(), address)
    try:
        await visitor.arrive()
        yield visitor
    finally:
        await context.close()
    assert visitor.faults == []
