"""Docusaurus: `docusaurus.config.js`, and the list of its versions in `versions.json`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.read.site.javascript import Script, Table, labelled
from index.read.site.site import Site, Values, address_of, below

_PREFIX = re.compile(r"\d+\s*[-_.]+\s*(?=[^\d\s])|\d+\s*[-_.]+\s*(?=\d+[^\d.\s-])")
_DAY = re.compile(r"(?P<day>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<rest>.*)")
_VERSIONED = re.compile(r"(?:(?P<id>\w+)_)?versioned_docs/version-(?P<version>[^/]+)")


@dataclass(frozen=True, slots=True)
class _Docs:
    """A set of documents: the folder that they lie in, and the path that they have on the site."""

    folder: str
    route: str
    id: str = ""


def site_of(text: str, versions: str, sidebars: str = "") -> Site:
    """Return the site that the configuration describes, of which `versions` lists the versions, newest first.

    The `sidebars` name documents by their ids, which are their paths unless a page says otherwise.
    """
    script = Script(text)
    sets = _sets(script)
    released = _versions(versions)
    keeps_numbers = script.setting("numberPrefixParser") == "false"
    ending = "/" if script.setting("trailingSlash") == "true" else ""
    blog = _blog(script)

    def route(page: PurePosixPath, values: Values) -> str | None:
        if any(part.startswith("_") for part in page.parts) or values.get("draft", "").lower() == "true":
            return None
        path = _post(page, values, blog)
        if path is None and (own := below(page, "src/pages")) is not None:
            path = "/".join(_parts(own, keeps_numbers=True))
        if path is None:
            path = _document(page, values, sets, released, keeps_numbers=keeps_numbers)
        return None if path is None else _ended(path, ending)

    is_mdx = script.setting("format") not in {"md", "detect"}
    titles = {
        f"{docs.folder}/{name}{ending}": label
        for docs in [docs for docs in sets if not docs.id][:1]
        for name, label in labelled(sidebars, "id", "label")
        for ending in (".md", ".mdx")
    }
    return Site(address_of(script.setting("url"), script.setting("baseUrl") or ""), route, titles, mdx=is_mdx)


def _ended(path: str, ending: str) -> str:
    path = re.sub(r"/{2,}", "/", path).strip("/")
    return f"{path}{ending}" if path else ""


def _sets(script: Script) -> list[_Docs]:
    """Return the sets of documents: that of the preset, and those of plugins, the innermost folders first."""
    tables = [table for table in script.tables if table.name == "docs" or _is_of_plugin(table)]
    sets = [
        _Docs(
            (script.setting("path", table) or "docs").removeprefix("./").strip("/"),
            script.setting("routeBasePath", table) or ("docs" if "routeBasePath" not in table.text else ""),
            script.setting("id", table) or "",
        )
        for table in tables
    ]
    return sorted(sets or [_Docs("docs", "docs")], key=lambda docs: -len(docs.folder))


def _is_of_plugin(table: Table) -> bool:
    return table.name not in {"blog", "pages"} and (
        ("sidebarPath" in table.text or "routeBasePath" in table.text) and "blogSidebarTitle" not in table.text
    )


def _blog(script: Script) -> _Docs:
    """Return the blog: its folder, and its path."""
    table = next(
        (candidate for candidate in script.tables if candidate.name == "blog" or "blogSidebar" in candidate.text), None
    )
    folder = script.setting("path", table) if table else None
    route = script.setting("routeBasePath", table) if table else None
    return _Docs(folder or "blog", "blog" if route is None else route)


def _versions(written: str) -> list[str]:
    try:
        parsed = json.loads(written)
    except (ValueError, RecursionError):
        return []
    return [str(version) for version in parsed] if isinstance(parsed, list) else []


def _document(
    page: PurePosixPath, values: Values, sets: list[_Docs], released: list[str], *, keeps_numbers: bool
) -> str | None:
    """Return the path of a document; that of the newest version is without the version's name."""
    versioned = _VERSIONED.match(str(page.parent))
    if versioned:
        named = versioned["id"] or ""
        docs = next((candidate for candidate in sets if candidate.id == named or not named), None)
        version = "" if released[:1] == [versioned["version"]] and not named else versioned["version"]
        own = below(page, versioned[0])
    else:
        docs = next((candidate for candidate in sets if below(page, candidate.folder) is not None), None)
        own = below(page, docs.folder) if docs else None
        version = "next" if released and docs and not docs.id else ""
    if docs is None or own is None:
        return None
    slug = values.get("slug", "")
    if slug.startswith("/"):
        return f"{docs.route}/{version}/{slug}"
    parts = _parts(own, keeps_numbers=keeps_numbers)
    if slug or values.get("id"):
        folder = [_unnumbered(part, keeps_numbers=keeps_numbers) for part in own.parent.parts]
        parts = [*folder, slug or values["id"]]
    return "/".join([docs.route, version, *parts])


def _parts(page: PurePosixPath, *, keeps_numbers: bool) -> list[str]:
    """Return the parts of a page's path without the numbers that they are sorted by."""
    parts = [_unnumbered(part, keeps_numbers=keeps_numbers) for part in page.with_suffix("").parts]
    is_folder = parts[-1].lower() in {"index", "readme"} or (len(parts) > 1 and parts[-1] == parts[-2])
    return parts[:-1] if is_folder else parts


def _unnumbered(part: str, *, keeps_numbers: bool) -> str:
    """Return a name without the number in front; a day or a version is none."""
    prefix = None if keeps_numbers or _DAY.match(part) else _PREFIX.match(part)
    return part[prefix.end() :] if prefix else part


def _post(page: PurePosixPath, values: Values, blog: _Docs) -> str | None:
    """Return the path of a post of the blog, None where the page is none."""
    own = below(page, blog.folder)
    if own is None:
        return None
    if values.get("slug"):
        return f"{blog.route}/{values['slug']}"
    path = str(own.parent if own.stem == "index" else own.with_suffix(""))
    match = _DAY.match(path)
    if not match:
        return f"{blog.route}/{path}" if "date" not in values else None
    return "/".join([blog.route, *re.split("[-/]", match["day"]), match["rest"]])
