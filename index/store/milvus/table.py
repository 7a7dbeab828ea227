"""Reads one collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.arrays import Vectors
from index.errors import DamagedError
from index.store.milvus.connection import Connection, MissingError

_SEEN = "Bounded"
"""A generation in use does not change, so data a few seconds old is complete."""


class Table:
    """A collection by its name."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.name = name
        self._connection = connection

    def rows(self, where: str, *fields: str) -> list[dict[str, Any]]:
        """Return `fields` of the rows that match a filter, in no order."""
        given: dict[str, Any] = {"filter": where, "output_fields": list(fields)}
        return list(self._ask("query", consistency_level=_SEEN, **given))

    def at(self, rows: Sequence[int], *fields: str) -> list[dict[str, Any]]:
        """Return `fields` of the passages at `rows`, in no order."""
        return self.rows(f"row in {list(map(int, rows))}", *fields)

    def count(self) -> int:
        """Return how many rows there are now."""
        given: dict[str, Any] = {"filter": "", "output_fields": ["count(*)"], "consistency_level": "Strong"}
        return int(self._ask("query", **given)[0]["count(*)"])

    def nearest(
        self, wanted: str | Vectors, field: str, limit: int, where: str, how: dict[str, Any]
    ) -> list[tuple[int, float]]:
        """Return the rows whose `field` is most similar to what is wanted, best first, with Milvus's scores."""
        hits = self._ask(
            "search",
            data=[wanted],
            anns_field=field,
            limit=limit,
            filter=where,
            search_params=how,
            output_fields=["row"],
            consistency_level=_SEEN,
        )[0]
        return [(int(hit["entity"]["row"]), float(hit["distance"])) for hit in hits]

    def _ask(self, verb: str, **given: Any) -> Any:
        """Send a request; raises `DamagedError` if the collection is gone, so that a fallback can be used."""
        try:
            return self._connection.ask(verb, self.name, **given)
        except MissingError as error:
            raise DamagedError(f"{self.name} is no longer in Milvus: run `quoth index build`.") from error
