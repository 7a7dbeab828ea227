"""The marks that stand in a text for what was not read of it."""

from __future__ import annotations

import pytest

from index.read.missing import chart_mark, is_mark, lacks_something, not_included
from tests.index.read.blocks import texts


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.mdx", "It takes at most <Limit of='x' /> messages.\n"),
        ("a.md", "It takes at most {{ site.limit }} messages.\n"),
        ("a.org", "It takes at most {{{limit}}} messages.\n"),
        ("a.rst", "It takes at most |limit| messages.\n"),
        ("a.html", "<p>It takes at most <math><msup><mi>x</mi><mn>2</mn></msup></math> messages.</p>"),
        ("a.md", "It takes at most ![[limit]] messages.\n"),
        ("a.rst", ".. include:: limit.txt\n"),
    ],
)
def test_a_text_that_lacks_something_is_known(name: str, written: str) -> None:
    (read,) = texts(name, written)
    assert lacks_something(read)


@pytest.mark.parametrize("text", ["See [1] and [a link].", "a[…", "[not read]", "[charter]", "x[formulae]"])
def test_other_brackets_are_no_marks(text: str) -> None:
    assert not lacks_something(text)


@pytest.mark.parametrize(
    "mark",
    [
        *(chart_mark(""), chart_mark(" Sales\n2024 "), not_included("a b.md")),
        *(chart_mark("Sales [EUR]"), not_included("pages/[id].md"), not_included("a]b[.md")),
    ],
)
def test_marks_with_words_in_them_are_known(mark: str) -> None:
    assert lacks_something(f"Before {mark}.")
    assert is_mark(mark)
