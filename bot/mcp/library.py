"""What an MCP client may ask for, answered from what one audience may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from bot import json_records
from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.answering.desk import Desk
from bot.manners.markup import searchable
from index.answer.asked import Asked
from index.records import Turn
from index.store import lookup
from index.store.lookup import Part
from index.store.values import Source, StoredDocument

T = TypeVar("T")


class Library:
    """The documents that `audience` may see, as if there were no others."""

    def __init__(self, desk: Desk, audience: Audience) -> None:
        """Answer from `desk`."""
        self._desk = desk
        self._audience = audience

    async def ask(self, question: str, source: str | None, history: Sequence[Turn]) -> dict[str, Any]:
        """Return the answer as `quoth ask --json` prints it; raises `SourceError` if no one document is `source`."""
        scope = None if source is None else frozenset({(await self._look_up(lambda seen: _named(seen, source))).source})
        asked = Asked(searchable(question) or question, tuple(history), scope)
        answer = await self._desk.answer(asked, self._audience)
        return json_records.of_answer(replace(answer, question=question))

    async def find(self, name: str, limit: int) -> list[dict[str, Any]]:
        """Return the documents and sections whose names are most like `name`, best first."""
        return [asdict(match) for match in await self._look_up(lambda seen: seen.names.find(name, limit))]

    async def show(self, name: str, part: Part) -> dict[str, Any]:
        """Return a document, or a part of it; raises `SourceError` if there is no such document or part."""

        def look(seen: VisibleDocuments) -> dict[str, Any]:
            return json_records.of_excerpt(lookup.excerpt(seen.document(_named(seen, name).source), part))

        return await self._look_up(look)

    async def sources(self, limit: int) -> Sequence[Source]:
        """Return the first `limit` documents."""
        return await self._look_up(lambda seen: seen.sources[:limit])

    async def document(self, source: str) -> StoredDocument | None:
        """Return the document whose source is `source`; None if there is none to be seen."""
        try:
            return await self._look_up(lambda seen: seen.document(source))
        except KeyError:
            return None

    async def _look_up(self, look: Callable[[VisibleDocuments], T]) -> T:
        return await self._desk.look_up(look, self._audience)


def _named(seen: VisibleDocuments, name: str) -> Source:
    return lookup.named(seen.sources, name, seen.names)
