"""Files that a page shows as parts of itself: followed inside the documents folder, otherwise named."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from index.read.files import DEEPEST, MOST_FILES
from index.read.folder import walk
from index.read.readers import Readers
from index.records import Document

PAGE = "Nets are mended on Fridays."

_READERS = Readers()
"""One reading process for all tests: it starts with the first file."""


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    with _READERS:
        yield


def _written(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _read(folder: Path, files: Mapping[str, str], source: str) -> Document:
    _written(folder, files)
    file = next(file for file in walk(folder).files if file.source == source)
    (document,) = _READERS.read([file])
    assert isinstance(document, Document), document
    return document


CASES = {
    "mdbook": ("book/src/a.md", "# A\n\n{{#include part.md}}\n", {"book/src/part.md": PAGE}),
    "mdbook, above": ("book/src/a.md", "# A\n\n{{#include ../part.md}}\n", {"book/part.md": PAGE}),
    "mdbook, lines": ("a.md", "# A\n\n{{#include part.md:2:2}}\n", {"part.md": f"No.\n{PAGE}\nNo."}),
    "mdbook, one line": ("a.md", "# A\n\n{{#include part.md:2}}\n", {"part.md": f"No.\n{PAGE}\nNo."}),
    "mdbook, anchor": (
        "a.md",
        "# A\n\n```rust\n{{#rustdoc_include x.rs:nets}}\n```\n",
        {"x.rs": f"no();\n// ANCHOR: nets\n{PAGE}\n// ANCHOR_END: nets\nno();"},
    ),
    "mkdocs": ("docs/deep/a.md", '# A\n\n--8<-- "parts/nets.md"\n', {"parts/nets.md": f"---\ntitle: no\n---\n{PAGE}"}),
    "mkdocs, block": ("a.md", "# A\n\n--8<--\nnets.md\n; none.md\n--8<--\n", {"nets.md": PAGE}),
    "mkdocs, part": (
        "a.md",
        '# A\n\n```py\n--8<-- "x.py:nets"\n```\n',
        {"x.py": f"no()\n# --8<-- [start:nets]\n{PAGE}\n# --8<-- [end:nets]\nno()"},
    ),
    "vitepress": ("a.md", "# A\n\n<!--@include: ./parts/nets.md{2,2}-->\n", {"parts/nets.md": f"No.\n{PAGE}\nNo."}),
    "vuepress, code": ("a.md", "# A\n\n@[code{2-2} js](./x.js)\n", {"x.js": f"no()\n{PAGE}\nno()"}),
    "docusaurus, code": ("a.md", "# A\n\n```js file=./x.js#L2-L2\n```\n", {"x.js": f"no()\n{PAGE}\nno()"}),
    "mdbook, template": ("a.md", "# A\n\n{{#template part.md hour=9}}\n", {"part.md": PAGE}),
    "vitepress, code": (
        "guide/a.md",
        "# A\n\n<<< @/snippets/x.js#nets{1,2 js}\n",
        {"snippets/x.js": f"no()\n// #region nets\n{PAGE}\n// #endregion nets\n"},
    ),
    "fastapi": ("docs/a.md", "# A\n\n{* ../src/x.py ln[2:2] hl[1] *}\n", {"src/x.py": f"no\n{PAGE}\nno"}),
    "markdown-include": ("a.md", "# A\n\n{!nets.md!}\n", {"nets.md": PAGE}),
    "mdx": ("docs/a.mdx", "import Nets from './_nets.mdx';\n\n# A\n\n<Nets />\n", {"docs/_nets.mdx": PAGE}),
    "mdx, site": ("docs/a.mdx", "import N from '@site/docs/_n.mdx'\n\n# A\n\n<N/>\n", {"docs/_n.mdx": PAGE}),
    "mdx, rooted": ("docs/a.mdx", 'import N from "/snippets/n.mdx";\n\n# A\n\n<N/>\n', {"snippets/n.mdx": PAGE}),
    "docfx": ("a.md", "# A\n\n[!INCLUDE [nets](parts/nets.md)]\n", {"parts/nets.md": PAGE}),
    "jekyll": ("docs/a.md", "# A\n\n{% include nets.md %}\n", {"_includes/nets.md": PAGE}),
    "myst": (
        "a.md",
        "# A\n\n```{include} nets.md\n:start-after: <!-- begin -->\n```\n",
        {"nets.md": f"No.\n\n<!-- begin -->\n\n{PAGE}"},
    ),
    "myst, code": ("a.md", "# A\n\n```{literalinclude} x.py\n:lines: 2\n```\n", {"x.py": f"no\n{PAGE}\nno"}),
    "rst": ("a.rst", "A\n=\n\n.. include:: parts/nets.rst\n", {"parts/nets.rst": PAGE}),
    "rst, markdown": (
        "a.rst",
        "A\n=\n\n.. include:: parts/nets.md\n   :parser: myst_parser.sphinx_\n",
        {"parts/nets.md": f"## Nets\n\n*{PAGE}*"},
    ),
    "mdx, around": ("a.mdx", "import N, {toc} from './_n.mdx';\n\n# A\n\n<N>\n</N>\n", {"_n.mdx": PAGE}),
    "rst, rooted": ("docs/deep/a.rst", "A\n=\n\n.. include:: /parts/nets.txt\n", {"docs/parts/nets.txt": PAGE}),
    "rst, part": (
        "a.rst",
        "A\n=\n\n.. include:: nets.rst\n   :start-after: begin-here\n   :end-before: end-here\n",
        {"nets.rst": f"No.\n\n.. begin-here\n\n{PAGE}\n\n.. end-here\n\nNo."},
    ),
    "rst, code": (
        "a.rst",
        "A\n=\n\n.. literalinclude:: x.py\n   :language: python\n   :start-after: begin\n   :end-before: stop\n",
        {"x.py": f"no\n# begin\n{PAGE}\n# stop\nno"},
    ),
    "rst, function": (
        "a.rst",
        "A\n=\n\n.. literalinclude:: x.py\n   :pyobject: Net.mend\n",
        {"x.py": f"class Net:\n    def cast(self):\n        no\n    def mend(self):\n        '{PAGE}'\n\nno = 1\n"},
    ),
    "rst, table": (
        "a.rst",
        "A\n=\n\n.. csv-table:: T\n   :file: t.csv\n   :header-rows: 1\n",
        {"t.csv": f'Day,Work\n1,"{PAGE}"\n'},
    ),
    "mdx, raw by webpack": (
        "a.mdx",
        "import Nets from '!!raw-loader!./nets.txt';\n\n# A\n\n<CodeBlock language=\"text\">{Nets}</CodeBlock>\n",
        {"nets.txt": PAGE},
    ),
    "mdx, raw by vite": (
        "a.mdx",
        'import nets from "./nets.md?raw"\n\n# A\n\n<CodeBlock>\n  {nets}\n</CodeBlock>\n',
        {"nets.md": PAGE},
    ),
    "obsidian": ("a.md", "# A\n\n![[nets]]\n", {"nets.md": f"---\ntags: no\n---\n{PAGE}"}),
    "obsidian, heading": (
        "a.md",
        "# A\n\n![[parts/nets#Work#On Fridays|shown]]\n",
        {"parts/nets.md": f"No.\n\n# Work\n\n```\n# On Fridays\n```\n\n## On Fridays\n\n{PAGE}\n\n## Else\n\nNo."},
    ),
    "obsidian, block": (
        "a.md",
        "# A\n\n![[nets#^mended]]\n",
        {"nets.md": f"No.\n\n{PAGE} ^mended\n\n- No. ^other\n"},
    ),
    "obsidian, anywhere": (
        "inbox/a.md",
        "# A\n\n![[nets]]\n",
        {"kept/Nets.md": PAGE},
    ),
    "obsidian, anywhere below a folder": (
        "inbox/a.md",
        "# A\n\n![[old/nets]]\n",
        {"kept/old/nets.md": PAGE},
    ),
    "mkdocs, between words": (
        "a.md",
        '# A\n\n{%\n   include-markdown "nets.md"\n   start="<!--from-->"\n   end="<!--to-->"\n%}\n',
        {"nets.md": f"No.\n<!--from-->\n{PAGE}\n<!--to-->\nNo."},
    ),
    "gitbook": (
        "a/b.md",
        '# A\n\n{% include "../.gitbook/includes/nets.md" %}\n',
        {".gitbook/includes/nets.md": PAGE},
    ),
    "org": ("a.org", '* A\n\n#+INCLUDE: "parts/nets.org" :lines "2-3"\n', {"parts/nets.org": f"No.\n{PAGE}\nNo."}),
    "org, section": (
        "a.org",
        '* A\n\n#+INCLUDE: "nets.org::*Fridays"\n',
        {"nets.org": f"No.\n* Fridays :work:\n{PAGE}\n* Else\nNo."},
    ),
    "org, code": ("a.org", "* A\n\n#+INCLUDE: x.py src python\n", {"x.py": PAGE}),
    "rst, raw": ("a.rst", "A\n=\n\n.. raw:: html\n   :file: nets.html\n", {"nets.html": f"<p>{PAGE}</p>"}),
    "asciidoc": ("a.adoc", "= A\n\ninclude::parts/nets.adoc[]\n", {"parts/nets.adoc": PAGE}),
    "asciidoc, tag": (
        "a.adoc",
        "= A\n\n----\ninclude::x.rb[tag=nets]\n----\n",
        {"x.rb": f"no\n# tag::nets[]\n{PAGE}\n# end::nets[]\nno"},
    ),
    "asciidoc, antora": (
        "modules/m/pages/a.adoc",
        "= A\n\ninclude::partial$n.adoc[]\n",
        {"modules/m/partials/n.adoc": PAGE},
    ),
}


@pytest.mark.parametrize(("source", "page", "others"), CASES.values(), ids=CASES)
def test_a_file_that_a_page_shows_stands_in_it(source: str, page: str, others: dict[str, str], tmp_path: Path) -> None:
    document = _read(tmp_path, {source: page, **others}, source)
    assert PAGE in document.text
    assert not any(word in document.text.lower().split() for word in ("no", "no.", "no();", "no()", "begin", "end"))
    assert document.unread == ()
    named = (
        page.split("\n").index(
            next(
                line
                for line in page.split("\n")
                if "nets" in line
                or "x." in line
                or "t.csv" in line
                or "<N" in line
                or "n.adoc" in line
                or "part.md" in line
            )
        )
        + 1
    )
    block = next(block for block in document.blocks if PAGE in document.text[block.start : block.end])
    assert abs(block.line - named) <= 5  # that of the page, not that of the file
    assert set(others) <= {path for path, sha256 in document.shown.items() if sha256}


def test_parts_of_parts_are_followed_from_where_they_lie(tmp_path: Path) -> None:
    files = {
        "a.md": "# A\n\n{{#include parts/one.md}}\n\nLast.\n",
        "parts/one.md": "One.\n\n{{#include deep/two.md}}\n",
        "parts/deep/two.md": "Two.\n",
    }
    assert _read(tmp_path, files, "a.md").text == "A\n\nOne.\n\nTwo.\n\nLast."


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("{{#include a.md}}", "a.md (is shown in itself)"),
        ("{{#include b.md}}", "a.md (is shown in itself)"),
        ("{{#include ../secret.md}}", "../secret.md (lies outside the documents folder)"),
        ("{{#include link.md}}", "link.md (lies outside the documents folder)"),
        ("{{#include .env}}", ".env (is hidden by a dot in front of its name)"),
        ("{{#include none.md}}", "none.md (is not there)"),
        ("{{#include noise.md}}", "noise.md (is not text: it seems to be a file of another kind under this name)"),
        ("{{#include c.md:part}}", "c.md:part (has no such part)"),
        ('--8<-- "https://example.org/a.md"', "https://example.org/a.md (is on the web)"),
        ("{{#include large.md}}", "large.md (is larger than 4 MiB: split it into smaller files)"),
    ],
)
def test_what_is_not_shown_is_named_with_its_reason(page: str, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("The secret.", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / ".env").write_text("The secret.", encoding="utf-8")
    (folder / "noise.md").write_bytes(bytes(range(256)) * 20)
    (folder / "large.md").write_text("secret " * 700_000, encoding="utf-8")
    document = _read(
        folder, {"a.md": f"# A\n\nText.\n\n{page}\n", "b.md": "{{#include a.md}}", "c.md": "Part."}, "a.md"
    )
    assert len(document.unread) == 1
    assert document.unread[0].endswith(f"(put them in the documents folder): {reason}")
    assert "not included: " in document.text
    assert "secret" not in document.text.replace("../secret.md", "")


_PARTS = 2_500
"""Files that a page shows: more than it may, and more than a thousand too many."""


def test_more_parts_than_there_may_be_and_parts_that_multiply_are_bounded(tmp_path: Path) -> None:
    _written(tmp_path, {f"p/{number}.md": f"Part {number}." for number in range(_PARTS)})
    page = "\n\n".join(f"{{{{#include p/{number}.md}}}}" for number in range(_PARTS))
    document = _read(tmp_path, {"a.md": page}, "a.md")
    assert f"Part {MOST_FILES - 1}." in document.text
    assert f"Part {MOST_FILES}." not in document.text
    assert "is past the first 1,000" in document.unread[0]
    assert f"{_PARTS - MOST_FILES - 3:,} more" in document.unread[0]
    tower = {f"t{number}.md": f"{{{{#include t{number + 1}.md}}}}\n\n" * 10 for number in range(30)}
    assert "stands in" in _read(tmp_path, {**tower, "t30.md": "Top."}, "t0.md").unread[0]
    assert DEEPEST == 10


def test_a_directive_in_an_example_is_left_as_it_is(tmp_path: Path) -> None:
    page = "A\n=\n\nWrite::\n\n   .. include:: parts.rst\n\n.. code-block:: rst\n\n   .. include:: parts.rst\n"
    document = _read(tmp_path, {"a.rst": page, "parts.rst": PAGE}, "a.rst")
    assert PAGE not in document.text
    assert document.text.count(".. include:: parts.rst") == 2
    assert document.shown == {}


def test_a_page_in_an_archive_shows_the_files_beside_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("docs/a.md", "# A\n\n{{#include ../parts/nets.md}}\n")
        archive.writestr("parts/nets.md", PAGE)
    (document,) = _READERS.read([file for file in walk(tmp_path).files if file.source.endswith("a.md")])
    assert isinstance(document, Document)
    assert PAGE in document.text
    assert document.shown.keys() == {"parts/nets.md"}


def test_a_file_in_the_middle_of_a_sentence_is_its_only_line(tmp_path: Path) -> None:
    files = {
        "a.md": "The depth is {{#include depth.txt}} and {{#include two.md}} here.",
        "depth.txt": "9 m\n",
        "two.md": "a\n\nb",
    }
    document = _read(tmp_path, files, "a.md")
    assert document.text == "The depth is 9 m and [not included: two.md] here."
    assert "two.md (holds more than the line" in document.unread[0]


def test_a_part_in_markdown_is_read_as_such_in_its_section(tmp_path: Path) -> None:
    page = "Harbour\n=======\n\nNets\n----\n\n.. include:: nets.md\n\nLast.\n"
    document = _read(
        tmp_path,
        {"a.rst": page, "nets.md": "# Mending\n\nUse **twine**.\n\n{{#include more.md}}\n", "more.md": "More."},
        "a.rst",
    )
    assert [(block.section, block.line) for block in document.blocks if block.kind == "paragraph"] == [
        (("Nets", "Mending"), 7),
        (("Nets", "Mending"), 7),
        (("Nets", "Mending"), 9),
    ]
    assert document.text == "Harbour\n\nNets\n\nMending\n\nUse twine.\n\nMore.\n\nLast."


def test_a_part_is_given_values_by_its_tag(tmp_path: Path) -> None:
    page = 'import Depth from "./_depth.mdx"\n\n# A\n\n<Depth where="*the quay*" metres={4} />\n'
    files = {"a.mdx": page, "_depth.mdx": "At {props.where} it is {props.metres} metres, {props.more}."}
    assert _read(tmp_path, files, "a.mdx").text == "A\n\nAt *the quay* it is […] metres, […]."


def test_what_a_comment_of_asciidoc_names_is_not_opened_and_several_tags_are_all_shown(tmp_path: Path) -> None:
    page = "= Page\n\n////\ninclude::gone.adoc[]\n////\n\n----\ninclude::x.rb[tags=a;b]\n----\n\nEnd.\n"
    code = "# tag::a[]\nfirst\n# end::a[]\nbetween\n# tag::b[]\nsecond\n# end::b[]\n"
    text = _read(tmp_path, {"page.adoc": page, "x.rb": code}, "page.adoc").text
    assert "gone" not in text
    assert "first\nsecond" in text
    assert "between" not in text


@pytest.mark.parametrize("wanted", ["{{#include a.rs:5:-}}", "{{#include a.rs:5:" + "9" * 5_000 + "}}"])
def test_lines_that_are_written_wrongly_lose_no_page(wanted: str, tmp_path: Path) -> None:
    text = _read(tmp_path, {"page.md": f"# Page\n\n{wanted}\n\nThe end.\n", "a.rs": "fn main() {}\n"}, "page.md").text
    assert "[not included: a.rs" in text
    assert "The end." in text


def test_references_to_other_pages_are_shown_by_their_titles(tmp_path: Path) -> None:
    files = {
        "a/one.rst": (
            "One\n===\n\nSee :doc:`two`, :doc:`/b/three`, :doc:`that <two>`, :doc:`gone`, :ref:`nets`, :ref:`Ropes`,\n"
            ":ref:`these <nets>` and :ref:`lost`.\n"
        ),
        "a/two.rst": "===========\nTwo *nets*\n===========\n\n.. _nets:\n\nMending nets\n------------\n\nText.\n",
        "b/three.md": "---\nx: y\n---\n\n# The third {#t}\n\n(ropes)=\n## Of ropes\n\n"
        "See {doc}`/a/two` and {ref}`nets`.\n",
        ".hidden/four.rst": ".. _lost:\n\nSecret\n------\n",
    }
    read = _read(tmp_path, files, "a/one.rst")
    assert read.text.split("\n\n", 1)[1].replace("\n", " ") == (
        "See Two nets, The third, that, gone, Mending nets, Of ropes, these and lost."
    )
    assert read.shown["a/two.rst"]
    assert read.shown["b/three.md"]
    assert not read.unread
    assert _read(tmp_path, files, "b/three.md").text.endswith("See Two nets and Mending nets.")


def test_of_notes_of_one_name_the_nearest_and_then_the_highest_is_shown(tmp_path: Path) -> None:
    files = {"x/a.md": "![[Nets]]\n\n![[Ropes]]\n\n![[old/Ropes]]\n", "x/Nets.md": "Near.", "y/Nets.md": "Far."}
    files |= {"y/old/Ropes.md": "Deep.", "z/Ropes.md": "High.", "z/.trash/Ropes.md": "Gone."}
    assert _read(tmp_path, files, "x/a.md").text == "Near.\n\nHigh.\n\nDeep."


def test_a_note_that_shows_itself_shows_no_other_of_its_name(tmp_path: Path) -> None:
    read = _read(tmp_path, {"x/a.md": "One.\n\n![[a]]\n", "a.md": "Two.", "y/a.md": "Three."}, "x/a.md")
    assert read.text == "One.\n\n[not included: a]"


def test_a_note_that_is_not_published_is_shown_in_no_other(tmp_path: Path) -> None:
    read = _read(tmp_path, {"a.md": "One.\n\n![[b]]\n", "x/b.md": "---\npublished: false\n---\nsecret"}, "a.md")
    assert read.text == "One.\n\n[not included: b]"
