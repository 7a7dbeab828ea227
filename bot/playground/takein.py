"""Has the bot take in what was dropped: by /index rebuild, as a moderator would."""

from __future__ import annotations

from collections.abc import Callable

from bot.phrasing import count
from bot.playground.cast import Cast
from bot.standin.driver.errors import ClientRefusesError
from bot.standin.payload import Json

_TRIES = 3

Push = Callable[[Json], None]


class TakeIn:
    """Rebuilds until everything that was dropped is in the index or left out of it, and tells of that."""

    def __init__(self, cast: Cast, push: Push) -> None:
        """Act as the moderator of `cast`; tell by `push`."""
        self._cast = cast
        self._push = push
        self._awaited: dict[str, int] = {}
        self._added: list[str] = []
        self._left_out: dict[str, str] = {}
        self._is_building = False
        self._is_ready = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is waited for: a rebuild of somebody's may have been faster than the end of a drop."""
        return not self._awaited

    def expect(self, source: str) -> None:
        """Look for a source in what builds take in from now on: it is about to be put among the documents."""
        self._awaited[source] = _TRIES

    def begin(self) -> None:
        """Have what is expected taken in, now or when the bot is ready and has ended what it is at."""
        if not self._awaited or not self._is_ready or self._is_building:
            return
        self._is_building = True
        self._push({"event": "progress", "step": "starting", "done": 0, "total": 1})
        try:
            self._cast.moderator.slash(self._cast.moderators, "index rebuild")
        except ClientRefusesError as error:
            self.rebuilt({"error": f"The index cannot be rebuilt: {error}"})

    def ready(self, *, is_ready: bool) -> None:
        """Take note that the bot is ready, or is not any more."""
        if self._is_ready and not is_ready and self._is_building:
            self._is_building = False
            self._tell("stopped", "The bot has stopped: what was dropped is taken in when it runs again.")
        self._is_ready = is_ready
        self.begin()

    def rebuilding(self, step: str, done: int, total: int) -> None:
        """Take note of how far a rebuild is, whoever asked for it."""
        self._is_building = True
        if self._awaited:
            self._push({"event": "progress", "step": step, "done": done, "total": total})

    def rebuilt(self, outcome: Json) -> None:
        """Take note of what a rebuild came to: a report of the build in `built`, or a sentence in `error`."""
        self._is_building = False
        if not self._awaited:
            return
        if "error" in outcome:
            self._left_out |= dict.fromkeys(self._awaited, "waits for the next rebuild")
            self._awaited.clear()
            self._finish("failed", outcome["error"])
            return
        self._settle(outcome["built"])
        if self._awaited:
            self.begin()
        else:
            self._finish("done", self._news())

    def _settle(self, built: Json) -> None:
        """Cross out what a build has taken in or left out; the others came too late for it, and have another try."""
        left_out = {entry["source"]: entry["reason"] for entry in built["left_out"]}
        for source in list(self._awaited):
            self._awaited[source] -= 1
            if source in {*built["added"], *built["changed"]}:
                self._added.append(source)
            elif source in left_out or not self._awaited[source]:
                self._left_out[source] = left_out.get(source, "was not found")
            else:
                continue
            del self._awaited[source]

    def _news(self) -> str:
        sentences = [f"{source} was left out: {reason}." for source, reason in self._left_out.items()]
        if self._added:
            verb = "is" if len(self._added) == 1 else "are"
            sentences.insert(0, f"{count(len(self._added), 'document')} {verb} in the index now: ask away.")
        return " ".join(sentences)

    def _finish(self, step: str, message: str) -> None:
        refused = [{"name": source, "reason": reason} for source, reason in self._left_out.items()]
        outcome: Json = {"event": "dropped", "added": self._added, "refused": refused, "done": True}
        self._added, self._left_out = [], {}
        self._tell(step, message)
        self._push(outcome | ({"failed": message} if step == "failed" else {}))

    def _tell(self, step: str, message: str) -> None:
        self._push({"event": "progress", "step": step, "done": 1, "total": 1, "told": message})
