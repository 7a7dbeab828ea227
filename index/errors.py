"""What can go wrong, each told in one sentence that says what to do.

QuothError
├── DocumentsError        the documents folder is missing, empty or cannot be read
├── LibraryError          something cannot be added to the library, or taken from it
├── UnreadableError       one file cannot be read; it is left out, and the build goes on
├── ModelError            the embedding model is missing, or is not what it should be
│   └── EncoderError      the server that encodes in its place refuses, or answers wrongly
│       └── EncoderAwayError   it cannot be reached, is too slow or too busy: another time it may answer
├── IndexUseError         the index cannot be used
│   ├── NoIndexError      there is none yet
│   ├── DamagedError      a file of it is missing or not as it was written
│   │   └── OtherVersionError  it was written by another version of Quoth
│   ├── OtherModelError   it was built with another model
│   └── StoreError        the server that keeps it does not answer, or refuses
├── BuildError            a build could not be finished; what was there before is untouched
│   └── BusyError         another build is under way
└── SourceError           no source, or more than one, goes by that name
"""

from __future__ import annotations


class QuothError(Exception):
    """Anything that Quoth can explain: the message is one sentence, fit to be shown to a person."""


class DocumentsError(QuothError):
    """The documents folder is missing, empty or cannot be read."""


class LibraryError(QuothError):
    """Something cannot be added to the library, or taken from it; it is as it was."""


class UnreadableError(QuothError):
    """One file cannot be read; it is left out with the message as the reason, and the build goes on."""


class ModelError(QuothError):
    """The embedding model is missing, or is not what it should be."""


class EncoderError(ModelError):
    """The server that encodes refuses, or does not answer as one of this model should."""


class EncoderAwayError(EncoderError):
    """The server that encodes cannot be reached, is too slow or too busy; another time it may answer."""

    def __init__(self, told: str, retry_after: float = 0.0) -> None:
        """`retry_after` is how many seconds the server asked to be left alone."""
        super().__init__(told)
        self.retry_after = retry_after


class IndexUseError(QuothError):
    """The index cannot be used."""


class NoIndexError(IndexUseError):
    """There is no index yet."""


class DamagedError(IndexUseError):
    """A file of the index is missing or is not as it was written."""


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
