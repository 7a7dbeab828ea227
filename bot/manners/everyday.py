"""Questions that name nothing but people, feelings and the day: hardly a document is about those."""

from __future__ import annotations

import re

from bot.manners.lexicon import FILLERS
from index.text.stop_words import content_words

_LANGUAGES = ("en", "de", "es", "fr")

_EVERYDAY = frozenset(  # people, what they feel and do, and the day
    """afraid age alive already ami amigo amigos amis amor amour angry ask asked asking awake baby beer bf birthday
    bored born bot bots boy boyfriend boys breakfast bro bros buddy care cares chat christmas clima coffee
    copain copine crazy creepy cry cute dad dance day days dia dinner doing dormido dors dream dreams drunk dude
    dumb eat evening ever everybody everyone else excited faim fake family favorite favourite feel feeling feelings
    feels feierabend feliz fellas finde folks freund freunde friday friend friends fuck fucking funny gehts gf
    girl girlfriend girls god going gonna gotta guapo guess guy guys hambre happy hate hell heute hoy hug human
    humans hungry hurt hurts husband jealous joke jokes joking kidding kiss kumpel ladies lads laugh laune leben
    liebe liebst life like lonely love lunch lust mad man married marry mate meme memes miss missed mom monday
    mood morning mude mum name night nights novia novio nudes peeps people person pizza pretty proud robot
    robots rude sad saturday scared schlafst serious sexy shit shy sick silly sing single sleep sleepy smart
    smile somebody stimmung stupid sunday tea temps think thinking thirsty thursday tired today tomorrow tonight
    traurig triste tuesday ugly vibe vibes vida vie wanna wasted weather wednesday weekend weird wetter wife
    wochenende yesterday yet cat cats dog dogs him her invited keep says secrets""".split()  # noqa: SIM905
)
_TOPICS = frozenset("correct exact first work worked working works klappt geklappt".split())  # noqa: SIM905
"""What is said in passing, and asked after as well."""

_EMPTY = _EVERYDAY | (FILLERS - _TOPICS)
_FOR_ONESELF = re.compile(
    r"\b(?:(?:do|does|can|may|should|must|could|will|would) (?:i|we|one)|(?:how|where|when|what|who) to"
    r"|(?:what|how) about|(?:kann|darf|muss|soll) (?:ich|man)|(?:puedo|debo|podemos)|(?:puis|dois|peux)-je"
    r"|(?:je|on) (?:peux|peut|dois))\b"
)
"""Whoever asks what to do themselves asks for something."""


def is_everyday(plain: str) -> bool:
    """Tell whether words, without accents, name something, and nothing that a document could be about."""
    if _EVERYDAY.isdisjoint(re.findall(r"[^\W_]+", plain)) or _FOR_ONESELF.search(plain):
        return False
    return any(_EMPTY.issuperset(content_words(plain, language)) for language in _LANGUAGES)


_ABOUT_SOMEBODY = re.compile(
    r"(?:(?:and|so|but|why|how|who|what|where|when|hey|hi|lol) )*(?:are|r|were|will|would|did) (?:you|u|ya)\b"
    r"(?! (?:able|supposed|allowed|required|meant|expected|forced|using|sure|recommend|suggest|advise|use|need)\b)"
)
"""As nobody asks of what anybody may do: "do you need java?" is asked of that."""


def is_about_somebody(plain: str) -> bool:
    """Tell whether words ask whoever they are put to about themselves."""
    return bool(_ABOUT_SOMEBODY.match(plain))
