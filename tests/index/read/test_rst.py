"""reStructuredText: what docutils and Sphinx would show, on the lines of the source."""

from __future__ import annotations

import pytest

from index.read.rst.reader import read_rst
from index.records import BlockKind, Document
from tests.index.read.blocks import blocks

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE


def _read(text: str) -> Document:
    draft = read_rst(text.encode())
    return draft.finished("a.rst", draft.title or "A", "0" * 64)


def _blocks(text: str) -> list[tuple[BlockKind, int, str]]:
    document = _read(text)
    return [(block.kind, block.line, document.text[block.start : block.end]) for block in document.blocks]


def test_every_kind_of_block() -> None:
    assert _blocks(
        "Title\n=====\n\nIntro *two*\nlines ``of`` `it <http://x>`_.\n\n"
        "1. one\n   two\n2. three\n\n* bullet\n\n  more\n\n"
        "Code::\n\n    x = 1\n      y\n\n"
        ">>> 1\n1\n\n| a\n| b\n\n== ==\nA  B\n== ==\n1  2\n== ==\n\nTerm\n  Meaning\n"
    ) == [
        (H, 1, "Title"),
        (P, 4, "Intro two lines of it."),
        (L, 7, "1. one two"),
        (L, 9, "2. three"),
        (L, 11, "bullet"),
        (L, 13, "more"),
        (P, 15, "Code:"),
        (C, 17, "x = 1\n  y"),
        (C, 20, ">>> 1\n1"),
        (P, 23, "a\nb"),
        (T, 27, "A | B"),
        (T, 29, "1 | 2"),
        (P, 32, "Term"),
        (P, 33, "Meaning"),
    ]


def test_what_only_sphinx_knows_keeps_its_text() -> None:
    assert _blocks(
        ".. toctree::\n   :maxdepth: 2\n\n   other\n\n.. versionadded:: 3.5\n   New *thing*.\n\n"
        ".. py:function:: foo(x)\n   :module: m\n\n   Does :func:`~os.path` and :ref:`the text <label>`.\n\n"
        ".. code-block:: python\n   :linenos:\n   :emphasize-lines: 1\n\n   x = 1\n\n.. tip:: Hot\n   tip.\n"
    ) == [
        (P, 7, "Added in version 3.5: New thing."),
        (P, 9, "foo(x)"),
        (P, 12, "Does path() and the text."),
        (C, 18, "x = 1"),
        (P, 20, "Hot tip."),
    ]


def test_sections_are_paths_without_the_title() -> None:
    document = _read("Top\n===\n\na\n\nSub\n---\n\nb\n\nDeep\n~~~~\n\nc\n\nOther\n=====\n\nd\n")
    assert document.title == "Top"
    assert [block.section for block in document.blocks if block.kind is P] == [
        (),
        ("Sub",),
        ("Sub", "Deep"),
        ("Other",),
    ]


def test_nothing_is_opened_and_nothing_printed(capfd: pytest.CaptureFixture[str]) -> None:
    text = ".. include:: /etc/hostname\n\n.. raw:: html\n\n   <b>raw</b>\n\n.. csv-table::\n   :file: /etc/passwd\n\n"
    text += "kept |x| `y`_\n"
    shown = ("[not included: /etc/hostname]", "raw", "[not included: /etc/passwd]", "kept […] y")
    assert _read(text).text == "\n\n".join(shown)
    assert capfd.readouterr() == ("", "")


def test_broken_markup_keeps_its_text() -> None:
    text = _read(
        "Title\n==\n\n*open and **never closed\n\n  indented\nnot\n\n.. note::\n\nBad table\n\n=== ==\na\n"
    ).text
    assert all(word in text for word in ("open", "closed", "indented", "not", "Bad"))


def test_a_drawn_table_wider_than_anybody_sees_keeps_its_columns() -> None:
    edge = f"+{'-' * 9}+{'-' * 300}+\n"
    row = f"| -s      |{' Says how much is saved.':300}|\n"
    assert "-s | Says how much is saved." in _read(f"Text.\n\n{edge}{row}{edge}").text


