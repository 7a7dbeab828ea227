"""A heading of a page keeps the name by which links lead to it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from index.read.file import document_of
from index.read.wire import replied, reply
from index.records import BlockKind, Document
from tests.index.conftest import Library

PAGE = """<html><head><title>Pool</title><link rel="canonical" href="https://example.org/pool"></head><body><main>
<h1 id="top">Pool</h1><p>All about the pool that we have.</p>{}
<p>The pool is closed on Mondays, when it is cleaned by the keeper.</p></main></body></html>"""


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ('<h2 id="hours">Hours</h2>', "hours"),
        ('<h2><a name="hours"></a>Hours</h2>', "hours"),
        ('<h2>Hours<a class="headerlink" href="#hours">¶</a></h2>', "hours"),
        ('<h2><span id="hours">Hours</span></h2>', "hours"),
        ('<section id="hours"><h2>Hours</h2></section>', "hours"),
        ('<div class="section" id="hours">\n<h2><em>Hours</em></h2></div>', "hours"),
        ('<div id="all"><p>Some words stand before.</p><h2>Hours</h2></div>', None),
        ('<h2 id="two words">Hours</h2>', None),
        ("<h2>Hours</h2>", None),
    ],
)
def test_where_a_page_names_its_headings(heading: str, anchor: str | None) -> None:
    document = document_of(PAGE.format(heading).encode(), "pool.html")
    anchors = {block.section: block.anchor for block in document.blocks if block.kind is BlockKind.HEADING}
    assert anchors == {(): "top", ("Hours",): anchor}
    sent = replied(reply(document))
    assert isinstance(sent, Document)
    assert sent.blocks == document.blocks


def test_a_citation_leads_to_the_heading(library: Library) -> None:
    library.write("pool.html", PAGE.format('<h2 id="hours">Hours</h2>'))
    library.write("rules.md", "---\nurl: https://example.org/rules\n---\n# Rules\n\n## Dogs\n\nDogs may come in.\n")
    library.build()
    answer = library.ask("When is the pool closed?")
    assert answer.quotes[0].url == "https://example.org/pool#hours"
    assert library.ask("May dogs come in?").quotes[0].url == "https://example.org/rules"
    with closing(library.shelf.open()) as generation:
        document = generation.catalogue.document("pool.html")
        assert document.sections[1] == ("Hours",)
        assert document.url_of(("Hours", "Below")) == "https://example.org/pool#hours"
        assert replace(document, url=None).url_of(("Hours",)) is None
        assert replace(document, url="https://example.org/#all").url_of(("Hours",)) == "https://example.org/#all"
