"""The words of messages whose authors are asked whether they may be kept: in memory alone."""

from __future__ import annotations

from collections import OrderedDict

_MOST = 200


class WordsToKeep:
    """Words by the id of their message. Without the message content intent they cannot be read again."""

    def __init__(self) -> None:
        self._words: OrderedDict[int, str] = OrderedDict()

    def remember(self, message: int, words: str) -> None:
        """Remember the words of a message, and forget the oldest where there are too many."""
        self._words[message] = words
        if len(self._words) > _MOST:
            self._words.popitem(last=False)

    def recall(self, message: int) -> str:
        """Return the words of a message, "" where they are not remembered."""
        return self._words.get(message, "")

    def take(self, message: int) -> None:
        """Forget the words of a message."""
        self._words.pop(message, None)
