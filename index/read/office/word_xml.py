"""What the parts of a Word document's XML have in common: names, switches, and the parts themselves."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from index.errors import UnreadableError
from index.read.archive import parsed, required

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ALTERNATIVES = frozenset([f"{MC}Choice", f"{MC}Fallback"])
_OFF = frozenset(["0", "false", "off", "none"])
_MAIN = "word/document.xml"
_DAMAGED = "is not a Word document, or is damaged"


def value(element: _Element | None, path: str, otherwise: str | None = None) -> str | None:
    """Return `w:val` of the element at a path of names such as `numPr/numId`, if there is one."""
    child = None if element is None else element.find("/".join(W + name for name in path.split("/")))
    return otherwise if child is None else child.get(f"{W}val", otherwise)


def switch(element: _Element | None, name: str) -> bool | None:
    """Return whether a property is switched on or off, or None where it is not mentioned."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(f"{W}val", "1").lower() not in _OFF


def is_in_english(*roots: _Element | None) -> bool:
    """Tell whether all that parts of a document say of its language is that it is English, and any says so."""
    said = {name.get(f"{W}val") or "" for root in roots if root is not None for name in root.iter(f"{W}lang")} - {""}
    return bool(said) and all(name.lower().split("-")[0] == "en" for name in said)


def number(text: str | None, otherwise: int | None = None) -> int | None:
    """Return a whole number as files write it, or `otherwise` where it is none."""
    try:
        return int(text) if text is not None and len(text) < 10 else otherwise  # noqa: PLR2004 # no file means more
    except ValueError:
        return otherwise


def plain(element: _Element) -> str:
    """Return the text right in an element; entities, which no file of Office's has, are left out."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def chosen(alternatives: _Element) -> _Element:
    """Return the first of an element's alternatives (`mc:AlternateContent`): the newest, which Word shows.

    The ones below it say the same again for older programs, and do not always say what is hidden.
    """
    return next((child for child in alternatives if child.tag in _ALTERNATIVES), alternatives)


class WordPackage:
    """The parts of a Word document, found by the relations between them."""

    def __init__(self, archive: ZipFile) -> None:
        """Open the main part; raises `UnreadableError` where it is missing or damaged."""
        self._archive = archive
        roots = targets(archive, "", "_rels/.rels")
        main = next((name for kind, name in roots if kind == "officeDocument"), _MAIN)
        self.document = required(archive, main, _DAMAGED)
        if self.document.tag != f"{W}document":
            raise UnreadableError(_DAMAGED)
        folder, name = posixpath.split(main)
        main_relations = list(relations(archive, folder, f"{folder}/_rels/{name}.rels"))
        self._parts = {kind: target for _, kind, target in main_relations}
        self._related = {named: target for named, _, target in main_relations}

    def related(self, named: str) -> _Element | None:
        """Return the root of the part that a relation of the main part leads to, or None where there is none."""
        return parsed(self._archive, self._related.get(named, ""))

    def target(self, named: str) -> str:
        """Return the name of the file that a relation of the main part leads to, "" where there is none."""
        return self._related.get(named, "")

    def content(self, name: str, most: int) -> bytes:
        """Return what a file of the archive holds.

        Raises `KeyError` where there is none, and `UnreadableError` where it has more than `most` bytes.
        """
        if self._archive.getinfo(name).file_size > most:
            raise UnreadableError("is too large")
        return self._archive.read(name)

    def part(self, kind: str) -> _Element | None:
        """Return the root of the part of a kind such as `styles`, or None where there is none.

        Raises `UnreadableError` where it is damaged: what is hidden or numbered may stand there.
        """
        name = self._parts.get(kind)
        if name is None or name not in self._archive.namelist():
            return None
        return required(self._archive, name, _DAMAGED)


def targets(archive: ZipFile, folder: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the part that each relation in a file leads to, from a part in a folder."""
    return ((kind, target) for _, kind, target in relations(archive, folder, name))


def relations(archive: ZipFile, folder: str, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the kind and the part of each relation as `targets` does."""
    root = parsed(archive, name)
    for relation in root.iter(_RELATION) if root is not None else ():
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        target = relation.get("Target") or ""
        named = relation.get("Id") or ""
        yield (
            named,
            kind,
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)),
        )
