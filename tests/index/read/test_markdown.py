"""Markdown: what of it is seen, as which kind of block, under which headings and on which lines."""

from __future__ import annotations

import re
from bisect import bisect_right

from hypothesis import given, settings
from hypothesis import strategies as st

from index.read.draft import Draft
from index.read.markdown.reader import read_markdown
from index.read.plain import read_plain
from index.records import BlockKind, Document

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE

_WORD = re.compile(r"\bw\d+w\b")


def _finished(draft: Draft) -> Document:
    return draft.finished("a.md", draft.title or "A", "0" * 64)


def _read(text: str) -> Document:
    return _finished(read_markdown(text.encode()))


def _blocks(text: str) -> list[tuple[BlockKind, int, str]]:
    document = _read(text)
    return [(block.kind, block.line, document.text[block.start : block.end]) for block in document.blocks]


def _line(document: Document, offset: int) -> int:
    return document.places[bisect_right([place.offset for place in document.places], offset) - 1].line


def _assert_sound(document: Document) -> None:
    text, end = document.text, 0
    for block in document.blocks:
        stretch = text[block.start : block.end]
        assert end <= block.start < block.end <= len(text)
        assert stretch.strip()
        assert stretch == (stretch.rstrip() if block.kind is C else stretch.strip())
        assert block.line == _line(document, block.start)
        end = block.end
    offsets = [place.offset for place in document.places]
    assert offsets == sorted(set(offsets))
    assert not document.blocks or offsets[0] == 0
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", text)


def test_every_kind_of_block() -> None:
    assert _blocks(
        "# One\nSoft\nwrapped *text*.\n\n- a\n- b\n\n  more\n\n2. two\n3. three\n\n```py\n  x = 1\n\ny\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | `2` |\n\n> quoted\n> on\n"
    ) == [
        (H, 1, "One"),
        (P, 2, "Soft wrapped text."),
        (L, 5, "a"),
        (L, 6, "b"),
        (L, 8, "more"),
        (L, 10, "2. two"),
        (L, 11, "3. three"),
        (C, 14, "  x = 1\n\ny"),
        (T, 19, "a | b"),
        (T, 21, "1 | 2"),
        (P, 23, "quoted on"),
    ]


def test_blocks_stand_apart_and_rows_together() -> None:
    assert _read("# A\nb\n\n- c\n- d\n\ne\n").text == "A\n\nb\n\nc\nd\n\ne"


def test_markup_goes_and_its_text_stays() -> None:
    text = "A [link](http://x.y 'z') ![pic\nture](i.png) <b>bold</b> `co  de` &amp; <!-- gone --> <http://a.b> x\\\ny"
    assert _read(text).text == "A link pic ture bold co de & http://a.b x\ny"


def test_html_blocks_become_blocks_with_their_lines() -> None:
    assert _blocks(
        "text\n\n<details>\n<summary>Sum</summary>\n\ninside\n\n</details>\n<!-- c\nd -->\n<p>para\ngo</p>\n"
    ) == [
        (P, 1, "text"),
        (P, 4, "Sum"),
        (P, 6, "inside"),
        (P, 11, "para go"),
    ]


def test_front_matter_names_title_and_address_and_keeps_line_numbers() -> None:
    document = _read("---\ntitle: My  Page\nurl: https://x.y/z\n---\n# Head\ntext\n")
    assert (document.title, document.url) == ("My Page", "https://x.y/z")
    assert [block.line for block in document.blocks] == [5, 6]
    assert document.blocks[1].section == ("Head",)


def test_front_matter_in_toml_and_none_at_all() -> None:
    assert _read('+++\ntitle = "T"\n+++\ntext\n').title == "T"
    assert _read("---\nurl: ftp://x\n---\ntext\n").url is None
    assert _read("---\njust text\n---\n").text == "just text"
    assert _read("---\n: [\n---\nmore\n").text.endswith("more")


