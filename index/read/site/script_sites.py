"""VitePress and Starlight, which are configured in JavaScript."""

from __future__ import annotations

from pathlib import PurePosixPath

from index.read.site.javascript import Script, labelled
from index.read.site.site import Site, Values, address_of, below, is_index, slug

STARLIGHT = "src/content/docs"
"""The folder of Starlight's pages."""


def vitepress(text: str, _name: str) -> Site | None:
    """Return the site of VitePress that the file describes."""
    script = Script(text)
    clean = script.setting("cleanUrls") == "true"
    source = script.setting("srcDir") or ""
    moved = script.has("rewrites")

    def route(page: PurePosixPath, _values: Values) -> str | None:
        own = None if moved else below(page, source)
        if own is None or "[" in str(own):
            return None
        if own.stem == "index":
            return "" if own.parent == PurePosixPath() else f"{own.parent}/"
        return str(own.with_suffix("" if clean else ".html"))

    titles = {
        str(PurePosixPath(source, _page_at(link))): text
        for link, text in labelled(text, "link", "text")
        if not link.startswith(("http:", "https:", "#"))
    }
    return Site(address_of(script.setting("hostname"), script.setting("base") or ""), route, titles, interpolated=True)


def _page_at(link: str) -> str:
    """Return the page that a link of the navigation leads to: `/guide/` is `guide/index.md`."""
    path = link.partition("#")[0].lstrip("/").removesuffix(".html").removesuffix(".md")
    return f"{path}index.md" if not path or path.endswith("/") else f"{path}.md"


def starlight(text: str, _name: str) -> Site | None:
    """Return the site of Starlight that the file describes; None where it is another one of Astro's."""
    script = Script(text)
    if "starlight" not in script.text:
        return None
    ending = "" if script.setting("trailingSlash") == "never" else "/"

    def route(page: PurePosixPath, values: Values) -> str | None:
        own = below(page, STARLIGHT)
        if own is None or values.get("draft", "").lower() == "true" or any(part.startswith("_") for part in own.parts):
            return None
        path = own.parent if is_index(own) and own.stem == "index" else own.with_suffix("")
        own_slug = values.get("slug", "").strip("/") or "/".join(map(slug, path.parts))
        return f"{own_slug}{ending}" if own_slug else ""

    return Site(address_of(script.setting("site"), script.setting("base") or ""), route)
