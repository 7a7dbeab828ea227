"""What the readers are fed: sound files of each kind, damaged at random. The same number gives the same bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

import fuzz_texts

KINDS = (
    ".md",
    ".mdx",
    ".txt",
    ".rst",
    ".html",
    ".pdf",
    ".docx",
    ".pptx",
    ".xlsx",
    ".epub",
    ".odt",
    ".ods",
    ".odp",
    ".doc",
    *fuzz_texts.TEXTS,
)
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
_MDX = """---
title: "Cats": all of them
tags:
	- a
---
import Tabs from '@theme/Tabs';
import Part from './_part.mdx';
export const food = { a: 1 };

{/* note
*/}

<Tabs groupId="os" values={[{label: 'Wild', value: 'w'}, {label: 'Tame', value: 't'}]}>
<TabItem value="w">

Cats {food.a} <Badge text="new" /> sleep <Limit /> {'hours'}.

</TabItem>
</Tabs>

:::note[Care *well*]
Inside {{ page.hour }}.
:::

::: code-group
```js title="a.js" [npm] {1}
x
```
:::

> [!WARNING]- Title
> Quoted

{% tabs %}{% tab title="One" %}
{{< details "More" >}}
{{% notice tip %}}
Text {{< new-in 2.4 >}}
{{% /notice %}}
{% raw %}{{ x }}{% endraw %}

```{list-table} Table
:header-rows: 1

* - a
  - b
* - c
```

```{csv-table}
:header: a, b
"c, d", e
```

{ref}`text <x>` [[a|b]] ![[c.png]] ==m== ++ctrl+a++ H~2~O {++a++}{--b--} x^2^ ^id

Term
:   Meaning

[^1]: Note

    more

*[HW]: high
- [ ] open
1. a
1. b

