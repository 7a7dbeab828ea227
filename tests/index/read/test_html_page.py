"""HTML pages: their own content, as blocks, on the lines of the source."""

from __future__ import annotations

import re
from bisect import bisect_right

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import UnreadableError
from index.read.draft import Draft
from index.read.html.blocks import add_html
from index.read.html.reader import read_html
from index.records import BlockKind, Document
from tests.index.read.blocks import texts

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE


def _read(text: str) -> Document:
    draft = read_html(text.encode())
    return draft.finished("a.html", draft.title or "A", "0" * 64)


def _texts(text: str) -> list[str]:
    return [seen for _, _, seen in _blocks(text)]


def _blocks(text: str) -> list[tuple[BlockKind, int, str]]:
    draft = Draft()
    add_html(draft, text)
    document = draft.finished("a.html", "A", "0" * 64)
    return [(block.kind, block.line, document.text[block.start : block.end]) for block in document.blocks]


def test_every_kind_of_block() -> None:
    assert _blocks(
        "<h1>Big\nPage<a class='headerlink' href=#x>¶</a></h1>\n<p>Some text\nover lines &amp; more<br>broken"
        "<img alt='pic'>\n<p>next\n<ol start=3><li>three<li><p>four</p><p>more</p><ul><li>sub</ul></ol>\n"
        "<pre><code>\ndef f():\n    return <b>1</b>\n\nx\n</code></pre>\n"
        "<table><tr><th>A<th>B</tr>\n<tr><td>1\n</td><td><p>2</p><p>3</p></td></tr></table>\n"
        "<dl><dt>Term<dd>Meaning</dl><script>var x = '<p>no';</script><p hidden>no</p>tail"
    ) == [
        (H, 1, "Big Page"),
        (P, 3, "Some text over lines & more\nbrokenpic"),
        (P, 5, "next"),
        (L, 6, "3. three"),
        (L, 6, "4. four"),
        (L, 6, "more"),
        (L, 6, "sub"),
        (C, 8, "def f():\n    return 1\n\nx"),
        (T, 13, "A | B"),
        (T, 14, "1 | 2 3"),
        (P, 16, "Term"),
        (P, 16, "Meaning"),
        (P, 16, "tail"),
    ]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    text = "<table><tr><td>menu</td><td>\n<h1>Head</h1>\n<p>text</p><pre>code</pre></td></tr></table><p>after</p>"
    assert _blocks(text) == [(P, 1, "menu"), (H, 2, "Head"), (P, 3, "text"), (C, 3, "code"), (P, 3, "after")]


def test_two_lists_two_tables_and_two_pieces_of_code_stay_apart() -> None:
    text = (
        "<pre>one</pre><ul><li>a</ul><table><tr><td>1</table><p>between</p>"
        "<pre>two</pre><ul><li>b</ul><table><tr><td>2</table>"
    )
    assert [kind for kind, _, _ in _blocks(text)] == [C, L, T, P, C, L, T]


def test_what_frames_a_page_is_left_out() -> None:
    sentences = [
        f"Sentence number {n} of the article says something about the river and its {n} bridges." for n in range(30)
    ]
    paragraphs = "\n".join(f"<p>{sentence}</p>" for sentence in sentences)
    page = (
        "<html><head><title>Rivers - The Site</title><link rel='canonical' href='https://x.y/rivers'></head><body>"
        "<nav><a href='/'>Home</a></nav><div class='sidebar'><ul><li><a href='/a'>Other page</a></li></ul></div>"
        f"<main><article><h1>Rivers</h1>{paragraphs}<pre><code>measure()\n  --deep</code></pre>"
        "<p>The last paragraph closes the article about rivers with a word of thanks.</p></article></main>"
        "<footer><p>Copyright by the owners of this site, all rights reserved.</p></footer></body></html>"
    )
    document = _read(page)
    assert (document.title, document.url) == ("Rivers", "https://x.y/rivers")
    assert document.text.startswith("Rivers\n\nSentence number 0")
    assert document.text.endswith("a word of thanks.")
    assert "measure()\n  --deep" in document.text
    assert all(sentence in document.text for sentence in sentences)


