"""PowerPoint slides as an audience sees them, each made here and read back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from hostile_files import packed
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from index.read.kinds import READERS
from index.read.office.slides import read_slides
from index.records import BlockKind, Document

H, P, L, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _saved(presentation: Any) -> bytes:
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _document(presentation: Any) -> Document:
    draft = read_slides(_saved(presentation))
    return draft.finished("a", draft.title or "A", "0" * 64)


def _texts(presentation: Any) -> list[str]:
    document = _document(presentation)
    return [document.text[block.start : block.end] for block in document.blocks]


def _slide(presentation: Any, title: str = "") -> Any:
    slide = presentation.slides.add_slide(presentation.slide_layouts[1 if title else 6])
    if title:
        slide.shapes.title.text = title
    return slide


def _box(slide: Any, text: str, left: float, top: float, width: float = 2) -> Any:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(1))
    box.text_frame.text = text
    return box


def test_slides_are_pages_and_notes_are_not_read() -> None:
    presentation = Presentation()
    slide = _slide(presentation, "Welcome")
    slide.placeholders[1].text = "First point\nSecond point"
    slide.notes_slide.notes_text_frame.text = "Secret."
    slide = _slide(presentation)
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    _box(slide, "Above the table", 1, 1)
    document = _document(presentation)
    assert [(b.kind, b.page, b.line, document.text[b.start : b.end]) for b in document.blocks] == [
        (H, 1, 1, "Welcome"),
        (L, 1, 2, "First point"),
        (L, 1, 3, "Second point"),
        (P, 2, 1, "Above the table"),
        (T, 2, 2, "a | b"),
    ]


def test_hidden_slides_and_shapes_and_those_beside_the_slide_are_not_read() -> None:
    presentation = Presentation()
    _slide(presentation, "Secret").element.set("show", "0")
    slide = _slide(presentation)
    _box(slide, "Secret", 1, 1).element.nvSpPr.cNvPr.set("hidden", "1")
    _box(slide, "Secret", -3, 1)
    _box(slide, "Secret", 40, 1)
    group = slide.shapes.add_group_shape()
    _box(group, "Secret", 1, 2).element.nvSpPr.cNvPr.set("hidden", "1")
    _box(group, "In a group", 1, 3)
    document = _document(presentation)
    assert document.text == "In a group"
    assert document.blocks[0].page == 2


def test_columns_are_read_one_after_the_other() -> None:
    presentation = Presentation()
    slide = _slide(presentation)
    for text, left, top in (("b1", 5, 1.1), ("a1", 1, 1), ("a2", 1, 3), ("b2", 5, 2.9)):
        _box(slide, text, left, top)
    _box(slide, "across", 0.5, 5, 8)
    assert _texts(presentation) == ["a1", "a2", "b1", "b2", "across"]


def test_indented_lines_stay_with_what_they_belong_to() -> None:
    presentation = Presentation()
    frame = _slide(presentation, "Steps").placeholders[1].text_frame
    frame.text = "Windows\nPress F12\nMac\nPress F13"
    for at in (1, 3):
        frame.paragraphs[at].level = 1
    assert _texts(presentation) == ["Steps", "Windows\nPress F12", "Mac\nPress F13"]


def _number(paragraph: Any, kind: str, first: int = 1) -> None:
    etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{_A}}}buAutoNum", type=kind, startAt=str(first))


def test_numbers_of_lists_are_read() -> None:
    presentation = Presentation()
    frame = _box(_slide(presentation), "a\nb\nplain\nc", 1, 1).text_frame
    for at, kind in ((0, "arabicPeriod"), (1, "arabicPeriod"), (3, "alphaUcParenR")):
        _number(frame.paragraphs[at], kind, 3)
    assert _texts(presentation) == ["3. a", "4. b", "plain", "C) c"]


def test_merged_cells_keep_their_value() -> None:
    presentation = Presentation()
    table = _slide(presentation).shapes.add_table(3, 3, 0, 0, Inches(4), Inches(1)).table
    for row, texts in enumerate((("Day", "Hall", ""), ("", "Red", "Blue"), ("All year", "", ""))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(2, 2))
    assert _texts(presentation) == ["Day | Hall | Hall", "Day | Red | Blue", "All year"]


def test_a_chart_is_named() -> None:
    presentation = Presentation()
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("s", (1, 2))
    slide = _slide(presentation)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(4), Inches(3), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Members"
    assert _texts(presentation) == ["[chart: Members]"]


def test_a_chart_of_a_newer_kind_is_named_and_its_older_form_is_not_read() -> None:
    presentation = Presentation()
    slide = _slide(presentation)
    old = _box(slide, "This chart is not available", 1, 1).element
    frame = slide.shapes.add_table(1, 1, 0, 0, Inches(1), Inches(1)).element
    frame.graphic.graphicData.set("uri", "http://schemas.microsoft.com/office/drawing/2014/chartex")
    frame.graphic.graphicData.remove(frame.graphic.graphicData.tbl)
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = etree.SubElement(frame.getparent(), f"{{{compatible}}}AlternateContent")
    etree.SubElement(both, f"{{{compatible}}}Choice", Requires="cx1").append(frame)
    etree.SubElement(both, f"{{{compatible}}}Fallback").append(old)
    assert _texts(presentation) == ["[chart]"]


def test_formulas_stay_in_their_sentences() -> None:
    presentation = Presentation()
    paragraph = _box(_slide(presentation), "It is ", 1, 1).text_frame.paragraphs[0]
    formula = etree.fromstring(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="a14"><a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">'
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+1</m:t></m:r></m:oMath>'
        f'</a14:m></mc:Choice><mc:Fallback><a:r xmlns:a="{_A}"><a:t>old</a:t></a:r></mc:Fallback></mc:AlternateContent>'
    )
    paragraph._p.append(formula)
    assert _texts(presentation) == ["It is x+1"]


def test_what_stands_on_every_slide_is_left_out() -> None:
    presentation = Presentation()
    slide = _slide(presentation)
    mark = _box(slide, "Page 7 of ours", 1, 6).element.nvSpPr.nvPr
    etree.SubElement(mark, "{http://schemas.openxmlformats.org/presentationml/2006/main}ph", type="ftr", idx="11")
    _box(slide, "Text", 1, 1)
    assert _texts(presentation) == ["Text"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (".pptm", "vnd.ms-powerpoint.presentation.macroEnabled"),
        (".ppsx", "vnd.openxmlformats-officedocument.presentationml.slideshow"),
        (".ppsm", "vnd.ms-powerpoint.slideshow.macroEnabled"),
        (".potx", "vnd.openxmlformats-officedocument.presentationml.template"),
        (".potm", "vnd.ms-powerpoint.template.macroEnabled"),
    ],
)
def test_other_names_of_the_format_are_read(kind: str, content: str) -> None:
    presentation = Presentation()
    _box(_slide(presentation), "text", 1, 1)
    with zipfile.ZipFile(io.BytesIO(_saved(presentation))) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    usual = b"vnd.openxmlformats-officedocument.presentationml.presentation"
    data = packed([(name, part.replace(usual, content.encode())) for name, part in parts])
    assert READERS[kind](data).finished("a", "A", "0" * 64).text == "text"


def test_a_picture_is_what_its_author_says_that_it_shows() -> None:
    presentation = Presentation()
    slide = _slide(presentation)
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
        "45400000000049454e44ae426082"
    )
    for said in ("The valve is red.", "image3.png", "A dog. Description automatically generated"):
        picture = slide.shapes.add_picture(io.BytesIO(pixel), 0, 0)
        picture._element.nvPicPr.cNvPr.set("descr", said)
    assert _texts(presentation) == ["The valve is red."]


def test_raised_figures_stay_above_the_line() -> None:
    presentation = Presentation()
    paragraph = _box(_slide(presentation), "10", 1, 1).text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = "6"
    run._r.get_or_add_rPr().set("baseline", "30000")
    assert _texts(presentation) == ["10⁶"]


def _strict(data: bytes) -> bytes:
    """Return an Office file as "Strict Open XML" names its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    usual = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?=main|relationships/|relationships\")")
    strict = rb"http://purl.oclc.org/ooxml/\1/"
    return packed([(name, usual.sub(strict, part) if b"schemas" in part else part) for name, part in parts])


