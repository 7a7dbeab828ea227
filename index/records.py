"""The values that pass between the parts: all frozen, all without behaviour beyond reading themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class BlockKind(StrEnum):
    """What a stretch of a document's text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CODE = "code"
    TABLE = "table"


class QuoteKind(StrEnum):
    """What a quote is."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    LIST = "list"
    CODE = "code"
    TABLE = "table"
    FAQ = "faq"
    """A question with its answer."""

    SECTION = "section"
    """Blocks of several kinds."""


class Level(StrEnum):
    """How sure an answer is."""

    SURE = "sure"
    PROBABLE = "probable"
    GUESS = "guess"
    """Answered, but rather wrong than right; or not answered, with something close to offer."""

    NONE = "none"
    """Not answered, and nothing is close."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read: where it lies, and `source`, its path relative to the documents folder with `/` between.

    `member` is the path in the archive at `path`, where it is part of one; `source` then ends with it. `url` is the
    address that it came from, where that is known: it goes before what the file says of itself. `top` is the folder
    that files which it shows as parts of itself must lie in: it shows none, where it is None and there is no archive.
    `date` is the day of its last change (ISO), where that came with it: what the file says of itself goes before.
    """

    source: str
    path: Path
    member: str | None = None
    url: str | None = None
    top: Path | None = None
    date: str | None = None

    @property
    def holder(self) -> str:
        """The source of the file that lies at `path`: its own, or that of the archive it is part of."""
        return self.source if self.member is None else self.source.removesuffix(f"/{self.member}")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not in the index, or not as a whole, and why, in words a person can act on.

    `sha256` (hex) is that of the bytes that were tried; None where there were none to try, as of a file that is gone.
    `shown` are the files that it shows, as those of a `Document`.
    """

    source: str
    reason: str
    sha256: str | None = field(default=None, compare=False)
    shown: Mapping[str, str | None] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `text[start:end]` of a document: one heading, paragraph, list item, code block or table row.

    `line` counts from 1 in the file as its author knows it; `page` counts from 1, or is None where there are no pages.
    `section` is the path of headings above the block, outermost first; a heading's own section ends with itself. The
    first heading of level 1 that is the document's title is left out of every path: it would only repeat it. `anchor`
    is the name by which a link leads to a heading, where the file gives it one.
    """

    kind: BlockKind
    start: int
    end: int
    line: int
    page: int | None
    section: tuple[str, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """From text offset `offset` on, until the next place, the text stands on line `line` of page `page`.

    Lines count from 1: in the file for text formats, in the page for paged ones, and in the text itself for formats
    that know neither.
    """

    offset: int
    line: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read: `text` is what a reader sees, markup gone, code kept as code.

    `blocks` and `places` are in order of their offsets. `sha256` is that of the file's bytes, in hex. `unread` says
    what of the file is not in the text, in words a person can act on: a build reports it beside the files left out.
    `shown` has the SHA-256 (hex) of each file that the text shows or would show as a part of itself, None for one that
    is not there, by its path (`index/read/files.py`): where one changes, the document is to be read anew. `date` is
    when it was last changed (ISO 8601): a day where the document says so, with a time where something else does, such
    as its last commit. `version` is the version that it is of. Both are there as far as they are known.
    """

    source: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    sha256: str
    url: str | None
    unread: tuple[str, ...] = ()
    shown: Mapping[str, str | None] = field(default_factory=dict)
    date: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest stretch that is quoted: a sentence, a table row, or as much of a code block as its passage holds."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch `text[start:end]` of a document that fits the model's window, and the sentences in it.

    `lines` are the first and last line of it, as `Place` counts them, and `page` is that of its first character.
    """

    source: str
    start: int
    end: int
    section: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """The kind of a block, and where it stands in the text of its document."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim slice `text[start:end]` of a stored document, with the place it stands.

    `focus` is the start and end, in the stored document as `start` and `end` are, of the words in it that answer: all
    of it, where not given. `blocks` are the blocks that it has a part of, in order, and `header` is the first row of
    the table that it begins in, where that row is not in it ("" otherwise): what a quote is laid out by. `note` is what
    those who look after the documents have to say about it, "" where they have said nothing. `date` (a day, ISO 8601)
    and `version` are those that its document says of itself.
    """

    source: str
    title: str
    section: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    start: int
    end: int
    text: str
    url: str | None
    score: float
    kind: QuoteKind = QuoteKind.SENTENCE
    focus: tuple[int, int] = (-1, -1)
    blocks: tuple[BlockSpan, ...] = field(default=(), repr=False)
    header: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    date: str | None = field(default=None, repr=False)
    version: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Take the whole quote for its focus, where none is given."""
        if self.focus == (-1, -1):
            object.__setattr__(self, "focus", (self.start, self.end))


