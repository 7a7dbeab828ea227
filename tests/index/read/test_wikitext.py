"""Wikitext and a MediaWiki's exports."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from index.errors import UnreadableError
from tests.index.read.blocks import C, H, L, P, T, blocks, document, texts


def test_every_kind_of_block() -> None:
    text = (
        "'''Lamps''' [[Light|shine]] at {{hours|9|pm}}<ref>Or ten.</ref> &amp; <nowiki>[[later]]</nowiki>.\n\n"
        "{{Lamp\n| oil = two [[Litre|litres]]\n| empty =\n}}\n* wick\n** cotton\n# Fill\n# Light\n## Wait\n# Enjoy\n"
        "\n fixed\n   code\n"
        "== Care ==\n<syntaxhighlight lang='sh'>\nclean\n</syntaxhighlight>\n"
        "[https://lamp.example The page] <!-- secret -->"
        "[[Category:Lamps]]\n"
    )
    assert blocks("a.wiki", text) == [
        (P, 1, "Lamps shine at [hours: 9, pm] & [[later]]."),
        (T, 4, "oil: two litres"),
        (L, 7, "wick"),
        (L, 8, "cotton"),
        (L, 9, "1. Fill"),
        (L, 10, "2. Light"),
        (L, 11, "1. Wait"),
        (L, 12, "3. Enjoy"),
        (C, 14, "fixed\n  code"),
        (H, 16, "Care"),
        (C, 18, "clean"),
        (P, 20, "The page"),
        (L, 1, "Or ten."),
    ]


def test_cells_that_span_stand_in_each_row_and_column() -> None:
    text = '{|\n|+ Prices\n! Lamp !! Day !! Week\n|-\n| rowspan="2" | Small || colspan=2 | free\n|-\n| one || two\n|}\n'
    assert texts("a.mediawiki", text) == ["Prices", "Lamp | Day | Week", "Small | free | free", "Small | one | two"]


def test_pictures_leave_their_captions_and_what_is_hidden_goes() -> None:
    text = "[[File:a.png|thumb|left|A lamp]]\n\n<gallery>\nFile:b.png|A wick\n</gallery>\n"
    text += "<div style='display: none'>secret</div>"
    assert texts("a.wiki", text) == ["A lamp", "A wick"]


def _export(*pages: tuple[str, int, str, str]) -> str:
    written = "".join(
        f"<page><title>{title}</title><ns>{space}</ns>{more}<revision><text>secret</text></revision>"
        f"<revision><text>{escape(text)}</text></revision></page>"
        for title, space, text, more in pages
    )
    head = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">'
    return f"{head}<siteinfo><sitename>Lamps</sitename></siteinfo>{written}</mediawiki>"


def test_an_export_is_its_pages_as_they_are_now() -> None:
    text = _export(
        ("Wick", 0, "Made of '''cotton'''.\n== Age ==\nA year.", ""),
        ("Talk:Wick", 1, "secret", ""),
        ("Template:Wick", 10, "secret", ""),
        ("Cotton", 0, "#REDIRECT [[Wick]]", '<redirect title="Wick"/>'),
        ("Shop:Wick", 104, "Two coins.", ""),
    )
    read = document("a.xml", text)
    assert read.title == "Lamps"
    assert read.text == "Wick\n\nMade of cotton.\n\nAge\n\nA year.\n\nShop:Wick\n\nTwo coins."
    assert [block.section for block in read.blocks][3:] == [("Wick", "Age"), ("Shop:Wick",), ("Shop:Wick",)]


def test_entities_are_not_opened_and_other_xml_is_named() -> None:
    head = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
    text = head + _export(("Wick", 0, "cotton", "")).replace("cotton", "cotton &out;")
    assert "root:" not in document("a.xml", text).text
    with pytest.raises(UnreadableError, match="are not read"):
        texts("a.xml", "<rss></rss>")
    with pytest.raises(UnreadableError, match="is not a MediaWiki's export, or is damaged"):
        texts("a.xml", "<mediawiki><page>")


@pytest.mark.parametrize("text", ["{{a|" * 20_000, "[[" * 20_000, "{{" * 400 + "}}" * 400, "* " * 20_000 + "x"])
def test_what_is_left_open_is_no_crash(text: str) -> None:
    assert texts("a.wiki", f"Lamps shine.\n\n{text}")[0] == "Lamps shine."


def test_what_stands_high_stays_there_and_what_shows_nothing_is_not_read() -> None:
    text = (
        "{{Short description|secret}}{{Use dmy dates|date=May 2031}}\n10<sup>6</sup> ants on 2 m<sup>2</sup>, the "
        "1<sup>st</sup>, see [[:Category:Ants]] and <code><nowiki>[[a]]</nowiki></code>."
    )
    assert texts("a.wiki", text) == ["10⁶ ants on 2 m², the 1st, see Category:Ants and [[a]]."]


def test_tabs_stand_apart_each_below_its_label() -> None:
    written = "Top.\n<tabber>\nBow=Made of ''yew''.\n\n* Long\n|-|\nOar=\n{| \n| Ash || 2\n|}\n</tabber>\nEnd.\n"
    assert blocks("a.wiki", written) == [
        (P, 1, "Top."),
        (P, 3, "Bow"),
        (P, 3, "Made of yew."),
        (L, 5, "Long"),
        (P, 7, "Oar"),
        (T, 9, "Ash | 2"),
        (P, 12, "End."),
    ]
    assert texts("a.wiki", "{|\n| <tabber>A=one|-|B=two</tabber> || x\n|}\n") == ["A: one B: two | x"]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("# wick\n#* cotton\n#: dry\n# oil\n\n# lamp\n", ["1. wick", "cotton", "dry", "2. oil", "1. lamp"]),
        ("# wick\n<!-- cut it -->\n# oil\n", ["1. wick", "2. oil"]),
        ("# wick\n<pre>cut</pre>\n# oil\n", ["1. wick", "cut", "1. oil"]),
        ("# wick <div>cut</div> it\n# oil\n", ["1. wick", "cut", "it", "2. oil"]),
        ("# wick\n<div>cut</div>\n# oil\n", ["1. wick", "cut", "1. oil"]),
        ("<ol><li>wick<ul><li>cotton</li></ul></li>\n<li>oil</li></ol>", ["1. wick", "cotton", "2. oil"]),
    ],
)
def test_a_list_ends_where_a_line_is_no_part_of_it(source: str, seen: list[str]) -> None:
    assert texts("a.wiki", source) == seen


def test_a_list_that_is_written_as_html_begins_where_it_says() -> None:
    text = '<ol start="5"><li>five</li><li value="8">eight</li><li>nine</li></ol>'
    assert texts("a.wiki", text) == ["5. five", "8. eight", "9. nine"]


def test_entities_in_code_are_their_characters() -> None:
    text = (
        "Type <code>run &lt;name&gt;</code> or <nowiki>&lt;b&gt;</nowiki>.\n<pre>a &amp; b</pre>\n"
        "<syntaxhighlight>a &amp; b</syntaxhighlight>\n"
    )
    assert texts("a.wiki", text) == ["Type run <name> or <b>.", "a & b", "a &amp; b"]


def test_links_with_words_of_their_own_are_read_whatever_they_lead_to() -> None:
    text = "See [[wp:Oak|oak]], [[DLC: Mills]] and [[:fr:Moulin]].[[de:Eiche]][[Category:Oaks|key]]\n"
    assert texts("a.wiki", text) == ["See oak, DLC: Mills and fr:Moulin."]


def test_only_whole_entities_in_code_are_characters() -> None:
    text = 'Ask <code>?x=1&section=3&copy=4&notit;</code> or <tt>&#60;&#x3E;</tt>.\n<pre>scanf("%d", &times);</pre>\n'
    assert texts("a.wiki", text) == ["Ask ?x=1&section=3&copy=4&notit; or <>.", 'scanf("%d", &times);']


def test_links_to_other_languages_stand_beside_the_text() -> None:
    text = "[[fr:Chêne|le chêne]]\n\n[[FR:Chêne]]\n\n[[zh-yue: a]][[api:Foo|the foo]] of [[Bug:1|a bug]] and [[yew]].\n"
    assert texts("a.wiki", text) == ["the foo of a bug and yew."]


def test_boxes_of_links_are_not_read_and_captions_have_no_marks() -> None:
    boxes = "{{Navbox trees\n|list=Yew\n}}\n{{Tree navbox|Ash}}\n"
    text = f"Oaks.\n\n<gallery>\nFile:a.png|An ''old'' [[Oak|oak]]\n</gallery>\n{boxes}"
    assert texts("a.wiki", text) == ["Oaks.", "An old oak"]


def test_boxes_of_text_beside_the_page_are_read() -> None:
    assert "Text that matters" in " ".join(texts("a.wiki", "Oaks.\n\n{{Side nav box|Text that matters}}\n"))
