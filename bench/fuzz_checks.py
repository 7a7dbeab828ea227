"""What must hold of whatever a reader makes of a file, and of the passages that a build makes of that."""

from __future__ import annotations

import re
import traceback
from itertools import pairwise
from pathlib import Path

from index.errors import UnreadableError
from index.read.draft import MOST_OF_A_NAME
from index.read.file import document_of
from index.read.files import Files
from index.read.wire import replied, reply
from index.read.worker import outcome
from index.records import Document, LeftOut, Passage
from index.text import language
from index.text.split import Splitter

_OURS = str(Path(language.__file__).parent)
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_BUILTIN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
)


def tried(data: bytes, source: str, files: Files | None = None) -> tuple[str, str]:
    """Return what came of a file in a word, and in detail where it should not have; it may show `files`."""
    try:
        problem = broken(document_of(data, source, files))
    except (UnreadableError, RecursionError):
        return "named", ""
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is told
        if _is_ours(error):
            return "error", " ".join(traceback.format_exc().split())[-600:]
        left = outcome(data, source, 1024)
        fine = isinstance(left, LeftOut) and len(left.reason) < 400 and left.sha256 is not None  # noqa: PLR2004
        return ("library's error", "") if fine else ("broken", f"what is said of {type(error)}")
    return ("broken", problem) if problem else ("read", "")


def broken(document: Document) -> str:
    """Return what is wrong with a document, or nothing."""
    text = document.text
    if _NEVER.search(text) or _NEVER.search(document.title) or "\n" in document.title:
        return "a character that no document holds"
    if not document.title.strip() or len(document.title) > MOST_OF_A_NAME:
        return f"the title {document.title[:50]!r}"
    if document.url is not None and not document.url.lower().startswith(("http://", "https://")):
        return f"the url {document.url!r}"
    return _blocks(document) or _places(document) or _wire(document) or _passages(document)


def _blocks(document: Document) -> str:
    last = 0
    for block in document.blocks:
        if not last <= block.start < block.end <= len(document.text):
            return f"{block} after {last} of {len(document.text)}"
        seen = document.text[block.start : block.end]
        if not seen.strip() or seen != seen.rstrip():
            return f"a blank edge: {block}"
        if block.line < 1 or (block.page is not None and block.page < 1):
            return f"no such place: {block}"
        if any(not name.strip() or len(name) > MOST_OF_A_NAME or "\n" in name for name in block.section):
            return f"the section of {block}"
        last = block.end
    return "" if document.blocks else "no blocks"


def _places(document: Document) -> str:
    offsets = [place.offset for place in document.places]
    if not offsets or offsets[0] != 0 or offsets[-1] > len(document.text):
        return f"places from {offsets[:1]} to {offsets[-1:]} of {len(document.text)}"
    if any(after <= before for before, after in pairwise(offsets)):
        return "places out of order"
    if any(place.line < 1 or (place.page is not None and place.page < 1) for place in document.places):
        return "a place on line or page 0"
    pages = [place.page or 0 for place in document.places]
    return "pages out of order" if pages != sorted(pages) else ""


def _wire(document: Document) -> str:
    return "" if replied(reply(document)) == document else "another document after the wire"


def _passages(document: Document) -> str:
    splitter = Splitter(lambda text: [match.span() for match in _TOKEN.finditer(text)], 50)
    for spoken in {language.of_document(document), "de"}:
        problem = _cut(document, splitter.split(document, spoken))
        if problem:
            return problem
    return ""


def _cut(document: Document, passages: tuple[Passage, ...]) -> str:
    last = 0
    for passage in passages:
        if not last <= passage.start < passage.end <= len(document.text):
            return f"the passage {passage.start} to {passage.end} after {last}"
        at = passage.start
        for sentence in passage.sentences:
            if not at <= sentence.start < sentence.end <= passage.end:
                return f"the sentence {sentence} in {passage.start} to {passage.end}"
            at = sentence.end
        last = passage.end
    return ""


def _is_ours(error: Exception) -> bool:
    """Tell whether an error was raised by a line of ours, and not by a library below it."""
    innermost = traceback.extract_tb(error.__traceback__)[-1]
    return isinstance(error, _BUILTIN) and innermost.filename.startswith(_OURS)
