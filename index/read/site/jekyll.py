"""Jekyll: `_config.yml`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.read.site.site import Site, Values, address_of, file_route, folder_route
from index.read.site.tables import Table, at, table_of, text_at

_POST = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)-(?P<title>.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = re.compile(r":([a-z_]+)")


def site_of(text: str, name: str) -> Site | None:
    """Return the site that the file describes."""
    settings = table_of(text, name)
    style = text_at(settings, "permalink", default="date")

    def route(page: PurePosixPath, values: Values) -> str | None:
        own = values.get("permalink", "")
        if own:
            return own if own.startswith("/") and ":" not in own else None
        if "_posts" in page.parts:
            return _post(page, style, values)
        collection = page.parts[0].removeprefix("_") if page.parts[0].startswith("_") else ""
        if collection:
            return _of_collection(page, collection, settings)
        return _page(page, style)

    return Site(address_of(at(settings, "url"), at(settings, "baseurl") or ""), route)


def _page(page: PurePosixPath, style: str) -> str | None:
    if any(part.startswith("_") for part in page.parts):
        return None
    if style == "pretty" or style.endswith("/"):
        return folder_route(page)
    path = file_route(page)
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def _post(page: PurePosixPath, style: str, values: Values) -> str | None:
    match = _POST.fullmatch(page.stem)
    categories = values.keys() & {"category", "categories"}
    pattern = _STYLES.get(style, style)
    if match is None or page.parts[0] != "_posts" or (categories and ":categories" in pattern):
        return None
    return _filled(pattern, {**match.groupdict(), "slug": match["title"], "categories": ""})


def _of_collection(page: PurePosixPath, name: str, settings: Table) -> str | None:
    """Return the path of a page in a collection, where the collection is shown."""
    if at(settings, "collections", name, "output") is not True:
        return None
    pattern = text_at(settings, "collections", name, "permalink", default="/:collection/:path:output_ext")
    own = PurePosixPath(*page.parts[1:]).with_suffix("")
    return _filled(pattern, {"collection": name, "path": str(own), "name": own.name, "title": own.name})


def _filled(pattern: str, known: dict[str, str]) -> str | None:
    """Return a pattern with what is known in the place of its tokens; None where it has others."""
    tokens = {"output_ext": ".html", **known}
    if not all(token in tokens for token in _TOKEN.findall(pattern)):
        return None
    return re.sub(r"/{2,}", "/", _TOKEN.sub(lambda match: tokens[match[1]], pattern))
