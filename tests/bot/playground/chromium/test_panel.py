"""What the bot did, told beside the messages."""

from __future__ import annotations

import pytest

from .installed import expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"


async def test_it_tells_how_the_latest_answer_was_found(ada: Visitor) -> None:
    await ada.button("What the bot did").click()
    await expect(ada.panel).to_be_focused()
    await ada.ask(QUESTION)
    asked = ada.panel.get_by_role("region", name="The question")
    await expect(asked).to_contain_text(QUESTION)
    await expect(asked).to_contain_text("Answered")
    await expect(ada.panel.get_by_role("img", name="Confidence")).to_be_visible()
    await expect(ada.panel.get_by_role("region", name="Why this quote")).to_contain_text("Quiet hours begin at ten")
    passages = ada.panel.get_by_role("table", name="Passages with their scores").get_by_role("row")
    await expect(passages.nth(1)).to_contain_text("rules.md")
    sentences = ada.panel.get_by_role("table", name="Sentences with their scores")
    await expect(sentences).to_contain_text("Quiet hours begin at ten in the evening")
    await expect(ada.panel.get_by_role("table", name="Time by step")).to_contain_text("Encode the question")
    await expect(ada.panel).to_contain_text("PATCH")


async def test_it_stays_with_the_message_that_was_chosen(ada: Visitor) -> None:
    first = await ada.ask(QUESTION)
    await ada.ask("May dogs come in?")
    menu = await ada.menu(first)
    await menu.get_by_role("menuitem", name="What the bot did").press("Enter")
    asked = ada.panel.get_by_role("region", name="The question")
    await expect(asked).to_contain_text(QUESTION)
    await ada.panel.get_by_role("button", name="Go on to the latest").click()
    await expect(asked).to_contain_text("May dogs come in?")
    await ada.panel.press("Escape")
    await expect(ada.panel).to_be_hidden()


async def test_where_nothing_was_looked_for_there_is_what_was_sent(ada: Visitor) -> None:
    help_ = await ada.use("help")
    menu = await ada.menu(help_)
    await menu.get_by_role("menuitem", name="What the bot did").press("Enter")
    await expect(ada.panel).to_contain_text("No answer was looked for here")
    await expect(ada.panel).to_contain_text("POST")


async def test_an_abstention_is_explained(ada: Visitor) -> None:
    await ada.button("What the bot did").click()
    await ada.ask("Who won the cup final in 1998?")
    await expect(ada.panel.get_by_role("region", name="The question")).to_contain_text("Not answered")
