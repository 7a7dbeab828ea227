"""MkDocs: `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from index.read.site.site import Site, Values, address_of, below, file_route, folder_route
from index.read.site.tables import at, table_of, text_at

_DEEPEST = 20


def site_of(text: str, name: str) -> Site | None:
    """Return the site that the file describes."""
    settings = table_of(text, name)
    docs = text_at(settings, "docs_dir", default="docs")
    folders = at(settings, "use_directory_urls") is not False
    plugins = str(at(settings, "plugins"))
    has_blog = "blog" in plugins

    def route(page: PurePosixPath, _values: Values) -> str | None:
        own = below(page, docs)
        if own is None or (has_blog and "posts" in own.parts):  # posts are named by their date and title
            return None
        return folder_route(own) if folders else file_route(own)

    titles = {str(PurePosixPath(docs, path)): title for path, title in _titles(at(settings, "nav"), 0)}
    parts = tuple(_parts(at(settings, "markdown_extensions")))
    return Site(address_of(at(settings, "site_url")), route, titles, parts=parts, objects="mkdocstrings" in plugins)


def _parts(extensions: object) -> Iterator[str]:
    """Yield the folders in which extensions look for files that pages show."""
    each = extensions if isinstance(extensions, list) else [extensions]
    named = (
        options
        for extension in each
        if isinstance(extension, dict)
        for options in extension.values()
        if isinstance(options, dict)
    )
    for options in named:
        base = options.get("base_path")
        yield from (path for path in (base if isinstance(base, list) else [base]) if isinstance(path, str))


def _titles(nav: object, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the pages of a navigation that it gives a title."""
    for entry in nav if isinstance(nav, list) and depth < _DEEPEST else []:
        for title, page in entry.items() if isinstance(entry, dict) else ():
            if isinstance(page, str):
                yield page, str(title)
            else:
                yield from _titles(page, depth + 1)
