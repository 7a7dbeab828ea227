"""Who may do and see what: Ada is a member, Mo moderates, Kim is of the staff."""

from __future__ import annotations

import pytest

from .installed import expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Where does the spare key to the boathouse hang?"
KEY = "behind the clock"


async def test_only_who_may_rebuild_is_offered_it(ada: Visitor, mo: Visitor) -> None:
    await ada.box.press_sequentially("/index")
    await expect(ada.suggestions).to_have_count(0)
    await mo.box.press_sequentially("/index")
    await expect(mo.suggestions).to_contain_text(["/index rebuild", "/index rollback", "/index status"])


async def test_closed_channels_are_seen_by_those_who_may(ada: Visitor, mo: Visitor, kim: Visitor) -> None:
    for visitor, there in ((ada, 0), (mo, 1), (kim, 1)):
        await expect(visitor.channel("staff-room")).to_have_count(there)
    for visitor, there in ((ada, 0), (mo, 1), (kim, 0)):
        await expect(visitor.channel("moderators")).to_have_count(there)


async def test_a_closed_folder_is_quoted_to_the_staff_in_their_room(kim: Visitor, mo: Visitor) -> None:
    for visitor in (kim, mo):
        await visitor.go("staff-room")
        await expect(await visitor.ask(QUESTION)).to_contain_text(KEY)
    await mo.go("general")
    await expect(await mo.ask(QUESTION)).not_to_contain_text(KEY)


async def test_others_find_nothing_of_it_neither_by_answers_nor_by_names(ada: Visitor) -> None:
    await expect(await ada.ask(QUESTION)).not_to_contain_text(KEY)
    form = await ada.begin("source show")
    await ada.page.keyboard.type("staff/keys.md")
    source = form.get_by_role("combobox", name="source")
    await expect(source).not_to_have_attribute("aria-busy", "true")
    await expect(ada.suggestions.filter(has_text="Keys")).to_have_count(0)
    async with ada.answer() as answer:
        await source.press("Escape")
        await source.press("Enter")
    await expect(answer.shown).to_contain_text("No document goes by the name")
    async with ada.answer() as matches:
        await ada.begin("source find")
        await ada.page.keyboard.insert_text("keys")
        await ada.page.keyboard.press("Enter")
    await expect(matches.shown).not_to_contain_text("staff/keys.md")


async def test_whoever_leaves_their_name_leaves_their_rights(kim: Visitor) -> None:
    await kim.go("staff-room")
    await kim.become("Ada")
    await expect(kim.channel("staff-room")).to_have_count(0)
    await expect(kim.log).to_have_attribute("aria-label", "Messages in questions")
