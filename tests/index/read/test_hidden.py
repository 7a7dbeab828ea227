"""What an author hid is found in no document: a word is planted in each kind, in each way, and looked for."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hostile_files import docx, open_document, packed, xlsx
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Color, Font, PatternFill
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from index.read.file import document_of
from index.read.files import Files
from index.read.folder import walk
from index.read.members import bytes_of
from index.read.pdf.layers import has_layers
from index.read.site.finder import Sites
from index.read.unpublished import DRAFT
from index.records import SourceFile
from tests.index.conftest import Library
from tests.index.read.blocks import blocks, texts

_WORD = "zyzzyva"
"""What is hidden; it stands in no other text."""

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _word(properties: str, paragraph: str = "", styles: str = "", around: str = "{}") -> bytes:
    run = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve"> {} </w:t></w:r>'
    hidden = around.format(f"<w:p><w:pPr>{paragraph}</w:pPr>{run.format(properties, _WORD)}</w:p>")
    ends = [f"<w:p>{run.format('', text)}</w:p>" for text in ("Seen before.", "Seen after.")]
    relation = f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    more = [
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'),
        ("word/styles.xml", f'<w:styles xmlns:w="{_MAIN}">{styles}</w:styles>'),
    ]
    return docx(ends[0] + hidden + ends[1], more=more)


_SHADED = '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="{}"/></w:tcPr>{{}}</w:tc></w:tr></w:tbl>'
_STYLES = (
    '<w:style w:type="character" w:styleId="C"><w:name w:val="C"/><w:rPr>{0}</w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr>{0}</w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:basedOn w:val="P"/></w:style>'
)
_RED = '<w:color w:val="C00000"/>'
_WHITE, _TINY = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'

_WORDS: Mapping[str, Callable[[], bytes]] = {
    "hidden": lambda: _word("<w:vanish/>"),
    "white": lambda: _word(_WHITE),
    "white by name of the theme": lambda: _word('<w:color w:val="FFFFFF" w:themeColor="background1"/>'),
    "white by its style": lambda: _word('<w:rStyle w:val="C"/>', styles=_STYLES.format(_WHITE)),
    "white by its paragraph's style": lambda: _word("", '<w:pStyle w:val="Q"/>', _STYLES.format(_WHITE)),
    "white in a white cell": lambda: _word(_WHITE, around=_SHADED.format("FFFFFF")),
    "white in a cell of no colour": lambda: _word(_WHITE, around=_SHADED.format("auto")),
    "black on black": lambda: _word('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
    "in the colour of its mark": lambda: _word('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
    "in the colour of its paragraph": lambda: _word(_RED, '<w:shd w:val="clear" w:fill="C00000"/>'),
    "in the colour of its cell": lambda: _word(_RED, around=_SHADED.format("C00000")),
    "in the colour of its paragraph's style": lambda: _word(_RED, '<w:pStyle w:val="G"/>', _ON_RED),
    "in the colour of its style": lambda: _word(
        '<w:rStyle w:val="C"/>', styles=_STYLES.format(_RED + '<w:shd w:val="clear" w:fill="C00000"/>')
    ),
    "of one point": lambda: _word(_TINY),
    "of one point by its style": lambda: _word("", '<w:pStyle w:val="P"/>', _STYLES.format(_TINY)),
}


def _sheet(row: str = "", column: str = "") -> bytes:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>Seen before.</v></c></row>'
        f'<row r="2" {row}><c r="B2" t="str"><v>{_WORD}</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Seen after.</v></c></row>'
    )
    return xlsx(f'</sheetData><cols><col min="2" max="2" {column}/></cols><sheetData>{rows}' if column else rows)


def _excel(font: Font, fill: PatternFill | None = None) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Seen before."], ["", _WORD], ["Seen after."]):
        sheet.append(row)
    sheet["B2"].font = font
    if fill is not None:
        sheet["B2"].fill = fill
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


_YELLOW = '<w:color w:val="FFFF00"/>'
_IN_RED = '<w:shd w:val="clear" w:fill="C00000"/>'
_ON_RED = _STYLES.format(_RED) + (
    '<w:style w:type="paragraph" w:styleId="G"><w:name w:val="G"/><w:pPr><w:shd w:val="clear" w:fill="C00000"/></w:pPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="H"><w:name w:val="H"/><w:basedOn w:val="G"/>'
    '<w:pPr><w:shd w:val="clear" w:fill="auto"/></w:pPr></w:style>'
)
_WORDS_SEEN: Mapping[str, Callable[[], bytes]] = {
    "its paragraph's own colour": lambda: _word(
        _RED, '<w:pStyle w:val="G"/><w:shd w:val="clear" w:fill="FFFF00"/>', _ON_RED
    ),
    "its paragraph clear": lambda: _word(_RED, '<w:pStyle w:val="G"/><w:shd w:val="clear" w:fill="auto"/>', _ON_RED),
    "its style clear": lambda: _word(_RED, '<w:pStyle w:val="H"/>', _ON_RED),
    "itself clear": lambda: _word(
        '<w:rStyle w:val="C"/><w:shd w:val="clear" w:fill="auto"/>', styles=_STYLES.format(_RED + _IN_RED)
    ),
    "marked white": lambda: _word(f'{_RED}<w:highlight w:val="white"/>', around=_SHADED.format("C00000")),
    "solid": lambda: _word(f'{_RED}<w:shd w:val="solid" w:color="FFFF00" w:fill="C00000"/>'),
    "patterned": lambda: _word(f'{_RED}<w:shd w:val="pct25" w:color="FFFF00"/>', _IN_RED),
    "outlined": lambda: _word(
        f'{_RED}{_IN_RED}<w14:textOutline xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textOutline>'
    ),
    "not marked": lambda: _word(
        '<w:rStyle w:val="C"/><w:highlight w:val="none"/>',
        styles=_STYLES.format(f'{_YELLOW}<w:highlight w:val="yellow"/>'),
    ),
    "in a clear cell": lambda: _word(_RED, around=_SHADED.format("C00000").replace("{}", _SHADED.format("auto"))),
}


@pytest.mark.parametrize("way", _WORDS_SEEN)
def test_the_nearest_colour_behind_words_holds(way: str) -> None:
    assert _WORD in document_of(_WORDS_SEEN[way](), "a.docx").text


_SHEETS: Mapping[str, Callable[[], bytes]] = {
    "hidden row": lambda: _sheet(row='hidden="1"'),
    "hidden column": lambda: _sheet(column='hidden="1"'),
    "narrow column": lambda: _sheet(column='width="0.08" customWidth="1"'),
    "low row": lambda: _sheet(row='ht="0.75" customHeight="1"'),
    "white": lambda: _excel(Font(color="FFFFFFFF")),
    "white of the theme": lambda: _excel(Font(color=Color(theme=0))),
    "white on white": lambda: _excel(Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFFFFFF")),
    "in the colour of its cell": lambda: _excel(Font(color="FF4472C4"), PatternFill("solid", fgColor="FF4472C4")),
    "black on black": lambda: _excel(Font(color=Color(theme=1)), PatternFill("solid", fgColor="FF000000")),
    "in a numbered colour": lambda: _excel(Font(color="FFFF0000"), PatternFill("solid", fgColor=Color(indexed=10))),
    "of one point": lambda: _excel(Font(sz=1)),
}


def _excel_seen(change: Callable[[Any], None]) -> bytes:
    """Return a workbook with a cell in the colour of its font, which something else makes seen."""
    book = Workbook()
    book.active["A1"].font, book.active["A1"].fill = Font(color="FF4472C4"), PatternFill("solid", fgColor="FF4472C4")
    book.active["A1"], book.active["A2"] = _WORD, "Seen."
    change(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _on_a_condition(sheet: Any) -> None:
    sheet.conditional_formatting.add("A1", FormulaRule(["TRUE"], fill=PatternFill(bgColor="FFFFFF00")))


def _in_parts(sheet: Any) -> None:
    sheet["A1"] = CellRichText(TextBlock(InlineFont(color="FFFFFFFF"), _WORD))


def _on_a_condition_of_a_row(sheet: Any) -> None:
    sheet.conditional_formatting.add("B7 A1:XFD1", FormulaRule(["TRUE"], fill=PatternFill(bgColor="FFFFFF00")))


def _on_a_condition_elsewhere(sheet: Any) -> None:
    sheet.conditional_formatting.add("B1:C9 A2", FormulaRule(["TRUE"], fill=PatternFill(bgColor="FFFFFF00")))


def test_conditions_on_other_cells_show_none_in_its_own_colour() -> None:
    document = document_of(_excel_seen(_on_a_condition_elsewhere), "a.xlsx")
    assert _WORD not in document.text
    assert "Seen." in document.text


@pytest.mark.parametrize("change", [_on_a_condition, _on_a_condition_of_a_row, _in_parts])
def test_cells_in_their_own_colour_are_read_where_that_changes(change: Callable[[Any], None]) -> None:
    assert _WORD in document_of(_excel_seen(change), "a.xlsx").text


def _slide(change: Callable[[Any], None]) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for text, top in (("Seen before.", 1), ("Seen after.", 5)):
        slide.shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1)).text_frame.text = text
    box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(4), Inches(1))
    box.text_frame.text = _WORD
    change(box)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _white(box: Any) -> None:
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)


def _white_of_theme(box: Any) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    box.text_frame.paragraphs[0].runs[0].font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def _tiny(box: Any) -> None:
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(1)


def _white_on_white(box: Any) -> None:
    _white(box)
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor(255, 255, 255)


def _in_its_fill(box: Any) -> None:
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(192, 0, 0)
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor(192, 0, 0)


def _in_the_ground(box: Any) -> None:
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0, 0, 60)
    box.part.slide.background.fill.solid()
    box.part.slide.background.fill.fore_color.rgb = RGBColor(0, 0, 60)


def _seen_through(box: Any) -> None:
    _in_its_fill(box)
    colour = box.text_frame.paragraphs[0].runs[0]._r.rPr[0][0]  # python-pptx does not know opacity
    colour.append(colour.makeelement(colour.tag.replace("srgbClr", "alpha"), {"val": "0"}))
    box.fill.background()


def _unfilled(box: Any) -> None:
    box.text_frame.paragraphs[0].runs[0].font.fill.background()


def _in_properties(box: Any, *parts: str) -> None:
    for part in parts:
        box.text_frame.paragraphs[0].runs[0]._r.get_or_add_rPr().append(parse_xml(part))


_DRAWN = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_GLOW = f'<a:effectLst {_DRAWN}><a:glow rad="63500"><a:srgbClr val="FF0000"/></a:glow></a:effectLst>'


def _glowing(box: Any) -> None:
    _unfilled(box)
    _in_properties(box, _GLOW)


def _glowing_in_its_fill(box: Any) -> None:
    _in_its_fill(box)
    _in_properties(box, _GLOW)


def _highlighted(box: Any) -> None:
    _unfilled(box)
    _in_properties(box, f'<a:highlight {_DRAWN}><a:srgbClr val="FFFF00"/></a:highlight>')


def _without_outline(box: Any) -> None:
    _in_properties(box, f"<a:ln {_DRAWN}><a:noFill/></a:ln>", f"<a:noFill {_DRAWN}/>")


def _mapped_anew(box: Any) -> None:
    _white(box)
    override = box.part.slide.element.find(f"{{{_PRESENTATION}}}clrMapOvr")
    override.clear()
    names = ("tx1", "lt1"), ("bg1", "dk1"), ("tx2", "lt2"), ("bg2", "dk2"), ("hlink", "hlink"), ("folHlink", "folHlink")
    accents = ((f"accent{number}", f"accent{number}") for number in range(1, 7))
    mapping = " ".join(f'{name}="{colour}"' for name, colour in (*names, *accents))
    override.append(parse_xml(f"<a:overrideClrMapping {_DRAWN} {mapping}/>"))


_SLIDES: Mapping[str, Callable[[], bytes]] = {
    "white": lambda: _slide(_white),
    "white of the theme": lambda: _slide(_white_of_theme),
    "white on white": lambda: _slide(_white_on_white),
    "in the colour of its shape": lambda: _slide(_in_its_fill),
    "in the colour of the slide": lambda: _slide(_in_the_ground),
    "seen through": lambda: _slide(_seen_through),
    "not filled": lambda: _slide(_unfilled),
    "neither filled nor outlined": lambda: _slide(_without_outline),
    "of one point": lambda: _slide(_tiny),
}


@pytest.mark.parametrize("change", [_glowing, _glowing_in_its_fill, _highlighted, _mapped_anew])
def test_letters_on_slides_that_something_else_shows_are_read(change: Callable[[Any], None]) -> None:
    assert _WORD in document_of(_slide(change), "a.pptx").text


def _open_text(properties: str) -> bytes:
    style = '<style:style style:name="{}" style:family="{}"><style:text-properties {}/></style:style>'
    styles = style.format("S", "text", properties) + style.format("P", "paragraph", properties)
    body = (
        f'<text:p>Seen before. <text:span text:style-name="S">{_WORD}</text:span></text:p>'
        f'<text:p text:style-name="P">{_WORD}</text:p><text:p>Seen after.</text:p>'
    )
    return open_document("text", body, styles)


def test_words_of_another_colour_in_words_that_are_not_seen_are_read() -> None:
    style = '<style:style style:name="{}" style:family="text"><style:text-properties fo:color="{}" {}/></style:style>'
    styles = style.format("S", "#c00000", 'fo:background-color="#c00000"') + style.format("T", "#ffff00", "")
    spans = f'<text:span text:style-name="S"><text:span text:style-name="T">{_WORD}</text:span></text:span>'
    data = open_document("text", f"<text:p>Seen before. {spans}</text:p>", styles)
    assert _WORD in document_of(data, "a.odt").text


def _rtf(marks: str) -> bytes:
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    return rf"{{\rtf1 {colours} Seen before.\par {{{marks} {_WORD}}}\par Seen after.\par}}".encode()


_LAYERS = """/OCProperties << /OCGs [6 0 R 7 0 R] /D << /ON [7 0 R] /OFF [6 0 R] /Order [6 0 R 7 0 R] >> >>"""


def _pdf(content: str, layers: str = _LAYERS, resources: str = "/a 6 0 R /b 7 0 R /m 8 0 R", more: str = "") -> bytes:
    """Return a PDF of a page with this content between two lines, and with layers: /a is off, /b is on, /m is made."""
    content = f"BT /F 12 Tf 50 700 Td (Seen before.) Tj ET\n{content}\nBT /F 12 Tf 50 500 Td (Seen after.) Tj ET"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {layers} >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources 10 0 R >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /OCG /Name (Answers) >>",
        "<< /Type /OCG /Name (Questions) >>",
        "<< /Type /OCMD /OCGs [6 0 R] /P /AllOn >>",
        more or "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 0 >>\nstream\n\nendstream",
    ]
    bodies.append(f"<< /Font << /F 3 0 R >> /Properties << {resources} >> /XObject << /X 9 0 R >> >>")
    data, offsets = "%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return f"{data}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


_HIDDEN_LINE = f"BT /F 12 Tf 50 600 Td ({_WORD}) Tj ET"
_FORM = "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] {} /Resources << /Font << /F 3 0 R >> >> /Length {} >>"


def _form(mark: str) -> str:
    return f"{_FORM.format(mark, len(_HIDDEN_LINE))}\nstream\n{_HIDDEN_LINE}\nendstream"


_PDFS: Mapping[str, Callable[[], bytes]] = {
    "white": lambda: _pdf(f"q 1 1 1 rg {_HIDDEN_LINE} Q"),
    "layer that is off": lambda: _pdf(f"/OC /a BDC {_HIDDEN_LINE} EMC"),
    "layer within another": lambda: _pdf(f"/OC /b BDC /OC /a BDC {_HIDDEN_LINE} EMC EMC"),
    "layers taken together": lambda: _pdf(f"/OC /m BDC {_HIDDEN_LINE} EMC"),
    "all layers off": lambda: _pdf(
        f"/OC /a BDC {_HIDDEN_LINE} EMC", _LAYERS.replace("/ON [7 0 R] /OFF [6 0 R]", "/BaseState /OFF /ON [7 0 R]")
    ),
    "form on a layer": lambda: _pdf("/OC /a BDC /X Do EMC", more=_form("")),
    "form of a layer": lambda: _pdf("/X Do", more=_form("/OC 6 0 R")),
}


_OTHERS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "open text, hidden": (".odt", lambda: _open_text('text:display="none"')),
    "open text, white": (".odt", lambda: _open_text('fo:color="#ffffff"')),
    "open text, black on black": (".odt", lambda: _open_text('fo:color="#000000" fo:background-color="#000000"')),
    "open text, of one point": (".odt", lambda: _open_text('fo:font-size="1pt"')),
    "rich text, hidden": (".rtf", lambda: _rtf(r"\v")),
    "rich text, white": (".rtf", lambda: _rtf(r"\cf1")),
    "rich text, black on black": (".rtf", lambda: _rtf(r"\cf2\highlight2")),
    "rich text, of one point": (".rtf", lambda: _rtf(r"\fs2")),
}

_TEXTS: Mapping[str, Mapping[str, str]] = {
    ".adoc": {
        "line": "// zyzzyva",
        "block": "////\nzyzzyva\n////",
        "paragraph": "[comment]\nzyzzyva",
        "open block": "[comment]\n--\nzyzzyva\n\nzyzzyva\n--",
        "box in an open block": "[comment]\n--\n====\nzyzzyva\n====\n\n----\nzyzzyva\n----\n\n* zyzzyva\n--",
        "example": "[comment]\n====\nzyzzyva\n====",
        "code in a comment": "[comment]\n----\nzyzzyva\n----",
        "by its role": "[.hidden]\nzyzzyva",
        "box by its role": "[role=hidden]\n--\nzyzzyva\n\nzyzzyva\n--",
        "by its role in a sentence": "Here [.d-none]#zyzzyva# ends.",
        "passed through in a sentence": "Here +++<b hidden>zyzzyva</b>+++ and pass:[<i class='d-none'>zyzzyva</i>] on.",
        "for print": "ifdef::backend-pdf[]\nzyzzyva\nendif::[]",
        "between what is passed through": (
            '++++\n<div style="display:none">\n<div>\n++++\n\nzyzzyva\n\n++++\n</div>\n</div>\n++++'
        ),
        "passed through": '++++\n<p style="display:none">zyzzyva</p>\n++++',
    },
    ".md": {
        "element": "<div hidden>zyzzyva</div>",
        "comment": "<!-- zyzzyva -->",
        "comment of MyST": "{ref}`Seen before`\n\n% zyzzyva",
        "comment of MyST below a line": "{ref}`Seen before`\n% zyzzyva\nand on.",
        "comment of MyST below a list": "{ref}`Seen before`\n\n- One\n% zyzzyva\n- Two",
        "comment of MyST after a formula": "```{math}\na = b\n```\n% zyzzyva",
        "comment of MyST after code": "```{code-block} python\na = b\n```\n% zyzzyva",
        "comment of MyST after a box": "```{note}\nHear.\n% zyzzyva\n```\n% zyzzyva",
        "comment of MyST after a heading": "```{math}\na\n```\n\n## Head\n% zyzzyva",
        "comment of Obsidian": "%% zyzzyva %%",
        "for listeners, in no state": "<a class='sr-only focus:not-sr-only' href='#m'>zyzzyva</a>",
        "for listeners in the dark": "Here <span class='sr-only dark:x'>zyzzyva</span> ends.",
        "white": 'Here <span style="color:#fff">zyzzyva</span> ends.',
        "white by name": 'Here <font color="white">zyzzyva</font> ends.',
        "white over lines": '<div style="color: white">\n\nzyzzyva\n\n</div>',
        "kramdown": "zyzzyva\n{: .hidden }",
        "kramdown's paragraph of lines": "zyzzyva\nzyzzyva\n{: .d-none #x}",
        "kramdown's style": 'zyzzyva\n{: style="display:none"}',
        "kramdown's heading": "## zyzzyva\n{: .hidden }",
        "kramdown's item": "- zyzzyva\n{: .hidden }",
        "kramdown's words": "Here *zyzzyva*{: .hidden } ends.",
        "kramdown's code": "```\nzyzzyva\n```\n{: .d-none }",
        "kramdown's table": "| a | b |\n|---|---|\n| zyzzyva | c |\n{: .hidden}",
        "attributes of pandoc": "Here [zyzzyva]{.hidden} ends.",
        "heading of pandoc": "## zyzzyva {.hidden}",
        "box of pandoc": "::: {.d-none}\nzyzzyva\n:::",
        "for other pages": "```{ifconfig} False\nzyzzyva\n```",
        "taken out over paragraphs": "{--\n\nzyzzyva\n\n- zyzzyva\n\n--}",
        "comment over paragraphs": "{>> zyzzyva\n\nzyzzyva <<}",
        "comment of Blade": "Here {{-- zyzzyva\nzyzzyva --}} on.",
        "condition of Liquid": "{% if false %}\nzyzzyva\n{% else %}\nSeen.\n{% endif %}",
        "condition of Vue": '<div v-show="false">\n\nzyzzyva\n\n</div>',
    },
    ".mdx": {
        "style": "<p style={{color: '#fff'}}>zyzzyva</p>",
        "comment": "{/* zyzzyva */}",
    },
    ".rst": {
        "comment": ".. zyzzyva",
        "only": ".. only:: latex\n\n   zyzzyva",
        "ifconfig": ".. ifconfig:: False\n\n   zyzzyva",
        "class": ".. class:: hidden\n\nzyzzyva",
        "class of a container": ".. container:: d-none\n\n   zyzzyva",
        "class of what it holds": ".. rst-class:: d-none\n\n   zyzzyva\n\n   zyzzyva",
        "class for listeners": ".. rst-class:: visually-hidden\n\nzyzzyva",
        "class of a box": ".. note::\n   :class: hidden\n\n   zyzzyva",
        "class of a box that Sphinx knows": ".. versionadded:: 1.0\n   :class: hidden\n\n   zyzzyva",
        "between raw": (
            '.. raw:: html\n\n   <div style="display:none">\n\nzyzzyva\n\n- zyzzyva\n\n.. raw:: html\n\n   </div>'
        ),
        "raw": '.. raw:: html\n\n   <p style="color:white">zyzzyva</p>',
    },
    ".org": {
        "comment": "# zyzzyva",
        "block": "#+begin_comment\nzyzzyva\n#+end_comment",
        "tree": "* COMMENT zyzzyva\nzyzzyva\n* Seen",
        "tag": "* zyzzyva :noexport:\nzyzzyva\n* Seen",
        "tag of its own": "#+EXCLUDE_TAGS: inner\n* zyzzyva :inner:\nzyzzyva\n* Seen",
        "exported element": "Here @@html:<b hidden>zyzzyva</b>@@ on.",
        "code": "#+begin_src sh :exports none\nzyzzyva\n#+end_src",
        "results alone": "#+begin_src sh :results output :exports results\nzyzzyva\n#+end_src",
        "code by a header": "#+HEADER: :exports none\n#+begin_src sh\nzyzzyva\n#+end_src",
        "code by a property": "#+PROPERTY: header-args :exports none\n#+begin_src sh\nzyzzyva\n#+end_src",
        "code by a property of a section": (
            "* Seen\n:PROPERTIES:\n:header-args: :exports none\n:END:\n#+begin_src sh\nzyzzyva\n#+end_src"
        ),
        "class": "#+ATTR_HTML: :class hidden\nzyzzyva",
        "style": "#+attr_html: :style display:none\nzyzzyva",
        "box by its class": "#+ATTR_HTML: :class d-none\n#+begin_quote\nzyzzyva\n\nzyzzyva\n#+end_quote",
        "between HTML": "#+HTML: <div hidden>\nzyzzyva\n#+HTML: </div>",
        "between exported blocks": (
            "#+begin_export html\n<div hidden>\n#+end_export\nzyzzyva\n\n* zyzzyva\n"
            "#+begin_export html\n</div>\n#+end_export"
        ),
        "special block": "#+begin_hidden\nzyzzyva\n#+end_hidden",
    },
    ".wiki": {
        "comment": "<!-- zyzzyva -->",
        "element": '<div style="display:none">zyzzyva</div>',
        "visibility": '<div style="visibility:hidden">zyzzyva</div>',
        "table": '{| style="display:none"\n|-\n| zyzzyva || b\n|}',
        "row": '{|\n|-\n| a || b\n|- style="display:none"\n| zyzzyva || b\n|}',
        "cell": '{|\n|-\n| a || style="display: none" | zyzzyva\n|}',
        "white": '<span style="color:white">zyzzyva</span>',
        "font": '<font color="#FFFFFF">zyzzyva</font>',
        "class": '<span class="hidden">zyzzyva</span>',
        "list": '<ul style="display:none"><li>zyzzyva</li></ul>',
        "code": '<pre style="display:none">zyzzyva</pre>',
        "struck": '<s style="display:none">zyzzyva</s>',
        "raised": '<sup style="display:none">zyzzyva</sup>',
        "gallery": '<gallery style="display:none">\nFile:a.png|zyzzyva\n</gallery>',
    },
    ".html": {
        "attribute": "<p hidden>zyzzyva</p>",
        "white": '<p style="color:#fff">zyzzyva</p>',
        "white in other words": '<p><i style="color: rgb(255, 255, 255) !important">zyzzyva</i></p>',
        "white of old": "<p><font color=white>zyzzyva</font></p>",
        "white on white": '<div style="background:#fff"><p style="color:white">zyzzyva</p></div>',
        "white by a sheet": "<style>.w{color:#FFFFFF}body{background-color:#ffffff}</style><p class=w>zyzzyva</p>",
        "white beside colours": "<style>b{background:red}.w{color:#fff}</style><b>Seen.</b><p class=w>zyzzyva</p>",
        "no colour": '<p style="color:transparent">zyzzyva</p>',
        "a colour seen through": '<p style="color:rgba(0, 0, 0, 0.0)">zyzzyva</p>',
        "a colour seen through in new words": '<p style="color: rgb(0 0 0 / 0%)">zyzzyva</p>',
        "a colour seen through in digits": '<p style="color:#33333300">zyzzyva</p>',
        "no height": '<div style="max-height:0;overflow:hidden">zyzzyva</div>',
        "no height by a sheet": "<style>.z{max-height:0;overflow:hidden}</style><p class=z>zyzzyva</p>",
        "no width": '<div style="max-width:0px;overflow:clip">zyzzyva</div>',
        "not": "<style>.z:not(.open){display:none}</style><p class=z>zyzzyva</p>",
        "not below another": "<style>#s .z:not(.on){display:none}</style><div id=s><p class=z>zyzzyva</p></div>",
        "not an attribute": "<style>p.z:not([open]){display:none}</style><p class=z>zyzzyva</p>",
        "of one pixel": '<p style="font-size:1px">zyzzyva</p>',
        "far to the right": '<p style="position:fixed;right:-9999px">zyzzyva</p>',
        "far off in other words": '<p style="transform:translateX(-9999px)">zyzzyva</p>',
        "far off in letters": '<p style="text-indent:-999em">zyzzyva</p>',
        "filter": '<p style="filter: opacity(0)">zyzzyva</p>',
        "no font": '<p style="font:0/0 a">zyzzyva</p>',
        "of one pixel as a whole": '<p style="position:absolute;width:1px;height:1px;overflow:hidden">zyzzyva</p>',
        "for old browsers": "<noframes>zyzzyva</noframes>",
        "child": "<style>.z > p{display:none}</style><div class=z><p>zyzzyva</p></div>",
        "shown elsewhere": "<style>.z p{display:none}.y p{display:block}</style><div class=z><p>zyzzyva</p></div>",
        "child of a child": (
            "<style>.y > i > p{display:none}</style><b class=y><i><b class=y><i><p>zyzzyva</p></i></b></i></b>"
        ),
        "what stands before it is shown": (
            "<style>.z p{display:none}.z p::before{display:block}</style><div class=z><p>zyzzyva</p></div>"
        ),
        "below a child": "<style>.y>.z p{display:none}</style><div class=y><b class=z><i><p>zyzzyva</p></i></b></div>",
        "value with a name": "<style>:root{--off:none}.z{display:var(--off)}</style><p class=z>zyzzyva</p>",
        "rule in a rule": "<style>.y{color:red;.z{display:none}}</style><div class=y>Seen <p class=z>zyzzyva</p></div>",
        "rule in a layer": "<style>@layer a{.y{.z{display:none}}}</style><div class=y><p class=z>zyzzyva</p></div>",
        "condition that never holds": '<p v-if="false">zyzzyva</p>',
        "for listeners": '<p class="govuk-visually-hidden">zyzzyva</p>',
        "for print": '<p class="visible-print-block">zyzzyva</p>',
    },
}


def _written(ending: str, way: str) -> Callable[[], bytes]:
    ends = ("<p>Seen before.</p>", "<p>Seen after.</p>") if ending == ".html" else ("Seen before.", "Seen after.")
    return f"{ends[0]}\n\n{way}\n\n{ends[1]}\n".encode


_MADE = ((".docx", _WORDS), (".xlsx", _SHEETS), (".pptx", _SLIDES), (".pdf", _PDFS))
_WAYS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    **{f"{end} {name}": (end, _written(end, way)) for end, ways in _TEXTS.items() for name, way in ways.items()},
    **{f"{end} {name}": (end, made) for end, ways in _MADE for name, made in ways.items()},
    **_OTHERS,
}


@pytest.mark.parametrize("way", _WAYS)
def test_hidden_words_are_not_read(way: str) -> None:
    ending, made = _WAYS[way]
    text = " ".join(document_of(made(), f"a{ending}").text.split())
    assert "Seen before." in text
    assert _WORD not in text
    assert "Seen after." in text


_MAY_BE_SEEN: Mapping[str, str] = {
    "by its place": "<style>.z p:first-child{display:none}</style><div class=z><p>zyzzyva</p><p>Seen.</p></div>",
    "by its place in another": "<style>body > div:first-child{display:none}</style><div><p>zyzzyva</p></div>",
    "by its place from the end": (
        "<style>.q > div:last-child{display:none}.q.on > div:last-child{display:block}</style>"
        "<div class=q><b>How?</b><div>zyzzyva</div></div>"
    ),
    "by its place, but not on wide screens": (
        "<style>.z td:nth-child(2){display:none}@media (min-width:9em){.z td:nth-child(2){display:table-cell}}</style>"
        "<table class=z><tr><td>1<td>zyzzyva</table>"
    ),
    "in another state": (
        "<style>.z li{display:none}.z.all li{display:list-item}</style><ul class=z><li>zyzzyva</li></ul>"
    ),
    "in a state of another": (
        "<style>.z > p{display:none}#t:checked~.z > p:not(.n){display:block}</style><div class=z><p>zyzzyva</p></div>"
    ),
    "on wide screens": (
        "<style>.z p[lang=de]{display:none}@media (min-width:9em){.z p[lang='de']{display:block}}</style>"
        "<div class=z><p lang=de>zyzzyva</p></div>"
    ),
    "by a value that may change": "<style>:root{--o:0}.z{opacity:var(--o)}</style><p class=z>zyzzyva</p>",
    "by a value that another element changes": (
        "<style>:root{--o:none}.z{display:var(--o)}</style><div style='--o:block'><p class=z>zyzzyva</p></div>"
    ),
    "by a font that parts of it change": '<div style="font:0/0 a"><div style="font:1rem/1.5 a">zyzzyva</div></div>',
    "in a row of slides": '<div style="transform:translateX(-1200px)">zyzzyva</div>',
    "as it moves in": '<div style="transform:translateX(-9999px);transition:transform 1s">zyzzyva</div>',
    "as it moves in by a sheet": (
        "<style>.z{transform:translateX(-9999px)}.z.in{transform:none}</style><p class=z>zyzzyva</p>"
    ),
    "as it grows": '<div style="width:1px;height:1px;overflow:hidden;animation:grow 1s forwards">zyzzyva</div>',
    "no child": "<style>.z > p{display:none}</style><div class=z><i><p>zyzzyva</p></i></div>",
    "in another order": "<style>.y .z p{display:none}</style><div class=z><div class=y><p>zyzzyva</p></div></div>",
}


@pytest.mark.parametrize("way", _MAY_BE_SEEN)
def test_what_a_browser_may_show_is_read(way: str) -> None:
    page = f"<!doctype html><body><p>{'Seen before. ' * 9}</p>{_MAY_BE_SEEN[way]}<p>Seen after.</p>"
    assert _WORD in document_of(page.encode(), "a.html").text


def test_words_for_listeners_that_large_screens_show_are_read() -> None:
    text = f"Here <span class='sr-only md:not-sr-only'>{_WORD}</span> ends."
    assert _WORD in document_of(text.encode(), "a.md").text


def test_a_page_of_frames_is_what_it_says_without_them() -> None:
    page = f"<html><frameset cols='9,*'><frame src=a.html><noframes><body><p>{_WORD}</p></body></noframes></frameset>"
    assert document_of(page.encode(), "a.html").text == _WORD


def test_rules_in_rules_are_read_in_time_that_grows_with_the_sheet() -> None:
    started = time.process_time()
    doubled = "a{" + ("&" * 200 + "{") * 7 + "display:none;.z{display:none}" + "}" * 8
    for sheet in (doubled, "a" * 300_000 + "{" + "b{display:none}" * 40_000 + "}"):
        page = f"<style>{sheet}</style><p>Seen.</p><p class=z>{_WORD}</p>"
        assert _WORD in document_of(page.encode(), "a.html").text
    assert time.process_time() - started < 2


def test_a_search_over_every_kind_finds_nothing_hidden(library: Library) -> None:
    for number, (ending, made) in enumerate(_WAYS.values()):
        library.write(f"{number}{ending}", made())
    library.build()
    generation = library.shelf.open()
    rows, _ = generation.lexical.search([_WORD], len(_WAYS))
    seen, _ = generation.lexical.search(generation.lexical.terms("seen"), 2 * len(_WAYS))
    generation.close()
    assert len(rows) == 0
    assert len(seen) >= len(_WAYS)


_SITE = {"_config.yml": "title: Harbour", "_drafts/a.md": _WORD, "news/_drafts/b.md": _WORD, "index.md": "Seen after."}


@pytest.mark.parametrize("packed_as", ["folder", "archive"])
def test_drafts_of_a_site_are_not_found(tmp_path: Path, packed_as: str) -> None:
    if packed_as == "archive":
        (tmp_path / "a.zip").write_bytes(packed(_SITE.items()))
    else:
        for name, text in _SITE.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
    listing = walk(tmp_path)
    assert _WORD not in "".join(bytes_of(file).decode() for file in listing.files)
    assert [left.reason for left in listing.left_out] == [DRAFT] * 2


def test_a_folder_of_drafts_outside_of_a_site_is_read(tmp_path: Path) -> None:
    (tmp_path / "_drafts").mkdir()
    (tmp_path / "_drafts/a.md").write_text("Seen.")
    assert [file.source for file in walk(tmp_path).files] == ["_drafts/a.md"]


def test_what_a_site_s_configuration_shows_is_read_and_what_it_may_show_is_marked(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinx.ext.ifconfig']\nlevel = 'beta'\ndef setup(app):\n"
        "    app.add_config_value('internal', False, 'env')\n    app.add_config_value('guess', some(), 'env')\n"
    )
    cases = {"level in ('beta', 'rc')": "Text.", "internal": "", "not internal and level == 'beta'": "Text.",
             "guess": "[…]", "level != 'beta' or guess": "[…]", "level": "Text."}  # fmt: skip
    for condition, seen in cases.items():
        for name, text in {
            "a.rst": f"Before.\n\n.. ifconfig:: {condition}\n\n   Text.\n",
            "a.md": f"Before.\n\n```{{ifconfig}} {condition}\nText.\n```\n",
        }.items():
            (tmp_path / name).write_text(text)
            file = SourceFile(name, tmp_path / name, top=tmp_path)
            document = document_of(text.encode(), name, Files(file, Sites()))
            assert document.text.split("\n\n")[1:] == ([seen] if seen else []), (name, condition)


_WHITE_RUN = f"<w:r><w:rPr>{_WHITE}</w:rPr><w:t>Seen.</w:t></w:r>"
_UNSHADED = '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
_UNSHADED_RUN = _WHITE_RUN.replace("</w:rPr>", f"{_UNSHADED}</w:rPr>")
_SHADES = '<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
_SHADES += '<w:shd w:val="clear" w:fill="222222"/></w:tcPr></w:tblStylePr></w:style>'


@pytest.mark.parametrize(
    "body",
    [
        _SHADED.format("1F3864").format(f"<w:p>{_WHITE_RUN}</w:p>"),
        f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc><w:p>{_WHITE_RUN}</w:p></w:tc></w:tr></w:tbl>',
        f'<w:p><w:pPr><w:shd w:val="clear" w:fill="000000"/></w:pPr>{_WHITE_RUN}</w:p>',
        _SHADED.format("1F3864").format(f"<w:p>{_UNSHADED_RUN}</w:p>"),
        _SHADED.format("1F3864").format(f"<w:p><w:pPr>{_UNSHADED}</w:pPr>{_WHITE_RUN}</w:p>"),
        "<w:p>" + _WHITE_RUN.replace("<w:rPr>", "<w:rPr><w:highlight w:val='black'/>") + "</w:p>",
        f"<w:p>{_WHITE_RUN.replace('FFFFFF', 'auto')}</w:p>",
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{_WHITE_RUN}</w:p></w:txbxContent></w:pict></w:r></w:p>",
    ],
)
def test_white_words_on_a_colour_are_found_in_word(body: str) -> None:
    relation = f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    more = [
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'),
        ("word/styles.xml", f'<w:styles xmlns:w="{_MAIN}">{_SHADES}</w:styles>'),
    ]
    assert document_of(docx(body, more=more), "a.docx").text == "Seen."


def test_white_words_on_a_colour_are_found_in_tables_and_on_slides() -> None:
    dark = _excel(Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF002060"))
    assert _WORD in document_of(dark, "a.xlsx").text
    assert _WORD in document_of(_slide(_on_a_dark_shape), "a.pptx").text
    assert _WORD in document_of(_slide(_over_a_dark_shape), "a.pptx").text
    assert _WORD in document_of(_slide(_over_a_picture), "a.pptx").text


def _on_a_dark_shape(box: Any) -> None:
    _white(box)
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor(0, 0, 60)


def _over_a_dark_shape(box: Any) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    _white(box)
    box.part.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, box.left, box.top, box.width, box.height)


def _over_a_picture(box: Any) -> None:
    from PIL import Image

    _white(box)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (0, 0, 60)).save(picture, "PNG")
    picture.seek(0)
    box.part.slide.shapes.add_picture(picture, box.left, box.top, box.width, box.height)


def test_layers_are_told_from_what_is_packed_in_a_file_too() -> None:
    packed_as = b"<< /Type /ObjStm /N 1 >>\nstream\n%s\nendstream"
    assert has_layers(b"%PDF-1.5 " + packed_as % zlib.compress(b"1 0 << /OCProperties << >> >>"))
    assert not has_layers(b"%PDF-1.5 " + packed_as % zlib.compress(b"1 0 << /Pages 2 0 R >>") + packed_as % b"no zip")


def test_layers_are_looked_for_in_time_that_grows_with_the_file() -> None:
    started = time.process_time()
    assert not has_layers(b"/ObjStm stream\n" * 100_000 + b"endstream")
    assert time.process_time() - started < 2


def test_words_on_layers_that_are_on_are_found() -> None:
    assert _WORD in document_of(_pdf(f"/OC /b BDC {_HIDDEN_LINE} EMC"), "a.pdf").text
    assert _WORD in document_of(_pdf("/X Do", more=_form("/OC 7 0 R")), "a.pdf").text
    for colour in ("0.5 g", "0.353 0.667 0.235 rg"):
        assert _WORD in document_of(_pdf(f"/OC /b BDC q {colour} {_HIDDEN_LINE} Q EMC"), "a.pdf").text
    assert _WORD in document_of(_pdf(f"/OC /a BDC {_HIDDEN_LINE} EMC", layers=""), "a.pdf").text


_RAW = ".. raw:: html\n\n   {}\n\n"


@pytest.mark.parametrize(("name", "chunk"), [("a.adoc", "++++\n{}\n++++\n\n"), ("a.rst", _RAW)])
def test_html_around_a_hidden_element_in_one_part_is_read(name: str, chunk: str) -> None:
    first = "<p>Before.</p><div hidden>zyzzyva"
    last = "<p>zyzzyva</p></div><p>Between.</p><div hidden>zyzzyva"
    written = "\n\n".join(
        [chunk.format(first), "zyzzyva\n", chunk.format(last), "zyzzyva\n", chunk.format("</div>After.")]
    )
    assert [(line, text) for _, line, text in blocks(name, f"Open.\n\n{written}")] == [
        (1, "Open."),
        (written[: written.index("Before")].count("\n") + 3, "Before."),
        (written[: written.index("Between")].count("\n") + 3, "Between."),
        (written[: written.index("After")].count("\n") + 3, "After."),
    ]


@pytest.mark.parametrize(("name", "chunk"), [("a.adoc", "++++\n{}\n++++\n\n"), ("a.rst", _RAW)])
def test_an_element_that_never_ends_does_not_show_what_another_hides(name: str, chunk: str) -> None:
    written = chunk.format("<section hidden><p>One.</p><div hidden>zyzzyva")
    written += "zyzzyva\n\n" + chunk.format("</div><p>Two.</p>")
    assert texts(name, f"Open.\n\n{written}Three.") == ["Open.", "Two.", "Three."]


_BLUE = '<style:graphic-properties draw:fill-color="#729fcf"/>'
_FILLED = '<style:default-style style:family="graphic">{}</style:default-style>'
_WHITE_TEXT = (
    '<style:style style:name="{}" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
)
_FRAME = '<style:style style:name="F" style:family="graphic"><style:graphic-properties {}/></style:style>'
_PICTURE = '{{}}<text:p><draw:frame draw:style-name="F" {}><draw:image/></draw:frame></text:p>'
_BOX = '<draw:frame draw:style-name="F"><draw:text-box>{}</draw:text-box></draw:frame>'
_OF_A_PARAGRAPH = '<style:paragraph-properties fo:background-color="#002060"/>'
_UNUSED = f'<style:style style:name="U" style:family="graphic">{_BLUE}</style:style>'
_BUILT_ON = (
    f'<style:style style:name="A" style:family="paragraph">{_OF_A_PARAGRAPH}</style:style>'
    '<style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>'
)


@pytest.mark.parametrize(
    ("styles", "body", "is_seen"),
    [
        (_FILLED.format(_BLUE), "{}", False),
        (_UNUSED, "{}", False),
        (_BUILT_ON, "{}", False),
        (_UNUSED.replace("<style:graphic-properties", "<style:graphic-properties draw:fill='none'"),
         "{}<draw:frame draw:style-name='U'/>", False),
        (_UNUSED, "{}<draw:frame draw:style-name='U'/>", True),
        (_FILLED.format(_BLUE), "{}<draw:custom-shape/>", True),
        (_FILLED.replace("graphic", "paragraph").format(_OF_A_PARAGRAPH), "{}", True),
        (_BUILT_ON, "{}<text:p text:style-name='B'/>", True),
        (_FRAME.format('draw:fill="solid"'), _BOX, True),
        (_FRAME.format('draw:fill="none"'), _BOX, False),
        (_FRAME.format('style:run-through="background"'), _PICTURE.format(""), True),
        (_FRAME.format('style:wrap="run-through"'), _PICTURE.format(""), True),
        (_FRAME.format('style:wrap="parallel"'), _PICTURE.format(""), False),
        (_FRAME.format('style:wrap="run-through"'), _PICTURE.format('text:anchor-type="as-char"'), False),
        (_FRAME.format('style:wrap="run-through"'), _BOX, False),
    ],
)  # fmt: skip
def test_white_words_of_open_text_are_hidden_where_no_colour_is_in_use(
    styles: str,
    body: str,
    is_seen: bool,  # noqa: FBT001 # pytest passes it by name
) -> None:
    written = body.format(f'<text:p>Seen. <text:span text:style-name="W">{_WORD}</text:span></text:p>')
    data = open_document("text", written, styles + _WHITE_TEXT.format("W"))
    assert (_WORD in document_of(data, "a.odt").text) == is_seen


_ON_A_SLIDE = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
_LOGO = "<style:master-page>{}</style:master-page>"


@pytest.mark.parametrize(
    ("body", "masters", "is_seen"),
    [
        (_ON_A_SLIDE, "", False),
        ("<draw:frame><draw:image/></draw:frame>" + _ON_A_SLIDE, "", True),
        ("<draw:g><draw:g><draw:frame><draw:image/></draw:frame></draw:g></draw:g>" + _ON_A_SLIDE, "", True),
        (_ON_A_SLIDE, _LOGO.format("<draw:frame><draw:image/></draw:frame>"), True),
        (_ON_A_SLIDE, _LOGO.format("<style:header><draw:frame><draw:image/></draw:frame></style:header>"), False),
    ],
)
def test_white_words_of_an_open_slide_are_hidden_where_it_has_no_picture(
    body: str,
    masters: str,
    is_seen: bool,  # noqa: FBT001 # pytest passes it by name
) -> None:
    page = body.format(f'<text:p>Seen. <text:span text:style-name="W">{_WORD}</text:span></text:p>')
    data = open_document("presentation", f"<draw:page>{page}</draw:page>", masters + _WHITE_TEXT.format("W"))
    assert (_WORD in document_of(data, "a.odp").text) == is_seen
