"""OpenDocument files as LibreOffice shows them, each made here from its own XML."""

from __future__ import annotations

import pytest
from hostile_files import open_document

from index.errors import UnreadableError
from index.read.kinds import READERS
from index.records import BlockKind

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE
_ENDINGS = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}


def _read(kind: str, body: str, styles: str = "") -> list[tuple[BlockKind, str]]:
    draft = READERS[_ENDINGS[kind]](open_document(kind, body, styles))
    document = draft.finished("a", draft.title or "A", "0" * 64)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def _p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _style(name: str, family: str, properties: str, parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above}>{properties}</style:style>'


_GONE = '<style:text-properties text:display="none"/>'


@pytest.mark.parametrize(
    "paragraph",
    [
        _p("secret", "P"),
        _p("secret", "Q"),
        _p('<text:span text:style-name="T">secret</text:span>'),
        _p('<office:annotation><text:p>secret</text:p></office:annotation>'),
        _p('secret<text:hidden-paragraph text:is-hidden="true"/>'),
        _p('<text:hidden-text text:is-hidden="true" text:string-value="secret">secret</text:hidden-text>'),
        f'<text:section text:display="none">{_p("secret")}</text:section>',
        f"<text:tracked-changes><text:changed-region><text:deletion>{_p('secret')}</text:deletion></text:changed-region></text:tracked-changes>",
        f"<text:table-of-content><text:index-body>{_p('Contents')}</text:index-body></text:table-of-content>",
    ],
)  # fmt: skip
def test_what_is_hidden_in_a_text_is_not_read(paragraph: str) -> None:
    styles = _style("P", "paragraph", _GONE) + _style("Q", "paragraph", "", "P") + _style("T", "text", _GONE)
    assert _read("text", _p("before") + paragraph + _p("after"), styles) == [(P, "before"), (P, "after")]


def test_headings_lists_notes_boxes_and_code() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
        'text:display-levels="2" style:num-suffix=")"/></text:list-style>'
        '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="§ "/>'
        "</text:outline-style>"
    )
    note = f"<text:note-citation>1</text:note-citation><text:note-body>{_p('Since May.')}</text:note-body>"

    def item(text: str, more: str = "") -> str:
        return f"<text:list-item>{_p(text)}{more}</text:list-item>"

    inner = f"<text:list>{item('b')}{item('c')}</text:list>"
    body = (
        '<text:h text:outline-level="1">Name</text:h><text:h text:outline-level="1">Fees</text:h>'
        f'<text:list text:style-name="L">{item("a", inner)}{item("d")}</text:list>'
        f"{_p(f'Closed<text:note>{note}</text:note>.')}"
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("e")}</text:list>'
        f'<text:list text:style-name="L">{item("f")}</text:list><text:list text:style-name="B">{item("g")}</text:list>'
        + _p("x<text:s text:c='3'/>=<text:tab/>1", "Preformatted_20_Text")
        + _p("<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>")
    )
    code = _style("Preformatted_20_Text", "paragraph", "")
    assert _read("text", body, styles + code) == [
        (H, "§ 1 Name"),
        (H, "§ 2 Fees"),
        (L, "1. a"),
        (L, "1.a) b"),
        (L, "1.b) c"),
        (L, "2. d"),
        (P, "Closed[1]."),
        (P, "[1] Since May."),
        (L, "3. e"),
        (L, "1. f"),
        (L, "g"),
        (C, "x   =\t1"),
        (P, "In a box"),
    ]


def test_code_is_known_by_its_font() -> None:
    styles = _style("F", "paragraph", '<style:text-properties style:font-name="Courier New"/>')
    body = _p("a:", "F") + _p("<text:s text:c='2'/>b: 1", "F") + _p("Text")
    assert _read("text", body, styles) == [(C, "a:\n  b: 1"), (P, "Text")]


def _row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def _cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{_p(text) if text else ''}</table:table-cell>"


_COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_merged_cells_keep_their_value(kind: str) -> None:
    rows = (
        _row(_cell("Day", 'table:number-rows-spanned="2"'), _cell("Hall", 'table:number-columns-spanned="2"'), _COVERED)
        + _row(_COVERED, _cell("Red"), _cell("Blue"))
        + _row(_cell("All year", 'table:number-columns-spanned="3"'), _COVERED, _COVERED)
    )
    body = f'<table:table table:name="Rota"><table:table-column/>{rows}</table:table>'
    assert [text for block_kind, text in _read(kind, body) if block_kind is T] == [
        "Day | Hall | Hall",
        "Day | Red | Blue",
        "All year",
    ]


def test_hidden_sheets_rows_and_columns_are_not_read() -> None:
    styles = _style("S", "table", '<style:table-properties table:display="false"/>')
    styles += _style("R", "table-row", '<style:table-row-properties style:row-height="0cm"/>')
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    rows = (
        _row(_cell("a"), _cell("secret"), _cell("b"))
        + _row(_cell("secret"), more='table:visibility="filter"')
        + _row(_cell("secret"), more='table:style-name="R"')
        + f'<table:table-row-group table:display="false">{_row(_cell("secret"))}</table:table-row-group>'
        + _row(_cell(""), more='table:number-rows-repeated="1048000"')
        + _row(_cell("c", 'table:number-columns-repeated="2"'), _cell("7.5 %", 'office:value="0.075"'))
        + _row("<table:table-cell/>", "<table:table-cell/>", '<table:table-cell table:formula="of:=1+1"/>', _cell("d"))
    )
    body = f'<table:table table:name="Open">{columns}{rows}</table:table>'
    body += f'<table:table table:name="Secret" table:style-name="S">{_row(_cell("secret"))}</table:table>'
    assert _read("spreadsheet", body, styles) == [(H, "Open"), (T, "a | b"), (T, "c | 7.5 %"), (T, "| [formula] | d")]


def _frame(text: str, kind: str, left: int, top: int) -> str:
    place = f'svg:x="{left}cm" svg:y="{top}cm" svg:width="5cm" svg:height="1cm"'
    return f'<draw:frame presentation:class="{kind}" {place}><draw:text-box>{text}</draw:text-box></draw:frame>'


