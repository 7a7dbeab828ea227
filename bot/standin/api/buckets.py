"""Rate limits: a bucket for each route and channel, server or webhook, told of in every answer's headers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.standin.clock import Clock

GENEROUS = (1000, 1.0)  # requests, seconds; so that tests do not wait unless they ask to
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass
class Bucket:
    """How many requests are left until when."""

    remaining: int
    resets_at: float


class Buckets:
    """Counts requests. `limits` holds (requests, seconds) by `"METHOD /template"`."""

    def __init__(self, clock: Clock) -> None:
        self.limits: dict[str, tuple[int, float]] = {}
        self._clock = clock
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def take(self, method: str, template: str, path: Mapping[str, str]) -> tuple[dict[str, str], float | None]:
        """Count a request; returns the headers, and the seconds to wait where there were too many."""
        route = f"{method} {template}"
        limit, seconds = self.limits.get(route, GENEROUS)
        key = (route, *(path.get(name, "") for name in MAJOR))
        now = self._clock.now()
        bucket = self._buckets.get(key)
        if bucket is None or bucket.resets_at <= now:
            bucket = self._buckets[key] = Bucket(limit, now + seconds)
        wait = bucket.resets_at - now
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, bucket.remaining - 1)),
            "X-RateLimit-Reset": f"{bucket.resets_at:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }
        if bucket.remaining <= 0:
            return headers, wait
        bucket.remaining -= 1
        return headers, None
