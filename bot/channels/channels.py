"""The channels that are read, and the documents that are made of them."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from bot.channels.activity import Activity
from bot.channels.markdown import document
from bot.channels.records import Content, Reads, Watched
from bot.channels.store import ChannelError, ChannelStore
from bot.localisation.catalogue import mark
from bot.privacy import pseudonyms
from index.library.library import CHANNELS
from index.store.erasures import Erasures, closes

_AT_ONCE = 200

_MOST_LATE = 2000
"""Edits that wait for the file, the latest: their words are in memory."""

_log = logging.getLogger(__name__)


class Channels:
    """Keeps what is read, and writes it into the library. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Keep it in the data folder.

        Where the file cannot be read, no channels are known: `reload` picks them up once it can.
        """
        self._folder = folder
        self._library = folder / "library" / CHANNELS
        self._erasures = Erasures(folder)
        self._writing = threading.Lock()
        self._editing = threading.Lock()
        self._salt: bytes | None = None
        self.store = ChannelStore(folder)
        self.watched: dict[int, Watched] = {}
        """What is read, by the channel's id: in memory, for it is asked with every message."""

        self.are_known = False
        """Whether it is known which channels are read."""

        self._late: OrderedDict[int, str] = OrderedDict()
        """Edits that are still to be kept: the new words of messages, none where they were deleted."""

        self.noticed: set[int] = set()
        """Channels in which it was said that their threads are read."""

        self.untaken = 0
        """How many documents were written since they were last taken into the index."""

        self.leftover = False
        """Whether documents of channels that are read no more could not be removed: `reconcile` tries again."""

        self.activity = Activity()

        with contextlib.suppress(ChannelError):  # which is in the log
            self.reload()

    def watch(self, watched: Watched) -> None:
        """Begin to read a channel, as `clear` is done; raises `ChannelError`."""
        with self._writing:
            self._clear(watched)
            self._reopen(self._library / watched.folder)
            self.store.watch(watched)
            self.reload()

    def clear(self, watched: Watched) -> None:
        """Remove what is left of an earlier time of a channel that is to be read; raises `ChannelError`.

        The store knows that no more, so nothing would ever change it, and people may have been forgotten meanwhile
        whose words it holds.
        """
        with self._writing:
            self._clear(watched)

    def read_as(self, watched: Watched, reads: Reads) -> None:
        """Read something else of a channel from now on; raises `ChannelError`."""
        self.store.read_as(watched.channel, reads)
        self.reload()

    def rename(self, watched: Watched, name: str) -> None:
        """Call a channel as it is called by now; raises `ChannelError`."""
        self.store.rename(watched.channel, name)
        self.reload()

    def tell(self, channel: int) -> None:
        """Note that it was said in a channel that its threads are read; raises `ChannelError`."""
        self.store.note_notice(channel)
        self.noticed.add(channel)

    def reload(self) -> None:
        """Take up what has changed in the store; raises `ChannelError`."""
        self.watched = {watched.channel: watched for watched in self.store.all()}
        self.noticed = self.store.noticed()
        self.are_known = True

    def edit(self, message: int, text: str) -> None:
        """Keep the new words of a message, none where it was deleted; `catch_up` does it if it cannot be done now."""
        self._late[message] = text
        self._late.move_to_end(message)
        if len(self._late) > _MOST_LATE:
            self._late.popitem(last=False)
        if self.are_known:
            with contextlib.suppress(ChannelError):  # which is in the log
                self.catch_up()

    def catch_up(self) -> None:
        """Keep the edits that wait; raises `ChannelError` where they cannot be kept yet."""
        with self._editing:
            for message, text in list(self._late.items()):
                self.store.edit(message, text)
                if self._late.get(message) == text:
                    self._late.pop(message, None)

    def reconcile(self) -> bool:
        """Have documents be those of the channels that are read, and return whether some of others were removed.

        Where the file of channels was lost, nothing would change or remove its documents any more. Where a folder was
        lost, or was to be removed while that file was away, it is written again. What cannot be removed, or noted as
        removed, is `leftover`. Raises `ChannelError`.
        """
        with self._writing:
            self.reload()
            folders = {self._library / watched.folder: watched for watched in self.watched.values()}
            others = [path for path in self._library.glob("*/*") if path.is_dir() and path not in folders]
            gone = [*map(self._discard, others), *self._note_late()]
            self.leftover = not all(gone)
            closed = self._closed()
            for path, watched in folders.items():
                if not path.is_dir() or self._source(path) in closed:
                    self.store.rewrite(watched.channel)
                    self._reopen(path)
        return any(gone)

    def drop(self, watched: Watched) -> bool:
        """Read a channel no more, and remove what was read of it, for good; tell whether all of that is gone.

        What is not is `leftover`. Raises `ChannelError`.
        """
        failures = list[ChannelError]()

        def forget() -> bool:
            try:
                self.store.drop(watched.channel)
            except ChannelError as error:
                failures.append(error)
            return not failures

        with self._writing:
            is_gone = self._discard(self._library / watched.folder, forget)
            for failure in failures:
                raise failure
            self.reload()
            return is_gone

    def author(self, person: int) -> bytes:
        """Return what stands for a person; raises `OSError`. It reads a file unless `can_tell_authors`."""
        self._salt = self._salt or pseudonyms.read_or_make(self._folder)
        return pseudonyms.hashed(person, self._salt)

    @property
    def can_tell_authors(self) -> bool:
        """Whether the secret behind `author` is in memory."""
        return self._salt is not None

    def write(self) -> int:
        """Write the documents that have changed, each by one rename, and return how many.

        One that cannot be written keeps no other waiting, and is written the next time; then it raises `OSError`.
        """
        count, failures = 0, dict[tuple[int, str], OSError]()
        with self._writing:
            while some := [one for one in self.store.changed(_AT_ONCE + len(failures)) if one not in failures]:
                for channel, place in some:
                    try:
                        self._rewrite(channel, place)
                        count += 1
                    except OSError as error:
                        failures[channel, place] = error
                if len(failures) >= _AT_ONCE:
                    break
        for failure in failures.values():
            raise failure
        return count

    def _rewrite(self, channel: int, place: str) -> None:
        content = self.store.content(channel, place)
        self._write(channel, place, content)
        self.store.written(channel, place, content)
        self.untaken += 1

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def _discard(self, folder: Path, forget: Callable[[], bool] = lambda: True) -> bool:
        """Remove the documents of a channel, have them erased from the index, and tell whether they are gone.

        That is noted before it is to `forget` them, for no crash to leave them quoted; they stay where it cannot.
        """
        try:
            with self._erasures.noted(self._source(folder), closing=True):
                if forget() and folder.exists():
                    shutil.rmtree(folder)
        except OSError as error:
            if not self.leftover:
                reason = error.strerror or str(error)
                _log.warning(
                    "what was read of a channel could not be removed: it is tried again", extra={"why": reason}
                )
            self.leftover = True
            return False
        return True

    def _closed(self) -> set[str]:
        """Return what is not quoted, for it was to be removed."""
        with contextlib.suppress(OSError):
            return {source for note, source in self._erasures.pending().items() if closes(note)}
        return set()

    def _reopen(self, folder: Path) -> None:
        """Have the documents of a channel that is read be quoted again."""
        with contextlib.suppress(OSError):  # nothing can be written then, nor read into the index
            self._erasures.reopen(self._source(folder))

    def _clear(self, watched: Watched) -> None:
        self.reload()
        folder = self._library / watched.folder
        if watched.channel in self.watched or not folder.exists():
            return
        self.untaken += 1
        if not self._discard(folder):
            raise ChannelError(
                mark("What was read of that channel before could not be removed yet: please try again later.")
            )

    def _note_late(self) -> list[bool]:
        """Note what has gone while that could not be noted, and tell, where there is any, whether that was done."""
        try:
            return [True] if self._erasures.catch_up() else []
        except OSError:  # the disk is still full, which is in the log
            return [False]

    def _write(self, channel: int, place: str, content: Content) -> None:
        watched = self.watched.get(channel)
        if watched is None:
            return
        path = self._library / watched.folder / f"{place}.md"
        erases = self.store.erases(channel, place)
        if content.lines:
            self._put(path, document(watched, place, content.title, content.lines), erases=erases)
        else:
            path.unlink(missing_ok=True)
        if erases:
            self._erasures.note(self._source(path))

    def _put(self, path: Path, text: str, *, erases: bool) -> None:
        """Write a document; where that fails, as on a full disk, what is to go does not wait for what stays."""
        try:
            _replace(path, text)
        except OSError:
            if erases and path.exists():
                path.unlink()
                self.untaken += 1
                self._erasures.note(self._source(path))
            raise

    def _source(self, path: Path) -> str:
        return f"{CHANNELS}/{path.relative_to(self._library).as_posix()}"


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with beside.open("x", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
