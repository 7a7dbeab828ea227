"""Raised figures and struck words in the texts of an Excel workbook, which openpyxl gives without their looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from index.read.archive import parsed_bytes
from index.read.raised import raised
from index.read.struck import struck

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRINGS = "xl/sharedStrings.xml"


class InParts(str):
    """A text of which parts have a colour of their own, whatever that of their cell."""

    __slots__ = ()


def raise_figures(archive: ZipFile, workbook: Any) -> None:
    """Put raised figures above the line in the texts that the sheets of an openpyxl workbook share.

    What is struck out in them gets its marks, and those with colours of their own become `InParts`.
    """
    sheets = workbook.worksheets
    if not sheets or _STRINGS not in archive.namelist():
        return
    data = archive.read(_STRINGS)
    root = parsed_bytes(data) if any(mark in data for mark in (b"superscript", b"<strike", b"<color")) else None
    shared = sheets[0]._shared_strings  # noqa: SLF001 # one list for all sheets
    for number, item in enumerate(root.iterfind(f"{_MAIN}si") if root is not None else ()):
        text = text_of_runs(item)
        if text and number < len(shared):
            shared[number] = text


def text_of_runs(item: _Element) -> str:
    """Return the text of a string that has parts with looks of their own, "" for one that has none.

    It is `InParts` where one of them has a colour.
    """
    text = "".join(map(_text, item.iterfind(f"{_MAIN}r")))
    return InParts(text) if item.find(f"{_MAIN}r/{_MAIN}rPr/{_MAIN}color") is not None else text


def _text(run: _Element) -> str:
    text = str(run.findtext(f"{_MAIN}t") or "")
    raises = run.find(f"{_MAIN}rPr/{_MAIN}vertAlign")
    text = raised(text) if raises is not None and raises.get("val") == "superscript" else text
    strikes = run.find(f"{_MAIN}rPr/{_MAIN}strike")
    return struck(text) if strikes is not None and strikes.get("val", "1") in {"1", "true"} else text
