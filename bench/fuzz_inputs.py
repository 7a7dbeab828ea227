"""What the readers are fed: sound files of each kind, damaged at random. The same number gives the same bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

import fuzz_texts

KINDS = (".md", ".txt", ".rst", ".html", ".pdf", ".docx", ".pptx", ".xlsx", ".epub", *fuzz_texts.TEXTS)
"""One name for each reader."""

_MARKDOWN = """---
title: All about cats
url: https://cats.example/all
---
# Cats {#cats}

Cats *sleep* for about **sixteen** hours a day. They `purr`[^1], see [more](https://x.y "t") and ![a cat](cat.png).

> Quoted
>> twice

1. Press the key.
   - nested

     text
2. Turn <b>it</b><br>over.

!!! note "Title"
    Inside

/// tip | Other
text
///

| Breed | Weight |
|---|---:|
| Maine Coon | 8 kg |

```python
def open_flap(cat):
    flap.unlock(seconds=5)
```

<table><tr><td>a</td><td>b</td></tr></table>

Under
=====
[^1]: A note
"""
_RST = """Cats
====

.. note:: Cats *sleep* for |hours| hours. See :ref:`more <cats>` and `a link`_.

.. |hours| replace:: sixteen
.. _a link: https://x.y

Food
----

1. Eat
2. Sleep

   * nested

:Field: value

+-----+-----+
| a   | b   |
+=====+=====+
| c   | d   |
+-----+-----+

=====  =====
a      b
=====  =====
c      d
=====  =====

.. code-block:: python
   :linenos:

   x = 1

.. list-table::
   :header-rows: 1

   * - a
     - b

Text::

    literal

| line
| block

.. [1] A footnote [1]_
"""
_HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cats - Site</title>
<link rel="canonical" href="https://cats.example/"></head><body><nav><a href="/">Home</a></nav>
<main><h1>Cats</h1><p>Cats <b>sleep</b> for about sixteen hours&nbsp;a day.<br>They purr &amp; eat.</p>
<h2>Food</h2><ol start="3"><li>meat<ul><li value="7">fish</ul></li></ol><pre>x = 1
  y = 2</pre><table><tr><th>Breed<th>Weight<tr><td>Maine Coon<td>8 kg</table>
<dl><dt>a<dd>b</dl><!-- no --><script>var x = "<p>";</script><p hidden>unseen</p><img alt="a cat"></main>
<footer>Imprint</footer></body></html>
"""
_PLAIN = "The rover landed on 18 February 2021. It has seven tools.\n\n  Its wheels are aluminium.\r\nEach has 52 cm.\n"
_SCRIPTS = "Кошки спят. 猫は眠る。 القطط تنام. חתולים ישנים. Ĉevalo… 😀 ẞ\n\n고양이는 잔다.\n"


def _parted(tokens: str) -> Sequence[str]:
    return tokens.split("¦")


TOKENS: dict[str, Sequence[str]] = {
    ".md": _parted(
        "# ¦> ¦- ¦1. ¦999999999. ¦```¦~~~¦---\n¦+++\n¦|¦|---|¦![¦](¦[^¦*¦_¦`¦<div>¦</div>¦<br>¦<!--¦"
        "-->¦&#0;¦&#x110000;¦&amp;¦\\¦    ¦\t¦!!! note\n¦/// x\n¦:::¦{#a}¦===¦title: ¦url: http://¦&a ¦"
        "*a¦<<: *a¦!!python/object:os.system "
    ),
    ".rst": _parted(
        ".. ¦::¦====\n¦----\n¦`¦``¦|a|¦.. |a| replace:: |a|\n¦:ref:`¦_¦__ ¦[#]_¦* ¦"
        ".. include:: /etc/passwd\n¦.. raw:: html\n¦.. toctree::\n¦.. csv-table::\n¦.. contents::\n¦"
        "(a) ¦+--+¦=====  =====\n¦:a: ¦   ¦\t¦.. role:: x\n¦.. default-role:: x\n¦"
        ".. unicode:: 0x110000\n¦.. sectnum::\n¦.. class:: x\n¦.. target-notes::\n¦.. math::\n¦"
        ".. list-table::\n¦MMMMM. ¦0. "
    ),
    ".html": _parted(
        "<p>¦<li>¦<ol start=-9>¦<ol start=99999999999999999999>¦<table>¦<tr>¦<td>¦</table>¦<pre>¦<h1>¦"
        "</h1>¦<!--¦-->¦<![CDATA[¦]]>¦<?¦&#0;¦&#xD800;¦&#x110000;¦&¦&amp¦<title>¦<script>¦</script>¦"
        '<svg>¦<br>¦<img alt=\'¦<a ¦>¦<¦</¦<li value=٣>¦<template>¦<nav>¦<meta charset="utf-16">¦'
        '<meta charset="base64">¦<link rel=canonical href="http://[">¦<p hidden>¦"'
    ),
    ".txt": _parted("\n¦\n\n¦\r¦\x0c¦\x85¦\u2028¦\t¦ ¦e.g. ¦...¦?!¦\x1b$B¦\ufeff¦\xa0"),
    ".pdf": _parted(
        " obj\n¦endobj\n¦stream\n¦\nendstream¦<<¦>>¦[¦]¦/Length ¦/Filter /FlateDecode¦ 0 R¦"
        "/Kids [2 0 R]¦/Parent 4 0 R¦/Count -1¦/Count 99999999¦xref\n¦trailer¦startxref\n0¦(¦)¦BT¦ET¦"
        "Tj¦9999999999¦-1¦/Encrypt 1 0 R¦/ObjStm¦/First 5 0 R¦/Next 6 0 R¦/Title (x)¦/Type /Page¦"
        "/MediaBox [0 0 0 0]¦/Rotate 7¦\x02¦1 0 0 1 -99999999 5 Tm¦/ToUnicode 3 0 R"
    ),
    ".xml": _parted(
        '<w:p>¦</w:p>¦<w:tbl>¦<w:tr>¦<w:tc>¦<w:gridSpan w:val="-1"/>¦<w:vMerge w:val="x"/>¦<w:t>¦'
        '<row>¦<c r="ZZZZ99999999">¦<c t="s"><v>99</v></c>¦<c t="e">¦<v>¦<c t="d"><v>x</v></c>¦'
        '<is>¦r="A0"¦s="99"¦<itemref idref=\'x\'/>¦<p:sp>¦<a:p>¦<a:tbl>¦<p:grpSp>¦Id="r"¦<!--¦]]>¦'
        'Target="../../x"¦Target=""¦TargetMode="External"¦&#0;¦&x;¦'
        '<!DOCTYPE x [<!ENTITY x \'y\'>]>¦"¦<¦>¦/>¦<h1>¦<p>¦text ¦<w:numId w:val="9"/>¦'
        '<w:footnoteReference w:id="9"/>¦<w:br/>¦<w:fldChar w:fldCharType="end"/>¦<w:sdt>¦'
        '<w:hyperlink>¦<w:ilvl w:val="x"/>¦val="999999999999"'
    ),
}
ODD = _parted(
    "\x00¦\ud800¦\udfff¦\ufeff¦\ufffe¦\uffff¦\u202e¦\u2066¦\u0301¦\u200d¦\u2028¦\x85¦\x1f¦\x1c¦"
    "\x7f¦\u3000¦\x85¦😀¦İ¦ß¦ﬁ¦\U000e0001¦\U0010ffff¦\r\n¦\r¦\x0b"
)
_ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-16",
    "utf-32-be",
    "latin-1",
    "cp1251",
    "shift_jis",
    "gb18030",
    "utf-7",
    "cp037",
)


