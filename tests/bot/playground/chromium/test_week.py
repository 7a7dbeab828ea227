"""A week passes at the press of a button, where the digest goes."""

from __future__ import annotations

import pytest

from .accessible import violations
from .installed import expect
from .visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_week_passes_where_the_digest_goes(ada: Visitor) -> None:
    await expect(ada.button("A week passes")).to_be_hidden()
    await ada.ask("When does the sauna in the basement open?")
    await ada.become("Mo")
    await ada.go("moderators")
    await ada.button("A week passes").click()
    await expect(ada.last).to_contain_text("What was asked in the last 7 days")
    assert await violations(ada) == []
    await ada.button("What the bot did").click()
    await expect(ada.button("A week passes")).to_be_visible()
    await expect(ada.page.get_by_role("heading", level=1, name="moderators")).to_be_visible()
