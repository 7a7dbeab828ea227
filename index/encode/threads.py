"""How the model's work is spread over the processor's cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def one_for_numpy() -> None:
    """Have OpenBLAS compute each product in the thread that asks for it.

    OpenBLAS's own threads wait for work, and for each other, in a loop that occupies a core. Where another process
    wants that core, a product of 14 rows takes a hundred times as long as in one thread. `side_by_side` uses the cores
    instead, for texts that need not wait for each other.
    """
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().select(threading_layer="pthreads").limit(limits=1)


def count() -> int:
    """Return how many threads may compute at once: `OMP_NUM_THREADS`, or as many as there are cores for this process.

    torch and FAISS follow the same variable.
    """
    count = os.environ.get("OMP_NUM_THREADS", "")
    if count.isdecimal() and int(count) > 0:
        return int(count)
    affinity = getattr(os, "sched_getaffinity", None)  # Linux alone has it
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Return what `work` makes of each item, one thread a core; it should spend its time outside the interpreter."""
    if len(items) < 2 or count() < 2:  # noqa: PLR2004 -- nothing to do at once
        return [work(item) for item in items]
    return list(_pool(count()).map(work, items))


@lru_cache(maxsize=1)
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="model")