def made(kind: str, number: int, seed: int = 0) -> bytes:
    """Return input `number` for the reader of files that end in `kind`."""
    chance = random.Random(f"{seed}{kind}{number}")  # noqa: S311 -- damage, not secrets
    if kind in (".docx", ".pptx", ".xlsx", ".epub"):
        return _archive(chance, kind)
    if kind == ".pdf":
        return _pdf(chance)
    tokens = fuzz_texts.TOKENS.get(kind) or TOKENS[kind]
    text = _damaged(chance, chance.choice(_texts(kind)), tokens)
    if _one_in(chance, 5):
        text = _damaged(chance, text + chance.choice(_texts(chance.choice((".md", ".rst", ".html", ".txt")))), tokens)
    if kind in _INSIDE and not _one_in(chance, 3):
        text = fuzz_texts.wrapped(kind, _damaged(chance, chance.choice(_texts(_INSIDE[kind])), _inner_tokens(kind)))
    data = _encoded(text, chance.choice(_ENCODINGS))
    return _bytes(chance, data) if _one_in(chance, 5) else data


_INSIDE = {".ipynb": ".md", ".xml": ".wiki", ".jsonl": ".txt"}
"""What stands inside a file that any damage to the whole makes unreadable."""


def _inner_tokens(kind: str) -> Sequence[str]:
    inside = _INSIDE[kind]
    return fuzz_texts.TOKENS.get(inside) or TOKENS[inside]


def _one_in(chance: random.Random, many: int) -> bool:
    return chance.randrange(many) == 0


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding, "surrogatepass" if encoding.startswith("utf-8") else "replace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


@cache
def _texts(kind: str) -> tuple[str, ...]:
    if kind in fuzz_texts.TEXTS:
        own = fuzz_texts.TEXTS[kind]
        return (*own * 4, _SCRIPTS, own[0] + _SCRIPTS, "")
    own = {".md": _MARKDOWN, ".rst": _RST, ".html": _HTML, ".txt": _PLAIN}[kind]
    chats = {".html": fuzz_texts.CHAT_PAGE, ".txt": fuzz_texts.CHAT_TEXT}
    return (own, own, _SCRIPTS, own + _SCRIPTS, chats.get(kind, own), "")


