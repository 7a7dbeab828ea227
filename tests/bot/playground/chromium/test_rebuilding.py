"""Looking after the index, and dropping documents on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from .installed import expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

_WATCH = """log => {
    window.seen = [];
    new MutationObserver(() => window.seen.push(log.innerText)).observe(
        log, { childList: true, characterData: true, subtree: true }
    );
}"""


async def test_a_rebuild_shows_how_far_it_is_and_what_it_took_in_and_can_be_taken_back(
    mo: Visitor, ada: Visitor, documents: Path
) -> None:
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays for cleaning.\n")
    question = "When is the pool closed?"
    await mo.go("moderators")
    await mo.log.evaluate(_WATCH)
    await mo.begin("index rebuild")
    await mo.page.keyboard.press("Enter")
    rebuilt = mo.articles.filter(has_text="Added (1)").last
    await expect(rebuilt).to_be_visible(timeout=120_000)
    await expect(rebuilt).to_contain_text("Mo used /index rebuild")
    assert any("Rebuilding the index" in seen for seen in await mo.page.evaluate("window.seen"))
    await expect(await ada.ask(question)).to_contain_text("closed on Mondays")
    status = await mo.use("index status")
    await expect(status).to_contain_text("documents")
    asked = await mo.use("index rollback")
    await expect(asked).to_contain_text("Pool")
    await asked.get_by_role("button", name="Go back").click()
    await expect(mo.articles.last).to_contain_text("documents")
    await expect(await ada.ask(question)).not_to_contain_text("closed on Mondays")
    (documents / "pool.md").unlink()


async def test_documents_are_picked_and_asked_about_and_others_are_refused_with_the_reason(
    ada: Visitor, tmp_path: Path
) -> None:
    good, refused, large = (tmp_path / name for name in ("tides.md", "film.mp4", "large.txt"))
    good.write_text("# Tides\n\nThe spring tide comes on Thursday at noon.\n")
    refused.write_bytes(b"\x00\x00\x00\x18ftypmp42")
    with large.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    async with ada.page.expect_file_chooser() as choosing:
        await ada.button("Add documents").click()
    await (await choosing.value).set_files([good, refused, large])
    card = ada.page.get_by_role("region", name="Added documents")
    await expect(card).to_contain_text("large.txt: It is larger than")
    await expect(card).to_contain_text("film.mp4")
    await expect(card.get_by_role("status")).to_contain_text("1 document was added", timeout=120_000)
    await expect(card).to_contain_text("tides.md")
    await card.get_by_role("button", name="Put away").click()
    await expect(card).to_be_hidden()
    await expect(await ada.ask("When does the spring tide come?")).to_contain_text("on Thursday at noon")


async def test_documents_are_dropped_anywhere_on_the_page(ada: Visitor) -> None:
    files = await ada.page.evaluate_handle("""() => {
        const held = new DataTransfer();
        held.items.add(new File(["# Ferry\\n\\nThe ferry leaves from pier nine.\\n"], "ferry.md"));
        return held;
    }""")
    await ada.log.dispatch_event("dragenter", {"dataTransfer": files})
    await expect(ada.page.get_by_text("Drop documents to add them")).to_be_visible()
    await ada.log.dispatch_event("drop", {"dataTransfer": files})
    card = ada.page.get_by_role("region", name="Added documents")
    await expect(card.get_by_role("status")).to_contain_text("1 document was added", timeout=120_000)
    await expect(await ada.ask("Where does the ferry leave from?")).to_contain_text("pier nine")