def test_a_short_page_is_read_whole() -> None:
    document = _read("<title>Short</title><p>Just this.</p><p>And this.</p>")
    assert (document.title, document.text) == ("Short", "Just this.\n\nAnd this.")


def test_a_page_with_nothing_but_a_menu_keeps_it() -> None:
    assert _read("<nav><ul><li>One<li>Two</ul></nav>").text == "One\nTwo"


_TAGS = ("p", "div", "h2", "li", "ul", "ol", "pre", "table", "tr", "td", "b", "code", "br", "blockquote", "/p", "/div")
_ENDS = ("/h2", "/li", "/ul", "/pre", "/table", "/tr", "/td", "!-- x --", "p\nclass='x'", "img alt='pic'")


_PARTS = st.tuples(st.sampled_from(_TAGS + _ENDS), st.integers(0, 3), st.sampled_from(("", " ", "\n", "\n\n")))


@given(st.lists(_PARTS))
@example([("table", 0, ""), ("td", 1, ""), ("/td", 1, "")])
@example([("table", 0, ""), ("td", 1, ""), ("/td", 0, ""), ("table", 1, "")])
@settings(max_examples=500)
def test_every_word_is_kept_and_stands_on_its_line(parts: list[tuple[str, int, str]]) -> None:
    source, number = "", 0
    for tag, count, end in parts:
        words = [f"w{number + step}w" for step in range(count)]
        number += count
        source += f"<{tag}>" + " ".join(words) + end
    draft = Draft()
    add_html(draft, source)
    document = draft.finished("a.html", "A", "0" * 64)
    offsets = [place.offset for place in document.places]
    matches = list(re.finditer(r"w\d+w", document.text))
    assert [match[0] for match in matches] == [f"w{step}w" for step in range(number)]
    for match in matches:
        line = document.places[bisect_right(offsets, match.start()) - 1].line
        assert match[0] in re.findall(r"w\d+w", source.split("\n")[line - 1])


def test_what_a_sheet_hides_by_several_names_or_below_another_element_is_not_read() -> None:
    assert _texts(
        "<style>#hut .note{display:none} p.a.b{display:none} aside{visibility:hidden} .x > .y{display:none}"
        " .on .z{display:none} .z{display:block}</style><main><h1>Hut</h1><p class='note'>Kept outside.</p>"
        "<div id='hut'><div><p class='note'>Gone.</p></div><p>In the hut.</p></div><p class='a'>One name.</p>"
        "<p class='b a'>Gone.</p><aside>Gone.</aside><div class='x'><p class='y'>Gone.</p></div>"
        "<div class='on'><p class='z'>Shown elsewhere.</p></div><p>Last.</p></main>"
    ) == ["Hut", "Kept outside.", "In the hut.", "One name.", "Shown elsewhere.", "Last."]


def test_a_sheet_that_hides_nearly_all_of_a_page_until_a_script_has_run_hides_nothing() -> None:
    assert "All of the words." in _texts(
        "<style>.wait .app{display:none}</style><body class='wait'>"
        "<div class='app'><p>All of the words.</p></div></body>"
    )


def test_closed_dialogs_and_elements_without_height_are_not_read() -> None:
    assert _texts(
        "<main><p>Seen.</p><dialog>Gone.</dialog><dialog open>Open.</dialog><p popover>Gone.</p>"
        "<div style='height:0; overflow:hidden'>Gone.</div>"
        "<div style='max-height:0;overflow:hidden'>Gone.</div>"
        "<div style='max-height:0;overflow:hidden;transition:max-height 1s'>Unfolds.</div></main>"
    ) == ["Seen.", "Open.", "Unfolds."]


