"""axe-core finds nothing, in both themes, in whatever state the page is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.playground.running import Running

from .accessible import violations
from .installed import Browser, expect
from .visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"


@pytest_asyncio.fixture(loop_scope="session", params=["dark", "light"])
async def visitor(request: pytest.FixtureRequest, browser: Browser, running: Running) -> AsyncIterator[Visitor]:
    async with visiting(browser, running.address.url, theme=request.param) as visit:
        yield visit


@pytest_asyncio.fixture(loop_scope="session", params=["dark", "light"])
async def phone(request: pytest.FixtureRequest, browser: Browser, running: Running) -> AsyncIterator[Visitor]:
    async with visiting(browser, running.address.url, width=360, height=740, theme=request.param) as visit:
        yield visit


async def test_welcome_an_answer_and_the_panel(visitor: Visitor) -> None:
    assert await violations(visitor) == []
    await visitor.ask(QUESTION)
    await visitor.ask("Who won the cup final in 1998?")
    await visitor.button("What the bot did").click()
    await expect(visitor.panel.get_by_role("table", name="Time by step")).to_be_visible()
    await visitor.panel.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
    assert await violations(visitor) == []


async def test_commands_options_menus_and_dialogs(visitor: Visitor) -> None:
    await visitor.box.press_sequentially("/")
    await expect(visitor.suggestions.first).to_be_visible()
    assert await violations(visitor) == []
    await visitor.page.keyboard.type("ask ")
    form = visitor.page.get_by_role("group", name="/ask")
    await visitor.page.keyboard.press("Enter")
    await expect(form.get_by_role("alert")).to_contain_text("required")
    assert await violations(visitor) == []
    await visitor.page.keyboard.press("Escape")
    await visitor.say("A message")
    menu = await visitor.menu(visitor.articles.filter(has_text="A message").last)
    await menu.get_by_role("menuitem", name="Apps").press("ArrowRight")
    assert await violations(visitor) == []
    await visitor.page.keyboard.press("Escape")
    await menu.get_by_role("menuitem", name="Create Thread").press("Enter")
    await expect(visitor.page.get_by_role("dialog")).to_be_visible()
    assert await violations(visitor) == []


async def test_the_forum_and_what_one_alone_sees(visitor: Visitor) -> None:
    await visitor.use("help")
    assert await violations(visitor) == []
    await visitor.go("help-forum")
    await visitor.button("New Post").click()
    assert await violations(visitor) == []


async def test_a_phones_width(phone: Visitor) -> None:
    assert await violations(phone) == []
    await phone.button("Channels and people").click()
    await expect(phone.page.get_by_role("navigation", name="Channels")).to_be_visible()
    assert await violations(phone) == []
    await phone.go("questions")
    await phone.ask(QUESTION)
    await phone.button("What the bot did").first.click()
    await expect(phone.panel.get_by_role("table", name="Time by step")).to_be_visible()
    assert await violations(phone) == []
