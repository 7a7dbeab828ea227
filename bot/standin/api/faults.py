"""Failures on request: 429s, 5xx and broken connections, for the next few requests or for some share of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

TOO_MANY = 429
NO_RESPONSE = 0
"""The connection is cut, and nothing is answered at all."""


@dataclass
class Fault:
    """What goes wrong with requests that match `pattern` (`"POST /channels/*"`, over the route's template).

    `times` is how often at most (None: always); `rate` the share of requests that are hit. A 5xx, or a
    connection that breaks (`NO_RESPONSE`), `after` the request was carried out is the worst kind: the bot does not know
    that it succeeded.
    """

    pattern: str
    status: int
    times: int | None = 1
    rate: float = 1.0
    retry_after: float = 0.05
    is_global: bool = False
    after: bool = False
    hits: int = 0
    seed: int = 0
    random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - faults must repeat, not be unguessable

    def strikes(self, method: str, template: str) -> bool:
        """Say whether this request is hit, and count it."""
        spent = self.times is not None and self.hits >= self.times
        if spent or not fnmatchcase(f"{method} {template}", self.pattern) or self.random.random() >= self.rate:
            return False
        self.hits += 1
        return True


class Faults:
    """All that is to go wrong."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Have `fault` happen; returns it, whose `hits` counts."""
        self._faults.append(fault)
        return fault

    def fail(self, pattern: str, status: int, times: int = 1, retry_after: float = 0.05) -> Fault:
        """Have the next `times` requests that match fail with `status`."""
        return self.add(Fault(pattern, status, times, retry_after=retry_after))

    def lose(self, pattern: str, times: int = 1) -> Fault:
        """Have the next `times` requests that match be carried out and their responses get lost."""
        return self.add(Fault(pattern, NO_RESPONSE, times, after=True))

    def at_rate(
        self, rate: float, statuses: Sequence[int] = (TOO_MANY, 502), pattern: str = "*", seed: int = 0
    ) -> None:
        """Have a share of all requests fail, evenly with each of `statuses`, the same ones for the same seed."""
        for number, status in enumerate(statuses):
            share = rate / len(statuses)
            self.add(Fault(pattern, status, None, share, seed=seed + number))

    def clear(self) -> None:
        """Have nothing go wrong any more."""
        self._faults.clear()

    def next(self, method: str, template: str) -> Fault | None:
        """Return what goes wrong with a request."""
        return next((fault for fault in self._faults if fault.strikes(method, template)), None)