_WHITE_AND_SEEN = {
    "black": '<p style="color:rgb(0,0,0)">Seen.</p>',
    "half seen through": '<p style="color:rgba(0, 0, 0, 0.05)">Seen.</p>',
    "on a colour": '<div style="background:#333"><p style="color:#fff">Seen.</p></div>',
    "on a picture": '<p style="color:white;background-image:url(a.png)">Seen.</p>',
    "in a dark cell": "<table><tr><td bgcolor=navy><font color=white>Seen.</font></td></tr></table>",
    "on a sheet's colour": "<style>.b{background:#123}.w{color:#fff}</style><div class=b><p class=w>Seen.</p></div>",
    "by another rule": "<style>.w{color:#fff}.w{color:#222}</style><p class=w>Seen.</p>",
    "in a place alone": "<style>.b .w{color:#fff}</style><p class=w>Seen.</p>",
    "on dark screens": "<style>@media (prefers-color-scheme:dark){.w{color:#fff}}</style><p class=w>Seen.</p>",
    "on a dark page": "<style>body{background:#000;color:#fff}</style><body><p>Seen.</p></body>",
    "of a sheet elsewhere": '<link rel=stylesheet href=a.css><p style="color:#fff">Seen.</p>',
    "over a picture": '<p style="position:absolute;color:#fff">Seen.</p>',
    "with others in it": '<p style="color:#fff"><b style="color:#000">Seen.</b></p>',
    "of text with a gradient": '<p style="color:transparent;background-clip:text">Seen.</p>',
    "one of several that is open": (
        "<style>.z:not(.on){display:none}</style><p class='z on'>On.</p><p class=z>Seen.</p>"
    ),
    "what has a class that is asked for": "<style>.z:not(.on){display:none}</style><p class='z on'>Seen.</p>",
    "unfolded by another rule": (
        "<style>.z{max-height:0;overflow:hidden}.o .z{max-height:9em}</style><p class=z>Seen.</p>"
    ),
}


@pytest.mark.parametrize("way", _WHITE_AND_SEEN)
def test_what_is_white_or_closed_and_seen_all_the_same_is_read(way: str) -> None:
    assert "Seen." in _texts(f"<h1>Hut</h1><p>Before it all.</p>{_WHITE_AND_SEEN[way]}<p>After it all.</p>")


def test_columns_that_a_table_says_are_hidden_are_not_read() -> None:
    assert _texts(
        "<main><table><thead><tr><th>Boat</th><th data-hidden>Owner</th><th>Oars</th></tr></thead>"
        "<tbody><tr><td>Gull</td><td>Ann</td><td>2</td></tr></tbody></table></main>"
    ) == ["Boat | Oars", "Gull | 2"]


def test_fields_of_a_form_show_what_they_hold() -> None:
    page = (
        "<main><h1>Hall</h1><p>Open on <select name='day'><option>Monday<option selected>Tuesday<option>Friday"
        "</select> at noon.</p><p><textarea rows='3'>Bring your own\nchair.</textarea></p>"
        "<select id='language'><option selected>English<option>Deutsch</select><p>Entry is free.</p></main>"
    )
    assert texts("a.html", page) == ["Hall", "Open on Tuesday at noon.", "Bring your own chair.", "Entry is free."]


def test_drawings_and_what_stands_in_other_files_leave_what_they_say_or_their_names() -> None:
    page = (
        "<html><body><h1>Prices</h1><p>Tickets are sold at the gate on the day itself.</p>"
        "<svg><title>Chart</title><text x='1'>Adults <tspan>nine</tspan></text><text hidden>Secret</text></svg>"
        "<iframe src='https://h.example/map' title='Map of the harbour'></iframe>"
        "<iframe src='https://www.youtube.com/embed/x'></iframe><iframe src='/t' width='1' height='1'></iframe>"
        "<!--#include virtual='/opening.html' --><p>Children come in without paying.</p></body></html>"
    )
    read = read_html(page.encode())
    assert read.title == "Prices"
    seen = read.finished("a.html", "Prices", "").text.split("\n\n")
    assert seen == [
        *("Prices", "Tickets are sold at the gate on the day itself.", "Adults nine"),
        *("[not included: Map of the harbour]", "[not included: /opening.html]", "Children come in without paying."),
    ]