def test_slides_are_pages_in_reading_order() -> None:
    styles = _style("D", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>')
    notes = f"<presentation:notes>{_frame(_p('secret'), 'notes', 1, 1)}</presentation:notes>"
    steps = f"<text:list><text:list-item>{_p('F12')}</text:list-item></text:list>"
    steps = f"<text:list><text:list-item>{_p('Windows')}{steps}</text:list-item></text:list>"
    body = f'<draw:page draw:style-name="D">{_frame(_p("secret"), "title", 1, 1)}</draw:page>'
    body += f"<draw:page>{_frame(_p('b'), '', 10, 4)}{_frame(_p('a2'), '', 1, 6)}{_frame(_p('a1'), '', 1, 4)}"
    body += f"{_frame(_p('Title'), 'title', 1, 1)}{_frame(_p('7'), 'page-number', 1, 9)}{notes}</draw:page>"
    body += f"<draw:page>{_frame(steps, 'outline', 1, 1)}</draw:page>"
    assert _read("presentation", body, styles) == [(H, "Title"), (P, "a1"), (P, "a2"), (P, "b"), (L, "Windows\nF12")]


@pytest.mark.parametrize("kind", [".odt", ".ods", ".odp"])
def test_a_locked_file_is_said_to_be_locked(kind: str) -> None:
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{name}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(UnreadableError, match="is locked with a password"):
        READERS[kind](open_document("text", _p("x"), more=[("META-INF/manifest.xml", manifest)]))


def test_a_table_that_is_repeated_without_end_is_named() -> None:
    row = _row(_cell("x", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="999999"')
    with pytest.raises(UnreadableError, match="split it"):
        READERS[".ods"](open_document("spreadsheet", f'<table:table table:name="S">{row}</table:table>'))


def test_raised_figures_stay_above_the_line() -> None:
    style = '<style:text-properties style:text-position="{} 58%"/>'
    styles = _style("U", "text", style.format("super")) + _style("V", "text", style.format("33%"))
    styles += _style("W", "text", style.format("sub"))
    body = "".join(
        f'{text}<text:span text:style-name="{name}">2</text:span>' for text, name in zip("abc", "UVW", strict=True)
    )
    assert _read("text", _p(body), styles) == [(P, "a²b²c2")]


def test_shapes_and_layers_that_are_not_shown_are_not_read() -> None:
    box = "<draw:frame {}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    layers = '<draw:layer-set><draw:layer draw:name="deep" draw:display="none"/></draw:layer-set>'
    page = (
        box.format('draw:display="none"', "secret") + box.format('draw:layer="deep"', "secret") + box.format("", "open")
    )
    assert _read("presentation", f"<draw:page>{page}</draw:page>", layers) == [(P, "open")]
    printed = box.format('draw:display="printer"', "secret")
    assert _read("text", f"<text:p>Seen.{printed}</text:p>") == [(P, "Seen.")]


_RED_ON_RED = '<style:table-cell-properties fo:background-color="#C00000"/><style:text-properties fo:color="#c00000"/>'
_WHITE = '<style:text-properties fo:color="#ffffff"/>'
_ON_RED = '<style:table-cell-properties fo:background-color="#c00000"/>'
_FILLED = (
    _style("R", "table-cell", _RED_ON_RED)
    + _style("W", "table-cell", _WHITE)
    + _style("S", "table-cell", _ON_RED + _WHITE)
    + _style("B", "table-cell", _ON_RED)
    + _style("C", "table-cell", _WHITE + '<style:map style:condition="is-true-formula(1)" style:apply-style-name="S"/>')
    + _style("A", "table-cell", '<style:text-properties style:use-window-font-color="true"/>', "R")
    + _style("T", "text", '<style:text-properties fo:color="#c00000"/>')
)
_COLUMN = '<table:table-column table:number-columns-repeated="{}" table:default-cell-style-name="{}"/>'


def _styled(style: str, text: str) -> str:
    return _cell(text, f'table:style-name="{style}"')


def test_cells_in_the_colour_of_their_fill_are_not_read() -> None:
    red = _cell('<text:span text:style-name="T">secret</text:span> seen', 'table:style-name="B"')
    table = (
        '<table:table table:name="S">'
        + _COLUMN.format(3, "B")
        + _COLUMN.format(1, "W")
        + _row(_styled("R", "secret"), _styled("W", "secret"), _styled("S", "seen"), _cell("secret"))
        + _row(_styled("C", "seen"), _styled("A", "seen"), red, _styled("B", "seen"))
        + _row(_styled("R", '<text:span text:style-name="T">secret</text:span>'), _cell("seen"))
        + "</table:table>"
    )
    assert _read("spreadsheet", table, _FILLED) == [
        (H, "S"),
        (P, "seen"),
        (T, "seen | seen | seen | seen"),
        (T, "| seen"),
    ]


def test_white_cells_over_a_picture_of_a_sheet_are_read() -> None:
    picture = '<table:shapes><draw:frame><draw:image xlink:href="a.png"/></draw:frame></table:shapes>'
    table = f'<table:table table:name="S">{picture}{_row(_styled("W", "seen"))}</table:table>'
    assert _read("spreadsheet", table, _FILLED) == [(H, "S"), (T, "seen")]


@pytest.mark.parametrize("style", ["S", "W", ""])
def test_shapes_that_are_anchored_to_a_cell_are_read_whatever_the_cell_looks_like(style: str) -> None:
    styles = _FILLED + _style("P", "paragraph", _WHITE) + _style("N", "text", _WHITE)
    whole = f"<draw:custom-shape>{_p('in white', 'P')}</draw:custom-shape>"
    also = _p('<text:span text:style-name="N">also</text:span>')
    words = f"<draw:custom-shape>{also}</draw:custom-shape>"
    cell = f'<table:table-cell table:style-name="{style}">{_p("words")}{whole}{words}</table:table-cell>'
    table = f'<table:table table:name="S">{_row(cell, _cell("seen"))}</table:table>'
    own = "" if style == "W" else "words "
    assert _read("spreadsheet", table, styles) == [(H, "S"), (T, f"{own}in white also | seen")]


def test_cells_of_a_text_in_the_colour_of_their_fill_are_not_read() -> None:
    styles = _FILLED + _style("P", "paragraph", '<style:text-properties fo:color="#c00000"/>')
    red = f'<table:table-cell table:style-name="B">{_p("secret", "P")}</table:table-cell>'
    table = f"<table:table>{_row(_cell('seen'), red, _cell('also'))}</table:table>{_p('after', 'P')}"
    assert _read("text", table, styles) == [(T, "seen | | also"), (P, "after")]


def test_code_keeps_its_empty_lines() -> None:
    body = _p("", "Source_20_Code") + _p("a:", "Source_20_Code") + _p("", "Source_20_Code") + _p("b", "Source_20_Code")
    body += _p("Text") + _p("", "Source_20_Code") + _p("More")
    assert _read("text", body, _style("Source_20_Code", "paragraph", "")) == [(C, "a:\n\nb"), (P, "Text"), (P, "More")]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc^2"),
        ("<mo>(</mo><mi>a</mi><mo>+</mo><mn>2</mn><mi>b</mi><mo>)</mo><mo>≤</mo><mn>3.5</mn>", "(a+2b)≤3.5"),
        ("<mi>sin</mi><msup><mi>x</mi><mn>2</mn></msup><mi>y</mi>", "sin x^2 y"),
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "[formula]"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "[formula]"),
        ("<mn>2</mn><mn>3</mn>", "[formula]"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mn>3</mn>", "[formula]"),
        ("<mn>2</mn><mo>\N{INVISIBLE TIMES}</mo><mn>3</mn>", "[formula]"),
        ("<msqrt><mi>x</mi></msqrt>", "[formula]"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable>", "[formula]"),
        ("<mi>a</mi><mmultiscripts><mi>b</mi></mmultiscripts>", "[formula]"),
        ("<mfrac><mi>a</mi></mfrac>", "[formula]"),
        ("", "[formula]"),
    ],
)
@pytest.mark.parametrize("path", ["./Object 1", "Formula-0/"])
def test_formulas_stay_in_their_sentences(formula: str, text: str, path: str) -> None:
    content = (
        f'<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow>{formula}</mrow>'
        '<annotation encoding="StarMath 5.0">written twice</annotation></semantics></math>'
    )
    frame = f'<draw:frame><draw:object xlink:href="{path}"/></draw:frame>'
    part = (f"{path.removeprefix('./').rstrip('/')}/content.xml", content)
    draft = READERS[".odt"](open_document("text", _p(f"So {frame} it is."), more=[part]))
    assert draft.finished("a", "A", "0" * 64).text == f"So {text} it is."


def test_tables_of_a_sheet_stand_apart_and_have_titles() -> None:
    empty = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    rows = [_row(_cell(""), _cell("Nets")), empty, _row(_cell(""), _cell("Net"), _cell("Price"))]
    rows += [_row(_cell(""), _cell("Old"), _cell("5")), empty, _row(_cell(""), _cell("Boat"), _cell("Oars"))]
    rows += [_row(_cell(""), _cell("Gull"), _cell("4"))]
    body = f'<table:table table:name="S">{"".join(rows)}</table:table>'
    text = READERS[".ods"](open_document("spreadsheet", body)).finished("a", "A", "0" * 64).text
    assert text == "S\n\nNets\n\nNet | Price\nOld | 5\nBoat | Oars\nGull | 4"


def test_a_variable_is_read_where_it_is_shown() -> None:
    hidden = '<text:variable-set text:name="a" text:display="none">secret</text:variable-set>'
    shown = '<text:variable-set text:name="b" text:display="value">5 €</text:variable-set>'
    assert _read("text", _p(f"It costs {hidden}{shown}.")) == [(P, "It costs 5 €.")]


def test_a_list_without_a_style_has_that_of_its_paragraphs() -> None:
    level = '<text:list-level-style-number text:level="1" style:num-suffix=")" style:num-format="a"/>'
    styles = f'<text:list-style style:name="L">{level}</text:list-style>'
    styles += '<style:style style:name="N" style:family="paragraph" style:list-style-name="L"/>'
    items = "".join(f"<text:list-item>{_p(text, 'N')}</text:list-item>" for text in ("tea", "cake"))
    assert _read("text", f"<text:list>{items}</text:list>", styles) == [(L, "a) tea"), (L, "b) cake")]


@pytest.mark.parametrize(("said", "row"), [("", "Pool | Mon 9"), (_p("Again."), "Mon | 9")])
def test_a_table_in_a_cell_is_a_part_of_its_row_unless_cells_hold_several_paragraphs(said: str, row: str) -> None:
    inner = f"<table:table-cell><table:table>{_row(_cell('Mon'), _cell('9'))}</table:table></table:table-cell>"
    pool = f"<table:table-cell>{_p('Pool')}{said}</table:table-cell>"
    rows = _row(_cell("Area"), _cell("Hours")) + _row(pool, inner) + _row(_cell("Gym"), _cell("Always"))
    read = _read("text", f"<table:table>{rows}</table:table>")
    assert [text for kind, text in read if kind is T and "Mon" in text] == [row]


def test_shapes_over_a_sheet_are_read() -> None:
    box = f"<draw:frame><draw:text-box>{_p('Closed in May')}</draw:text-box></draw:frame>"
    hidden = f'<draw:custom-shape draw:display="none">{_p("secret")}</draw:custom-shape>'
    row = f"<table:table-row><table:table-cell>{_p('Tea')}</table:table-cell></table:table-row>"
    sheet = f'<table:table table:name="S"><table:shapes>{box}{hidden}</table:shapes>{row}</table:table>'
    assert _read("spreadsheet", sheet) == [(H, "S"), (T, "Tea"), (P, "Closed in May")]


def test_what_lies_beside_a_slide_is_not_read() -> None:
    size = 'fo:page-width="28cm" fo:page-height="21cm"'
    styles = f'<style:page-layout style:name="L"><style:page-layout-properties {size}/></style:page-layout>'
    styles += '<style:master-page style:name="M" style:page-layout-name="L"/>'
    place = 'svg:y="2cm" svg:width="4cm" svg:height="2cm"'
    frame = f'<draw:frame svg:x="{{}}cm" {place}><draw:text-box>{{}}</draw:text-box></draw:frame>'
    frames = "".join(frame.format(left, _p(text)) for left, text in ((-4.5, "secret"), (-2, "seen"), (29, "secret")))
    assert _read("presentation", f'<draw:page draw:master-page-name="M">{frames}</draw:page>', styles) == [(P, "seen")]


def test_a_table_in_a_cell_is_a_part_of_its_row() -> None:
    def table(*rows: list[str]) -> str:
        cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
        return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"

    inner = table([_p("Adult"), _p("8")], [_p("Child"), _p("4")])
    rows = [[_p("Area"), _p("Fee")], [_p("Pool"), inner], [_p("Gym"), _p("10")]]
    assert _read("text", table(*rows)) == [(T, "Area | Fee"), (T, "Pool | Adult 8; Child 4"), (T, "Gym | 10")]
