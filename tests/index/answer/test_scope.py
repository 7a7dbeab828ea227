"""What somebody may see is answered from as if there were nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.scope import SearchScope
from index.encode.encoder import Encoder
from index.records import Answer, Turn
from index.store.disk import lexical
from index.store.disk.shelf import Shelf
from index.store.scope import document_filter
from tests.index.conftest import CATS, ROVER, Library, numbering

_OPEN = {"animals/cats.md": CATS, "rover.txt": ROVER}
_CLOSED = {
    "staff/plan.md": "The zanzibar merger is signed in March. Cats and rover are sold, wheels and all.\n",
    "staff/wheels.txt": "\n\n".join(f"Wheel {number} of the rover is worn." for number in range(12)),
    "staff/plan.de.txt": "Die Fusion wird im März unterschrieben, danach ziehen wir in ein neues Haus um.\n" * 3,
}
_QUESTIONS = [
    "How long do cats sleep each day?",
    "What are the wheels of the rover made of?",
    "When is the zanzibar merger signed?",
    "When is the qwertyzo merger signed?",
    "zanzibar",
    "wheels",
    "rover?",
    "Wann wird die Fusion unterschrieben und wohin ziehen wir danach um?",
    "Who composed the opera Fidelio?",
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> tuple[Answerer, Answerer]:
    """What answers from open documents and closed ones together, and from the open ones alone."""
    made = []
    for documents in (_OPEN | _CLOSED, _OPEN):
        folder = tmp_path_factory.mktemp("library")
        library = Library(folder / "documents", Shelf(folder / "data"), encoder)
        for source, text in documents.items():
            library.write(source, text)
        library.build()
        made.append(library.answerer())
    return made[0], made[1]


def _comparable(answer: Answer) -> tuple[object, ...]:
    """Return what must not differ of an answer.

    The scores of quotes, and the order of those after the first, rest on BM25 over everything.
    """
    quotes = [replace(quote, score=0.0) for quote in (*answer.quotes, *answer.closest)]
    return quotes[:1], round(answer.confidence, 5), answer.answered, answer.abstention, answer.language


@pytest.mark.parametrize("question", _QUESTIONS)
def test_nothing_in_an_answer_tells_whether_there_is_more_than_may_be_seen(
    both: tuple[Answerer, Answerer], question: str
) -> None:
    """Not the confidence, nor why there is none: words, and languages, of closed documents count for nothing."""
    everything, alone = both
    for history in ((), (Turn("user", "Tell me about the rover"),)):
        seen = everything.answer(Asked(question, history, seen=frozenset(_OPEN)))
        assert _comparable(seen) == _comparable(alone.answer(Asked(question, history)))
        shown = (*seen.quotes, *seen.closest, *seen.related)
        assert {place.source for place in shown} <= set(_OPEN)


def test_there_is_something_to_be_told_without_it(both: tuple[Answerer, Answerer]) -> None:
    everything, alone = both
    different = [
        question
        for question in _QUESTIONS
        if _comparable(everything.answer(Asked(question))) != _comparable(alone.answer(Asked(question)))
    ]
    assert len(different) > len(_QUESTIONS) / 2


def test_a_source_that_may_not_be_seen_is_no_candidate_though_it_is_asked_for(both: tuple[Answerer, Answerer]) -> None:
    everything, _ = both
    asked = Asked("When is the merger signed?", scope={"staff/plan.md"})
    assert everything.answer(asked).closest or everything.answer(asked).quotes
    hidden = everything.answer(replace(asked, seen=frozenset(_OPEN)))
    assert hidden.quotes == hidden.closest == ()


def test_passages_with_a_word_are_counted_inside(both: tuple[Answerer, Answerer]) -> None:
    everything, alone = both
    for scope in (frozenset(_OPEN), frozenset(_CLOSED), frozenset(["rover.txt", "staff/plan.md"]), frozenset[str]()):
        part = SearchScope(everything.generation, scope)
        rows = everything.generation.catalogue.rows_of([i for i, source in _numbered(everything) if source in scope])
        assert part.passages == len(rows)
        for word in ("rover", "zanzibar", "wheel", "nowher"):
            matches, _ = everything.generation.lexical.search([word], 99, part.words)
            assert part.passages_with(word) == len(matches), (scope, word)
            assert set(matches.tolist()) <= set(rows.tolist())
    assert SearchScope(alone.generation, None).idf("rover") == SearchScope(everything.generation, frozenset(_OPEN)).idf(
        "rover"
    )


def _numbered(answerer: Answerer) -> list[tuple[int, str]]:
    return [(source.id, source.source) for source in answerer.generation.catalogue.sources]


def test_scattered_documents_and_all_but_a_few_are_searched_alike(tmp_path: Path) -> None:
    passages = [lexical.LexicalPassage(number, 0, "", f"ferry number {number}") for number in range(400)]
    lexical.write(tmp_path, passages)
    words = lexical.Lexical(tmp_path, numbering(*[1] * 400))
    for chosen in (range(0, 400, 2), range(390), range(5, 15), [*range(100), *range(300, 400)], range(400)):
        inside = document_filter(chosen, numbering(*[1] * 400))
        rows, _ = words.search(["ferri"], 400, inside)
        assert sorted(rows.tolist()) == list(chosen)
        assert words.passages_inside("ferri", inside) == len(list(chosen))
