"""What is written onto a PDF: the values of its form, beside or below their labels, and what stands on its pages."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from index.read.pdf.words import Box, Style, Word

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

_HIDDEN = 1 | 2 | 32  # of an annotation's flags: invisible, hidden, not to be viewed
_PASSWORD = 1 << 13  # of a text field's flags
_MOST_FIELDS = 5_000
_MOST_CHARACTERS = 20_000
_LABEL_ABOVE = 2.5  # line heights
_FIRST_LINE = 1_000_000
"""Lines of values that stand beside no label are counted from here, apart from those of the page."""


def filled_in(document: PdfDocument, page: PdfPage, words: list[Word], upright: Callable[[Box], Box]) -> list[Word]:
    """Return the words of a page with the values of its fields, each after its label, and what is typed onto it.

    `init_forms` has been called, if the document has a form. `upright` says where a box stands as the words do.
    """
    for number, (value, on_page) in enumerate(_values(document, page)):
        box = upright(on_page)
        at = _label(words, box)
        line = words[at - 1].line if at and _is_beside(words[at - 1], box) else _FIRST_LINE + number
        size = words[at - 1].height if at else min(box[3] - box[1], 14.0)
        bottom = words[at - 1].bottom if line < _FIRST_LINE else box[3] - size
        lines = [part for part in value.replace("\r", "\n").split("\n") if part.strip()]
        words[at:at] = [
            Word(part.strip(), box[0], bottom - size * step, box[2], bottom - size * (step - 1), line, Style())
            for step, part in enumerate(lines)
        ]
    return words


def _values(document: PdfDocument, page: PdfPage) -> Iterator[tuple[str, Box]]:
    from pypdfium2 import raw

    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_FIELDS)):
        field = raw.FPDFPage_GetAnnot(page.raw, number)
        if not field:
            continue
        try:
            form = document.formenv.raw if document.formenv is not None else None
            value = _typed(field) or (_value(form, field) if form is not None else "")
            box = raw.FS_RECTF()
            if value and raw.FPDFAnnot_GetRect(field, ctypes.byref(box)):
                yield value, (box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
        finally:
            raw.FPDFPage_CloseAnnot(field)


def _typed(annotation: object) -> str:
    """Return what is typed onto a page, "" of any other annotation: those are remarks, which open on a click."""
    from pypdfium2 import raw

    if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_FREETEXT or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return ""
    size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if not 2 < size <= 2 * _MOST_CHARACTERS:  # noqa: PLR2004 -- bytes of the end of an empty string
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00").strip()


def _value(form: object, field: object) -> str:
    from pypdfium2 import raw

    if raw.FPDFAnnot_GetSubtype(field) != raw.FPDF_ANNOT_WIDGET or raw.FPDFAnnot_GetFlags(field) & _HIDDEN:
        return ""
    kind = raw.FPDFAnnot_GetFormFieldType(form, field)
    if kind in {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}:
        return "☑" if raw.FPDFAnnot_IsChecked(form, field) else "☐"
    if kind not in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}:
        return ""
    if raw.FPDFAnnot_GetFormFieldFlags(form, field) & _PASSWORD:
        return ""
    size = raw.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
    if not 2 < size <= 2 * _MOST_CHARACTERS:  # noqa: PLR2004 -- bytes of the end of an empty string
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetFormFieldValue(form, field, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00").strip()


def _label(words: list[Word], box: Box) -> int:
    """Return where in the words of a page a value goes: behind its label, or at the end."""
    beside = [at for at, word in enumerate(words) if _is_beside(word, box)]
    if beside:
        return 1 + max(beside, key=lambda at: words[at].right)
    above = [
        at
        for at, word in enumerate(words)
        if 0 <= word.bottom - box[3] + word.height / 2 <= _LABEL_ABOVE * word.height
        and word.left < box[2]
        and word.right > box[0]
    ]
    return 1 + max(above, key=lambda at: (-words[at].bottom, at)) if above else len(words)


def _is_beside(word: Word, box: Box) -> bool:
    middle = (word.bottom + word.top) / 2
    return box[1] <= middle <= box[3] and word.right <= box[0] + word.height / 2
