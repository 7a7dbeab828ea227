"""Files that were made to do harm to whatever reads them, made when they are asked for: nothing large lies about.

Each is a name and what writes it into a folder. `HOSTILE` is all of them; `SMALL` those that cost a test little.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import hostile_texts

MIB = 1024 * 1024
DEEP = 100_000
Make = Callable[[], bytes]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMATS = "application/vnd.openxmlformats-officedocument"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "lol">{_LAUGHS}]>'
"""A billion laughs, a hundred times over: `&l11;` is 300 GB."""

OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
"""`&out;` is a file of this machine."""


def packed(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return an archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def office(main: str, kind: str, content: str, more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """Return an office document whose main part, of a content type, holds this XML."""
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    types = f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{relations}"/>'
    types += f'<Override PartName="/{main}" ContentType="{_FORMATS}.{kind}.main+xml"/></Types>'
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    root = f'<Relationships xmlns="{_RELATIONS}">{root}</Relationships>'
    return packed([("[Content_Types].xml", types), ("_rels/.rels", root), (main, content), *more])


def docx(body: str, head: str = "", more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """Return a Word document with this body, after this document type."""
    content = f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>"
    return office("word/document.xml", "wordprocessingml.document", content, more)


def paragraph(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(content: str, more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """Return a presentation whose main part is this XML."""
    return office("ppt/presentation.xml", "presentationml.presentation", content, more)


def xlsx(rows: str, head: str = "", more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """Return a workbook of one sheet with these rows, after this document type."""
    name = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = (
        f'{head}<workbook {name} xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="s"/></sheets></workbook>'
    )
    sheet = f"{head}<worksheet {name}><sheetData>{rows}</sheetData></worksheet>"
    relation = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="s" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    )
    parts = [("xl/worksheets/sheet1.xml", sheet), ("xl/_rels/workbook.xml.rels", relation), *more]
    return office("xl/workbook.xml", "spreadsheetml.sheet", book, parts)


def open_document(kind: str, body: str, automatic: str = "", more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """Return an OpenDocument file of a kind such as `text`, with this body and these automatic styles."""
    short = ("office", "style", "text", "table", "presentation", "meta", "script")
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in short}
    names |= {"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "xlink": "http://www.w3.org/1999/xlink"}
    names |= {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}-compatible:1.0" for name in ("svg", "xsl-fo")}
    names["fo"] = names.pop("xsl-fo")
    declared = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    styles = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content = f"{styles}<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return packed([("content.xml", f"<office:document-content {declared}>{content}</office:document-content>"), *more])


def epub(page: str | bytes, head: str = "", more: Iterable[tuple[str, str | bytes]] = (), times: int = 1) -> bytes:
    """Return a book of one page, that comes `times` times; `head` stands before its package."""
    rootfile = '<rootfiles><rootfile full-path="b.opf"/></rootfiles>'
    container = f'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{rootfile}</container>'
    title = "&out;" if head else "B"
    package = f'{head}<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    package += f"<metadata><dc:title>{title}</dc:title></metadata><manifest>"
    package += '<item id="p" href="p.xhtml" media-type="application/xhtml+xml"/></manifest>'
    package += "<spine>" + '<itemref idref="p"/>' * times + "</spine></package>"
    return packed([("META-INF/container.xml", container), ("b.opf", package), ("p.xhtml", page), *more])


def overlapping(size: int, parts: int) -> bytes:
    """Return an archive whose many names all stand for the same packed bytes (Fifield 2019), in little room."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b"x" * size
    data = packer.compress(plain) + packer.flush()
    sizes = (zlib.crc32(plain), len(data), size)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 1, 0) + b"a"
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in (str(number).encode() for number in range(parts))
    )
    at = len(local) + len(data)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, parts, parts, len(entries), at, 0)
    return local + data + entries + end


