"""Questions put otherwise than by a command: mentions, replies, threads, in private, posts, menus of messages."""

from __future__ import annotations

import pytest

from .installed import expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
THEN = "and when do they end?"
SEVEN = "seven in the morning"


async def test_a_mention_is_completed_and_answered(ada: Visitor) -> None:
    await ada.go("general")
    async with ada.answer() as answer:
        await ada.box.press_sequentially("@quo")
        await expect(ada.suggestions).to_contain_text(["Quoth"])
        await ada.page.keyboard.press("Tab")
        await expect(ada.box).to_have_value("@Quoth ")
        await ada.page.keyboard.insert_text(QUESTION)
        await ada.page.keyboard.press("Enter")
    await expect(ada.articles.filter(has_text=f"@Quoth {QUESTION}").last).to_be_visible()
    await expect(answer.shown).to_contain_text(QUIET)
    await expect(answer.shown.get_by_role("button", name="Replying to")).to_contain_text(QUESTION)


async def test_where_it_answers_unasked_it_does(ada: Visitor) -> None:
    async with ada.answer() as answer:
        await ada.say("Who bakes the rye bread?")
    await expect(answer.shown).to_contain_text("Marta Lindqvist")


async def test_a_reply_to_an_answer_is_a_follow_up(ada: Visitor) -> None:
    await ada.go("general")
    first = await ada.ask(QUESTION)
    await first.hover()
    await first.get_by_role("button", name="Reply", exact=True).click()
    await expect(ada.page.get_by_text("Replying to Quoth")).to_be_visible()
    await expect(ada.box).to_be_focused()
    async with ada.answer() as answer:
        await ada.say(THEN)
    await expect(answer.shown).to_contain_text(SEVEN)


async def test_a_thread_is_opened_on_an_answer_and_goes_on_from_it(ada: Visitor) -> None:
    first = await ada.ask(QUESTION)
    menu = await ada.menu(first)
    await menu.get_by_role("menuitem", name="Create Thread").click()
    dialog = ada.page.get_by_role("dialog", name="Create Thread")
    await dialog.get_by_role("textbox", name="Thread Name").fill("On quiet hours")
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("heading", level=1, name="On quiet hours")).to_be_visible()
    async with ada.answer() as answer:
        await ada.say(f"@Quoth {THEN}")
    await expect(answer.shown).to_contain_text(SEVEN)
    await ada.go("questions")
    await expect(first.get_by_role("button", name="On quiet hours")).to_contain_text("messages")


async def test_in_private_no_mention_is_needed(ada: Visitor) -> None:
    await ada.go("Quoth")
    for question, words in ((QUESTION, QUIET), (THEN, SEVEN)):
        async with ada.answer() as answer:
            await ada.say(question)
        await expect(answer.shown).to_contain_text(words)
    await ada.box.press_sequentially("/index")
    await expect(ada.suggestions).to_have_count(0)


async def test_a_post_in_the_forum_is_answered(ada: Visitor) -> None:
    await ada.go("help-forum")
    await ada.button("New Post").click()
    form = ada.page.get_by_role("form", name="New post")
    await form.get_by_role("textbox", name="Title").fill("Quiet hours")
    await form.get_by_role("button", name="Post").click()
    await expect(form.get_by_role("alert")).to_have_text("A post needs a message.")
    await form.get_by_role("textbox", name="Message").fill(QUESTION)
    await form.get_by_role("button", name="Post").click()
    await expect(ada.page.get_by_role("heading", level=1, name="Quiet hours")).to_be_visible()
    await expect(ada.articles.filter(has_text=QUIET)).to_be_visible()
    await ada.go("help-forum")
    await expect(ada.page.get_by_role("list", name="Posts")).to_contain_text("Quiet hours")


@pytest.mark.parametrize(("entry", "alone"), [("Answer this", False), ("Find sources", True)])
async def test_a_message_can_be_taken_for_a_question(ada: Visitor, kim: Visitor, entry: str, *, alone: bool) -> None:
    for visitor in (ada, kim):
        await visitor.go("general")
    await kim.say(f"{QUESTION} ({entry})")
    asked = ada.articles.filter(has_text=f"{QUESTION} ({entry})").last
    await asked.click(button="right")
    await ada.page.get_by_role("menuitem", name="Apps").press("ArrowRight")
    async with ada.answer() as answer:
        await ada.page.get_by_role("menuitem", name=entry).press("Enter")
    await expect(answer.shown).to_contain_text("House rules › Quiet hours")
    await expect(answer.shown).to_contain_text(f"Ada used {entry}")
    await expect(answer.shown.get_by_text("Only you can see this")).to_have_count(int(alone))
    assert await kim.articles.filter(has_text=f"Ada used {entry}").count() == int(not alone)


async def test_messages_are_edited_deleted_and_reacted_to(ada: Visitor, kim: Visitor) -> None:
    for visitor in (ada, kim):
        await visitor.go("general")
    await ada.say("Good mrning, all")
    await expect(ada.articles.filter(has_text="Good mrning, all")).to_be_visible()
    await ada.box.press("ArrowUp")
    editor = ada.page.get_by_role("textbox", name="Edit message")
    await editor.fill("Good morning, all")
    await editor.press("Enter")
    seen = kim.articles.filter(has_text="Good morning, all")
    await expect(seen).to_contain_text("(edited)")
    await seen.focus()
    await seen.press("+")
    await kim.page.get_by_role("menu", name="Reactions").get_by_role("menuitem").first.press("Enter")
    reaction = ada.articles.filter(has_text="Good morning, all").get_by_role("button", name="1 reaction")
    await expect(reaction).to_have_attribute("aria-pressed", "false")
    menu = await ada.menu(ada.articles.filter(has_text="Good morning, all"))
    await menu.get_by_role("menuitem", name="Delete Message").press("Enter")
    await ada.page.get_by_role("dialog", name="Delete Message").get_by_role("button", name="Delete").click()
    await expect(seen).to_have_count(0)
