"""One collection, read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.encoder import Vectors
from index.milvus.connection import Connection

_SEEN = "Bounded"
"""Nothing is added to a generation that is read: what is a few seconds old is all there is."""


class Table:
    """A collection by its name."""

    def __init__(self, connection: Connection, name: str) -> None:
        """Nothing is asked yet."""
        self.name = name
        self._connection = connection

    def rows(self, where: str, *fields: str) -> list[dict[str, Any]]:
        """Return `fields` of the rows that a filter lets pass, in no order."""
        given: dict[str, Any] = {"filter": where, "output_fields": list(fields)}
        return list(self._connection.ask("query", self.name, consistency_level=_SEEN, **given))

    def at(self, rows: Sequence[int], *fields: str) -> list[dict[str, Any]]:
        """Return `fields` of the passages at `rows`, in no order."""
        return self.rows(f"row in {list(map(int, rows))}", *fields)

    def count(self) -> int:
        """Return how many rows there are now."""
        given: dict[str, Any] = {"filter": "", "output_fields": ["count(*)"], "consistency_level": "Strong"}
        return int(self._connection.ask("query", self.name, **given)[0]["count(*)"])

    def nearest(
        self, wanted: str | Vectors, field: str, limit: int, where: str, how: dict[str, Any]
    ) -> list[tuple[int, float]]:
        """Return the rows whose `field` is most like what is wanted, best first, and how like Milvus says that is."""
        hits = self._connection.ask(
            "search",
            self.name,
            data=[wanted],
            anns_field=field,
            limit=limit,
            filter=where,
            search_params=how,
            output_fields=["row"],
            consistency_level=_SEEN,
        )[0]
        return [(int(hit["entity"]["row"]), float(hit["distance"])) for hit in hits]
