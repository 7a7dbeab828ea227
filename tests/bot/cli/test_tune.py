"""`quoth tune` in the terminal."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot import compose, settings
from bot.cards.answer_card import reference_to
from bot.cards.reference import encode
from bot.settings import Settings
from bot.teaching.records import Draft, Kind
from bot.teaching.store import CorrectionStore
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.records import Answer, Quote
from tests.bot.conftest import Quoth
from tests.bot.insight.asked import Asking, vote, write

SHOPS = (
    *("bakery", "smithy", "library", "museum", "sawmill", "pharmacy", "brewery", "bookshop", "harbour", "stables"),
    *("theatre", "cinema", "sauna", "kiosk", "dairy", "tannery"),
)
TOLD = [f"At what time does the {shop} open in the morning?" for shop in SHOPS]
UNTOLD = [f"Who painted the ceiling of the {shop}?" for shop in SHOPS]
Folders = tuple[str, ...]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A folder with documents about shops that say when they open, and nothing else, and an index: to be copied."""
    folder = tmp_path_factory.mktemp("village")
    (folder / "documents").mkdir()
    for number, shop in enumerate(SHOPS):
        text = f"The {shop} opens at {6 + number % 5} o'clock in the morning. The {shop} has a ceiling of wood.\n"
        (folder / "documents" / f"{shop}.md").write_text(f"# The {shop}\n\n{text}")
    loaded = settings.load(documents=folder / "documents", data=folder / "data")
    compose.builder(loaded, encoder).build(compose.library(loaded), lambda *_: None)
    return folder


@pytest.fixture(scope="module")
def answers(village: Path, encoder: Encoder) -> dict[str, Answer]:
    """What is answered to each question."""
    with answering(settings.load(documents=village / "documents", data=village / "data"), encoder) as answerer:
        return {answer.question: answer for answer in answerer.answer_all([Asked(text) for text in (*TOLD, *UNTOLD)])}


@pytest.fixture
def folders(village: Path, tmp_path: Path) -> Folders:
    """That village, copied."""
    shutil.copytree(village, tmp_path, dirs_exist_ok=True)
    return ("--documents", str(tmp_path / "documents"), "--data", str(tmp_path / "data"))


@contextmanager
def answering(loaded: Settings, encoder: Encoder) -> Iterator[Answerer]:
    answerer = compose.answerer(loaded, encoder)
    with closing(answerer.generation):
        yield answerer


def lead_of(answer: Answer) -> Quote:
    return (answer.quotes or answer.closest)[0]


def vote_on_all(folders: Folders, answers: dict[str, Answer], *, people: int, quoted: str | None = None) -> None:
    """Have people like what is told and dislike what is not, on the lead of each or of one question."""
    data = Path(folders[3])
    write(data, [Asking(text, 1, days=1, answered=True) for text in (*TOLD, *UNTOLD)])
    for number, text in enumerate((*TOLD, *UNTOLD)):
        quote = encode(reference_to(lead_of(answers[quoted or text])))
        for person in range(people):
            vote(data, text, 1000 * person + number, up=text in TOLD, quote=quote)


def test_votes_change_the_threshold_when_asked_and_it_can_be_undone(
    folders: Folders,
    answers: dict[str, Answer],
    encoder: Encoder,
    quoth: Quoth,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the journal says of the confidence (0.5 of each) does not count: it may be another model's."""
    assert "it takes 30" in quoth("tune", *folders).err
    vote_on_all(folders, answers, people=2)
    untold = [answers[text].confidence for text in UNTOLD]
    told = [answers[text].confidence for text in TOLD]

    def in_force() -> float:
        loaded = settings.load(documents=Path(folders[1]), data=Path(folders[3]))
        with answering(loaded, encoder) as answerer:
            return answerer.threshold

    before = in_force()
    ended = quoth("tune", *folders)
    assert ended.status == 0
    assert "32 questions" in ended.out
    assert "more than chance" in ended.out
    assert in_force() == before, "nothing is written unless asked"
    written = quoth("tune", *folders, "--write").out
    assert f"Written: {in_force():g} is used once" in written
    assert sorted(untold)[len(untold) // 2] < in_force() < sorted(told)[len(told) // 2]
    assert in_force() > before
    monkeypatch.setenv("QUOTH_THRESHOLD", "0.3")
    assert in_force() == 0.3
    assert "0.3 stays in use" in quoth("tune", *folders, "--write").out
    assert "0.3 stays in use" in quoth("tune", *folders, "--undo").out
    monkeypatch.delenv("QUOTH_THRESHOLD")
    monkeypatch.setenv("QUOTH_RERANKER", "off")
    assert in_force() == pytest.approx(0.12), "it was fitted with the reranker"
    monkeypatch.delenv("QUOTH_RERANKER")
    assert f"Taken back: {before:g} is used once" in quoth("tune", *folders, "--undo").out
    assert in_force() == before
    assert "nothing to undo" in quoth("tune", *folders, "--undo").out


def test_nobody_tunes_the_bot_alone(folders: Folders, answers: dict[str, Answer], quoth: Quoth) -> None:
    vote_on_all(folders, answers, people=1)
    with closing(sqlite3.connect(Path(folders[3]) / "votes.sqlite")) as database:
        database.execute("UPDATE votes SET person = x'07'")
        assert database.execute("SELECT count(*) FROM votes").fetchone() == (32,)
        database.commit()
    assert "There are 0 questions to fit to" in quoth("tune", *folders).err


def test_votes_on_what_does_not_lead_any_more_say_nothing(
    folders: Folders, answers: dict[str, Answer], quoth: Quoth
) -> None:
    vote_on_all(folders, answers, people=2, quoted=TOLD[0])
    assert "There are 2 questions to fit to" in quoth("tune", *folders).err, "of one shop"


def test_a_refusal_that_was_liked_was_right_and_one_that_was_disliked_says_nothing(
    folders: Folders, quoth: Quoth
) -> None:
    data = Path(folders[3])
    write(data, [Asking(text, 1) for text in (*TOLD, *UNTOLD)])
    for number, text in enumerate((*TOLD, *UNTOLD)):
        for person in range(2):
            vote(data, text, 1000 * person + number, up=text in UNTOLD)
    assert "There are 16 questions to fit to" in quoth("tune", *folders).err


def test_what_managers_have_corrected_counts_without_votes(
    folders: Folders, answers: dict[str, Answer], quoth: Quoth
) -> None:
    with closing(CorrectionStore(Path(folders[3]))) as store:
        for text in (*TOLD, *UNTOLD):
            lead = lead_of(answers[text])
            kind = Kind.LEAD if text in TOLD else Kind.BLOCK
            store.add(Draft(kind, text, lead.source, reference_to(lead)), 7)
    ended = quoth("tune", *folders)
    assert "32 questions" in ended.out, ended.err
    assert "more than chance" in ended.out
