"""Waits for something to be so, looking again whenever anything happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.standin.driver.errors import NoAnswerError
from bot.standin.state.world import World

Found = TypeVar("Found")


async def until(world: World, look: Callable[[], Found | None], seconds: float, what: str) -> Found:
    """Return what `look` finds as soon as it finds something; `NoAnswerError` after `seconds`, saying `what`."""
    happened = asyncio.Event()
    stop = world.listen(lambda _: happened.set())
    try:
        async with asyncio.timeout(seconds):
            while (result := look()) is None:
                happened.clear()
                await happened.wait()
            return result
    except TimeoutError as error:
        raise NoAnswerError(f"No {what} came within {seconds} s.") from error
    finally:
        stop()
