"""Pages whose front matter says that the site does not show them."""

from __future__ import annotations

from collections.abc import Mapping

_NO = frozenset(["false", "no", "off", "never", "0"])
_YES = frozenset(["true", "yes", "on", "1"])
_UNPUBLISHED: Mapping[str, frozenset[str]] = {
    "draft": _YES,  # Hugo, Zola, Docusaurus, Starlight, MkDocs Material
    "isdraft": _YES,
    "unpublished": _YES,
    "published": _NO,  # Jekyll, Hexo, Bridgetown; a date is none of these
    "publish": _NO,  # Obsidian Publish
    "build.render": _NO,  # Hugo
    "_build.render": _NO,
}
"""Keys in lower case, and the values with which a page is not published. `unlisted` pages are."""


def unpublished_by(values: Mapping[str, str]) -> str | None:
    """Return the setting in front matter, as `key: value`, by which a page is not published, or None."""
    for key, value in values.items():
        written = value.strip().lower()
        if written in _UNPUBLISHED.get(key.lower(), ()):
            return f"{key}: {written}"
    return None
