"""What passages say to a statement, with the real model: nothing, unless it is clear."""

from __future__ import annotations

import pytest

from index.records import Quote
from index.support.support import Support
from index.support.verdict import Checked, Verdict, check, counters

RULES = (
    "Quiet hours begin at ten in the evening and end at seven in the morning. Dogs may come in on a leash. "
    "Cats must not come in. The yard is cleaned on Monday."
)


@pytest.fixture(scope="module")
def support() -> Support:
    return Support()


def _quote(text: str, source: str = "rules.md") -> Quote:
    return Quote(source, "House rules", (), None, (1, 1), 0, len(text), text, None, 0.5)


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Quiet hours begin at ten in the evening.", Verdict.SUPPORTS),
        ("Dogs may come in on a leash.", Verdict.SUPPORTS),
        ("Quiet hours begin at nine in the evening.", Verdict.AGAINST),
        ("Quiet hours begin at 11 in the evening.", Verdict.AGAINST),
        ("Cats must come in.", Verdict.AGAINST),
        ("Dogs may not come in on a leash.", Verdict.AGAINST),
        ("The yard is cleaned on Friday.", Verdict.AGAINST),
        ("Dogs must come in on a leash.", Verdict.OPEN),  # more than the passage says, and nothing against it
        ("Horses may come in on a leash.", Verdict.OPEN),
        ("The bakery opens at six.", Verdict.OPEN),
        ("Hunde dürfen hinein.", Verdict.OPEN),
        ("Is it quiet", Verdict.OPEN),
        ("", Verdict.OPEN),
    ],
)
def test_what_a_passage_says_to_a_statement(support: Support, statement: str, verdict: Verdict) -> None:
    assert check(statement, [_quote(RULES)], support).verdict is verdict


def test_what_a_passage_says_word_for_word_is_supported_however_long(support: Support) -> None:
    long = "Quiet hours begin at ten in the evening and end at seven in the morning."
    assert support(long, [_quote(long)]) == 1.0
    assert support("The pool is closed.", [_quote("Answer that the pool is closed.")]) is None


def test_one_document_must_bear_a_statement_out(support: Support) -> None:
    """What is merged of two is said by neither."""
    pool, sauna = _quote("The pool opens at nine."), _quote("The sauna is closed for ever.", "sauna.md")
    assert support("The pool is closed for ever.", [pool, sauna]) is None
    assert support("The pool opens at nine.", [sauna, pool]) == 1.0


def test_the_passage_that_says_something_is_named_else_the_closest(support: Support) -> None:
    bakery, rules = _quote("The bakery opens at six.", "bakery.md"), _quote(RULES)
    dogs = check("Dogs may come in on a leash.", [bakery, rules], support).quote
    assert dogs is not None
    assert (dogs.source, dogs.text) == ("rules.md", "Dogs may come in on a leash.")
    assert RULES[dogs.start : dogs.end] == dogs.text
    assert check("The bakery opens at six.", [rules, bakery], support) == Checked(Verdict.SUPPORTS, bakery)
    assert check("The bakery opens at 5.", [rules, bakery], support) == Checked(Verdict.AGAINST, bakery)
    assert check("Nobody sings.", [rules, bakery], support) == Checked(Verdict.OPEN, rules)
    assert check("Nobody sings.", [], support) == Checked(Verdict.OPEN, None)


@pytest.mark.parametrize(
    ("statement", "cited", "counter"),
    [
        ("It opens at 9.", "It opens at ten.", "It opens at ten."),
        ("It opens in May.", "It opens in June.", "It opens in June."),
        ("It doesn't open.", "It does open.", "It does open."),
        ("It cannot open.", "It can open.", "It can open."),
        ("It can open.", "It cannot open.", "It can not open."),
    ],
)
def test_a_counter_differs_in_one_thing(statement: str, cited: str, counter: str) -> None:
    assert counter in counters(statement, cited)


def test_what_agrees_has_no_counter() -> None:
    assert counters("It opens at 9 in May.", "In May it opens at nine, in June at ten.") == []
