"""Which language is spoken to whom."""

from __future__ import annotations

from collections import OrderedDict

from bot.localisation.catalogue import ENGLISH, LANGUAGES, language_of

_REMEMBERED = 10_000


class Listeners:
    """The languages of people: Discord tells them with each command and button, but with no message.

    They are in memory alone, and those of the people who used one lately.
    """

    def __init__(self) -> None:
        self._locales: OrderedDict[int, str] = OrderedDict()

    def of_interaction(self, person: int, locale: str, spoken: tuple[str, ...] = LANGUAGES) -> str:
        """Return the language of whoever used a command or a button, and remember it for their messages."""
        self._locales[person] = locale
        self._locales.move_to_end(person)
        if len(self._locales) > _REMEMBERED:
            self._locales.popitem(last=False)
        return _among(language_of(locale), spoken)

    def of_message(self, person: int, server_locale: str | None, spoken: tuple[str, ...] = LANGUAGES) -> str:
        """Return the language of a message's author: theirs where it is known, else that of the server."""
        return _among(language_of(self._locales.get(person, server_locale)), spoken)


def of_server(server_locale: str | None, spoken: tuple[str, ...] = LANGUAGES) -> str:
    """Return the language of a server, in which everybody there is spoken to."""
    return _among(language_of(server_locale), spoken)


def _among(code: str, spoken: tuple[str, ...]) -> str:
    """Return `code` where it is spoken, else the first that is; English where none is."""
    return code if code in spoken else next(iter(spoken), ENGLISH)
