"""Every slash command, typed into the message box."""

from __future__ import annotations

import pytest

from .installed import expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"


async def test_a_slash_lists_the_commands_and_the_list_follows_what_is_typed(ada: Visitor) -> None:
    await ada.box.press_sequentially("/")
    await expect(ada.suggestions).to_contain_text(
        ["/ask", "/forget-me", "/help", "/privacy", "/source find", "/source list", "/source show"]
    )
    await ada.page.keyboard.type("find")
    await expect(ada.suggestions).to_have_count(1)
    await ada.suggestions.click()
    await expect(ada.page.get_by_role("group", name="/source find")).to_be_visible()


async def test_ask_is_answered_with_a_quote_and_says_who_asked(ada: Visitor) -> None:
    answer = await ada.ask(QUESTION)
    await expect(answer).to_contain_text("Ada used /ask")
    await expect(answer.get_by_role("blockquote").first).to_contain_text(QUIET)
    await expect(answer).to_contain_text("House rules › Quiet hours")
    await expect(ada.box).to_be_focused()


async def test_ask_takes_a_source_that_is_completed_and_can_be_for_oneself_alone(ada: Visitor, kim: Visitor) -> None:
    await ada.go("general")
    await kim.go("general")
    async with ada.answer() as answer:
        form = await ada.begin("ask")
        await ada.page.keyboard.insert_text("When does it open?")
        await form.get_by_role("button", name="Add option source").click()
        await ada.page.keyboard.type("bak")
        await expect(ada.suggestions).to_have_text(["bakery"])
        await ada.page.keyboard.press("Enter")
        await form.get_by_role("button", name="Add option private").click()
        await ada.page.keyboard.type("tr")
        await ada.page.keyboard.press("Tab")
        await expect(form.get_by_role("combobox", name="private")).to_have_value("True")
        await ada.page.keyboard.press("Enter")
    await expect(answer.shown).to_contain_text("The bakery opens at six")
    await expect(answer.shown).to_contain_text("Only you can see this")
    public = await kim.ask(QUESTION)
    await expect(public).to_contain_text(QUIET)
    await expect(kim.log).not_to_contain_text("The bakery opens at six")
    await answer.shown.get_by_role("button", name="Dismiss message").click()
    await expect(answer.shown).not_to_be_attached()


async def test_what_is_required_and_missing_is_said_and_nothing_is_sent(ada: Visitor) -> None:
    form = await ada.begin("ask")
    await ada.page.keyboard.press("Enter")
    await expect(form.get_by_role("alert")).to_contain_text("question is required")
    await expect(form.get_by_role("textbox", name="question")).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(form).not_to_be_attached()
    await expect(ada.box).to_be_focused()


async def test_sources_are_found_and_shown(ada: Visitor) -> None:
    async with ada.answer() as answer:
        await ada.begin("source find")
        await ada.page.keyboard.type("quite hours")
        await ada.page.keyboard.press("Enter")
    await expect(answer.shown).to_contain_text("House rules › Quiet hours")
    await answer.shown.get_by_role("button", name="Show 1").click()
    await expect(answer.shown).to_contain_text(QUIET)


async def test_a_place_in_a_source_is_picked_by_what_is_offered(ada: Visitor) -> None:
    async with ada.answer() as shown:
        form = await ada.begin("source show")
        await ada.page.keyboard.type("house")
        await expect(ada.suggestions.first).to_have_text("House rules")
        await ada.page.keyboard.press("Enter")
        await form.get_by_role("button", name="Add option section").click()
        await ada.page.keyboard.type("pet")
        await expect(ada.suggestions.first).to_contain_text("Pets")
        await ada.page.keyboard.press("Enter")
        await ada.page.keyboard.press("Enter")
    await expect(shown.shown).to_contain_text("Dogs may come in on a leash")
    await expect(shown.shown).not_to_contain_text("ten in the evening")


async def test_a_number_that_is_none_is_refused_before_it_is_sent(ada: Visitor) -> None:
    form = await ada.begin("source show")
    await ada.page.keyboard.insert_text("House rules")
    await form.get_by_role("button", name="Add option line").click()
    await ada.page.keyboard.type("last")
    await ada.page.keyboard.press("Enter")
    await expect(form.get_by_role("alert")).to_contain_text("line takes a whole number")


async def test_the_list_of_sources_has_pages(ada: Visitor) -> None:
    listed = await ada.use("source list")
    await expect(listed).to_contain_text("documents")
    await listed.get_by_role("button", name="Later").click()
    await expect(listed.get_by_role("button", name="Earlier")).to_be_visible()
    await listed.get_by_role("button", name="Earlier").click()
    await expect(listed.get_by_role("button", name="Later")).to_be_visible()


async def test_help_and_privacy_are_for_the_asker_alone(ada: Visitor) -> None:
    for command, words in (("help", "What can be asked here"), ("privacy", "forget-me")):
        answer = await ada.use(command)
        await expect(answer).to_contain_text(words)
        await expect(answer).to_contain_text("Only you can see this")


async def test_forget_me_says_what_it_has_forgotten(ada: Visitor) -> None:
    answer = await ada.ask(QUESTION)
    await answer.get_by_role("button", name="👍").click()
    await expect(ada.last).to_contain_text("Only you can see this")
    forgotten = await ada.use("forget-me")
    await expect(forgotten).to_contain_text("vote")
