"""What was left out, in groups: pictures apart, by ending, by reason, each with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.localisation.catalogue import figure, mark, say
from bot.localisation.explanation import explained
from bot.localisation.verbatim import verbatim
from index.library.library import CANARIES
from index.read.files import NOT_READ
from index.read.kinds import kind_of
from index.read.office.picture import PICTURES, is_of_pictures
from index.records import LeftOut

_UNREAD = re.compile(r"`\.[^`]+` files are not read|files without an ending")
_PICTURES = frozenset(
    [".avif", ".bmp", ".gif", ".heic", ".ico", ".jpeg", ".jpg", ".png", ".psd", ".svg", ".tif", ".tiff", ".webp"]
)
_REPAIRS = (
    (re.compile(r"is not .+, or is damaged"), mark("open it and save it anew, or put a sound copy in its place")),
    (re.compile(r"is not JSON in line [\d,]+"), mark("mend that line, or name the file `.txt`")),
)
"""What to do about files that are not what their names say, by the reason."""

_FEW = 4
"""Endings of one file each up to which every one of them is named."""

_UNPACK = mark("unpack into the folder")
_EXPORT = mark("export as PDF")
_EBOOK = mark("convert to `.epub`")
_SUBTITLES = mark("put subtitles beside it (`.srt`, `.vtt`)")
_ADVICE: Mapping[str, str] = {
    ".doc": mark("save as `.docx`"),
    ".dot": mark("save as `.docx`"),
    ".ppt": mark("save as `.pptx`"),
    ".xls": mark("save as `.xlsx`"),
    ".msg": mark("save as `.eml`"),
    ".chm": mark("unpack to HTML"),
    **dict.fromkeys((".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip"), _UNPACK),
    **dict.fromkeys((".djvu", ".key", ".numbers", ".one", ".pages", ".ps", ".pub", ".tex", ".vsdx", ".xps"), _EXPORT),
    **dict.fromkeys((".azw", ".azw3", ".fb2", ".mobi"), _EBOOK),
    **dict.fromkeys((".avi", ".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".ogg", ".wav", ".webm"), _SUBTITLES),
}
"""What to do about files of an ending."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How what was left out is put: the reasons, and what to do about files of any kind and about pictures.

    `named` has names stand in these. `unasked` is what is said of canaries that were not asked: "" has each named, with
    the documents that it wants.
    """

    explained: Callable[[str], str]
    named: Callable[[str], str]
    otherwise: str
    pictures: str
    unasked: str = ""


ON_DISCORD = Voice(
    explained,
    verbatim,
    mark("save as Markdown, text or PDF"),
    mark("text in pictures is not read: write it down where it matters; whoever runs the bot can have these read"),
    mark("questions that the index must answer were not asked: whoever runs the bot can mend that"),
)
_IN_THE_TERMINAL = Voice(
    str,
    str,
    "save as Markdown, text or PDF, or name in `.quothignore`",
    "text in pictures is not read: write it down where it matters, or have it read by QUOTH_OCR",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Files that were left out for one reason: `what` names the reason, and the file where it is only one."""

    what: str
    sources: tuple[str, ...] = ()


def grouped(missed: Sequence[LeftOut], voice: Voice = ON_DISCORD) -> list[Group]:
    """Return files in groups, those that could not be read first, pictures last."""
    reasons: dict[str, list[LeftOut]] = {}
    unread: dict[str, list[LeftOut]] = {}
    named = [left for left in missed if not voice.unasked or left.source != CANARIES]
    for left in named:
        if _UNREAD.match(left.reason):
            kind = kind_of(left.source)
            unread.setdefault("pictures" if kind in _PICTURES else kind, []).append(left)
        else:
            reasons.setdefault(_alike(left.reason), []).append(left)
    pictures = unread.pop("pictures", [])
    rare = _rare(unread, voice)
    return [
        *(_for_reason(reason, files, voice) for reason, files in reasons.items()),
        *(_of_kind(kind, files, voice) for kind, files in sorted(unread.items(), key=lambda group: -len(group[1]))),
        *rare,
        *_pictures(pictures, voice),
        *([Group(say(voice.unasked))] if len(named) < len(missed) else []),
    ]