def pdf(bodies: Iterable[str]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    data, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    at, size = len(data), len(offsets) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return bytes(data) + f"{trailer}startxref\n{at}\n%%EOF".encode()


def pages(count: int, text: str = "page") -> bytes:
    """Return a PDF of so many pages, all of one content."""
    shown = f"BT /F 9 Tf 9 9 Td ({text}) Tj ET"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Font << /F 3 0 R >> >> /Contents 4 0 R >>"
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{' '.join(f'{5 + n} 0 R' for n in range(count))}] /Count {count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
            *[page] * count,
        ]
    )


def objects(count: int) -> bytes:
    """Return a PDF of one page and so many objects that nothing refers to."""
    bodies = pages(1).split(b"endobj")[0:5]
    kept = [body.split(b"obj\n", 1)[1].decode() for body in bodies]
    return pdf([*kept, *["<< /A [1 2 3] >>"] * count])


def _nested_pdf() -> bytes:
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "[" * DEEP + "]" * DEEP])


def _laughs_yaml() -> bytes:
    rows = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 13))
    return f"---\na0: &a0 [lol]\n{rows}\ntitle: *a12\n---\nThe text.\n".encode()


_SLIDES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_WIDE = f'<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>{paragraph("x")}</w:tc>'
_MERGED = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 30))
_MERGED += "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFC29"/>' * 9 + "</mergeCells><sheetData>"


def _repeated_cells() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999">{cell}</table:table-row>'
    return open_document("spreadsheet", f'<table:table table:name="S">{row}</table:table>')


