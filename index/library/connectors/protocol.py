"""What a connector is: it lists the documents there are, each with a fingerprint, and fetches one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import BaseModel, ConfigDict


class Options(BaseModel):
    """The options that a kind of connector has in `connectors.toml`, besides those that all have."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True, slots=True)
class Item:
    """A document that a connector lists.

    `name` is its path in the connector's folder, and ends as its kind demands (`guide/install.md`). `fingerprint` is
    another whenever the content is. `url` is the address that citations lead to, `date` the day of its last change
    (ISO), and `notes` what the connector wants to be told in its next run, such as an ETag.
    """

    name: str
    fingerprint: str
    url: str | None = None
    date: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that does not come, and why, in words a person can act on.

    With `keep`, what an earlier run fetched under that name stays: it could not be reached, but may be there.
    """

    name: str
    reason: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about a run that is not about one document.

    One without a text tells nothing: it lets a run that has nothing to list for a while look at its time.
    """

    text: str


Listed = Item | Skipped | Notice


class Known(Protocol):
    """What earlier runs have fetched."""

    items: Mapping[str, Item]
    """By name. Those of a run that was interrupted are among them."""

    resumed: frozenset[str]
    """The names of those that the interrupted run had fetched: they are up to date enough."""

    def data(self, name: str) -> bytes:
        """Return the bytes that were fetched; raises `OSError`."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a connector is given besides its location and options.

    `cache` is a folder of its own, kept between runs. `hosts` are hosts inside the machine or its network that may be
    reached all the same. `most_bytes` is the size past which a document is not fetched, `most_documents` the number.
    """

    cache: Path
    hosts: frozenset[str] = frozenset()
    most_bytes: int = 25 * 1024 * 1024
    most_documents: int = 10_000


class Connector(Protocol):
    """Lists documents, and fetches them."""

    def list(self, known: Known) -> Iterable[Listed]:
        """Yield the documents there are, and those that cannot be fetched.

        Each item is fetched, where its fingerprint is new, before the next one is asked for. A name that is not yielded
        is removed. Raises `ConnectorError`, and then nothing changes.
        """
        ...

    def fetch(self, item: Item) -> bytes:
        """Return the bytes of a document that was just listed.

        Raises `UnreadableError` for a reason that concerns it alone, `ConnectorError` for one that ends the run.
        """
        ...


class Kind(Protocol):
    """A kind of connector: a class, found by its name, here or among the entry points `quoth.connectors`."""

    Options: ClassVar[type[BaseModel]]

    def __call__(self, location: str, options: BaseModel, context: Context) -> Connector:
        """Make a connector; raises `ConnectorError` where the location is none. Nothing is reached for yet."""
        ...
