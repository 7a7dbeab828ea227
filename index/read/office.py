"""The readers of office documents, each of which is loaded with the first file of its kind: most folders have few."""

from __future__ import annotations

from index.read.draft import Draft


def read_word(data: bytes) -> Draft:
    """Read a Word document."""
    from index.read import word

    return word.read_word(data)


def read_sheets(data: bytes) -> Draft:
    """Read an Excel workbook."""
    from index.read import sheets

    return sheets.read_sheets(data)


def read_slides(data: bytes) -> Draft:
    """Read a PowerPoint presentation."""
    from index.read import slides

    return slides.read_slides(data)


def read_old_office(data: bytes) -> Draft:
    """Read a file whose name ends as those of Office did before 2007."""
    from index.read import old_office

    return old_office.read_old_office(data)


def read_odt(data: bytes) -> Draft:
    """Read an OpenDocument text."""
    from index.read import odf

    return odf.read_odt(data)


def read_ods(data: bytes) -> Draft:
    """Read an OpenDocument spreadsheet."""
    from index.read import odf

    return odf.read_ods(data)


def read_odp(data: bytes) -> Draft:
    """Read an OpenDocument presentation."""
    from index.read import odf

    return odf.read_odp(data)
