"""Who may see what: folders of documents that are tied to roles, channels or servers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentsError
from index.library.library import CHANNELS, Library
from index.store.erasures import is_among

_FORM = "write it as staff/=role:123,channel:456; europe/=server:789"
_AUDIENCE_FORM = "write it as role:123,channel:456,server:789"
_KINDS = ("role", "channel", "server")


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads what is shown: everybody in a channel, or one person there, with their roles.

    `channels` are the channel and, for a thread, the one that it is in. `roles` are none where others read along: what
    is tied to a role is for its members' eyes alone. In private messages there is neither a server nor a role.
    """

    server: int | None = None
    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A folder ("" is all) or a document, closed but to some roles, channels and servers: one of them is enough.

    It governs everything below, in whatever spelling of capitals and accents a file system may take for the same.
    """

    folder: str
    roles: frozenset[int] = frozenset()
    channels: frozenset[int] = frozenset()
    servers: frozenset[int] = frozenset()

    def governs(self, source: str) -> bool:
        """Tell whether a document, or what would be one, is closed by this rule."""
        folder, plain = _plain(self.folder), _plain(source)
        return not folder or plain == folder or plain.startswith(f"{folder}/")

    def opens_to(self, audience: Audience) -> bool:
        """Tell whether those who read may see what is in the folder."""
        return bool(self.roles & audience.roles or self.channels & audience.channels or audience.server in self.servers)

    def __str__(self) -> str:
        """Return the rule as it is written in the settings."""
        tied = (self.roles, self.channels, self.servers)
        keys = [f"{kind}:{number}" for kind, ids in zip(_KINDS, tied, strict=True) for number in sorted(ids)]
        return f"{self.folder or '.'}={','.join(keys)}"


@dataclass(frozen=True, slots=True)
class ChannelsElsewhere(Rule):
    """What the channels of all servers but one say: below `discord/<server>/` it is for members of that server alone.

    This holds for every server, whether or not it is (still) a home server, and it needs no rule in the settings.
    Where there is no server (private messages, other programs), it closes the channels of all.
    """

    folder: str = CHANNELS

    def governs(self, source: str) -> bool:
        """Tell whether a document comes from a channel of another server."""
        server = channel_server(source)
        return server is not None and server not in map(str, self.servers)


@dataclass(frozen=True, slots=True)
class Removed(Rule):
    """Documents, and folders of them, that were removed and that the index may still hold: closed to everybody."""

    folder: str = ""
    sources: frozenset[str] = frozenset()

    def governs(self, source: str) -> bool:
        """Tell whether a document was removed."""
        return is_among(source, self.sources)


Rules = tuple[Rule, ...]


def channel_server(source: str) -> str | None:
    """Return the id of the server in whose channels a document was written, None where it comes from no channel."""
    root, _, rest = _plain(source).partition("/")
    server = rest.partition("/")[0]
    return server if root == CHANNELS and server.isdecimal() else None


def channels_elsewhere(server: int | None) -> ChannelsElsewhere:
    """Return what closes the channels of all servers but this one; of all, where there is none."""
    return ChannelsElsewhere(servers=frozenset() if server is None else frozenset({server}))


def rules_in(text: str) -> Rules:
    """Read rules as the settings hold them; raises `ValueError` with what is wrong with the first that is wrong."""
    return tuple(_rule(part.strip()) for part in text.replace("\n", ";").split(";") if part.strip())


def written(rules: Rules) -> str:
    """Return rules as the settings hold them."""
    return "; ".join(map(str, rules))


def audience_in(text: str) -> Audience:
    """Read an audience such as `role:123,channel:456,server:789`; raises `ValueError` with what is wrong with it."""
    if not text.strip():
        return Audience()
    roles, channels, servers = _ids(text, _AUDIENCE_FORM)
    if len(servers) > 1:
        raise ValueError("an audience is in one server at most")
    return Audience(next(iter(servers), None), channels, roles)


def shut(rules: Rules, audience: Audience) -> Rules:
    """Return the rules that keep something from an audience: a document is seen where none of these governs it.

    The last is never missing: the channels of a server are for its members alone.
    """
    return (*shut_in_settings(rules, audience), channels_elsewhere(audience.server))


def shut_in_settings(rules: Rules, audience: Audience) -> Rules:
    """Return those of the configured rules that keep something from an audience."""
    return tuple(rule for rule in rules if not rule.opens_to(audience))


def seen(sources: Iterable[str], closed: Rules) -> list[str]:
    """Return those of `sources` that none of the rules `closed` governs."""
    return [source for source in sources if not any(rule.governs(source) for rule in closed)]


def faults(rules: Rules, library: Library) -> Iterator[str]:
    """Yield, a sentence each, what rules do not do that they may be meant to."""
    if not rules:
        return
    try:
        listing = library.listing()
    except DocumentsError:  # which is told by itself
        return
    files, top = {file.source: file.path for file in listing.files}, library.documents
    for rule in rules:
        if not any(map(rule.governs, files)):
            yield f"QUOTH_ACCESS names {rule.folder}, and no document in {top} lies there: is it spelt right?"
    yield from _links(rules, files, top.resolve())


def _links(rules: Rules, files: Mapping[str, Path], top: Path) -> Iterator[str]:
    for source, path in files.items():
        real = path.resolve()
        target = real.relative_to(top).as_posix() if real.is_relative_to(top) else source
        if target != source and any(rule.governs(target) and not rule.governs(source) for rule in rules):
            yield f"{source} is a link to {target}, which QUOTH_ACCESS closes: whoever sees the link can read it."


def _rule(text: str) -> Rule:
    folder, equals, keys = text.rpartition("=")
    if not equals or not keys.strip():
        raise ValueError(f"{text!r} does not say who may see it; {_FORM}")
    return Rule(_folder(folder), *_ids(keys, _FORM))


def _ids(keys: str, form: str) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return the ids of roles, channels and servers; raises `ValueError`, which ends with `form`, for anything else."""
    ids: dict[str, set[int]] = {kind: set() for kind in _KINDS}
    for key in keys.split(","):
        kind, _, number = (part.strip() for part in key.partition(":"))
        if kind not in ids:
            raise ValueError(f"{key.strip()!r} is no role, channel or server; {form}")
        if not number.isascii() or not number.isdigit():
            raise ValueError(f"{key.strip()!r} has no id, which is digits; {form}")
        ids[kind].add(int(number))
    roles, channels, servers = (frozenset(ids[kind]) for kind in _KINDS)
    return roles, channels, servers


def _folder(text: str) -> str:
    """Return a path below the documents folder, as sources have it."""
    path = text.strip().removeprefix("./").rstrip("/").strip()
    if not text.strip():
        raise ValueError(f"a rule names no folder; {_FORM}")
    if "\\" in path or path.startswith("/") or {"..", "."} & set(path.split("/")) - ({"."} if path == "." else set()):
        raise ValueError(f"{text.strip()!r} is no path below the documents folder; {_FORM}")
    return "" if path == "." else "/".join(part for part in path.split("/") if part)


def _plain(path: str) -> str:
    """Return a path as file systems compare it that ignore capitals and how accents are put together."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