def test_a_cell_that_is_a_row_by_itself_is_said_once() -> None:
    table = "+----+----+\n| options |\n+----+----+\n| -s | sum|\n+----+----+\n"
    assert [text for kind, _, text in _blocks(f"Text.\n\n{table}") if kind is T] == ["options", "-s | sum"]


def test_the_last_row_below_a_cell_that_spans_rows_is_kept() -> None:
    table = (
        "+-------+--------+\n| Type  | Value  |\n+=======+========+\n| Color | red    |\n|       +--------+\n"
        "|       | blue   |\n+-------+--------+\n"
    )
    rows = [text for kind, _, text in _blocks(f"Text.\n\n{table}") if kind is T]
    assert rows == ["Type | Value", "Color | red", "Color | blue"]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (".. note::\n   :colour: red\n\n   The gate is shut.\n", ["The gate is shut."]),
        (".. figure:: gate.png\n   :scale: much\n   :lazy:\n\n   The north gate.\n", ["The north gate."]),
        (
            ".. image:: gate.png\n   :alt: The gate\n   :width: wide\n\n   Seen from the sea.\n",
            ["The gate", "Seen from the sea."],
        ),
        (".. list-table:: Ships\n\n   * - one\n     - two\n   * - three\n", ["Ships", "one", "two", "three"]),
        (".. table:: Ships\n   :widths: a b\n\n   == ==\n   aa bb\n   == ==\n", ["Ships", "aa | bb"]),
        (".. topic::\n\n   No title.\n", ["No title."]),
        (".. rubric::\n\n   Below.\n", ["Below."]),
        ("== ==\naaaa b\n== ==\n", ["== ==\naaaa b\n== =="]),
    ],
)
def test_an_option_or_a_table_that_is_wrong_costs_no_text(source: str, seen: list[str]) -> None:
    found = [text for _, _, text in _blocks(f"Before.\n\n{source}\nAfter `nothing <nowhere_`_.\n")]
    assert found[:-1] == ["Before.", *seen]
    assert found[-1].startswith("After")


def test_directives_say_what_sphinx_says() -> None:
    assert [
        seen
        for _, _, seen in _blocks(
            ".. deprecated:: 2.0\n\n   Use *two*.\n\n   More.\n\n.. versionchanged:: 3.1 Faster.\n\n"
            ".. versionadded:: 4\n\n"
            ".. code-block:: sh\n   :caption: run.sh\n\n   go\n\n.. only:: html\n   On the web.\n\n"
            ".. todo::\n\n   Hidden.\n\n"
            ".. tabs::\n\n   .. tab:: Bus\n\n      Line nine.\n\n.. literalinclude:: a.py\n   :lines: 2\n\n"
            ".. raw:: latex\n\n   gone\n\n.. raw:: html\n\n   <p>Seen.</p><script>no</script>\n"
        )
    ] == [
        *("Deprecated since version 2.0: Use two.", "More.", "Changed in version 3.1: Faster.", "Added in version 4."),
        *("run.sh", "go", "On the web.", "Bus", "Line nine.", "[not included: a.py]", "Seen."),
    ]


def test_roles_and_substitutions_show_their_words() -> None:
    assert (
        _read(
            ".. |who| replace:: *Ann*\n\nAsk |who| for |release|: :menuselection:`File --> &Open`, :guilabel:`A && B`, "
            ":pep:`8`, :rfc:`the mail <5322#a>`, :doc:`/quay/map`, :abbr:`HW (high water)`, :py:meth:`~a.b.C.run`, "
            ":kbd:`F2`, :index:`ropes <single: hemp>`."
        ).text
        == "Ask Ann for […]: File ‣ Open, A & B, PEP 8, the mail, quay/map, HW (high water), run(), F2, ropes."
    )


