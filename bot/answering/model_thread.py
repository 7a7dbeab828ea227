"""The thread that models run in, one call at a time, never on the event loop."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np

from index.arrays import Vectors
from index.encode.encoder import Encoder

AT_ONCE = 8
"""Questions that share a pass through the model; each answer is delivered as soon as it is ready. Sixteen would save a
twentieth of the pass, and make the first of them wait twice as long for it."""

_NICE = 5
"""POSIX niceness of the thread, so that the event loop goes first: Discord waits three seconds for a response, and
expects heartbeats meanwhile."""

T = TypeVar("T")


class ModelThread:
    """One thread, and the encoder that runs in it."""

    def __init__(self, encoder: Encoder) -> None:
        """Begin with the first call."""
        self._encoder = encoder
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="model", initializer=_stand_back)

    @property
    def fingerprint(self) -> str:
        """What the vectors of this model are known by: those of another one cannot be compared."""
        return self._encoder.fingerprint

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` once what was begun before has ended."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, a few at a time; shape (texts, dimension)."""
        batches = [texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE)]
        vectors = [await self.run(partial(self._encoder.questions, batch)) for batch in batches]
        return np.concatenate(vectors) if vectors else self._encoder.no_vectors()

    def close(self) -> None:
        """Take no more calls, and drop those that wait."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _stand_back() -> None:
    """Lower the priority of the calling thread below the event loop's, where threads have their own (Linux)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