def _alike(reason: str) -> str:
    """Return what is alike in the reasons of several files: not the names or numbers that they speak of."""
    if is_of_pictures(reason):
        return PICTURES
    return NOT_READ if reason.startswith(NOT_READ) and "; " not in reason else reason


def _rare(unread: dict[str, list[LeftOut]], voice: Voice) -> list[Group]:
    """Take out the endings that one file has each, and for which there is no special advice, as one group."""
    kinds = [kind for kind, files in unread.items() if len(files) == 1 and kind and kind not in _ADVICE]
    if len(kinds) < _FEW:
        return []
    files = [unread.pop(kind)[0] for kind in kinds]
    what = say("{n} files of other kinds ({advice})", n=figure(len(files)), advice=say(voice.otherwise))
    return [Group(what, _sources(files))]


def listed(sources: Sequence[str], most: int = 3) -> str:
    """Return the first names of a list, and how many more there are."""
    more = len(sources) - most
    named = ", ".join(sources[:most])
    return say("{named} and {n} more", named=named, n=figure(more)) if more > 0 else named


def _for_reason(reason: str, files: Sequence[LeftOut], voice: Voice) -> Group:
    """Group files by a reason."""
    if len(files) == 1:
        return Group(f"{voice.named(files[0].source)}: {_with_advice(files[0].reason, voice)}")
    what = say("{n} files, each of which {reason}", n=figure(len(files)), reason=_with_advice(reason, voice))
    return Group(what, _sources(files))


def _with_advice(reason: str, voice: Voice) -> str:
    """Return a reason in the language that is spoken, with what to do where it does not say that itself."""
    advice = next((advice for pattern, advice in _REPAIRS if pattern.fullmatch(reason)), None)
    why = voice.explained(reason)
    return why if advice is None else f"{why} ({say(advice)})"


def _of_kind(kind: str, files: Sequence[LeftOut], voice: Voice) -> Group:
    advice = say(_ADVICE.get(kind, voice.otherwise))
    if len(files) == 1:
        return Group(_single(kind, files[0], advice, voice))
    if kind:
        what = say("{n} `{kind}` files ({advice})", n=figure(len(files)), kind=kind, advice=advice)
    else:
        what = say("{n} files without an ending (name them `.md` or `.txt`)", n=figure(len(files)))
    return Group(what, _sources(files))


def _single(kind: str, file: LeftOut, advice: str, voice: Voice) -> str:
    if not kind:
        why = say("has no ending such as `.md` (name it `.md` or `.txt`)")
    elif ": " in file.reason:
        why = voice.explained(file.reason)
    else:
        why = say("`{kind}` files are not read ({advice})", kind=kind, advice=advice)
    return f"{voice.named(file.source)}: {why}"


def _pictures(files: Sequence[LeftOut], voice: Voice) -> list[Group]:
    if not files:
        return []
    advice = say(voice.pictures)
    if len(files) == 1:
        return [Group(say("1 picture: {source} ({advice})", source=voice.named(files[0].source), advice=advice))]
    return [Group(say("{n} pictures ({advice})", n=figure(len(files)), advice=advice))]


def _sources(files: Sequence[LeftOut]) -> tuple[str, ...]:
    return tuple(left.source for left in files)


def lines(missed: Sequence[LeftOut]) -> list[str]:
    """Return lines for the terminal: one for each group, under one that counts all files; none where there are none."""
    if not missed:
        return []
    groups = grouped(missed, _IN_THE_TERMINAL)
    shown = [f"  {group.what}" + (f": {listed(group.sources)}" if group.sources else "") for group in groups]
    return [f"Left out ({len(missed):,}):", *shown]