def test_a_reference_shows_the_title_of_its_section() -> None:
    text = "See :ref:`Low Tide`, :ref:`it <low tide>` and :ref:`gone`.\n\n"
    text += ".. _low tide:\n\nWhen the sea is out\n===================\n\nx\n"
    assert _blocks(text)[0][2] == "See When the sea is out, it and gone."


def test_no_message_of_docutils_is_text() -> None:
    a, b, c = (f"`Tides & times <https://{site}.example>`_" for site in "abc")
    text = f".. list-table::\n\n   * - {a}\n   * - {b}\n\n:Field: {c}\n\nA :b:`c\n"
    assert _read(text).text == "Tides & times\nTides & times\n\nField: Tides & times\n\nA :b:`c"


def test_spanned_cells_stand_in_every_row_and_column() -> None:
    assert (
        _read(
            "+-----+-----+-----+\n| a   | b   | c   |\n+=====+=====+=====+\n| d   | wide      |\n|     +-----+-----+\n"
            "|     | e   | f   |\n+-----+-----+-----+\n"
        ).text
        == "a | b | c\nd | wide | wide\nd | e | f"
    )


def test_lists_and_notes_keep_their_numbers() -> None:
    assert _read("c. x\nd. y\n\n(4) x\n\nII) x\nIII) y\n\nAsk [#a]_ [K]_.\n\n.. [#a] Ann.\n.. [K] Kim.\n").text == (
        "c. x\nd. y\n(4) x\nII) x\nIII) y\n\nAsk [1] [K].\n\n[1] Ann.\n\n[K] Kim."
    )


def _seen(text: str) -> list[str]:
    return [seen for _, _, seen in _blocks(text)]


@pytest.mark.parametrize(
    ("expression", "is_seen"),
    [("html", True), ("latex", False), ("not latex", True), ("html or man", True), ("man and html", False)],
)
def test_what_is_only_for_print_is_not_read(expression: str, is_seen: bool) -> None:  # noqa: FBT001 # a case
    assert _seen(f"Row.\n\n.. only:: {expression}\n\n   Sail.\n") == ["Row.", *(["Sail."] if is_seen else [])]
    assert _seen(f"Row.\n\n.. only:: internal or {expression}\n\n   Sail.\n")[-1:] == ["Sail."]


def test_fields_are_named_as_sphinx_shows_them_and_its_settings_are_not_read() -> None:
    assert _seen(
        ":orphan:\n:tocdepth: 2\n\n.. py:function:: row(oars)\n\n   Row.\n\n"
        "   :param int oars: How many.\n   :param crew: Who.\n"
        "   :type crew: list\n   :returns: The way.\n   :rtype: float\n   :raises Sunk: At times.\n   :since: May\n"
    ) == [
        *("row(oars)", "Row.", "oars (int): How many.", "crew: Who.", "crew (type): list", "Returns: The way."),
        *("Return type: float", "Raises Sunk: At times.", "since: May"),
    ]


def test_options_of_a_command_stand_together() -> None:
    assert _seen("-a, --all   Show all.\n-o FILE     Write there.\n") == [
        "-a, --all",
        "Show all.",
        "-o FILE",
        "Write there.",
    ]


def test_what_a_description_says_in_its_options_is_read() -> None:
    assert _seen(".. confval:: oars\n   :type: int\n   :default: 2\n\n   How many.\n") == [
        "oars: int (default: 2)",
        "How many.",
    ]
    assert _seen(".. http:get:: /boats/(id)\n\n   One boat.\n") == ["GET /boats/(id)", "One boat."]


def test_cards_buttons_and_tabs_of_code() -> None:
    assert _seen(
        ".. grid-item-card:: Rope\n\n   Head\n   ^^^\n   Body\n   +++\n   Foot\n\n"
        ".. button-link:: https://x.example\n\n   Press\n\n"
        ".. tabs::\n\n   .. code-tab:: py Python\n\n      row()\n"
    ) == ["Rope", "Head", "Body", "Foot", "Press", "Python", "row()"]


