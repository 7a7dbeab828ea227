"""How many questions a day the language model is asked: in all, for a server, for a person."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

_DAY = 86_400


class Budget:
    """Counts by days of UTC, in memory: a restart begins anew. Not thread-safe."""

    def __init__(self, daily: int, server: int, person: int, clock: Callable[[], float] = time.time) -> None:
        """Allow so many a day in all, for one server and for one person."""
        self._most = {"all": daily, "server": server, "person": person}
        self._clock = clock
        self._day = 0
        self._spent: Counter[tuple[str, int]] = Counter()

    def take(self, person: int | None, server: int | None) -> bool:
        """Take one from all three, or none where one of them is spent; tell which."""
        today = int(self._clock() // _DAY)
        if today != self._day:
            self._day = today
            self._spent.clear()
        kinds = {"all": 0, "server": server, "person": person}
        keys = [(kind, number) for kind, number in kinds.items() if number is not None]
        if any(self._spent[key] >= self._most[key[0]] for key in keys):
            return False
        self._spent.update(keys)
        return True
