"""Builds that are killed (SIGKILL) wherever they write; afterwards the index has to be whole, and a build to finish.

    python bench/crashes.py [--kills 500] [--part steps syscalls times full pairs] [--seed 1]

steps     at each thing that Python does on the way: files opened to write, renamed, removed, folders, SQLite, processes
syscalls  at each system call of the building thread that writes, flushes, renames or removes (needs strace)
times     at random times
full      no kill, but no file may grow past a random size: as on a full disk
pairs     no kill, but two builds at once: one finishes, the other is refused

Each build is a process of its own, forked from one that has loaded the model, and takes in a change to one of three
documents. After each the generation in use must be the one before or the new one, all generations must verify, and a
question must be answered with what that generation's documents say; then a build is run to its end, which must take in
the change and leave nothing behind, no process either.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tables import show, write

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.errors import BuildError, BusyError
from index.store.disk.shelf import Shelf
from index.store.disk.verify import verify

QUESTION = "At what number does the counter stand?"
SYSCALLS = (
    "write,writev", "pwrite64", "ftruncate", "fsync,fdatasync", "rename,renameat,renameat2", "mkdir,mkdirat",
    "unlink,unlinkat,rmdir", "openat", "link,linkat,symlink,symlinkat,chmod,fchmod",
)  # fmt: skip
DONE, FAILED, BUSY = 0, 3, 4
"""How a build that is not killed ends: done, a `BuildError`, refused for another."""

_WITHIN = 60.0
_STEPS = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.rmtree", "sqlite3.connect",
     "subprocess.Popen", "tempfile.mkdtemp", "os.truncate"}
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Site:
    """Documents and an index over them, and what builds it."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.documents, self.shelf, self._encoder = folder / "documents", Shelf(folder / "data"), encoder
        self._numbers = count(100)
        self.said: dict[str, int] = {}
        self.documents.mkdir()
        (self.documents / "cats.md").write_text("# Cats\n\nCats sleep for sixteen hours a day.\n")
        (self.documents / "bakery.txt").write_text("The bakery opens at six. It sells rye bread.\n")
        self.changed = self.change()

    def change(self) -> int:
        """Change a document: the counter goes on."""
        self.changed = next(self._numbers)
        (self.documents / "counter.md").write_text(f"# The counter\n\nThe counter stands at {self.changed}.\n")
        return self.changed

    def start(self, before: Callable[[], None]) -> int:
        """Fork a build that first runs `before`, and return its process id."""
        child = os.fork()
        if child:
            return child
        try:
            os.setpgid(0, 0)
            before()
            Builder(self.shelf, self._encoder, BuildSettings()).build(self.documents, lambda *_: None)
            os._exit(DONE)
        except BusyError:
            os._exit(BUSY)
        except BuildError:
            os._exit(FAILED)
        finally:
            os._exit(9)

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with the generations there are."""
        for name in self.shelf.names():
            yield from verify(self.shelf.place(name), lambda *_: None)
        number = self.answered()
        name = self.shelf.current()
        if self.said.setdefault(name, number) != number or number > self.changed:
            yield f"{name} says {number}"

    def answered(self) -> int:
        """Return what the index in use says the counter stands at."""
        generation = self.shelf.open()
        answer = Answerer(generation, self._encoder, quotes=1, threshold=0.0).answer(Asked(QUESTION))
        generation.close()
        text = answer.quotes[0].text
        if answer.quotes[0].source != "counter.md" or not text.startswith("The counter stands at "):
            raise ValueError(f"a wrong quote: {text}")
        return int(text.removeprefix("The counter stands at ").removesuffix("."))

    def debris(self) -> Iterator[str]:
        """Yield what does not belong in the data folder."""
        generations = self.shelf.folder / "generations"
        for folder, known in ((generations, set(self.shelf.names())), (self.shelf.folder, _KNOWN)):
            yield from (str(path) for path in folder.iterdir() if path.name not in known)


_KNOWN = {"CURRENT", "generations", "lock"}


class Run:
    """Runs builds that are disturbed, and tells what came of them."""

    def __init__(self, site: Site, chosen: random.Random, stride: int) -> None:
        self.site, self.chosen, self.stride = site, chosen, stride
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        started = time.monotonic()
        self.finish("the first build")
        self.seconds = time.monotonic() - started

    def finish(self, after: str) -> None:
        """Run a build to its end, and hold what is there against what should be."""
        ended = _ended(self.site.start(lambda: None))
        left = [*self.site.debris(), *_readers()]
        try:
            said = str(self.site.answered())
        except Exception as error:  # noqa: BLE001 -- which is what is counted
            said = f"{type(error).__name__}: {error}"
        if ended != DONE or left or said != str(self.site.changed):
            self.failures.append(f"{after}: the next build ended with {ended}, left {left} and says {said}")

    def disturb(self, what: str, before: Callable[[], None], meanwhile: Callable[[int], None] = lambda _: None) -> int:
        """Run a build that is disturbed, then one that is not; return how the first ended."""
        was, number = self.site.shelf.current(), self.site.change()
        child = self.site.start(before)
        meanwhile(child)
        ended = _ended(child)
        try:
            faults = list(self.site.faults())
        except Exception as error:  # noqa: BLE001 -- which is what is counted
            faults = [f"{type(error).__name__}: {error}"]
        swapped = not faults and self.site.shelf.current() != was
        if faults or (swapped and self.site.answered() != number):
            self.failures.append(f"{what}: {faults or 'the new generation says what the old one did'}")
        how = {-signal.SIGKILL: "killed", DONE: "done", FAILED: "failed", BUSY: "refused"}.get(ended, f"ended {ended}")
        self.counts[f"{what.partition(' at ')[0]}: {how}, {'the new' if swapped else 'the old'} one in use"] += 1
        self.finish(what)
        return ended


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _readers() -> list[str]:
    """Return the reading processes that outlived the build that started them, given a while to notice."""
    orphans: list[str] = []
    for _ in range(100):
        orphans = [path.parent.name for path in Path("/proc").glob("[0-9]*/cmdline") if _is_orphan(path)]
        if not orphans:
            break
        time.sleep(0.05)
    return orphans


def _is_orphan(path: Path) -> bool:
    try:
        command, where = path.read_bytes(), path.with_name("environ").read_bytes()
    except OSError:
        return False
    return b"index.read.worker" in command and _MARK in where


_MARK = f"QUOTH_BENCH_CRASHES={os.getpid()}".encode()


def _kill_at(number: int) -> Callable[[], None]:
    """Return what kills its own process at the `number`th thing it does."""

    def arm() -> None:
        seen = 0

        def noticed(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
            if event in _STEPS or opened:
                seen += 1
                if seen == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(noticed)

    return arm


def _steps(run: Run, kills: int) -> None:
    """Kill at each step, or at every so manieth, round after round."""
    step = 1
    for _ in range(kills):
        ended = run.disturb(f"steps at {step}", _kill_at(step))
        step = 1 if ended == DONE else step + run.stride


def _syscalls(run: Run, kills: int) -> None:
    """Kill at each system call of each group in turn; a group with many is gone through in strides."""
    if not _can_trace():
        print("strace cannot be used here: no kills at system calls")
        return
    share = kills // len(SYSCALLS)
    for group in SYSCALLS:
        calls = _calls(run, group)
        for number in sorted(run.chosen.sample(range(1, calls + 1), min(share, calls))):
            run.disturb(f"syscalls {group} at {number}", *_traced(group, f"-einject={group}:signal=KILL:when={number}"))


def _traced(group: str, *arguments: str) -> tuple[Callable[[], None], Callable[[int], None]]:
    """Return what a build waits for, and what lets it go once strace looks on."""
    ready, go = os.pipe()

    def wait() -> None:
        os.close(go)
        os.read(ready, 1)

    def trace(child: int) -> None:
        command = ["strace", "-qq", "-o", "/dev/null", f"-etrace={group}", *arguments, "-p", str(child)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL):
            until = time.monotonic() + _WITHIN
            while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text() and time.monotonic() < until:
                time.sleep(0.001)
            os.close(ready)
            os.close(go)
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

    return wait, trace


def _calls(run: Run, group: str) -> int:
    """Return how many system calls of a group a build makes."""
    with tempfile.NamedTemporaryFile() as log:
        run.disturb("syscalls counted at none", *_traced(group, "-o", log.name))
        return len(Path(log.name).read_text().splitlines())


def _can_trace() -> bool:
    program = shutil.which("strace")
    command = [str(program), "-qq", "-o", "/dev/null", "true"]
    return program is not None and subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0


def _times(run: Run, kills: int) -> None:
    for _ in range(kills):
        after = run.chosen.uniform(0, run.seconds)

        def kill(child: int, after: float = after) -> None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)

        run.disturb(f"times at {after:.3f}", lambda: None, kill)


def _full(run: Run, kills: int) -> None:
    for _ in range(kills):
        limit = int(2 ** run.chosen.uniform(4, 17))
        run.disturb(f"full at {limit}", lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))  # noqa: B023


def _pairs(run: Run, kills: int) -> None:
    for number in range(kills):
        ended: list[int] = []

        def other(_: int, ended: list[int] = ended) -> None:
            ended.append(_ended(run.site.start(lambda: None)))

        ended.append(run.disturb(f"pairs at {number}", lambda: None, other))
        if not set(ended) <= {DONE, BUSY} or DONE not in ended:
            run.failures.append(f"two builds at once ended with {ended}")


_PARTS = {"steps": _steps, "syscalls": _syscalls, "times": _times, "full": _full, "pairs": _pairs}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500, help="shared between the parts")
    parser.add_argument("--part", nargs="+", choices=_PARTS, default=list(_PARTS))
    parser.add_argument("--stride", type=int, default=1, help="from one step to the next")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ[_MARK.decode().partition("=")[0]] = str(os.getpid())
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # its threads do not survive a fork
    import torch

    torch.set_num_threads(1)  # nor do torch's
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Site(Path(folder), load_encoder(device="cpu")), random.Random(given.seed), given.stride)  # noqa: S311
        for part in given.part:
            _PARTS[part](run, -(-given.kills // len(given.part)))
    killed = sum(number for what, number in run.counts.items() if "killed" in what)
    show(("what", "times"), [*sorted(run.counts.items()), ("all kills", killed), ("FAILURES", len(run.failures))])
    print(*run.failures[:40], sep="\n")
    write("crashes", {"counts": dict(run.counts), "kills": killed, "failures": run.failures, "seed": given.seed})
    return 1 if run.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
