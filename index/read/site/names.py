"""What the files are called that sites are configured by."""

from __future__ import annotations

from pathlib import PurePosixPath

_TABLES = ("toml", "yaml", "yml", "json")
_SCRIPTS = ("js", "ts", "mjs", "mts", "cjs", "cts")

DOCUSAURUS = tuple(f"docusaurus.config.{ending}" for ending in _SCRIPTS)
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
    PurePosixPath(path).name for path in (*PATHS, *READ_THE_DOCS, VERSIONS, SUMMARY) if path not in VITEPRESS
)
"""The names of those that do not lie in a hidden folder, and of what goes with them."""

_FOLDERS = frozenset(str(PurePosixPath(path).parent) for path in PATHS if "/" in path)


def folder_of(path: str) -> str:
    """Return the folder that a configuration speaks of: "" for all, else with a `/` at its end."""
    folder = str(PurePosixPath(path).parent)
    own = next((suffix for suffix in _FOLDERS if folder == suffix or folder.endswith(f"/{suffix}")), "")
    folder = folder.removesuffix(own).rstrip("/") if own else folder
    return f"{folder}/" if folder not in {"", "."} else ""
