"""Excel workbooks as Excel shows them, each made here and read back."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

import pytest
from hostile_files import packed, xlsx
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from index.errors import UnreadableError
from index.read.kinds import READERS
from index.read.office.number_format import shown
from index.read.office.sheets import read_sheets
from index.records import BlockKind, Document

H, T = BlockKind.HEADING, BlockKind.TABLE


def _saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _document(data: bytes) -> Document:
    return read_sheets(data).finished("a", "A", "0" * 64)


def _rows(*rows: list[Any], change: Any = None) -> list[str]:
    """Return the rows that are read of a sheet with these, after a change to it."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(sheet)
    return _lines(_saved(workbook))


def _lines(data: bytes) -> list[str]:
    document = _document(data)
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is T]


def test_sheets_are_sections_and_rows_are_blocks() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Prices"
    for row in (["Item", "Price"], [], ["Tea", 2.5, None], ["Line\nbreak", None, "x"]):
        sheet.append(row)
    workbook.create_sheet("Empty")
    document = _document(_saved(workbook))
    assert [(block.kind, block.line, document.text[block.start : block.end]) for block in document.blocks] == [
        (H, 1, "Prices"),
        (T, 3, "Item | Price"),
        (T, 4, "Tea | 2.5"),
        (T, 5, "Line break | | x"),
        (H, 7, "Empty"),
    ]
    assert document.blocks[1].section == ("Prices",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_not_read(state: str) -> None:
    workbook = Workbook()
    sheet = workbook.create_sheet("Secrets")
    sheet.append(["wifi", "secret"])
    sheet.sheet_state = state
    assert workbook.active is not None
    workbook.active.append(["open"])
    document = _document(_saved(workbook))
    assert "ecret" not in document.text
    assert "open" in document.text


def _hide_row(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def _collapse_rows(sheet: Any) -> None:
    sheet.row_dimensions.group(2, 2, hidden=True)


def _format_away(sheet: Any) -> None:
    sheet["A2"].number_format = sheet["B2"].number_format = ";;;"


@pytest.mark.parametrize("change", [_hide_row, _collapse_rows, _format_away])
def test_hidden_rows_are_not_read(change: Any) -> None:
    assert _rows(["a", 1], ["secret", 4711], ["b", 2], change=change) == ["a | 1", "b | 2"]


@pytest.mark.parametrize("how", ['hidden="1"', 'width="0" customWidth="1"', 'width="9" hidden="true"'])
def test_hidden_columns_are_not_read(how: str) -> None:
    cells = (f'<c r="{name}1"><v>{value}</v></c>' for name, value in (("A", 1), ("B", 4711), ("C", 4711), ("D", 2)))
    row = f'<row r="1">{"".join(cells)}</row>'
    assert _lines(xlsx(f'</sheetData><cols><col min="2" max="3" {how}/></cols><sheetData>{row}')) == ["1 | 2"]


@pytest.mark.parametrize("how", ['hidden="1"', 'ht="0" customHeight="1"'])
def test_rows_without_height_are_not_read(how: str) -> None:
    rows = f'<row r="1" {how}><c r="A1"><v>4711</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    assert _lines(xlsx(rows)) == ["2"]


def test_rows_that_are_written_are_read_where_a_sheet_hides_all_that_are_not() -> None:
    """As Excel and LibreOffice take `zeroHeight`: a row is hidden where it says so, or where it is not written."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>4711</v></c></row>'
    written = xlsx(f'</sheetData><sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData>{rows}')
    assert _lines(written) == ["1"]


def test_columns_hidden_in_a_group_are_not_read() -> None:
    def change(sheet: Any) -> None:
        sheet.column_dimensions.group("B", "C", hidden=True)

    assert _rows(["a", "secret", "secret", "b"], change=change) == ["a | b"]


def test_comments_are_not_read() -> None:
    from openpyxl.comments import Comment

    def change(sheet: Any) -> None:
        sheet["A1"].comment = Comment("secret", "A")

    assert _rows(["a"], change=change) == ["a"]


def test_merged_cells_keep_their_value_in_all_rows_and_columns() -> None:
    def change(sheet: Any) -> None:
        for area in ("A2:A3", "B1:C1", "A4:C4", "A5:A9"):
            sheet.merge_cells(area)

    rows = (["Day", "Hall"], ["Monday", "Red", 1], [None, "Blue", 2], ["Closed in winter"], ["End"])
    assert _rows(*rows, change=change) == [
        "Day | Hall | Hall",
        "Monday | Red | 1",
        "Monday | Blue | 2",
        "Closed in winter",
        "End",
    ]


def test_text_boxes_are_read_and_charts_named() -> None:
    base = "http://schemas.openxmlformats.org/drawingml/2006"
    shape = "<d:sp><d:nvSpPr><d:cNvPr {}/></d:nvSpPr><d:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></d:txBody></d:sp>"
    shapes = shape.format("", "Closed in May") + shape.format('hidden="1"', "secret")
    chart = f'<d:graphicFrame><c:chart xmlns:c="{base}/chart"/></d:graphicFrame>'
    drawing = f'<d:wsDr xmlns:d="{base}/spreadsheetDrawing" xmlns:a="{base}/main">{shapes}{chart}</d:wsDr>'
    relation = '<Relationship Id="d" Type="x/drawing" Target="../drawings/drawing1.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    more = [
        ("xl/worksheets/_rels/sheet1.xml.rels", f'<Relationships xmlns="{package}">{relation}</Relationships>'),
        ("xl/drawings/drawing1.xml", drawing),
    ]
    document = _document(xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', more=more))
    assert document.text == "S\n\n1\n\nClosed in May\n\n[chart]"


def test_raised_figures_stay_above_the_line() -> None:
    run = "<r>{}<t>{}</t></r>"
    raised = run.format('<rPr><vertAlign val="superscript"/></rPr>', "6")
    text = f"{run.format('', '10')}{raised}"
    inline = f'<c r="B1" t="inlineStr"><is>{text}</is></c>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    assert _lines(xlsx(f'<row r="1"><c r="A1"><v>1</v></c>{inline}</row>')) == ["1 | 10⁶"]
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active["A1"] = "10"
    with zipfile.ZipFile(io.BytesIO(_saved(workbook))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}"><si>{text}</si></sst>'.encode()
    cell = b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(b"<row.*</row>", cell, parts[sheet], flags=re.DOTALL)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    assert _lines(packed(list(parts.items()))) == ["10⁶"]


def test_a_chart_is_named_by_its_title() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append([1, 2])
    chart = BarChart()
    chart.title = "Guests by day"
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_col=2))
    sheet.add_chart(chart)
    assert _document(_saved(workbook)).text.endswith("[chart: Guests by day]")


def test_a_formula_shows_its_value_and_is_named_without_one() -> None:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f></c><c r="C1" t="str"><f>""</f></c>'
    cells += '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="b"><v>1</v></c>'
    assert _lines(xlsx(f'<row r="1">{cells}</row>')) == ["2 | [formula] | | #DIV/0! | TRUE"]


def test_values_are_shown_in_their_formats() -> None:
    def change(sheet: Any) -> None:
        for column, code in enumerate(("0.0%", '#,##0.00 "€"', "General", "General", "h:mm", "# ?/?"), 1):
            if code != "General":
                sheet.cell(1, column).number_format = code

    row = [0.075, 1234.5, datetime.date(2026, 3, 15), 0.1 + 0.2, datetime.time(9, 5), 1.5]
    assert _rows(row, change=change) == ["7.5% | 1,234.50 € | 2026-03-15 | 0.3 | 9:05 | 1 1/2"]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.2, "0%", "20%"), (46096, "dd.mm.yyyy", "15.03.2026"), (46096, "mm-dd-yy", "2026-03-15"),
        (46143.77083333334, "yyyy-mm-dd h:mm:ss", "2026-05-01 18:30:00"), (0.3784722222222222, "h:mm AM/PM", "9:05 AM"),
        (46096, "ddd, d mmmm yy", "Sun, 15 March 26"), (1.5, "[h]:mm", "36:00"), (0.0625, "[mm]:ss", "90:00"),
        (46096.123456, "hh:mm:ss.000", "02:57:46.598"), (46096, 'yyyy"年"m"月"d"日"', "2026年3月15日"),
        (46096, "[$-407]ddd, d. mmmm yyyy", "So, 15. März 2026"), (46096, "[$-F800]dddd, mmmm dd", "Sunday, March 15"),
        (46096, "[$-de-DE]dddd, d. mmmm yyyy", "Sonntag, 15. März 2026"), (46096, "[$-415]d mmmm;@", "15 marca"),
        (46096, "[$-419]mmmm yyyy", "март 2026"), (46096, "[$-40B]dddd, mmmm", "sunnuntai, maaliskuu"),
        (46096, "[$-408]mmmm", "Μάρτιος"), (46096, "[$-419]dd mmmm", "15 марта"),
        (46096, "[$-sv-SE]d mmmm", "15 mars"), (46096, "[$-x-sysdate]mmmm d", "March 15"), (9.5, "0.0 g", "9.5 g"),
        (46096, '[$-411]ggge"年"m"月"d"日"', "令和8年3月15日"), (43585, "ge/m/d", "H31/4/30"),
        (46096, "[$-40C]d mmm yy", "15 mars 26"), (46096, "mmmmm", "M"),
        (-1, "yyyy", "########"), (59, "yyyy-mm-dd", "1900-02-28"), (61, "yyyy-mm-dd", "1900-03-01"),
        (1e21, "General", "1E+21"), (1 / 3, "General", "0.333333333"), (1234567.891, "General", "1234567.891"),
        (123456789012, "General", "123456789012"), (0.00001, "General", "0.00001"),
        (1.23456789e-8, "General", "1.23457E-08"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"), (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
        (1500000, '0.0,,"M"', "1.5M"), (5551234567, "(000) 000-0000", "(555) 123-4567"), (7, "000", "007"),
        (12345.678, "0.00E+00", "1.23E+04"), (12345.678, "##0.0E+0", "12.3E+3"), (2.675, "0.00", "2.68"),
        (1.375, "# ?/8", "1 3/8"), (0.333333, "# ??/??", "1/3"), (3, "# ?/?", "3"),
        (12, '0 "pcs"', "12 pcs"),
        (-3, "0;[Red]-0", "-3"), (-0.001, "0.00", "0.00"),
        (0.5, "[<1]0.0%;General", "50.0%"), (3, "[<1]0.0%;General", "3"),
        (4, '[=1]0 "day";0 "days"', "4 days"), ("abc", '0;-0;0;"note: "@', "note: abc"), ("abc", ";;;", ""),
        (5, ";;;", ""),
        (True, ";;;", ""), ("abc", ";;", "abc"), (5, '"Yes";"No"', "Yes"), (5, "@", "5"), (0, "#,##0", "0"),
        (100, '0"%;"', "100%;"),
    ],
)  # fmt: skip
def test_number_formats(value: float | str, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_dates_may_count_from_1904() -> None:
    assert shown(0.5, "yyyy-mm-dd h:mm", from_1904=True) == "1904-01-01 12:00"


@given(
    st.one_of(st.floats(), st.integers(), st.text(), st.booleans()),
    st.text('0#?.,%E+-/;@"[]<=>$\\_* ydmhsAPGenral', max_size=20),
)
def test_any_format_shows_something(value: float | str, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_what_is_shown_is_the_number(value: Any) -> None:
    assert float(shown(float(value), "0.000")) == float(value)
    assert float(shown(float(value), "#,##0.000").replace(",", "")) == float(value)
    assert float(shown(float(value), "General")) == pytest.approx(float(value), abs=1e-3, rel=1e-8)


def test_a_sheet_of_merged_cells_without_end_is_named() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 30))
    merged = '<mergeCell ref="A1:XFC29"/>' * 9
    data = xlsx(f"{rows}</sheetData><mergeCells>{merged}</mergeCells><sheetData>")
    with pytest.raises(UnreadableError, match="merged"):
        read_sheets(data)


@pytest.mark.parametrize("kind", [".xlsm", ".xltx", ".xls"])
def test_other_names_of_the_format_are_read(kind: str) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["text"])
    assert "text" in READERS[kind](_saved(workbook)).finished("a", "A", "0" * 64).text


def test_titles_above_tables_are_none_of_their_rows() -> None:
    rows = [["Nets of the club"], ["As of May"], [], ["Net", "Length"], ["Old", 12], []]
    workbook = Workbook()
    for row in [*rows, ["", "", "Boats"], ["Boat", "Oars"], ["Gull", 4], [], ["Rafts"], ["Log", 2]]:
        workbook.active.append(row)
    assert _document(_saved(workbook)).text.partition("\n\n")[2] == (
        "Nets of the club\n\nAs of May\n\nNet | Length\nOld | 12\n\nBoats\n\nBoat | Oars\nGull | 4\nRafts\nLog | 2"
    )


def test_a_sheet_of_one_column_is_one_table() -> None:
    workbook = Workbook()
    for row in (["Rules"], ["No nets"], [], ["No boats"]):
        workbook.active.append(row)
    assert _lines(_saved(workbook)) == ["Rules", "No nets", "No boats"]


def test_tables_begin_with_their_first_column_and_go_on_after_empty_rows() -> None:
    workbook = Workbook()
    for row in (["", "Net", "Price"], ["", "Old", 5], [], ["", "Bow", "on request"], ["", "Gull", 4]):
        workbook.active.append(row)
    assert _document(_saved(workbook)).text.partition("\n\n")[2] == ("Net | Price\nOld | 5\nBow | on request\nGull | 4")


def test_a_title_over_hidden_columns_is_read() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.column_dimensions["A"].hidden = True

    written = _document_of([["Fees"], ["4711", "Tea", 2], ["4712", "Cake", 3]], change)
    assert written.text == "Sheet\n\nFees\n\nTea | 2\nCake | 3"


def _document_of(rows: list[list[Any]], change: Any) -> Document:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    change(workbook.active)
    return _document(_saved(workbook))


def test_the_strict_form_is_read_as_the_usual_one() -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["Tea", 2])
    with zipfile.ZipFile(io.BytesIO(_saved(workbook))) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    usual = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?=main|relationships/|relationships\")")
    strict = packed([(name, usual.sub(rb"http://purl.oclc.org/ooxml/\1/", part)) for name, part in parts])
    assert _lines(strict) == ["Tea | 2"]
