"""Whether the writer's server can be used, for `quoth doctor`."""

from __future__ import annotations

from bot.writing.server import ChatServer, WriterError
from index.records import Quote

_TEXT = "The test office opens at nine."
_QUOTE = Quote("test", "Test", (), None, (1, 1), 0, len(_TEXT), _TEXT, None, 0.0)


async def examine(server: ChatServer) -> str | None:
    """Have a sentence written from a sentence of ours; return what is wrong, or None."""
    try:
        await server.draft("When does the test office open?", (), [_QUOTE])
    except WriterError as error:
        return str(error)
    return None
