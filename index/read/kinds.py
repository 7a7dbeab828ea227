"""The kinds of file that are read, by the end of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from index.read.asciidoc import read_asciidoc
from index.read.chat_page import read_page
from index.read.comma_separated import read_csv, read_tsv
from index.read.draft import Draft
from index.read.epub import read_epub
from index.read.json_text import read_json, read_json_lines
from index.read.mail import read_mail
from index.read.markdown import read_markdown
from index.read.mediawiki import read_xml
from index.read.notebook import read_notebook
from index.read.org import read_org
from index.read.pdf import read_pdf
from index.read.plain import read_plain
from index.read.rst import read_rst
from index.read.rtf import read_rtf
from index.read.sheets import read_sheets
from index.read.slides import read_slides
from index.read.subtitles import read_subtitles
from index.read.wikitext import read_wiki
from index.read.word import read_word
from index.read.yaml_text import read_yaml

Reader = Callable[[bytes], Draft]
"""From a file's bytes to its blocks; raises `UnreadableError`, and whatever the library below it raises."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".txt": read_plain,
        ".rst": read_rst,
        ".html": read_page,
        ".htm": read_page,
        ".pdf": read_pdf,
        ".docx": read_word,
        ".pptx": read_slides,
        ".xlsx": read_sheets,
        ".epub": read_epub,
        ".csv": read_csv,
        ".tsv": read_tsv,
        ".ipynb": read_notebook,
        ".json": read_json,
        ".jsonl": read_json_lines,
        ".ndjson": read_json_lines,
        ".yaml": read_yaml,
        ".yml": read_yaml,
        ".adoc": read_asciidoc,
        ".asciidoc": read_asciidoc,
        ".asc": read_asciidoc,
        ".org": read_org,
        ".rtf": read_rtf,
        ".srt": read_subtitles,
        ".vtt": read_subtitles,
        ".eml": read_mail,
        ".mht": read_mail,
        ".mhtml": read_mail,
        ".wiki": read_wiki,
        ".mediawiki": read_wiki,
        ".xml": read_xml,
    }
)
"""Each reader imports its library when it is called: the table itself costs next to nothing."""


LINED = frozenset({".md", ".markdown", ".txt", ".rst", ".html", ".htm"}) | frozenset(
    [".csv", ".tsv", ".yaml", ".yml", ".adoc", ".asciidoc", ".asc", ".org", ".srt", ".vtt", ".wiki", ".mediawiki"]
)
"""Kinds whose files have lines that their authors know; in the others, lines are counted in what was read."""


def kind_of(name: str) -> str:
    """Return the end of a file's name that tells its kind, in lower case with its dot, or "" if it has none."""
    return PurePath(name).suffix.lower()
