"""The title of a post says best what it is about."""

from __future__ import annotations

import numpy as np
import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.parsing import QuestionParser
from index.answer.search import Search
from index.answer.title import title_of
from index.encode.encoder import Encoder

_BODY = "I have tried it on two machines since yesterday, and it is the same on both of them. Can anybody help me here?"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"How to change the port?\n\n{_BODY}", "How to change the port?"),
        (f"\n## **Port is in use**\n{_BODY}", "Port is in use"),
        (_BODY, None),
        (f"So I moved into a new flat last week.\n{_BODY}", None),
        (f"Here is what I have tried so far:\n{_BODY}", None),
        (f"Hi all!\n{_BODY}", None),
        ("Which port does it use by default?\nThanks", None),
        (f"{_BODY} {_BODY}\n{_BODY}", None),
    ],
)
def test_the_title_is_the_first_line_if_more_is_told_below(text: str, title: str | None) -> None:
    assert title_of(text) == title


def test_the_title_counts_more_than_what_is_told_below_it(answerer: Answerer, encoder: Encoder) -> None:
    title = "What do cats eat at night?"
    text = f"{title}\n{_BODY}"
    [(_, vector)] = QuestionParser(Search(answerer.generation), encoder).encode([Asked(text)])[0]
    plain, of_title = encoder.questions([text, title])
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
    assert vector @ of_title > plain @ of_title + 0.02
    assert vector @ plain > 0.9
