"""Errors as they are told on Discord: nothing of the machine is in them, which the log has."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.localisation.catalogue import mark, say
from bot.localisation.explanation import GENERALLY, explained, is_known, names_machine
from bot.localisation.verbatim import verbatim
from index.errors import (
    BuildError,
    BusyError,
    ConnectorError,
    DamagedError,
    DocumentsError,
    IndexUseError,
    ModelError,
    QuothError,
    UnreadableError,
)

FAULT = mark("Something went wrong here, and it has been noted. Please try again.")

_WORDS: Mapping[type[QuothError], str] = MappingProxyType(
    {
        BusyError: mark("Another build is under way: please try again when it is done."),
        BuildError: mark("The build did not finish; the index in use goes on answering. The log says why."),
        DamagedError: mark(
            "The index is damaged, and there is no older one to answer from: those who look after me have to rebuild "
            "it."
        ),
        IndexUseError: mark("I cannot use my index just now: those who look after me find the reason in my log."),
        DocumentsError: mark(
            "The documents cannot be read just now: those who look after me find the reason in my log."
        ),
        UnreadableError: mark("A document cannot be read: those who look after me find the reason in my log."),
        ModelError: mark(
            "I cannot answer just now: the service that I read questions with does not work. Please try again in a "
            "minute; those who look after me find the reason in my log."
        ),
    }
)
"""What is said in place of the index's own words, which name files, folders and servers."""

_PATH = re.compile(r"(https?://[^\s]+)|(?<![\w.])(?:/|[A-Za-z]:\\)(?:[^\s'\"),;]*[/\\])?([^\s'\"),;/\\:]+)")

_READING = mark("I am still reading the documents: ask me again in a few minutes, and I will answer.")
_NOT_READ = mark("I could not read the documents yet, and keep trying: those who look after me can see why.")
_NOTHING = mark("I have no documents to answer from yet: as soon as something is added, I answer from it.")
NOTHING_LEFT = mark("There is nothing else left to answer from.")

_log = logging.getLogger(__name__)


class StillReadingError(QuothError):
    """There is no index to answer from yet, and one is being built: nothing is wrong, unless that has `failed`."""

    def __init__(self, *, failed: bool = False) -> None:
        super().__init__(_NOT_READ if failed else _READING)


class NoDocumentsError(QuothError):
    """There is no document to answer from: none was added yet, or all were removed."""

    def __init__(self) -> None:
        super().__init__(_NOTHING)


class KeptAsideError(QuothError):
    """A build was kept aside: what is new is not in the index that is answered from."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "The new index no longer answers all the questions that it must, and was kept aside. `/index rebuild` "
                "names them, and lets you use it all the same."
            )
        )


def public_words(error: QuothError) -> str:
    """Return what is told of an error on Discord; the log gets what that leaves out.

    Names in it are `verbatim`. What went wrong with a connector is for the manager to mend, so it is told in full but
    for what is of the machine.
    """
    if isinstance(error, ConnectorError):
        if names_machine(str(error)):
            _log.warning("a connector's error was told in other words", extra={"reason": str(error)})
        return public_reason(str(error))
    words = next((_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS), None)
    if words is None and names_machine(error.message):
        words = FAULT
    if words is None:
        return say(error.message, **{name: _value(name, value) for name, value in error.values.items()})
    _log.error("an error was told in general words", extra={"kind": type(error).__name__, "reason": str(error)})
    return say(words)


def _value(name: str, value: object) -> object:
    """Return a value of an error as it stands in a sentence: a reason is one of the bot's own."""
    if not isinstance(value, str) or not value:
        return value
    return say(value) if name == "reason" else verbatim(value)


def public_reason(reason: str) -> str:
    """Return a reason that `index` gives as it is told on Discord, in the language that is spoken."""
    return without_paths(explained(reason))


def why_not_built(error: Exception) -> str:
    """Return why a build failed, as managers are told it: what is not known may name servers, and is in the log."""
    if isinstance(error, KeptAsideError):
        return say(error.message)
    return public_reason(str(error)) if is_known(str(error)) else say(GENERALLY)


def without_paths(reason: str) -> str:
    """Return a reason without the folders of the machine: of an absolute path the last part alone is left."""
    return _PATH.sub(lambda match: match[1] or match[2], reason)