--8<-- "a.md"
{{#include b.md}}
<Part />
<div>
  <Card title="t">
	text
  </Card>
</div>
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
_EXPORT = """<html><head><title>Pots | Kitchen</title>
<style>.x{display:none} @media print{.y{display:none}}</style></head>
<body class="doc-content"><div class="sidebar"><a href="/">Home</a></div>
<h1>Pots<a class="headerlink" href="#p">¶</a></h1>
<div id="toc" class="toc"><h2>Contents</h2><a href="#a">Care</a></div><p class="x">unseen</p>
<ul role="tablist"><li role="tab" id="t1">Gas</li><li role="tab" id="t2">Coal</li></ul><div role="tabpanel"
aria-labelledby="t1">Low heat.</div><div role="tabpanel" aria-labelledby="t2" hidden>High heat.</div>
<table><thead><tr><th rowspan="2">Pot</th><th colspan="2">Size</th></tr><tr><th>cm</th><th>l</th></tr></thead>
<tr><td>Big</td><td rowspan="0">30</td><td>9<sup>2</sup></td></tr><tr><td colspan="2">Small</td></tr></table>
<ol reversed type="i"><li>two<li value="1">one</ol><pre><table class="hljs-ln"><tr><td class="hljs-ln-numbers">1</td>
<td>x = 1</td></tr></table><div>y = 2</div></pre><math><msup><mi>a</mi><mn>2</mn></msup></math><button>Copy</button>
<details><summary>Why?</summary>So.</details><p>Note<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>.</p>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>Bo: sure?</p></div><div class="cookie-banner">Hm!</div></body></html>
"""
_PLAIN = "The rover landed on 18 February 2021. It has seven tools.\n\n  Its wheels are aluminium.\r\nEach has 52 cm.\n"
_SCRIPTS = "Кошки спят. 猫は眠る。 القطط تنام. חתולים ישנים. Ĉevalo… 😀 ẞ\n\n고양이는 잔다.\n"


PARTS = {
    "a.md": "# Self\n\n{{#include b.md}}\n",
    "b.md": "---\ntitle: no\n---\n## Part\n\n<!-- ANCHOR: x -->\n* one\n\n  {{#include deep/c.md}}\n"
    "<!-- ANCHOR_END: x -->\n```",
    "deep/c.md": "| a | b |\n| - | - |\n| c | d |\n\n{{#include ../b.md}}\n",
    "_part.mdx": "import P from './_part.mdx'\n\nPart {props.a}\n\n<P />\n",
    "b.rst": "Part\n----\n\n.. include:: b.rst\n\n.. include:: b.md\n\n* one\n",
    "b.adoc": "= Part\n\ninclude::b.adoc[]\n\n----\ninclude::x.py[tag=x]\n",
    "x.py": "# tag::x[]\ndef f():\n    return 1\n# end::x[]\n",
    "t.csv": 'a,b\n"c\nd",e\n"',
    "mkdocs.yml": "site_url: https://cats.example\ndocs_dir: .\nnav: [{A: a.md}, [[{B: 1}]]]\n",
}
"""Files beside a fuzzed one, which it may show."""


def _parted(tokens: str) -> Sequence[str]:
    return tokens.split("¦")


_DIALECTS = (
    "<A b={¦<A¦/>¦</A>¦<A>\n¦{/*¦*/}¦{{ ¦ }}¦{% ¦ %}¦{{< ¦ >}}¦{{% ¦{% raw %}\n¦{% comment %}\n¦%%\n¦:::\n¦:::{a}\n¦"
    "::: a.b\n¦"
    "```{note}\n¦```{list-table}\n* - a\n¦```{csv-table}\n¦```{include} a\n```\n¦[[¦|¦]]¦![[¦==¦++a++¦{a}`¦^[¦"
    "[^a]: ¦*[A]: b\n¦"
    "{: .a}\n¦> [!NOTE] ¦!!! a \"b\"\n¦    ¦import a from 'b'\n¦export const a = {\n¦--8<--\n¦(a)=\n¦:   ¦- [x] ¦"
    "{--¦--}¦:a[¦~¦^¦@<¦<template #a>¦<Tabs values={[{label: 'a', value: 'b'}]}>\n¦"
    '...\n¦% a\n¦Title: a\n\n¦{\n "title": 1\n}\n'
)
TOKENS: dict[str, Sequence[str]] = {
    ".mdx": _parted(_DIALECTS),
    ".md": _parted(
        '{{#include b.md}}\n¦{{#include b.md:x}}¦{{#include b.md:2:}}\n¦--8<-- "b.md:1:3,2"\n¦'
        "<!--@include: ./b.md{,2}-->\n¦"
        "<<< ./x.py#x{1}\n¦{* x.py ln[1:2] *}\n¦{!t.csv!}\n¦```{literalinclude} x.py\n:pyobject: f\n```\n¦"
        "# ¦> ¦- ¦1. ¦999999999. ¦```¦~~~¦---\n¦+++\n¦|¦|---|¦![¦](¦[^¦*¦_¦`¦<div>¦</div>¦<br>¦<!--¦"
        "-->¦&#0;¦&#x110000;¦&amp;¦\\¦    ¦\t¦!!! note\n¦/// x\n¦:::¦{#a}¦===¦title: ¦url: http://¦&a ¦"
        "*a¦<<: *a¦!!python/object:os.system ¦" + _DIALECTS
    ),
    ".rst": _parted(
        ".. include:: b.rst\n¦.. include:: b.md\n   :end-line: 2\n¦.. literalinclude:: x.py\n   :lines: 2-\n¦"
        ".. csv-table:: a\n   :file: t.csv\n¦.. quoth-part:: 0\n¦"
        ".. ¦::¦====\n¦----\n¦`¦``¦|a|¦.. |a| replace:: |a|\n¦:ref:`¦_¦__ ¦[#]_¦* ¦"
        ".. include:: /etc/passwd\n¦.. raw:: html\n¦.. toctree::\n¦.. csv-table::\n¦.. contents::\n¦"
        "(a) ¦+--+¦=====  =====\n¦:a: ¦   ¦\t¦.. role:: x\n¦.. default-role:: x\n¦"
        ".. unicode:: 0x110000\n¦.. sectnum::\n¦.. class:: x\n¦.. target-notes::\n¦.. math::\n¦"
        ".. list-table::\n¦MMMMM. ¦0. ¦.. versionadded:: ¦"
        ".. only:: html\n¦.. tab:: a\n¦.. raw:: html\n\n   <p>¦   :file: a\n¦"
        ":pep:`¦:menuselection:`a --> &b`¦+     +¦[K]_ ¦.. [K] ¦iv) ¦:meth:`~a.b`"
    ),
    ".html": _parted(
        "<p>¦<li>¦<ol start=-9>¦<ol start=99999999999999999999>¦<table>¦<tr>¦<td>¦</table>¦<pre>¦<h1>¦"
        "</h1>¦<!--¦-->¦<![CDATA[¦]]>¦<?¦&#0;¦&#xD800;¦&#x110000;¦&¦&amp¦<title>¦<script>¦</script>¦"
        '<svg>¦<br>¦<img alt=\'¦<a ¦>¦<¦</¦<li value=٣>¦<template>¦<nav>¦<meta charset="utf-16">¦'
        '<meta charset="base64">¦<link rel=canonical href="http://[">¦<p hidden>¦"¦'
        "<td rowspan=0>¦<td colspan=999999>¦<th rowspan=65535 colspan=1000>¦<ol reversed type=I>¦<sup>¦</sup>¦<math>¦"
        "</math>¦<div role=tablist>¦<div role=tab>¦<div role=tabpanel hidden>¦<style>¦.x{display:none}¦}¦{¦<button>¦"
        '<main>¦</main>¦<article>¦<footer>¦<div class=toc>¦<a href="#x">¦</a>¦<tbody>¦</pre>¦<div class=gutter>¦<q>'
    ),
    ".txt": _parted("\n¦\n\n¦\r¦\x0c¦\x85¦\u2028¦\t¦ ¦e.g. ¦...¦?!¦\x1b$B¦\ufeff¦\xa0"),
    ".pdf": _parted(
        " obj\n¦endobj\n¦stream\n¦\nendstream¦<<¦>>¦[¦]¦/Length ¦/Filter /FlateDecode¦ 0 R¦"
        "/Kids [2 0 R]¦/Parent 4 0 R¦/Count -1¦/Count 99999999¦xref\n¦trailer¦startxref\n0¦(¦)¦BT¦ET¦"
        "Tj¦9999999999¦-1¦/Encrypt 1 0 R¦/ObjStm¦/First 5 0 R¦/Next 6 0 R¦/Title (x)¦/Type /Page¦"
        "/MediaBox [0 0 0 0]¦/Rotate 7¦\x02¦1 0 0 1 -99999999 5 Tm¦/ToUnicode 3 0 R¦"
        "3 Tr ¦1 1 1 rg ¦/FT /Btn¦/FT /Ch¦/V (\\n)¦/Ff 8192¦/Rect [0 0 0 0]¦/M 0 Tf¦0 0 0 0 0 0 cm¦"
        "/AcroForm <<¦/Subtype /Widget¦/Annots [6 0 R 6 0 R]"
    ),
    ".xml": _parted(
        '<w:p>¦</w:p>¦<w:tbl>¦<w:tr>¦<w:tc>¦<w:gridSpan w:val="-1"/>¦<w:vMerge w:val="x"/>¦<w:t>¦'
        '<row>¦<c r="ZZZZ99999999">¦<c t="s"><v>99</v></c>¦<c t="e">¦<v>¦<c t="d"><v>x</v></c>¦'
        '<is>¦r="A0"¦s="99"¦<itemref idref=\'x\'/>¦<p:sp>¦<a:p>¦<a:tbl>¦<p:grpSp>¦Id="r"¦<!--¦]]>¦'
        'Target="../../x"¦Target=""¦TargetMode="External"¦&#0;¦&x;¦'
        '<!DOCTYPE x [<!ENTITY x \'y\'>]>¦"¦<¦>¦/>¦<h1>¦<p>¦text ¦<w:numId w:val="9"/>¦'
        '<w:footnoteReference w:id="9"/>¦<w:br/>¦<w:fldChar w:fldCharType="end"/>¦<w:sdt>¦'
        '<w:hyperlink>¦<w:ilvl w:val="x"/>¦val="999999999999"¦<w:vanish/>¦<w:del>¦</w:del>¦'
        '<w:fldChar w:fldCharType="begin"/>¦'
        '<w:instrText> EQ x¦w:val="-1"¦<w:sym w:char="x"/>¦<m:r>¦hidden="1"¦ht="x"¦<mergeCell ref="A1:XFD9"/>¦'
        'formatCode="[h"¦'
        'formatCode="0.#,/E+?%;;;@"¦<a:buAutoNum type="x" startAt="x"/>¦show="0"¦<text:p>¦'
        '<text:s text:c="99999999"/>¦'
        'table:number-columns-repeated="999999"¦table:number-rows-repeated="9999"¦text:start-value="x"¦<text:list>¦<text:h>'
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
    if kind in _ARCHIVES:
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
    if kind == ".html":
        return (_HTML, fuzz_texts.CHAT_PAGE, _EXPORT, _EXPORT, _SCRIPTS, _HTML + _SCRIPTS, "")
    text = {".md": _MARKDOWN + _MDX, ".mdx": _MDX, ".rst": _RST, ".txt": _PLAIN}[kind]
    return (text, text, _SCRIPTS, text + _SCRIPTS, fuzz_texts.CHAT_TEXT if kind == ".txt" else text, "")


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
                damaged = text.encode("utf-8", "surrogatepass")
                parts[name] = damaged if _one_in(chance, 4) else _well_formed(damaged)
        if not parts:
            return b""
    data = _packed(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    return _bytes(chance, data) if _one_in(chance, 7) else data


def _well_formed(data: bytes) -> bytes:
    """Return XML with what is not well-formed in it mended, so that readers come as far as what it means."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return data
    if root is None:
        return data
    for element in root.iter(etree.Element):  # a prefix that stands for nothing
        if ":" in element.tag.rpartition("}")[2]:
            element.tag = "unknown"
        for name in [name for name in element.attrib if ":" in name.rpartition("}")[2]]:
            del element.attrib[name]
    return etree.tostring(root)


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
    sources = _ARCHIVES[kind]()
    parts = []
    for source in sources:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts.append(tuple((name, archive.read(name)) for name in archive.namelist()))
    return tuple(parts)


def _docx() -> list[bytes]:
    from hostile_files import docx, paragraph

    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>{paragraph("cell")}</w:tc>'
    numbered = (
        '<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Rules</w:t></w:r></w:p>"
    )
    linked = f"<w:p><w:hyperlink>{paragraph('l')}</w:hyperlink></w:p>"
    body = f"{paragraph('Cats &amp; dogs')}<w:tbl><w:tr>{cell}</w:tr></w:tbl>{numbered}{linked}"
    core = '<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Guide</dc:title></x>'
    full = body + numbered * 2 + _fields() + f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>"
    return [
        docx(body, more=[("docProps/core.xml", core)]),
        docx(full, more=_word_parts()),
        docx(full, more=_word_parts()),
    ]


def _fields() -> str:
    """Return paragraphs with a field, a formula, a note, a text box and something deleted and hidden."""
    marks = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in marks)
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = f"<m:oMath {math}><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den/></m:f></m:oMath>"
    box = "<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>"
    hidden = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    result = f"{begin}<w:r><w:instrText> REF x </w:instrText></w:r>{separate}<w:r><w:t>shown</w:t></w:r>{end}"
    return f"<w:p>{result}{formula}</w:p><w:p>{box}{hidden}{note}<w:fldSimple w:instr='DATE'/></w:p>"


def _word_parts() -> list[tuple[str, str | bytes]]:
    """Return styles, lists and notes, and the relations that lead to them."""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="(%{})"/></w:lvl>'
    parts = {
        "styles": '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="H1"/>'
        "</w:style>",
        "numbering": '<w:abstractNum w:abstractNumId="0">'
        + level.format(0, "decimal", 1)
        + level.format(1, "lowerRoman", 2)
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>',
        "footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote>',
    }
    relations = "".join(f'<Relationship Id="{name}" Type="{office}/{name}" Target="{name}.xml"/>' for name in parts)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return [
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>'),
        *((f"word/{name}.xml", f"<w:{name} {word}>{content}</w:{name}>") for name, content in parts.items()),
    ]


def _xlsx() -> list[bytes]:
    from hostile_files import xlsx
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet()
    for row in (["Item", "Price"], [], ["Tea", 2.5, None, True], ["=1+1", "a\nb"], [0.5, 46000.25, 1234.5, -3]):
        sheet.append(row)
    for column, code in enumerate(("0.0%", "yyyy-mm-dd h:mm", "#,##0.00 [$€]", "# ?/?;[Red]-0.0E+0"), 1):
        sheet.cell(5, column).number_format = code
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[1].hidden = sheet.column_dimensions["C"].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="b"><v>1</v></c><c><v>4.5</v></c></row>'
    return [buffer.getvalue(), buffer.getvalue(), xlsx(rows)]


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
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    table.cell(0, 0).text = "a"
    table.cell(0, 0).merge(table.cell(1, 0))
    slide.shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame.text = "In a group"
    buffer = io.BytesIO()
    deck.save(buffer)
    return [buffer.getvalue()]


def _epub() -> list[bytes]:
    from hostile_files import epub

    contents = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Knots</text>'
    contents += '</navLabel><content src="p.xhtml#a"/></navPoint></navMap></ncx>'
    named = epub("<html><title>Rope</title><body><p>Loops</p><p id='a'>Bends</p></body></html>", times=2)
    with zipfile.ZipFile(io.BytesIO(named)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    item = b'<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
    parts |= {"n.ncx": contents.encode(), "b.opf": parts["b.opf"].replace(b"</manifest>", item)}
    linked = epub(
        "<html><body><h1>Contents</h1><p><a href='p.xhtml'>One 1</a> <a href='p.xhtml'>Two 2</a></p></body></html>"
    )
    return [
        _packed(parts, zipfile.ZIP_STORED),
        linked,
        epub(_HTML),
        epub("<html><body><h1>One</h1><p>first</p></body></html>", times=2),
    ]


def _odf(kind: str, automatic: str, body: str) -> bytes:
    from hostile_files import open_document

    name = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    style = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    more = [
        ("META-INF/manifest.xml", f"<m:manifest {name}/>"),
        ("styles.xml", f"<styles {style}/>"),
        ("meta.xml", "<m/>"),
    ]
    return open_document(kind, body, automatic, more)


def _odt() -> list[bytes]:
    listed = '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>in'
    listed += "</text:p></text:list-item></text:list></text:list-item></text:list>"
    note = "<text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body>"
    body = '<text:h text:outline-level="1">Cats</text:h><text:p>They <text:span text:style-name="T">hide</text:span>'
    body += f"<text:note>{note}</text:note>"
    body += f"<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p>{listed}{_ODF_TABLE}"
    return [_odf("text", _ODF_STYLES, body)]


def _ods() -> list[bytes]:
    return [_odf("spreadsheet", _ODF_STYLES, _ODF_TABLE * 2)]


def _odp() -> list[bytes]:
    frame = (
        '<draw:frame presentation:class="{}" svg:x="{}cm" svg:y="2cm" svg:width="3cm" svg:height="1cm"><draw:text-box>'
    )
    frames = "".join(
        f"{frame.format(kind, at)}<text:p>{kind}</text:p></draw:text-box></draw:frame>"
        for at, kind in enumerate(("title", "outline", "footer"))
    )
    return [_odf("presentation", _ODF_STYLES, f'<draw:page draw:style-name="D">{frames}</draw:page>' * 2)]


_ODF_STYLES = """<style:style style:name="T" style:family="text">
<style:text-properties text:display="none"/></style:style>
<style:style style:name="D" style:family="drawing-page" style:parent-style-name="D"/>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>"""
_ODF_TABLE = """<table:table table:name="S"><table:table-column table:visibility="collapse"/>
<table:table-column table:number-columns-repeated="2"/><table:table-row table:number-rows-repeated="2">
<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"
table:number-rows-spanned="2"><text:p>b</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell office:value="4"/><table:covered-table-cell table:number-columns-repeated="2"/>
</table:table-row></table:table>"""


def _doc() -> list[bytes]:
    return [*_docx(), *_xlsx(), *_pptx()]


_ARCHIVES: dict[str, Callable[[], list[bytes]]] = {
    ".docx": _docx,
    ".pptx": _pptx,
    ".xlsx": _xlsx,
    ".epub": _epub,
    ".odt": _odt,
    ".ods": _ods,
    ".odp": _odp,
    ".doc": _doc,
}
"""What makes the sound files of each kind that is an archive; those under an old name are of the new kinds."""


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
    return (pages(1), pages(3, "Cats sleep."), outlined, _laid_out(), _laid_out())


def _laid_out() -> bytes:
    """Return a PDF with a table, columns, code, a form, a running head, unseen text and a picture."""
    from hostile_files import pdf

    rows = [(50 + 120 * column, 600 - 16 * row, f"c{row}{column}") for row in range(4) for column in range(3)]
    rows += [(50 + 250 * column, 480 - 14 * row, "the rope of the boat is") for row in range(4) for column in range(2)]
    shown = "".join(f"BT /F 12 Tf {x} {y} Td ({text}) Tj ET " for x, y, text in rows)
    shown += "BT /F 8 Tf 50 780 Td (Club rules) Tj ET BT /F 20 Tf 50 700 Td (Boats) Tj ET "
    shown += "BT /M 10 Tf 50 400 Td (if x:) Tj 12 -12 Td (y = 1) Tj ET q 3 Tr BT /F 9 Tf 9 9 Td (no) Tj ET Q "
    shown += "q 1 1 1 rg BT /F 9 Tf 9 20 Td (no) Tj ET Q q 90 0 0 80 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"
    names = (("F", "Helvetica"), ("M", "Courier"))
    fonts = " ".join(f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} >>" for name, font in names)
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << {fonts} >> >> "
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
            "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
            f"{page} /Contents 5 0 R /Annots [6 0 R] >>",
            f"{page} /Contents 5 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (Heron) /Rect [100 695 200 720] /P 3 0 R >>",
        ]
    )


def _pdf(chance: random.Random) -> bytes:
    data = chance.choice(_pdfs())
    if not _one_in(chance, 3):
        data = _damaged(chance, data.decode("latin-1"), TOKENS[".pdf"]).encode("latin-1", "replace")
    return _bytes(chance, data) if not _one_in(chance, 3) else data
