"""Jupyter notebooks: text, code and what it printed."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from index.errors import UnreadableError
from tests.index.read.blocks import C, H, P, blocks, document, texts


def _notebook(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})


def _code(source: str, *outputs: dict[str, Any], **metadata: object) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": metadata}


def _text(source: str | list[str]) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source}


def test_cells_are_blocks_in_their_order() -> None:
    printed = {"output_type": "stream", "text": ["\x1b[31m12\x1b[0m\n", "13\n"]}
    table = {"output_type": "execute_result", "data": {"text/html": "<b>x</b>", "text/plain": ["a  b"]}}
    failed = {"output_type": "error", "ename": "KeyError", "evalue": "'tide'", "traceback": ["long"]}
    notebook = _notebook(_text(["# Tides\n", "\n", "How *high*."]), _code("tide()", printed, table, failed))
    assert [(kind, text) for kind, _, text in blocks("a.ipynb", notebook)] == [
        (H, "Tides"),
        (P, "How high."),
        (C, "tide()"),
        (C, "12\n13"),
        (C, "a  b"),
        (C, "KeyError: 'tide'"),
    ]
    assert document("a.ipynb", notebook).title == "Tides"


def test_lines_are_those_of_the_text() -> None:
    read = document("a.ipynb", _notebook(_text("One."), _code("a\nb"), _text("Two.")))
    for block in read.blocks:
        assert block.line == read.text.count("\n", 0, block.start) + 1


def test_a_fence_that_is_left_open_ends_with_its_cell() -> None:
    assert blocks("a.ipynb", _notebook(_text("```\nopen"), _text("## Next\n\nText.")))[1:] == [
        (H, 3, "Next"),
        (P, 5, "Text."),
    ]


def test_what_the_author_keeps_from_readers_is_not_read() -> None:
    printed = {"output_type": "stream", "text": "shown"}
    assert texts(
        "a.ipynb",
        _notebook(
            _code("secret", printed, tags=["remove-cell"]),
            _code("secret", printed, tags=["remove_input"]),
            _code("#| include: false\nsecret", printed),
            _code("#| echo: false\nsecret", printed),
            _code("seen", {"output_type": "stream", "text": "secret"}, tags=["remove-output"]),
        ),
    ) == ["shown", "shown", "seen"]


def test_sixty_megabytes_of_pictures_leave_the_text() -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 60_000_000, "text/plain": "<Figure>"}}
    started = time.process_time()
    assert texts("a.ipynb", _notebook(_text("The tide."), _code("plot()", picture))) == ["The tide.", "plot()"]
    assert time.process_time() - started < 10


def test_notebooks_of_the_third_version_are_read() -> None:
    cells = [{"cell_type": "heading", "level": 2, "source": "Tides"}, {"cell_type": "code", "input": "tide()"}]
    assert texts("a.ipynb", json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3})) == ["Tides", "tide()"]


@pytest.mark.parametrize("text", ["no notebook", "[]", '{"a": 1}', '{"cells": '])
def test_what_is_no_notebook_is_named(text: str) -> None:
    with pytest.raises(UnreadableError, match="is not a Jupyter notebook, or is damaged"):
        texts("a.ipynb", text)


def test_nesting_without_end_is_no_crash() -> None:
    with pytest.raises(RecursionError):
        texts("a.ipynb", '{"cells":' * 100_000)


def test_output_that_is_a_page_alone_is_read_as_one() -> None:
    page = {"output_type": "display_data", "data": {"text/html": "<p>High at <b>four</b>.</p><p hidden>secret</p>"}}
    assert texts("a.ipynb", _notebook(_code("show()", page))) == ["show()", "High at four."]


def test_code_is_kept_as_it_is_written_and_what_it_printed_without_controls() -> None:
    source = 'matrix[m] = rows[0;m]\nprint("\\\\x1b[31mred")'
    printed = {
        "output_type": "stream",
        "text": "rows[m]\n\x1b[2K\x1b[1;38:5:9mred\x1b[0m \x1b]8;;https://a.example\x1b\\here\x1b]8;;\x07",
    }
    raw = {"cell_type": "raw", "source": "a[1m] = 2"}
    assert texts("a.ipynb", _notebook(_code(source, printed), raw)) == [source, "rows[m]\nred here", "a[1m] = 2"]


def test_raw_cells_are_read_as_a_page_shows_them() -> None:
    raw = {"cell_type": "raw", "source": "---\ntitle: Nets\ndate: 2031-05-04\n---"}
    page = {"cell_type": "raw", "source": "<p>Mend <b>them</b>.</p>", "metadata": {"raw_mimetype": "text/html"}}
    printed = {"cell_type": "raw", "source": "\\secret", "metadata": {"raw_mimetype": "text/latex"}}
    read = document("a.ipynb", _notebook(raw, _text("Open."), page, printed))
    assert (read.title, read.date, read.text) == ("Nets", "2031-05-04", "Open.\n\nMend them.")


def test_cells_that_nbsphinx_hides_are_not_read() -> None:
    hidden = {**_text("secret"), "metadata": {"nbsphinx": "hidden"}}
    assert texts("a.ipynb", _notebook(_text("Open."), hidden, _code("secret()", nbsphinx="hidden"))) == ["Open."]


@pytest.mark.parametrize("source", ["--- a/nets.py\n+++ b/nets.py\n-*old*", "--------\n*a*  b", "---\n*a*"])
def test_raw_cells_that_begin_with_lines_are_as_they_are(source: str) -> None:
    assert texts("a.ipynb", _notebook({"cell_type": "raw", "source": source})) == [source]