def test_sections_are_paths_without_the_title() -> None:
    document = _read("# Top\na\n## Sub {#id}\nb\n#### Deep\nc\n## Next\nd\n# Other\ne\n")
    assert document.title == "Top"
    assert [block.section for block in document.blocks if block.kind is P] == [
        (),
        ("Sub",),
        ("Sub", "Deep"),
        ("Next",),
        ("Other",),
    ]
    assert [block.section for block in document.blocks if block.kind is H][:2] == [(), ("Sub",)]


def test_boxes_and_tabs_lose_their_markers() -> None:
    assert _blocks(
        '!!! note "Care"\n    Inside.\n\n    More.\n\n/// tip | Hi\n\nThere.\n\n///\n\n:::warning\nHot\n:::\n\n'
        '=== "Tab"\n\n    ```\n    code\n    ```\n\n```\n!!! kept\n/// kept\n```\n'
    ) == [
        (P, 1, "Care"),
        (P, 2, "Inside."),
        (P, 4, "More."),
        (P, 6, "Hi"),
        (P, 8, "There."),
        (P, 13, "Hot"),
        (P, 16, "Tab"),
        (C, 19, "code"),
        (C, 23, "!!! kept\n/// kept"),
    ]


def test_lines_are_right_where_a_span_of_code_or_a_link_is_wrapped() -> None:
    document = _read("one `two\nthree` four [five](\n/x) six\nseven\n")
    lines = {word: _line(document, document.text.index(word)) for word in document.text.split()}
    assert lines == {"one": 1, "two": 1, "three": 2, "four": 2, "five": 2, "six": 3, "seven": 4}


def test_plain_text_keeps_its_lines() -> None:
    document = _finished(read_plain(b"\n  One\r\n  two  \r\n\r\n \r\nthree\rfour\n"))
    assert document.text == "One\n  two\n\nthree\nfour"
    assert [(block.kind, block.line) for block in document.blocks] == [(P, 2), (P, 6)]
    assert [_line(document, document.text.index(word)) for word in ("One", "two", "three", "four")] == [2, 3, 6, 7]


_MARKS = ("", "# ", "- ", "  - ", "> ", "1. ", "    ", "| ", "!!! note ", "/// ")
_AROUND = (
    "{}",
    "*{}*",
    "`{}`",
    "[{}](u)",
    "![{}](u)",
    "<b>{}</b>",
    "**{}",
    "`{}",
    "{}`",
    "[{}",
    "{}](u)",
    "{} |",
    "{}\\",
)
_NEXT = ("\n", "\n", "\n\n", "  \n", "\n```\n", "\n---\n", "\n|-|-|\n", "\n<div>\n", "\n<!-- x -->\n")


_PARTS = st.tuples(st.sampled_from(_MARKS), st.lists(st.sampled_from(_AROUND), max_size=4), st.sampled_from(_NEXT))


@given(st.lists(_PARTS))
@settings(max_examples=300)
def test_every_word_stands_on_the_line_its_place_says(parts: list[tuple[str, list[str], str]]) -> None:
    source, number = "", 0
    for mark, arounds, following in parts:
        words = []
        for around in arounds:
            number += 1
            words.append(around.format(f"w{number}w"))
        source += mark + " ".join(words) + following
    document = _read(source)
    _assert_sound(document)
    lines = source.split("\n")
    for match in _WORD.finditer(document.text):
        assert match[0] in _WORD.findall(lines[_line(document, match.start()) - 1])


@given(st.text(alphabet=st.characters(), max_size=300))
@settings(max_examples=200)
def test_any_text_makes_a_sound_document(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
    for reader in (read_markdown, read_plain):
        try:
            document = _finished(reader(data))
        except Exception as error:
            if type(error).__name__ != "UnreadableError":
                raise
            continue
        _assert_sound(document)


def test_figures_that_are_raised_by_an_element_stay_above_the_line() -> None:
    text = "10<sup>6</sup> seeds, the 1<sup>st</sup>, `10<sup>6</sup>`.\n"
    assert _read(text).text == "10⁶ seeds, the 1st, 10<sup>6</sup>."
