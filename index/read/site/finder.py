"""The site that a page is part of: found by the files that stand in the folders above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from index.errors import UnreadableError
from index.read.decoding import decoded
from index.read.place import Place
from index.read.site import docusaurus, hugo, jekyll, mdbook, mkdocs, names, script_sites, sphinx
from index.read.site.labels import labels_below, notes_below
from index.read.site.site import Site

_Maker = Callable[[str, str], Site | None]
"""From the text and the name of a configuration to its site."""

_MAKERS: tuple[tuple[tuple[str, ...], _Maker], ...] = (
    (names.MKDOCS, mkdocs.site_of),
    (names.VITEPRESS, script_sites.vitepress),
    (names.ASTRO, script_sites.starlight),
    (names.HUGO, hugo.site_of),
    (names.JEKYLL, jekyll.site_of),
)
"""What each configuration, by its path in the folder that it stands in, is read by; those of two files are apart."""

_MOST_BYTES = 512 * 1024


class Sites:
    """The sites of pages; each folder's is looked for once."""

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._of_folders: dict[tuple[str, PurePosixPath], Site | None] = {}
        self._labels: dict[str, Mapping[str, str]] = {}
        self._notes: dict[str, Mapping[str, Sequence[str]]] = {}

    def labels(self, place: Place) -> Mapping[str, str]:
        """Return in which page of a place, by its path there, each label stands; none in an archive."""
        if place.key not in self._labels:
            self._labels[place.key] = labels_below(place.top) if place.top is not None else {}
        return self._labels[place.key]

    def notes(self, place: Place) -> Mapping[str, Sequence[str]]:
        """Return the paths in a place of the notes of each name, in lower case; none in an archive."""
        if place.key not in self._notes:
            self._notes[place.key] = notes_below(place.top) if place.top is not None else {}
        return self._notes[place.key]

    def of(self, place: Place, page: PurePosixPath) -> tuple[Site, PurePosixPath] | None:
        """Return the site of a page, that of the nearest folder with one, and the page's path in that folder."""
        for folder in page.parents:
            key = (place.key, folder)
            if key not in self._of_folders:
                self._of_folders[key] = _site_in(place, folder)
            site = self._of_folders[key]
            if site is not None:
                return site, page.relative_to(folder)
        return self._book(place, page)

    def _book(self, place: Place, page: PurePosixPath) -> tuple[Site, PurePosixPath] | None:
        """Return the site of a page that stands below a `SUMMARY.md` alone, as a GitBook's do."""
        for folder in page.parents:
            key = (place.key, folder / names.SUMMARY)
            if key not in self._of_folders:
                there = names.SUMMARY in place.names(str(folder))
                summary = _text(place, folder / names.SUMMARY) if there else None
                self._of_folders[key] = None if summary is None else mdbook.book_of(summary)
            if (site := self._of_folders[key]) is not None:
                return site, page.relative_to(folder)
        return None


def _site_in(place: Place, folder: PurePosixPath) -> Site | None:
    there = place.names(str(folder))
    for name in there.intersection(names.DOCUSAURUS):
        if (text := _text(place, folder / name)) is not None:
            sidebars = (_text(place, folder / sidebar) for sidebar in names.SIDEBARS if sidebar in there)
            versions = _text(place, folder / names.VERSIONS) or "[]"
            return docusaurus.site_of(text, versions, next(filter(None, sidebars), ""))
    if names.MDBOOK in there and (text := _text(place, folder / names.MDBOOK)) is not None:
        return mdbook.site_of(text, _text(place, folder / mdbook.source_of(text) / names.SUMMARY) or "")
    made = (
        maker(text, path)
        for paths, maker in _MAKERS
        for path in paths
        if path.partition("/")[0] in there and (text := _text(place, folder / path)) is not None
    )
    site = next((site for site in made if site is not None), None)
    if site is None and names.SPHINX in there and (text := _text(place, folder / names.SPHINX)) is not None:
        return sphinx.site_of(text, _hosting(place, folder))
    return site


def _hosting(place: Place, folder: PurePosixPath) -> str:
    """Return the configuration of Read the Docs that holds in a folder, "" where there is none."""
    paths = (base / name for base in (folder, *folder.parents) for name in names.READ_THE_DOCS)
    return next((text for path in paths if (text := _text(place, path)) is not None), "")


def _text(place: Place, path: PurePosixPath) -> str | None:
    try:
        data = place.read(str(path))
        return decoded(data) if data is not None and len(data) <= _MOST_BYTES else None
    except UnreadableError:
        return None
