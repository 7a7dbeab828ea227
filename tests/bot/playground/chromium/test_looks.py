"""How the page looks, on what, and what can be done without a mouse."""

from __future__ import annotations

import pytest

from bot.playground.running import Running

from .installed import Browser, expect
from .visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"


async def test_questions_of_the_welcome_card_are_answered(ada: Visitor) -> None:
    card = ada.page.get_by_role("region", name="Welcome")
    async with ada.answer() as answer:
        await card.get_by_role("button", name="Who bakes the rye bread?").click()
    await expect(answer.shown).to_contain_text("Marta Lindqvist")
    await card.get_by_text("how it differs from Discord").click()
    await expect(card).to_contain_text("Nothing leaves this machine.")


async def test_the_theme_is_the_systems_until_it_is_switched_and_is_kept(ada: Visitor) -> None:
    dark = await background(ada)
    await ada.button("Use the light theme").click()
    await expect(ada.button("Use the dark theme")).to_be_visible()
    await expect(ada.page.locator("body")).not_to_have_css("background-color", dark)
    light = await background(ada)
    await ada.page.reload()
    await expect(ada.button("Use the dark theme")).to_be_visible()
    assert await background(ada) == light


async def test_on_a_phone_nothing_has_to_be_scrolled_sideways(browser: Browser, running: Running) -> None:
    async with visiting(browser, running.address.url, width=360, height=740) as phone:
        await fits(phone)
        await phone.button("Channels and people").click()
        await fits(phone)
        await phone.go("general")
        await expect(await phone.ask(QUESTION)).to_contain_text(QUIET)
        await fits(phone)
        await phone.button("What the bot did").first.click()
        await expect(phone.panel).to_contain_text("Quiet hours begin")
        await fits(phone)
        await phone.panel.get_by_role("button", name="Close the panel").click()
        await phone.box.press_sequentially("/")
        await expect(phone.suggestions.first).to_be_visible()
        await fits(phone)


async def test_by_keyboard_alone_one_comes_from_the_address_to_an_answer_and_its_buttons(ada: Visitor) -> None:
    keyboard, page = ada.page.keyboard, ada.page
    await keyboard.press("Tab")
    await keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    await keyboard.press("Enter")
    await expect(ada.box).to_be_focused()
    async with ada.answer() as answer:
        await keyboard.type("/as")
        await expect(ada.suggestions.first).to_contain_text("/ask")
        await keyboard.press("Enter")
        await keyboard.type(QUESTION)
        await keyboard.press("Enter")
    await expect(answer.shown).to_contain_text(QUIET)
    await keyboard.press("Shift+F6")
    await expect(answer.shown).to_be_focused()
    async with ada.answer() as context:
        await keyboard.press("Tab")
        await expect(answer.shown.get_by_role("button", name="Context").first).to_be_focused()
        await keyboard.press("Enter")
    await expect(context.shown).to_contain_text("Only you can see this")


async def test_what_is_new_is_read_aloud(ada: Visitor) -> None:
    await expect(ada.log).to_have_attribute("aria-live", "polite")
    await expect(ada.page.get_by_role("main")).to_have_count(1)
    await expect(ada.page.get_by_role("alert")).to_have_count(1)


async def background(visitor: Visitor) -> str:
    return str(await visitor.page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def fits(visitor: Visitor) -> None:
    over = await visitor.page.evaluate("""() => [document.scrollingElement, ...document.querySelectorAll(
        "main, .log, .panel, .sidebar, .foot"
    )].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => [one.className, one.scrollWidth])""")
    assert over == []