@dataclass(frozen=True, slots=True)
class Related:
    """A further place that may help: a section that was not quoted."""

    source: str
    title: str
    section: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of a conversation: `role` is `user` or `agent`.

    `author` is the id of the person whose words they are, where that is known.
    """

    role: str
    text: str
    author: int | None = field(default=None, compare=False)


class Abstention(StrEnum):
    """Why a question was not answered."""

    UNRELATED = "unrelated"
    """The documents do not seem to be about it at all."""

    UNANSWERED = "unanswered"
    """They are about it, or nearly, but do not seem to answer it."""

    VAGUE = "vague"
    """It says too little to tell what is asked for."""

    LANGUAGE = "language"
    """It is in a language that no document is in."""


@dataclass(frozen=True, slots=True)
class Steps:
    """How long each step of an answer took, in milliseconds; that of an encoding is the answer's share of a batch."""

    encoding: float = 0.0
    searching: float = 0.0
    second_look: float = 0.0
    choosing: float = 0.0

    def __add__(self, other: Steps) -> Steps:
        """Return how long each step took in two goes together."""
        return Steps(
            self.encoding + other.encoding,
            self.searching + other.searching,
            self.second_look + other.second_look,
            self.choosing + other.choosing,
        )


NO_STEPS = Steps()


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a language model wrote and that has been checked against the quotes that it cites.

    `cites` are the numbers of those quotes in the answer, from 1; `support` (0 to 1) is the support model's.
    """

    text: str
    cites: tuple[int, ...]
    support: float


@dataclass(frozen=True, slots=True)
class Written:
    """The sentences of a language model that passed all checks, in order, and how many did not."""

    model: str
    sentences: tuple[WrittenSentence, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to.

    Where `answered`, `quotes` holds the best quotes, best first, and `closest` is empty; otherwise the other way
    round. `confidence` (0 to 1) is an estimate of the probability that the first quote holds the answer. `abstention`
    says why there is no answer, where there is none; `language` is the English name of the question's language, where
    that is why. `related` are further places, best first; `level` says how sure the answer is. `written` is what a
    language model wrote, where it was asked; the quotes that it cites alone then stand behind those of the answer.
    `is_block` tells whether the first quote is one that helps, and no sentence: the confidence is then fitted for
    blocks. `has_further` tells whether there are more quotes than were wanted.
    """

    question: str
    quotes: tuple[Quote, ...]
    confidence: float
    answered: bool
    closest: tuple[Quote, ...]
    generation: str
    milliseconds: float
    abstention: Abstention | None = None
    language: str | None = None
    steps: Steps = NO_STEPS
    related: tuple[Related, ...] = ()
    level: Level = Level.NONE
    written: Written | None = None
    is_block: bool = False
    has_further: bool = False


@dataclass(frozen=True, slots=True)
class PassageText:
    """What is encoded for a passage: `header` (title and section) goes before `text`.

    `sentences` are offsets into `text`, in order.
    """

    header: str
    text: str
    sentences: tuple[tuple[int, int], ...]
