"""How long to wait for a server, and how often to retry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for `connect`ing, for one `answer`, for `all` tries together, and the `pauses` between them."""

    connect: float
    answer: float
    all: float
    pauses: tuple[float, ...]


ASKED = Patience(connect=3, answer=10, all=15, pauses=(0.2, 0.6, 1.5))
"""For questions: somebody waits, and others behind them."""

BUILDING = Patience(connect=10, answer=90, all=300, pauses=(0.5, 1, 2, 4, 8, 16, 30, 60))
"""For builds: a restarted server loads its model in a minute or two."""
