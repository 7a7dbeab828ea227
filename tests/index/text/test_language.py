"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Block, BlockKind, Document, Place
from index.text import language
from index.text.language import foreign, likely, of_document, of_text

TEXTS = {
    "de": "Die Mitgliedschaft kostet zwölf Euro im Monat und endet am Jahresende.",
    "en": "Membership costs twelve euros a month and ends with the year.",
    "es": "La cuota cuesta doce euros al mes y termina a finales de año.",
    "fr": "L'adhésion coûte douze euros par mois et prend fin en décembre.",
    "ja": "会費は月に十二ユーロで、年末に終わります。",
    "ko": "회비는 한 달에 십이 유로이며 연말에 끝납니다.",
    "ru": "Членство стоит двенадцать евро в месяц и заканчивается в декабре.",
    "tr": "Üyelik ayda on iki avrodur ve yıl sonunda biter.",
    "zh": "会员费每月十二欧元，年底到期。",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_text_is_of_its_language(code: str, text: str) -> None:
    assert of_text(text) == code


@pytest.mark.parametrize("text", ["", "42 km", "Quoth", "README", "café", "x = f(y)", "https://a.example/b?c=1"])
def test_what_does_not_tell_is_taken_for_english(text: str) -> None:
    assert of_text(text) == "en"
    assert foreign(text, ["en"]) is None


def test_a_document_is_of_the_language_of_its_prose() -> None:
    code = "def answer(question): return the_best_of(search(question))\n" * 5
    text = code + TEXTS["de"]
    cut = len(code)
    blocks = (
        Block(BlockKind.CODE, 0, cut, 1, None, ()),
        Block(BlockKind.PARAGRAPH, cut, len(text), 6, None, ()),
    )
    assert of_document(Document("a.md", "A", text, blocks, (Place(0, 1, None),), "", None)) == "de"


def test_plain_english_is_told_by_its_small_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", None)
    assert of_text("The ferry leaves from the bridge at noon, and those with a pass go first. " * 5) == "en"


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - {"en"}))
def test_a_text_with_a_quote_in_english_is_of_its_own_language(code: str) -> None:
    assert of_text(f"{TEXTS[code] * 4} (The rules say that.)") == code


def test_english_with_words_of_another_language_stays_english() -> None:
    assert of_text(f"{TEXTS['en']} The Germans call it Mitgliedschaft, the French adhésion. " * 3) == "en"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Was kostet die Mitgliedschaft im Monat?", "German"),
        ("Combien coûte l'adhésion par mois ?", "French"),
        ("Сколько стоит членство в месяц?", "Russian"),
        ("会员费每月多少钱？", "Chinese"),
        ("会費はいくらですか？", "Japanese"),
        ("What does it cost?", None),
        ("Who was Ludwig van Beethoven?", None),
        ("How are Ergänzungsschulen funded?", None),
        ("Ludwig van Beethoven", None),
        ("Côte d'Ivoire", None),
        ("São Paulo", None),
    ],
)
def test_a_question_in_a_language_of_no_document_is_told(question: str, name: str | None) -> None:
    assert foreign(question, ["en"]) == name
    assert foreign(question, ["en", "de", "fr", "ru", "zh", "ja"]) is None


def test_a_question_is_looked_at_in_its_likeliest_languages_first() -> None:
    assert likely("Was kostet die Mitgliedschaft?", ["en", "fr", "de", "nl"])[0] == "de"
    assert likely("What does membership cost?", ["fr", "de", "en"])[0] == "en"
    assert len(likely("Was kostet das?", ["en", "fr", "de", "nl", "sv"])) == language.AT_ONCE
    assert likely("42", ["fr", "de"]) == ("fr", "de")
    assert likely("anything", ["fr"]) == ("fr",)
    assert likely("anything", []) == ("en",)


@given(st.text(max_size=60))
def test_every_text_has_a_language(text: str) -> None:
    assert of_text(text) in language.NAMES
    assert foreign(text, ["en"]) in {None, *language.NAMES.values()}