def test_the_strict_form_is_read_as_the_usual_one() -> None:
    presentation = Presentation()
    _slide(presentation, "Welcome")
    data = _strict(_saved(presentation))
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(data)).read("ppt/presentation.xml")
    assert read_slides(data).finished("a", "A", "0" * 64).text == "Welcome"


def _white_run(frame: Any, text: str) -> None:
    run = frame.paragraphs[0].add_run()
    run.text, run.font.color.rgb = text, RGBColor(255, 255, 255)


@pytest.mark.parametrize("dark", [False, True])
def test_white_words_in_groups_and_cells_are_read_on_another_colour_alone(*, dark: bool) -> None:
    presentation = Presentation()
    slide = _slide(presentation)
    group = slide.shapes.add_group_shape()
    if dark:
        shape = group.shapes.add_shape(1, Inches(1), Inches(1), Inches(3), Inches(2))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(0, 0, 64)
    box = group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    _white_run(box.text_frame, "in a group")
    cell = slide.shapes.add_table(1, 1, Inches(5), Inches(4), Inches(2), Inches(1)).table.cell(0, 0)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(0, 0, 64) if dark else RGBColor(255, 255, 255)
    _white_run(cell.text_frame, "in a cell")
    assert _texts(presentation) == (["in a group", "in a cell"] if dark else [])
