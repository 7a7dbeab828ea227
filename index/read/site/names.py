"""What the files are called that sites are configured by."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

_TABLES = ("toml", "yaml", "yml", "json")
_SCRIPTS = ("js", "ts", "mjs", "mts", "cjs", "cts")

DOCUSAURUS = tuple(f"docusaurus.config.{ending}" for ending in _SCRIPTS)
SIDEBARS = tuple(f"sidebars.{ending}" for ending in (*_SCRIPTS, "json"))
MDBOOK, SUMMARY = "book.toml", "SUMMARY.md"
MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
VITEPRESS = tuple(f".vitepress/config.{ending}" for ending in _SCRIPTS)
ASTRO = tuple(f"astro.config.{ending}" for ending in _SCRIPTS)
HUGO = tuple(
    f"{folder}{name}.{ending}"
    for name in ("hugo", "config")
    for folder in ("", "config/_default/")
    for ending in _TABLES
)
JEKYLL = ("_config.yml", "_config.yaml")
SPHINX = "conf.py"
READ_THE_DOCS = (".readthedocs.yaml", ".readthedocs.yml")
VERSIONS = "versions.json"

PATHS = (*DOCUSAURUS, MDBOOK, *MKDOCS, *VITEPRESS, *ASTRO, *HUGO, *JEKYLL, SPHINX)
"""Paths of such files in the folder of their site."""

NAMES = frozenset(
    PurePosixPath(path).name for path in (*PATHS, *READ_THE_DOCS, *SIDEBARS, VERSIONS, SUMMARY) if path not in VITEPRESS
)
"""The names of those that do not lie in a hidden folder, and of what goes with them."""

PASSED_OVER = frozenset(
    [
        *DOCUSAURUS,
        *SIDEBARS,
        MDBOOK,
        *MKDOCS,
        *ASTRO,
        *JEKYLL,
        SPHINX,
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
    ]
)
"""Those of them whose names say plainly that they configure a site: no document that anybody reads."""

_BOOKS = frozenset([".gitbook.yaml", ".gitbook.yml", "book.json"])
"""Files beside which a `SUMMARY.md` is the table of contents of a GitBook."""


def is_setting(name: str, beside: Collection[str], above: Collection[str]) -> bool:
    """Tell whether a file is no document, but configures a site; `beside` and `above` are the names there."""
    return name in PASSED_OVER or (name == SUMMARY and (not _BOOKS.isdisjoint(beside) or MDBOOK in {*beside, *above}))


_FOLDERS = frozenset(str(PurePosixPath(path).parent) for path in PATHS if "/" in path)


def folder_of(path: str) -> str:
    """Return the folder that a configuration speaks of: "" for all, else with a `/` at its end."""
    folder = str(PurePosixPath(path).parent)
    own = next((suffix for suffix in _FOLDERS if folder == suffix or folder.endswith(f"/{suffix}")), "")
    folder = folder.removesuffix(own).rstrip("/") if own else folder
    return f"{folder}/" if folder not in {"", "."} else ""
