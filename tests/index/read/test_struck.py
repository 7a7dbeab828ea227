"""What an author struck out stands between marks, in every format: it no longer holds."""

from __future__ import annotations

import io
import json

import pytest
from hostile_files import docx, open_document
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from pptx import Presentation
from pptx.util import Inches

from index.read.struck import struck
from index.text.sentences import sentences_in
from tests.index.read.blocks import texts


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.md", "The fee is ~~five~~ seven.\n"),
        ("a.md", "The fee is <del>five</del> seven.\n"),
        ("a.md", "The fee is ~~**five**~~ seven.\n"),
        ("a.md", "<p>The fee is <s>five</s> seven.</p>\n"),
        ("a.html", "<p>The fee is <s>five</s> seven.</p>"),
        ("a.html", "<p>The fee is <strike> five</strike> seven.</p>"),
        ("a.html", '<p>The fee is <span style="text-decoration:line-through">five</span> seven.</p>'),
        ("a.html", "<style>p .c9{text-decoration:line-through}</style><p>The fee is <i class=c9>five</i> seven.</p>"),
        ("a.wiki", "The fee is <s>five</s> seven.\n"),
        ("a.wiki", 'The fee is <span style="text-decoration: line-through">five</span> seven.\n'),
        ("a.md", 'The fee is <span style="text-decoration: line-through">five</span> <span>seven</span>.\n'),
        ("a.rst", ".. role:: strike\n   :class: line-through\n\nThe fee is :strike:`five` seven.\n"),
        ("a.rst", "The fee is :del:`five` seven.\n"),
        ("a.org", "The fee is +five+ seven.\n"),
        ("a.adoc", "The fee is [.line-through]#five# seven.\n"),
        ("a.adoc", "The fee is [line-through]#*five*# seven.\n"),
        ("a.rtf", r"{\rtf1 The fee is {\strike fi\'76e} seven.\par}"),
        ("a.rtf", r"{\rtf1 The fee is \striked1 five\striked0  seven.\par}"),
    ],
)
def test_markup_is_marked(name: str, written: str) -> None:
    assert " ".join(texts(name, written)[0].split()) == "The fee is ~~five~~ seven."


def test_each_sentence_is_marked_as_each_may_be_quoted() -> None:
    assert struck(" One. Two! ") == " ~~One.~~ ~~Two!~~ "
    assert texts("a.md", "~~It is five. It is six.~~ It is seven.\n") == ["~~It is five.~~ ~~It is six.~~ It is seven."]
    text = "~~The fee is five.~~ ~~The fee is six.~~ The fee is seven. It is due in May."
    parts = [text[start:end] for start, end in sentences_in(text)]
    assert all(part.count("~~") % 2 == 0 for part in parts)
    assert parts[-1] == "It is due in May."


def test_a_whole_block_and_parts_in_other_markup_are_marked() -> None:
    assert texts("a.html", "<del><p>It is five.</p><p>It is six.</p></del><p>It is seven.</p>") == [
        "~~It is five.~~",
        "~~It is six.~~",
        "It is seven.",
    ]
    assert texts("a.html", "<p><s>pre<b>fix</b></s> on</p>") == ["~~prefix~~ on"]


def test_runs_in_word_are_marked_and_deletions_that_are_tracked_are_not_read() -> None:
    runs = "<w:r><w:rPr><w:strike/></w:rPr><w:t>fi</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>ve</w:t></w:r>"
    gone = '<w:del w:id="1"><w:r><w:delText>six</w:delText></w:r></w:del>'
    body = f'<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r>{runs}{gone}<w:r><w:t>: no.</w:t></w:r></w:p>'
    assert texts("a.docx", docx(body)) == ["It is ~~five~~: no."]


def test_runs_on_slides_are_marked() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    paragraph = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1)).text_frame.paragraphs[0]
    paragraph.add_run().text = "It is "
    run = paragraph.add_run()
    run.text = "five"
    run.font._element.set("strike", "sngStrike")
    saved = io.BytesIO()
    presentation.save(saved)
    assert texts("a.pptx", saved.getvalue()) == ["It is ~~five~~"]


def test_open_documents_are_marked() -> None:
    properties = '<style:text-properties style:text-line-through-style="solid"/>'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'
        for name, family in (("S", "text"), ("P", "paragraph"))
    )
    body = 'It is <text:span text:style-name="S">five</text:span>.'
    document = open_document("text", f'<text:p>{body}</text:p><text:p text:style-name="P">It is six.</text:p>', styles)
    assert texts("a.odt", document) == ["It is ~~five~~.", "~~It is six.~~"]


def test_cells_and_parts_of_them_are_marked() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Fee", 5, 7])
    sheet["B1"].font = Font(strike=True)
    struck_out = TextBlock(InlineFont(strike=True), "five")
    sheet.append([CellRichText("It is ", struck_out), "x", "y"])
    saved = io.BytesIO()
    workbook.save(saved)
    assert texts("a.xlsx", saved.getvalue())[1:] == ["Fee | ~~5~~ | 7", "It is ~~five~~ | x | y"]


def test_messages_keep_their_marks() -> None:
    message = {"type": "Default", "timestamp": "2024-05-04", "content": "It is ~~five~~ **six**", "author": {"id": "1"}}
    export = {"guild": {}, "channel": {"name": "fees"}, "messages": [message]}
    assert texts("a.json", json.dumps(export))[-1] == "A member: It is ~~five~~ six"
