"""Layers of a PDF ("optional content"): which text stands on one that is switched off, so that no reader sees it.

PDFium finds the text of all layers, and only draws those that are on. So text that may be on a layer is drawn, and is
hidden where nothing comes of that, whatever the colour of the page.
"""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pypdfium2 import PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

_PROPERTIES = b"/OCProperties"
_PACKED = re.compile(rb"/ObjStm\b[^\x00]{0,400}?stream\r?\n")
_MOST_UNPACKED = 16 * 1024 * 1024
_MOST_OBJECTS = 5_000
_MOST_GROUPS = 40
"""Objects of a page that are looked at, and how often a page is drawn: text beyond that is taken for seen."""

_PIXELS = 500_000
"""As large a page is drawn: text of 12 points is then some 8 pixels high, which is enough to leave a trace."""

_GROUNDS = ((128, 128, 128, 255), (90, 170, 60, 255))
"""Colours that a page is drawn on: text that has the one can be seen on the other."""

_MARK = "OC"
_INVISIBLE_MODE = 3
_LONGEST_NAME = 512


def has_layers(data: bytes) -> bool:
    """Tell whether a file says anything of layers, also where it says so in packed objects."""
    if _PROPERTIES in data:
        return True
    left, end = _MOST_UNPACKED, 0
    while left > 0 and (packed := _PACKED.search(data, end)):
        end = data.find(b"endstream", packed.end())
        if end < 0:
            break
        try:
            unpacked = zlib.decompressobj().decompress(data[packed.end() : end], left)
        except zlib.error:  # packed in another way, or locked
            continue
        if _PROPERTIES in unpacked:
            return True
        left -= len(unpacked)
    return False


def switched_off(page: PdfPage) -> set[int]:
    """Return the addresses of the page's text objects that stand on layers which are off."""
    from pypdfium2 import raw

    objects = []
    for found in page.get_objects(max_depth=8):
        objects.append(found)
        if len(objects) >= _MOST_OBJECTS:
            break
    leaves = [found for found in objects if found.type != raw.FPDF_PAGEOBJ_FORM]
    groups: dict[tuple[object, ...], list[Any]] = {}
    for leaf in leaves:
        if leaf.type == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetTextRenderMode(leaf) != _INVISIBLE_MODE:
            group = _layer_of(leaf, raw)
            groups.setdefault(group, []).append(leaf) if group else None
    return _unseen(page, leaves, list(groups.values())[:_MOST_GROUPS], raw) if groups else set()


def _layer_of(found: Any, raw: Any) -> tuple[object, ...]:
    """Return what an object may be hidden with: the form that it stands in, and the layers that it is marked with."""
    holder = found.container
    marks: list[object] = [] if holder is None else [ctypes.addressof(holder.raw.contents)]
    for number in range(max(0, raw.FPDFPageObj_CountMarks(found))):
        mark = raw.FPDFPageObj_GetMark(found, number)
        if _text(raw.FPDFPageObjMark_GetName, mark) == _MARK:
            name = _text(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
            marks.append(name or ctypes.addressof(mark.contents))  # several layers taken together have no name
    return tuple(marks)


def _text(function: Any, mark: Any, *key: bytes) -> str:
    buffer, length = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_ulong()
    characters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    known = function(mark, *key, characters, _LONGEST_NAME, ctypes.byref(length))
    return buffer.raw[: min(length.value, _LONGEST_NAME)].decode("utf-16-le", "replace").rstrip("\0") if known else ""


def _unseen(page: PdfPage, leaves: list[Any], groups: list[list[Any]], raw: Any) -> set[int]:
    _switch(leaves, raw, on=False)
    try:
        blank = [_drawn(page, ground) for ground in _GROUNDS]
        hidden: set[int] = set()
        for group in groups:
            _switch(group, raw, on=True)
            if all(_drawn(page, ground) == before for ground, before in zip(_GROUNDS, blank, strict=True)):
                hidden |= {ctypes.addressof(leaf.raw.contents) for leaf in group}
            _switch(group, raw, on=False)
        return hidden
    finally:
        _switch(leaves, raw, on=True)


def _switch(objects: Iterable[Any], raw: Any, *, on: bool) -> None:
    for found in objects:
        raw.FPDFPageObj_SetIsActive(found, on)


def _drawn(page: PdfPage, ground: tuple[int, int, int, int]) -> bytes:
    width, height = page.get_size()
    scale = min(0.7, math.sqrt(_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, fill_color=ground, may_draw_forms=False, draw_annots=False)
    try:
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()
