"""Pages that a site does not show, by their front matter or by the folder that they lie in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime

from index.read.site.names import JEKYLL

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


DRAFT = "is a draft of the site: move it out of “_drafts” to have it read"
"""Why a page in the drafts of a site is left out."""

_ENDS = "expirydate"  # of Hugo
_DRAFTS = "_drafts"  # of Jekyll and Hexo


def is_draft(path: str, settings: Collection[str]) -> bool:
    """Tell whether a file lies among the drafts of a site; `settings` are the files that sites are configured by."""
    *folders, _ = path.split("/")
    if _DRAFTS not in folders:
        return False
    above = folders[: folders.index(_DRAFTS)]
    sites = ["/".join(above[:depth]) for depth in range(len(above) + 1)]
    return any(f"{site}/{name}".lstrip("/") in settings for site in sites for name in JEKYLL)


def unpublished_by(values: Mapping[str, str]) -> str | None:
    """Return the setting in front matter, as `key: value`, by which a page is not published, or None."""
    for key, value in values.items():
        written = value.strip().lower()
        if written in _UNPUBLISHED.get(key.lower(), ()) or (key.lower() == _ENDS and _is_past(written)):
            return f"{key}: {written}"
    return None


def _is_past(written: str) -> bool:
    try:
        return date.fromisoformat(written[:10]) < datetime.now(UTC).date()
    except ValueError:
        return False
