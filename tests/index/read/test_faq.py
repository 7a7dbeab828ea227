"""Questions with their answers: sections of their own, however they are written."""

from __future__ import annotations

import time

import pytest

from index.read.faq import FEWEST, with_pairs
from index.records import Block, BlockKind
from tests.faq_forms import FORMS, PAIRS
from tests.index.read.blocks import document


def _sections(name: str, content: str) -> list[tuple[str, ...]]:
    """Return the sections of a document's blocks, each once, in order."""
    return list(dict.fromkeys(block.section for block in document(name, content).blocks))


@pytest.mark.parametrize("form", FORMS)
def test_each_question_names_the_section_of_its_answer(form: str) -> None:
    name, content = FORMS[form]
    read = document(name, content(PAIRS))
    for asked, said, _ in PAIRS:
        inside = [read.text[block.start : block.end] for block in read.blocks if block.section[-1:] == (asked,)]
        assert asked in " ".join(inside)
        assert said in " ".join(inside)
        assert not any(other in " ".join(inside) for _, other, _ in PAIRS if other != said)


def test_what_stands_before_and_after_the_questions_is_in_no_section_of_theirs() -> None:
    pairs = "\n".join(f"- {asked}\n  - {said}" for asked, said, _ in PAIRS)
    text = f"# Boats\n\nRead this first.\n\n{pairs}\n\nStill stuck? Write to the warden.\n"
    read = document("boats.md", text)
    outside = [read.text[block.start : block.end] for block in read.blocks if block.section == ()]
    assert outside == ["Boats", "Read this first.", "Still stuck? Write to the warden."]


def test_the_row_that_heads_a_table_goes_with_the_first_question() -> None:
    name, content = FORMS["table"]
    read = document(name, content(PAIRS))
    assert read.blocks[0].section == (PAIRS[0][0],)
    assert read.text[: read.blocks[0].end] == "Question | Answer"


@pytest.mark.parametrize(
    "text",
    [
        "Ask yourself:\n\n- Is the hull dry?\n- Is the tide out?\n- Is anybody at the jetty?\n- Is it dark?\n",
        "Is the hull dry?\n\nThen go.\n\nIs the tide out?\n\nThen wait.\n",
        "Who would not want to row? Everybody does. We row at six.\n\nThe river is wide.\n\nThe river is cold.\n",
        "| What? | When? | Where? |\n| --- | --- | --- |\n| Tea | four | jetty |\n| Cake | five | sauna |\n",
        "We met a man. Who was he? Nobody knew.\n\n" * 4,
        "Want to row? We row at six.\n\nIt is cold.\n\nIt is wet.\n\n" * 4,
    ],
    ids=["a list of questions", "two", "asked in passing", "headers that ask", "within a paragraph", "now and then"],
)
def test_questions_without_answers_or_few_of_them_name_no_section(text: str) -> None:
    assert _sections("boats.md", text) == [()]


def test_an_answer_of_several_paragraphs_is_whole() -> None:
    pairs = "\n\n".join(f"**{asked}** {said}\n\nAsk the warden about it." for asked, said, _ in PAIRS)
    read = document("boats.md", pairs)
    answers = [read.text[block.start : block.end] for block in read.blocks if block.section == (PAIRS[2][0],)]
    assert answers == [f"{PAIRS[2][0]} {PAIRS[2][1]}", "Ask the warden about it."]


def test_fewer_than_some_pairs_are_no_faq() -> None:
    name, content = FORMS["nested list"]
    assert _sections(name, content(PAIRS[: FEWEST - 1])) == [()]
    assert len(_sections(name, content(PAIRS[:FEWEST]))) == FEWEST


def test_a_long_line_that_asks_nothing_is_read_in_time_that_grows_with_it() -> None:
    def seconds(words: int) -> float:
        text = "word " * words
        block = Block(BlockKind.PARAGRAPH, 0, len(text), 1, None, ())
        started = time.process_time()
        assert with_pairs(text, [block]) == (block,)
        return time.process_time() - started

    assert seconds(400_000) < max(20 * seconds(20_000), 2)


def test_thousands_of_questions_are_paired_in_time_that_grows_with_them() -> None:
    asked, said = "Is it open?", "It is open today."
    text = f"{asked} {said} " * 30_000
    step = len(asked) + len(said) + 2
    blocks = [
        Block(BlockKind.LIST_ITEM, at + offset, at + offset + size, 1, None, ())
        for at in range(0, len(text), step)
        for offset, size in ((0, len(asked)), (len(asked) + 1, len(said)))
    ]
    started = time.process_time()
    assert {block.section for block in with_pairs(text, blocks)} == {(asked,)}
    assert time.process_time() - started < 20
