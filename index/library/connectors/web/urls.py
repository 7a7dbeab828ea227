"""URLs of pages: put into one form, held to a host and path, and turned into names of files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import splitext
from urllib.parse import unquote

from yarl import URL

from index.read.characters import is_plain as is_plain_name
from index.read.kinds import READERS

_TRACKING = re.compile(r"utm_\w+|gclid|fbclid|mc_[ce]id|phpsessid|jsessionid|sessionid|sid", re.IGNORECASE)
_PAGES = frozenset(["", ".html", ".htm", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".cgi", ".cfm", ".do"])
_INDEX = frozenset(["index.html", "index.htm", "index.php", "default.aspx"])
_ASSETS = frozenset(
    """
    .png .jpg .jpeg .gif .svg .webp .avif .ico .bmp .tiff .css .js .mjs .map .json .xml .rss .atom .woff .woff2 .ttf
    .eot .otf .mp3 .mp4 .webm .ogg .wav .avi .mov .mkv .zip .gz .tar .tgz .xz .bz2 .7z .rar .jar .exe .msi .dmg .deb
    .rpm .apk .iso .bin .wasm .ics
    """.split()
)
_DEEPEST = 20
_REPEATED = 3
_LONGEST = 2000
_LONGEST_PART = 120
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/csv": ".csv",
}


def written(text: str) -> URL:
    """Return an address as people write it: blanks in it are encoded as browsers do; raises `ValueError`."""
    return URL(text.strip().replace(" ", "%20"))


def normal(url: URL) -> URL:
    """Return a URL without its fragment, and without what in its query says only where somebody came from."""
    if not url.raw_query_string:
        return url.with_fragment(None) if url.raw_fragment else url
    pairs = url.raw_query_string.split("&")
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(unquote(pair.partition("=")[0]))]
    query = f"?{'&'.join(kept)}" if kept else ""
    return url.with_fragment(None) if kept == pairs else URL(f"{url.with_query(None).with_fragment(None)}{query}")


def alike(url: URL) -> str:
    """Return what two URLs of one page have in common: `/guide`, `/guide/` and `/guide/index.html`."""
    path = url.path
    head, _, last = path.rpartition("/")
    path = f"{head}/" if last.lower() in _INDEX else path
    return f"{url.host}{path.rstrip('/').removesuffix('.html')}?{url.query_string}"


@dataclass(frozen=True, slots=True)
class Scope:
    """The host and the path that pages have to be at."""

    host: str
    port: int | None
    path: str

    @classmethod
    def of(cls, url: URL) -> Scope:
        """Return the scope of a sitemap or start page: the folder that it is in."""
        return cls((url.host or "").lower(), _port(url), url.path.rpartition("/")[0] + "/")

    def holds(self, url: URL) -> bool:
        """Tell whether a URL is in it; http and https are one, for a site that moves from one to the other."""
        if url.scheme not in {"http", "https"} or url.user or len(str(url)) > _LONGEST:
            return False
        return self.has_host(url) and f"{url.path}/".startswith(self.path) and _is_sane(url)

    def has_host(self, url: URL) -> bool:
        """Tell whether a URL is at the same host."""
        return (url.host or "").lower() == self.host and _port(url) == self.port

    def name(self, url: URL, content_type: str) -> str | None:
        """Return the name of the file of a page, below the path; None where its kind is not read.

        No folder is called as a file may be: `/a.html` and `/a.html/b` lie beside each other.
        """
        path = f"{url.path}/" if self.path == f"{url.path}/" else url.path
        parts = [_safe(part) for part in unquote(path[len(self.path) :]).split("/") if part]
        if path.endswith("/") or not parts:
            parts.append("index")
        ending = _ending(parts[-1], content_type)
        if ending is None:
            return None
        stem = parts[-1].removesuffix(PurePosixPath(parts[-1]).suffix) if _has_ending(parts[-1]) else parts[-1]
        query = f"@{_safe(url.query_string)}" if url.query_string else ""
        folders = [f"{part}-" if PurePosixPath(part).suffix.lower() in READERS else part for part in parts[:-1]]
        return "/".join([*folders, f"{_cut(stem + query)}{ending}"])

    def names_elsewhere(self, url: URL, name: str) -> bool:
        """Tell whether a page that has a `name` from an earlier run would lie in another folder now."""
        return PurePosixPath(name).parent != PurePosixPath(self.name(url, "text/html") or name).parent


def is_page(url: URL) -> bool:
    """Tell whether a URL may be that of a page or a document: pictures, programs and feeds are not asked for."""
    return splitext(url.path)[1].lower() not in _ASSETS


def apart(name: str, url: URL) -> str:
    """Return another name for a page, for where its own is taken."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{hashlib.sha256(str(url).encode()).hexdigest()[:8]}{path.suffix}"))


def _port(url: URL) -> int | None:
    """Return the port of a URL, None where it is that of its scheme."""
    return None if url.is_default_port() else url.port


def _is_sane(url: URL) -> bool:
    """Tell whether a path is one that a person would make: none so deep, or so repetitive, as endless ones are."""
    parts = [part for part in url.path.split("/") if part]
    return len(parts) <= _DEEPEST and all(parts.count(part) < _REPEATED for part in set(parts))


def _ending(name: str, content_type: str) -> str | None:
    own = PurePosixPath(name).suffix.lower()
    if content_type in _TYPES:
        is_text = content_type == "text/plain" and own in READERS
        return own if is_text else _TYPES[content_type]
    return own if own in READERS else None


def _has_ending(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in {*READERS, *_PAGES}


def _safe(part: str) -> str:
    plain = re.sub(r"[\x00-\x1f\\/:*?\"<>|\x7f]", "-", part).strip().lstrip(".").strip()
    return _cut(plain if is_plain_name(plain) else "".join(c for c in plain if is_plain_name(c))) or "page"


def _cut(text: str) -> str:
    data = text.encode()
    if len(data) <= _LONGEST_PART:
        return text
    return f"{data[:_LONGEST_PART].decode(errors='ignore')}-{hashlib.sha256(data).hexdigest()[:8]}"


def chosen(urls: Iterable[URL], scope: Scope) -> list[URL]:
    """Return those URLs that are in a scope, in their normal form, each once."""
    return list(dict.fromkeys(normal(url) for url in urls if scope.holds(url)))