def _damaged(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = chance.choice(_WAYS)(chance, text, tokens)
    return text


def _cut(chance: random.Random, text: str, _tokens: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    return text[:start] + text[end:]


def _ended(chance: random.Random, text: str, _tokens: Sequence[str]) -> str:
    return text[: chance.randint(0, len(text))]


def _doubled(chance: random.Random, text: str, _tokens: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    at = chance.randint(0, len(text))
    return text[:at] + text[start:end] * chance.choice((1, 1, 2, 9)) + text[at:]


def _put(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(tokens) * chance.choice((1, 1, 1, 2, 5, 60)) + text[at:]


def _odd(chance: random.Random, text: str, _tokens: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(ODD) * chance.choice((1, 1, 3, 40)) + text[at:]


def _swapped(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    return text[:start] + "".join(chance.choice(tokens) for _ in range(chance.randint(0, 12))) + text[end:]


_WAYS: tuple[Callable[[random.Random, str, Sequence[str]], str], ...] = (
    _cut,
    _ended,
    _doubled,
    _put,
    _put,
    _odd,
    _swapped,
)


def _stretch(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.choice((1, 3, 10, 50, 200)))


def _bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        if not changed:
            break
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
            case 2:
                del changed[at : at + chance.choice((1, 4, 64))]
            case _:
                changed[at:at] = chance.randbytes(chance.choice((1, 4, 16)))
    return bytes(changed)


def _archive(chance: random.Random, kind: str) -> bytes:
    parts = dict(chance.choice(_parts(kind)))
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(_worth(parts))
        match chance.randrange(12):
            case 0:
                del parts[name]
                if not parts:
                    return b""
            case 1:
                parts[name] = _bytes(chance, parts[name])
            case 2:
                parts[name] = parts[chance.choice(list(parts))]
            case _:
                text = _damaged(chance, parts[name].decode("utf-8", "replace"), TOKENS[".xml"])
                parts[name] = text.encode("utf-8", "surrogatepass")
        if not parts:
            return b""
    data = _packed(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    return _bytes(chance, data) if _one_in(chance, 7) else data


def _worth(parts: dict[str, bytes]) -> list[str]:
    """Return the parts that readers look into, those that hold text twice."""
    dull = ("theme", "printerSettings", ".jpeg", ".png", "slideLayout")
    names = [name for name in parts if not any(word in name for word in dull)] or list(parts)
    return (
        names
        + [name for name in names if name.endswith((".xml", ".xhtml", ".opf")) and "Content_Types" not in name] * 2
    )


def _packed(parts: dict[str, bytes], method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@cache
def _parts(kind: str) -> tuple[tuple[tuple[str, bytes], ...], ...]:
    sources = {".docx": _docx, ".pptx": _pptx, ".xlsx": _xlsx, ".epub": _epub}[kind]()
    found = []
    for source in sources:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            found.append(tuple((name, archive.read(name)) for name in archive.namelist()))
    return tuple(found)


def _docx() -> list[bytes]:
    from hostile_files import docx, paragraph

    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>{paragraph("cell")}</w:tc>'
    numbered = (
        '<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    )
    linked = f"<w:p><w:hyperlink>{paragraph('l')}</w:hyperlink></w:p>"
    body = f"{paragraph('Cats &amp; dogs')}<w:tbl><w:tr>{cell}</w:tr></w:tbl>{numbered}{linked}"
    core = '<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Guide</dc:title></x>'
    return [docx(body, more=[("docProps/core.xml", core)])]


def _xlsx() -> list[bytes]:
    from hostile_files import xlsx
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet()
    for row in (["Item", "Price"], [], ["Tea", 2.5, None, True], ["=1+1", "a\nb"]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="b"><v>1</v></c><c><v>4.5</v></c></row>'
    return [buffer.getvalue(), xlsx(rows), xlsx(rows)]


def _pptx() -> list[bytes]:
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    for unused in list(deck.slide_layouts)[2:]:
        deck.slide_layouts.remove(unused)
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Welcome"
    slide.placeholders[1].text = "First point\nSecond point"
    slide.notes_slide.notes_text_frame.text = "Say hello."
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    table.cell(0, 0).text = "a"
    buffer = io.BytesIO()
    deck.save(buffer)
    return [buffer.getvalue()]


def _epub() -> list[bytes]:
    from hostile_files import epub

    return [epub(_HTML), epub("<html><body><h1>One</h1><p>first</p></body></html>", times=2)]


@cache
def _pdfs() -> tuple[bytes, ...]:
    from hostile_files import pages, pdf

    shown = "BT /F 12 Tf 50 700 Td (Chapter 1) Tj 0 -14 Td (The treaty of Oster-) Tj 0 -14 Td (mark was signed.) Tj ET"
    outlined = pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources 8 0 R /Contents 5 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
            "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
            "<< /Title (Chapter 1) /Parent 6 0 R /Dest [4 0 R /Fit] >>",
            "<< /Font << /F 3 0 R >> >>",
        ]
    )
    return (pages(1), pages(3, "Cats sleep."), outlined, outlined)


def _pdf(chance: random.Random) -> bytes:
    data = chance.choice(_pdfs())
    if not _one_in(chance, 3):
        data = _damaged(chance, data.decode("latin-1"), TOKENS[".pdf"]).encode("latin-1", "replace")
    return _bytes(chance, data) if not _one_in(chance, 3) else data
