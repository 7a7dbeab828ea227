"""How much one person may have done at once."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from bot.answering.limits import SHARE, TYPING_SHARE, Limits, TooManyError, TooSoonError

ADA, EVE = 1, 2


def test_one_person_has_a_share_and_never_all() -> None:
    limits = Limits(0, at_once=SHARE + 1)
    with ExitStack() as held:
        for _ in range(SHARE):
            held.enter_context(limits.admitted(EVE, asks=False))
        for way in (lambda: limits.admitted(EVE), lambda: limits.admitted(EVE, asks=False), lambda: limits.share(EVE)):
            with pytest.raises(TooSoonError), way():
                pass
        with limits.admitted(ADA):
            assert limits.in_progress == SHARE + 1
            with pytest.raises(TooManyError), limits.admitted(3):
                pass
    assert limits.in_progress == 0
    with limits.admitted(EVE):
        pass


async def test_a_task_that_is_counted_counts_once_and_until_it_ends_or_waits_for_others() -> None:
    limits, go_on, waits = Limits(0, at_once=9), asyncio.Event(), asyncio.Event()

    async def press(*, for_a_build: bool) -> None:
        limits.count_current(EVE)
        with limits.admitted(EVE), limits.share(EVE):
            if for_a_build:
                limits.stop_counting()
            waits.set()
            await go_on.wait()

    async def under_way(*, for_a_build: bool = False) -> asyncio.Task[None]:
        waits.clear()
        task = asyncio.create_task(press(for_a_build=for_a_build))
        await waits.wait()
        return task

    waiting = [await under_way(for_a_build=True) for _ in range(SHARE + 1)]
    pressed = [await under_way() for _ in range(SHARE)]
    with pytest.raises(TooSoonError):
        limits.count_current(EVE)
    limits.count_current(ADA)
    go_on.set()
    await asyncio.gather(*waiting, *pressed)
    assert limits.in_progress == 0
    assert await under_way()


def test_presses_and_what_is_said_unasked_begin_no_cooldown_and_have_none() -> None:
    now = [0.0]
    limits = Limits(10, at_once=5, clock=lambda: now[0])
    with limits.admitted(ADA, asks=False):
        pass
    with limits.admitted(ADA):
        pass
    with pytest.raises(TooSoonError, match="10 s"), limits.admitted(ADA):
        pass
    with limits.admitted(ADA, asks=False), limits.share(ADA):
        pass
    now[0] = 10.0
    with limits.admitted(ADA):
        pass


def test_typing_has_a_share_of_its_own() -> None:
    limits = Limits(0, at_once=5)
    with ExitStack() as held:
        admitted = [held.enter_context(limits.typing(EVE)) for _ in range(TYPING_SHARE + 2)]
        assert admitted == [True] * TYPING_SHARE + [False] * 2
        with limits.typing(ADA) as other, limits.admitted(EVE):
            assert other
    with limits.typing(EVE) as again:
        assert again