@pytest.mark.parametrize(
    ("address", "is_named"),
    [
        ("https://h.example/the-players", True),
        ("https://h.example/analytics-for-owners", True),
        ("https://video-rules.example/a", True),
        ("https://h.example/?see=vimeo.com", True),
        ("https://www.youtube-nocookie.com/embed/x", False),
        ("//player.vimeo.com/video/1", False),
        ("https://fast.wistia.net/embed/x", False),
        ("https://analytics.h.example/count", False),
        ("https://www.google.com/recaptcha/api2/anchor", False),
        ("about:blank", False),
    ],
)
def test_what_plays_or_counts_is_known_by_its_host(address: str, *, is_named: bool) -> None:
    read = read_html(f"<h1>Hall</h1><p>Open at noon.</p><iframe src='{address}'></iframe><p>Free.</p>".encode())
    text = read.finished("a.html", "Hall", "").text
    assert (f"[not included: {address}]" in text) == is_named


@pytest.mark.parametrize(
    "end",
    ["<!doctype foo", "<!-- hid", "<![CDATA[ hid", "<?php hid", "<! hid"],
)
def test_what_never_ends_at_the_end_of_a_page_is_not_shown(end: str) -> None:
    assert _texts(f"<h1>Hut</h1><p>Seen.</p>{end}") == ["Hut", "Seen."]
    assert _texts(f"<h1>Hut</h1><p>Seen.</p>5 <b and more {end} <i") == ["Hut", "Seen.", "5 <b and more"]


@pytest.mark.parametrize(
    "source",
    [
        '{% extends "layout.html" %}\n{% block body %}<p>The gate is {{ state }}.</p>{% endblock %}',
        "{# Head #}\n{%- macro gate() -%}<p>A gate.</p>{%- endmacro %}",
    ],
)
def test_a_template_of_a_site_is_no_page(source: str) -> None:
    with pytest.raises(UnreadableError, match="template"):
        read_html(source.encode())
    assert not read_html(f"<p>Write this:</p><pre>{source}</pre>".encode()).empty


def test_links_below_the_last_heading_of_a_page_are_read() -> None:
    """Pandoc writes a header for the title, which makes no site of a page."""
    text = (
        '<!DOCTYPE html><html><head><title>Mill</title></head><body><header id="title-block-header">'
        '<h1 class="title">Mill</h1></header><h2>Wheel</h2><p>'
        + "The wheel of the mill turns as the river does, all day and night. "
        * 12
        + '</p><h2>See also</h2><ul><li><a href="https://a.example">Ropes</a></li><li><a href="b.html">Sails</a></li>'
        "</ul></body></html>"
    )
    assert _read(text).text.endswith("See also\n\nRopes\nSails")


@pytest.mark.parametrize(
    "hidden",
    [
        '<svg><text>Tern</text><text display="none">secret</text><g visibility="hidden"><text>secret</text></g></svg>',
    ],
)
def test_what_a_browser_does_not_show_is_not_read(hidden: str) -> None:
    page = f"<html><body><h1>Nets</h1><p>Mend them early in the year.</p>{hidden}<p>Then dry them.</p></body></html>"
    assert "secret" not in _read(page).text


def test_front_matter_of_a_page_of_a_site_is_not_read() -> None:
    page = _read("---\nlayout: default\ntitle: The mill\n---\n<h1>Mill</h1>\n<p>Oil the wheel.</p>\n")
    assert (page.title, page.text) == ("The mill", "Mill\n\nOil the wheel.")
