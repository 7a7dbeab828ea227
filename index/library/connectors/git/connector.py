"""The kind `git`: the documents in a folder of a repository, in one or several versions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from pydantic import Field

from index.errors import ConnectorError, UnreadableError
from index.library.connectors import protocol
from index.library.connectors.git import address
from index.library.connectors.git.blobs import LINK, MODULE, Blobs, Entry, dates, target, tree
from index.library.connectors.git.program import Git
from index.library.connectors.names import is_readable
from index.library.connectors.protocol import Context, Item, Known, Listed, Notice, Skipped
from index.read.contents import too_large

_LFS = b"version https://git-lfs.github.com/spec/"
_NAMED = 8


class GitOptions(protocol.Options):
    """`folder` in the repository, `versions` (branches or tags; none: its own default), and `url`, a template."""

    folder: str = Field("", max_length=500)
    versions: list[str] = Field(default_factory=list, max_length=20)
    url: str | None = None


class GitConnector:
    """Keeps a clone without files, and reads what has another hash than before."""

    Options: ClassVar[type[protocol.Options]] = GitOptions

    def __init__(self, location: str, options: GitOptions, context: Context) -> None:
        """Check location and options; raises `ConnectorError`."""
        self._location = address.checked(location)
        self._folder = _folder(options.folder)
        self._versions = options.versions
        self._template = address.template(self._location, options.url)
        self._most_bytes = context.most_bytes
        key = hashlib.sha256(self._location.encode()).hexdigest()[:12]
        self._git = Git(context.cache / f"{key}.git", self._location)
        self.blobs = Blobs(self._git)

    def list(self, known: Known) -> Iterable[Listed]:
        """Bring the clone up to date, and yield what each version holds."""
        try:
            self._git.make()
            for version, ref in self._wanted(self._remote()):
                yield from self._updated(version, ref)
                yield from self._version(version, known)
        finally:
            self.blobs.close()

    def fetch(self, item: Item) -> bytes:
        """Return the contents of a file; raises `UnreadableError` where they are kept elsewhere, by Git LFS."""
        data = self.blobs(item.fingerprint)
        if data.startswith(_LFS):
            raise UnreadableError("is kept in Git LFS, which is not fetched: commit the file itself")
        return data

    def _remote(self) -> dict[str, str]:
        """Return the branches and tags that the repository has, with the hashes that they lead to."""
        lines = self._git.text("ls-remote", "--quiet", "--", self._location).splitlines()
        refs = {name: sha for sha, _, name in (line.partition("\t") for line in lines)}
        if not refs:
            raise ConnectorError(f"{self._location} is empty: it has no commit yet.")
        return refs

    def _wanted(self, refs: dict[str, str]) -> Sequence[tuple[str, tuple[str, str]]]:
        """Return the versions, each with its name at the repository and its hash."""
        if not self._versions:
            default = "HEAD" if "HEAD" in refs else next(iter(sorted(refs)))
            heads = (
                name for name, sha in sorted(refs.items()) if name.startswith("refs/heads/") and sha == refs[default]
            )
            name = next(heads, default)
            return [(name.removeprefix("refs/heads/"), (default, refs[default]))]
        return [(version, self._ref(version, refs)) for version in self._versions]

    def _ref(self, version: str, refs: dict[str, str]) -> tuple[str, str]:
        for name in (f"refs/heads/{version}", f"refs/tags/{version}"):
            if name in refs:
                return name, refs.get(f"{name}^{{}}", refs[name])
        there = sorted({name.split("/", 2)[2] for name in refs if name.count("/") > 1 and not name.endswith("^{}")})
        more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
        named = ", ".join(there[:_NAMED])
        raise ConnectorError(f"{self._location} has no branch or tag {version}: there are {named}{more}.")

    def _updated(self, version: str, ref: tuple[str, str]) -> Iterator[Listed]:
        """Fetch a version where it is not what the clone has; yield a notice where its history was rewritten."""
        own, (name, sha) = _own(version), ref
        before = self._git.text("for-each-ref", "--format=%(objectname)", own).strip()
        if before and self._git.text("rev-parse", f"{before}^{{commit}}").strip() == sha:
            return
        self._git.text("fetch", "--quiet", "--force", "--no-tags", "--", self._location, f"+{name}:{own}")
        if before and not self._git.holds("merge-base", "--is-ancestor", before, own):
            yield Notice(f"The history of {version} was rewritten (force-pushed): the documents are those of now.")

    def _version(self, version: str, known: Known) -> Iterator[Listed]:
        own = _own(version)
        if self._folder and not self._git.holds("rev-parse", "--verify", "--quiet", f"{own}:{self._folder}/"):
            raise ConnectorError(f"{self._location} has no folder {self._folder} in {version}: check `folder`.")
        listed = [self._listed(entry, version) for entry in tree(self._git, own, self._folder)]
        documents = [document for document in listed if document is not None]
        changed = [document for document in documents if isinstance(document, Item) and _is_new(document, known)]
        days = dates(self._git, own, [self._path_of(document, version) for document in changed])
        for document in documents:
            if isinstance(document, Item):
                before = known.items.get(document.name)
                day = days.get(self._path_of(document, version)) or (before.date if before else None)
                yield Item(document.name, document.fingerprint, document.url, day)
            else:
                yield document

    def _listed(self, entry: Entry, version: str) -> Item | Skipped | None:
        """Return a document, or why it is none, or None for a file of a kind that is not read."""
        path = entry.path[len(self._folder) + 1 :] if self._folder else entry.path
        name = self._name(path, version)
        if any(part.startswith(".") for part in PurePosixPath(path).parts[:-1]):
            return None
        if entry.mode == MODULE:
            return Skipped(
                name, "is a repository of its own (a submodule), which is not fetched: add a connector for it"
            )
        if not is_readable(path):
            return None
        if entry.mode == LINK:
            return self._linked(entry, name, path, version)
        if entry.size > self._most_bytes:
            return Skipped(name, too_large(self._most_bytes))
        return Item(name, entry.sha, address.filled(self._template, path, self._folder, version))

    def _linked(self, entry: Entry, name: str, path: str, version: str) -> Item | Skipped:
        """Return the file that a link leads to, as a document of its own name."""
        to = target(entry, self.blobs(entry.sha).decode("utf-8", "surrogateescape"))
        if to is None:
            return Skipped(name, "is a link that leads out of the repository")
        there = self._git.text("ls-tree", "-l", "-z", "--full-tree", _own(version), "--", to).rstrip("\0")
        mode, what, sha = (there.partition("\t")[0].split() or ["", "", ""])[:3]
        if what != "blob" or mode == LINK:
            return Skipped(name, "is a link that leads to no file")
        return Item(name, sha, address.filled(self._template, path, self._folder, version))

    def _name(self, path: str, version: str) -> str:
        return f"{version.replace('/', '-')}/{path}" if len(self._versions) > 1 else path

    def _path_of(self, item: Item, version: str) -> str:
        """Return the path in the repository of a document."""
        path = item.name.removeprefix(f"{version.replace('/', '-')}/") if len(self._versions) > 1 else item.name
        return f"{self._folder}/{path}" if self._folder else path


def _is_new(item: Item, known: Known) -> bool:
    before = known.items.get(item.name)
    return before is None or before.fingerprint != item.fingerprint


def _own(version: str) -> str:
    """Return the name under which the clone keeps a version."""
    return f"refs/quoth/{hashlib.sha256(version.encode()).hexdigest()[:16]}"


def _folder(text: str) -> str:
    parts = [part for part in text.replace("\\", "/").split("/") if part not in {"", "."}]
    if ".." in parts or any(part.startswith("-") for part in parts[:1]):
        raise ConnectorError(f"`folder` cannot be {text!r}: give a path in the repository.")
    return "/".join(parts)
