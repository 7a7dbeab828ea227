"""Documents and questions in other languages than English, through a real index with the model that comes along."""

from __future__ import annotations

import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.question import Question
from index.answer.quotes import LONGEST, shortened
from index.encode.encoder import Encoder
from index.records import BlockKind, Sentence
from index.store.disk.shelf import Shelf
from index.store.disk.verify import verify
from index.text.language import foreign
from index.text.words import Stems, all_words, stemmer, words
from tests.index.conftest import Library

GERMAN = """\
# Der Turm von Ahrenfels

Der Turm ist 3,5 m breit, d. h. sehr schmal. Am 12. Mai 1998 kam Dr. Müller z. B. mit zwei Wanderern aus Bonn.

In den Nächten rufen die Käuze. Die Straße zum Turm wurde 1931 gepflastert.

## Öffnungszeiten

Hunde müssen an der Leine bleiben. Die Eintrittskarten gelten an zwei aufeinanderfolgenden Tagen.
"""

FRENCH = """\
# Le jardin de Brémont

M. Duval a planté les premiers cerisiers en 1874. Les cerises sont récoltées au mois de juin.

Les visiteurs ne doivent pas nourrir les écureuils. La serre abrite quarante espèces d'orchidées.
"""

RUSSIAN = """\
# Мост через Велму

Мост построили в 1932 году. Его длина 412 метров.

По мосту ходят трамваи, т. е. вагоны на рельсах. Рыбакам запрещено стоять на мосту ночью.
"""

CHINESE = """\
# 青石图书馆

青石图书馆建于1956年，位于河边。馆内收藏了八万册图书！读者每次最多可以借五本书，期限为三十天。

图书馆周一闭馆。儿童阅览室在二楼。
"""

JAPANESE = """\
# 白浜の灯台

白浜の灯台は1903年に建てられました。高さは三十二メートルです。

見学は午前九時から始まります。灯台守の家には古い写真が展示されています。
"""

TURKISH = """\
# Işıklı Köprü

Köprü ılık bir yaz gününde açıldı. IRMAK KIYISINDA balık tutmak yasaktır. İstanbul'dan üç saat uzaktadır.
"""

ENGLISH = """\
# The mill of Harrow

The mill was built in 1788. Its wheel turns in winter only. The miller's cats are called Die and War.
"""

LONG = "这座图书馆的屋顶坏了" + "，工人们每天都在上面工作" * 40 + "，一直到第二年春天才修好。"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """A folder of documents in seven languages."""
    folder = tmp_path_factory.mktemp("mixed")
    library = Library(folder / "documents", Shelf(folder / "data"), encoder)
    library.write("turm.md", GERMAN)
    library.write("jardin.md", FRENCH)
    library.write("most.md", RUSSIAN)
    library.write("zh.md", CHINESE)
    library.write("ja.md", JAPANESE)
    library.write("kopru.md", TURKISH)
    library.write("mill.md", ENGLISH)
    library.write("long.txt", LONG)
    library.build()
    return library


@pytest.fixture(scope="module")
def answerer(mixed: Library) -> Answerer:
    return mixed.answerer(threshold=0.0)


def _lead(answerer: Answerer, question: str) -> str:
    return answerer.answer(Asked(question)).quotes[0].text


def test_each_document_is_kept_with_its_language(mixed: Library, answerer: Answerer) -> None:
    catalogue = answerer.generation.catalogue
    assert {source.source: source.language for source in catalogue.sources} == {
        "turm.md": "de",
        "jardin.md": "fr",
        "most.md": "ru",
        "zh.md": "zh",
        "ja.md": "ja",
        "kopru.md": "tr",
        "mill.md": "en",
        "long.txt": "zh",
    }
    assert answerer.generation.languages[0] == "zh"
    assert catalogue.document("turm.md").language == "de"
    assert verify(mixed.shelf.place(), lambda *_: None) == []