def test_raised_figures_stay_above_the_line() -> None:
    text = "10\\ :sup:`6` seeds on 2 m\\ :superscript:`2`, the 1\\ :sup:`st`.\n"
    assert _read(text).text == "10⁶ seeds on 2 m², the 1st."


def test_blocks_stand_on_their_own_lines_though_others_end_as_they_do() -> None:
    text = (
        "Title\n=====\n\n:Plant: Oak\n\n+-----+-----+\n| Age | Kin |\n+=====+=====+\n| 90  | Elm |\n+-----+-----+\n\n"
        "Ask about its\nPlant\n\nor its\nAge\n\n-q  Quiet.\n\n\n\n\nEnd with -q\n"
    )
    assert [(line, text) for _, line, text in _blocks(text)][1:] == [
        *((4, "Plant: Oak"), (7, "Age | Kin"), (9, "90 | Elm"), (12, "Ask about its Plant"), (15, "or its Age")),
        *((18, "-q"), (18, "Quiet."), (23, "End with -q")),
    ]


def test_code_that_is_parsed_shows_what_its_marks_stand_for() -> None:
    text = ".. |tool| replace:: spade\n\n.. parsed-literal::\n\n   take |tool|\n     *gently*\n"
    assert [(kind, text) for kind, _, text in _blocks(text)] == [(C, "take spade\n  gently")]


def test_what_a_page_does_not_show_is_named_on_its_line() -> None:
    page = "A\n=\n\n.. include:: one.rst\n\nText.\n\n.. automodule:: nets\n   :members:\n\n.. include:: two.rst\n\n"
    page += ".. program-output:: ls\n\n.. parsed-literal::\n\n   knot *tight* |x|\n"
    assert [pair for pair in blocks("a.rst", page) if pair[0] is not BlockKind.HEADING] == [
        (BlockKind.PARAGRAPH, 4, "[not included: one.rst]"),
        (BlockKind.PARAGRAPH, 6, "Text."),
        (BlockKind.PARAGRAPH, 8, "[not included: automodule nets]"),
        (BlockKind.PARAGRAPH, 11, "[not included: two.rst]"),
        (BlockKind.PARAGRAPH, 13, "[not included: program-output ls]"),
        (BlockKind.CODE, 17, "knot tight […]"),
    ]


def test_both_versions_of_what_goes_and_the_marks_of_issues_are_seen() -> None:
    gone = "Deprecated since version 3.1, will be removed in version 4.0"
    assert _seen(".. deprecated-removed:: 3.1 4.0\n\nText.\n") == [f"{gone}.", "Text."]
    assert _seen(".. deprecated-removed:: 3.1 4.0\n   Use ropes.\n") == [f"{gone}: Use ropes."]
    assert _seen("See :issue:`12`, :user:`ann` and :issue:`this one <13>`.\n") == ["See #12, @ann and this one."]


def test_names_of_objects_lose_the_dot_that_says_where_to_look() -> None:
    source = "See :attr:`.Request.size`, :meth:`~.Flask.run`, :class:`...Deep` and :file:`.bashrc`.\n"
    assert [text for _, _, text in _blocks(source)] == ["See Request.size, run(), Deep and .bashrc."]


def test_places_in_names_of_files_are_seen_without_their_braces() -> None:
    assert _seen("See :file:`/quay/{name}.txt`, :samp:`f({})` and :samp:`moor({boat})`.\n") == [
        "See /quay/name.txt, f({}) and moor(boat)."
    ]


def test_what_the_head_of_a_page_tells_sphinx_is_not_shown() -> None:
    assert _seen(".. _mill:\n\n:orphan:\n:author: Ann\n\nMill\n====\n\n:Age: 90\n") == ["Mill", "Age: 90"]
    assert _seen(":author: Ann\n\nMill\n====\n") == ["author: Ann", "Mill"]
    assert _seen(".. program:: mill\n\nGrind.\n") == ["Grind."]
