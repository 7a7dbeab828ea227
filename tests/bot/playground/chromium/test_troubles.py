"""What goes wrong, and what is done at awkward moments."""

from __future__ import annotations

import os
import signal

import pytest

from bot.playground.running import Running

from .installed import Browser, expect
from .visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"


async def test_a_bot_that_ends_is_told_of_and_started_again(ada: Visitor, running: Running) -> None:
    process = running.game.keeper.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    await expect(ada.page.get_by_text("The bot has stopped.")).to_be_visible()
    await expect(ada.page.get_by_text("SIGKILL")).to_be_visible()
    await expect(ada.button("Who bakes the rye bread?")).to_be_disabled()
    await ada.button("Start it again").click()
    await expect(ada.button("Who bakes the rye bread?")).to_be_enabled(timeout=120_000)
    await expect(ada.page.get_by_text("The bot has stopped.")).to_have_count(0)
    await expect(await ada.ask(QUESTION)).to_contain_text(QUIET)


async def test_ten_megabytes_pasted_are_cut_down_and_refused_with_a_sentence(ada: Visitor) -> None:
    await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ada.page.evaluate("() => navigator.clipboard.writeText('word '.repeat(2 * 1024 * 1024))")
    await ada.box.press("Control+v")
    await expect(ada.page.get_by_text("10,485,760 characters were pasted")).to_be_visible()
    await ada.box.press("Enter")
    too_long = ada.page.get_by_text("Discord takes at most 2,000 characters")
    await expect(too_long).to_be_visible()
    await ada.box.fill("")
    await expect(too_long).to_have_count(0)
    await expect(await ada.ask(QUESTION)).to_contain_text(QUIET)


async def test_a_page_loaded_again_is_where_it_was(ada: Visitor) -> None:
    await ada.become("Kim")
    await ada.go("staff-room")
    await ada.ask(QUESTION)
    await ada.box.press_sequentially("half a sente")
    await ada.page.reload()
    await expect(ada.person("Kim")).to_be_checked()
    await expect(ada.channel("staff-room")).to_have_attribute("aria-current", "page")
    await expect(ada.last).to_contain_text(QUIET)
    await expect(ada.box).to_have_value("half a sente")


async def test_two_tabs_are_two_people_who_hear_each_other(ada: Visitor, running: Running) -> None:
    other = Visitor(await ada.page.context.new_page(), running.address.url)
    await other.arrive()
    await other.become("Mo")
    await expect(ada.person("Ada")).to_be_checked()
    await other.go("general")
    await other.say("Anybody there?")
    await expect(ada.channel("general")).to_have_accessible_name("general, text channel, 1 unread")
    await ada.go("general")
    await expect(ada.last).to_contain_text("Anybody there?")
    await ada.box.press_sequentially("Yes")
    await expect(other.page.get_by_text("Ada is typing")).to_be_visible()
    await ada.box.press("Enter")
    await expect(other.last).to_contain_text("Yes")
    await other.button("Use the light theme").click()
    await expect(ada.button("Use the dark theme")).to_be_visible()
    assert other.faults == []


async def test_what_one_person_alone_sees_is_on_all_pages_of_theirs_and_on_no_other(
    browser: Browser, ada: Visitor, kim: Visitor, running: Running
) -> None:
    async with visiting(browser, running.address.url) as twin:
        privacy = await ada.use("privacy")
        line = (await privacy.inner_text()).splitlines()[-3]
        await expect(twin.last).to_contain_text("Only you can see this")
        await expect(twin.last).to_contain_text(line)
        await expect(kim.articles.filter(has_text="Only you can see this")).to_have_count(0)


async def test_a_message_too_long_for_discord_is_kept(ada: Visitor) -> None:
    await ada.box.fill("x" * 2001)
    await ada.box.press("Enter")
    await expect(ada.page.get_by_text("Discord takes at most 2,000 characters")).to_be_visible()
    await expect(ada.box).to_have_value("x" * 2001)