SMALL: dict[str, Make] = {
    **hostile_texts.SMALL,
    "laughs.docx": lambda: docx(paragraph("&l11;"), LAUGHS),
    "laughs.pptx": lambda: pptx(f"{LAUGHS}<p:presentation {_SLIDES}>&l11;</p:presentation>"),
    "laughs.xlsx": lambda: xlsx('<row><c t="inlineStr"><is><t>&l11;</t></is></c></row>', LAUGHS),
    "laughs.epub": lambda: epub(f"{LAUGHS}<html><p>&l11;</p></html>", LAUGHS.replace("l11", "out")),
    "laughs.md": _laughs_yaml,
    "laughs.odt": lambda: packed([("content.xml", f"{LAUGHS}<x>&l11;</x>")]),
    "repeated.ods": _repeated_cells,
    "deep.odp": lambda: open_document("presentation", "<draw:g>" * DEEP),
    "spanned.docx": lambda: docx(f"<w:tbl><w:tr>{_WIDE * 300}</w:tr></w:tbl>"),
    "merged.xlsx": lambda: xlsx(_MERGED),
    "old.doc": lambda: _OLD + b"x" * MIB,
    "outside.docx": lambda: docx(paragraph("before &out; after"), OUTSIDE),
    "outside.xlsx": lambda: xlsx('<row><c t="inlineStr"><is><t>a &out; b</t></is></c></row>', OUTSIDE),
    "outside.epub": lambda: epub(f"{OUTSIDE}<html><p>before &out; after</p></html>", OUTSIDE),
    "outside.rst": lambda: b"Before.\n\n.. include:: /etc/passwd\n\n.. csv-table::\n   :file: /etc/passwd\n\nAfter.\n",
    "many-parts.docx": lambda: docx(paragraph("x"), more=[(f"p{n}", b"") for n in range(10_001)]),
    "overlapping.epub": lambda: overlapping(MIB, 5000),
    "nested.epub": lambda: epub("<p>x</p>", more=[("inner.epub", packed([("a", b"x" * MIB)] * 1))]),
    "quotes.md": lambda: b">" * DEEP + b" x",
    "lists.md": lambda: b"- " * DEEP + b"x",
    "tags.mdx": lambda: b"<A b={" * (DEEP // 4),
    "expressions.mdx": lambda: b"{/*\n" * (DEEP // 10),
    "boxes.md": lambda: b":::{note}\n" * (DEEP // 10),
    "indents.md": lambda: b"".join(b" " * (4 * n) + b"!!! note\n" for n in range(1000)),
    "outside.md": lambda: b'Before.\n\n--8<-- "/etc/passwd"\n\n```{include} ../../etc/passwd\n```\n\nAfter.\n',
    "links.md": lambda: b"[a](" * (DEEP // 4),
    "front.md": lambda: b"+++\na = " + b"[" * (DEEP // 10) + b"\n+++\nx",
    "divs.html": lambda: b"<div>" * (DEEP // 5) + b"x",
    "tables.html": lambda: b"<table><tr><td>" * (DEEP // 5) + b"x",
    "lists.rst": lambda: b"- " * DEEP + b"x",
    "nested.pdf": _nested_pdf,
    "paragraphs.txt": lambda: b"x\n\n" * 250_001,
    "characters.txt": lambda: b"x" * (17 * MIB),
    "title.html": lambda: b"<title>" + b"x" * MIB + b"</title><h1>" + b"y" * MIB + b"</h1>" + b"<p>z</p>" * 1000,
}

HOSTILE: dict[str, Make] = SMALL | {
    "deep-divs.html": lambda: b"<div>" * DEEP + b"x",
    "deep-tables.html": lambda: b"<table><tr><td>" * DEEP + b"x",
    "unpacks.docx": lambda: docx(paragraph("x"), more=[("bomb.bin", bytes(513 * MIB))]),
    "same-page.epub": lambda: epub("<p>" + "word " * 20_000 + "</p>", times=10_000),
    "paragraphs.html": lambda: b"<p>x" * 300_000,
    "unpacks.xlsx": lambda: xlsx("<row><c><v>1</v></c></row>" * 4_000_000),
    "unpacks.pptx": lambda: pptx(f"<p:presentation {_SLIDES}>{'<p:x/>' * 8_000_000}</p:presentation>"),
    "paragraphs.docx": lambda: docx(paragraph("x") * 1_000_000),
    "deep.docx": lambda: docx("<w:p>" * DEEP + "</w:p>" * DEEP),
    "deep.epub": lambda: epub("<div>" * DEEP),
    "objects.pdf": lambda: objects(1_000_000),
    "pages.pdf": lambda: pages(100_000),
    "pictures.md": lambda: b"![" * 10 * DEEP,
    "comments.html": lambda: b"<!--" * DEEP,
    "svg.html": lambda: b"<svg>" * DEEP + b"</a>" * DEEP,
    "laughs.rst": (
        "".join(f".. |a{n}| replace:: |a{n + 1}| |a{n + 1}|\n" for n in range(25)) + ".. |a25| replace:: x\n\n|a0|\n"
    ).encode,
    "quotes.rst": lambda: "\n".join(" " * n + "x\n" for n in range(2000)).encode(),
    "grid.rst": (f"+{'-+' * 2000}\n" + f"|{' |' * 2000}\n+{'-+' * 2000}\n" * 40).encode,
    "one-line.txt": lambda: b"x" * (60 * MIB),
    "one-line.md": lambda: b"x" * (15 * MIB),
    "one-line.html": lambda: b"x" * (15 * MIB),
    "one-line.rst": lambda: b"x" * (15 * MIB),
    "words.txt": lambda: b"x " * (30 * MIB),
    "lines.txt": lambda: b"x\n" * (30 * MIB),
    "paragraphs.md": lambda: b"x\n\n" * (5 * MIB),
    "spaces.txt": lambda: b" " * (60 * MIB) + b"x",
    "zeros.txt": lambda: bytes(60 * MIB),
    "latin.txt": lambda: "é ".encode("latin-1") * (15 * MIB),
    "chinese.txt": lambda: "语".encode() * (15 * MIB),
}


def write(folder: Path, names: Iterable[str]) -> list[Path]:
    """Write files into a folder and return their paths."""
    paths = []
    for name in names:
        path = folder / name
        path.write_bytes(HOSTILE[name]())
        paths.append(path)
    return paths


def sparse(path: Path, size: int) -> Path:
    """Write a file of zeros that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path
