"""A FAQ, asked in its own words and in others: the answer with its question, however the FAQ is written."""

from __future__ import annotations

import pytest

from index.answer.asked import Asked
from tests.faq_forms import FORMS, PAIRS
from tests.index.conftest import Library


@pytest.mark.parametrize("form", FORMS)
def test_a_faq_answers_its_own_questions_where_it_is_the_only_document(library: Library, form: str) -> None:
    name, content = FORMS[form]
    library.write(name, content(PAIRS))
    library.build()
    answerer = library.answerer()
    asked = [Asked(question) for question, _, _ in PAIRS] + [Asked(question) for _, _, question in PAIRS]
    for answer, (question, said, _) in zip(answerer.answer_all(asked), PAIRS * 2, strict=True):
        assert answer.answered, (answer.question, answer.confidence)
        lead = answer.quotes[0]
        assert said in lead.text, answer.question
        assert question in lead.text or lead.section[-1] == question
        text = answerer.generation.catalogue.document(lead.source).text
        focus = text[slice(*lead.focus)]
        assert said in focus
        assert form == "table" or focus != lead.text or question not in lead.text


def test_a_mark_of_what_was_not_read_is_found_by_nothing(library: Library) -> None:
    library.write(
        "boats.mdx", "# Boats\n\n## Rules for kayaks\n\n<KayakRules />\n\n## Towing\n\nTow with the long rope.\n"
    )
    library.build()
    answer = library.answerer().answer(Asked("Where are the rules for kayaks?"))
    assert not any("not included" in quote.text for quote in answer.quotes + answer.closest)
