"""Pictures in Office files, whose text nobody reads: a build says how many there are."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hostile_files import docx, open_document
from pptx import Presentation
from pptx.util import Cm

from index.read.office.picture import PICTURES, is_of_pictures
from tests.index.read.blocks import document

_ONE = "holds a picture, which is not read: write down beside it what it says"
_TWO = "holds 2 pictures, which are not read: write down beside them what they say"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)

Shown = list[tuple[float, float, str]]
"""Width and height of pictures in centimetres, and what they are said to show."""


_SPACES = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
_SPACES += 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def _word(pictures: Shown) -> bytes:
    drawn = "".join(
        f"<w:r><w:drawing><wp:inline {_SPACES}>"
        f'<wp:extent cx="{round(360_000 * width)}" cy="{round(360_000 * height)}"/>'
        f'<wp:docPr id="1" descr="{said}"/><a:blip/></wp:inline></w:drawing></w:r>'
        for width, height, said in pictures
    )
    return docx(f"<w:p><w:r><w:t>Text.</w:t></w:r>{drawn}</w:p>")


def _slides(pictures: Shown) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(2)).text_frame.text = "Text."
    for width, height, said in pictures:
        picture = slide.shapes.add_picture(io.BytesIO(_PIXEL), Cm(1), Cm(4), Cm(width), Cm(height))
        picture._element.nvPicPr.cNvPr.set("descr", said)
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def _open(kind: str) -> Callable[[Shown], bytes]:
    def made(pictures: Shown) -> bytes:
        drawn = "".join(
            f'<draw:frame svg:width="{width}cm" svg:height="{height}cm"><draw:image/>'
            f"<svg:desc>{said}</svg:desc></draw:frame>"
            for width, height, said in pictures
        )
        box = '<draw:frame svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>Text.</text:p></draw:text-box></draw:frame>'
        text = f"<text:p>Text.{drawn}</text:p>"
        return open_document(kind, text if kind == "text" else f"<draw:page>{box}{drawn}</draw:page>")

    return made


_KINDS = {"a.docx": _word, "a.pptx": _slides, "a.odt": _open("text"), "a.odp": _open("presentation")}


@pytest.mark.parametrize("name", _KINDS)
def test_pictures_of_which_nothing_is_said_are_counted(name: str) -> None:
    made = _KINDS[name]
    assert document(name, made([])).unread == ()
    assert document(name, made([(12, 8, "")])).unread == (_ONE,)
    assert document(name, made([(12, 8, ""), (6, 4, "shot.png"), (2, 2, ""), (9, 9, "The valve is red.")])).unread == (
        _TWO,
    )


def _in_word(*drawn: str) -> str:
    extent = '<wp:extent cx="4000000" cy="3000000"/><wp:docPr id="1"/>'
    return f"<w:r><w:drawing><wp:inline {_SPACES}>{extent}{''.join(drawn)}</wp:inline></w:drawing></w:r>"


def test_a_picture_in_a_text_box_is_counted_once_and_one_beside_the_box_by_itself() -> None:
    picture = _in_word("<a:blip/>")
    box = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
    for drawn, said in (
        (_in_word(box.format(picture)), _ONE),
        (_in_word(box.format(_in_word(box.format(picture)))), _ONE),
        (_in_word("<a:blip/>", box.format(picture)), _TWO),
        (_in_word("<a:blip/>", box.format("<w:r><w:t>Seen.</w:t></w:r>")), _ONE),
    ):
        assert document("a.docx", docx(f"<w:p><w:r><w:t>Text.</w:t></w:r>{drawn}</w:p>")).unread == (said,)


def test_hidden_pictures_of_a_slide_are_not_counted() -> None:
    presentation = Presentation(io.BytesIO(_slides([(12, 8, "")])))
    shapes = presentation.slides[0].shapes
    group = shapes.add_group_shape([shapes.add_picture(io.BytesIO(_PIXEL), Cm(1), Cm(4), Cm(9), Cm(9))])
    for hidden, said in (((), (_TWO,)), ((group,), (_ONE,)), ((shapes[1],), ())):
        for shape in hidden:
            next(one for one in shape._element.iter() if one.tag.endswith("}cNvPr")).set("hidden", "1")
        written = io.BytesIO()
        presentation.save(written)
        assert document("a.pptx", written.getvalue()).unread == said


def test_what_is_said_of_them_is_alike_for_several_files() -> None:
    assert is_of_pictures(_ONE)
    assert is_of_pictures(_TWO)
    assert not is_of_pictures(PICTURES)
    assert not is_of_pictures(f"{_TWO}; page 1 holds a picture alone")
