"""English as people type it into a chat."""

from __future__ import annotations

import pytest

from index.answer.chat_english import written_out


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("whats the default password", "what's the default password"),
        ("Wheres the feeder, hows it filled?", "Where's the feeder, how's it filled?"),
        ("it doesnt open and I cant close it", "it doesn't open and I can't close it"),
        ("DOESNT work", "DOESn't work"),
        ("im stuck, pls help, idk what u want", "I'm stuck, please help, I don't know what you want"),
        ("is it gonna run w/o a key or w/ ur key", "is it going to run without a key or with your key"),
    ],
)
def test_contractions_and_abbreviations_are_spelled_as_documents_spell_them(typed: str, asked: str) -> None:
    assert written_out(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "What's the default password, and why doesn't it open?",
        "Does UR stand for the IM client?",
        "What is in w/index.php, u.md or ~/im/ur?",
        "Set `wont` to 5 µs, or --dont-ask and whats_new",
        "Will its lights be lit, were they ill?",
        "",
    ],
)
def test_other_words_and_names_stay_as_they_are(typed: str) -> None:
    assert written_out(typed) == typed
