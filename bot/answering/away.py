"""The index out of reach: on a server that cannot be reached, or gone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from bot.localisation.catalogue import mark
from index.errors import NoIndexError, QuothError, StoreError

_log = logging.getLogger(__name__)

T = TypeVar("T")
U = TypeVar("U")


class AwayError(QuothError):
    """The index is on a server that cannot be reached."""

    def __init__(self) -> None:
        super().__init__(mark("I cannot reach my index just now: please ask again in a minute."))


def translate_errors(use: Callable[[U], T], what: U) -> T:
    """Call `use` on `what`; if the index is out of reach, log the reason and raise `AwayError`."""
    try:
        return use(what)
    except (NoIndexError, StoreError) as error:
        _log.error("the index cannot be reached", extra={"reason": str(error)})
        raise AwayError from error
