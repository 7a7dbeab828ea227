"""Hugo: `hugo.toml`, or `config.toml` as it was called before, in any of the three formats."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.read.edition import date_of
from index.read.site.site import Site, Values, address_of, below
from index.read.site.tables import Table, at, table_of, text_at

_TOKEN = re.compile(r":(\w+)")


def site_of(text: str, name: str) -> Site | None:
    """Return the site that the file describes; None where it is not Hugo's."""
    settings = table_of(text, name)
    if at(settings, "baseURL") is None:
        return None
    return Site(address_of(at(settings, "baseURL")), lambda page, values: _route(settings, page, values))


def _route(settings: Table, page: PurePosixPath, values: Values) -> str | None:
    own = below(page, text_at(settings, "contentDir", default="content"))
    if own is None or str(values.get("draft", "")).lower() == "true":
        return None
    lowered = {key.lower(): value for key, value in values.items()}
    if lowered.get("url"):
        return lowered["url"] if "://" not in lowered["url"] and ":" not in lowered["url"] else None
    language, own = _in_language(settings, own)
    path = _pattern(settings, own, lowered) if len(own.parts) > 1 and not own.stem.startswith("_") else ""
    if path is None:
        return None
    path = path or _path(own, lowered.get("slug", ""))
    keeps_case = at(settings, "disablePathToLower") is True
    path = re.sub(r"\s+", "-", path if keeps_case else path.lower())
    if at(settings, "uglyURLs") is True and path.strip("/"):
        path = path.rstrip("/") + ".html"
    return language + path.lstrip("/")


def _path(page: PurePosixPath, slug: str) -> str:
    """Return the path of a page: that of its folder, where it is the folder's own."""
    path = page.parent if page.stem in {"_index", "index"} else page.with_suffix("")
    slug = slug.strip("/")
    path = path.parent / slug if slug and path.name and not page.stem.startswith("_") else path
    return "" if path == PurePosixPath() else f"{path}/"


def _in_language(settings: Table, page: PurePosixPath) -> tuple[str, PurePosixPath]:
    """Return the path that a language's pages begin with, and the page without the language in its name."""
    known = at(settings, "languages")
    name, dot, code = page.stem.rpartition(".")
    if not dot or not isinstance(known, dict) or code.lower() not in {str(language).lower() for language in known}:
        return "", page
    default = text_at(settings, "defaultContentLanguage", default="en")
    own = "" if code.lower() == default.lower() and not at(settings, "defaultContentLanguageInSubdir") else f"{code}/"
    return own.lower(), page.with_name(f"{name}{page.suffix}")


def _pattern(settings: Table, page: PurePosixPath, values: Values) -> str | None:
    """Return the path that a pattern for a section makes, "" where there is none, None where it cannot be told."""
    patterns = at(settings, "permalinks", "page") or at(settings, "permalinks")
    section = page.parts[0]
    pattern = patterns.get(section) if isinstance(patterns, dict) else None
    if not isinstance(pattern, str):
        return ""
    day = date_of(values, str(page)) or ""
    name = values.get("slug") or (page.parent.name if page.stem == "index" else page.stem)
    tokens = {"section": section, "sections": str(page.parent), "slug": name, "filename": name, "contentbasename": name}
    if day:
        tokens |= dict(zip(("year", "month", "day"), day.split("-"), strict=True))
    if not values.get("slug") and "title" in values:
        tokens.pop("slug")  # it is made of the title, in ways of its own
    if not all(token in tokens for token in _TOKEN.findall(pattern)):
        return None
    return _TOKEN.sub(lambda match: tokens[match[1]], pattern)
