"""Detects the language of documents and of questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index.records import BlockKind, Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT = "en"
"""The language of texts whose letters do not show it: numbers, code, a name."""

NAMES = dict(
    name.split("_")
    for name in """
    af_Afrikaans ar_Arabic az_Azerbaijani be_Belarusian bg_Bulgarian bn_Bengali bs_Bosnian ca_Catalan cs_Czech cy_Welsh
    da_Danish de_German el_Greek en_English es_Spanish et_Estonian eu_Basque fa_Persian fi_Finnish fr_French ga_Irish
    gl_Galician gu_Gujarati he_Hebrew hi_Hindi hr_Croatian hu_Hungarian hy_Armenian id_Indonesian is_Icelandic
    it_Italian ja_Japanese ka_Georgian kk_Kazakh km_Khmer kn_Kannada ko_Korean ky_Kyrgyz lo_Lao lt_Lithuanian lv_Latvian
    mk_Macedonian ml_Malayalam mn_Mongolian mr_Marathi ms_Malay my_Burmese ne_Nepali nl_Dutch no_Norwegian pa_Punjabi
    pl_Polish ps_Pashto pt_Portuguese ro_Romanian ru_Russian si_Sinhala sk_Slovak sl_Slovenian sq_Albanian sr_Serbian
    sv_Swedish sw_Swahili ta_Tamil te_Telugu th_Thai tl_Tagalog tr_Turkish uk_Ukrainian ur_Urdu uz_Uzbek vi_Vietnamese
    zh_Chinese
    """.split()
)
"""The languages that are detected (ISO 639-1), with their English names."""

AT_ONCE = 3
"""In how many languages a question is analysed at most."""

_UNLIKELY = 0.02
_CLEAR = 0.4
"""A text is in another language if all expected languages have less than `_UNLIKELY` and the best has `_CLEAR`.
`foreign` then finds 84 of 88 short questions in 20 languages, and among 3,000 English ones a song in French."""

_ENGLISH_ALONE = frozenset(
    """
    and from how if of should than that the their then there these they this those what when where which with would you
    your
    """.split()
)
"""Frequent words of English that are stop words of no other language, but for Dutch "of" (stopwords-iso)."""

_PLAINLY = 0.05
"""Share of a text's letters in these words from which on it is English without a closer look: 92 % of 920 pages of
documentation have it, and none that the closer look takes for another language."""

_LATIN = 0.9
"""Share of letters in words without accents, and of no other script, that plain English has at least."""

_SAMPLE = 6000
"""Characters of a document to look at, in three pieces."""

_WORD = re.compile(r"[^\W\d_]+")


def load() -> None:
    """Load the language identifier, which takes half a second, ahead of the first question that needs it."""
    _identifier()


def of_document(document: Document) -> str:
    """Return the language (ISO 639-1) of most of the document's prose; English unless another is clear."""
    return of_text(_sample("\n".join(_prose(document))))


def of_text(text: str) -> str:
    """Return the language of a text; English unless another is clear."""
    return DEFAULT if _is_plainly_english(text) else _other(text, (DEFAULT,)) or DEFAULT


def _is_plainly_english(text: str) -> bool:
    """Tell English by its small words: loading the identifier takes longer than a build of a changed page."""
    words = _WORD.findall(text.lower())
    latin = sum(len(word) for word in words if word.isascii())
    english = sum(len(word) for word in words if word in _ENGLISH_ALONE)
    letters = sum(map(len, words))
    return english > _PLAINLY * letters and latin > _LATIN * letters


def likely(question: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return those of the documents' `languages` that a question may be in, likeliest first, at most three.

    If its letters do not show a language, the order is that of `languages`.
    """
    if len(languages) <= 1:
        return tuple(languages) or (DEFAULT,)
    probabilities = _probabilities(question)
    return tuple(sorted(languages, key=lambda language: -probabilities.get(language, 0.0))[:AT_ONCE])


def foreign(question: str, languages: Collection[str]) -> str | None:
    """Return the English name of a question's language if that is clearly none of the documents' `languages`.

    A question of only names has no language: "Ludwig van Beethoven" does not count.
    """
    other = _other(question, languages) if _is_phrase(question) else None
    return None if other is None else NAMES[other]


def _is_phrase(text: str) -> bool:
    """Return whether a text has two words without a capital, or one in a script without capitals."""
    common = [word for word in _WORD.findall(text) if not word[0].isupper()]
    return len(common) > 1 or any(not word[0].islower() for word in common)


def _other(text: str, languages: Collection[str]) -> str | None:
    probabilities = _probabilities(text)
    best = max(probabilities, key=probabilities.__getitem__)
    clear = (
        probabilities[best] >= _CLEAR and sum(probabilities.get(language, 0.0) for language in languages) < _UNLIKELY
    )
    return best if clear else None


@lru_cache(maxsize=256)
def _probabilities(text: str) -> dict[str, float]:
    return dict(_identifier().rank(text))


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(NAMES)
    return identifier


def _prose(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.kind is not BlockKind.CODE:
            yield document.text[block.start : block.end]


def _sample(text: str) -> str:
    """Return the beginning, middle and end of a long text; a short one whole."""
    piece = _SAMPLE // 3
    if len(text) <= _SAMPLE:
        return text
    middle = (len(text) - piece) // 2
    return "\n".join((text[:piece], text[middle : middle + piece], text[-piece:]))
