"""What the bot's process hears on its standard input: words that it is told, and the end, with which it ends."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from io import FileIO

WEEK = b"week"
"""A week passes: what is posted weekly is posted now."""

_GRACE = 10.0
"""Seconds that the bot has to stop when the process that started it has gone."""


class Lifeline:
    """Listens in a thread of its own."""

    def __init__(self, standard_input: FileIO) -> None:
        """Listen to `standard_input`, unbuffered, from now on."""
        self._input = standard_input
        self._on_word: Callable[[bytes], None] | None = None
        threading.Thread(target=self._listen, name="lifeline", daemon=True).start()

    def hear(self, on_word: Callable[[bytes], None]) -> None:
        """Have each word that comes from now on handed to `on_word`, in the thread that listens."""
        self._on_word = on_word

    def _listen(self) -> None:
        """Hear words until standard input ends, then stop as SIGTERM does, at last for good."""
        word = b""
        while byte := self._input.read(1):
            if byte != b"\n":
                word += byte
                continue
            if self._on_word is not None:
                self._on_word(word)
            word = b""
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE)
        os._exit(1)
