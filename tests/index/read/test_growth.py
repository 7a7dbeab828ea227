"""The time that a document takes to read grows with it, whatever stands in it many times over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.read.process import ReaderProcess
from index.records import Document, SourceFile

_MANY = 100_000
_SECONDS = 15
"""Far more than any of these documents takes, far less than one takes whose time grows with its square."""


def _list(selector: str, style: str, item: str = "x") -> str:
    return f"<style>ol {{list-style: none}} {selector} {{{style}}}</style><ol><li>{item}</ol>"


_DOCUMENTS = {
    "selectors.html": _list(f"ol{chr(10) * _MANY}x", "content: counter(a)"),
    "marks.html": _list("ol", "list-style:" + "\n" * _MANY),
    "own-marks.html": f"<ol style='list-style:{chr(10) * _MANY}x'><li>x</ol>",
    "counters.html": _list("li::before", f"content: counter(a{chr(10) * _MANY}"),
    "quotes.html": _list("li::before", 'content: counter(a) "' + '\\"' * _MANY),
    "media.html": f"<style>@media print {{{'a' * _MANY}}}</style><p>x</p>",
    "sheet-comments.html": f"<style>{'/*/' * _MANY}</style><p>x</p>",
    "turning.html": f"<a href='b'>Title{'<span>' * 10_000}Next</a><p>x</p>",
    "classes.html": f"<p class='{'_' * _MANY}'>x</p>",
    "labels.html": f"<p>x <a href='#a'>{chr(10) * _MANY}y z</a></p>",
    "white.html": f"<p style='color:rgb(255{chr(10) * _MANY}'>x</p>",
    "tags.html": "<p>x</p>" + "<a" * _MANY,
    "comments.html": f"<p>x</p><p title='{'<!--' * _MANY}'>y</p>" + "<!--" * _MANY,
    "headings.html": f"<div>{'<h2>x</h2>' * 10_000}</div>",
    "deep.html": f"<style>.a .b {{display: none}}</style>{'<div>' * 10_000}{'<p class=b>x</p>' * 10_000}",
    "elements.html": f"<p>x</p>{'<i></i>' * 50_000}",
    "embedded.md": "![[note]]\n",
    "title.md": "!!! note " + 'a=""' * 40 + "b c\n    x\n",
    "drawers.md": ":LOGBOOK:\nx\n" * 10_000,
    "notes.md": "???\nx\n" * 10_000,
    "slides.md": "---\n\nx\n\n???\n\n" * 2_500,
    "visitors.md": "{% if visitor.x %}\n`" * 10_000,
    "expression.md": "x {{" + "a" * _MANY,
    "colons.md": "x " + ":a" * (_MANY // 2) + ":::",
    "colons.rst": "x " + ":" * _MANY,
    "brackets.adoc": "x " + "[" * _MANY,
    "marks.org": "x" + " *a" * (_MANY // 3),
    "snippets.org": "x @@html:" + "<" * _MANY,
    "marks.adoc": "x " + "*`a` " * (_MANY // 5),
    "heading.adoc": f"= x{' ' * _MANY}y\n\nx",
    "names.adoc": "<<x>>\n[" + "#a" * _MANY + "\n== x\n",
    "options.adoc": f"include::a[{'a' * _MANY}]\n\nx",
    "include.md": "{{#include" + " " * _MANY + "x\n\nx",
    "tags.md": "x\n\n" + "{% x %}\n" * (_MANY // 8),
    "boxes.mdx": "x\n\n" + "<Foo>\n\n</Foo>\n\n" * 5_000,
    "edge.md": "a\n|" + "-" * _MANY + "x\n\n: x\n",
    "columns.md": "a\n" + "-- " * 199 + "--\n" + "a\n" * 10_000,
    "lines.wiki": "a\n" * _MANY,
    "columns.csv": f"{'@' * _MANY},b\n1,2\n",
    "days.txt": f"[10:00] <ann> x\n--- {' ' * 200}{'a' * _MANY}\n[10:01] <bob> y\n[10:02] <ann> z\n",
}


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    started = ReaderProcess(seconds=_SECONDS, memory_mib=1024)
    yield started
    started.end()


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_what_is_repeated_is_read_in_time(name: str, process: ReaderProcess, tmp_path: Path) -> None:
    (tmp_path / name).write_text(_DOCUMENTS[name])
    (tmp_path / "note.md").write_text(f"# a{' #' * _MANY}b\n\nx\n")
    outcome = process.read(SourceFile(name, tmp_path / name))
    assert isinstance(outcome, Document), outcome