def test_a_document_that_is_taken_over_keeps_its_language(library: Library) -> None:
    library.write("turm.md", GERMAN)
    library.build()
    library.write("mill.md", ENGLISH)
    assert library.build().encoded == 1
    assert [source.language for source in library.answerer().generation.catalogue.sources] == ["en", "de"]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Wann ruft der Kauz? In welcher Nacht?", "In den Nächten rufen die Käuze."),
        ("Wann wurden die Straßen gepflastert?", "Die Straße zum Turm wurde 1931 gepflastert."),
        ("Wie lange gilt eine Eintrittskarte?", "Die Eintrittskarten gelten an zwei aufeinanderfolgenden Tagen."),
        ("Darf mein Hund ohne Leine gehen?", "Hunde müssen an der Leine bleiben."),
        ("Quand récolte-t-on la cerise ?", "Les cerises sont récoltées au mois de juin."),
        ("Peut-on nourrir un écureuil ?", "Les visiteurs ne doivent pas nourrir les écureuils."),
        ("Какие трамваи ходят по мосту?", "По мосту ходят трамваи, т. е. вагоны на рельсах."),
        ("Где запрещено стоять рыбаку?", "Рыбакам запрещено стоять на мосту ночью."),
        ("图书馆收藏了多少图书？", "馆内收藏了八万册图书！"),
        ("儿童阅览室在哪里？", "儿童阅览室在二楼。"),
        ("灯台はいつ建てられましたか？", "白浜の灯台は1903年に建てられました。"),
        ("見学は何時から始まりますか？", "見学は午前九時から始まります。"),
        ("Nerede balık tutulur?", "IRMAK KIYISINDA balık tutmak yasaktır."),
        ("When was the mill built?", "The mill was built in 1788."),
    ],
)
def test_questions_find_their_sentence_by_stems_and_pairs(answerer: Answerer, question: str, quoted: str) -> None:
    assert quoted in _lead(answerer, question)


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        (
            "turm.md",
            [
                "Der Turm ist 3,5 m breit, d. h. sehr schmal.",
                "Am 12. Mai 1998 kam Dr. Müller z. B. mit zwei Wanderern aus Bonn.",
            ],
        ),
        (
            "jardin.md",
            ["M. Duval a planté les premiers cerisiers en 1874.", "Les cerises sont récoltées au mois de juin."],
        ),
        ("most.md", ["Мост построили в 1932 году.", "Его длина 412 метров."]),
        (
            "zh.md",
            [
                "青石图书馆建于1956年，位于河边。",
                "馆内收藏了八万册图书！",
                "读者每次最多可以借五本书，期限为三十天。",
                "图书馆周一闭馆。",
            ],
        ),
        ("ja.md", ["白浜の灯台は1903年に建てられました。", "高さは三十二メートルです。"]),
    ],
)
def test_sentences_end_where_their_language_ends_them(answerer: Answerer, source: str, sentences: list[str]) -> None:
    catalogue = answerer.generation.catalogue
    document = catalogue.document(source)
    stored = [sentence for passage in catalogue.passages_of(document.id) for sentence in passage.passage.sentences]
    assert [document.text[sentence.start : sentence.end] for sentence in stored][: len(sentences)] == sentences


def _taken_apart(answerer: Answerer, question: str) -> Question:
    asked = Asked(question)
    return answerer._parser.parse(asked, answerer._parser.encode([asked])[0])


def test_a_long_sentence_without_blanks_is_cut_and_quoted(answerer: Answerer) -> None:
    """The model takes every character for a token, so that it becomes several sentences."""
    lead = answerer.answer(Asked("屋顶什么时候修好？")).quotes[0]
    assert lead.source == "long.txt"
    assert lead.text in LONG
    question = _taken_apart(answerer, "屋顶什么时候修好？")
    stem = Stems(*answerer.generation.languages)
    start, end = shortened(LONG, Sentence(0, len(LONG), BlockKind.PARAGRAPH), question, stem)
    assert 0 <= start < end <= start + LONGEST


def test_a_question_is_freed_of_the_stop_words_of_its_own_language(answerer: Answerer) -> None:
    """`war` and `die` are German stop words, and names of cats."""
    english = _taken_apart(answerer, "What are War and Die called?")
    assert {"war", "die"} <= set(english.terms)
    german = _taken_apart(answerer, "Wann war die Straße gesperrt?")
    assert german.terms == ("strass", "gesperrt")


def test_a_question_in_a_language_of_no_document_is_told(library: Library) -> None:
    library.write("mill.md", ENGLISH)
    library.build()
    languages = library.answerer().generation.languages
    assert languages == ("en",)
    assert foreign("Wann wurde die Mühle gebaut?", languages) == "German"
    assert foreign("When was the mill built?", languages) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们去公园", ["我们", "们去", "去公", "公园"]),
        ("桥长412米。", ["桥长", "412", "米"]),
        ("灯台のメートル", ["灯台", "の", "メートル"]),
        ("탑의 높이는", ["탑의", "높이", "이는"]),
        ("हिन्दी पुल", ["हिन्दी", "पुल"]),
        ("cafe\u0301 x_y", ["cafe\u0301", "x", "y"]),
        ("naïve résumé – 4½", ["naïve", "résumé", "4½"]),
    ],
)
def test_words_are_runs_of_letters_or_pairs_where_there_are_no_blanks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_character_alone_is_searched_too() -> None:
    assert all_words("鉄橋") == ["鉄橋", "鉄", "橋"]
    assert all_words("The bridge") == words("The bridge")


def test_stems_are_of_one_form_however_they_are_written() -> None:
    assert stemmer("de")("Straße") == stemmer("de")("STRASSE")
    assert stemmer("fr")("cafe\u0301s") == stemmer("fr")("café")
    assert stemmer("tr")("IRMAK") == stemmer("tr")("ırmak")
    assert stemmer("ja")("４１２") == "412"
    assert stemmer("xx")("Ötzi") == "ötzi"
