"""The errors that Quoth can explain; each message is one sentence that says what to do.

QuothError
├── DocumentsError        the documents folder is missing, empty or cannot be read
│   └── NothingToReadError    there is no document, in the folder or elsewhere
├── LibraryError          something cannot be added to the library, or taken from it
├── ConnectorError        a connector is set up wrongly, or cannot reach what it reads
├── UnreadableError       one file cannot be read; it is left out, and the build goes on
├── ModelError            the embedding model is missing, or its files are wrong
│   └── EncoderError      the remote encoder refuses, or answers wrongly
│       └── EncoderAwayError   it cannot be reached, or is too slow or too busy; it may answer later
├── IndexUseError         the index cannot be used
│   ├── NoIndexError      there is none yet, or none any more
│   ├── DamagedError      a file of it is missing or has been altered
│   │   └── OtherVersionError  it was written by another version of Quoth
│   ├── OtherModelError   it was built with another model
│   └── StoreError        the server that keeps it does not answer, or refuses
├── BuildError            a build could not be finished; what was there before is untouched
│   └── BusyError         another build is under way
└── SourceError           no source, or more than one, goes by that name
"""

from __future__ import annotations

import errno
from collections.abc import Sequence


class QuothError(Exception):
    """An error that Quoth can explain; the message is one sentence for people to read."""

    def __init__(self, message: str = "", /, **values: object) -> None:
        """`values` stand in `message` in place of the names in braces: the bot says it in other languages, too."""
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class DocumentsError(QuothError):
    """The documents folder is missing, empty or cannot be read."""


class NothingToReadError(DocumentsError):
    """There is no document that can be read, in the documents folder or elsewhere."""

    def __init__(self, message: str, left_out: Sequence[tuple[str, str]] = ()) -> None:
        """`left_out` are the sources that there are, each with the reason why it is not read."""
        super().__init__(message)
        self.left_out = tuple(left_out)


class LibraryError(QuothError):
    """Something cannot be added to the library, or taken from it; it is as it was."""


class ConnectorError(QuothError):
    """A connector is set up wrongly, or cannot reach what it reads; what it fetched before is as it was."""


class UnreadableError(QuothError):
    """One file cannot be read; it is left out with the message as the reason, and the build goes on."""


class ModelError(QuothError):
    """The embedding model is missing, or its files are wrong."""


class EncoderError(ModelError):
    """The remote encoder refuses, or does not answer as this model would."""


class EncoderAwayError(EncoderError):
    """The remote encoder cannot be reached, or is too slow or too busy; it may answer later."""

    def __init__(self, message: str, retry_after: float = 0.0) -> None:
        """`retry_after` is the number of seconds after which the server asks to be tried again."""
        super().__init__(message)
        self.retry_after = retry_after


class IndexUseError(QuothError):
    """The index cannot be used."""


class NoIndexError(IndexUseError):
    """There is no index yet, or all that it held was removed."""


class DamagedError(IndexUseError):
    """A file of the index is missing or has been altered."""


class OtherVersionError(DamagedError):
    """The index was written by another version of Quoth, and cannot be read."""


class OtherModelError(IndexUseError):
    """The index was built with another model than the one in use."""


class StoreError(IndexUseError):
    """The server that keeps the index does not answer, or refuses."""


class BuildError(QuothError):
    """A build could not be finished; the index that was there before is untouched."""


class BusyError(BuildError):
    """Another build is under way."""


class SourceError(QuothError):
    """No source, or more than one, goes by that name."""


def system_reason(error: OSError) -> str:
    """Return why the system refused something, in its own words; a full disk in ours, which the bot translates."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "the disk is full"
    return error.strerror or str(error)
