"""Lines that another process writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

LONGEST = 64 * 1024 * 1024
"""Bytes of a line: a report of a build names every document."""


async def whole_lines(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield each line as it comes; what a process that was killed has written half is none."""
    async for line in stream:
        if line.endswith(b"\n"):
            yield line
