"""Every button under the bot's messages."""

from __future__ import annotations

import pytest

from .installed import Locator, expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
NOT_THERE = "Who won the cup final in 1998?"


async def test_context_shows_the_quote_in_its_surroundings(ada: Visitor) -> None:
    answer = await ada.ask(QUESTION)
    shown = await ada.press(answer, await first(answer, "Context"))
    await expect(shown).to_contain_text("House rules")
    await expect(shown).to_contain_text("Dogs may come in on a leash")
    await expect(shown).to_contain_text("Only you can see this")


async def test_context_can_be_turned_page_by_page_and_back_to_the_quote(ada: Visitor) -> None:
    answer = await ada.ask("What does the keeper of lighthouse 1 write down?")
    shown = await ada.press(answer, await first(answer, "Context"))
    await shown.get_by_role("button", name="Later").click()
    await expect(shown.get_by_role("button", name="Quote")).to_be_visible()
    await shown.get_by_role("button", name="Later").click()
    await expect(shown.get_by_role("button", name="Earlier")).to_be_visible()
    await shown.get_by_role("button", name="Quote").click()
    await expect(shown.get_by_role("button", name="Quote")).to_have_count(0)


async def test_more_quotes_are_for_whoever_asked_for_them(ada: Visitor) -> None:
    answer = await ada.ask(QUESTION)
    more = await ada.press(answer, "More")
    await expect(more).to_contain_text("Only you can see this")


async def test_thumbs_are_taken_and_can_be_turned(ada: Visitor) -> None:
    answer = await ada.ask("May dogs come in?")
    noted = await ada.press(answer, "👍")
    await expect(noted).to_contain_text("noted")
    turned = await ada.press(answer, "👎")
    await expect(turned).to_contain_text("Your vote is changed")


async def test_what_is_not_in_the_documents_is_said_with_what_comes_closest(ada: Visitor) -> None:
    answer = await ada.ask(NOT_THERE)
    await expect(answer).to_contain_text("Not in the documents")
    await expect(answer.get_by_role("button", name="👎")).to_be_visible()
    noted = await ada.press(answer, "👎")
    await expect(noted).to_contain_text("👎")


async def test_a_source_shown_has_pages(ada: Visitor) -> None:
    async with ada.answer() as answer:
        await ada.begin("source show")
        await ada.page.keyboard.type("lighth")
        await expect(ada.suggestions.first).to_have_text("Lighthouses")
        await ada.page.keyboard.press("Enter")
        await ada.page.keyboard.press("Enter")
    shown = answer.shown
    await expect(shown).to_contain_text("Chapter 1")
    await shown.get_by_role("button", name="Later").click()
    await expect(shown.get_by_role("button", name="Earlier")).to_be_visible()
    await expect(shown).not_to_contain_text("lighthouse 1 writes")
    await shown.get_by_role("button", name="Earlier").click()
    await expect(shown).to_contain_text("lighthouse 1 writes")


async def first(answer: Locator, begins: str) -> str:
    """Return what stands on the first button whose name begins so."""
    return await answer.get_by_role("button", name=begins).first.inner_text()
