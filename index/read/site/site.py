"""A site that a tool makes of a folder: which address each page of the folder has on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import quote, urlsplit

Values = Mapping[str, str]
"""The front matter of a page, by key: what stands in another table has both keys, with `.` between."""

Route = Callable[[PurePosixPath, Values], str | None]
"""From a page's path in the site's folder to its path on the site; None where it has none, or none that is known."""

_EMPTY: Mapping[str, str] = MappingProxyType({})
_INDICES = frozenset(["index", "readme"])
_NO_SLUG = re.compile(r"[^\w\s-]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Site:
    """A site: its `address` (None where that is not plainly said), the way from pages to paths, and more.

    `titles` are those that its navigation gives to pages, by path in the folder; `terms` are words that stand for
    others in all of its pages. `parts` are further folders that files lie in which pages show. `mdx` says that all
    Markdown is MDX, and `interpolated` that `{{ … }}` in it shows what is computed.
    `objects` says that mkdocstrings describes code in them.
    `sphinx` says that Sphinx makes it; `settings` are then the values that its configuration writes out, by name.
    """

    address: str | None
    route: Route
    titles: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    terms: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    parts: tuple[str, ...] = ()
    mdx: bool = False
    interpolated: bool = False
    objects: bool = False
    sphinx: bool = False
    settings: Mapping[str, object] = field(default_factory=lambda: _EMPTY)

    def url_of(self, page: PurePosixPath, values: Values) -> str | None:
        """Return the address of a page, where it is known."""
        path = self.route(page, values) if self.address else None
        if path is None or self.address is None:
            return None
        if path.startswith("//") or ".." in path.split("/"):
            return None
        return self.address.rstrip("/") + "/" + quote(path.lstrip("/"), safe="/:@!$&'()*+,;=~-._%")


def address_of(url: object, base: object = "") -> str | None:
    """Return the address that a site's own address and the path below it make; None where it is no web address."""
    if not isinstance(url, str) or not isinstance(base, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or re.search(r"[\s${}<>]", url):
        return None
    if parts.hostname in {"localhost", "127.0.0.1", "0.0.0.0"}:  # noqa: S104 -- an address to refuse
        return None
    below = base.strip("/") if base.strip("/") != parts.path.strip("/") else ""
    return f"{parts.scheme}://{parts.netloc}/" + "/".join(filter(None, (parts.path.strip("/"), below)))


def below(page: PurePosixPath, folder: str) -> PurePosixPath | None:
    """Return a page's path below a folder, or None where it lies elsewhere."""
    folder = folder.strip("/").removeprefix("./")
    if folder in {"", "."}:
        return page
    return page.relative_to(folder) if page.is_relative_to(folder) else None


def is_index(page: PurePosixPath) -> bool:
    """Return whether a page is that of its folder."""
    return page.stem.lower() in _INDICES


def folder_route(page: PurePosixPath) -> str:
    """Return `a/b/` for `a/b.md`, and `a/` for `a/index.md`."""
    path = page.parent if is_index(page) else page.with_suffix("")
    return "" if path == PurePosixPath() else f"{path}/"


def file_route(page: PurePosixPath, ending: str = ".html") -> str:
    """Return `a/b.html` for `a/b.md`, and `a/index.html` for `a/README.md`."""
    path = page.with_name("index") if is_index(page) else page.with_suffix("")
    return f"{path}{ending}"


def slug(text: str) -> str:
    """Return a name as most tools write it in addresses: in lower case, words joined by hyphens."""
    plain = _NO_SLUG.sub("", unicodedata.normalize("NFC", text).strip().lower())
    return re.sub(r"\s+", "-", plain)
