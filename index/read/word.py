"""Word documents (DOCX), by way of the HTML that mammoth makes of their styles."""

from __future__ import annotations

import io

from index.read.archive import office_title, opened
from index.read.draft import Draft
from index.read.html_blocks import add_html

# Styles that mammoth does not know of itself: the document's title, and code as Word and pandoc name it.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='Code'] => pre:separator('\\n')
p[style-name='Macro Text'] => pre:separator('\\n')
"""


def read_word(data: bytes) -> Draft:
    """Read a DOCX file; it has no lines of its own, so they are those of the text."""
    import mammoth

    draft = Draft(own_lines=True)
    with opened(data, "a Word document") as archive:
        draft.title = office_title(archive)
        pictures = mammoth.images.img_element(lambda _: {"src": ""})
        html = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=pictures).value
    add_html(draft, html.replace("↑</a>", "</a>"))  # the way back from a footnote
    draft.title = draft.title or draft.first_heading
    return draft
